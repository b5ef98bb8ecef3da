//! Rows as Parquet: dictionary pages, zstd, a million rows to the row group so that readers can share them.

use super::writer::{Cell, Column, TableError, private};
use ::parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical, ZstdLevel};
use ::parquet::data_type::{ByteArray, ByteArrayType, Int32Type};
use ::parquet::file::properties::WriterProperties;
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::Type;
use std::collections::HashMap;
use std::fs::File;
use std::path::Path;
use std::sync::Arc;

const GROUP_ROWS: usize = 1_000_000;
/// Room for the names of some 100,000 clusters; beyond it each row would hold its name.
const DICTIONARY_BYTES: usize = 4 << 20;

/// The values of a column in the row group.
#[derive(Default)]
struct Values {
    /// 1 where there is a value.
    present: Vec<i16>,
    numbers: Vec<i32>,
    texts: Vec<ByteArray>,
    /// One allocation for each distinct text.
    known: HashMap<String, ByteArray>,
}

pub struct ParquetRows {
    out: SerializedFileWriter<File>,
    columns: Vec<Column>,
    values: Vec<Values>,
    rows: u64,
}

impl ParquetRows {
    pub fn create(path: &Path, columns: Vec<Column>) -> Result<ParquetRows, TableError> {
        let fields = columns.iter().map(field).collect::<Result<Vec<_>, TableError>>()?;
        let schema = Type::group_type_builder("rows").with_fields(fields).build()?;
        let properties = WriterProperties::builder()
            .set_compression(Compression::ZSTD(ZstdLevel::default()))
            .set_dictionary_page_size_limit(DICTIONARY_BYTES);
        let file = private(path)?;
        let out = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties.build()))?;
        let values = columns.iter().map(|_| Values::default()).collect();
        Ok(ParquetRows { out, columns, values, rows: 0 })
    }

    pub fn row(&mut self, cells: &[Cell<'_>]) -> Result<(), TableError> {
        self.rows += 1;
        let is_whole = cells.len() == self.columns.len();
        let is_right = is_whole
            && cells
                .iter()
                .zip(&self.columns)
                .zip(&mut self.values)
                .all(|((cell, column), values)| values.push(cell, column));
        if !is_right {
            return Err(TableError::Row { row: self.rows });
        }
        if self.rows.is_multiple_of(GROUP_ROWS as u64) {
            self.flush()?;
        }
        Ok(())
    }

    pub fn finish(mut self) -> Result<u64, TableError> {
        if !self.rows.is_multiple_of(GROUP_ROWS as u64) {
            self.flush()?;
        }
        self.out.close()?;
        Ok(self.rows)
    }

    fn flush(&mut self) -> Result<(), TableError> {
        let mut group = self.out.next_row_group()?;
        for values in &mut self.values {
            let Some(column) = group.next_column()? else { break };
            values.write(column)?;
        }
        group.close()?;
        Ok(())
    }
}

fn field(column: &Column) -> Result<Arc<Type>, TableError> {
    let builder = match column {
        Column::Outcome(name) => Type::primitive_type_builder(name, Physical::INT32),
        Column::Text(name) | Column::Levels { name, .. } => {
            Type::primitive_type_builder(name, Physical::BYTE_ARRAY).with_converted_type(ConvertedType::UTF8)
        }
    };
    Ok(Arc::new(builder.with_repetition(Repetition::OPTIONAL).build()?))
}

impl Values {
    /// Appends a value; false where it is not one of the column's kind.
    fn push(&mut self, cell: &Cell<'_>, column: &Column) -> bool {
        match (cell, column) {
            (Cell::Absent, _) => {}
            (Cell::Outcome(value), Column::Outcome(_)) => self.numbers.push(i32::from(*value)),
            (Cell::Text(text), Column::Text(_)) => self.text(text),
            (Cell::Level(level), Column::Levels { levels, .. }) => match levels.get(usize::from(*level)) {
                Some(name) => self.text(name),
                None => return false,
            },
            _ => return false,
        }
        self.present.push(i16::from(*cell != Cell::Absent));
        true
    }

    fn text(&mut self, text: &str) {
        if let Some(known) = self.known.get(text) {
            return self.texts.push(known.clone());
        }
        let bytes = ByteArray::from(text);
        self.known.insert(text.to_owned(), bytes.clone());
        self.texts.push(bytes);
    }

    fn write(&mut self, mut column: SerializedColumnWriter<'_>) -> Result<(), TableError> {
        match column.untyped() {
            ::parquet::column::writer::ColumnWriter::Int32ColumnWriter(_) => {
                column.typed::<Int32Type>().write_batch(&self.numbers, Some(&self.present), None)?;
            }
            _ => {
                column.typed::<ByteArrayType>().write_batch(&self.texts, Some(&self.present), None)?;
            }
        }
        column.close()?;
        self.present.clear();
        self.numbers.clear();
        self.texts.clear();
        Ok(())
    }
}
