//! The root key: 256 random bits that wrap data keys and seal nothing else.

use ring::aead::{AES_256_GCM, LessSafeKey, UnboundKey};
use ring::digest::{Context, SHA256};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::KeyError;

/// Names a root key inside wrapped data keys: the first eight bytes of its fingerprint.
pub type RootKeyId = [u8; 8];

/// A key from outside the database; whoever holds it and the database can read everything.
pub struct RootKey {
    pub(super) bytes: Zeroizing<[u8; 32]>,
    pub(super) cipher: LessSafeKey,
}

impl RootKey {
    /// A new key from the operating system's generator.
    pub fn generate() -> Result<Self, KeyError> {
        let mut bytes = Zeroizing::new([0; 32]);
        SystemRandom::new().fill(bytes.as_mut()).map_err(|_| KeyError::NoRandomness)?;
        Self::from_bytes(bytes)
    }

    pub(super) fn from_bytes(bytes: Zeroizing<[u8; 32]>) -> Result<Self, KeyError> {
        let cipher = UnboundKey::new(&AES_256_GCM, bytes.as_ref()).map_err(|_| KeyError::Cipher)?;
        Ok(Self { bytes, cipher: LessSafeKey::new(cipher) })
    }

    /// The name that wrapped data keys carry.
    pub fn id(&self) -> RootKeyId {
        let mut id = [0; 8];
        id.copy_from_slice(&self.digest()[..8]);
        id
    }

    /// Eight groups of four hexadecimal digits to compare by eye; tells nothing about the key.
    pub fn fingerprint(&self) -> String {
        let groups: Vec<String> =
            self.digest()[..16].chunks(2).map(|pair| format!("{:02x}{:02x}", pair[0], pair[1])).collect();
        groups.join(" ")
    }

    fn digest(&self) -> [u8; 32] {
        let mut context = Context::new(&SHA256);
        context.update(b"samechart root key fingerprint v1");
        context.update(self.bytes.as_ref());
        let mut digest = [0; 32];
        digest.copy_from_slice(context.finish().as_ref());
        digest
    }
}

/// The root key in use and the former ones that still wrap some data keys during a rotation.
pub struct RootKeys {
    current: RootKey,
    former: Vec<RootKey>,
}

impl RootKeys {
    /// Holds one key, with no former one.
    pub fn new(current: RootKey) -> Self {
        Self { current, former: Vec::new() }
    }

    pub(super) fn with_former(current: RootKey, former: Vec<RootKey>) -> Self {
        Self { current, former }
    }

    /// The key that wraps.
    pub fn current(&self) -> &RootKey {
        &self.current
    }

    /// Keys that only unwrap, newest first.
    pub fn former(&self) -> &[RootKey] {
        &self.former
    }

    /// The key of that id, current or former.
    pub fn find(&self, id: &RootKeyId) -> Option<&RootKey> {
        std::iter::once(&self.current).chain(&self.former).find(|key| &key.id() == id)
    }

    /// Begins a rotation: `new` wraps from now on, the present key becomes the newest former one.
    pub fn rotate(&mut self, new: RootKey) {
        let old = std::mem::replace(&mut self.current, new);
        self.former.insert(0, old);
    }

    /// Ends a rotation, once no wrapped data key names a former key.
    pub fn forget_former(&mut self) {
        self.former.clear();
    }
}
