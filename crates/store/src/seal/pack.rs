//! Packing before sealing: zstd without its magic number, with one reusable context per thread.
//! The packing byte is the dictionary's number (0: as it is) and a bit for lifted base64. Rule:
//! nothing unpacks to more than `LARGEST` bytes, whatever its header says.

use std::cell::RefCell;
use std::io;

use zstd::bulk::{Compressor, Decompressor};
use zstd::zstd_safe::{compress_bound, get_frame_content_size};

use super::{SealError, lift};
use crate::dictionary::{Dictionary, Prepared};

/// The largest content that is sealed in one piece, in bytes.
pub const LARGEST: usize = 64 * 1024 * 1024;
/// Every zstd frame begins with these bytes (RFC 8878, 3.1.1); they are not stored.
const MAGIC: [u8; MAGIC_ROOM] = [0x28, 0xB5, 0x2F, 0xFD];
pub(super) const MAGIC_ROOM: usize = 4;
/// The packing byte of content stored as it is.
pub(super) const AS_IT_IS: u8 = 0;
const LIFTED: u8 = 0x80;
/// Below this a frame's own header eats what packing wins.
const SHORTEST: usize = 16;
/// A longer buffer is not kept between calls.
const KEPT_BUFFER: usize = 1024 * 1024;

#[derive(Default)]
struct Contexts {
    compressors: Vec<(u8, Compressor<'static>)>,
    decompressors: Vec<(u8, Decompressor<'static>)>,
    packed: Vec<u8>,
}

thread_local! {
    static CONTEXTS: RefCell<Contexts> = RefCell::new(Contexts::default());
}

/// Hands the packed form of `plain` and its packing byte to `put`, or returns false where packing
/// wins nothing.
pub(super) fn pack(
    dictionary: Dictionary,
    plain: &[u8],
    put: impl FnOnce(u8, &[u8]),
) -> Result<bool, SealError> {
    let number = dictionary.number();
    if number == AS_IT_IS || plain.len() < SHORTEST {
        return Ok(false);
    }
    let lifted = match dictionary {
        Dictionary::Record => lift::lift(plain),
        Dictionary::Message | Dictionary::Raw => None,
    };
    let packing = if lifted.is_some() { number | LIFTED } else { number };
    let source = lifted.as_deref().unwrap_or(plain);
    CONTEXTS.with_borrow_mut(|contexts| {
        let Contexts { compressors, packed, .. } = contexts;
        packed.clear();
        packed.reserve(compress_bound(source.len()));
        numbered(compressors, number, compressor)?
            .compress_to_buffer(source, packed)
            .map_err(|_| SealError::Packing)?;
        let frame = packed.strip_prefix(&MAGIC).ok_or(SealError::Packing)?;
        let wins = frame.len() < plain.len();
        if wins {
            put(packing, frame);
        }
        if packed.capacity() > KEPT_BUFFER {
            *packed = Vec::new();
        }
        Ok(wins)
    })
}

/// Unpacks a frame in front of which [`MAGIC_ROOM`] bytes are free for the magic number.
pub(super) fn unpack(packing: u8, room_and_frame: &mut [u8]) -> Result<Vec<u8>, SealError> {
    let room = room_and_frame.get_mut(..MAGIC_ROOM).ok_or(SealError::Malformed)?;
    room.copy_from_slice(&MAGIC);
    let size = get_frame_content_size(room_and_frame)
        .ok()
        .flatten()
        .and_then(|size| usize::try_from(size).ok())
        .ok_or(SealError::Packing)?;
    if size > LARGEST {
        return Err(SealError::TooLarge(LARGEST));
    }
    let unpacked = CONTEXTS.with_borrow_mut(|contexts| {
        numbered(&mut contexts.decompressors, packing & !LIFTED, decompressor)?
            .decompress(room_and_frame, size)
            .map_err(|_| SealError::Packing)
    })?;
    if packing & LIFTED == 0 {
        return Ok(unpacked);
    }
    lift::restore(&unpacked, LARGEST).ok_or(SealError::Packing)
}

fn compressor(prepared: &'static Prepared) -> io::Result<Compressor<'static>> {
    let mut made = Compressor::with_prepared_dictionary(&prepared.encoder)?;
    // The header names the dictionary, and the tag is a better checksum.
    made.include_dictid(false)?;
    made.include_checksum(false)?;
    made.include_contentsize(true)?;
    Ok(made)
}

fn decompressor(prepared: &'static Prepared) -> io::Result<Decompressor<'static>> {
    Decompressor::with_prepared_dictionary(&prepared.decoder)
}

fn numbered<T>(
    known: &mut Vec<(u8, T)>,
    dictionary: u8,
    make: fn(&'static Prepared) -> io::Result<T>,
) -> Result<&mut T, SealError> {
    let at = match known.iter().position(|(number, _)| *number == dictionary) {
        Some(at) => at,
        None => {
            let prepared = Prepared::find(dictionary).ok_or(SealError::Malformed)?;
            known.push((dictionary, make(prepared).map_err(|_| SealError::Packing)?));
            known.len() - 1
        }
    };
    Ok(&mut known[at].1)
}
