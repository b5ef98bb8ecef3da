//! A thread's entries count from 1 to its last one, without a gap.

use super::pages::PAGE;
use super::run::Checker;
use crate::db::{StoreError, Tx};
use crate::params;
use domain::id::{PatientId, ThreadId};

const NAMED: usize = 100;

impl Checker<'_> {
    pub(super) fn sequences(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let sql = format!(
            "SELECT t.patient_id, t.id, t.last_seq FROM thread t
             LEFT JOIN (SELECT patient_id, thread_id, COUNT(*) AS entries, MIN(seq) AS first, MAX(seq) AS last
                        FROM message GROUP BY patient_id, thread_id) m
                    ON m.patient_id = t.patient_id AND m.thread_id = t.id
             WHERE COALESCE(m.entries, 0) <> t.last_seq OR m.first <> 1 OR m.last <> t.last_seq LIMIT {NAMED}"
        );
        let broken: Vec<(PatientId, ThreadId, i64)> =
            tx.query(&sql, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for (patient, thread, last) in broken {
            let what = match first_gap(tx, patient, thread, last)? {
                Some(seq) if seq <= last => format!("message {seq} of {last} is missing"),
                _ => format!("there are messages after the last one ({last})"),
            };
            self.report.fault("message", Some(patient), format!("thread {thread}"), what);
        }
        Ok(())
    }
}

fn first_gap(
    tx: &mut Tx<'_>,
    patient: PatientId,
    thread: ThreadId,
    last: i64,
) -> Result<Option<i64>, StoreError> {
    let sql = format!(
        "SELECT seq FROM message WHERE patient_id = $1 AND thread_id = $2 AND seq >= $3 ORDER BY seq LIMIT {PAGE}"
    );
    let mut expected = 1;
    while expected <= last {
        let there: Vec<i64> = tx.query(&sql, params![patient, thread, expected], |row| row.get(0))?;
        if there.is_empty() {
            return Ok(Some(expected));
        }
        for seq in there {
            if seq != expected {
                return Ok(Some(expected));
            }
            expected += 1;
        }
    }
    Ok(None)
}
