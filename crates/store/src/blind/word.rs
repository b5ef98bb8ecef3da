//! Tokens of message words in a patient's own index, keyed by the patient's data key: once that
//! is shredded, tokens left in an old copy of the database say nothing.

use ring::hmac;

use super::index::token;
use crate::keys::{DataKey, KeyError};

/// Makes the word tokens of one patient.
pub struct PatientWords {
    key: hmac::Key,
}

impl PatientWords {
    /// Derives the index of the data key's owner. Use the patient's first data key, always.
    pub fn of(key: &DataKey) -> Result<Self, KeyError> {
        let derived = key.derive("message words", &[])?;
        Ok(Self { key: hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()) })
    }

    /// The token of a folded or stemmed word.
    pub fn token(&self, word: &str) -> i64 {
        token(&self.key, &[word])
    }
}
