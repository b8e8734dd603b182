//! What a branch could give although nobody has asked it yet.

use super::prepared::PreparedNeed;
use crate::taxonomy::{KindIndex, Taxonomy};
use kiez_domain::branch::BranchId;
use std::collections::HashMap;

/// A prior of one half is as sure as a guess can be.
const SURE_PRIOR: f64 = 0.5;

/// The likeliest kind that a branch could give and that helps the need, with its chance.
pub(super) type Chances = HashMap<BranchId, (f64, KindIndex)>;

pub(super) fn find(worth: &[Vec<f32>], need: &PreparedNeed, taxonomy: &Taxonomy) -> Chances {
    let mut chances = Chances::new();
    for ((_, wanted), row) in need.kinds.iter().zip(worth) {
        for (kind, near) in row.iter().enumerate().filter(|(_, near)| **near >= 0.4) {
            for (branch, prior) in &taxonomy.kinds()[kind].branches {
                let chance = f64::from(wanted * near) * (prior / SURE_PRIOR).clamp(0.0, 1.0);
                if chance > chances.get(branch).map_or(0.0, |(best, _)| *best) {
                    chances.insert(branch.clone(), (chance, kind));
                }
            }
        }
    }
    chances
}
