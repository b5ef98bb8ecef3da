//! Sealed storage: packed (zstd), then AES-256-GCM under the owner's data key, bound to the place
//! where it is stored. Rule: what describes a person reaches a table only through here.

mod envelope;
mod error;
mod lift;
mod pack;
mod place;
mod stream;

pub use envelope::{open, seal, sealed_key_no};
pub use error::SealError;
pub use pack::LARGEST;
pub use place::Place;
pub use stream::{CHUNK_BYTES, ChunkOpener, ChunkSealer, FileKey};

pub use crate::dictionary::Dictionary;
