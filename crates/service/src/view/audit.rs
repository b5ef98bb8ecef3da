//! The audit as the privacy officer reads it: who, in what role, did what, about whom, when, through
//! which door and why. No words of messages, no results.

use crate::page::{Cursor, Page};
use domain::actor::{Door, Role};
use domain::audit::{AuditAction, AuditOutcome};
use domain::id::{AccountId, PatientId};
use jiff::Timestamp;
use jiff::civil::Date;
use store::audit_seal::Batch;

/// One patient as the audit names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPatient {
    pub patient: PatientId,
    /// `None` where the record was deleted for good.
    pub name: Option<String>,
    pub mrn: Option<String>,
}

/// One act: a list that showed many patients is one line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditLine {
    pub at: Timestamp,
    pub account: Option<AccountId>,
    /// The account's name; the operating-system user of an act at the command line.
    pub who: Option<String>,
    pub role: Option<Role>,
    pub door: Door,
    pub action: AuditAction,
    pub outcome: AuditOutcome,
    /// The first of those concerned; `None` where the act was about nobody.
    pub patient: Option<AuditPatient>,
    /// How many patients more the same act has shown.
    pub more_patients: i64,
    /// The member of staff whom an administrator's act was about.
    pub concerned: Option<String>,
    /// The word of the section of the record.
    pub section: Option<String>,
    /// The team that somebody was taken out of.
    pub what: Option<String>,
    /// What was typed to find a person.
    pub query: Option<String>,
    pub reason: Option<String>,
    pub times: i64,
}

/// A search and what it found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditPage {
    pub patient: Option<AuditPatient>,
    pub account: Option<(AccountId, String)>,
    pub day: Option<Date>,
    pub lines: Page<AuditLine>,
}

/// What is searched for; the day is one of the organisation's zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuditSearch {
    pub patient: Option<PatientId>,
    pub account: Option<AccountId>,
    pub day: Option<Date>,
    pub after: Option<Cursor>,
}

/// Where the sealing of the audit stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainState {
    /// The newest sealed batch; `None` before the first one.
    pub sealed: Option<Batch>,
    /// Rows that no chain holds yet, and the time of the oldest.
    pub unsealed: i64,
    pub oldest_unsealed: Option<Timestamp>,
    pub anchor: Anchor,
}

/// The anchor file's last line beside the database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// This server was started without one.
    Absent,
    Unreadable,
    /// There is no line yet.
    Empty,
    /// The database holds the same batch.
    Agrees(Batch),
    /// It holds another batch of that number, or none: it was rolled back, or one of the two was changed.
    Differs(Batch),
}
