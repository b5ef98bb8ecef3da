//! Where the sealing of the audit stands.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use jiff::SignedDuration;
use service::view::audit::{Anchor, ChainState};

/// Refusals and lists wait a minute for their repeats; what waits longer than this waits for no reason.
const LATE: SignedDuration = SignedDuration::from_mins(3);

#[derive(Template)]
#[template(path = "admin/chains.html")]
pub struct ChainsPage {
    pub f: Frame,
    pub state: ChainState,
}

impl ChainsPage {
    /// The whole head in groups, so that it can be compared by eye.
    fn head(&self, mac: &[u8; 32]) -> String {
        let groups: Vec<String> =
            mac.chunks(4).map(|group| group.iter().map(|byte| format!("{byte:02x}")).collect()).collect();
        groups.join(" ")
    }

    fn is_late(&self) -> bool {
        self.state.oldest_unsealed.is_some_and(|oldest| self.f.now.duration_since(oldest) > LATE)
    }

    /// How long the oldest row has waited.
    fn waited(&self) -> String {
        let oldest = self.state.oldest_unsealed.unwrap_or(self.f.now);
        let secs = self.f.now.duration_since(oldest).as_secs().max(0);
        let (key, count) = match secs {
            0..120 => ("office-seconds", secs),
            120..7200 => ("office-minutes", secs / 60),
            _ => ("office-hours-long", secs / 3600),
        };
        self.f.t(key).num("count", count).to_string()
    }
}

/// `GET /admin/audit/chains`
pub async fn show(visit: TeamVisit) -> Answer {
    let state = visit.service().chain_state(&visit.ctx).await?;
    answer::show(&ChainsPage { f: visit.frame(Place::Chains), state })
}
