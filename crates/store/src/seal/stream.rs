//! Attachments: a key per file, chunks sealed one by one in the STREAM construction (Hoang,
//! Reyhanitabar, Rogaway, Vizár 2015): the nonce holds a counter and whether the chunk is the
//! last, so that chunks cannot be swapped, dropped or cut off at the end.

use ring::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use ring::rand::{SecureRandom, SystemRandom};
use zeroize::Zeroizing;

use super::envelope;
use super::{Place, SealError};
use crate::dictionary::Dictionary;
use crate::keys::DataKey;

/// Content bytes of every chunk but the last, which may be shorter (empty for an empty file).
pub const CHUNK_BYTES: usize = 256 * 1024;
const ASSOCIATED: &[u8] = b"samechart attachment chunk v1";

/// The key of a new file. It seals once: a changed file is a new file with a new key, so that a
/// nonce, fixed per chunk, never repeats.
pub struct FileKey {
    bytes: Zeroizing<[u8; 32]>,
}

impl FileKey {
    /// A new key from the operating system's generator.
    pub fn generate() -> Result<Self, SealError> {
        let mut bytes = Zeroizing::new([0; 32]);
        SystemRandom::new().fill(bytes.as_mut()).map_err(|_| SealError::NoRandomness)?;
        Ok(Self { bytes })
    }

    /// The key sealed for the file's row.
    pub fn wrap(&self, key: &DataKey, place: Place<'_>) -> Result<Vec<u8>, SealError> {
        envelope::seal(key, place, Dictionary::Raw, self.bytes.as_ref())
    }

    /// Begins to seal the file; it takes the key, so that no file is sealed twice with it.
    pub fn sealer(self) -> Result<ChunkSealer, SealError> {
        Ok(ChunkSealer { cipher: cipher(self.bytes.as_ref())?, next: 0 })
    }
}

/// Seals the chunks of one file in order.
pub struct ChunkSealer {
    cipher: LessSafeKey,
    next: u32,
}

impl ChunkSealer {
    /// Seals a whole chunk that another follows; it must hold exactly [`CHUNK_BYTES`].
    pub fn seal_chunk(&mut self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        if plain.len() != CHUNK_BYTES {
            return Err(SealError::WrongEnd);
        }
        let sealed = self.seal(plain, false)?;
        self.next = self.next.checked_add(1).ok_or(SealError::TooLarge(CHUNK_BYTES))?;
        Ok(sealed)
    }

    /// Seals the last chunk, of at most [`CHUNK_BYTES`], and ends the file.
    pub fn seal_last(self, plain: &[u8]) -> Result<Vec<u8>, SealError> {
        if plain.len() > CHUNK_BYTES {
            return Err(SealError::TooLarge(CHUNK_BYTES));
        }
        self.seal(plain, true)
    }

    /// Seals a file that is in memory; the position in the list is the chunk's index.
    pub fn seal_all(mut self, file: &[u8]) -> Result<Vec<Vec<u8>>, SealError> {
        let whole = file.len().saturating_sub(1) / CHUNK_BYTES * CHUNK_BYTES;
        let (head, tail) = file.split_at(whole);
        let mut chunks =
            head.chunks(CHUNK_BYTES).map(|chunk| self.seal_chunk(chunk)).collect::<Result<Vec<_>, _>>()?;
        chunks.push(self.seal_last(tail)?);
        Ok(chunks)
    }

    fn seal(&self, plain: &[u8], last: bool) -> Result<Vec<u8>, SealError> {
        let mut sealed = Vec::with_capacity(plain.len() + 16);
        sealed.extend_from_slice(plain);
        self.cipher
            .seal_in_place_append_tag(nonce(self.next, last), Aad::from(ASSOCIATED), &mut sealed)
            .map_err(|_| SealError::Rejected)?;
        Ok(sealed)
    }
}

/// Opens chunks of one file. Whoever reads a whole file asks for the highest index as the last.
pub struct ChunkOpener {
    cipher: LessSafeKey,
}

impl ChunkOpener {
    /// Opens the key that [`FileKey::wrap`] sealed. It can open chunks only: sealing again under
    /// the same key would repeat a nonce.
    pub fn unwrap(key: &DataKey, place: Place<'_>, wrapped: &[u8]) -> Result<Self, SealError> {
        let bytes = Zeroizing::new(envelope::open(key, place, wrapped)?);
        Ok(Self { cipher: cipher(&bytes)? })
    }

    /// Opens chunk `index`; `last` says whether the file is to end with it.
    pub fn open_chunk(&self, index: u32, last: bool, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
        let mut buffer = sealed.to_vec();
        let length = self
            .cipher
            .open_in_place(nonce(index, last), Aad::from(ASSOCIATED), &mut buffer)
            .map_err(|_| SealError::Rejected)?
            .len();
        buffer.truncate(length);
        Ok(buffer)
    }

    /// Opens a whole file from its chunks in order; fails unless they end with the last one.
    pub fn open_all<T: AsRef<[u8]>>(
        &self,
        chunks: impl IntoIterator<Item = T>,
    ) -> Result<Vec<u8>, SealError> {
        let mut file = Vec::new();
        let mut chunks = chunks.into_iter().peekable();
        let mut index: u32 = 0;
        while let Some(chunk) = chunks.next() {
            let last = chunks.peek().is_none();
            file.extend_from_slice(&self.open_chunk(index, last, chunk.as_ref())?);
            if last {
                return Ok(file);
            }
            index = index.checked_add(1).ok_or(SealError::WrongEnd)?;
        }
        Err(SealError::WrongEnd)
    }
}

fn cipher(bytes: &[u8]) -> Result<LessSafeKey, SealError> {
    UnboundKey::new(&AES_256_GCM, bytes).map(LessSafeKey::new).map_err(|_| SealError::Malformed)
}

fn nonce(index: u32, last: bool) -> Nonce {
    let mut bytes = [0; NONCE_LEN];
    bytes[7..11].copy_from_slice(&index.to_be_bytes());
    bytes[11] = u8::from(last);
    Nonce::assume_unique_for_key(bytes)
}
