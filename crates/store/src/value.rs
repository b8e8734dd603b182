//! What is bound to a statement: the few portable types both databases share.

use kiez_domain::instant::Instant;
use std::fmt::Display;

/// A bound value; each type may be absent.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    /// Text: ids, words, JSON, days.
    Text(Option<String>),
    /// Whole numbers: instants, money, counts.
    Int(Option<i64>),
    /// Degrees.
    Real(Option<f64>),
    /// Yes or no.
    Bool(Option<bool>),
    /// Bytes of a file.
    Bytes(Option<Vec<u8>>),
}

/// Binds anything that has one spelling: ids, states, texts.
pub(crate) fn text(value: &(impl Display + ?Sized)) -> Value {
    Value::Text(Some(value.to_string()))
}

/// Binds something that may be absent.
pub(crate) fn opt_text<T: Display>(value: Option<&T>) -> Value {
    Value::Text(value.map(ToString::to_string))
}

/// Binds a whole number.
pub(crate) fn int(value: impl Into<i64>) -> Value {
    Value::Int(Some(value.into()))
}

/// Binds a whole number that may be absent.
pub(crate) fn opt_int(value: Option<impl Into<i64>>) -> Value {
    Value::Int(value.map(Into::into))
}

/// Binds a moment.
pub(crate) fn at(value: Instant) -> Value {
    Value::Int(Some(value.0))
}

/// Binds a number with decimals that may be absent.
pub(crate) fn opt_real(value: Option<f64>) -> Value {
    Value::Real(value)
}

/// Binds yes or no.
pub(crate) fn bool(value: bool) -> Value {
    Value::Bool(Some(value))
}

/// Binds yes or no that may be absent.
pub(crate) fn opt_bool(value: Option<bool>) -> Value {
    Value::Bool(value)
}

/// Binds a piece of a file.
pub(crate) fn bytes(value: &[u8]) -> Value {
    Value::Bytes(Some(value.to_owned()))
}

/// Bytes as digits, two each.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut digits = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        for half in [byte >> 4, byte & 15] {
            digits.extend(char::from_digit(half.into(), 16));
        }
    }
    digits
}

/// Binds a list as JSON: a list is a list, never a text with commas.
pub(crate) fn json_list<T: Display>(values: &[T]) -> Value {
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    text(&serde_json::Value::from(texts))
}

/// How many ids one statement of the kind `id in ($2, …, $51)` takes.
pub(crate) const IDS: usize = 50;

/// The list of fifty places behind `in`, after a first value.
macro_rules! fifty {
    () => {
        "($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26,
$27, $28, $29, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $50, $51)"
    };
}
pub(crate) use fifty;

/// Values for statements with `fifty!`: the first value, then fifty texts each time, the last repeated to fill up.
pub(crate) fn by_fifty<T: Display>(first: &impl Display, values: &[T]) -> Vec<Vec<Value>> {
    let chunks = values.chunks(IDS).map(|chunk| {
        let filled = chunk.iter().chain(chunk.last().into_iter().cycle()).take(IDS);
        std::iter::once(text(first)).chain(filled.map(text)).collect()
    });
    chunks.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lists_are_filled_up_and_long_ones_split() {
        let numbers: Vec<u32> = (0..60).collect();
        let lists = by_fifty(&"p", &numbers);
        assert_eq!(lists.iter().map(Vec::len).collect::<Vec<_>>(), [51, 51]);
        assert_eq!(lists[1].last(), Some(&text("59")));
        assert!(by_fifty::<u32>(&"p", &[]).is_empty());
        assert!(fifty!().ends_with(&format!("${})", IDS + 1)));
    }
}
