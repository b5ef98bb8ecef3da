//! Opening every sealed value at its place: a changed byte, and a value moved from another row or
//! patient, do not open.

use super::beside::{Opened, has_beside};
use super::run::{Checker, Step, rows_of};
use super::sealed_columns::{Owner, SEALED_COLUMNS, SealedColumn};
use crate::db::{Cell, FromValue, Row, StoreError, Tx, Value};
use crate::keys::DataKey;
use crate::seal::{Place, SealError, open};
use domain::id::PatientId;
use std::sync::Arc;
use uuid::Uuid;

/// Values of one page; one can be megabytes.
const PAGE: usize = 200;

/// A part of a primary key, of whatever kind.
struct KeyPart(Value);

impl FromValue for KeyPart {
    const KIND: &'static str = "a part of a key";
    fn from_cell(cell: Cell<'_>) -> Option<Self> {
        Some(KeyPart(match cell {
            Cell::Int(value) => Value::Int(value),
            Cell::Bytes(value) => Value::Bytes(value.to_vec()),
            Cell::Text(value) => Value::Text(value.to_owned()),
            _ => return None,
        }))
    }
}

pub(super) struct SealedValue {
    pub key: Vec<Value>,
    pub patient: PatientId,
    place_row: Vec<u8>,
    version: i64,
    sealed: Vec<u8>,
}

impl Checker<'_> {
    pub(super) fn sealed_columns(&mut self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        let mut total = 0;
        for column in SEALED_COLUMNS {
            total += rows_of(tx, column.table)?;
        }
        for column in SEALED_COLUMNS {
            let mut after = None;
            loop {
                let values = page(tx, column, after.as_deref())?;
                let mut opened: Vec<Opened<'_>> = Vec::new();
                for value in &values {
                    let content = self.open(tx, column, value)?;
                    opened.extend(content.filter(|_| has_beside(column)).map(|content| (value, content)));
                }
                self.beside(tx, column, &opened)?;
                self.progress(Step::SealedColumns, self.report.counts.opened, total);
                if values.len() < PAGE {
                    break;
                }
                after = values.into_iter().next_back().map(|value| value.key);
            }
        }
        Ok(())
    }

    fn open(
        &mut self,
        tx: &mut Tx<'_>,
        column: &SealedColumn,
        value: &SealedValue,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let is_study = column.owner == Owner::Study;
        let place = Place {
            patient: if is_study { PatientId::ORGANISATION.0 } else { value.patient.0 },
            table: column.place_table,
            row: &value.place_row,
            column: column.column,
            version: value.version,
        };
        let opened = if is_study {
            Some(open(&crate::covariate::key(self.vault)?, place, &value.sealed))
        } else if value.patient.is_organisation() {
            Some(open(self.vault.organisation().data(), place, &value.sealed))
        } else {
            self.key(tx, value.patient)?.map(|key| open(&key, place, &value.sealed))
        };
        let what = match opened {
            Some(Ok(content)) => {
                self.report.counts.opened += 1;
                return Ok(Some(content));
            }
            // Kept so that the chain can be followed; nobody can read it any more.
            None if self.shredded.contains(&value.patient) && column.table == "audit_event" => {
                self.report.counts.shredded += 1;
                return Ok(None);
            }
            Some(Err(error)) => format!("{}: {}", column.column, reason(&error)),
            None => format!("{} has no key to open it", column.column),
        };
        self.report.fault(column.table, Some(value.patient), named(column, value), what);
        Ok(None)
    }

    /// A key that does not unwrap is a fault of its own; what it sealed then has no key.
    pub(super) fn key(
        &mut self,
        tx: &mut Tx<'_>,
        patient: PatientId,
    ) -> Result<Option<Arc<DataKey>>, StoreError> {
        if self.keyless == Some(patient) {
            return Ok(None);
        }
        let key = match self.vault.patient(tx, patient) {
            Err(StoreError::Corrupt(_)) => None,
            other => other?,
        };
        if key.is_none() {
            self.keyless = Some(patient);
        }
        Ok(key)
    }
}

fn reason(error: &SealError) -> &'static str {
    match error {
        SealError::Rejected | SealError::Malformed => "a sealed byte was changed, or it was moved here",
        SealError::OtherKey { .. } => "it was sealed with another key",
        _ => "it cannot be opened",
    }
}

/// The value by its primary key.
pub(super) fn named(column: &SealedColumn, value: &SealedValue) -> String {
    let parts = column.key.iter().zip(&value.key).filter(|(name, _)| **name != "patient_id");
    let words: Vec<String> = parts.map(|(name, part)| format!("{name} {}", words(part))).collect();
    words.join(", ")
}

fn words(part: &Value) -> String {
    match part {
        Value::Int(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::Bytes(bytes) => Uuid::from_slice(bytes).unwrap_or_default().to_string(),
        _ => String::new(),
    }
}

fn page(
    tx: &mut Tx<'_>,
    column: &SealedColumn,
    after: Option<&[Value]>,
) -> Result<Vec<SealedValue>, StoreError> {
    let (sql, params) = statement(column, after);
    let (keys, rows) = (column.key.len(), column.place_row.len());
    tx.query(&sql, &params, |row| read(row, keys, rows))
}

fn statement(column: &SealedColumn, after: Option<&[Value]>) -> (String, Vec<Value>) {
    let mut selected: Vec<&str> = column.key.to_vec();
    selected.extend(column.place_row);
    selected.push(if column.owner == Owner::Organisation { "NULL" } else { "patient_id" });
    selected.push(column.version.unwrap_or("1"));
    selected.push(column.column);
    let place = match after {
        None => String::new(),
        Some(after) => {
            let places: Vec<String> = (1..=after.len()).map(|number| format!("${number}")).collect();
            format!(" AND ({}) > ({})", column.key.join(", "), places.join(", "))
        }
    };
    let sql = format!(
        "SELECT {} FROM {} WHERE {} IS NOT NULL{place} ORDER BY {} LIMIT {PAGE}",
        selected.join(", "),
        column.table,
        column.column,
        column.key.join(", ")
    );
    (sql, after.map(<[Value]>::to_vec).unwrap_or_default())
}

fn read(row: &Row<'_>, keys: usize, rows: usize) -> Result<SealedValue, StoreError> {
    let mut key = Vec::with_capacity(keys);
    for index in 0..keys {
        key.push(row.get::<KeyPart>(index)?.0);
    }
    let mut place_row = Vec::with_capacity(16 * rows);
    for index in keys..keys + rows {
        match row.get::<KeyPart>(index)?.0 {
            Value::Int(number) => place_row.extend(number.to_be_bytes()),
            Value::Bytes(bytes) => place_row.extend(bytes),
            _ => return Err(StoreError::Internal("a place has no texts".into())),
        }
    }
    let at = keys + rows;
    Ok(SealedValue {
        key,
        patient: row.get::<Option<PatientId>>(at)?.unwrap_or(PatientId::ORGANISATION),
        place_row,
        version: row.get(at + 1)?,
        sealed: row.get(at + 2)?,
    })
}
