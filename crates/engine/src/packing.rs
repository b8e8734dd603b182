//! Of groups that overlap, those that bring most together, so that nobody is in two of them.
//!
//! This is weighted set packing, which is hard in general (Karp 1972). Groups that share nobody, not even over others, are
//! independent parts. Each part gets a good choice first (greedy, then exchanges) and is then searched for a better one
//! until nothing can be better; large parts, or all once [`WORK`] is used up, keep the good choice and an upper bound.
//! [`Packing::is_best`] says which of the two it is. Reasons and cost: `docs/decisions/0016-rings-and-bundles.md`.

mod exact;
mod near;

/// Steps of the search for all parts together: a few tenths of a second at most.
pub const WORK: u64 = 20_000_000;
/// Parts with more members than this are not searched to the end.
pub const MOST_MEMBERS: usize = 256;

/// A group that could be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// Who is in it; numbers of the caller's, in any order.
    pub members: Vec<u32>,
    /// What it brings, in any unit that all groups share; a group that brings 0 is never chosen.
    pub worth: u64,
}

/// A choice of groups without a common member.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Packing {
    /// The places of the chosen groups, in order.
    pub chosen: Vec<usize>,
    /// What they bring together.
    pub worth: u64,
    /// What no choice exceeds.
    pub bound: u64,
}

impl Packing {
    /// Whether it is proven that no other choice brings more.
    #[must_use]
    pub fn is_best(&self) -> bool {
        self.worth == self.bound
    }
}

/// Chooses groups; the same groups in the same order give the same choice.
#[must_use]
pub fn pack(groups: &[Group]) -> Packing {
    let mut table = Table::of(groups);
    let mut work = WORK;
    let mut packing = Packing::default();
    for part in table.parts() {
        let good = near::choose(&mut table, &part);
        let Proven { chosen, bound } = exact::improve(&mut table, &part, good, &mut work);
        packing.worth += table.worth(&chosen);
        packing.bound += bound;
        packing.chosen.extend(chosen.into_iter().map(|group| table.groups[group].place));
    }
    packing.chosen.sort_unstable();
    packing
}

/// A choice for one part, and what no choice for it exceeds.
struct Proven {
    chosen: Vec<usize>,
    bound: u64,
}

/// Groups with dense numbers for their members.
struct Table {
    groups: Vec<Entry>,
    /// The groups of each member, those that bring most for each of their members first.
    by_member: Vec<Vec<usize>>,
    /// Members that are in a chosen group or left out on purpose.
    taken: Vec<bool>,
}

struct Entry {
    /// Where it stands among the caller's groups.
    place: usize,
    members: Vec<usize>,
    worth: u64,
    /// What it brings for each of its members, rounded up: shares of a choice never sum to less than its worth.
    share: u64,
}

/// Groups that have to do with each other, and all their members.
struct Part {
    groups: Vec<usize>,
    members: Vec<usize>,
}

impl Table {
    fn of(groups: &[Group]) -> Self {
        let mut numbers: Vec<u32> = groups.iter().flat_map(|group| &group.members).copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        let number = |member: &u32| numbers.partition_point(|known| known < member);
        let mut table = Self {
            groups: Vec::new(),
            by_member: vec![Vec::new(); numbers.len()],
            taken: vec![false; numbers.len()],
        };
        for (place, group) in groups.iter().enumerate().filter(|(_, group)| group.worth > 0) {
            let mut members: Vec<usize> = group.members.iter().map(number).collect();
            members.sort_unstable();
            members.dedup();
            if members.is_empty() {
                continue;
            }
            let share = group.worth.div_ceil(members.len() as u64);
            for member in &members {
                table.by_member[*member].push(table.groups.len());
            }
            table.groups.push(Entry { place, members, worth: group.worth, share });
        }
        let groups = &table.groups;
        for list in &mut table.by_member {
            list.sort_by(|a, b| groups[*b].share.cmp(&groups[*a].share).then(a.cmp(b)));
        }
        table
    }

    /// The parts, in the order of their first groups.
    fn parts(&self) -> Vec<Part> {
        let mut part_of: Vec<Option<usize>> = vec![None; self.groups.len()];
        let mut parts: Vec<Part> = Vec::new();
        for first in 0..self.groups.len() {
            if part_of[first].is_some() {
                continue;
            }
            let number = parts.len();
            part_of[first] = Some(number);
            let mut part = Part { groups: vec![first], members: Vec::new() };
            let mut at = 0;
            while let Some(group) = part.groups.get(at).copied() {
                at += 1;
                part.members.extend(&self.groups[group].members);
                for other in self.groups[group].members.iter().flat_map(|member| &self.by_member[*member]) {
                    if part_of[*other].is_none() {
                        part_of[*other] = Some(number);
                        part.groups.push(*other);
                    }
                }
            }
            part.groups.sort_unstable();
            part.members.sort_unstable();
            part.members.dedup();
            parts.push(part);
        }
        parts
    }

    fn is_free(&self, group: usize) -> bool {
        self.groups[group].members.iter().all(|member| !self.taken[*member])
    }

    /// Takes the members of a group, or gives them back.
    fn mark(&mut self, group: usize, taken: bool) {
        for member in &self.groups[group].members {
            self.taken[*member] = taken;
        }
    }

    fn worth(&self, chosen: &[usize]) -> u64 {
        chosen.iter().map(|group| self.groups[*group].worth).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(members: &[u32], worth: u64) -> Group {
        Group { members: members.to_vec(), worth }
    }

    #[test]
    fn two_small_groups_are_worth_more_than_the_large_one_between_them() {
        let packing = pack(&[group(&[1, 2], 5), group(&[2, 3], 8), group(&[3, 4], 4)]);
        assert_eq!(packing, Packing { chosen: vec![0, 2], worth: 9, bound: 9 });
        assert!(packing.is_best());
    }

    #[test]
    fn groups_that_share_nobody_are_chosen_together() {
        let packing = pack(&[group(&[7], 1), group(&[u32::MAX, 0], 2), group(&[0, 7], 2)]);
        assert_eq!((packing.chosen.as_slice(), packing.worth), ([0, 1].as_slice(), 3));
    }

    #[test]
    fn nothing_and_worthless_groups_give_an_empty_choice() {
        for groups in [vec![], vec![group(&[], 9)], vec![group(&[1, 1], 0)]] {
            assert_eq!(pack(&groups), Packing::default(), "{groups:?}");
        }
        assert_eq!(pack(&[group(&[1, 1], 3)]).worth, 3, "whoever is named twice is there once");
    }
}
