//! The key of one extract, under which people and providers get ids that nobody can trace back without it.

use crate::keys::KeyError;
use ring::hmac;
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

/// A random key; dropping it destroys it.
pub struct StudyKey(hmac::Key);

impl StudyKey {
    pub fn random() -> Result<StudyKey, KeyError> {
        let mut bytes = Zeroizing::new([0u8; 32]);
        SystemRandom::new().fill(bytes.as_mut()).map_err(|_| KeyError::NoRandomness)?;
        Ok(StudyKey(hmac::Key::new(hmac::HMAC_SHA256, bytes.as_ref())))
    }

    /// The id of a thing of a kind: 16 bytes of its HMAC, in hexadecimal.
    pub fn id(&self, kind: &str, thing: &[u8]) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(kind.as_bytes());
        context.update(&[0]);
        context.update(thing);
        context.sign().as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
