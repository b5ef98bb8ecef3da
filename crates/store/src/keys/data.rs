//! Data keys: 256 random bits per patient or organisation, wrapped by the root key with
//! AES-256-GCM. Deleting a patient's wrapped key makes all that it sealed unreadable.
//! Wrapped form: version, root key id (8), nonce (12), key (32), tag (16).

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::hkdf::{HKDF_SHA256, Prk, Salt};
use ring::rand::{SecureRandom, SystemRandom};
use uuid::Uuid;
use zeroize::Zeroizing;

use super::root_file::hex;
use super::{KeyError, RootKey, RootKeyId, RootKeys};

const VERSION: u8 = 1;
const HEAD: usize = 1 + 8;
const WRAPPED: usize = HEAD + NONCE_LEN + 32 + 16;

/// Whose data a key seals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyOwner {
    Patient(Uuid),
    Organisation,
}

impl KeyOwner {
    /// The patient's id, or the nil id for the organisation.
    pub fn uuid(self) -> Uuid {
        match self {
            Self::Patient(id) => id,
            Self::Organisation => Uuid::nil(),
        }
    }
}

/// An unwrapped data key: seals, and is the root of the keys derived for its owner.
pub struct DataKey {
    owner: KeyOwner,
    number: u32,
    bytes: Zeroizing<[u8; 32]>,
    derivation: Prk,
    pub(crate) cipher: LessSafeKey,
}

impl DataKey {
    /// A new key; `number` counts an owner's keys and is written into whatever it seals.
    pub fn generate(owner: KeyOwner, number: u32) -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        SystemRandom::new().fill(bytes.as_mut()).map_err(|_| KeyError::NoRandomness)?;
        Self::from_bytes(owner, number, bytes)
    }

    pub(super) fn from_bytes(
        owner: KeyOwner,
        number: u32,
        bytes: Zeroizing<[u8; 32]>,
    ) -> Result<Self, KeyError> {
        let derivation = Salt::new(HKDF_SHA256, b"samechart data key v1").extract(bytes.as_ref());
        let sealing = expand(&derivation, &[b"seal"])?;
        let cipher = UnboundKey::new(&AES_256_GCM, sealing.as_ref()).map_err(|_| KeyError::Cipher)?;
        Ok(Self { owner, number, bytes, derivation, cipher: LessSafeKey::new(cipher) })
    }

    /// Whose key it is.
    pub fn owner(&self) -> KeyOwner {
        self.owner
    }

    /// Which of its owner's keys it is.
    pub fn number(&self) -> u32 {
        self.number
    }

    /// A key of its own for one use: HKDF over the parts, each prefixed by its length.
    pub(crate) fn derive(&self, label: &str, context: &[u8]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
        let label_length = [u8::try_from(label.len()).map_err(|_| KeyError::Cipher)?];
        expand(&self.derivation, &[b"derive", &label_length, label.as_bytes(), context])
    }

    /// The key as the database keeps it.
    pub fn wrap(&self, root: &RootKey) -> Result<Vec<u8>, KeyError> {
        let mut nonce = [0; NONCE_LEN];
        SystemRandom::new().fill(&mut nonce).map_err(|_| KeyError::NoRandomness)?;
        let mut secret = Zeroizing::new(*self.bytes);
        let tag = root
            .cipher
            .seal_in_place_separate_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(belongs_to(self.owner, self.number, &root.id())),
                secret.as_mut(),
            )
            .map_err(|_| KeyError::Cipher)?;
        let mut wrapped = Vec::with_capacity(WRAPPED);
        wrapped.push(VERSION);
        wrapped.extend_from_slice(&root.id());
        wrapped.extend_from_slice(&nonce);
        wrapped.extend_from_slice(secret.as_ref());
        wrapped.extend_from_slice(tag.as_ref());
        Ok(wrapped)
    }

    /// Opens a wrapped key with whichever root key wrapped it; owner and number must be the ones
    /// that it was wrapped for.
    pub fn unwrap(roots: &RootKeys, owner: KeyOwner, number: u32, wrapped: &[u8]) -> Result<Self, KeyError> {
        let id = wrapped_root_key_id(wrapped).ok_or(KeyError::Unwrap)?;
        let root = roots.find(&id).ok_or_else(|| KeyError::UnknownRootKey(hex(&id)))?;
        let nonce = Nonce::try_assume_unique_for_key(&wrapped[HEAD..HEAD + NONCE_LEN])
            .map_err(|_| KeyError::Unwrap)?;
        let mut secret = Zeroizing::new(wrapped[HEAD + NONCE_LEN..].to_vec());
        let plain = root
            .cipher
            .open_in_place(nonce, Aad::from(belongs_to(owner, number, &id)), secret.as_mut_slice())
            .map_err(|_| KeyError::Unwrap)?;
        let mut bytes = Zeroizing::new([0; 32]);
        bytes.copy_from_slice(plain);
        Self::from_bytes(owner, number, bytes)
    }
}

/// The root key that wrapped a data key: what a rotation still has to rewrap.
pub fn wrapped_root_key_id(wrapped: &[u8]) -> Option<RootKeyId> {
    if wrapped.len() != WRAPPED || wrapped[0] != VERSION {
        return None;
    }
    wrapped[1..HEAD].try_into().ok()
}

fn belongs_to(owner: KeyOwner, number: u32, root: &RootKeyId) -> Vec<u8> {
    let kind: u8 = match owner {
        KeyOwner::Patient(_) => 1,
        KeyOwner::Organisation => 2,
    };
    let mut text = b"samechart wrapped data key v1".to_vec();
    text.push(kind);
    text.extend_from_slice(owner.uuid().as_bytes());
    text.extend_from_slice(&number.to_be_bytes());
    text.extend_from_slice(root);
    text
}

fn expand(derivation: &Prk, info: &[&[u8]]) -> Result<Zeroizing<[u8; 32]>, KeyError> {
    let mut key = Zeroizing::new([0; 32]);
    derivation
        .expand(info, HKDF_SHA256)
        .and_then(|okm| okm.fill(key.as_mut()))
        .map_err(|_| KeyError::Cipher)?;
    Ok(key)
}
