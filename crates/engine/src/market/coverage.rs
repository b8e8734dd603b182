//! How much of what a need says an offer answers.
//!
//! "Braille-Schrift drucken" and "Flyer drucken" share a kind, and still nobody who prints flyers was asked for: the
//! word that makes the wish special stays without an answer. What is not answered makes a suggestion less sure.

use super::index::Index;
use super::prepared::PreparedNeed;
use super::trade::NamedTrade;
use crate::kinds::{self, Found, TextSide};
use crate::knowledge::Reader;
use crate::rank;
use crate::taxonomy::KindIndex;
use crate::text::language::TextLanguage;
use crate::text::token;

/// A word of a need that an offer could answer.
#[derive(Debug, Clone)]
pub(super) struct Word {
    written: String,
    /// How much it counts: things more than deeds, the wish more than its occasion; the [`ENOUGH`] heaviest together 1.
    weight: f32,
    /// Its roots, with how much of it each is.
    roots: Vec<(String, f32)>,
    /// Places among the need's kinds that are told with it.
    kinds: Vec<usize>,
    /// Whether it names a trade of which somebody is wanted: whoever is of it answers.
    trade: bool,
}

/// More words are not looked at; a card has seldom more than twenty.
pub(super) const MOST_WORDS: usize = 48;
/// Who answers this many of the heaviest words answers everything: a long text tells much beside its wish.
const ENOUGH: usize = 4;
/// A word that is no thing.
const DEED: f32 = 0.6;
/// A word that every text of the field has.
const GENERIC: f32 = 0.1;
/// A root counts as an answer when it is at least so much of the word.
const LEAST_ROOT: f32 = 0.4;
/// A word that is answered less stays open.
const LITTLE: f32 = 0.25;
/// What weighs less than so much of the heaviest word is not worth a remark.
const SPECIAL: f32 = 0.7;
const MOST_SAID: usize = 3;

/// The words of a need that count, in the order of the text.
pub(super) fn words(
    reader: &mut Reader<'_>,
    text: &str,
    language: TextLanguage,
    (found, kinds): (&[Found], &[(KindIndex, f32)]),
) -> Vec<Word> {
    let tokens = token::tokens(text);
    let capitals = language == TextLanguage::German && token::has_capitals(&tokens);
    let places = kinds::places(&tokens, TextSide::Need);
    let mut words = Vec::new();
    for (token, place) in tokens.iter().zip(places) {
        let forms = reader.word(token.written);
        if forms.stop {
            continue;
        }
        let small = capitals && token.written.starts_with(char::is_lowercase);
        let telling = if forms.generic {
            GENERIC
        } else if small {
            DEED
        } else {
            1.0
        };
        let told = |kind: &KindIndex| {
            found.iter().any(|one| one.kind == *kind && one.words.iter().any(|word| word == token.written))
        };
        let by_hand = |kind: &KindIndex| found.iter().all(|one| one.kind != *kind);
        let kinds = kinds.iter().enumerate().filter(|(_, (kind, _))| told(kind) || by_hand(kind));
        let kinds = kinds.map(|(place, _)| place).collect();
        let roots = rank::words(reader, token.written, language).into_iter();
        let roots = roots.filter(|(_, share)| *share >= LEAST_ROOT).collect();
        let written = token.written.to_owned();
        words.push(Word { written, weight: telling * place, roots, kinds, trade: false });
        if words.len() == MOST_WORDS {
            break;
        }
    }
    let mut weights: Vec<f32> = words.iter().map(|word| word.weight).collect();
    weights.sort_by(|a, b| b.total_cmp(a));
    let all: f32 = weights.iter().take(ENOUGH).sum();
    words.iter_mut().for_each(|word| word.weight /= all.max(f32::MIN_POSITIVE));
    words
}

/// Marks the words that name a trade of which somebody is wanted.
pub(super) fn mark_trades(words: &mut [Word], trades: &[NamedTrade]) {
    for word in words {
        word.trade = trades.iter().any(|trade| trade.word == word.written);
    }
}

/// The words of a need as the index knows them.
#[derive(Debug)]
pub(super) struct Coverage<'m> {
    words: &'m [Word],
    /// Number of a root in the index → (word, share), in the order of the numbers.
    roots: Vec<(u32, usize, f32)>,
}

impl<'m> Coverage<'m> {
    pub(super) fn new(need: &'m PreparedNeed, index: &Index) -> Self {
        let words = &need.wording;
        let mut roots = Vec::new();
        for (place, word) in words.iter().enumerate() {
            let known =
                word.roots.iter().filter_map(|(root, share)| Some((index.find_word(root)?, place, *share)));
            roots.extend(known);
        }
        roots.sort_unstable_by_key(|(number, place, _)| (*number, *place));
        Self { words, roots }
    }

    /// Each word's weight, with a bit for each of the need's kinds that answers it, and whether its trade does.
    pub(super) fn wording(&self) -> impl Iterator<Item = (f32, u32, bool)> {
        let bits = |kinds: &[usize]| {
            kinds.iter().fold(0, |bits, kind| bits | 1_u32.checked_shl(*kind as u32).unwrap_or(0))
        };
        self.words.iter().map(move |word| (word.weight, bits(&word.kinds), word.trade))
    }

    /// Number of a root in the index, the place of its word and how much of the word it is.
    pub(super) fn roots(&self) -> &[(u32, usize, f32)] {
        &self.roots
    }

    /// The share of the need's words that is answered, 0 to 1: by kinds (`met`: how well each of the need's kinds is)
    /// by the trade that it names (`trade`), or by the same word. A need without a telling word is answered by whatever fits.
    pub(super) fn answered(&self, (met, trade): (&[f32], f32), offered: &[(u32, f32)]) -> f32 {
        if self.words.is_empty() {
            return 1.0;
        }
        let shares = self.shares((met, trade), offered);
        self.words.iter().zip(shares).map(|(word, share)| word.weight * share).sum::<f32>().min(1.0)
    }

    /// The words that make the wish special and stay without an answer, in the order of the text.
    pub(super) fn open(&self, answering: (&[f32], f32), offered: &[(u32, f32)]) -> Vec<String> {
        let heaviest = self.words.iter().map(|word| word.weight).fold(0.0, f32::max);
        let shares = self.words.iter().zip(self.shares(answering, offered));
        let open = shares.filter(|(word, share)| *share < LITTLE && word.weight > heaviest * SPECIAL);
        open.map(|(word, _)| word.written.clone()).take(MOST_SAID).collect()
    }

    /// How far each word is answered.
    fn shares(&self, (met, trade): (&[f32], f32), offered: &[(u32, f32)]) -> [f32; MOST_WORDS] {
        let mut shares = [0.0_f32; MOST_WORDS];
        for (share, word) in shares.iter_mut().zip(self.words) {
            let by_kinds = word.kinds.iter().filter_map(|kind| met.get(*kind));
            *share = by_kinds.copied().fold(if word.trade { trade } else { 0.0 }, f32::max);
        }
        for (number, _) in offered {
            let from = self.roots.partition_point(|(known, _, _)| known < number);
            for (_, place, share) in self.roots[from..].iter().take_while(|(known, _, _)| known == number) {
                shares[*place] = shares[*place].max(share.min(1.0));
            }
        }
        shares
    }
}
