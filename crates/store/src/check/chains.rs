//! Every patient's audit chain from its start, against its head and against the batches that sealed it.

use super::pages::{PAGE, Pages};
use super::run::{Checker, Step, rows_of};
use crate::audit_seal::{COLUMNS, EventRow, patient_chain};
use crate::chain::ChainHead;
use crate::db::{StoreError, Tx};
use crate::params;
use domain::id::PatientId;
use uuid::Uuid;

/// A chained row: its place, and the hash of what stands there now.
#[derive(Clone)]
struct Chained {
    patient: PatientId,
    id: Uuid,
    hash: [u8; 32],
    seq: i64,
    mac: Vec<u8>,
}

/// A chain's end as `audit_chain` or a batch has it; batch 0 is `audit_chain`.
#[derive(Clone)]
struct End {
    patient: PatientId,
    batch: i64,
    length: i64,
    head: Vec<u8>,
}

struct Lists {
    rows: Pages<Chained>,
    heads: Pages<End>,
    batch_heads: Pages<End>,
}

impl Checker<'_> {
    /// Follows every chain, and counts what is in none yet.
    pub(super) fn chains(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let total = rows_of(tx, "audit_event")?;
        let mut lists = Lists {
            rows: Pages::new(load_rows),
            heads: Pages::new(load_heads),
            batch_heads: Pages::new(load_batch_heads),
        };
        while let Some(patient) = lists.next_patient(tx)? {
            self.chain(tx, &mut lists, patient)?;
            self.report.counts.chains += 1;
            self.progress(Step::Chains, self.report.counts.events, total);
        }
        self.unsealed(tx)
    }

    fn chain(&mut self, tx: &mut Tx<'_>, lists: &mut Lists, patient: PatientId) -> Result<(), StoreError> {
        let key = self.vault.organisation().chain();
        let mut head = patient_chain(key, patient);
        let mut covered = 0;
        while let Some(row) = lists.rows.next_if(tx, |row| row.patient == patient)? {
            let expected = key.extend(&head, &row.hash);
            let named = format!("row {} ({})", row.seq, row.id);
            if row.seq != expected.seq {
                let missing = missing(expected.seq, row.seq);
                self.report.fault("audit_event", Some(patient), &named, missing);
            } else if row.mac != expected.mac {
                let what = "is not the row that was sealed";
                self.report.fault("audit_event", Some(patient), &named, what);
            }
            // Followed from here, so that the faults after this one are named too.
            head = ChainHead { seq: row.seq, mac: row.mac.try_into().unwrap_or([0; 32]) };
            self.report.counts.events += 1;
            covered = self.batch_heads(tx, lists, &head, patient)?.unwrap_or(covered);
        }
        self.end_of_chain(tx, lists, &head, (patient, covered))
    }

    /// Compares the batches that ended here; the length that the last of them covers.
    fn batch_heads(
        &mut self,
        tx: &mut Tx<'_>,
        lists: &mut Lists,
        head: &ChainHead,
        patient: PatientId,
    ) -> Result<Option<i64>, StoreError> {
        let mut covered = None;
        let reached = |end: &End| end.patient == patient && end.length <= head.seq;
        while let Some(end) = lists.batch_heads.next_if(tx, reached)? {
            if end.length == head.seq && end.head != head.mac {
                let what = format!("batch {} sealed another row", end.batch);
                self.report.fault("audit_event", Some(patient), format!("row {}", head.seq), what);
            }
            covered = Some(end.length);
        }
        Ok(covered)
    }

    fn end_of_chain(
        &mut self,
        tx: &mut Tx<'_>,
        lists: &mut Lists,
        head: &ChainHead,
        (patient, covered): (PatientId, i64),
    ) -> Result<(), StoreError> {
        let mut sealed = covered;
        while let Some(end) = lists.batch_heads.next_if(tx, |end| end.patient == patient)? {
            sealed = end.length;
        }
        if sealed > head.seq {
            let what = match head.seq {
                0 => format!("the whole chain is gone: {sealed} rows were sealed"),
                seq => {
                    format!("the end of the chain was cut off: {sealed} rows were sealed, it ends at {seq}")
                }
            };
            self.report.fault("audit_event", Some(patient), "", what);
        } else if sealed < head.seq {
            let what = format!("rows after {sealed} belong to no batch");
            self.report.fault("audit_batch_head", Some(patient), "", what);
        }
        let stored = lists.heads.next_if(tx, |end| end.patient == patient)?;
        match stored {
            None => self.report.fault("audit_chain", Some(patient), "", "the chain's head is missing"),
            Some(end) if end.length != head.seq || end.head != head.mac => {
                let what = format!("the head says {} rows, the chain ends at {}", end.length, head.seq);
                let what = if end.length == head.seq { "the head is not the chain's".into() } else { what };
                self.report.fault("audit_chain", Some(patient), "", what);
            }
            Some(_) => {}
        }
        Ok(())
    }

    fn unsealed(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let (unsealed, oldest): (i64, _) =
            tx.query_one("SELECT COUNT(*), MIN(at) FROM audit_event WHERE chain_seq IS NULL", &[], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        self.report.counts.unsealed = u64::try_from(unsealed).unwrap_or(0);
        self.report.counts.oldest_unsealed = oldest;
        Ok(())
    }
}

fn missing(expected: i64, found: i64) -> String {
    match found - expected {
        1 => format!("row {expected} before it is missing"),
        _ if found < expected => "its number is no row's number".into(),
        _ => format!("rows {expected} to {} before it are missing", found - 1),
    }
}

impl Lists {
    /// The lowest patient's id that any of the lists has next.
    fn next_patient(&mut self, tx: &mut Tx<'_>) -> Result<Option<PatientId>, StoreError> {
        let row = self.rows.peek(tx)?.map(|row| row.patient);
        let head = self.heads.peek(tx)?.map(|end| end.patient);
        let batch_head = self.batch_heads.peek(tx)?.map(|end| end.patient);
        Ok([row, head, batch_head].into_iter().flatten().min())
    }
}

fn load_rows(tx: &mut Tx<'_>, after: Option<&Chained>) -> Result<Vec<Chained>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, chain_seq, mac FROM audit_event
         WHERE chain_seq IS NOT NULL AND (patient_id, chain_seq) > ($1, $2)
         ORDER BY patient_id, chain_seq LIMIT {PAGE}"
    );
    let place = after.map_or((Uuid::nil(), i64::MIN), |row| (row.patient.0, row.seq));
    tx.query(&sql, params![place.0, place.1], |row| {
        let EventRow { patient, id, hash } = EventRow::read(row)?;
        let mac: Option<Vec<u8>> = row.get(15)?;
        Ok(Chained { patient, id, hash, seq: row.get(14)?, mac: mac.unwrap_or_default() })
    })
}

fn load_heads(tx: &mut Tx<'_>, after: Option<&End>) -> Result<Vec<End>, StoreError> {
    let sql = format!(
        "SELECT patient_id, length, head FROM audit_chain WHERE patient_id > $1 ORDER BY patient_id LIMIT {PAGE}"
    );
    let place = after.map_or(Vec::new(), |end| end.patient.0.as_bytes().to_vec());
    tx.query(&sql, params![place], |row| {
        Ok(End { patient: row.get(0)?, batch: 0, length: row.get(1)?, head: row.get(2)? })
    })
}

fn load_batch_heads(tx: &mut Tx<'_>, after: Option<&End>) -> Result<Vec<End>, StoreError> {
    let sql = format!(
        "SELECT patient_id, batch_no, length, head FROM audit_batch_head
         WHERE (patient_id, batch_no) > ($1, $2) ORDER BY patient_id, batch_no LIMIT {PAGE}"
    );
    let place = after.map_or((Uuid::nil(), i64::MIN), |end| (end.patient.0, end.batch));
    tx.query(&sql, params![place.0, place.1], |row| {
        Ok(End { patient: row.get(0)?, batch: row.get(1)?, length: row.get(2)?, head: row.get(3)? })
    })
}
