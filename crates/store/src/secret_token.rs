//! Secrets that the server hands out and later recognises: session and link tokens. Rule: the
//! database holds only their HMAC, and comparison takes the same time for every wrong one.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::{Zeroize, Zeroizing};

use crate::keys::KeyError;

/// The organisation's key for hashing secrets: a copy of the database cannot be searched for
/// them, not even for short ones.
pub struct Pepper(hmac::Key);

impl Pepper {
    pub(crate) fn new(key: hmac::Key) -> Self {
        Self(key)
    }

    /// The hash to store and look up by. `use_label` keeps the hashes of different uses apart
    /// (`session`, `activation`).
    pub fn hash(&self, use_label: &str, secret: &[u8]) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(hmac::sign(&self.0, &message(use_label, secret)).as_ref());
        hash
    }

    /// Whether a secret has the stored hash, in constant time.
    pub fn matches(&self, use_label: &str, secret: &[u8], stored: &[u8]) -> bool {
        hmac::verify(&self.0, &message(use_label, secret), stored).is_ok()
    }
}

fn message(use_label: &str, secret: &[u8]) -> Zeroizing<Vec<u8>> {
    let mut message = Zeroizing::new(Vec::with_capacity(8 + use_label.len() + secret.len()));
    message.extend_from_slice(&(use_label.len() as u64).to_be_bytes());
    message.extend_from_slice(use_label.as_bytes());
    message.extend_from_slice(secret);
    message
}

/// 256 random bits, given once to one browser or person.
pub struct SecretToken([u8; 32]);

impl SecretToken {
    /// A new token from the operating system's generator.
    pub fn generate() -> Result<Self, KeyError> {
        let mut bytes = [0; 32];
        SystemRandom::new().fill(&mut bytes).map_err(|_| KeyError::NoRandomness)?;
        Ok(Self(bytes))
    }

    /// Reads the text form; `None` for anything that is not a token.
    pub fn parse(text: &str) -> Option<Self> {
        let mut room = Zeroizing::new([0; 33]);
        let length = URL_SAFE_NO_PAD.decode_slice(text, room.as_mut()).ok()?;
        let bytes = room.get(..length)?.try_into().ok()?;
        Some(Self(bytes))
    }

    /// The text form for a cookie or link: 43 characters of base64url.
    pub fn reveal(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The hash to store.
    pub fn hash(&self, pepper: &Pepper, use_label: &str) -> [u8; 32] {
        pepper.hash(use_label, &self.0)
    }

    /// Whether it has the stored hash, in constant time.
    pub fn matches(&self, pepper: &Pepper, use_label: &str, stored: &[u8]) -> bool {
        pepper.matches(use_label, &self.0, stored)
    }
}

impl Drop for SecretToken {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}
