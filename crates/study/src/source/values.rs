//! The values of a Parquet column one by one, whatever their type and encoding.

use super::coder::Coder;
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::{ByteArray, DataType};
use ::parquet::errors::{ParquetError, Result};

/// One value.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Boolean(bool),
    Integer(i64),
    Unsigned(u64),
    Float(f64),
    Text(&'a [u8]),
}

impl Value<'_> {
    pub fn code(self, coder: &mut Coder) -> u32 {
        match self {
            Value::Boolean(value) => coder.boolean(value),
            Value::Integer(number) => coder.integer(number),
            Value::Unsigned(number) => match i64::try_from(number) {
                Ok(number) => coder.integer(number),
                Err(_) => coder.text(number.to_string().as_bytes()),
            },
            Value::Float(number) => coder.float(number),
            Value::Text(text) => coder.text(text),
        }
    }
}

/// A column of one row group.
pub struct Values {
    reader: ColumnReader,
    is_optional: bool,
    is_unsigned: bool,
}

impl Values {
    pub fn new(reader: ColumnReader, is_optional: bool, is_unsigned: bool) -> Values {
        Values { reader, is_optional, is_unsigned }
    }

    /// Appends the codes of the next rows, at most `count`.
    pub fn read(&mut self, count: usize, coder: &mut Coder, out: &mut Vec<u32>) -> Result<()> {
        let is_unsigned = self.is_unsigned;
        let mut rows = Rows { count, is_optional: self.is_optional, coder, out };
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => rows.read(reader, |it| Value::Boolean(*it)),
            ColumnReader::Int32ColumnReader(reader) if is_unsigned => {
                rows.read(reader, |it| Value::Integer(i64::from(it.cast_unsigned())))
            }
            ColumnReader::Int32ColumnReader(reader) => rows.read(reader, |it| Value::Integer(i64::from(*it))),
            ColumnReader::Int64ColumnReader(reader) if is_unsigned => {
                rows.read(reader, |it| Value::Unsigned(it.cast_unsigned()))
            }
            ColumnReader::Int64ColumnReader(reader) => rows.read(reader, |it| Value::Integer(*it)),
            ColumnReader::FloatColumnReader(reader) => rows.read(reader, |it| Value::Float(f64::from(*it))),
            ColumnReader::DoubleColumnReader(reader) => rows.read(reader, |it| Value::Float(*it)),
            ColumnReader::ByteArrayColumnReader(reader) => {
                rows.read(reader, |it: &ByteArray| Value::Text(it.data()))
            }
            _ => Err(ParquetError::NYI("a binary column".to_owned())),
        }
    }
}

struct Rows<'a> {
    count: usize,
    is_optional: bool,
    coder: &'a mut Coder,
    out: &'a mut Vec<u32>,
}

impl Rows<'_> {
    fn read<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        value: impl Fn(&T::T) -> Value<'_>,
    ) -> Result<()> {
        let mut values: Vec<T::T> = Vec::with_capacity(self.count);
        let mut levels = Vec::new();
        reader.read_records(self.count, Some(&mut levels), None, &mut values)?;
        if !self.is_optional {
            self.out.extend(values.iter().map(|it| value(it).code(self.coder)));
            return Ok(());
        }
        let mut next = values.iter();
        for level in levels {
            let present = if level > 0 { next.next() } else { None };
            self.out.push(present.map_or(self.coder.absent(), |it| value(it).code(self.coder)));
        }
        Ok(())
    }
}
