//! A fast hash for keys that nobody chooses in order to make them collide: an analyst's own file.

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

/// Multiplies to 128 bits and folds the halves, so that high and low bits are both well mixed.
pub fn mix(word: u64) -> u64 {
    let product = u128::from(word ^ FACTOR.rotate_left(17)) * u128::from(FACTOR);
    (product as u64) ^ ((product >> 64) as u64)
}

/// The hash of a text, its length included.
pub fn of(text: &[u8]) -> u64 {
    let mut hash = text.len() as u64;
    let (words, rest) = text.as_chunks::<8>();
    for word in words {
        hash = mix(hash ^ u64::from_le_bytes(*word));
    }
    // The last eight bytes, some of them once more, are read faster than the odd ones.
    let last = match text.last_chunk::<8>() {
        Some(last) => u64::from_le_bytes(*last),
        None => rest.iter().fold(0, |word, byte| word << 8 | u64::from(*byte)),
    };
    mix(hash ^ last)
}
