//! The compression dictionaries that sealed bytes name by number. Rule: a number is never
//! reused and a dictionary never changed or removed, or what it packed cannot be read.

use std::sync::OnceLock;

use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// What kind of text is sealed: it chooses how to pack, and stands in the sealed header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dictionary {
    /// Short or incompressible: keys, names, media. Stored as it is.
    Raw,
    /// A FHIR resource or another JSON record.
    Record,
    /// Words that a person wrote: message bodies, subjects, reasons.
    Message,
}

impl Dictionary {
    /// The number of the newest dictionary of this kind; 0 is none.
    pub(crate) fn number(self) -> u8 {
        match self {
            Self::Raw => 0,
            Self::Record => 1,
            Self::Message => 2,
        }
    }
}

/// A dictionary as the program holds it, prepared for both directions once per process.
struct Committed {
    bytes: &'static [u8],
    level: i32,
    prepared: OnceLock<Prepared>,
}

impl Committed {
    const fn new(bytes: &'static [u8], level: i32) -> Self {
        Self { bytes, level, prepared: OnceLock::new() }
    }
}

// Levels by measurement (examples/sealing.rs): what a higher one saves is not worth its time.
static COMMITTED: [Committed; 2] = [
    Committed::new(include_bytes!("dictionary/1.record.zdict"), 3),
    Committed::new(include_bytes!("dictionary/2.message.zdict"), 6),
];

/// A prepared dictionary for both directions.
pub(crate) struct Prepared {
    pub(crate) encoder: EncoderDictionary<'static>,
    pub(crate) decoder: DecoderDictionary<'static>,
}

impl Prepared {
    /// The dictionary of that number; `None` where no version of the program made one.
    pub(crate) fn find(number: u8) -> Option<&'static Self> {
        let committed = COMMITTED.get(usize::from(number).checked_sub(1)?)?;
        Some(committed.prepared.get_or_init(|| Self {
            encoder: EncoderDictionary::copy(committed.bytes, committed.level),
            decoder: DecoderDictionary::copy(committed.bytes),
        }))
    }
}
