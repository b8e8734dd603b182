//! Ids and secrets.

use kiez_domain::instant::Instant;
use std::sync::{Arc, Mutex};
use uuid::{Builder, Uuid};

/// The machine's randomness, or a seeded sequence that gives the same values again.
#[derive(Debug, Clone)]
pub enum Random {
    /// From the operating system.
    Real,
    /// SplitMix64 (Steele, Lea, Flood 2014) from a seed: for the demo and for tests, never for secrets that matter.
    Seeded(Arc<Mutex<u64>>),
}

/// The operating system has no randomness to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the operating system gives no random numbers: check that /dev/urandom can be read")]
pub struct NoRandomness;

impl Random {
    /// A sequence that depends on the seed alone.
    #[must_use]
    pub fn seeded(seed: u64) -> Self {
        Self::Seeded(Arc::new(Mutex::new(seed)))
    }

    /// A fresh id (UUID version 7, RFC 9562 §5.7): sorts by the moment it was made.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn uuid(&self, at: Instant) -> Result<Uuid, NoRandomness> {
        let mut tail = [0; 10];
        self.fill(&mut tail)?;
        let millis = u64::try_from(at.0).unwrap_or(0);
        Ok(Builder::from_unix_timestamp_millis(millis, &tail).into_uuid())
    }

    /// A secret of 128 bits as 32 lower-case hexadecimal digits.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn token(&self) -> Result<String, NoRandomness> {
        let mut bytes = [0; 16];
        self.fill(&mut bytes)?;
        Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    /// Bytes for a secret of its own form.
    ///
    /// # Errors
    /// When the operating system gives no randomness.
    pub fn bytes<const N: usize>(&self) -> Result<[u8; N], NoRandomness> {
        let mut bytes = [0; N];
        self.fill(&mut bytes)?;
        Ok(bytes)
    }

    pub(crate) fn fill(&self, bytes: &mut [u8]) -> Result<(), NoRandomness> {
        match self {
            Self::Real => getrandom::fill(bytes).map_err(|_| NoRandomness),
            Self::Seeded(state) => {
                let mut state = state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                for chunk in bytes.chunks_mut(8) {
                    let next = split_mix(&mut state).to_le_bytes();
                    chunk.copy_from_slice(&next[..chunk.len()]);
                }
                Ok(())
            }
        }
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let (a, b) = (Random::seeded(7), Random::seeded(7));
        for _ in 0..100 {
            assert_eq!(a.uuid(Instant(1)), b.uuid(Instant(1)));
        }
        assert_ne!(Random::seeded(8).token(), Random::seeded(7).token());
    }

    #[test]
    fn ids_sort_by_time_and_are_version_seven() {
        let random = Random::Real;
        let early = random.uuid(Instant(1_000)).expect("randomness");
        let late = random.uuid(Instant(2_000)).expect("randomness");
        assert!(early < late);
        assert_eq!(early.get_version_num(), 7);
    }

    #[test]
    fn a_token_has_128_bits() {
        assert_eq!(Random::Real.token().expect("randomness").len(), 32);
    }
}
