//! How much can speak for an offer at most, told by its card alone; and in which order the lists are looked through.
//!
//! Every number here is an upper bound of one in `pair.rs`: more of a kind, a leaning, a word or a chance never speaks
//! against an offer, so whoever has no more than another is bounded by it.

use super::asking::Words;
use super::pair::{HIGHEST_BASE, MOST_KINDS, Question};
use crate::candidates::{Card, Fields, Lens, Signs, Step, Term, fields};
use std::sync::LazyLock;

/// A need as it looks at cards.
pub(super) struct Glass<'q> {
    question: &'q Question<'q>,
    /// How many kinds of the need can be answered.
    kinds: usize,
    /// For each kind of the taxonomy the place of its row among those near to the need, or none.
    row_of: Vec<u16>,
    near: Vec<Near>,
    /// How much a kind of the need counts when it is met.
    counts: [f32; MOST_KINDS],
    leanings: Fields,
    most_leaning: f32,
    most_chance: f32,
    words: Words,
    /// The lists of kinds, the most promising first, and what they and those behind them are worth at most.
    order: Vec<(u16, f32)>,
    behind: Vec<[f32; MOST_KINDS]>,
    /// The lists of branches, the likeliest first.
    branches: Vec<(u16, f32)>,
    next: Next,
}

/// A kind near to the need: what it is worth to each of the need's kinds.
struct Near {
    kind: u16,
    worth: [f32; MOST_KINDS],
}

/// How far the lists were looked through.
#[derive(Debug, Clone, Copy, Default)]
struct Next {
    kind: usize,
    word: usize,
    branch: usize,
}

/// What an offer can have.
struct Having {
    /// How far each of the need's kinds is met.
    met: [f32; MOST_KINDS],
    /// Which words of the need it can share.
    signs: Signs,
    leaning: f32,
    chance: f32,
    no_kinds: bool,
}

/// More than any rounding of 32 bits.
const ROUNDING: f64 = 2e-5;
const NO_ROW: u16 = u16::MAX;
/// Kinds that promise less come after the words.
const PROMISING: f32 = 0.3;

/// The roots of shares in 255ths.
static ROOTS: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|share| (share as f32 / 255.0).sqrt()));

/// How much two texts lean to each other at most.
fn lean(one: &Fields, other: &Fields) -> f32 {
    let all = one.iter().zip(other).map(|(one, other)| u32::from(*one) * u32::from(*other));
    all.sum::<u32>() as f32 / 65_025.0
}

impl<'q> Glass<'q> {
    pub(super) fn new(question: &'q Question<'q>) -> Self {
        let wanted = &question.need.kinds;
        let kinds = wanted.len().min(MOST_KINDS);
        let surest = wanted.iter().map(|(_, score)| *score).fold(0.0_f32, f32::max);
        let mut counts = [0.0; MOST_KINDS];
        for (count, (_, wanted)) in counts.iter_mut().zip(wanted) {
            *count = wanted.sqrt() * (0.4 + 0.6 * wanted / surest);
        }
        let leanings = &question.need.leanings;
        let length = leanings.iter().map(|(_, worth)| worth * worth).sum::<f32>().sqrt();
        let chances = question.chances();
        let mut glass = Self {
            question,
            kinds,
            row_of: vec![NO_ROW; question.all_kinds()],
            near: Vec::new(),
            counts,
            leanings: fields(leanings),
            most_leaning: (length * 1.000_01).min(1.0),
            most_chance: chances.near().iter().map(|(_, weight)| *weight as f32).fold(0.0, f32::max),
            words: Words::new(question),
            order: Vec::new(),
            behind: Vec::new(),
            branches: question.branches().map(|(number, _, chance)| (number, chance as f32)).collect(),
            next: Next::default(),
        };
        glass.find_near();
        glass.arrange();
        glass
    }

    fn find_near(&mut self) {
        let question = self.question;
        for (place, row) in question.rows().take(MOST_KINDS).enumerate() {
            for (kind, worth) in row {
                let at = &mut self.row_of[*kind];
                if *at == NO_ROW {
                    *at = self.near.len() as u16;
                    self.near.push(Near { kind: *kind as u16, worth: [0.0; MOST_KINDS] });
                }
                self.near[usize::from(*at)].worth[place] = *worth;
            }
        }
    }

    /// Puts the lists in order.
    fn arrange(&mut self) {
        let value = |near: &Near| near.worth.iter().zip(&self.counts).map(|(a, b)| a * b).fold(0.0, f32::max);
        let mut order: Vec<(u16, f32)> =
            (0..).zip(&self.near).map(|(row, near)| (row, value(near))).collect();
        order.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        self.order = order;
        self.behind = vec![[0.0; MOST_KINDS]; self.order.len() + 1];
        for (place, (row, _)) in self.order.iter().enumerate().rev() {
            let (own, rest) = (&self.near[usize::from(*row)].worth, self.behind[place + 1]);
            for ((most, own), rest) in self.behind[place].iter_mut().zip(own).zip(rest) {
                *most = own.max(rest);
            }
        }
        self.branches.sort_unstable_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    }

    /// What speaks for whoever has this.
    fn base(&self, having: &Having) -> f64 {
        let weights = self.question.weights();
        let text = {
            let words = self.words.shared(having.signs);
            words + (1.0 - words) * weights.leaning * f64::from(having.leaning)
        };
        let branch = if having.no_kinds { weights.branch_alone } else { weights.branch };
        let doubt = (1.0 - weights.resource * f64::from(self.resource(&having.met)))
            * (1.0 - weights.text * text)
            * (1.0 - branch * f64::from(having.chance));
        if doubt >= 1.0 {
            return 0.0;
        }
        let answered = f64::from(self.words.answered(&having.met[..self.kinds], having.signs));
        let sure = 1.0 - weights.unanswered * (1.0 - answered).clamp(0.0, 1.0);
        sure * (1.0 - doubt).clamp(0.0, HIGHEST_BASE) + ROUNDING
    }

    fn resource(&self, met: &[f32; MOST_KINDS]) -> f32 {
        let (mut first, mut second) = (0.0_f32, 0.0_f32);
        for (met, count) in met[..self.kinds].iter().zip(&self.counts) {
            let met = met * count;
            second = second.max(met.min(first));
            first = first.max(met);
        }
        first + (1.0 - first) * 0.3 * second
    }

    /// What an offer can have at most that has been on no list so far.
    fn unseen(&self) -> Having {
        let chance = self.branches.get(self.next.branch).map_or(0.0, |(_, chance)| *chance);
        let mut met = self.behind[self.next.kind];
        met[..self.kinds].iter_mut().for_each(|met| *met = met.max(chance));
        let signs = self.words.signs_from(self.next.word);
        Having { met, signs, leaning: self.most_leaning, chance, no_kinds: true }
    }
}

impl Lens for Glass<'_> {
    fn most(&self, card: &Card) -> f64 {
        let mut met = [0.0_f32; MOST_KINDS];
        let mut no_kinds = true;
        for (kind, sure) in card.kinds() {
            no_kinds = false;
            let Some(near) = self.near.get(usize::from(self.row_of[usize::from(kind)])) else { continue };
            let sure = ROOTS[usize::from(sure)];
            for (met, worth) in met[..self.kinds].iter_mut().zip(&near.worth) {
                *met = met.max(worth * sure);
            }
        }
        if card.has_more_kinds() {
            met = [1.0; MOST_KINDS];
        }
        let mut having = Having {
            met,
            signs: card.signs,
            leaning: lean(&self.leanings, &card.leanings).min(self.most_leaning),
            chance: 0.0,
            no_kinds,
        };
        if let Some(branch) = card.branch() {
            self.guess(card, branch, &mut having);
        }
        self.base(&having)
    }

    fn next(&mut self) -> Step {
        let most = self.base(&self.unseen());
        let Next { kind, word, branch } = &mut self.next;
        let near = self.order.get(*kind);
        let term = if near.is_some_and(|(_, value)| *value >= PROMISING) {
            *kind += 1;
            near.map(|(row, _)| Term::kind(self.near[usize::from(*row)].kind))
        } else if let Some(number) = self.words.list(*word) {
            *word += 1;
            Some(Term::word(number))
        } else if let Some((number, _)) = self.branches.get(*branch) {
            *branch += 1;
            Some(Term::branch(*number))
        } else {
            *kind += 1;
            near.map(|(row, _)| Term::kind(self.near[usize::from(*row)].kind))
        };
        Step { term, most }
    }
}

impl Glass<'_> {
    /// What the branch could give, said by nobody.
    fn guess(&self, card: &Card, branch: u16, having: &mut Having) {
        let (chance, kind) = self.question.chances().of_branch(branch);
        if chance <= 0.0 {
            return;
        }
        if card.has_more_than_branch() {
            having.chance = self.most_chance;
            having.met[..self.kinds].iter_mut().for_each(|met| *met = met.max(self.most_chance));
            return;
        }
        having.chance = chance as f32;
        let Some(near) = self.near.get(usize::from(self.row_of[kind])) else { return };
        for (met, worth) in having.met[..self.kinds].iter_mut().zip(&near.worth) {
            *met = met.max(worth.min(1.0) * having.chance);
        }
    }
}
