//! The batches against the lines of an anchor file kept elsewhere: what shows a database that was
//! rolled back, or a cut end that is whole in itself.

use super::run::{Checker, Step};
use crate::audit_seal::{Batch, last_batch};
use crate::db::{StoreError, Tx, Value};
use std::collections::HashMap;

const LINES: usize = 500;

/// Anchored batches that the database has not, as one fault.
#[derive(Default)]
struct Gone {
    first: i64,
    last: i64,
    batches: u64,
}

impl Checker<'_> {
    /// Compares the lines in the order of the file; they count up by one.
    pub fn anchor(
        &mut self,
        tx: &mut Tx<'_>,
        lines: impl IntoIterator<Item = Batch>,
    ) -> Result<(), StoreError> {
        let newest = last_batch(tx)?.map_or(0, |batch| batch.no);
        let mut lines = lines.into_iter().peekable();
        let mut previous = None;
        let mut gone = Gone::default();
        while lines.peek().is_some() {
            let some: Vec<Batch> = lines.by_ref().take(LINES).collect();
            let stored = stored(tx, &some)?;
            for line in &some {
                self.order(previous, line.no);
                self.line(line, stored.get(&line.no), &mut gone);
                previous = Some(line.no);
            }
            self.report.counts.anchored += some.len() as u64;
            let done = self.report.counts.anchored;
            self.progress(Step::Anchor, done, done.max(u64::try_from(newest).unwrap_or(0)));
        }
        if gone.batches > 0 {
            let row = format!("batches {} to {}", gone.first, gone.last);
            let what = format!(
                "{} anchored batches are not in the database: it was rolled back, or its end was cut off",
                gone.batches
            );
            self.report.fault("audit_batch", None, row, what);
        }
        self.report.counts.after_anchor = u64::try_from(newest - previous.unwrap_or(0)).unwrap_or(0);
        Ok(())
    }

    fn order(&mut self, previous: Option<i64>, no: i64) {
        let Some(previous) = previous else { return };
        if no <= previous {
            let what = format!(
                "it follows batch {previous}: the database was rolled back and sealed on, or the file was changed"
            );
            self.report.fault("anchor file", None, format!("batch {no}"), what);
        } else if no != previous + 1 {
            let what = format!("lines are missing between batch {previous} and this one");
            self.report.fault("anchor file", None, format!("batch {no}"), what);
        }
    }

    fn line(&mut self, line: &Batch, stored: Option<&Batch>, gone: &mut Gone) {
        match stored {
            Some(stored) if stored == line => {}
            Some(_) => {
                let what = "is not the batch that was anchored";
                self.report.fault("audit_batch", None, format!("batch {}", line.no), what);
            }
            None => {
                gone.first = if gone.batches == 0 { line.no } else { gone.first.min(line.no) };
                gone.last = gone.last.max(line.no);
                gone.batches += 1;
            }
        }
    }
}

fn stored(tx: &mut Tx<'_>, lines: &[Batch]) -> Result<HashMap<i64, Batch>, StoreError> {
    let places: Vec<String> = (1..=lines.len()).map(|number| format!("${number}")).collect();
    let numbers: Vec<Value> = lines.iter().map(|line| Value::from(line.no)).collect();
    let sql = format!("SELECT no, at, events, mac FROM audit_batch WHERE no IN ({})", places.join(", "));
    let rows = tx.query(&sql, &numbers, |row| {
        let mac: Vec<u8> = row.get(3)?;
        let mac = mac.try_into().unwrap_or([0; 32]);
        Ok(Batch { no: row.get(0)?, at: row.get(1)?, events: row.get(2)?, mac })
    })?;
    Ok(rows.into_iter().map(|batch| (batch.no, batch)).collect())
}
