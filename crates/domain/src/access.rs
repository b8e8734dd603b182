//! How somebody proved who they are, what that is good for, and how long.

use crate::issue::Problem;
use crate::lifecycle::words;
use crate::policy::Role;

words! {
    /// What was shown when a session began.
    Proof, "link, recovery, password or two" {
        /// A single-use link.
        Link = "link",
        /// A recovery code or a link that was made because everything else was lost.
        Recovery = "recovery",
        /// A password.
        Password = "password",
        /// Two factors; a passkey whose holder the device has recognised counts as both.
        Two = "two",
    }
}

/// What a session may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Everything that its roles may.
    Full,
    /// Nothing before the second factor is shown.
    Second,
    /// Nothing but setting up a second factor.
    SetUp,
}

/// What matters about an account when it signs in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Demands {
    /// A role that wants two factors: whoever sees other people's data.
    pub by_role: bool,
    /// An app that makes codes is set up.
    pub has_codes: bool,
    /// A passkey is set up.
    pub has_passkey: bool,
}

/// Minutes after which an unused session ends, and after which any session ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Without use.
    pub idle: i64,
    /// In any case.
    pub absolute: i64,
}

const DAY: i64 = 24 * 60;

impl Role {
    /// Whether this role wants two factors: it sees what many people have said.
    #[must_use]
    pub const fn wants_two_factors(self) -> bool {
        matches!(self, Self::Coordinator | Self::Funder | Self::Operator)
    }
}

impl Demands {
    /// What a session may do that began with this proof.
    #[must_use]
    pub const fn standing(self, proof: Proof) -> Standing {
        match proof {
            Proof::Two => Standing::Full,
            // What was there before is lost: asking for it would lock the person out.
            Proof::Recovery if self.by_role => Standing::SetUp,
            Proof::Recovery => Standing::Full,
            Proof::Link | Proof::Password if self.has_codes => Standing::Second,
            Proof::Link | Proof::Password if self.by_role && self.has_passkey => Standing::Second,
            Proof::Link | Proof::Password if self.by_role => Standing::SetUp,
            Proof::Link | Proof::Password => Standing::Full,
        }
    }

    /// How long a session lasts: a working day where two factors are wanted, a month of rest elsewhere; an hour while
    /// something is still to be shown or set up.
    #[must_use]
    pub const fn limits(self, proof: Proof) -> Limits {
        match (self.standing(proof), self.by_role) {
            (Standing::Second | Standing::SetUp, _) => Limits { idle: 60, absolute: 60 },
            (Standing::Full, true) => Limits { idle: 12 * 60, absolute: 7 * DAY },
            (Standing::Full, false) => Limits { idle: 30 * DAY, absolute: 90 * DAY },
        }
    }
}

/// Days for which a coordinator whom another one has named has no rights yet, unless somebody else agrees before: whoever
/// comes to somebody's open laptop must not make an accomplice unseen.
pub const COORDINATOR_WAITS_DAYS: i64 = 1;

/// How long a change of one's own access may follow on signing in, in minutes: whoever finds an open laptop later
/// signs in anew first.
pub const FRESH_MINUTES: i64 = 15;

/// A password as it was chosen: one spelling of its letters, long enough, not to be guessed from the account.
#[derive(Clone, PartialEq, Eq)]
pub struct Password(String);

impl Password {
    /// Characters at least. Length is what counts; no rules about digits and signs.
    pub const LEAST: usize = 12;
    /// Characters at most: hashing is work.
    pub const LIMIT: usize = 200;

    /// Chooses a password for somebody with this name and address.
    ///
    /// # Errors
    /// When it is too short, too long or too easy to guess.
    pub fn choose(text: &str, (name, email): (&str, &str)) -> Result<Self, Problem> {
        let password = Self::typed(text);
        let length = password.0.chars().count();
        if length == 0 {
            return Err(Problem::Missing);
        }
        if length < Self::LEAST {
            return Err(Problem::TooShort { length, least: Self::LEAST });
        }
        if length > Self::LIMIT {
            return Err(Problem::TooLong { length, limit: Self::LIMIT });
        }
        if is_easy(&password.0, &[name, email]) { Err(Problem::Guessable) } else { Ok(password) }
    }

    /// A password as somebody types it to sign in: nothing is refused but what no password can be.
    #[must_use]
    pub fn typed(text: &str) -> Self {
        use unicode_normalization::UnicodeNormalization as _;
        Self(text.chars().take(Self::LIMIT * 2).nfc().collect())
    }

    /// Its bytes, for the hash.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Password {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Password(…)")
    }
}

/// Few different signs, a run of the alphabet or of the keyboard, or mostly the person's own name or address.
fn is_easy(password: &str, own: &[&str]) -> bool {
    let small = password.to_lowercase();
    let mut different: Vec<char> = small.chars().collect();
    different.sort_unstable();
    different.dedup();
    let rest = own.iter().flat_map(|text| text.split(['@', ' ', '.'])).fold(small, |rest, part| {
        let part = part.to_lowercase();
        if part.chars().count() < 3 { rest } else { rest.replace(&part, "") }
    });
    let rest = FAMILIAR.iter().fold(rest, |rest, word| rest.replace(word, ""));
    different.len() < 5 || rest.chars().count() < 5
}

/// Pieces that everybody tries first.
const FAMILIAR: [&str; 14] = [
    "passwort",
    "password",
    "kiezgrößen",
    "kiezgroessen",
    "geheim",
    "qwertz",
    "qwerty",
    "asdfgh",
    "yxcvbn",
    "1234567890",
    "123456",
    "abcdef",
    "hallo",
    "willkommen",
];

#[cfg(test)]
mod tests {
    use super::*;

    const COORDINATOR: Demands = Demands { by_role: true, has_codes: false, has_passkey: false };
    const MEMBER: Demands = Demands { by_role: false, has_codes: false, has_passkey: false };

    #[test]
    fn whoever_sees_other_peoples_data_shows_two_factors() {
        for role in Role::all() {
            let wanted = ["coordinator", "funder", "operator"].contains(&role.name());
            assert_eq!(role.wants_two_factors(), wanted, "{role}");
        }
        assert_eq!(COORDINATOR.standing(Proof::Two), Standing::Full);
        for proof in [Proof::Link, Proof::Password, Proof::Recovery] {
            assert_eq!(COORDINATOR.standing(proof), Standing::SetUp, "{proof}");
            assert_eq!(MEMBER.standing(proof), Standing::Full, "{proof}");
        }
    }

    #[test]
    fn a_factor_that_is_there_is_asked_for_unless_it_was_lost() {
        let with_codes = Demands { has_codes: true, ..MEMBER };
        let with_passkey = Demands { has_passkey: true, ..COORDINATOR };
        for proof in [Proof::Link, Proof::Password] {
            assert_eq!(with_codes.standing(proof), Standing::Second);
            assert_eq!(with_passkey.standing(proof), Standing::Second);
        }
        assert_eq!(with_codes.standing(Proof::Recovery), Standing::Full);
        assert_eq!(with_passkey.standing(Proof::Recovery), Standing::SetUp);
        assert_eq!(Demands { has_passkey: true, ..MEMBER }.standing(Proof::Password), Standing::Full);
    }

    #[test]
    fn more_rights_last_shorter() {
        let (desk, home) = (COORDINATOR.limits(Proof::Two), MEMBER.limits(Proof::Link));
        // In minutes: half a day and a week where two factors are wanted, 30 and 90 days elsewhere, an hour meanwhile.
        assert_eq!(desk, Limits { idle: 720, absolute: 10_080 });
        assert_eq!(home, Limits { idle: 43_200, absolute: 129_600 });
        assert_eq!(COORDINATOR.limits(Proof::Link), Limits { idle: 60, absolute: 60 });
    }

    #[test]
    fn a_password_is_long_and_not_the_name() {
        let choose = |text: &str| Password::choose(text, ("Mira Yıldız", "mira@example.org"));
        assert!(choose("vier kleine Holzreste").is_ok());
        assert_eq!(choose(""), Err(Problem::Missing));
        assert_eq!(choose("kurz"), Err(Problem::TooShort { length: 4, least: 12 }));
        assert_eq!(choose(&"ab1 ".repeat(60)), Err(Problem::TooLong { length: 240, limit: 200 }));
        let longest: String = "vier Hölzer ".chars().cycle().take(200).collect();
        assert!(choose(&longest).is_ok(), "letters count, not bytes");
        assert!(choose("xkqzwxkqzwxkq").is_ok(), "five different signs are enough");
        assert!(choose("MiraExamplexkqzw").is_ok(), "and five beside the own name");
        assert_eq!(
            choose("vier kleine Holzreste").map(|chosen| chosen.bytes().to_vec()).ok(),
            Some(b"vier kleine Holzreste".to_vec())
        );
        for easy in [
            "aaaaaaaaaaaaaa",
            "abababababab",
            "Passwort1234",
            "mira@example.org",
            "MiraMiraMira1",
            "123456123456",
        ] {
            assert_eq!(choose(easy), Err(Problem::Guessable), "{easy}");
        }
    }

    #[test]
    fn the_same_letters_are_the_same_password_however_they_were_typed() {
        assert_eq!(Password::typed("Fu\u{0308}r alle im Kiez"), Password::typed("Für alle im Kiez"));
        assert_eq!(format!("{:?}", Password::typed("geheim")), "Password(…)");
    }
}
