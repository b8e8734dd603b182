//! The mapping file: which heading of a foreign file holds which of our fields.

use crate::error::ReadError;
use crate::file_fault::{FileFault, Headings};
use crate::source::Source;
use std::collections::BTreeMap;

/// Headings named by a person, by our field name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Mapping {
    file: String,
    columns: BTreeMap<String, String>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct MappingFile {
    columns: BTreeMap<String, String>,
}

impl Mapping {
    /// Reads a mapping file: `[columns]` with lines such as `name = "Firmenbezeichnung"`.
    ///
    /// # Errors
    /// When it is not TOML of that form.
    pub fn read(source: &Source) -> Result<Self, ReadError> {
        let refuse = |detail: String| ReadError::new(source.name(), FileFault::Mapping { detail });
        let text = std::str::from_utf8(source.bytes()).map_err(|_| refuse("it is not UTF-8".to_owned()))?;
        let file: MappingFile = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| 1 + text[..span.start].matches('\n').count() as u64);
            let error = refuse(format!(
                "{}; expected [columns] with lines such as name = \"Firma\"",
                error.message()
            ));
            ReadError { line, ..error }
        })?;
        Ok(Self { file: source.name().to_owned(), columns: file.columns })
    }

    /// The heading named for a field.
    pub(crate) fn heading_of(&self, field: &str) -> Option<&str> {
        self.columns.get(field).map(String::as_str)
    }

    /// Refuses names that are no field of what is read.
    pub(crate) fn check_fields(&self, known: &[&str]) -> Result<(), ReadError> {
        let Some(unknown) = self.columns.keys().find(|name| !known.contains(&name.as_str())) else {
            return Ok(());
        };
        let detail = format!("\"{unknown}\" is not a field; known are {}", known.join(", "));
        Err(ReadError::new(&self.file, FileFault::Mapping { detail }))
    }

    /// Says that a named heading does not stand in the file.
    pub(crate) fn absent(&self, field: &str, heading: &str, read: &str, found: &[String]) -> ReadError {
        let detail = format!(
            "{field} = \"{heading}\", but {read} has no such heading; found: {}",
            Headings::of(found)
        );
        ReadError::new(&self.file, FileFault::Mapping { detail })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Mapping, String> {
        Mapping::read(&Source::new("m.toml", text.as_bytes().to_vec())).map_err(|error| error.to_string())
    }

    #[test]
    fn headings_are_named_by_field() {
        let mapping = read("[columns]\nname = \"Firmenbezeichnung\"\n").expect("valid");
        assert_eq!(mapping.heading_of("name"), Some("Firmenbezeichnung"));
        assert_eq!(mapping.heading_of("street"), None);
        assert!(mapping.check_fields(&["name", "street"]).is_ok());
        let error = mapping.check_fields(&["street"]).expect_err("name is no field").to_string();
        assert_eq!(
            error,
            "m.toml: the mapping file cannot be used: \"name\" is not a field; known are street"
        );
    }

    #[test]
    fn slips_are_named_by_line() {
        assert!(read("[columns]\nname = \n").is_err_and(|e| e.starts_with("m.toml:2: ")));
        assert!(read("[colums]\n").is_err_and(|e| e.contains("colums")));
    }
}
