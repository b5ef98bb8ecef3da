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
            Self::Record | Self::Message => PLAIN,
        }
    }
}

/// zstd without a dictionary.
pub(crate) const PLAIN: u8 = 255;
const LEVEL: i32 = 3;

/// A prepared dictionary for both directions, made once per process.
pub(crate) struct Prepared {
    pub(crate) encoder: EncoderDictionary<'static>,
    pub(crate) decoder: DecoderDictionary<'static>,
}

impl Prepared {
    /// The dictionary of that number; `None` where no version of the program made one.
    pub(crate) fn find(number: u8) -> Option<&'static Self> {
        static PLAIN_ONCE: OnceLock<Prepared> = OnceLock::new();
        let (once, bytes): (&'static OnceLock<Self>, &'static [u8]) = match number {
            PLAIN => (&PLAIN_ONCE, b""),
            _ => return None,
        };
        Some(once.get_or_init(|| Self {
            encoder: EncoderDictionary::copy(bytes, LEVEL),
            decoder: DecoderDictionary::copy(bytes),
        }))
    }
}
