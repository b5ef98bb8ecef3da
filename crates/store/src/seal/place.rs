//! The place that sealed bytes are bound to, so that a row's ciphertext moved to another row,
//! column, patient or version does not open.

use uuid::Uuid;

/// Where sealed bytes are stored. `row` is the row's primary key without the patient.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    pub patient: Uuid,
    pub table: &'a str,
    pub row: &'a [u8],
    pub column: &'a str,
    pub version: i64,
}

impl<'a> Place<'a> {
    /// A place of a patient's, in a row's first version.
    pub fn of(patient: Uuid, table: &'a str, row: &'a [u8], column: &'a str) -> Self {
        Self { patient, table, row, column, version: 1 }
    }

    /// A place that belongs to no patient, in a row's first version.
    pub fn of_organisation(table: &'a str, row: &'a [u8], column: &'a str) -> Self {
        Self::of(Uuid::nil(), table, row, column)
    }

    /// The same place in another version of the row.
    pub fn version(self, version: i64) -> Self {
        Self { version, ..self }
    }

    /// Associated data: the header, then every part after its length, so that no two places (or
    /// headers) give the same bytes.
    pub(super) fn associated_data(&self, header: &[u8]) -> Vec<u8> {
        let parts: [&[u8]; 5] =
            [header, self.patient.as_bytes(), self.table.as_bytes(), self.row, self.column.as_bytes()];
        let length: usize = parts.iter().map(|part| 8 + part.len()).sum();
        let mut data = Vec::with_capacity(length + 8);
        for part in parts {
            data.extend_from_slice(&(part.len() as u64).to_be_bytes());
            data.extend_from_slice(part);
        }
        data.extend_from_slice(&self.version.to_be_bytes());
        data
    }
}
