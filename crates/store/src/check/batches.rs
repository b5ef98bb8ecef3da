//! The organisation's chain of batches, with the heads that each batch covers.

use super::pages::{PAGE, Pages};
use super::run::{Checker, Step, rows_of};
use crate::audit_seal::{batch_chain, batch_hash, heads_hash};
use crate::chain::ChainHead;
use crate::db::{StoreError, Tx};
use crate::params;
use domain::id::PatientId;
use uuid::Uuid;

#[derive(Clone)]
struct StoredBatch {
    no: i64,
    at: i64,
    events: i64,
    chains: i64,
    heads_hash: Vec<u8>,
    mac: Vec<u8>,
}

#[derive(Clone)]
struct Moved {
    batch: i64,
    patient: PatientId,
    head: ChainHead,
}

impl Checker<'_> {
    pub(super) fn batches(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let total = rows_of(tx, "audit_batch")?;
        let key = self.vault.organisation().chain();
        let mut batches = Pages::new(load_batches);
        let mut moved = Pages::new(load_moved);
        let mut head = batch_chain(key);
        let mut events = 0;
        while let Some(batch) = batches.next(tx)? {
            let hash = batch_hash(batch.at, (batch.events, batch.chains), &batch.heads_hash);
            let expected = key.extend(&head, &hash);
            let named = format!("batch {}", batch.no);
            if batch.no != expected.seq {
                let what = format!("batch {} before it is missing", expected.seq);
                self.report.fault("audit_batch", None, &named, what);
            } else if batch.mac != expected.mac {
                self.report.fault("audit_batch", None, &named, "is not the batch that was sealed");
            }
            head = ChainHead { seq: batch.no, mac: batch.mac.clone().try_into().unwrap_or([0; 32]) };
            self.heads_of(tx, &mut moved, &batch)?;
            events += batch.events;
            self.report.counts.batches += 1;
            self.progress(Step::Batches, self.report.counts.batches, total);
        }
        if let Some(left) = moved.next(tx)? {
            let what = "heads of a batch that is not there";
            self.report.fault("audit_batch_head", Some(left.patient), format!("batch {}", left.batch), what);
        }
        let chained = self.report.counts.events;
        if i64::try_from(chained) != Ok(events) {
            let what = format!("the batches sealed {events} rows, the chains have {chained}");
            self.report.fault("audit_batch", None, "", what);
        }
        Ok(())
    }

    fn heads_of(
        &mut self,
        tx: &mut Tx<'_>,
        moved: &mut Pages<Moved>,
        batch: &StoredBatch,
    ) -> Result<(), StoreError> {
        let mut heads: Vec<Moved> = Vec::new();
        while let Some(head) = moved.next_if(tx, |head| head.batch <= batch.no)? {
            heads.push(head);
        }
        let hash = heads_hash(heads.iter().map(|moved| (&moved.patient, &moved.head)));
        let is_whole = heads.iter().all(|head| head.batch == batch.no);
        if !is_whole || hash.as_slice() != batch.heads_hash || heads.len() as i64 != batch.chains {
            let what = "its heads are not the ones that were sealed";
            self.report.fault("audit_batch_head", None, format!("batch {}", batch.no), what);
        }
        Ok(())
    }
}

fn load_batches(tx: &mut Tx<'_>, after: Option<&StoredBatch>) -> Result<Vec<StoredBatch>, StoreError> {
    let sql = format!(
        "SELECT no, at, events, chains, heads_hash, mac FROM audit_batch WHERE no > $1 ORDER BY no LIMIT {PAGE}"
    );
    tx.query(&sql, params![after.map_or(i64::MIN, |batch| batch.no)], |row| {
        Ok(StoredBatch {
            no: row.get(0)?,
            at: row.get(1)?,
            events: row.get(2)?,
            chains: row.get(3)?,
            heads_hash: row.get(4)?,
            mac: row.get(5)?,
        })
    })
}

fn load_moved(tx: &mut Tx<'_>, after: Option<&Moved>) -> Result<Vec<Moved>, StoreError> {
    let sql = format!(
        "SELECT batch_no, patient_id, length, head FROM audit_batch_head
         WHERE (batch_no, patient_id) > ($1, $2) ORDER BY batch_no, patient_id LIMIT {PAGE}"
    );
    let place = after.map_or((i64::MIN, Uuid::nil()), |moved| (moved.batch, moved.patient.0));
    tx.query(&sql, params![place.0, place.1], |row| {
        let mac: Vec<u8> = row.get(3)?;
        let head = ChainHead { seq: row.get(2)?, mac: mac.try_into().unwrap_or([0; 32]) };
        Ok(Moved { batch: row.get(0)?, patient: row.get(1)?, head })
    })
}
