//! Drawing by lot from a seed, and how sure a share is.

/// Marsaglia's xorshift (2003) with 64 bits: the same seed, the same order.
pub(crate) struct Lot(u64);

impl Lot {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number below `end`, which must not be 0.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }

    /// Fisher and Yates.
    pub(crate) fn shuffle<T>(&mut self, all: &mut [T]) {
        for last in (1..all.len()).rev() {
            all.swap(last, self.below(last + 1));
        }
    }
}

/// A share with the interval of Wilson (1927), 95 %.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Share {
    pub(crate) hits: f64,
    pub(crate) of: f64,
}

impl Share {
    pub(crate) fn count(&mut self, hit: bool) {
        self.hits += f64::from(u8::from(hit));
        self.of += 1.0;
    }

    /// Value, lower and upper end; nothing where nothing was counted.
    pub(crate) fn interval(self) -> Option<[f64; 3]> {
        const Z: f64 = 1.96;
        if self.of == 0.0 {
            return None;
        }
        let share = self.hits / self.of;
        let middle = share + Z * Z / (2.0 * self.of);
        let half = Z * (share * (1.0 - share) / self.of + Z * Z / (4.0 * self.of * self.of)).sqrt();
        let whole = 1.0 + Z * Z / self.of;
        Some([share, (middle - half) / whole, (middle + half) / whole])
    }
}

impl std::fmt::Display for Share {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.interval() {
            Some([share, low, high]) => write!(f, "{share:.2} ({low:.2}–{high:.2}, n {})", self.of),
            None => f.write_str("–"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_is_that_of_the_textbook() {
        // Newcombe (1998), table I, method 3: 81 of 263 is 0.2553 to 0.3662; 0 of 20 is 0 to 0.1611.
        let [_, low, high] = Share { hits: 81.0, of: 263.0 }.interval().unwrap();
        assert!((low - 0.2553).abs() < 0.0001 && (high - 0.3662).abs() < 0.0001, "{low} {high}");
        let [_, low, high] = Share { hits: 0.0, of: 20.0 }.interval().unwrap();
        assert!(low.abs() < 0.0001 && (high - 0.1611).abs() < 0.0001, "{low} {high}");
        assert!(Share::default().interval().is_none());
    }

    #[test]
    fn a_shuffle_loses_nothing_and_follows_its_seed() {
        let shuffled = |seed| {
            let mut all: Vec<u32> = (0..50).collect();
            Lot::new(seed).shuffle(&mut all);
            all
        };
        assert_eq!(shuffled(7), shuffled(7));
        assert_ne!(shuffled(7), shuffled(8));
        let mut sorted = shuffled(7);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..50).collect::<Vec<_>>());
    }
}
