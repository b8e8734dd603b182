//! The Rust files of the house, parsed once for all rules.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};

use syn::spanned::Spanned;

use crate::fault::Fault;

/// Crates whose tests must weigh as much as their code.
const WELL_TESTED: [&str; 4] = ["domain", "engine", "store", "app"];

/// One Rust file.
pub(crate) struct Source {
    /// From the root, with forward slashes.
    pub(crate) place: String,
    pub(crate) text: String,
    pub(crate) syntax: syn::File,
    /// A file that is compiled for tests only.
    pub(crate) is_test: bool,
    /// Lines that are compiled for tests only.
    test_lines: Vec<RangeInclusive<usize>>,
}

impl Source {
    /// Parses one file.
    pub(crate) fn parse(place: &str, text: &str) -> Result<Self, Fault> {
        let syntax = syn::parse_file(text).map_err(|error| Fault::unreadable(Path::new(place), &error))?;
        let test_lines = syntax.items.iter().filter(|item| is_for_tests(item)).map(lines_of).collect();
        Ok(Self {
            place: place.to_owned(),
            text: text.to_owned(),
            is_test: is_test_place(place),
            syntax,
            test_lines,
        })
    }

    /// Reads every Rust file below `crates` and `xtask`.
    pub(crate) fn read_all(root: &Path) -> Result<Vec<Self>, Fault> {
        let mut paths = files_below(&root.join("crates"), "rs")?;
        paths.extend(files_below(&root.join("xtask"), "rs")?);
        paths.iter().map(|path| Self::parse(&place_of(root, path), &read(path)?)).collect()
    }

    /// The folder name of the crate this file belongs to.
    pub(crate) fn crate_name(&self) -> &str {
        self.place.strip_prefix("crates/").unwrap_or(&self.place).split('/').next().unwrap_or_default()
    }

    /// Whether a line (counted from 1) is compiled for tests only.
    pub(crate) fn is_test_line(&self, line: usize) -> bool {
        self.is_test || self.test_lines.iter().any(|range| range.contains(&line))
    }

    /// How many lines carry code inside the program.
    pub(crate) fn production_lines(&self) -> usize {
        self.code_lines(1, usize::MAX, false)
    }

    fn lines_for_tests(&self) -> usize {
        self.code_lines(1, usize::MAX, true)
    }

    /// How many lines from `first` to `last` carry code: no blank lines, no comments.
    pub(crate) fn code_lines(&self, first: usize, last: usize, for_tests: bool) -> usize {
        let carries_code = |line: &str| !line.trim().is_empty() && !line.trim_start().starts_with("//");
        (1..)
            .zip(self.text.lines())
            .skip_while(|(number, _)| *number < first)
            .take_while(|(number, _)| *number <= last)
            .filter(|(number, line)| carries_code(line) && self.is_test_line(*number) == for_tests)
            .count()
    }
}

/// Test lines for each line of code, one sentence per crate that promises many.
pub(crate) fn test_ratios(sources: &[Source]) -> Vec<String> {
    WELL_TESTED
        .iter()
        .map(|name| {
            let of_crate = || sources.iter().filter(|source| source.crate_name() == *name);
            let code: usize = of_crate().map(Source::production_lines).sum();
            let tests: usize = of_crate().map(Source::lines_for_tests).sum();
            let hundredths = (tests * 100).checked_div(code).unwrap_or_default();
            let (whole, rest) = (hundredths / 100, hundredths % 100);
            format!("{name}: {tests} lines of tests for {code} of code ({whole}.{rest:02})")
        })
        .collect()
}

/// Every file below a folder with this ending, sorted; nothing when the folder is not there.
pub(crate) fn files_below(folder: &Path, ending: &str) -> Result<Vec<PathBuf>, Fault> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        if !folder.exists() {
            continue;
        }
        let entries = std::fs::read_dir(&folder).map_err(|error| Fault::unreadable(&folder, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| Fault::unreadable(&folder, &error))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if path.is_dir() {
                if !matches!(name.as_str(), "target" | "node_modules" | "dist") && !name.starts_with('.') {
                    folders.push(path);
                }
            } else if path.extension().is_some_and(|found| found == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

/// Reads a file, or says why not.
pub(crate) fn read(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).map_err(|error| Fault::unreadable(path, &error))
}

/// A path as it stands in reports: from the root, with forward slashes.
pub(crate) fn place_of(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('\\', "/")
}

fn lines_of(item: &syn::Item) -> RangeInclusive<usize> {
    let span = item.span();
    span.start().line..=span.end().line
}

fn is_test_place(place: &str) -> bool {
    place.split('/').any(|part| matches!(part, "tests" | "tests.rs" | "benches"))
}

fn is_for_tests(item: &syn::Item) -> bool {
    let attributes = match item {
        syn::Item::Mod(item) => &item.attrs,
        syn::Item::Fn(item) => &item.attrs,
        syn::Item::Impl(item) => &item.attrs,
        syn::Item::Use(item) => &item.attrs,
        syn::Item::Struct(item) => &item.attrs,
        syn::Item::Const(item) => &item.attrs,
        _ => return false,
    };
    attributes.iter().any(is_cfg_test)
}

/// `#[cfg(test)]` and nothing wider: `#[cfg(any(test, …))]` is in the program too.
pub(crate) fn is_cfg_test(attribute: &syn::Attribute) -> bool {
    attribute.path().is_ident("cfg")
        && attribute.parse_args::<syn::Path>().is_ok_and(|condition| condition.is_ident("test"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: &str = "//! A file.\n\nuse std::fmt;\n\n/// Adds.\nfn add() -> u32 {\n    // why\n    2\n}\n\n\
        #[cfg(test)]\nmod tests {\n    #[test]\n    fn adds() {}\n}\n";

    #[test]
    fn blank_lines_comments_and_tests_are_not_production() {
        let source = Source::parse("crates/domain/src/add.rs", SMALL).unwrap();
        assert_eq!(source.production_lines(), 4);
        assert_eq!(source.lines_for_tests(), 5);
        assert!(source.is_test_line(13) && !source.is_test_line(6));
        assert_eq!(source.crate_name(), "domain");
    }

    #[test]
    fn a_file_in_a_tests_folder_is_all_test() {
        let source = Source::parse("crates/store/tests/store.rs", "fn main() {}\n").unwrap();
        assert_eq!((source.production_lines(), source.lines_for_tests()), (0, 1));
    }

    #[test]
    fn a_wider_condition_than_test_is_production() {
        let text = "#[cfg(any(test, feature = \"x\"))]\nmod double {}\n";
        assert_eq!(Source::parse("crates/app/src/lib.rs", text).unwrap().production_lines(), 2);
    }

    #[test]
    fn a_file_that_is_not_rust_is_a_fault() {
        assert!(Source::parse("crates/app/src/lib.rs", "fn {").is_err());
    }
}
