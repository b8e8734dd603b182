//! How much can speak for an offer at most, told by its card alone; and in which order the lists are looked through.
//!
//! Every number here is an upper bound of one in `pair.rs`: more of a kind, a leaning, a word or a chance never speaks
//! against an offer, so whoever has no more than another is bounded by it.

use super::asking::{WORD_MARKS, Words};
use super::pair::{HIGHEST_BASE, MOST_KINDS, Question, told};
use super::profile::TOLD;
use crate::candidates::{Card, Fields, Lens, Marks, Signs, Step, Term, Trade, fields, sureness};
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
    /// The likeliest that any branch could give.
    likeliest: f32,
    next: Next,
    /// The lists of words, and of kinds that promise something.
    marked: Vec<(Term, Marks)>,
    /// For each kind of the need what those are worth at most who have none of its marks, or the highest of one, two, three.
    levels: [[f32; LEVELS]; MOST_KINDS],
    /// What was promised to whom; a place for each, taken by the last that has it.
    promises: Vec<(u64, f64)>,
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
    /// Whether whoever has a branch was looked at.
    branch: bool,
}

/// What an offer can have.
struct Having {
    /// How far each of the need's kinds is met.
    met: [f32; MOST_KINDS],
    /// How far its trade could answer the words of each of the need's kinds.
    guessed: [f32; MOST_KINDS],
    /// Which words of the need it can share.
    signs: Signs,
    leaning: f32,
    chance: f32,
    /// How much a chance counts.
    branch: f64,
    /// How far somebody of its trade is wanted by name.
    trade: f32,
}

/// More than any rounding of 32 bits.
const ROUNDING: f64 = 2e-5;
const NO_ROW: u16 = u16::MAX;
/// Kinds that promise less come after the words.
const PROMISING: f32 = 0.3;
/// A mark for each step that a kind's worth takes from nothing to all.
const LEVELS: usize = 4;
const STEPS: [f32; LEVELS - 1] = [PROMISING, 0.5, 0.9];
/// So many kinds of the need have marks; whoever may meet another is taken to meet it.
const MARKED_KINDS: usize = 7;
/// Fineness of leanings in promises.
const LEANING_STEPS: f32 = 15.0;
/// So many promises are kept.
const PROMISES: usize = 1_024;

/// What kinds count that are sure in so many 255ths.
static COUNTING: LazyLock<[f32; 256]> =
    LazyLock::new(|| std::array::from_fn(|share| told(share as f32 / 255.0)));

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
            leanings: fields(leanings.iter().copied()),
            most_leaning: (length * 1.000_01).min(1.0),
            most_chance: chances.near().iter().map(|(_, weight)| *weight as f32).fold(0.0, f32::max),
            words: Words::new(question),
            order: Vec::new(),
            behind: Vec::new(),
            likeliest: chances.likeliest() as f32,
            next: Next::default(),
            marked: Vec::new(),
            levels: [[0.0; LEVELS]; MOST_KINDS],
            promises: vec![(u64::MAX, 0.0); PROMISES],
        };
        glass.find_near();
        glass.arrange();
        glass.mark();
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
    }

    /// Gives every list of words and of promising kinds its marks.
    fn mark(&mut self) {
        let words = self.words.lists().iter().enumerate();
        self.marked = words.map(|(place, term)| (*term, 1 << place.min(WORD_MARKS - 1))).collect();
        for (row, value) in &self.order {
            let near = &self.near[usize::from(*row)];
            let mut marks = 0;
            for (place, worth) in near.worth[..self.kinds].iter().enumerate() {
                let level = STEPS.iter().filter(|step| worth >= *step).count();
                self.levels[place][level] = self.levels[place][level].max(*worth);
                if level > 0 && place < MARKED_KINDS {
                    marks |= 1 << (WORD_MARKS + place * STEPS.len() + level - 1);
                }
            }
            if marks != 0 || *value >= PROMISING {
                self.marked.push((Term::kind(near.kind), marks));
            }
        }
    }

    /// How far the need's kinds can be met by whoever has these marks.
    fn met_by(&self, marks: Marks) -> [f32; MOST_KINDS] {
        let mut met = [0.0; MOST_KINDS];
        for (place, (met, levels)) in met[..self.kinds].iter_mut().zip(&self.levels).enumerate() {
            let told = |level: &usize| {
                place >= MARKED_KINDS
                    || *level == 0
                    || marks >> (WORD_MARKS + place * STEPS.len() + level - 1) & 1 == 1
            };
            *met = (0..LEVELS).filter(told).map(|level| levels[level]).fold(0.0, f32::max);
        }
        met
    }

    /// What speaks for whoever has this.
    fn base(&self, having: &Having) -> f64 {
        let weights = self.question.weights();
        let text = {
            let words = self.words.shared(having.signs);
            words + (1.0 - words) * weights.leaning * f64::from(having.leaning)
        };
        let doubt = (1.0 - weights.resource * f64::from(self.resource(&having.met)))
            * (1.0 - self.question.text_weight() * text)
            * (1.0 - having.branch * f64::from(having.chance))
            * (1.0 - weights.trade * f64::from(having.trade));
        if doubt >= 1.0 {
            return 0.0;
        }
        let mut answering = having.met;
        answering.iter_mut().zip(having.guessed).for_each(|(met, guessed)| *met = met.max(guessed));
        let answered = f64::from(self.words.answered((&answering[..self.kinds], having.trade), having.signs));
        let sure = 1.0 - weights.unanswered * (1.0 - answered).clamp(0.0, 1.0);
        sure * (1.0 - doubt).clamp(0.0, HIGHEST_BASE) + ROUNDING
    }

    /// How much a chance counts where nobody knows whether other kinds were told.
    fn most_branch(&self) -> f64 {
        let weights = self.question.weights();
        weights.branch.max(weights.branch_alone)
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
        let chance = if self.next.branch { 0.0 } else { self.likeliest.max(self.most_chance) };
        let trade = if self.next.branch { 0.0 } else { self.question.chances().most_named() };
        let signs = self.words.signs_from(self.next.word);
        Having {
            met: self.behind[self.next.kind],
            guessed: [chance; MOST_KINDS],
            signs,
            leaning: self.most_leaning,
            chance,
            branch: self.most_branch(),
            trade,
        }
    }
}

impl Lens for Glass<'_> {
    fn most(&self, card: &Card, leanings: &Fields) -> f64 {
        let mut met = [0.0_f32; MOST_KINDS];
        let mut tells = false;
        for (kind, sure) in card.kinds() {
            // A step less than is written may be the truth.
            tells |= f32::from(sure.saturating_sub(1)) / 255.0 >= TOLD;
            let Some(near) = self.near.get(usize::from(self.row_of[usize::from(kind)])) else { continue };
            let sure = COUNTING[usize::from(sure)];
            for (met, worth) in met[..self.kinds].iter_mut().zip(&near.worth) {
                *met = met.max(worth * sure);
            }
        }
        if card.has_more_kinds() {
            met = [1.0; MOST_KINDS];
        }
        let mut having = Having {
            met,
            guessed: [0.0; MOST_KINDS],
            signs: card.signs,
            leaning: lean(&self.leanings, leanings).min(self.most_leaning),
            chance: 0.0,
            branch: if tells { self.question.weights().branch } else { self.most_branch() },
            trade: 0.0,
        };
        self.guess(card.trade(), &mut having);
        self.base(&having)
    }

    fn marked(&self) -> &[(Term, Marks)] {
        &self.marked
    }

    fn promise(&mut self, marks: Marks, trade: Trade, leanings: Option<&Fields>) -> f64 {
        let trade = if self.could_give(trade) { trade } else { Trade::NONE };
        let leaning = leanings.map_or(1.0, |their| lean(&self.leanings, their).min(1.0));
        let leaning = (leaning * LEANING_STEPS).ceil();
        let key = (leaning as u64) << 48 | u64::from(marks) << 16 | u64::from(trade.0);
        let place = (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 54) as usize % PROMISES;
        let (known, promise) = self.promises[place];
        if known == key {
            return promise;
        }
        let mut having = Having {
            met: self.met_by(marks),
            guessed: [0.0; MOST_KINDS],
            signs: self.words.signs_of(marks),
            leaning: (leaning / LEANING_STEPS).min(self.most_leaning),
            chance: 0.0,
            branch: self.most_branch(),
            trade: 0.0,
        };
        self.guess(trade, &mut having);
        let promise = sureness(self.base(&having));
        self.promises[place] = (key, promise);
        promise
    }

    fn next(&mut self) -> Step {
        let most = self.base(&self.unseen());
        let Next { kind, word, branch } = &mut self.next;
        let near = self.order.get(*kind);
        let term = if near.is_none_or(|(_, value)| *value < PROMISING)
            && let Some(term) = self.words.lists().get(*word)
        {
            *word += 1;
            Some(*term)
        } else if near.is_none_or(|(_, value)| *value < PROMISING) && !*branch {
            *branch = true;
            Some(Term::BRANCH)
        } else {
            *kind = (*kind + 1).min(self.order.len());
            near.map(|(row, _)| Term::kind(self.near[usize::from(*row)].kind))
        };
        Step { term, most }
    }
}

impl Glass<'_> {
    fn could_give(&self, trade: Trade) -> bool {
        let chances = self.question.chances();
        let could = |number| chances.of_branch(number).0 > 0.0 || chances.named(number) > 0.0;
        trade == Trade::BESIDE || trade != Trade::NONE && could(trade.0)
    }

    /// What the trade could give, said by nobody.
    fn guess(&self, trade: Trade, having: &mut Having) {
        if !self.could_give(trade) {
            return;
        }
        if trade == Trade::BESIDE {
            having.chance = self.most_chance;
            having.guessed = [self.most_chance; MOST_KINDS];
            having.trade = self.question.chances().most_named();
            return;
        }
        let (chance, kind) = self.question.chances().of_branch(trade.0);
        having.chance = chance as f32;
        having.trade = self.question.chances().named(trade.0);
        let Some(near) = self.near.get(usize::from(self.row_of[kind])) else { return };
        for (guessed, worth) in having.guessed[..self.kinds].iter_mut().zip(&near.worth) {
            *guessed = worth.min(1.0) * having.chance;
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::profile::Profile;
    use super::*;
    use crate::candidates::test_card;

    /// A profile's card, its marks and whatever is left unseen must promise at least what its evidence is.
    pub(in crate::market) fn examine(question: &Question<'_>, profile: &Profile, branch: Option<u16>) {
        let exact = question.evidence(profile).base;
        let features = profile.features(branch);
        let (card, leanings, terms) = test_card(&features);
        let mut glass = Glass::new(question);
        assert!(exact <= 0.0 || glass.most(&card, &leanings) >= exact, "a card promises too little");
        let on_list = |term: &Term| terms.contains(term);
        let marks =
            glass.marked.iter().filter(|(term, _)| on_list(term)).fold(0, |all, (_, marks)| all | marks);
        for leanings in [None, Some(&leanings)] {
            let promise = glass.promise(marks, card.trade(), leanings);
            assert!(promise >= sureness(exact) - 1e-9, "marks promise too little: {promise} for {exact}");
        }
        loop {
            let step = glass.next();
            assert!(step.most >= exact, "who is unseen has more than was said: {exact} in {step:?}");
            if step.term.is_none_or(|term| on_list(&term)) {
                break;
            }
        }
    }
}
