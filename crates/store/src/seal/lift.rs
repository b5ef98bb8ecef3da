//! Base64 inside a JSON record (FHIR `Attachment.data`) is lifted out as bytes before packing:
//! notes then pack as text, pictures lose a quarter. Lifted form: count, then per hole the bytes
//! of JSON before it and the length of its bytes (LEB128), the JSON without them, the bytes.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::{memchr, memmem};

const MEMBER: &[u8] = b"\"data\":\"";
/// Less is not worth a hole.
const SHORTEST: usize = 32;

/// The lifted form; `None` where there is nothing to lift.
pub(super) fn lift(record: &[u8]) -> Option<Vec<u8>> {
    let mut holes: Vec<(usize, usize)> = Vec::new();
    let mut json = Vec::new();
    let mut bytes = Vec::new();
    let mut copied = 0;
    for member in memmem::find_iter(record, MEMBER) {
        let start = member + MEMBER.len();
        // A member found inside the text just lifted would be no member.
        if start < copied {
            continue;
        }
        let length = memchr(b'"', &record[start..])?;
        let before = bytes.len();
        // The strict decoder takes only what encodes back to the same letters.
        let text = &record[start..start + length];
        if length < SHORTEST || STANDARD.decode_vec(text, &mut bytes).is_err() {
            bytes.truncate(before);
            continue;
        }
        json.extend_from_slice(&record[copied..start]);
        holes.push((start - copied, bytes.len() - before));
        copied = start + length;
    }
    if holes.is_empty() {
        return None;
    }
    json.extend_from_slice(&record[copied..]);
    let mut lifted = Vec::with_capacity(json.len() + bytes.len() + 8 * holes.len() + 4);
    write_length(&mut lifted, holes.len());
    for (before, inside) in holes {
        write_length(&mut lifted, before);
        write_length(&mut lifted, inside);
    }
    lifted.extend_from_slice(&json);
    lifted.extend_from_slice(&bytes);
    Some(lifted)
}

/// The record again; `None` where the lengths do not add up or it would be longer than `largest`.
pub(super) fn restore(lifted: &[u8], largest: usize) -> Option<Vec<u8>> {
    let mut rest = lifted;
    let count = read_length(&mut rest)?;
    let mut holes = Vec::new();
    for _ in 0..count {
        holes.push((read_length(&mut rest)?, read_length(&mut rest)?));
    }
    let inside = holes.iter().try_fold(0usize, |sum, hole| sum.checked_add(hole.1))?;
    let (mut json, mut bytes) = rest.split_at(rest.len().checked_sub(inside)?);
    let encoded = inside.div_ceil(3).checked_add(count)?.checked_mul(4)?;
    if json.len().checked_add(encoded)? > largest.checked_add(4 * count)? {
        return None;
    }
    let mut record = String::new();
    let mut out = Vec::with_capacity(json.len() + encoded);
    for (before, inside) in holes {
        out.extend_from_slice(take(&mut json, before)?);
        record.clear();
        STANDARD.encode_string(take(&mut bytes, inside)?, &mut record);
        out.extend_from_slice(record.as_bytes());
    }
    out.extend_from_slice(json);
    Some(out)
}

fn take<'a>(from: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (head, tail) = from.split_at_checked(length)?;
    *from = tail;
    Some(head)
}

fn write_length(out: &mut Vec<u8>, length: usize) {
    let mut rest = length;
    while rest >= 0x80 {
        out.push((rest & 0x7f) as u8 | 0x80);
        rest >>= 7;
    }
    out.push(rest as u8);
}

/// At most five bytes: no length here passes 2^35.
fn read_length(from: &mut &[u8]) -> Option<usize> {
    let mut length = 0;
    for index in 0..5 {
        let byte = take(from, 1)?[0];
        length |= usize::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some(length);
        }
    }
    None
}
