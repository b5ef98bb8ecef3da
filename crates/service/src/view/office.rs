//! What administrators see: teams, staff and the organisation's settings, and nothing of any patient.

use domain::actor::StaffRole;
use domain::id::{AccountId, PoolId, SessionId};
use domain::language::Label;
use domain::organisation::Site;
use domain::pool::Pool;
use jiff::Timestamp;
use store::organisation::Organisation;

/// One team.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamLine {
    pub pool: Pool,
    pub site: String,
    pub is_default: bool,
    pub is_on_duty: bool,
    /// In the order of their names.
    pub members: Vec<(AccountId, String)>,
    /// Conversations that are open for the team.
    pub open: i64,
    /// Those of them that nobody owns.
    pub unassigned: i64,
    pub overdue: i64,
}

/// One member of staff in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffLine {
    pub account: AccountId,
    pub name: String,
    pub roles: Vec<StaffRole>,
    pub last_sign_in: Option<Timestamp>,
    pub open_sessions: usize,
    pub is_ended: bool,
    /// No password was ever set.
    pub is_invited: bool,
}

/// One open session at the team's door.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OpenSession {
    pub id: SessionId,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
}

/// One member of staff.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffPage {
    pub line: StaffLine,
    pub sign_in_name: String,
    pub created_at: Timestamp,
    /// Teams, with the number of open conversations that this person owns there.
    pub pools: Vec<(PoolId, Label, i64)>,
    pub sessions: Vec<OpenSession>,
    /// The reader's own account.
    pub is_me: bool,
}

/// The organisation as it is configured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganisationPage {
    pub organisation: Organisation,
    pub sites: Vec<Site>,
}
