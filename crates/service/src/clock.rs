//! The one place that asks the system for the time and for ids.

use jiff::{SignedDuration, Timestamp};
use std::sync::Mutex;
use uuid::Uuid;

/// The time that the whole program goes by.
#[derive(Clone, Copy, Debug, Default)]
pub enum Clock {
    #[default]
    System,
    /// The system's time, moved: a demo that opens on a working morning.
    Shifted(SignedDuration),
}

impl Clock {
    /// Now, cut to the microseconds that the database keeps.
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
    pub fn now(&self) -> Timestamp {
        let system = Timestamp::now();
        let now = match self {
            Clock::System => system,
            Clock::Shifted(by) => system.checked_add(*by).unwrap_or(system),
        };
        Timestamp::from_microsecond(now.as_microsecond()).unwrap_or(now)
    }
}

/// UUIDv7 at a given time (RFC 9562): in order of creation within this process.
#[derive(Debug, Default)]
pub struct Ids {
    last: Mutex<u64>,
}

impl Ids {
    /// A new id of the moment `now`; two ids of one millisecond keep their order by a counter.
    pub fn mint(&self, now: Timestamp) -> Uuid {
        let millis = u64::try_from(now.as_millisecond()).unwrap_or(0);
        let mut bytes = [0u8; 10];
        // Ids name rows and are no secret: a failing generator may not stop a message.
        let _ = ring::rand::SecureRandom::fill(&ring::rand::SystemRandom::new(), &mut bytes);
        let counter = {
            let mut last = self.last.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            *last = if *last >> 12 < millis { millis << 12 } else { *last + 1 };
            *last
        };
        let step = u16::try_from(counter & 0xfff).unwrap_or(0);
        bytes[..2].copy_from_slice(&step.to_be_bytes());
        uuid::Builder::from_unix_timestamp_millis(counter >> 12, &bytes).into_uuid()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_of_one_moment_keep_their_order_and_differ() {
        let ids = Ids::default();
        let now: Timestamp = "2026-11-23T18:41:00Z".parse().unwrap();
        let minted: Vec<Uuid> = (0..10_000).map(|_| ids.mint(now)).collect();
        assert!(minted.windows(2).all(|pair| pair[0] < pair[1]));
        assert_eq!(minted[0].get_version_num(), 7);
    }
}
