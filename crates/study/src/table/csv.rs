//! Rows as CSV (RFC 4180, LF).

use super::writer::{Cell, Column, TableError, private};
use std::fs::File;
use std::io::BufWriter;
use std::path::Path;

pub struct CsvRows {
    out: ::csv::Writer<BufWriter<File>>,
    columns: Vec<Column>,
    rows: u64,
}

impl CsvRows {
    pub fn create(path: &Path, columns: Vec<Column>) -> Result<CsvRows, TableError> {
        let file = BufWriter::with_capacity(1 << 20, private(path)?);
        let mut out = ::csv::Writer::from_writer(file);
        out.write_record(columns.iter().map(Column::name)).map_err(std::io::Error::from)?;
        Ok(CsvRows { out, columns, rows: 0 })
    }

    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        self.rows += 1;
        if cells.len() != self.columns.len() {
            return Err(TableError::Row { row: self.rows });
        }
        for (cell, column) in cells.iter().zip(&self.columns) {
            let text = match (cell, column) {
                (Cell::Absent, _) => "",
                (Cell::Outcome(false), Column::Outcome(_)) => "0",
                (Cell::Outcome(true), Column::Outcome(_)) => "1",
                (Cell::Text(text), Column::Text(_)) => text,
                (Cell::Level(level), Column::Levels { levels, .. }) if usize::from(*level) < levels.len() => {
                    &levels[usize::from(*level)]
                }
                _ => return Err(TableError::Row { row: self.rows }),
            };
            self.out.write_field(text).map_err(std::io::Error::from)?;
        }
        self.out.write_record(None::<&[u8]>).map_err(std::io::Error::from)?;
        Ok(())
    }

    pub fn finish(mut self) -> Result<u64, TableError> {
        self.out.flush()?;
        Ok(self.rows)
    }
}
