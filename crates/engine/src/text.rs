//! From a sentence to words that can be compared: folding, tokens, gender forms, stems, compounds.

pub mod compound;
pub mod fingerprint;
pub mod fold;
pub mod gender;
pub mod language;
pub mod phrase;
pub mod stem;
pub mod stop_words;
pub mod token;
pub mod verb;
pub mod wish;
