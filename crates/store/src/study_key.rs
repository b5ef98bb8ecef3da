//! The key of one study, under which people and providers get ids that nobody can trace back without it. It is
//! kept sealed with its run until it is destroyed, or dropped at once.

use crate::keys::KeyError;
use ring::rand::{SecureRandom, SystemRandom};
use ring::{digest, hmac};
use zeroize::Zeroizing;

/// 256 bits; dropping it destroys this copy.
#[derive(Clone)]
pub struct StudyKey(Zeroizing<[u8; 32]>);

impl StudyKey {
    pub fn random() -> Result<StudyKey, KeyError> {
        let mut bytes = Zeroizing::new([0u8; 32]);
        SystemRandom::new().fill(bytes.as_mut()).map_err(|_| KeyError::NoRandomness)?;
        Ok(StudyKey(bytes))
    }

    /// The same key for the same number, for repetitions and tests: whoever knows the number has the key.
    pub fn seeded(seed: i64) -> StudyKey {
        let mut text = b"samechart study key v1".to_vec();
        text.extend_from_slice(&seed.to_be_bytes());
        let mut bytes = Zeroizing::new([0u8; 32]);
        bytes.copy_from_slice(digest::digest(&digest::SHA256, &text).as_ref());
        StudyKey(bytes)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<StudyKey> {
        Some(StudyKey(Zeroizing::new(bytes.try_into().ok()?)))
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_ref()
    }

    /// Gives ids under this key.
    pub fn ids(&self) -> StudyIds {
        StudyIds(hmac::Key::new(hmac::HMAC_SHA256, self.0.as_ref()))
    }
}

/// Makes ids.
pub struct StudyIds(hmac::Key);

impl StudyIds {
    /// The id of a thing of a kind: 16 bytes of its HMAC, in hexadecimal.
    pub fn of(&self, kind: &str, thing: &[u8]) -> String {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(kind.as_bytes());
        context.update(&[0]);
        context.update(thing);
        context.sign().as_ref()[..16].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
