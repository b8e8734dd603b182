//! The words of a need as signs: which of them an offer can share, and what that is worth at most.

use super::pair::Question;
use crate::candidates::{Marks, SIGNS, Signs, Term, sign};

/// So many marks tell words; the last stands for all that have none of their own.
pub(super) const WORD_MARKS: usize = 11;

/// What the words of a need give, by sign and by number.
pub(super) struct Words {
    signs: Signs,
    /// For each sign what all words with it are worth, as a share of all words.
    worth: [f32; SIGNS],
    /// For each sign the words of the need that it answers, with how far; in the order of the signs.
    answers: Vec<(usize, usize, f32)>,
    /// The lists of its words, those that are worth most first.
    lists: Vec<Term>,
    /// Their signs.
    own: Vec<usize>,
    /// For each of them the signs of all from it on.
    from: Vec<Signs>,
    /// Every word of the need that waits for an answer: its weight, which of the sets of kinds answers it, and whether a
    /// trade does.
    wording: Vec<(f32, usize, bool)>,
    /// Sets of kinds, a bit for each.
    kinds: Vec<u32>,
}

const MOST_WORDS: usize = super::coverage::MOST_WORDS;

impl Words {
    pub(super) fn new(question: &Question<'_>) -> Self {
        let mut words = Self {
            signs: [0; 2],
            worth: [0.0; SIGNS],
            answers: Vec::new(),
            lists: Vec::new(),
            own: Vec::new(),
            from: Vec::new(),
            wording: Vec::new(),
            kinds: Vec::new(),
        };
        for (weight, kinds, trade) in question.coverage().wording() {
            let known = words.kinds.iter().position(|other| *other == kinds);
            words.wording.push((weight, known.unwrap_or(words.kinds.len()), trade));
            words.kinds.extend(known.is_none().then_some(kinds));
        }
        let mut all: Vec<(u32, f32)> = question.word_shares().collect();
        for (number, share) in &all {
            words.worth[sign(*number)] += share;
        }
        for (number, place, share) in question.coverage().roots() {
            words.answers.push((sign(*number), *place, share.min(1.0)));
            if !all.iter().any(|(known, _)| known == number) {
                all.push((*number, 0.0));
            }
        }
        words.answers.sort_unstable_by_key(|(sign, place, _)| (*sign, *place));
        all.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        words.lists = all.iter().map(|(number, _)| Term::word(*number)).collect();
        words.from = vec![[0; 2]];
        for (number, _) in all.iter().rev() {
            let (sign, mut signs) = (sign(*number), words.from[words.from.len() - 1]);
            signs[sign / 64] |= 1 << (sign % 64);
            words.from.push(signs);
        }
        words.from.reverse();
        words.signs = words.from[0];
        words.own = all.iter().map(|(number, _)| sign(*number)).collect();
        words
    }

    /// The list of each word, those that are worth most first.
    pub(super) fn lists(&self) -> &[Term] {
        &self.lists
    }

    /// The signs of all words whose list comes at this place or later.
    pub(super) fn signs_from(&self, place: usize) -> Signs {
        self.from[place]
    }

    /// The signs of some words; the last mark stands for all that have no mark of their own.
    pub(super) fn signs_of(&self, marks: Marks) -> Signs {
        let (marks, last) = (marks & ((1 << WORD_MARKS) - 1), WORD_MARKS - 1);
        let rest = if marks >> last & 1 == 1 && self.from.len() > last { self.from[last] } else { [0; 2] };
        each([u64::from(marks), 0]).filter(|place| *place < last).fold(rest, |mut signs, place| {
            let sign = self.own[place];
            signs[sign / 64] |= 1 << (sign % 64);
            signs
        })
    }

    /// What the words with these signs are worth at most, as a share of all words.
    pub(super) fn shared(&self, signs: Signs) -> f64 {
        f64::from(each(self.both(signs)).map(|sign| self.worth[sign]).sum::<f32>().min(1.0))
    }

    /// How much of the need can be answered by kinds, by a trade it names, or by words with these signs.
    pub(super) fn answered(&self, (met, trade): (&[f32], f32), signs: Signs) -> f32 {
        if self.wording.is_empty() {
            return 1.0;
        }
        let mut by_kinds = [0.0_f32; MOST_WORDS];
        for (most, kinds) in by_kinds.iter_mut().zip(&self.kinds) {
            *most = each([u64::from(*kinds), 0])
                .filter_map(|kind| met.get(kind))
                .fold(0.0, |a, b| a.max(b.min(1.0)));
        }
        let mut shares = [0.0_f32; MOST_WORDS];
        for (share, (_, kinds, named)) in shares.iter_mut().zip(&self.wording) {
            *share = by_kinds[*kinds].max(if *named { trade } else { 0.0 });
        }
        let signs = self.both(signs);
        for (sign, place, share) in &self.answers {
            if signs[sign / 64] >> (sign % 64) & 1 == 1 {
                shares[*place] = shares[*place].max(*share);
            }
        }
        self.wording.iter().zip(shares).map(|((weight, _, _), share)| weight * share).sum::<f32>().min(1.0)
    }

    fn both(&self, signs: Signs) -> Signs {
        [self.signs[0] & signs[0], self.signs[1] & signs[1]]
    }
}

/// The places of all bits.
fn each(signs: Signs) -> impl Iterator<Item = usize> {
    signs.into_iter().zip([0, 64]).flat_map(|(mut bits, from)| {
        std::iter::from_fn(move || {
            let place = bits.trailing_zeros() as usize;
            (bits != 0).then(|| {
                bits &= bits - 1;
                from + place
            })
        })
    })
}
