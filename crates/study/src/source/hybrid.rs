//! Runs of one value and runs of packed bits in turn: how Parquet writes levels and places in a dictionary
//! (parquet-format, Encodings.md, "Run Length Encoding / Bit-Packing Hybrid").

use super::coder::NO_CODE;

const GROUP: usize = 8;

/// Where in some bytes the decoding is.
pub struct Hybrid {
    /// Of the next run.
    at: usize,
    end: usize,
    /// Bits of a value, at most 32.
    width: usize,
    run: Run,
}

enum Run {
    Repeated {
        value: u32,
        left: usize,
    },
    /// The next value's first bit, from the beginning of the bytes.
    Packed {
        bit: usize,
        left: usize,
    },
}

impl Hybrid {
    /// Runs between these bytes; `None` for values wider than 32 bits.
    pub fn new(at: usize, end: usize, width: u8) -> Option<Hybrid> {
        let width = usize::from(width);
        (width <= 32).then_some(Hybrid { at, end, width, run: Run::Repeated { value: 0, left: 0 } })
    }

    /// Packed bits alone, to the end.
    pub fn bits(at: usize, end: usize) -> Hybrid {
        Hybrid { at: end, end, width: 1, run: Run::Packed { bit: at * 8, left: usize::MAX } }
    }

    /// Appends the next values, each looked up in `codes`, those beyond as [`NO_CODE`]; `None` where the bytes end before.
    pub fn read(&mut self, bytes: &[u8], count: usize, codes: &[u32], out: &mut Vec<u32>) -> Option<()> {
        let bytes = bytes.get(..self.end)?;
        let mut wanted = count;
        while wanted > 0 {
            let taken = match &mut self.run {
                Run::Repeated { left: 0, .. } | Run::Packed { left: 0, .. } => {
                    self.next_run(bytes)?;
                    continue;
                }
                Run::Repeated { value, left } => {
                    let taken = wanted.min(*left);
                    let code = codes.get(*value as usize).copied().unwrap_or(NO_CODE);
                    out.resize(out.len() + taken, code);
                    *left -= taken;
                    taken
                }
                Run::Packed { bit, left } => {
                    let taken = wanted.min(*left);
                    if (*bit + taken * self.width).div_ceil(8) > bytes.len() {
                        return None;
                    }
                    let places = unpacked(bytes, *bit, self.width, taken);
                    out.extend(places.map(|place| codes.get(place).copied().unwrap_or(NO_CODE)));
                    *bit += taken * self.width;
                    *left -= taken;
                    taken
                }
            };
            wanted -= taken;
        }
        Some(())
    }

    fn next_run(&mut self, bytes: &[u8]) -> Option<()> {
        let mut header = 0u32;
        for shift in (0..u32::BITS).step_by(7) {
            let byte = *bytes.get(self.at)?;
            self.at += 1;
            header |= u32::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                break;
            }
        }
        let count = (header >> 1) as usize;
        if header & 1 == 1 {
            self.run = Run::Packed { bit: self.at * 8, left: count * GROUP };
            self.at += count * self.width;
        } else {
            let width = self.width.div_ceil(8);
            let value = bytes.get(self.at..self.at + width)?;
            let value = value.iter().rev().fold(0, |value, byte| value << 8 | u32::from(*byte));
            self.run = Run::Repeated { value, left: count };
            self.at += width;
        }
        // An empty run says nothing; some writers fill a page's end with zeros.
        (count > 0).then_some(())
    }
}

/// Values of packed bits, the lowest first, all of which lie within the bytes.
fn unpacked(bytes: &[u8], bit: usize, width: usize, count: usize) -> impl Iterator<Item = usize> {
    let mask = (1u64 << width) - 1;
    (0..count).map(move |at| {
        let bit = bit + at * width;
        (word(bytes, bit / 8) >> (bit % 8) & mask) as usize
    })
}

/// Eight bytes, those beyond the end 0.
fn word(bytes: &[u8], at: usize) -> u64 {
    match bytes.get(at..).and_then(<[u8]>::first_chunk) {
        Some(word) => u64::from_le_bytes(*word),
        None => {
            let rest = bytes.get(at..).unwrap_or_default();
            rest.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte))
        }
    }
}
