//! Codes that are remembered by the bytes of a value. The bytes lie one after another and the places of the table say
//! where, so that a look-up touches two cache lines and no value has an allocation of its own.

use super::coder::NO_CODE;
use super::hash;

const FIRST_PLACES: usize = 16;
const FREE: Place = Place { hash: 0, code: NO_CODE, start: 0, length: 0 };

/// Open addressing; the number of places is a power of two, a quarter of them always free.
pub struct Codes {
    places: Vec<Place>,
    used: usize,
    bytes: Vec<u8>,
}

#[derive(Clone, Copy)]
struct Place {
    hash: u32,
    code: u32,
    start: u32,
    length: u32,
}

impl Codes {
    pub fn new() -> Codes {
        Codes { places: vec![FREE; FIRST_PLACES], used: 0, bytes: Vec::new() }
    }

    pub fn len(&self) -> usize {
        self.used
    }

    pub fn get(&self, value: &[u8]) -> Option<u32> {
        let code = self.places[self.find(value, hash::of(value))].code;
        (code != NO_CODE).then_some(code)
    }

    /// Remembers the code of a value, in place of another.
    pub fn set(&mut self, value: &[u8], code: u32) {
        let hash = hash::of(value);
        let at = self.find(value, hash);
        if self.places[at].code != NO_CODE {
            self.places[at].code = code;
            return;
        }
        // Beyond 4 GiB nothing more is remembered.
        let (start, length) = (u32::try_from(self.bytes.len()), u32::try_from(value.len()));
        if let (Ok(start), Ok(length)) = (start, length) {
            self.bytes.extend_from_slice(value);
            self.places[at] = Place { hash: hash as u32, code, start, length };
            self.used += 1;
        }
        if self.used > self.places.len() / 4 * 3 {
            self.grow();
        }
    }

    /// The place of the value, or the free one that it would take.
    fn find(&self, value: &[u8], hash: u64) -> usize {
        let last = self.places.len() - 1;
        let mut at = (hash >> 32) as usize & last;
        loop {
            let place = &self.places[at];
            if place.code == NO_CODE || (place.hash == hash as u32 && self.value(place) == value) {
                return at;
            }
            at = (at + 1) & last;
        }
    }

    fn value(&self, place: &Place) -> &[u8] {
        &self.bytes[place.start as usize..][..place.length as usize]
    }

    fn grow(&mut self) {
        let places = vec![FREE; self.places.len() * 2];
        for place in std::mem::replace(&mut self.places, places) {
            if place.code != NO_CODE {
                let value = self.value(&place);
                let at = self.find(value, hash::of(value));
                self.places[at] = place;
            }
        }
    }
}
