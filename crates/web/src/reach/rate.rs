//! How often one network may ask what can be tried out or costs work. Kept in memory, of one size, forgotten by itself.

use std::collections::HashMap;
use std::sync::Mutex;

/// So many networks are told apart; beyond it newcomers share one measure, so that nobody can fill the memory.
const NETWORKS: usize = 10_000;
/// In whose name newcomers are counted then.
const CROWD: &str = "*";

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Class {
    /// A link that signs in, or does one thing.
    Link,
    /// A form at the door.
    Door,
    /// A public page or list.
    Public,
}

impl Class {
    /// What a path is; none where nothing is counted.
    pub(super) fn of(is_form: bool, path: &str) -> Option<Self> {
        // Pieces of a map come by the dozen.
        let is_piece = path.contains("/tiles/") || path.ends_with(".css") || path.ends_with(".pmtiles");
        match path {
            _ if path.starts_with("/link/") || path.starts_with("/l/") => Some(Self::Link),
            _ if is_form && path.starts_with("/sign-in") => Some(Self::Door),
            _ if path.starts_with("/p/") && !is_piece => Some(Self::Public),
            _ => None,
        }
    }

    /// So many at once, and so many more each minute.
    const fn per_minute(self) -> i64 {
        match self {
            Self::Link => 30,
            Self::Door => 60,
            // A class of pupils behind one address looks something up together.
            Self::Public => 600,
        }
    }
}

/// The measure of each network.
#[derive(Debug, Default)]
pub(super) struct Rate(Mutex<HashMap<(Class, String), Measure>>);

/// What a network has left, in thousandths, and when that was.
#[derive(Debug, Clone, Copy)]
struct Measure {
    left: i64,
    at: i64,
}

const ONE: i64 = 1_000;

impl Rate {
    /// Lets a request of a network pass at a moment (in milliseconds), or says after how many seconds the next one would.
    pub(super) fn admit(&self, class: Class, network: &str, now: i64) -> Result<(), u64> {
        let mut known = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let mut key = (class, network.to_owned());
        if !known.contains_key(&key) && known.len() >= NETWORKS {
            // Who has rested is as good as new.
            known.retain(|(class, _), measure| measure.refilled(*class, now) < class.per_minute() * ONE);
            if known.len() >= NETWORKS {
                key.1 = CROWD.to_owned();
            }
        }
        let full = Measure { left: class.per_minute() * ONE, at: now };
        let measure = known.entry(key).or_insert(full);
        let left = measure.refilled(class, now);
        if left < ONE {
            let missing = (ONE - left) * 60 / (class.per_minute() * ONE);
            return Err(u64::try_from(missing).unwrap_or(0) + 1);
        }
        *measure = Measure { left: left - ONE, at: now };
        Ok(())
    }
}

impl Measure {
    fn refilled(self, class: Class, now: i64) -> i64 {
        let most = class.per_minute() * ONE;
        let passed = now.saturating_sub(self.at).clamp(0, 60_000);
        self.left.saturating_add(passed * class.per_minute() / 60).min(most)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_measure_is_used_up_and_comes_back() {
        let rate = Rate::default();
        for turn in 0..30 {
            assert_eq!(rate.admit(Class::Link, "a", 0), Ok(()), "{turn}");
        }
        assert_eq!(rate.admit(Class::Link, "a", 0), Err(3));
        assert_eq!(rate.admit(Class::Link, "b", 0), Ok(()), "another network");
        assert_eq!(rate.admit(Class::Door, "a", 0), Ok(()), "another door");
        assert_eq!(rate.admit(Class::Link, "a", 1_999), Err(1));
        assert_eq!(rate.admit(Class::Link, "a", 2_000), Ok(()));
        assert_eq!(rate.admit(Class::Link, "a", 2_000), Err(3));
        for turn in 0..30 {
            assert_eq!(rate.admit(Class::Link, "a", 9_000_000), Ok(()), "{turn}");
        }
        assert!(rate.admit(Class::Link, "a", 0).is_err(), "a clock that goes back gives nothing");
    }

    #[test]
    fn nobody_fills_the_memory() {
        let rate = Rate::default();
        for network in 0..NETWORKS + 500 {
            let _counted = rate.admit(Class::Public, &network.to_string(), 0);
        }
        let held = || rate.0.lock().expect("not poisoned").len();
        assert!(held() <= NETWORKS + 3, "{}", held());
        // The crowd shares one measure …
        let crowd =
            (0..600).filter(|turn| rate.admit(Class::Public, &format!("new {turn}"), 0).is_ok()).count();
        assert_eq!(crowd, 100);
        assert_eq!(
            rate.admit(Class::Public, "7", 0),
            Ok(()),
            "… and whoever was there before keeps the own one"
        );
        // … until others have rested.
        assert_eq!(rate.admit(Class::Public, "late", 60_000), Ok(()));
        assert!(held() < 10, "{}", held());
    }

    #[test]
    fn what_is_counted_is_what_can_be_tried_or_costs_work() {
        for (is_form, path, class) in [
            (false, "/link/0123", Some(Class::Link)),
            (true, "/link/0123", Some(Class::Link)),
            (false, "/l/0123", Some(Class::Link)),
            (true, "/sign-in", Some(Class::Door)),
            (true, "/sign-in/mail", Some(Class::Door)),
            (false, "/sign-in", None),
            (false, "/p/graefekiez/actors", Some(Class::Public)),
            (false, "/p/graefekiez/actors.csv", Some(Class::Public)),
            (false, "/p/graefekiez/tiles/1/2/3", None),
            (false, "/p/graefekiez/ground.pmtiles", None),
            (false, "/w/graefekiez", None),
        ] {
            assert_eq!(Class::of(is_form, path), class, "{path}");
        }
    }
}
