//! What is to be said, before anybody knows in which language.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// A sentence that is not yet in any language: its lasting key, and its values by name.
///
/// It is stored as it is, so keys are never renamed: a sentence that changes its meaning gets a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Saying {
    /// The key under which every language has the sentence.
    pub code: String,
    /// What the sentence names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Value>,
}

/// One value of a sentence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// How many: written in the reader's way.
    Count(u64),
    /// Words that stay as they are, because somebody else wrote them.
    Text(String),
    /// Words of ours: said in the reader's language, too.
    Saying(Saying),
}

/// A list of things that can be said: its serde form is the saying, so that no variant can be forgotten.
///
/// Derive `Serialize` with `#[serde(tag = "code", content = "values", rename_all = "kebab-case")]` and give every
/// variant named fields of whole numbers, texts, or other such lists. A variant `TooLong { length }` of the noun
/// `row-fault` is the sentence `row-fault-too-long` with the value `length`; a list within it is named after its field.
pub trait Say: fmt::Display + Serialize + Sized {
    /// What the keys of the sentences begin with.
    const NOUN: &'static str;

    /// The sentence that `Display` says in English.
    fn saying(&self) -> Saying {
        let form = serde_json::to_value(self).and_then(serde_json::from_value);
        let mut saying: Saying = form.expect("a list that says things has the form of a saying");
        saying.begin_with(Self::NOUN);
        saying
    }
}

impl Saying {
    fn begin_with(&mut self, noun: &str) {
        self.code = format!("{noun}-{}", self.code);
        for (name, value) in &mut self.values {
            if let Value::Saying(inner) = value {
                inner.begin_with(name);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Serialize)]
    #[serde(tag = "code", content = "values", rename_all = "kebab-case")]
    enum Weather {
        Sunny,
        TooWindy { knots: u64, ship: String, wanted: Wind },
    }

    #[derive(Serialize)]
    #[serde(tag = "code", content = "values", rename_all = "kebab-case")]
    enum Wind {
        LightBreeze,
    }

    impl fmt::Display for Weather {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("the weather")
        }
    }

    impl Say for Weather {
        const NOUN: &'static str = "weather";
    }

    fn windy() -> Saying {
        Weather::TooWindy { knots: 30, ship: "Wera 2".into(), wanted: Wind::LightBreeze }.saying()
    }

    #[test]
    fn a_variant_becomes_its_key_with_its_values() {
        let sunny = Weather::Sunny.saying();
        assert_eq!((sunny.code.as_str(), sunny.values.len()), ("weather-sunny", 0));
        let Saying { code, values } = windy();
        assert_eq!(code, "weather-too-windy");
        assert_eq!((&values["knots"], &values["ship"]), (&Value::Count(30), &Value::Text("Wera 2".into())));
        let wanted = Saying { code: "wanted-light-breeze".into(), values: BTreeMap::new() };
        assert_eq!(values["wanted"], Value::Saying(wanted));
    }

    #[test]
    fn a_saying_comes_back_from_storage_as_it_was() {
        let stored = serde_json::to_string(&windy()).expect("JSON");
        assert_eq!(serde_json::from_str::<Saying>(&stored).expect("a saying"), windy());
        assert!(serde_json::from_str::<Saying>("{\"values\":{}}").is_err(), "without a key nothing is said");
    }
}
