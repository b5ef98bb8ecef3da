//! The values of a Parquet column, row by row, whatever its type.

use super::coder::{Coder, Refusal};
use super::names::Names;
use super::tally::NO_CLUSTER;
use ::parquet::basic::ConvertedType;
use ::parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use ::parquet::data_type::{ByteArray, DataType};
use ::parquet::errors::{ParquetError, Result};
use ::parquet::schema::types::ColumnDescriptor;

/// One value.
#[derive(Clone, Copy, Debug)]
pub enum Value<'a> {
    Absent,
    Boolean(bool),
    Integer(i64),
    Float(f64),
    Text(&'a [u8]),
}

impl Value<'_> {
    pub fn code(self, coder: &mut Coder) -> std::result::Result<u16, Refusal> {
        match self {
            Value::Absent => Ok(coder.absent()),
            Value::Boolean(value) => coder.boolean(value),
            Value::Integer(number) => coder.integer(number),
            Value::Float(number) => coder.float(number),
            Value::Text(text) => coder.text(text),
        }
    }

    /// The number of the cluster so named.
    pub fn cluster(self, names: &mut Names, absent: &[String]) -> u32 {
        let written;
        let text = match self {
            Value::Text(text) => text,
            Value::Absent => return NO_CLUSTER,
            Value::Integer(number) => {
                written = number.to_string();
                written.as_bytes()
            }
            Value::Float(number) => {
                written = number.to_string();
                written.as_bytes()
            }
            Value::Boolean(value) => {
                return names.number(if value { b"true" } else { b"false" }).unwrap_or(NO_CLUSTER);
            }
        };
        if text.is_empty() || absent.iter().any(|absent| absent.as_bytes() == text) {
            return NO_CLUSTER;
        }
        names.number(text).unwrap_or(NO_CLUSTER)
    }
}

/// A column of one row group.
pub struct Values {
    reader: ColumnReader,
    max_def: i16,
    is_unsigned: bool,
    levels: Vec<i16>,
}

impl Values {
    pub fn new(reader: ColumnReader, column: &ColumnDescriptor) -> Values {
        let is_unsigned = matches!(
            column.converted_type(),
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64
        );
        Values { reader, max_def: column.max_def_level(), is_unsigned, levels: Vec::new() }
    }

    /// The next rows, at most `count`.
    pub fn read(&mut self, count: usize, mut each: impl FnMut(Value<'_>)) -> Result<()> {
        let (levels, max_def, is_unsigned) = (&mut self.levels, self.max_def, self.is_unsigned);
        let mut rows = Rows { levels, max_def, count };
        match &mut self.reader {
            ColumnReader::BoolColumnReader(reader) => rows.read(reader, |value| each(boolean(value))),
            ColumnReader::Int32ColumnReader(reader) if is_unsigned => {
                rows.read(reader, |value| each(number(value.map(|&it: &i32| i64::from(it.cast_unsigned())))))
            }
            ColumnReader::Int32ColumnReader(reader) => {
                rows.read(reader, |value| each(number(value.map(|&it: &i32| i64::from(it)))))
            }
            ColumnReader::Int64ColumnReader(reader) => rows.read(reader, |value: Option<&i64>| match value {
                Some(&it) if it < 0 && is_unsigned => {
                    each(Value::Text(it.cast_unsigned().to_string().as_bytes()));
                }
                value => each(number(value.copied())),
            }),
            ColumnReader::FloatColumnReader(reader) => {
                rows.read(reader, |value| each(float(value.map(|&it: &f32| f64::from(it)))))
            }
            ColumnReader::DoubleColumnReader(reader) => {
                rows.read(reader, |value: Option<&f64>| each(float(value.copied())))
            }
            ColumnReader::ByteArrayColumnReader(reader) => rows.read(reader, |value: Option<&ByteArray>| {
                each(value.map_or(Value::Absent, |it| Value::Text(it.data())));
            }),
            _ => Err(ParquetError::NYI("a binary column".to_owned())),
        }
    }
}

struct Rows<'a> {
    levels: &'a mut Vec<i16>,
    max_def: i16,
    count: usize,
}

impl Rows<'_> {
    fn read<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        mut each: impl FnMut(Option<&T::T>),
    ) -> Result<()> {
        let mut values: Vec<T::T> = Vec::with_capacity(self.count);
        self.levels.clear();
        reader.read_records(self.count, Some(self.levels), None, &mut values)?;
        if self.max_def == 0 {
            values.iter().for_each(|value| each(Some(value)));
            return Ok(());
        }
        let mut next = values.iter();
        for &level in self.levels.iter() {
            each(if level == self.max_def { next.next() } else { None });
        }
        Ok(())
    }
}

fn boolean(value: Option<&bool>) -> Value<'static> {
    value.map_or(Value::Absent, |&value| Value::Boolean(value))
}

fn number(value: Option<i64>) -> Value<'static> {
    value.map_or(Value::Absent, Value::Integer)
}

fn float(value: Option<f64>) -> Value<'static> {
    value.map_or(Value::Absent, Value::Float)
}
