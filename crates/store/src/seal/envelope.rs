//! The sealed form: version, packing byte, key number (LEB128), nonce (12),
//! ciphertext, tag (16). The header and the place are associated data (NIST SP 800-38D).

use ring::aead::{Aad, NONCE_LEN, Nonce};
use ring::rand::{SecureRandom, SystemRandom};

use super::pack::{self, AS_IT_IS, LARGEST, MAGIC_ROOM};
use super::{Place, SealError};
use crate::dictionary::Dictionary;
use crate::keys::DataKey;

const VERSION: u8 = 1;
const TAG_LEN: usize = 16;
const LONGEST_HEADER: usize = 2 + 5;

/// Seals `plain` for its place; two seals of one text differ. The key must be the place's
/// patient's, or the organisation's where the place names no patient.
pub fn seal(
    key: &DataKey,
    place: Place<'_>,
    dictionary: Dictionary,
    plain: &[u8],
) -> Result<Vec<u8>, SealError> {
    belongs(key, &place)?;
    if plain.len() > LARGEST {
        return Err(SealError::TooLarge(LARGEST));
    }
    let mut nonce = [0; NONCE_LEN];
    SystemRandom::new().fill(&mut nonce).map_err(|_| SealError::NoRandomness)?;
    let mut sealed = Vec::new();
    let mut start = 0;
    let packed = pack::pack(dictionary, plain, |packing, frame| {
        let header = Header::new(packing, key.number());
        start = begin(&mut sealed, &header, &nonce, frame);
    })?;
    if !packed {
        let header = Header::new(AS_IT_IS, key.number());
        start = begin(&mut sealed, &header, &nonce, plain);
    }
    let data = place.associated_data(&sealed[..start - NONCE_LEN]);
    let tag = key
        .cipher
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(data),
            &mut sealed[start..],
        )
        .map_err(|_| SealError::Packing)?;
    sealed.extend_from_slice(tag.as_ref());
    Ok(sealed)
}

/// Opens what [`seal`] made for the same place with the same key.
pub fn open(key: &DataKey, place: Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, SealError> {
    belongs(key, &place)?;
    let header = Header::read(sealed).ok_or(SealError::Malformed)?;
    if header.key_number != key.number() {
        return Err(SealError::OtherKey { sealed: header.key_number, given: key.number() });
    }
    let (head, rest) = sealed.split_at(header.length);
    if rest.len() < NONCE_LEN + TAG_LEN {
        return Err(SealError::Malformed);
    }
    let (nonce, body) = rest.split_at(NONCE_LEN);
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| SealError::Malformed)?;
    let data = place.associated_data(head);
    let room = if header.packing == AS_IT_IS { 0 } else { MAGIC_ROOM };
    let mut buffer = Vec::with_capacity(room + body.len());
    buffer.resize(room, 0);
    buffer.extend_from_slice(body);
    key.cipher.open_in_place(nonce, Aad::from(data), &mut buffer[room..]).map_err(|_| SealError::Rejected)?;
    buffer.truncate(buffer.len() - TAG_LEN);
    if header.packing == AS_IT_IS {
        return Ok(buffer);
    }
    pack::unpack(header.packing, &mut buffer)
}

/// The number of the key that sealed these bytes; `None` where they are not sealed bytes.
pub fn sealed_key_no(sealed: &[u8]) -> Option<u32> {
    Header::read(sealed).map(|header| header.key_number)
}

// A patient's data under another key would outlive the shredding of the patient's own.
fn belongs(key: &DataKey, place: &Place<'_>) -> Result<(), SealError> {
    if key.owner().uuid() == place.patient { Ok(()) } else { Err(SealError::ForeignKey) }
}

fn begin(sealed: &mut Vec<u8>, header: &Header, nonce: &[u8], body: &[u8]) -> usize {
    sealed.reserve_exact(LONGEST_HEADER + NONCE_LEN + body.len() + TAG_LEN);
    header.write(sealed);
    sealed.extend_from_slice(nonce);
    let start = sealed.len();
    sealed.extend_from_slice(body);
    start
}

struct Header {
    packing: u8,
    key_number: u32,
    length: usize,
}

impl Header {
    fn new(packing: u8, key_number: u32) -> Self {
        Self { packing, key_number, length: 0 }
    }

    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(&[VERSION, self.packing]);
        let mut rest = self.key_number;
        while rest >= 0x80 {
            out.push((rest & 0x7f) as u8 | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn read(sealed: &[u8]) -> Option<Self> {
        if *sealed.first()? != VERSION {
            return None;
        }
        let packing = *sealed.get(1)?;
        let mut key_number: u64 = 0;
        for (index, byte) in sealed.get(2..)?.iter().take(5).enumerate() {
            key_number |= u64::from(byte & 0x7f) << (7 * index);
            if byte & 0x80 == 0 {
                return Some(Self {
                    packing,
                    key_number: u32::try_from(key_number).ok()?,
                    length: 3 + index,
                });
            }
        }
        None
    }
}
