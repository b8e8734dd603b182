//! The plain peer: texts compared by their character n-grams alone (tf-idf, cosine), knowing nothing of the field.

use std::collections::{BTreeMap, HashMap};

const LENGTHS: [usize; 3] = [3, 4, 5];

/// Texts ready to be compared.
pub(crate) struct NGrams {
    texts: Vec<(String, BTreeMap<String, f64>)>,
    rarity: HashMap<String, f64>,
}

impl NGrams {
    /// Reads texts given as (id, text).
    pub(crate) fn new<'t>(texts: impl Iterator<Item = (&'t str, &'t str)>) -> Self {
        let counted: Vec<_> = texts.map(|(id, text)| (id.to_owned(), count(text))).collect();
        let mut with: HashMap<String, f64> = HashMap::new();
        counted
            .iter()
            .flat_map(|(_, grams)| grams.keys())
            .for_each(|gram| *with.entry(gram.clone()).or_default() += 1.0);
        let all = counted.len() as f64;
        let rarity =
            with.into_iter().map(|(gram, with)| (gram, ((1.0 + all) / (1.0 + with)).ln() + 1.0)).collect();
        let mut made = Self { texts: Vec::new(), rarity };
        made.texts = counted.into_iter().map(|(id, grams)| (id, made.weigh(grams))).collect();
        made
    }

    /// The nearest texts, the nearest first; those without any n-gram in common are left out.
    pub(crate) fn nearest(&self, text: &str, top: usize) -> Vec<String> {
        let asked = self.weigh(count(text));
        let likeness = |grams: &BTreeMap<String, f64>| -> f64 {
            asked.iter().filter_map(|(gram, weight)| Some(weight * grams.get(gram)?)).sum()
        };
        let mut near: Vec<(f64, &String)> =
            self.texts.iter().map(|(id, grams)| (likeness(grams), id)).collect();
        near.retain(|(likeness, _)| *likeness > 0.0);
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
        near.into_iter().take(top).map(|(_, id)| id.clone()).collect()
    }

    fn weigh(&self, grams: BTreeMap<String, f64>) -> BTreeMap<String, f64> {
        let weighed: BTreeMap<String, f64> = grams
            .into_iter()
            .filter_map(|(gram, times)| Some((times.ln_1p() * self.rarity.get(&gram)?, gram)))
            .map(|(weight, gram)| (gram, weight))
            .collect();
        let length = weighed.values().map(|weight| weight * weight).sum::<f64>().sqrt();
        weighed.into_iter().map(|(gram, weight)| (gram, weight / length)).collect()
    }
}

/// How often every n-gram stands in a text; words do not run into each other.
fn count(text: &str) -> BTreeMap<String, f64> {
    let mut grams = BTreeMap::new();
    for word in text.to_lowercase().split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        let letters: Vec<char> = format!(" {word} ").chars().collect();
        for length in LENGTHS {
            for gram in letters.windows(length) {
                *grams.entry(gram.iter().collect()).or_default() += 1.0;
            }
        }
    }
    grams
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_shares_the_most_letters_in_a_row() {
        let grams =
            NGrams::new([("chairs", "Alte Stühle"), ("cake", "Kuchen"), ("law", "Rechtsrat")].into_iter());
        assert_eq!(grams.nearest("Kuchenbuffet", 3), ["cake"]);
        assert_eq!(grams.nearest("zwei Stühle", 1), ["chairs"]);
        assert!(grams.nearest("xyz", 3).is_empty());
    }
}
