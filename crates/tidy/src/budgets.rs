//! Budgets: how long files and functions may be, and how many parameters a function takes.

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::exceptions::{self, Measured};
use crate::fault::Fault;
use crate::settings::{Measure, Settings};
use crate::source::{Source, is_cfg_test};

const WHY: &str = "what fits a screen can be read at once; the tail is where code becomes ugly";

/// Measures every file and function; returns the faults and the figures worth reading.
pub(crate) fn examine(sources: &[Source], settings: &Settings) -> (Vec<Fault>, Vec<String>) {
    let measured = measure(sources);
    let mut faults = exceptions::examine(&measured, settings);
    let budgets = &settings.budgets;
    let mut figures = Vec::new();
    for (what, name, budget) in [
        (Measure::FileLines, "files", budgets.file_lines_p90),
        (Measure::FunctionLines, "functions", budgets.function_lines_p90),
    ] {
        let mut ones: Vec<&Measured> = measured.iter().filter(|one| one.what == what).collect();
        ones.sort_by_key(|one| one.number);
        let ninetieth = ninetieth(&ones);
        let longest = ones.last().map_or("none", |one| one.place.as_str());
        figures.push(format!(
            "{name}: {}, p90 {ninetieth} lines (≤ {budget}), the longest is {longest}",
            ones.len()
        ));
        if ninetieth > budget {
            let longest: Vec<&str> = ones.iter().rev().take(5).map(|one| one.place.as_str()).collect();
            let what = format!("every tenth of the {name} is longer than {budget} lines (p90 {ninetieth})");
            let remedy = format!("split the longest ones: {}", longest.join(", "));
            faults.push(Fault::in_file("tidy.toml", what, WHY, remedy));
        }
    }
    (faults, figures)
}

fn measure(sources: &[Source]) -> Vec<Measured> {
    let mut measured = Vec::new();
    for source in sources.iter().filter(|source| !source.is_test) {
        let (place, number) = (source.place.clone(), source.production_lines());
        measured.push(Measured { what: Measure::FileLines, place, line: 1, number });
        let mut functions = Functions { source, measured: &mut measured };
        functions.visit_file(&source.syntax);
    }
    measured
}

/// The number that nine of ten do not exceed; `ones` are sorted.
fn ninetieth(ones: &[&Measured]) -> usize {
    let index = (ones.len() * 9).div_ceil(10).saturating_sub(1);
    ones.get(index).map_or(0, |one| one.number)
}

struct Functions<'source> {
    source: &'source Source,
    measured: &'source mut Vec<Measured>,
}

impl Functions<'_> {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let (first, last) = (signature.span().start().line, block.span().end().line);
        let place = format!("{}::{}", self.source.place, signature.ident);
        let number = self.source.code_lines(first, last, false);
        let lines = Measured { what: Measure::FunctionLines, place: place.clone(), line: first, number };
        let number =
            signature.inputs.iter().filter(|input| !matches!(input, syn::FnArg::Receiver(_))).count();
        let parameters = Measured { what: Measure::Parameters, place, line: first, number };
        self.measured.extend([lines, parameters]);
    }
}

impl<'ast> Visit<'ast> for Functions<'_> {
    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        if !module.attrs.iter().any(is_cfg_test) {
            visit::visit_item_mod(self, module);
        }
    }

    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        if !function.attrs.iter().any(is_cfg_test) {
            self.add(&function.sig, &function.block);
            visit::visit_item_fn(self, function);
        }
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if !function.attrs.iter().any(is_cfg_test) {
            self.add(&function.sig, &function.block);
            visit::visit_impl_item_fn(self, function);
        }
    }

    fn visit_trait_item_fn(&mut self, function: &'ast syn::TraitItemFn) {
        if let Some(block) = &function.default {
            self.add(&function.sig, block);
        }
        visit::visit_trait_item_fn(self, function);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_are_measured_without_comments_and_without_self() {
        let text = "impl Need {\n    /// Opens.\n    fn open(&self, a: u8, b: u8) -> u8 {\n        // why\n\n        a + b\n    }\n}\n";
        let sources = [Source::parse("crates/domain/src/need.rs", text).unwrap()];
        let numbers: Vec<_> = measure(&sources).iter().map(|one| (one.what, one.number)).collect();
        assert_eq!(numbers, [(Measure::FileLines, 5), (Measure::FunctionLines, 3), (Measure::Parameters, 2)]);
    }

    #[test]
    fn functions_of_tests_are_free() {
        let text = "#[cfg(test)]\nmod tests {\n    fn long() {}\n}\n";
        let sources = [Source::parse("crates/domain/src/need.rs", text).unwrap()];
        assert_eq!(measure(&sources).len(), 1, "only the file itself");
    }

    #[test]
    fn the_ninetieth_of_ten_is_the_ninth() {
        let ones: Vec<Measured> = (1..=10)
            .map(|number| Measured { what: Measure::FileLines, place: "a.rs".into(), line: 1, number })
            .collect();
        let ones: Vec<&Measured> = ones.iter().collect();
        assert_eq!((ninetieth(&ones), ninetieth(&ones[..1]), ninetieth(&[])), (9, 1, 0));
    }
}
