//! The hash of a stored row: SHA-256 over its fields in column order, each with its kind and
//! length, so that no two rows share an encoding.

use ring::digest::{Context, SHA256};

/// Hashes the fields of one row, in an order that the table fixes.
pub struct StoredRow(Context);

impl StoredRow {
    /// Begins a row of a table.
    pub fn of(table: &str) -> Self {
        let mut context = Context::new(&SHA256);
        context.update(b"samechart stored row v1");
        Self(context).text(table)
    }

    /// Adds an absent value.
    pub fn null(self) -> Self {
        self.field(0, &[])
    }

    /// Adds an integer or a time.
    pub fn integer(self, value: i64) -> Self {
        self.field(1, &value.to_be_bytes())
    }

    /// Adds a text.
    pub fn text(self, value: &str) -> Self {
        self.field(2, value.as_bytes())
    }

    /// Adds bytes: an id or a ciphertext.
    pub fn bytes(self, value: &[u8]) -> Self {
        self.field(3, value)
    }

    /// Adds a boolean.
    pub fn boolean(self, value: bool) -> Self {
        self.field(4, &[u8::from(value)])
    }

    /// Adds an optional integer.
    pub fn integer_or_null(self, value: Option<i64>) -> Self {
        match value {
            Some(value) => self.integer(value),
            None => self.null(),
        }
    }

    /// Adds an optional text.
    pub fn text_or_null(self, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.text(value),
            None => self.null(),
        }
    }

    /// Adds optional bytes.
    pub fn bytes_or_null(self, value: Option<&[u8]>) -> Self {
        match value {
            Some(value) => self.bytes(value),
            None => self.null(),
        }
    }

    /// The row's hash.
    pub fn hash(self) -> [u8; 32] {
        let mut hash = [0; 32];
        hash.copy_from_slice(self.0.finish().as_ref());
        hash
    }

    fn field(mut self, kind: u8, value: &[u8]) -> Self {
        self.0.update(&[kind]);
        self.0.update(&(value.len() as u64).to_be_bytes());
        self.0.update(value);
        self
    }
}
