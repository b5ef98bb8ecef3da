//! The clinic as the traffic sees it.

use crate::cast::{PatientMember, SitePlan, pool_of};
use crate::days::Days;
use crate::seed::Seed;
use jiff::{SignedDuration, Timestamp};

/// People and times from which the traffic is made.
pub struct Town<'a> {
    pub days: &'a Days,
    pub seed: Seed,
    pub opened_at: Timestamp,
    pub sites: &'a [(SitePlan, Timestamp)],
    pub members: &'a [PatientMember],
}

impl Town<'_> {
    /// When the site of a patient began with messages.
    pub(super) fn live_at(&self, member: &PatientMember) -> Timestamp {
        let pool = pool_of(member.provider);
        { self.sites.iter() }.find(|(site, _)| site.key == pool).map_or(self.opened_at, |(_, live)| *live)
    }

    /// A share of the time between two moments.
    pub(super) fn share(from: Timestamp, until: Timestamp, share: f64) -> Timestamp {
        let span = until.duration_since(from).as_secs_f64() * share;
        from.checked_add(SignedDuration::from_secs(span as i64)).unwrap_or(until)
    }
}
