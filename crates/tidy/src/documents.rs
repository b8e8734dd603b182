//! Written words: decision pages have their parts, and the central crates document what is public.

use std::path::Path;

use crate::fault::Fault;
use crate::source::{Source, files_below, place_of, read};

/// Crates in which the compiler must complain about an undocumented public item.
const DOCUMENTED: [&str; 4] = ["domain", "engine", "store", "app"];
const HEADINGS: [&str; 3] = ["## Context", "## Choice", "## Cost"];

/// Looks at decision pages and at the four crates' first lines.
pub(crate) fn examine(root: &Path, sources: &[Source]) -> Result<Vec<Fault>, Fault> {
    let mut faults: Vec<Fault> = DOCUMENTED.iter().filter_map(|name| undemanding(name, sources)).collect();
    for path in files_below(&root.join("docs/decisions"), "md")? {
        faults.extend(incomplete(&place_of(root, &path), &read(&path)?));
    }
    Ok(faults)
}

fn undemanding(name: &str, sources: &[Source]) -> Option<Fault> {
    let place = format!("crates/{name}/src/lib.rs");
    let source = sources.iter().find(|source| source.place == place)?;
    let demands = |attribute: &syn::Attribute| {
        (attribute.path().is_ident("warn") || attribute.path().is_ident("deny"))
            && attribute.parse_args::<syn::Path>().is_ok_and(|lint| lint.is_ident("missing_docs"))
    };
    if source.syntax.attrs.iter().any(demands) {
        return None;
    }
    Some(Fault::in_file(
        &place,
        "does not ask the compiler for documentation",
        "every public item of the central crates says in one sentence what it is",
        "write `#![warn(missing_docs)]` below the first comment",
    ))
}

fn incomplete(place: &str, text: &str) -> Vec<Fault> {
    let missing = HEADINGS.iter().filter(|heading| !text.lines().any(|line| line.trim_end() == **heading));
    missing
        .map(|heading| {
            Fault::in_file(
                place,
                format!("has no `{heading}`"),
                "a decision without its reason and its price cannot be judged again later",
                "add the part",
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_has_context_choice_and_cost() {
        assert!(incomplete("d.md", "# D\n\n## Context\n\n## Choice\n\n## Cost\n").is_empty());
        let faults = incomplete("d.md", "# D\n## Context\n## Costly\n");
        let what: Vec<_> = faults.iter().map(Fault::what).collect();
        assert_eq!(what, ["has no `## Choice`", "has no `## Cost`"]);
    }

    #[test]
    fn a_central_crate_asks_for_documentation() {
        let parse = |text| [Source::parse("crates/domain/src/lib.rs", text).unwrap()];
        assert!(undemanding("domain", &parse("#![warn(missing_docs)]\n")).is_none());
        assert!(undemanding("domain", &parse("#![warn(unused)]\n")).is_some());
    }
}
