//! Ids that stood in the file before.

use crate::row_fault::RowFault;
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Remembers where each id stood first.
#[derive(Default)]
pub(crate) struct SeenIds(HashMap<String, u64>);

impl SeenIds {
    /// Notes an id; a fault when it stood there before.
    pub(crate) fn note(&mut self, id: &str, line: u64) -> Option<RowFault> {
        match self.0.entry(id.to_owned()) {
            Entry::Vacant(free) => {
                free.insert(line);
                None
            }
            Entry::Occupied(first) => {
                Some(RowFault::DuplicateId { id: id.chars().take(60).collect(), first_line: *first.get() })
            }
        }
    }
}
