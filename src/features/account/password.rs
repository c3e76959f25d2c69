//! Passwords: which are good enough, and how they are kept.
//!
//! Kept as argon2id with the parameters OWASP's Password Storage Cheat Sheet recommends (19 MiB, two passes, one lane).
//! Hashing takes tens of milliseconds of one core, so it runs off the async threads, two at a time: a flood of log-ins
//! makes log-ins slow, not the pages.

use std::sync::OnceLock;

use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;
use zxcvbn::Score;

use super::types::{PASSWORD_MAX, PASSWORD_MIN};
use crate::error::{AppError, Problem};
use crate::infra::random::Random;

/// Memory in KiB.
const MEMORY: u32 = 19_456;
/// Passes over the memory.
const PASSES: u32 = 2;
/// Parallel lanes.
const LANES: u32 = 1;
/// How many passwords are worked on at the same moment.
const AT_ONCE: usize = 2;

/// A password has so many characters that are not from the person's own name and address: zxcvbn is lenient
/// with several personal words in a row.
const ORIGINAL_MIN: usize = 8;

static GATE: Semaphore = Semaphore::const_new(AT_ONCE);

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY, PASSES, LANES, None)
        .expect("the constants above are within argon2's bounds");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

/// One password may be typed as different code points on different keyboards; it is one password.
fn normal(password: &str) -> String {
    password.nfkc().collect()
}

/// Runs heavy work behind the gate. The permit travels with the work: a client that hangs up does not open the gate.
async fn gated<T: Send + 'static>(
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let internal = |error: &dyn std::fmt::Display| {
        tracing::error!(%error, "password work");
        AppError::Internal
    };
    let permit = GATE.acquire().await.map_err(|e| internal(&e))?;
    tokio::task::spawn_blocking(move || {
        let _permit = permit;
        work()
    })
    .await
    .map_err(|e| internal(&e))
}

/// Refuses a password that is too short, too long, or easy to guess. `about` is what a guesser would try first: the
/// person's name and address.
///
/// Common passwords, names, words, dates, repetitions and keyboard patterns are recognised by zxcvbn's lists; its score
/// must be 3 of 4 ("safely unguessable: moderate protection from offline slow-hash scenario") at least.
pub async fn judge(password: &str, about: &[&str]) -> Result<(), AppError> {
    let password = normal(password);
    let length = password.chars().count();
    if length < PASSWORD_MIN as usize {
        return Err(AppError::Invalid(Problem::PasswordShort));
    }
    if length > PASSWORD_MAX as usize {
        return Err(AppError::Invalid(Problem::PasswordLong));
    }
    let hints = about_words(about);
    if beyond(&password, &hints) < ORIGINAL_MIN {
        return Err(AppError::Invalid(Problem::PasswordCommon));
    }
    let common = gated(move || {
        let hints: Vec<&str> = hints.iter().map(String::as_str).collect();
        zxcvbn::zxcvbn(&password, &hints).score() < Score::Three
    })
    .await?;
    if common {
        return Err(AppError::Invalid(Problem::PasswordCommon));
    }
    Ok(())
}

/// The words in what is known about a person, in lower case, the longest first.
fn about_words(about: &[&str]) -> Vec<String> {
    let mut words: Vec<String> = about
        .iter()
        .flat_map(|text| text.split(|c: char| !c.is_alphanumeric()))
        .filter(|word| word.chars().count() > 2)
        .take(40)
        .map(str::to_lowercase)
        .chain(["bzpeer".to_owned()])
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words
}

/// How many characters a password has beside these words.
fn beyond(password: &str, words: &[String]) -> usize {
    let rest = words.iter().fold(password.to_lowercase(), |rest, word| {
        rest.replace(word.as_str(), " ")
    });
    rest.chars().filter(|c| !c.is_whitespace()).count()
}

fn hash_now(password: &str, salt: &[u8; 16]) -> Result<String, argon2::password_hash::Error> {
    let salt = SaltString::encode_b64(salt)?;
    Ok(argon2()
        .hash_password(normal(password).as_bytes(), &salt)?
        .to_string())
}

/// What is kept of a password: a PHC string with its own salt.
pub async fn hash(random: &Random, password: &str) -> Result<String, AppError> {
    let salt = random.bytes::<16>();
    let password = password.to_owned();
    gated(move || hash_now(&password, &salt))
        .await?
        .map_err(|error| {
            tracing::error!(%error, "argon2");
            AppError::Internal
        })
}

/// The hash that a log-in to an unknown account is checked against, so that it takes as long as any other.
fn nobody() -> &'static str {
    static NOBODY: OnceLock<String> = OnceLock::new();
    NOBODY.get_or_init(|| {
        hash_now("nobody has this password", &[7; 16]).expect("a constant password can be hashed")
    })
}

/// Whether the password belongs to the kept hash. Without one the same work is done and the answer is no.
pub async fn verify(kept: Option<String>, password: &str) -> Result<bool, AppError> {
    let password = normal(password);
    gated(move || {
        // Made in every case, so that the first unknown account after a start is not the slow one.
        let nobody = nobody();
        let known = kept.is_some();
        let parsed = PasswordHash::new(kept.as_deref().unwrap_or(nobody)).map_err(|error| {
            tracing::error!(%error, "a kept password hash cannot be read");
            AppError::Internal
        })?;
        Ok(argon2()
            .verify_password(password.as_bytes(), &parsed)
            .is_ok()
            && known)
    })
    .await?
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "quiet-lantern over 9 rivers";

    #[tokio::test]
    async fn a_kept_password_is_argon2id_with_the_recommended_parameters_and_its_own_salt() {
        let random = Random::seeded(1);
        let one = hash(&random, GOOD).await.unwrap();
        let two = hash(&random, GOOD).await.unwrap();
        assert!(one.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{one}");
        assert_ne!(one, two);
        assert!(verify(Some(one.clone()), GOOD).await.unwrap());
        assert!(
            !verify(Some(one), "quiet-lantern over 8 rivers")
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn nobody_can_log_in_without_a_kept_password() {
        assert!(!verify(None, "nobody has this password").await.unwrap());
    }

    #[tokio::test]
    async fn composed_and_decomposed_letters_are_one_password() {
        let random = Random::seeded(1);
        let kept = hash(&random, "caf\u{e9} lanterns over rivers")
            .await
            .unwrap();
        assert!(
            verify(Some(kept), "cafe\u{301} lanterns over rivers")
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn length_is_counted_in_characters() {
        let refused = |problem| Err(AppError::Invalid(problem));
        assert_eq!(
            judge("ÿ9#kQ!zß2@vLpÄ", &[]).await,
            refused(Problem::PasswordShort)
        );
        assert_eq!(judge("ÿ9#kQ!zß2@vLpÄx", &[]).await, Ok(()));
        assert_eq!(
            judge(&"x7Q ".repeat(251), &[]).await,
            refused(Problem::PasswordLong)
        );
    }

    #[tokio::test]
    async fn common_repeated_and_personal_passwords_are_refused() {
        for common in [
            "passwordpassword",
            "aaaaaaaaaaaaaaaaaaaa",
            "123456789012345678",
            "qwertyuiopasdfgh",
            "iloveyouiloveyou",
        ] {
            assert_eq!(
                judge(common, &[]).await,
                Err(AppError::Invalid(Problem::PasswordCommon)),
                "{common}"
            );
        }
        let personal = "Wilhelmina.Quartzberg";
        assert_eq!(
            judge(
                personal,
                &["Wilhelmina Quartzberg", "wilhelmina.quartzberg@example.org"]
            )
            .await,
            Err(AppError::Invalid(Problem::PasswordCommon))
        );
        assert_eq!(judge(GOOD, &["Wilhelmina Quartzberg"]).await, Ok(()));
    }
}
