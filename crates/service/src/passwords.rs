//! Passwords: argon2id (OWASP Password Storage: 19 MiB, 2 passes, 1 lane), on blocking threads and
//! outside every transaction. A wrong name costs the same time as a wrong password.

use crate::error::ServiceError;
use argon2::password_hash::{PasswordHash, PasswordHasher, PasswordVerifier, SaltString};
use argon2::{Algorithm, Argon2, Params, Version};
use ring::rand::{SecureRandom, SystemRandom};
use std::sync::OnceLock;
use tokio::sync::Semaphore;

const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// So many at once: memory stays bounded (19 MiB each) however many people try to sign in.
static TURNS: Semaphore = Semaphore::const_new(4);

/// The hash to store, in PHC form.
pub(crate) async fn hash(password: &str) -> Result<String, ServiceError> {
    let password = password.to_owned();
    in_turn(move || hash_now(&password)).await?
}

/// Whether this is the password. Without a stored hash it compares with one that nothing matches.
pub(crate) async fn matches(password: &str, stored: Option<&str>) -> Result<bool, ServiceError> {
    let (password, stored) = (password.to_owned(), stored.map(str::to_owned));
    in_turn(move || {
        // Made in either case, or the first unknown name after a start would take twice as long.
        let nobody = nobody()?;
        let known = stored.is_some();
        let stored = stored.unwrap_or(nobody);
        let parsed = PasswordHash::new(&stored)
            .map_err(|_| ServiceError::Internal("a stored password hash cannot be read".into()))?;
        let equal = Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok();
        Ok(known && equal)
    })
    .await?
}

async fn in_turn<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, ServiceError> {
    let _turn = TURNS.acquire().await.map_err(|_| ServiceError::Internal("no turn to hash".into()))?;
    tokio::task::spawn_blocking(work).await.map_err(|_| ServiceError::Internal("hashing ended".into()))
}

fn hash_now(password: &str) -> Result<String, ServiceError> {
    let wrong = |_| ServiceError::Internal("argon2".into());
    let mut salt = [0; 16];
    SystemRandom::new().fill(&mut salt).map_err(|_| ServiceError::Internal("no randomness".into()))?;
    let salt = SaltString::encode_b64(&salt)
        .map_err(|_| ServiceError::Internal("a salt cannot be written".into()))?;
    let parameters = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(wrong)?;
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters);
    let hash = argon2
        .hash_password(password.as_bytes(), &salt)
        .map_err(|_| ServiceError::Internal("argon2".into()))?;
    Ok(hash.to_string())
}

/// The hash that stands for accounts that do not exist or have no password.
fn nobody() -> Result<String, ServiceError> {
    static NOBODY: OnceLock<String> = OnceLock::new();
    if let Some(hash) = NOBODY.get() {
        return Ok(hash.clone());
    }
    let hash = hash_now("nobody")?;
    Ok(NOBODY.get_or_init(|| hash).clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_is_known_again_and_no_other_one() {
        let stored = hash("river stones at dusk").await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
        assert!(matches("river stones at dusk", Some(&stored)).await.unwrap());
        assert!(!matches("river stones at dawn", Some(&stored)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_a_password_not_even_the_stand_in() {
        assert!(!matches("nobody", None).await.unwrap());
    }
}
