//! The suite looked at from outside: nothing public is left out, no SQL hides outside the registered statements.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).expect("the folder is there").filter_map(Result::ok) {
        let path = entry.path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn crate_folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The production part of each source file by module name.
fn sources() -> BTreeMap<String, String> {
    let read = |path: &PathBuf| {
        let text = fs::read_to_string(path).expect("readable");
        let production = text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
        (path.file_stem().expect("a name").to_string_lossy().into_owned(), production)
    };
    files(&crate_folder().join("src")).iter().map(read).collect()
}

#[test]
fn every_public_function_is_called_by_the_suite() {
    let mut folders = files(&crate_folder().join("tests"));
    folders.push(crate_folder().join("../testkit/src/world.rs"));
    let suite: String = folders.iter().map(|path| fs::read_to_string(path).expect("readable")).collect();
    let mut functions = 0;
    for (module, source) in sources() {
        // What the module `actor` gives out under its own name is written in `actor_list`.
        let name = module.strip_suffix("_list").unwrap_or(&module);
        for line in source.lines() {
            let Some(rest) = line.trim_start().strip_prefix("pub async fn ") else { continue };
            let function = rest.split(['(', '<']).next().unwrap_or_default();
            let free = !line.starts_with(' ');
            let call = if free { format!("{name}::{function}") } else { function.to_owned() };
            let imported = format!("use kiez_store::{name}::");
            let bare = suite.contains(&imported) && suite.contains(&format!(" {function}("));
            // A function for several nouns may be told for which one: `posting::find::<NewNeed>(`.
            let called = ["(", "::<"].iter().any(|sign| suite.contains(&format!("{call}{sign}")));
            assert!(bare || called, "no test calls {call}(…)");
            functions += 1;
        }
    }
    assert!(functions > 90, "{functions}");
}

#[test]
fn no_sql_hides_outside_the_registered_statements() {
    // Files that compose texts of registered statements or ask a database about itself; each is small and reviewed.
    let allowed = ["open", "wire", "migration", "schema", "doctor", "figures", "clear"];
    let words = ["select ", "insert into ", "update ", "delete from "];
    for (module, source) in sources() {
        if allowed.contains(&module.as_str()) {
            continue;
        }
        let outside = source.split_once("statements! {").map_or((source.as_str(), ""), |(before, rest)| {
            (before, rest.split_once("\n}\n").map_or("", |(_, behind)| behind))
        });
        for (number, line) in outside.1.lines().enumerate() {
            let quoted = words.iter().any(|word| line.contains(&format!("\"{word}")));
            assert!(!quoted, "{module}, {number} lines behind the statements: {line}");
        }
        // Before the statements only macros that they are made of may hold parts of SQL.
        let before = outside.0.split("macro_rules!").next().unwrap_or_default();
        assert!(!words.iter().any(|word| before.contains(&format!("\"{word}"))), "{module}");
    }
}

#[test]
fn every_module_with_statements_is_in_the_list() {
    let listed: Vec<&str> = kiez_store::statement::all().map(|(module, _)| module).collect();
    for (module, source) in sources() {
        if source.contains("\nstatements! {") {
            assert!(listed.contains(&module.as_str()), "{module} is missing in statement.rs");
        }
    }
}
