//! How far each person has read: one row per account, capacity and thread. A proxy's reading never
//! clears the patient's.

use crate::db::{StoreError, Tx};
use crate::params;
use domain::id::{AccountId, PatientId, ThreadId};
use jiff::Timestamp;
use uuid::Uuid;

/// An account in one capacity: for itself, or on behalf of a patient.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reader {
    pub account: AccountId,
    pub on_behalf_of: Option<PatientId>,
}

impl Reader {
    fn capacity(self) -> Uuid {
        self.on_behalf_of.map(|patient| patient.0).unwrap_or_default()
    }
}

/// The last entry that this reader has read; 0 for none.
pub fn last_read(
    tx: &mut Tx<'_>,
    (patient, thread): (PatientId, ThreadId),
    reader: Reader,
) -> Result<i64, StoreError> {
    Ok(last_read_each(tx, &[(patient, thread)], reader)?.pop().unwrap_or(0))
}

/// The same of each thread, in their order.
pub fn last_read_each(
    tx: &mut Tx<'_>,
    threads: &[(PatientId, ThreadId)],
    reader: Reader,
) -> Result<Vec<i64>, StoreError> {
    let place = |(patient, thread): &(PatientId, ThreadId)| {
        params![*patient, *thread, reader.account, reader.capacity()].to_vec()
    };
    let each: Vec<_> = threads.iter().map(place).collect();
    let seqs: Vec<Option<i64>> = tx.query_opt_each(
        "SELECT last_read_seq FROM thread_reader
         WHERE patient_id = $1 AND thread_id = $2 AND account_id = $3 AND on_behalf_of = $4",
        &each,
        |row| row.get(0),
    )?;
    Ok(seqs.into_iter().map(|seq| seq.unwrap_or(0)).collect())
}

/// Notes a reading; never goes back.
pub fn read_up_to(
    tx: &mut Tx<'_>,
    (patient, thread): (PatientId, ThreadId),
    reader: Reader,
    (seq, now): (i64, Timestamp),
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO thread_reader (patient_id, thread_id, account_id, on_behalf_of, last_read_seq, read_at)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (patient_id, thread_id, account_id, on_behalf_of)
         DO UPDATE SET last_read_seq = excluded.last_read_seq, read_at = excluded.read_at
         WHERE excluded.last_read_seq > thread_reader.last_read_seq",
        params![patient, thread, reader.account, reader.capacity(), seq, now],
    )?;
    Ok(())
}

/// A patient's threads with an entry of the team that this reader has not read; for somebody who acts for the
/// patient, without what is the patient's alone.
pub fn unread(tx: &mut Tx<'_>, patient: PatientId, reader: Reader) -> Result<i64, StoreError> {
    let shown = if reader.on_behalf_of.is_some() { "AND t.visibility = 'all'" } else { "" };
    let sql = format!(
        "SELECT COUNT(*) FROM thread t
         LEFT JOIN thread_reader r ON r.patient_id = t.patient_id AND r.thread_id = t.id
              AND r.account_id = $2 AND r.on_behalf_of = $3
         WHERE t.patient_id = $1 AND t.last_team_seq > COALESCE(r.last_read_seq, 0) {shown}"
    );
    tx.query_one(&sql, params![patient, reader.account, reader.capacity()], |row| row.get(0))
}
