//! "Who has looked": the patient's own audit rows in plain words.

use domain::actor::Role;
use domain::audit::AuditAction;
use domain::proxy::ProxyRelation;
use jiff::Timestamp;

/// One access to the patient's record or messages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looked {
    pub at: Timestamp,
    /// The person's name; `None` for the system.
    pub who: Option<String>,
    pub role: Option<Role>,
    /// What somebody who acts for the patient is to the patient.
    pub relation: Option<ProxyRelation>,
    pub is_me: bool,
    pub action: AuditAction,
    /// What was seen or done, such as a subject or "Potassium"; `None` where the action says it all.
    pub what: Option<String>,
    /// The chart item that stood beside the conversation: it was seen as well.
    pub beside: Option<Beside>,
    /// The word of the section of the record that was opened.
    pub section: Option<String>,
    /// Emergency access, with its reason.
    pub reason: Option<String>,
    pub was_denied: bool,
    pub times: i64,
}

/// A chart item as "Who has looked" names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Beside {
    pub title: String,
    pub is_result: bool,
}
