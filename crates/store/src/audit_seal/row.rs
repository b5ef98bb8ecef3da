//! One audit row as it is stored: what the chain's hash covers.

use crate::chain::StoredRow;
use crate::db::{Row, StoreError};
use domain::id::PatientId;
use uuid::Uuid;

/// The columns of [`EventRow`], in the order of the table; the hash covers all of them, and the link
/// (`chain_seq`, `mac`) covers the hash.
pub(crate) const COLUMNS: &str = "patient_id, id, at, account_id, role, door, purpose, action, outcome, object, \
     object_id, request_id, repeats, detail";

/// The stored values, the detail still sealed.
pub(crate) struct EventRow {
    pub patient: PatientId,
    pub id: Uuid,
    pub hash: [u8; 32],
}

impl EventRow {
    /// Reads the row of a query that begins with [`COLUMNS`].
    pub(crate) fn read(row: &Row<'_>) -> Result<EventRow, StoreError> {
        let (patient, id): (Uuid, Uuid) = (row.get(0)?, row.get(1)?);
        let bytes = |column| row.get::<Option<Vec<u8>>>(column);
        let text = |column| row.get::<Option<String>>(column);
        let hash = StoredRow::of("audit_event")
            .bytes(patient.as_bytes())
            .bytes(id.as_bytes())
            .integer(row.get(2)?)
            .bytes_or_null(bytes(3)?.as_deref())
            .text_or_null(text(4)?.as_deref())
            .text_or_null(text(5)?.as_deref())
            .text_or_null(text(6)?.as_deref())
            .text_or_null(text(7)?.as_deref())
            .text_or_null(text(8)?.as_deref())
            .text_or_null(text(9)?.as_deref())
            .bytes_or_null(bytes(10)?.as_deref())
            .bytes_or_null(bytes(11)?.as_deref())
            .integer(row.get(12)?)
            .bytes_or_null(bytes(13)?.as_deref())
            .hash();
        Ok(EventRow { patient: PatientId(patient), id, hash })
    }
}
