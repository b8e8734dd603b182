//! The text part alone: short German and English texts ranked by the words they share with a query (BM25).

use crate::knowledge::{Knowledge, Reader};
use crate::text::language::{self, TextLanguage};
use crate::text::{fingerprint, token};
use std::collections::{BTreeMap, HashMap};

/// Texts indexed once, to be asked many times.
#[derive(Debug)]
pub struct Corpus {
    ids: Vec<String>,
    lengths: Vec<f64>,
    mean_length: f64,
    postings: HashMap<String, Vec<(usize, f32)>>,
}

/// Saturation and length of BM25 for texts of a line or two (Robertson & Zaragoza 2009).
const K1: f64 = 1.2;
const B: f64 = 0.5;

impl Corpus {
    /// Reads texts given as (id, text).
    #[must_use]
    pub fn new(knowledge: &Knowledge, texts: &[(String, String)]) -> Self {
        let mut reader = Reader::new(knowledge);
        let mut postings: HashMap<String, Vec<(usize, f32)>> = HashMap::new();
        let mut lengths = Vec::with_capacity(texts.len());
        for (number, (_, text)) in texts.iter().enumerate() {
            let words = words(&mut reader, text, language::guess(text));
            lengths.push(words.values().map(|weight| f64::from(*weight)).sum());
            for (word, weight) in words {
                postings.entry(word).or_default().push((number, weight));
            }
        }
        let mean_length = (lengths.iter().sum::<f64>() / lengths.len().max(1) as f64).max(1.0);
        Self { ids: texts.iter().map(|(id, _)| id.clone()).collect(), lengths, mean_length, postings }
    }

    /// The ids of the best texts with their scores, the best first.
    #[must_use]
    pub fn rank(&self, knowledge: &Knowledge, query: &str, top: usize) -> Vec<(String, f64)> {
        let mut reader = Reader::new(knowledge);
        let mut scores: BTreeMap<usize, f64> = BTreeMap::new();
        for (word, weight) in words(&mut reader, query, language::guess(query)) {
            let Some(postings) = self.postings.get(&word) else { continue };
            let idf = inverse_frequency(self.ids.len(), postings.len());
            for (number, frequency) in postings {
                let length = self.lengths[*number] / self.mean_length;
                *scores.entry(*number).or_default() +=
                    idf * f64::from(weight) * saturation(f64::from(*frequency), length);
            }
        }
        let mut ranked: Vec<(usize, f64)> = scores.into_iter().collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| tie(&self.ids[a.0], &self.ids[b.0])));
        ranked.truncate(top);
        ranked.into_iter().map(|(number, score)| (self.ids[number].clone(), score)).collect()
    }
}

/// Ranks texts given as (id, text) for one query; see [`Corpus`] for many queries.
#[must_use]
pub fn rank(corpus: &[(String, String)], query: &str, top: usize) -> Vec<(String, f64)> {
    let knowledge = Knowledge::built_in();
    Corpus::new(knowledge, corpus).rank(knowledge, query, top)
}

/// How rare a word is; never below 0.
pub(crate) fn inverse_frequency(texts: usize, with_word: usize) -> f64 {
    let (texts, with_word) = (texts as f64, with_word as f64);
    (1.0 + (texts - with_word + 0.5).max(0.0) / (with_word + 0.5)).ln()
}

/// How much a word counts that occurs so often in a text of this length (1 is the mean).
pub(crate) fn saturation(frequency: f64, length: f64) -> f64 {
    frequency * (K1 + 1.0) / (frequency + K1 * (1.0 - B + B * length))
}

/// Orders equal scores by a hash, so that neither id nor order in the file carries anything.
pub(crate) fn tie(one: &str, other: &str) -> std::cmp::Ordering {
    hash(one).cmp(&hash(other)).then_with(|| one.cmp(other))
}

/// The number of a text.
pub(crate) fn hash(text: &str) -> u64 {
    fingerprint::of(text.bytes())
}

/// The words of a text with their weights: stems, and parts of compounds, which count less.
pub(crate) fn words(reader: &mut Reader<'_>, text: &str, language: TextLanguage) -> BTreeMap<String, f32> {
    let mut words: BTreeMap<String, f32> = BTreeMap::new();
    for token in token::tokens(text) {
        let forms = reader.word(token.written);
        if forms.stop {
            continue;
        }
        let stem = if language == TextLanguage::English { &forms.english } else { &forms.german };
        *words.entry(stem.clone()).or_default() += if forms.generic { GENERIC } else { 1.0 };
        for part in &forms.parts {
            let generic = if reader.knowledge().is_generic(&part.stem) { GENERIC } else { 1.0 };
            *words.entry(part.stem.clone()).or_default() += part.weight * generic;
        }
    }
    words
}

/// A word that every text of the field has.
const GENERIC: f32 = 0.25;

#[cfg(test)]
mod tests {
    use super::*;

    fn corpus() -> Vec<(String, String)> {
        [("1", "Bürostühle und Tische"), ("2", "Anwalt berät zu Verträgen"), ("3", "Kuchen backen")]
            .map(|(id, text)| (id.to_owned(), text.to_owned()))
            .to_vec()
    }

    #[test]
    fn inflection_and_compounds_are_seen_through() {
        assert_eq!(rank(&corpus(), "Ein Stuhl", 5)[0].0, "1");
        assert_eq!(rank(&corpus(), "Vertrag", 5)[0].0, "2");
        assert!(rank(&corpus(), "Küche", 5).is_empty());
    }

    #[test]
    fn the_order_of_the_texts_changes_nothing() {
        let mut turned = corpus();
        turned.reverse();
        assert_eq!(
            rank(&corpus(), "Tische, Kuchen, Vertrag", 5),
            rank(&turned, "Tische, Kuchen, Vertrag", 5)
        );
    }
}
