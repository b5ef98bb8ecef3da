//! A Parquet column page by page: a dictionary's values are coded once, and rows become codes without becoming
//! values first. What other encodings hold goes through [`super::values`].

use super::coder::{Coder, NO_CODE};
use super::hybrid::Hybrid;
use super::values::Value;
use ::parquet::basic::{Encoding, Type as Physical};
use ::parquet::column::page::{Page, PageReader};
use ::parquet::errors::{ParquetError, Result};
use ::parquet::file::metadata::ColumnChunkMetaData;

/// Where there is a value, in the levels.
const PRESENT: [u32; 2] = [0, 1];

/// A column of one row group.
pub struct Pages {
    reader: Box<dyn PageReader>,
    form: Form,
    is_optional: bool,
    /// The codes of the dictionary's values; of a column of booleans, those of the two.
    dictionary: Vec<u32>,
    page: Option<Data>,
    levels: Vec<u32>,
    values: Vec<u32>,
}

/// How one value is written.
#[derive(Clone, Copy)]
struct Form {
    physical: Physical,
    is_unsigned: bool,
}

/// A page, and how far it is read.
struct Data {
    page: Page,
    rows_left: usize,
    levels: Option<Hybrid>,
    values: Values,
}

enum Values {
    /// Places in the dictionary.
    Coded(Hybrid),
    /// One after another, from here on.
    Plain(usize),
}

impl Pages {
    /// Whether a column's pages are all of those forms that this can read.
    pub fn can_read(chunk: &ColumnChunkMetaData) -> bool {
        #[allow(deprecated, reason = "files of old writers name it for levels that they do not have")]
        let known = [
            Encoding::PLAIN,
            Encoding::PLAIN_DICTIONARY,
            Encoding::RLE_DICTIONARY,
            Encoding::RLE,
            Encoding::BIT_PACKED,
        ];
        chunk.encodings().all(|encoding| known.contains(&encoding))
    }

    pub fn new(
        reader: Box<dyn PageReader>,
        chunk: &ColumnChunkMetaData,
        is_unsigned: bool,
        coder: &mut Coder,
    ) -> Pages {
        let physical = chunk.column_type();
        let dictionary = match physical {
            Physical::BOOLEAN => vec![coder.boolean(false), coder.boolean(true)],
            _ => Vec::new(),
        };
        Pages {
            reader,
            form: Form { physical, is_unsigned },
            is_optional: chunk.column_descr().max_def_level() > 0,
            dictionary,
            page: None,
            levels: Vec::new(),
            values: Vec::new(),
        }
    }

    /// Appends the codes of the next rows, at most `count`.
    pub fn read(&mut self, count: usize, coder: &mut Coder, out: &mut Vec<u32>) -> Result<()> {
        let mut wanted = count;
        while wanted > 0 {
            match &mut self.page {
                Some(data) if data.rows_left > 0 => {
                    let rows = wanted.min(data.rows_left);
                    data.rows_left -= rows;
                    self.rows(rows, coder, out).ok_or_else(torn)?;
                    wanted -= rows;
                }
                _ => match self.reader.get_next_page()? {
                    Some(page) => self.turn(page, coder)?,
                    None => break,
                },
            }
        }
        match out.contains(&NO_CODE) {
            true => Err(torn()),
            false => Ok(()),
        }
    }

    fn turn(&mut self, page: Page, coder: &mut Coder) -> Result<()> {
        if let Page::DictionaryPage { buf, num_values, .. } = &page {
            self.dictionary.clear();
            let values = self.form.read(buf, *num_values as usize, coder, &mut self.dictionary);
            return values.map(|_| ()).ok_or_else(torn);
        }
        self.page = Some(self.open(page)?);
        Ok(())
    }

    /// Finds levels and values in a page of rows.
    fn open(&self, page: Page) -> Result<Data> {
        let bytes = page.buffer();
        let (levels, at) = match &page {
            Page::DataPageV2 { def_levels_byte_len, rep_levels_byte_len, .. } => {
                let start = *rep_levels_byte_len as usize;
                (start, start + *def_levels_byte_len as usize)
            }
            Page::DataPage { def_level_encoding: Encoding::RLE, .. } if self.is_optional => {
                (4, length(bytes, 0).and_then(|length| length.checked_add(4)).ok_or_else(torn)?)
            }
            Page::DataPage { .. } if self.is_optional => {
                return Err(ParquetError::NYI("levels in the form given up in 2013".to_owned()));
            }
            _ => (0, 0),
        };
        if at > bytes.len() {
            return Err(torn());
        }
        let values = match (page.encoding(), self.form.physical) {
            (Encoding::PLAIN, Physical::BOOLEAN) => Some(Values::Coded(Hybrid::bits(at, bytes.len()))),
            (Encoding::PLAIN, _) => Some(Values::Plain(at)),
            (Encoding::RLE, Physical::BOOLEAN) => Hybrid::new(at + 4, bytes.len(), 1).map(Values::Coded),
            (Encoding::PLAIN_DICTIONARY | Encoding::RLE_DICTIONARY, _) => {
                let width = bytes.get(at).copied().unwrap_or_default();
                Hybrid::new(at + 1, bytes.len(), width).map(Values::Coded)
            }
            (encoding, _) => {
                return Err(ParquetError::NYI(format!("a page of {encoding} where none was told")));
            }
        };
        let levels = if self.is_optional { Hybrid::new(levels, at, 1) } else { None };
        Ok(Data { rows_left: page.num_values() as usize, levels, values: values.ok_or_else(torn)?, page })
    }

    /// Rows of the page; `None` where it is shorter than it says.
    fn rows(&mut self, rows: usize, coder: &mut Coder, out: &mut Vec<u32>) -> Option<()> {
        let data = self.page.as_mut()?;
        let bytes = data.page.buffer();
        self.levels.clear();
        let mut present = rows;
        if let Some(levels) = &mut data.levels {
            levels.read(bytes, rows, &PRESENT, &mut self.levels)?;
            present = self.levels.iter().filter(|level| **level == 1).count();
        }
        let is_whole = present == rows;
        self.values.clear();
        let values = if is_whole { &mut *out } else { &mut self.values };
        match &mut data.values {
            Values::Coded(hybrid) => hybrid.read(bytes, present, &self.dictionary, values)?,
            Values::Plain(at) => *at += self.form.read(bytes.get(*at..)?, present, coder, values)?,
        }
        if !is_whole {
            let mut values = self.values.iter();
            let absent = coder.absent();
            let code =
                |level: &u32| if *level == 1 { values.next().copied().unwrap_or(NO_CODE) } else { absent };
            out.extend(self.levels.iter().map(code));
        }
        Some(())
    }
}

impl Form {
    /// Codes the values with which the bytes begin; answers how many bytes those are.
    fn read(self, bytes: &[u8], count: usize, coder: &mut Coder, out: &mut Vec<u32>) -> Option<usize> {
        let width = match self.physical {
            Physical::INT32 | Physical::FLOAT => 4,
            Physical::INT64 | Physical::DOUBLE => 8,
            _ => return texts(bytes, count, coder, out),
        };
        let length = count.checked_mul(width)?;
        let values = bytes.get(..length)?.chunks_exact(width);
        out.extend(values.map(|value| self.value(value).code(coder)));
        Some(length)
    }

    fn value(self, bytes: &[u8]) -> Value<'static> {
        let word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u64::from(*byte));
        match self.physical {
            Physical::FLOAT => Value::Float(f64::from(f32::from_bits(word as u32))),
            Physical::DOUBLE => Value::Float(f64::from_bits(word)),
            Physical::INT32 if !self.is_unsigned => Value::Integer(i64::from((word as u32).cast_signed())),
            _ if self.is_unsigned => Value::Unsigned(word),
            _ => Value::Integer(word.cast_signed()),
        }
    }
}

/// Texts, each with its length before it.
fn texts(bytes: &[u8], count: usize, coder: &mut Coder, out: &mut Vec<u32>) -> Option<usize> {
    let mut at = 0usize;
    for _ in 0..count {
        let start = at + 4;
        let end = start.checked_add(length(bytes, at)?)?;
        out.push(coder.text(bytes.get(start..end)?));
        at = end;
    }
    Some(at)
}

fn length(bytes: &[u8], at: usize) -> Option<usize> {
    let length = bytes.get(at..)?.first_chunk()?;
    usize::try_from(u32::from_le_bytes(*length)).ok()
}

fn torn() -> ParquetError {
    ParquetError::General("a page does not hold what it says".to_owned())
}
