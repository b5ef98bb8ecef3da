//! The keyed function behind every blind token, one key per search parameter.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use ring::hmac;

/// Makes blind tokens. One per organisation, shared by all threads.
pub struct BlindIndex {
    key: hmac::Key,
    parameters: RwLock<HashMap<String, Arc<hmac::Key>>>,
}

impl BlindIndex {
    pub(crate) fn new(key: hmac::Key) -> Self {
        Self { key, parameters: RwLock::new(HashMap::new()) }
    }

    /// The token of a value in one parameter (`Patient.name`, `Observation.code`). The value is a
    /// list of parts, and no two lists share a token but by chance (1 in 2^64).
    pub fn token(&self, parameter: &str, parts: &[&str]) -> i64 {
        token(&self.parameter(parameter), parts)
    }

    /// The same with 128 bits, for values whose tokens may never be alike, such as names of rows.
    pub fn name(&self, parameter: &str, parts: &[&str]) -> [u8; 16] {
        first(&self.parameter(parameter), parts)
    }

    /// The parameter's key, for many tokens of one parameter in a row.
    pub(super) fn parameter(&self, parameter: &str) -> Arc<hmac::Key> {
        let known = self.parameters.read().unwrap_or_else(PoisonError::into_inner).get(parameter).cloned();
        known.unwrap_or_else(|| {
            let derived = hmac::sign(&self.key, parameter.as_bytes());
            let key = Arc::new(hmac::Key::new(hmac::HMAC_SHA256, derived.as_ref()));
            self.parameters
                .write()
                .unwrap_or_else(PoisonError::into_inner)
                .insert(parameter.to_owned(), Arc::clone(&key));
            key
        })
    }
}

/// The first 64 bits of the HMAC over the parts.
pub(super) fn token(key: &hmac::Key, parts: &[&str]) -> i64 {
    i64::from_be_bytes(first(key, parts))
}

/// The first bits of the HMAC over the parts, each after its length.
fn first<const N: usize>(key: &hmac::Key, parts: &[&str]) -> [u8; N] {
    let mut context = hmac::Context::with_key(key);
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part.as_bytes());
    }
    let tag = context.sign();
    let mut first = [0; N];
    first.copy_from_slice(&tag.as_ref()[..N]);
    first
}
