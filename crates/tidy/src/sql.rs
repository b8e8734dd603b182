//! SQL lives in one crate: a string that looks like a statement anywhere else is a fault.

use proc_macro2::{TokenStream, TokenTree};

use crate::fault::Fault;
use crate::source::Source;

/// The crate of the statements, and the one that prepares databases for its tests.
const HOME: [&str; 2] = ["store", "testkit"];

/// Finds statements outside the store.
pub(crate) fn examine(sources: &[Source]) -> Vec<Fault> {
    let strangers = sources.iter().filter(|source| !HOME.contains(&source.crate_name()));
    strangers.flat_map(statements).collect()
}

fn statements(source: &Source) -> Vec<Fault> {
    let Ok(tokens) = source.text.parse::<TokenStream>() else { return Vec::new() };
    let mut lines = Vec::new();
    collect(tokens, &mut lines);
    lines.retain(|line| !source.is_test_line(*line));
    lines
        .into_iter()
        .map(|line| {
            Fault::in_file(
                &source.place,
                "a string that looks like an SQL statement",
                "all SQL is in crates/store, registered there and prepared on both databases by a test",
                "move the statement into a function of the store",
            )
            .at_line(line)
        })
        .collect()
}

fn collect(tokens: TokenStream, lines: &mut Vec<usize>) {
    for token in tokens {
        match token {
            TokenTree::Group(group) => collect(group.stream(), lines),
            TokenTree::Literal(literal) if looks_like_sql(&literal.to_string()) => {
                lines.push(literal.span().start().line);
            }
            _ => {}
        }
    }
}

/// A verb alone could begin an English sentence, so its companion word must follow.
fn looks_like_sql(literal: &str) -> bool {
    if !literal.ends_with(['"', '#']) {
        return false;
    }
    let text = literal.trim_start_matches(['r', '#', '"']).to_lowercase();
    let text = text.replace("\\n", " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    [
        ("select ", " from "),
        ("insert into ", "("),
        ("update ", " set "),
        ("delete ", "from "),
        ("create table ", "("),
    ]
    .iter()
    .any(|(verb, companion)| text.starts_with(verb) && text.contains(companion))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(place: &str, text: &str) -> usize {
        examine(&[Source::parse(place, text).unwrap()]).len()
    }

    #[test]
    fn a_statement_in_a_page_is_a_fault_also_inside_a_macro() {
        let text = "fn page() {\n    run(format!(\"select id from {}\", 1));\n    run(r#\"\n  update need set title = $1\"#);\n}\n";
        assert_eq!(lines("crates/web/src/pages/need.rs", text), 2);
        assert_eq!(lines("crates/store/src/need.rs", text), 0);
    }

    #[test]
    fn a_sentence_that_begins_like_a_statement_is_none() {
        let text = "const HINT: &str = \"Select a shop, then update the list\";\nconst MARK: char = '\"';\n";
        assert_eq!(lines("crates/web/src/pages/need.rs", text), 0);
    }

    #[test]
    fn a_test_may_quote_statements() {
        let text = "#[cfg(test)]\nmod tests {\n    const S: &str = \"delete from need\";\n}\n";
        assert_eq!(lines("crates/web/src/pages/need.rs", text), 0);
    }
}
