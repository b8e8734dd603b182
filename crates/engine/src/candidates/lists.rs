//! Which offers of a quarter have a term: a kind, a word, a branch.

/// The place of an offer within its quarter.
pub(super) type Local = u16;

/// Something that an offer can have in common with a need. Words share so many numbers, so an offer may stand on a list
/// for another word; it is never missing on the right one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Term(u32);

const WORDS: u32 = 1_024;

impl Term {
    pub(crate) fn word(number: u32) -> Self {
        Self(mixed(number) % WORDS)
    }

    /// Any branch.
    pub(crate) const BRANCH: Self = Self(WORDS);

    pub(crate) fn kind(kind: u16) -> Self {
        Self(WORDS + 1 + u32::from(kind))
    }
}

/// Spreads neighbouring numbers over all bits (Knuth, TAOCP 6.4: multiplication by the golden ratio).
pub(super) fn mixed(number: u32) -> u32 {
    number.wrapping_mul(0x9E37_79B9) >> 7
}

/// The lists of all terms, one behind the other.
#[derive(Debug)]
pub(super) struct Lists {
    /// Where the list of each term begins, and where the last ends.
    starts: Vec<u32>,
    locals: Vec<Local>,
}

impl Default for Lists {
    fn default() -> Self {
        Self { starts: vec![0], locals: Vec::new() }
    }
}

impl Lists {
    pub(super) fn of(&self, term: Term) -> &[Local] {
        let place = term.0 as usize;
        let ends = self.starts.get(place).zip(self.starts.get(place + 1));
        ends.map_or(&[], |(from, to)| &self.locals[*from as usize..*to as usize])
    }

    /// Puts an offer that is not there yet on the list of a term.
    pub(super) fn put(&mut self, term: Term, local: Local) {
        let place = term.0 as usize;
        let end = self.locals.len() as u32;
        if self.starts.len() < place + 2 {
            self.starts.resize(place + 2, end);
        }
        self.locals.insert(self.starts[place + 1] as usize, local);
        self.starts[place + 1..].iter_mut().for_each(|start| *start += 1);
    }

    /// Takes an offer off all lists; the `last` of the quarter has its place from now on.
    pub(super) fn leave(&mut self, gone: Local, last: Local) {
        self.keep(|local| match local {
            local if local == gone => None,
            local if local == last => Some(gone),
            local => Some(local),
        });
    }

    /// Lists of those alone whom `place` gives a place of their own.
    pub(super) fn part(&self, place: impl Fn(Local) -> Option<Local>) -> Self {
        let mut part = Self { starts: self.starts.clone(), locals: self.locals.clone() };
        part.keep(place);
        part.locals.shrink_to_fit();
        part
    }

    fn keep(&mut self, place: impl Fn(Local) -> Option<Local>) {
        let (mut from, mut kept) = (0, 0);
        for start in &mut self.starts[1..] {
            for at in from..*start as usize {
                if let Some(local) = place(self.locals[at]) {
                    self.locals[kept] = local;
                    kept += 1;
                }
            }
            from = *start as usize;
            *start = kept as u32;
        }
        self.locals.truncate(kept);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    fn on(lists: &Lists, term: Term) -> BTreeSet<Local> {
        lists.of(term).iter().copied().collect()
    }

    proptest! {
        #[test]
        fn lists_hold_whoever_was_put_until_it_leaves(all in proptest::collection::vec(proptest::collection::btree_set(0..9_u16, 0..5), 1..40), gone in any::<proptest::sample::Index>()) {
            let mut lists = Lists::default();
            for (local, terms) in (0..).zip(&all) {
                terms.iter().for_each(|kind| lists.put(Term::kind(*kind), local));
            }
            let truth = |all: &[BTreeSet<u16>], kind: u16| -> BTreeSet<Local> {
                (0..).zip(all).filter(|(_, terms)| terms.contains(&kind)).map(|(local, _)| local).collect()
            };
            for kind in 0..10 {
                prop_assert_eq!(on(&lists, Term::kind(kind)), truth(&all, kind));
            }
            let even = lists.part(|local| (local % 2 == 0).then_some(local / 2));
            let half: Vec<BTreeSet<u16>> = all.iter().step_by(2).cloned().collect();
            let mut left = all.clone();
            let gone = gone.index(all.len());
            left.swap_remove(gone);
            lists.leave(gone as Local, (all.len() - 1) as Local);
            for kind in 0..10 {
                prop_assert_eq!(on(&even, Term::kind(kind)), truth(&half, kind));
                prop_assert_eq!(on(&lists, Term::kind(kind)), truth(&left, kind));
            }
        }
    }

    #[test]
    fn words_branches_and_kinds_never_share_a_list() {
        let words: BTreeSet<Term> = (0..100_000).map(Term::word).collect();
        assert!(!words.contains(&Term::BRANCH) && words.len() == WORDS as usize);
        assert!((0..1_000).map(Term::kind).all(|kind| !words.contains(&kind) && kind != Term::BRANCH));
    }
}
