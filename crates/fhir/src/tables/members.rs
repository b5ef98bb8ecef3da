//! Finds a member by its JSON name: an open-addressed table per type, filled once.

use super::types::Member;

/// The members of one type.
#[derive(Default)]
pub struct Members {
    members: Vec<Member>,
    /// Index of a member plus one; 0 is free. A power of two long, at most half full.
    slots: Vec<u16>,
}

impl Members {
    pub fn new(members: Vec<Member>) -> Self {
        let size = (members.len() * 2).next_power_of_two();
        let mut slots = vec![0_u16; size];
        for (at, member) in members.iter().enumerate() {
            let mut slot = hash(member.name) & (size - 1);
            while slots[slot] != 0 {
                slot = (slot + 1) & (size - 1);
            }
            slots[slot] = u16::try_from(at + 1).unwrap_or_default();
        }
        Members { members, slots }
    }

    pub fn get(&self, name: &str) -> Option<&Member> {
        let mask = self.slots.len() - 1;
        let mut slot = hash(name) & mask;
        loop {
            let at = usize::from(self.slots[slot]).checked_sub(1)?;
            if self.members[at].name == name {
                return self.members.get(at);
            }
            slot = (slot + 1) & mask;
        }
    }

    pub fn all(&self) -> impl Iterator<Item = &Member> {
        self.members.iter()
    }
}

fn hash(name: &str) -> usize {
    let bytes = name.as_bytes();
    let at = |index: usize| bytes.get(index).map_or(0, |&byte| usize::from(byte));
    let (middle, end) = (at(bytes.len() / 2), at(bytes.len().wrapping_sub(1)));
    let mixed = bytes.len() ^ (at(0) << 4) ^ (middle << 9) ^ (end << 14) ^ (at(2) << 19);
    mixed.wrapping_mul(0x9E37_79B1) >> 15
}
