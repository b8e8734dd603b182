//! What must not be read back from the database: passwords, codes on paper; and the codes of an app.

use crate::error::AppError;
use argon2::{Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use hmac::{Hmac, KeyInit as _, Mac as _};
use kiez_domain::access::Password;
use kiez_domain::instant::Instant;
use kiez_gateways::random::Random;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::sync::Arc;
use tokio::sync::Semaphore;
use totp_rs::{Builder, Secret, Totp};

/// Memory, passes and lanes of a hash: the first of OWASP's recommendations that a small machine can bear, see
/// docs/decisions/0020-accounts.md. A hash carries its own figures, so they can grow without breaking old ones.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;
/// So many are computed at a time: each needs its memory.
const AT_A_TIME: usize = 2;
/// What a password is compared with where there is none, so that both take the same time. No password
/// is known that it would be the hash of.
const NOBODY: &str =
    "$argon2id$v=19$m=19456,t=2,p=1$a2llei1ub2JvZHktc2FsdA$9eBjGftAW2M3zbUB7dRCNcqZgHYJ4qNfGvRA2aHSb7A";

/// Recovery codes that a person gets at once.
pub const CODES: usize = 8;
/// Bytes of one: 120 bits, 24 letters and digits; so many that a quick hash is enough.
const CODE_BYTES: usize = 15;
/// Signs of a recovery code that are printed together.
const GROUP: usize = 4;

/// Hashes and compares passwords without holding up other requests.
#[derive(Debug, Clone)]
pub struct Hasher(Arc<Semaphore>);

impl Default for Hasher {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_A_TIME)))
    }
}

impl Hasher {
    /// The hash of a password in the PHC form.
    pub(crate) async fn hash(&self, password: Password, random: &Random) -> Result<String, AppError> {
        let salt = random.bytes::<16>()?;
        let work = move || {
            let hashed = argon2()?.hash_password_with_salt(password.bytes(), &salt);
            hashed.map(|hash| hash.to_string()).map_err(|error| AppError::Broken(error.to_string()))
        };
        self.aside(work).await
    }

    /// Whether the password is the one behind the hash. Without a hash the same work is done for nothing.
    pub(crate) async fn fits(&self, password: Password, hash: Option<String>) -> Result<bool, AppError> {
        let work = move || {
            let known = hash.is_some();
            let hash = hash.unwrap_or_else(|| NOBODY.to_owned());
            let fits = argon2()?.verify_password(password.bytes(), hash.as_str()).is_ok();
            Ok(fits && known)
        };
        self.aside(work).await
    }

    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, AppError> + Send + 'static,
    ) -> Result<T, AppError> {
        let broken = |error: &dyn std::error::Error| AppError::Broken(error.to_string());
        let _turn = self.0.acquire().await.map_err(|error| broken(&error))?;
        tokio::task::spawn_blocking(work).await.map_err(|error| broken(&error))?
    }
}

fn argon2() -> Result<Argon2<'static>, AppError> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None);
    let params = params.map_err(|error| AppError::Broken(error.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// SHA-256 of a secret of many random bits, as hexadecimal digits: the secret itself is never stored.
pub(crate) fn hash(secret: &str) -> String {
    let mut text = String::with_capacity(64);
    for byte in Sha256::digest(secret.as_bytes()) {
        write!(text, "{byte:02x}").expect("writing to memory cannot fail");
    }
    text
}

/// HMAC-SHA-256 (RFC 2104) under a key, as hexadecimal digits: nobody without the key finds out by trying what was hashed.
pub(crate) fn keyed_hash(key: &str, bytes: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("a key of any length fits");
    mac.update(bytes);
    let mut text = String::with_capacity(64);
    for byte in mac.finalize().into_bytes() {
        write!(text, "{byte:02x}").expect("writing to memory cannot fail");
    }
    text
}

/// What every form of a session carries beside its fields: 128 bits that follow from the session's secret and do not lead
/// back to it, as hexadecimal digits.
#[must_use]
pub fn form_token(session: &str) -> String {
    let mut token = keyed_hash(session, b"form");
    token.truncate(32);
    token
}

/// Whether this is the token of the session's forms. How long it takes tells nothing about how much of it is right.
#[must_use]
pub fn form_token_fits(session: &str, token: &str) -> bool {
    keyed_hash(session, token.as_bytes()) == keyed_hash(session, form_token(session).as_bytes())
}

/// Fresh recovery codes as they are printed: `ABCD-EFGH-IJKL-MNOP-QRST-UVWX`.
pub(crate) fn recovery_codes(random: &Random) -> Result<Vec<String>, AppError> {
    let code = |_| {
        let letters = base32(&random.bytes::<CODE_BYTES>()?);
        let groups: Vec<&str> =
            (0..letters.len()).step_by(GROUP).map(|at| &letters[at..at + GROUP]).collect();
        Ok(groups.join("-"))
    };
    (0..CODES).map(code).collect()
}

/// The hash of a recovery code, however it was typed.
pub(crate) fn recovery_hash(code: &str) -> String {
    let plain: String = code.chars().filter(|c| c.is_ascii_alphanumeric()).take(64).collect();
    // Nobody prints 0 or 1 in base 32, but many read them.
    hash(&plain.to_ascii_uppercase().replace('0', "O").replace('1', "I"))
}

/// A fresh secret for an app that makes codes: 160 bits in base 32.
pub(crate) fn totp_secret(random: &Random) -> Result<String, AppError> {
    Ok(base32(&random.bytes::<20>()?))
}

/// The half minute to which a code belongs, when it fits to the secret: one before and one after are let pass, because
/// clocks differ.
pub(crate) fn totp_step(secret: &str, code: &str, now: Instant) -> Option<i64> {
    let digits: String = code.chars().filter(char::is_ascii_digit).collect();
    let step = totp(secret)?.check(&digits, seconds(now))?;
    i64::try_from(step).ok()
}

/// The code of a moment, as an app would show it.
#[must_use]
pub fn totp_code(secret: &str, now: Instant) -> Option<String> {
    Some(totp(secret)?.generate(seconds(now)).to_string())
}

fn totp(secret: &str) -> Option<Totp> {
    Builder::new().with_secret(Secret::try_from_base32(secret).ok()?).build().ok()
}

fn seconds(now: Instant) -> u64 {
    u64::try_from(now.0 / 1_000).unwrap_or(0)
}

fn base32(bytes: &[u8]) -> String {
    Secret::from(bytes.to_vec()).to_base32()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_belongs_to_one_session() {
        let token = form_token("0123");
        assert!(token.len() == 32 && token != form_token("0124") && !hash("0123").contains(&token));
        assert!(form_token_fits("0123", &token));
        assert!(
            !form_token_fits("0124", &token) && !form_token_fits("0123", "") && !form_token_fits("0123", "é")
        );
    }

    #[tokio::test]
    async fn a_password_fits_to_its_own_hash_alone() {
        let (hasher, random) = (Hasher::default(), Random::seeded(1));
        let password = || Password::typed("vier kleine Holzreste");
        let hash = hasher.hash(password(), &random).await.expect("hashed");
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        assert_ne!(hash, hasher.hash(password(), &random).await.expect("hashed"), "each has a salt");
        assert!(hasher.fits(password(), Some(hash.clone())).await.expect("compared"));
        assert!(!hasher.fits(Password::typed("vier kleine holzreste"), Some(hash)).await.expect("compared"));
        assert!(!hasher.fits(password(), None).await.expect("compared"));
    }

    #[test]
    fn the_hash_of_nobody_is_computed_like_every_other() {
        let parsed = argon2::PasswordHash::new(NOBODY).expect("a hash");
        assert_eq!(Params::try_from(&parsed).expect("figures").m_cost(), MEMORY_KIB);
        assert!(NOBODY.contains(&format!("$m={MEMORY_KIB},t={PASSES},p={LANES}$")));
    }

    #[test]
    fn a_keyed_hash_is_the_one_of_the_standard() {
        // RFC 4231, test case 2.
        let known = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843";
        assert_eq!(keyed_hash("Jefe", b"what do ya want for nothing?"), known);
        assert_ne!(keyed_hash("jefe", b"what do ya want for nothing?"), known);
    }

    #[test]
    fn recovery_codes_are_read_as_people_type_them() {
        let codes = recovery_codes(&Random::seeded(3)).expect("made");
        assert_eq!(codes.len(), CODES);
        let first = &codes[0];
        assert_eq!((first.len(), first.matches('-').count()), (29, 5), "{first}");
        let sloppy = format!(" {} ", first.to_lowercase().replace('-', " "));
        assert_eq!(recovery_hash(first), recovery_hash(&sloppy));
        assert_ne!(recovery_hash(first), recovery_hash(&codes[1]));
    }

    #[test]
    fn a_code_of_the_app_holds_for_half_a_minute_and_its_neighbours() {
        let secret = totp_secret(&Random::seeded(5)).expect("made");
        let now = Instant(1_700_000_010_000);
        let code = totp_code(&secret, now).expect("a code");
        assert_eq!(code.len(), 6);
        let step = totp_step(&secret, &code, now).expect("fits");
        assert_eq!(step, now.0 / 30_000);
        assert_eq!(totp_step(&secret, &format!("{} {}", &code[..3], &code[3..]), now), Some(step));
        assert_eq!(totp_step(&secret, &code, Instant(now.0 + 30_000)), Some(step));
        assert_eq!(totp_step(&secret, &code, Instant(now.0 + 90_000)), None);
        assert_eq!(totp_step(&secret, "", now), None);
    }
}
