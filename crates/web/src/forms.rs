//! A rejected form comes back with the person's own words and every issue beside its field.

use crate::layout::Chrome;
use kiez_domain::issue::FieldIssue;
use kiez_words::{Locale, saying};
use std::collections::BTreeMap;

/// Sentences about fields, by the field's name.
#[derive(Debug, Default, Clone)]
pub(crate) struct Wrong(BTreeMap<String, String>);

impl Wrong {
    /// Nothing is wrong.
    pub(crate) fn nothing() -> Self {
        Self::default()
    }

    /// The issues as sentences; two issues of one field follow each other.
    pub(crate) fn of(locale: Locale, issues: &[FieldIssue]) -> Self {
        let mut sentences: BTreeMap<String, String> = BTreeMap::new();
        for issue in issues {
            let sentence = saying::problem(locale, &issue.problem);
            let entry = sentences.entry(issue.field.clone()).or_default();
            if !entry.is_empty() {
                entry.push(' ');
            }
            entry.push_str(&sentence);
        }
        Self(sentences)
    }

    /// The sentence about a field.
    pub(crate) fn at(&self, field: &str) -> Option<&str> {
        self.0.get(field).map(String::as_str)
    }

    /// Whether anything is wrong.
    pub(crate) fn any(&self) -> bool {
        !self.0.is_empty()
    }
}

/// A field that two versions fill differently.
pub(crate) struct Difference {
    pub(crate) label: String,
    pub(crate) saved: String,
    pub(crate) own: String,
}

/// What differs between the saved version and the person's own; `shown` turns an id into a name.
pub(crate) fn differences<T: serde::Serialize>(
    c: &Chrome,
    (saved, own): (&T, &T),
    shown: impl Fn(&str, &str) -> String,
) -> Vec<Difference> {
    let (saved, own) = (fields(saved), fields(own));
    let differs = |(field, saved): (&String, &String)| {
        let own = own.get(field).cloned().unwrap_or_default();
        (*saved != own).then(|| Difference {
            label: c.tt("field", field),
            saved: shown(field, saved),
            own: shown(field, &own),
        })
    };
    saved.iter().filter_map(differs).collect()
}

/// The fields of a form in one spelling of line breaks; browsers send the other one.
fn fields(form: &impl serde::Serialize) -> BTreeMap<String, String> {
    let Ok(serde_json::Value::Object(fields)) = serde_json::to_value(form) else { return BTreeMap::new() };
    let text =
        |value: serde_json::Value| value.as_str().unwrap_or_default().replace("\r\n", "\n").trim().to_owned();
    fields.into_iter().map(|(field, value)| (field, text(value))).collect()
}

/// Reads a hidden number of a form; an empty or foreign text counts as 0, which no saved version has.
pub(crate) fn number<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(deserializer)?;
    Ok(text.trim().parse().unwrap_or(0))
}

/// A text as part of an address (RFC 3986 §2.1): everything but letters, digits and `-._~` is escaped.
pub(crate) fn percent_encoded(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~');
    text.bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

/// Reads where a list begins; anything that is no number means its beginning.
pub(crate) fn offset<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    let text = <String as serde::Deserialize>::deserialize(deserializer)?;
    Ok(text.trim().parse().unwrap_or(0))
}
