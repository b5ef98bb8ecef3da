//! The organisation and its sites: one organisation per database.

use crate::id::SiteId;
use jiff::Timestamp;

/// A place of care.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    pub id: SiteId,
    pub name: String,
    /// IANA time zone, such as `America/Los_Angeles`.
    pub time_zone: String,
    /// Shown on every patient page.
    pub phone: String,
    /// The day on which patients of this site could first write.
    pub go_live: Option<Timestamp>,
}
