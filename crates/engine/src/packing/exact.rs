//! The best choice for a part, by branch and bound.
//!
//! A chosen group gives each of its members a share of its worth. So no choice brings more than the best share that each
//! member could still get, summed over all: where that does not exceed what is known already, the search turns back. It
//! branches on the member with the best share: into one of its groups, or out of all of them.

use super::{MOST_MEMBERS, Part, Proven, Table};

/// Improves a good choice until nothing is better, or the work is used up. It leaves nobody marked.
pub(super) fn improve(table: &mut Table, part: &Part, good: Vec<usize>, work: &mut u64) -> Proven {
    let mut search = Search {
        best_worth: table.worth(&good),
        best: good,
        table,
        members: &part.members,
        chosen: Vec::new(),
        worth: 0,
        work,
    };
    let bound = search.could_bring().map_or(u64::MAX, |(bound, _)| bound);
    let is_finished = part.members.len() <= MOST_MEMBERS && search.branch();
    let bound = if is_finished { search.best_worth } else { bound.min(all_shares(search.table, part)) };
    Proven { chosen: search.best, bound: bound.max(search.best_worth) }
}

/// What the best group of every member would give it, summed.
fn all_shares(table: &Table, part: &Part) -> u64 {
    let best =
        |member: &usize| table.by_member[*member].first().map_or(0, |group| table.groups[*group].share);
    part.members.iter().map(best).sum()
}

struct Search<'t> {
    table: &'t mut Table,
    members: &'t [usize],
    best: Vec<usize>,
    best_worth: u64,
    chosen: Vec<usize>,
    worth: u64,
    work: &'t mut u64,
}

impl Search<'_> {
    /// Whether everything that could be better was looked at.
    fn branch(&mut self) -> bool {
        if self.worth > self.best_worth {
            (self.best, self.best_worth) = (self.chosen.clone(), self.worth);
        }
        let Some((rest, member)) = self.could_bring() else { return false };
        let Some(member) = member.filter(|_| self.worth + rest > self.best_worth) else { return true };
        let free = self.table.by_member[member].iter().copied().filter(|group| self.table.is_free(*group));
        for group in free.collect::<Vec<_>>() {
            let worth = self.table.groups[group].worth;
            self.table.mark(group, true);
            self.chosen.push(group);
            self.worth += worth;
            let is_finished = self.branch();
            self.worth -= worth;
            self.chosen.pop();
            self.table.mark(group, false);
            if !is_finished {
                return false;
            }
        }
        self.table.taken[member] = true;
        let is_finished = self.branch();
        self.table.taken[member] = false;
        is_finished
    }

    /// What the members that are left could bring at most, and the one that could bring most; nothing when the work is used up.
    fn could_bring(&mut self) -> Option<(u64, Option<usize>)> {
        let (mut sum, mut best, mut first) = (0, 0, None);
        for member in self.members.iter().filter(|member| !self.table.taken[**member]) {
            for group in &self.table.by_member[*member] {
                *self.work = self.work.checked_sub(1)?;
                if self.table.is_free(*group) {
                    let share = self.table.groups[*group].share;
                    sum += share;
                    if share > best {
                        (best, first) = (share, Some(*member));
                    }
                    break;
                }
            }
        }
        Some((sum, first))
    }
}
