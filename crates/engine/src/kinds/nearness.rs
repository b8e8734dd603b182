//! How much a kind is worth to somebody who asked for another.

use crate::taxonomy::{KindIndex, Taxonomy};
use crate::weights::Weights;

/// For every kind the kinds near it with their worth, itself first with 1.
#[derive(Debug)]
pub(crate) struct Nearness {
    near: Vec<Vec<(KindIndex, f32)>>,
}

impl Nearness {
    pub(crate) fn new(taxonomy: &Taxonomy, weights: &Weights) -> Self {
        let kinds = taxonomy.kinds();
        let mut table = vec![vec![0.0_f64; kinds.len()]; kinds.len()];
        for (one, kind) in kinds.iter().enumerate() {
            for (other, next) in kinds.iter().enumerate() {
                let sibling = kind.parent == next.parent
                    && kind.parent.is_some_and(|parent| kinds[parent].parent.is_some());
                let worth = if one == other {
                    1.0
                } else if kind.parent == Some(other) || next.parent == Some(one) {
                    weights.parent
                } else if sibling {
                    weights.sibling
                } else if kind.top == next.top {
                    weights.same_top
                } else {
                    0.0
                };
                table[one][other] = worth;
            }
        }
        for (one, kind) in kinds.iter().enumerate() {
            for other in &kind.related {
                table[one][*other] = table[one][*other].max(weights.related);
                // Said once, it holds the other way round a little less.
                table[*other][one] = table[*other][one].max(weights.related * 0.8);
            }
        }
        let near = table
            .into_iter()
            .map(|row| {
                row.into_iter()
                    .enumerate()
                    .filter(|(_, worth)| *worth > 0.0)
                    .map(|(kind, worth)| (kind, worth as f32))
                    .collect()
            })
            .collect();
        Self { near }
    }

    pub(crate) fn of(&self, kind: KindIndex) -> &[(KindIndex, f32)] {
        &self.near[kind]
    }
}
