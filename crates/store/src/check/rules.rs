//! Running the rules between tables, and opening every wrapped key.

use super::references::{REFERENCES, Rule};
use super::run::{Checker, Step};
use crate::db::{StoreError, Tx};
use crate::keys::{DataKey, KeyOwner};
use crate::params;
use domain::id::PatientId;
use uuid::Uuid;

/// Rows named per rule; more of the same say nothing new.
const NAMED: usize = 100;
const PAGE: usize = 1000;

type Offender = (Option<PatientId>, Option<Uuid>, Option<i64>);

impl Checker<'_> {
    pub(super) fn rules(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let total = REFERENCES.len() as u64 + 4;
        for rule in REFERENCES {
            self.rule(tx, rule)?;
            self.ruled(total);
        }
        self.wrapped_keys(tx)?;
        self.ruled(total);
        self.sequences(tx)?;
        self.ruled(total);
        self.inbox_counts(tx)?;
        self.ruled(total);
        self.gone(tx)?;
        self.ruled(total);
        Ok(())
    }

    fn ruled(&mut self, total: u64) {
        self.report.counts.rules += 1;
        self.progress(Step::Rules, self.report.counts.rules, total);
    }

    fn rule(&mut self, tx: &mut Tx<'_>, rule: &Rule) -> Result<(), StoreError> {
        let sql = format!("{} LIMIT {NAMED}", rule.sql);
        let offenders: Vec<Offender> =
            tx.query(&sql, &[], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        for (patient, id, number) in offenders {
            let mut row = id.map(|id| id.to_string()).unwrap_or_default();
            if let Some(number) = number {
                row = format!("{row} number {number}");
            }
            self.report.fault(rule.table, patient, row, rule.what);
        }
        Ok(())
    }

    fn wrapped_keys(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let mut after: (Option<Uuid>, i64) = (None, 0);
        loop {
            let sql = format!(
                "SELECT patient_id, key_no, wrapped FROM data_key WHERE (patient_id, key_no) > ($1, $2)
                 ORDER BY patient_id, key_no LIMIT {PAGE}"
            );
            let place = after.0.map_or(Vec::new(), |id| id.as_bytes().to_vec());
            let keys: Vec<(Uuid, i64, Vec<u8>)> =
                tx.query(&sql, params![place, after.1], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            for (id, number, wrapped) in &keys {
                let owner = if id.is_nil() { KeyOwner::Organisation } else { KeyOwner::Patient(*id) };
                let unwrapped = u32::try_from(*number)
                    .ok()
                    .map(|number| DataKey::unwrap(self.vault.roots(), owner, number, wrapped));
                if !matches!(unwrapped, Some(Ok(_))) {
                    let what = "the wrapped key does not open";
                    self.report.fault("data_key", Some(PatientId(*id)), format!("number {number}"), what);
                }
            }
            if keys.len() < PAGE {
                return Ok(());
            }
            if let Some((id, number, _)) = keys.last() {
                after = (Some(*id), *number);
            }
        }
    }
}
