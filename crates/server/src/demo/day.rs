//! When a clinic was made: a demo older than a day offers a new one.

use super::folder::Folder;
use crate::cli::Failure;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

/// So long a day is today's.
const FRESH: SignedDuration = SignedDuration::from_hours(24);

/// So long after it was begun a clinic has just been made.
const MAKING: SignedDuration = SignedDuration::from_mins(10);

/// Kept beside the accounts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeFor {
    /// By the system's clock.
    pub made_at: Timestamp,
    /// What the clinic's clock showed then.
    pub opened_at: Timestamp,
}

impl MadeFor {
    pub fn write(self, folder: &Folder) -> Result<(), Failure> {
        let text = serde_json::to_string(&self).map_err(|error| Failure::failed(error.to_string()))?;
        Ok(std::fs::write(folder.day(), text + "\n")?)
    }

    /// `None` for a clinic of a version that did not keep it.
    pub fn read(folder: &Folder) -> Option<MadeFor> {
        serde_json::from_str(&std::fs::read_to_string(folder.day()).ok()?).ok()
    }

    /// What the clinic's clock shows at `now` where it was made a moment ago: making it took a while, and the
    /// clock goes on from the moment for which it was made.
    pub fn goes_on(self, now: Timestamp) -> Option<Timestamp> {
        let since = now.duration_since(self.made_at);
        (SignedDuration::ZERO..MAKING).contains(&since).then(|| self.opened_at + since)
    }

    /// Whether a new day should be offered at `now`, by the system's clock.
    pub fn is_old(self, now: Timestamp) -> bool {
        now.duration_since(self.made_at) > FRESH
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_after_the_next_morning_a_clinic_is_old() {
        let made_at: Timestamp = "2026-11-23T18:41:00Z".parse().unwrap();
        let opened_at = "2026-11-23T18:40:00Z".parse().unwrap();
        let made = MadeFor { made_at, opened_at };
        assert_eq!(
            made.goes_on("2026-11-23T18:43:00Z".parse().unwrap()),
            "2026-11-23T18:42:00Z".parse().ok()
        );
        assert_eq!(made.goes_on("2026-11-23T18:51:00Z".parse().unwrap()), None);
        assert!(!made.is_old("2026-11-24T18:00:00Z".parse().unwrap()));
        assert!(made.is_old("2026-11-24T19:00:00Z".parse().unwrap()));
    }
}
