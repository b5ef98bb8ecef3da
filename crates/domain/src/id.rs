//! Typed ids. Ours are UUIDv7, minted by the caller; a FHIR id is text of at most 64 characters.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map($name)
            }
        }
    )*};
}

ids! {
    /// A sign-in, not a chart: one account can be a patient, a proxy and a member of staff.
    AccountId,
    /// A patient's chart. The nil id stands for the organisation, where no patient is meant.
    PatientId,
    /// One conversation about one patient.
    ThreadId,
    /// One entry of a thread: a message, an internal note or an event line.
    MessageId,
    /// A care team's shared inbox.
    PoolId,
    /// A place of care with its own zone, hours and go-live date.
    SiteId,
    /// A signed-in browser.
    SessionId,
    /// A stored FHIR resource; its FHIR id is text of its own.
    ResourceId,
    /// What a thread is about, from the organisation's list.
    TopicId,
    /// Why a thread was closed, from the organisation's list.
    CloseReasonId,
    /// A short text that a pool writes often.
    QuickReplyId,
    /// Text that is not sent yet.
    DraftId,
    /// Chosen by the sender's browser, so that a retry never sends twice.
    ClientKey,
    /// One row of the audit.
    AuditId,
    /// One request, shown to whoever reports an error.
    RequestId,
    /// A notice that waits to be delivered.
    OutboxId,
    /// One run of a study's protocol on the record.
    StudyRunId,
}

impl PatientId {
    /// The organisation's own rows: pools, practitioners, settings.
    pub const ORGANISATION: PatientId = PatientId(Uuid::nil());

    /// Whether rows under this id belong to the organisation and to no patient.
    pub fn is_organisation(self) -> bool {
        self.0.is_nil()
    }
}
