//! Domain ids and words as column values.

use crate::db::{Cell, FromValue, Value};
use domain::id::{
    AccountId, AuditId, ClientKey, CloseReasonId, DraftId, MessageId, OutboxId, PatientId, PoolId,
    QuickReplyId, RequestId, ResourceId, SessionId, SiteId, StudyRunId, ThreadId, TopicId,
};
use uuid::Uuid;

macro_rules! column_values {
    ($($id:ident),* $(,)?) => {$(
        impl From<$id> for Value {
            fn from(id: $id) -> Value {
                Value::from(id.0)
            }
        }

        impl FromValue for $id {
            const KIND: &'static str = "an id";
            fn from_cell(cell: Cell<'_>) -> Option<Self> {
                Uuid::from_cell(cell).map($id)
            }
        }
    )*};
}

column_values!(
    AccountId,
    AuditId,
    ClientKey,
    CloseReasonId,
    DraftId,
    MessageId,
    OutboxId,
    PatientId,
    PoolId,
    QuickReplyId,
    RequestId,
    ResourceId,
    SessionId,
    SiteId,
    StudyRunId,
    ThreadId,
    TopicId,
);

/// An optional id in a key column, where the nil id stands for none.
pub fn or_nil(id: Option<Uuid>) -> Value {
    Value::from(id.unwrap_or_default())
}

/// Reads a key column whose nil id stands for none.
pub fn not_nil(id: Uuid) -> Option<Uuid> {
    (!id.is_nil()).then_some(id)
}
