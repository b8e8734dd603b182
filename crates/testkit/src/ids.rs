//! Ids and moments that are the same in every run.

use kiez_domain::instant::Instant;
use std::sync::atomic::{AtomicU64, Ordering};
use uuid::Uuid;

/// The moment at which the clock of every test stands: 2 March 2026, 8:30 in Berlin.
pub const NOW: Instant = Instant(1_772_436_600_000);

/// A fresh id of any kind, greater than every id before it: `id(NeedId::new)`.
pub fn id<T>(wrap: fn(Uuid) -> T) -> T {
    static NEXT: AtomicU64 = AtomicU64::new(1_000_000);
    wrap(uuid(NEXT.fetch_add(1, Ordering::Relaxed)))
}

/// The id with a number of its own, the same in every run: for the named world.
pub(crate) fn numbered<T>(wrap: fn(Uuid) -> T, number: u64) -> T {
    wrap(uuid(number))
}

/// A UUID of version 7 whose time is [`NOW`] and whose random part is a number.
fn uuid(number: u64) -> Uuid {
    let moment = u128::from(NOW.0.unsigned_abs()) << 80;
    Uuid::from_u128(moment | 0x7000 << 64 | 0x8000 << 48 | u128::from(number))
}

#[cfg(test)]
mod tests {
    use super::*;
    use kiez_domain::id::NeedId;

    #[test]
    fn ids_sort_by_the_time_they_were_made() {
        assert!(id(NeedId::new) < id(NeedId::new));
        assert_eq!(uuid(1).get_version_num(), 7);
    }
}
