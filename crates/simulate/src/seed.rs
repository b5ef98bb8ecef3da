//! The seed of a clinic: ids and choices by name, so that a new person changes nobody else.

use uuid::Uuid;

/// Everything random in a clinic comes from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seed(pub u64);

impl Seed {
    /// The id of what has this name.
    pub fn uuid(self, name: &str) -> Uuid {
        let high = self.number(name).to_be_bytes();
        let low = mix(self.number(name) ^ 0x5ca1_ab1e).to_be_bytes();
        let mut bytes = [0; 16];
        bytes[..8].copy_from_slice(&high);
        bytes[8..].copy_from_slice(&low);
        uuid::Builder::from_custom_bytes(bytes).into_uuid()
    }

    /// A FHIR id.
    pub fn id(self, name: &str) -> String {
        self.uuid(name).to_string()
    }

    /// A whole number below `limit`; 0 where the limit is 0.
    pub fn below(self, name: &str, limit: u64) -> u64 {
        self.number(name).checked_rem(limit).unwrap_or(0)
    }

    /// One of a list; `None` of an empty one.
    pub fn pick<'a, T>(self, name: &str, from: &'a [T]) -> Option<&'a T> {
        let place = usize::try_from(self.below(name, from.len() as u64)).unwrap_or(0);
        from.get(place)
    }

    fn number(self, name: &str) -> u64 {
        name.bytes().fold(mix(self.0), |state, byte| mix(state ^ u64::from(byte)))
    }
}

/// SplitMix64's output function.
fn mix(state: u64) -> u64 {
    let mut z = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_id_under_one_seed_and_another_under_another() {
        assert_eq!(Seed(1).uuid("rosa"), Seed(1).uuid("rosa"));
        assert_ne!(Seed(1).uuid("rosa"), Seed(2).uuid("rosa"));
        assert_ne!(Seed(1).uuid("rosa"), Seed(1).uuid("maya"));
        assert_eq!(Seed(1).pick("x", &[] as &[u8]), None);
    }
}
