//! `kiez.toml`: unknown keys stop the start, because a misspelt setting is worse than none.

use super::setting::{SETTINGS, find};
use super::{Origin, Told};
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;

/// The file's name in the data folder.
pub(super) const NAME: &str = "kiez.toml";

/// Reads the file; none at all is fine.
pub(super) fn read(path: &Path) -> Result<BTreeMap<&'static str, Told>, Vec<String>> {
    let place = path.display();
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(BTreeMap::new());
        }
        Err(error) => {
            let advice = match error.kind() {
                ErrorKind::InvalidData => "save it as UTF-8",
                ErrorKind::IsADirectory => "a file of settings must stand there, or nothing",
                _ => "check the rights of file and folder",
            };
            return Err(vec![format!("{place}: cannot be read: {error}; {advice}")]);
        }
    };
    let table: toml::Table = toml::from_str(&text).map_err(|error| {
        let start = error.span().map_or(0, |span| span.start.min(text.len()));
        let before = &text.as_bytes()[..start];
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let column = 1 + before.iter().rev().take_while(|byte| **byte != b'\n').count();
        vec![format!(
            "{place}:{line}:{column}: is not TOML: {}; expected lines such as listen = \"127.0.0.1:8080\"",
            error.message()
        )]
    })?;
    let mut values = BTreeMap::new();
    let mut faults = Vec::new();
    for (key, value) in &table {
        match take(key, value) {
            Ok((key, told)) => drop(values.insert(key, told)),
            Err(reason) => faults.push(format!("{place}:{}: {reason}", line_of(&text, key))),
        }
    }
    if faults.is_empty() { Ok(values) } else { Err(faults) }
}

fn take(key: &str, value: &toml::Value) -> Result<(&'static str, Told), String> {
    let Some(setting) = find(key).filter(|setting| setting.in_file) else {
        let known = SETTINGS.iter().filter(|setting| setting.in_file).map(|setting| setting.key);
        let nearest = known.min_by_key(|known| distance(&key.replace('-', "_"), known)).unwrap_or("listen");
        return Err(format!(
            "\"{key}\" is no setting: did you mean \"{nearest}\"? `kiez config show` lists them all"
        ));
    };
    let text = value
        .as_str()
        .ok_or_else(|| format!("{key}: expected a text in quotation marks, found {}", value.type_str()))?;
    (setting.check)(text).map_err(|reason| format!("{key}: {reason}"))?;
    Ok((setting.key, Told { text: text.to_owned(), origin: Origin::File }))
}

/// The line on which a key is set, counted from 1.
fn line_of(text: &str, key: &str) -> usize {
    let sets = |line: &str| {
        let line = line.trim_start().trim_start_matches(['[', '"', '\'']);
        line.strip_prefix(key).is_some_and(|rest| {
            rest.trim_start_matches(['"', '\'']).trim_start().starts_with(['=', ']', '.'])
        })
    };
    text.lines().position(sets).map_or(1, |at| at + 1)
}

/// How many letters must be changed to get from one word to the other (Levenshtein 1966).
fn distance(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (line, letter) in from.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = line + 1;
        for (at, other) in to.iter().enumerate() {
            let replaced = diagonal + usize::from(letter != *other);
            diagonal = row[at + 1];
            row[at + 1] = replaced.min(diagonal + 1).min(row[at] + 1);
        }
    }
    row[to.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_count_letters() {
        assert_eq!(distance("listen", "listen"), 0);
        assert_eq!(distance("lsten", "listen"), 1);
        assert_eq!(distance("", "log"), 3);
        assert_eq!(distance("base_ulr", "base_url"), 2);
    }
}
