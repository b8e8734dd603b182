//! A good choice, quickly: the best first, then exchanges that bring more.

use super::{Part, Table};

/// So many groups are looked at in the place of one that was chosen.
const LOOKED_AT: usize = 32;
/// So often everything chosen is looked at again.
const ROUNDS: usize = 12;

/// A choice for a part. It leaves nobody marked.
pub(super) fn choose(table: &mut Table, part: &Part) -> Vec<usize> {
    let by_worth = in_order(part, |group| table.groups[group].worth);
    let by_share = in_order(part, |group| table.groups[group].share);
    let mut best: Vec<usize> = Vec::new();
    for order in [by_worth, by_share] {
        let mut chosen = Vec::new();
        fill(table, &order, &mut chosen);
        for _ in 0..ROUNDS {
            let exchanged = instead(table, &mut chosen) | against(table, part, &mut chosen);
            if !exchanged {
                break;
            }
            fill(table, &order, &mut chosen);
        }
        chosen.iter().for_each(|group| table.mark(*group, false));
        if table.worth(&chosen) > table.worth(&best) {
            best = chosen;
        }
    }
    best
}

fn in_order(part: &Part, key: impl Fn(usize) -> u64) -> Vec<usize> {
    let mut order = part.groups.clone();
    order.sort_by(|a, b| key(*b).cmp(&key(*a)).then(a.cmp(b)));
    order
}

/// Adds whatever still fits.
fn fill(table: &mut Table, order: &[usize], chosen: &mut Vec<usize>) {
    for group in order {
        if table.is_free(*group) {
            table.mark(*group, true);
            chosen.push(*group);
        }
    }
}

/// Puts one or more groups in the place of a chosen one where they bring more.
fn instead(table: &mut Table, chosen: &mut Vec<usize>) -> bool {
    let mut exchanged = false;
    for at in 0..chosen.len() {
        let old = chosen[at];
        table.mark(old, false);
        let lists = table.groups[old].members.iter().flat_map(|member| &table.by_member[*member]);
        let mut others: Vec<usize> =
            lists.copied().filter(|other| *other != old && table.is_free(*other)).collect();
        others.sort_by(|a, b| table.groups[*b].share.cmp(&table.groups[*a].share).then(a.cmp(b)));
        others.dedup();
        others.truncate(LOOKED_AT);
        let mut best = (table.groups[old].worth, vec![old]);
        for first in &others {
            let mut together = vec![*first];
            table.mark(*first, true);
            fill(table, &others, &mut together);
            together.iter().for_each(|group| table.mark(*group, false));
            let worth = table.worth(&together);
            if worth > best.0 {
                best = (worth, together);
            }
        }
        best.1.iter().for_each(|group| table.mark(*group, true));
        exchanged |= best.1[0] != old;
        chosen[at] = best.1[0];
        chosen.extend(&best.1[1..]);
    }
    exchanged
}

/// Puts one group in the place of all chosen ones that stand against it where it brings more.
fn against(table: &mut Table, part: &Part, chosen: &mut Vec<usize>) -> bool {
    let mut holder: std::collections::HashMap<usize, usize> = std::collections::HashMap::new();
    let hold = |table: &Table, group: usize, holder: &mut std::collections::HashMap<usize, usize>| {
        holder.extend(table.groups[group].members.iter().map(|member| (*member, group)));
    };
    chosen.iter().for_each(|group| hold(table, *group, &mut holder));
    let mut exchanged = false;
    for group in &part.groups {
        let members = table.groups[*group].members.iter();
        let mut others: Vec<usize> = members.filter_map(|member| holder.get(member).copied()).collect();
        others.sort_unstable();
        others.dedup();
        if others.contains(group) || table.worth(&others) >= table.groups[*group].worth {
            continue;
        }
        for other in &others {
            table.mark(*other, false);
            table.groups[*other].members.iter().for_each(|member| {
                holder.remove(member);
            });
        }
        chosen.retain(|known| !others.contains(known));
        chosen.push(*group);
        table.mark(*group, true);
        hold(table, *group, &mut holder);
        exchanged = true;
    }
    exchanged
}
