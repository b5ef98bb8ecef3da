//! What stands in clear beside a sealed value and is made from it: fingerprints and blind tokens. They
//! show an earlier version that was put back, and entries that no search would find any more.

use super::columns::{SealedValue, named};
use super::run::Checker;
use super::sealed_columns::SealedColumn;
use crate::blind::BlindIndex;
use crate::db::{StoreError, Tx, Value};
use crate::params;
use crate::patient::PatientCard;
use crate::patient_token;
use crate::resource::Fingerprints;
use domain::id::PatientId;
use std::collections::BTreeSet;

/// What a resource's content says by which it is recognised and found.
pub struct Said {
    /// The bytes that its fingerprint is over.
    pub canonical: Vec<u8>,
    /// The blind tokens that it must have; those of earlier versions may stand beside them.
    pub tokens: Vec<i64>,
}

/// Reads the JSON of a resource, for which this crate knows too little FHIR; `None` where it is none.
pub type ReadResource = fn(&BlindIndex, &[u8]) -> Option<Said>;

/// A value with what it opened to.
pub(super) type Opened<'v> = (&'v SealedValue, Vec<u8>);

/// Whether something stands beside the values of this column.
pub(super) fn has_beside(column: &SealedColumn) -> bool {
    matches!((column.table, column.column), ("resource", "content") | ("patient", "card"))
}

impl Checker<'_> {
    /// Compares what stands beside a page of values.
    pub(super) fn beside(
        &mut self,
        tx: &mut Tx<'_>,
        column: &SealedColumn,
        opened: &[Opened<'_>],
    ) -> Result<(), StoreError> {
        match column.table {
            "resource" => self.resources(tx, column, opened),
            _ => self.cards(tx, column, opened),
        }
    }

    fn resources(
        &mut self,
        tx: &mut Tx<'_>,
        column: &SealedColumn,
        opened: &[Opened<'_>],
    ) -> Result<(), StoreError> {
        let keys: Vec<Vec<Value>> = opened.iter().map(|(value, _)| value.key.clone()).collect();
        let sql = "SELECT fingerprint FROM resource WHERE patient_id = $1 AND resource_id = $2";
        let stored: Vec<Option<Vec<u8>>> = tx.query_opt_each(sql, &keys, |row| row.get(0))?;
        let mut wanted = Vec::new();
        for ((value, json), stored) in opened.iter().zip(stored) {
            let Some(said) = (self.read)(self.vault.organisation().blind(), json) else {
                self.beside_fault("resource", column, value, "content is no FHIR resource");
                continue;
            };
            let made = self.fingerprint(tx, value.patient, &said.canonical)?;
            if made.map(Vec::from) != stored {
                let what = "fingerprint is not its content's: an earlier version was put back, or the \
                            fingerprint was changed";
                self.beside_fault("resource", column, value, what);
            }
            wanted.extend(said.tokens.into_iter().map(|token| (*value, token)));
        }
        self.tokens(tx, column, &wanted)
    }

    fn fingerprint(
        &mut self,
        tx: &mut Tx<'_>,
        patient: PatientId,
        canonical: &[u8],
    ) -> Result<Option<[u8; 16]>, StoreError> {
        if self.fingerprints.as_ref().is_none_or(|(of, _)| *of != patient) {
            let made = if patient.is_organisation() {
                Fingerprints::of(self.vault.organisation().data())?
            } else {
                let Some(key) = self.key(tx, patient)? else { return Ok(None) };
                Fingerprints::of(&key)?
            };
            self.fingerprints = Some((patient, made));
        }
        Ok(self.fingerprints.as_ref().map(|(_, made)| made.fingerprint(canonical)))
    }

    fn tokens(
        &mut self,
        tx: &mut Tx<'_>,
        column: &SealedColumn,
        wanted: &[(&SealedValue, i64)],
    ) -> Result<(), StoreError> {
        let each: Vec<Vec<Value>> = wanted
            .iter()
            .map(|(value, token)| [&[Value::from(*token)], value.key.as_slice()].concat())
            .collect();
        let sql = "SELECT 1 FROM resource_token WHERE token = $1 AND patient_id = $2 AND resource_id = $3";
        let found: Vec<Option<i64>> = tx.query_opt_each(sql, &each, |row| row.get(0))?;
        let mut told: Option<&SealedValue> = None;
        for ((value, _), _) in wanted.iter().zip(found).filter(|(_, found)| found.is_none()) {
            if !told.is_some_and(|told| std::ptr::eq(told, *value)) {
                let what = "a blind token of the resource is missing: nothing finds it by that";
                self.beside_fault("resource_token", column, value, what);
                told = Some(*value);
            }
        }
        Ok(())
    }

    fn cards(
        &mut self,
        tx: &mut Tx<'_>,
        column: &SealedColumn,
        opened: &[Opened<'_>],
    ) -> Result<(), StoreError> {
        for (value, json) in opened {
            let Ok(card) = serde_json::from_slice::<PatientCard>(json) else {
                self.beside_fault("patient", column, value, "card is none");
                continue;
            };
            let sql = "SELECT token FROM patient_token WHERE patient_id = $1";
            let stored: Vec<i64> = tx.query(sql, params![value.patient], |row| row.get(0))?;
            let made = patient_token::of_card(self.vault.organisation().blind(), &card);
            if stored.into_iter().collect::<BTreeSet<i64>>() != made {
                let what =
                    "the blind tokens are not those of the card: a search misses or mistakes the patient";
                self.beside_fault("patient_token", column, value, what);
            }
        }
        Ok(())
    }

    fn beside_fault(&mut self, table: &'static str, column: &SealedColumn, value: &SealedValue, what: &str) {
        self.report.fault(table, Some(value.patient), named(column, value), what);
    }
}
