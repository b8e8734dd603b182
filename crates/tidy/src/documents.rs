//! Written words: decision pages have their parts, and the central crates document what is public.

use std::path::Path;

use crate::fault::Fault;
use crate::source::{Source, files_below, place_of, read};

/// Crates in which the compiler must complain about an undocumented public item.
const DOCUMENTED: [&str; 4] = ["domain", "engine", "store", "app"];
const HEADINGS: [&str; 3] = ["## Context", "## Choice", "## Cost"];

/// Gives the reason for each foreign crate.
const LIBRARIES: &str = "docs/decisions/0002-libraries.md";

/// Looks at decision pages, at the reasons for libraries, and at the four crates' first lines.
pub(crate) fn examine(root: &Path, sources: &[Source]) -> Result<Vec<Fault>, Fault> {
    let mut faults: Vec<Fault> = DOCUMENTED.iter().filter_map(|name| undemanding(name, sources)).collect();
    for path in files_below(&root.join("docs/decisions"), "md")? {
        faults.extend(incomplete(&place_of(root, &path), &read(&path)?));
    }
    let manifest = read(&root.join("Cargo.toml"))?;
    faults.extend(unexplained(&manifest, &read(&root.join(LIBRARIES))?)?);
    Ok(faults)
}

/// Foreign crates of the root manifest that the page on libraries does not name.
fn unexplained(manifest: &str, page: &str) -> Result<Vec<Fault>, Fault> {
    let place = "Cargo.toml";
    let table: toml::Table =
        toml::from_str(manifest).map_err(|error| Fault::unreadable(Path::new(place), &error))?;
    let dependencies = table.get("workspace").and_then(|workspace| workspace.get("dependencies"));
    let names = dependencies.and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::keys);
    let is_named = |name: &str| {
        page.split(|letter: char| letter != '_' && letter != '-' && !letter.is_alphanumeric())
            .any(|word| word == name)
    };
    Ok(names
        .filter(|name| !name.starts_with("kiez-") && !is_named(name))
        .map(|name| {
            let why = "each foreign crate says why it is here, under what licence, and what it weighs";
            Fault::in_file(place, format!("{name} is not explained"), why, format!("add it to {LIBRARIES}"))
        })
        .collect())
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

    #[test]
    fn each_foreign_crate_is_explained() {
        let manifest =
            "[workspace.dependencies]\nkiez-domain = { path = \"x\" }\nserde = \"1\"\nserde_json = \"1\"\n";
        let faults = unexplained(manifest, "| serde_json, csv | tables |").unwrap();
        assert_eq!(faults.iter().map(Fault::what).collect::<Vec<_>>(), ["serde is not explained"]);
    }
}
