//! What a branch could give although nobody has asked it yet.

use super::index::Index;
use super::prepared::PreparedNeed;
use crate::taxonomy::{KindIndex, Taxonomy};

/// A prior of one half is as sure as a guess can be.
const SURE_PRIOR: f64 = 0.5;

/// For every branch of the index the likeliest kind that it could give and that helps the need.
pub(super) fn find(
    worth: &[Vec<f32>],
    need: &PreparedNeed,
    index: &Index,
    taxonomy: &Taxonomy,
) -> Vec<Option<(f64, KindIndex)>> {
    let mut chances: Vec<Option<(f64, KindIndex)>> = vec![None; index.branches().len()];
    for ((_, wanted), row) in need.kinds.iter().zip(worth) {
        for (kind, near) in row.iter().enumerate().filter(|(_, near)| **near >= 0.4) {
            for (branch, prior) in &taxonomy.kinds()[kind].branches {
                let Some(number) = index.branches().get(branch) else { continue };
                let chance = f64::from(wanted * near) * (prior / SURE_PRIOR).clamp(0.0, 1.0);
                let known = &mut chances[*number as usize];
                if known.is_none_or(|(best, _)| chance > best) && chance > 0.0 {
                    *known = Some((chance, kind));
                }
            }
        }
    }
    chances
}
