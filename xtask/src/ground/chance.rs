//! Chance by seed (splitmix64): the same drawing gives the same houses on every machine.

/// A stream of numbers that look like chance.
pub(super) struct Chance(u64);

impl Chance {
    /// A stream of its own for each name, so that a change in one block leaves the others as they are.
    pub(super) fn named(name: &str) -> Self {
        // FNV-1a.
        Self(name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        }))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// From 0 up to, but without, 1.
    pub(super) fn share(&mut self) -> f64 {
        // 53 bits fill a double exactly.
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// Between two numbers.
    pub(super) fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// True in this share of all cases.
    pub(super) fn happens(&mut self, share: f64) -> bool {
        self.share() < share
    }

    /// One of so many.
    pub(super) fn one_of(&mut self, count: usize) -> usize {
        ((self.share() * count as f64) as usize).min(count.saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_gives_the_same_stream_and_another_name_another() {
        let draw = |name: &str| {
            let mut chance = Chance::named(name);
            [chance.share(), chance.share(), chance.share()]
        };
        assert_eq!(draw("a"), draw("a"));
        assert_ne!(draw("a"), draw("b"));
        assert!(draw("a").iter().all(|share| (0.0..1.0).contains(share)));
    }

    #[test]
    fn every_one_of_three_comes_up() {
        let mut chance = Chance::named("three");
        let mut seen = [0u32; 3];
        for _ in 0..300 {
            seen[chance.one_of(3)] += 1;
        }
        assert!(seen.iter().all(|count| *count > 60), "{seen:?}");
    }
}
