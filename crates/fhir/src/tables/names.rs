//! Finds something by its name: an open-addressed table, filled once. The walkers look up every member of
//! every resource, so the hash is a few instructions.

/// Values by name.
#[derive(Debug)]
pub struct Names<T> {
    entries: Vec<(&'static str, T)>,
    /// Index of an entry plus one; 0 is free. A power of two long, at most half full.
    slots: Vec<u16>,
}

impl<T> Names<T> {
    pub fn new(entries: Vec<(&'static str, T)>) -> Self {
        let size = (entries.len() * 2).next_power_of_two();
        let mut slots = vec![0_u16; size];
        for (at, (name, _)) in entries.iter().enumerate() {
            let mut slot = hash(name) & (size - 1);
            while slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = u16::try_from(at + 1).unwrap_or_default();
        }
        Names { entries, slots }
    }

    pub fn get(&self, name: &str) -> Option<&T> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(name) & mask;
        loop {
            let at = usize::from(self.slots[slot]).checked_sub(1)?;
            let (found, value) = &self.entries[at];
            if *found == name {
                return Some(value);
            }
            slot = (slot + 1) & mask;
        }
    }

    pub fn values(&self) -> impl Iterator<Item = &T> {
        self.entries.iter().map(|(_, value)| value)
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let at = |index: usize| bytes.get(index).map_or(0, |&byte| usize::from(byte));
    let (middle, end) = (at(bytes.len() / 2), at(bytes.len().wrapping_sub(1)));
    let mixed = bytes.len() ^ (at(0) << 4) ^ (middle << 9) ^ (end << 14) ^ (at(2) << 19);
    mixed.wrapping_mul(0x9E37_79B1) >> 15
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_found_and_no_other() {
        let names = ["a", "ab", "abc", "abd", "value", "valueString", "valueCode", ""];
        let table = Names::new(names.iter().enumerate().map(|(at, name)| (*name, at)).collect());
        for (at, name) in names.iter().enumerate() {
            assert_eq!(table.get(name), Some(&at));
        }
        assert_eq!(table.get("abe"), None);
        assert!(Names::<u8>::new(Vec::new()).get("a").is_none());
    }
}
