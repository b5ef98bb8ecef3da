//! From a value, text or number, to the code of a level.

use super::columns::{Coding, Columns, Covariate, Missing, Test};
use super::hash::FastMap;

/// The code of a value that is not there.
pub const ABSENT: u16 = u16::MAX;
/// A variable with more is a number that wants bands.
pub const MOST_LEVELS: usize = 4096;

/// How a value is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotALevel,
    NotANumber,
    NotAnOutcome,
    NotUtf8,
    TooManyLevels,
}

enum Kind {
    /// Levels by text; `is_open` where unknown texts become new levels.
    Levels {
        codes: FastMap<Box<[u8]>, u16>,
        found: Vec<Box<[u8]>>,
        is_open: bool,
    },
    /// Upper ends of ascending bands with the codes.
    Bands(Vec<(f64, u16)>),
    Outcome,
    Range {
        least: f64,
        most: f64,
    },
    OneOf(Vec<Box<[u8]>>),
}

/// Codes the values of one column for one use.
pub struct Coder {
    kind: Kind,
    absent: Vec<Box<[u8]>>,
    /// What an absent value is coded as.
    when_absent: u16,
    last: Option<(Box<[u8]>, u16)>,
    integers: FastMap<i64, u16>,
}

impl Coder {
    fn new(kind: Kind, columns: &Columns, when_absent: u16) -> Coder {
        let absent = columns.missing_values.iter().map(|text| text.as_bytes().into()).collect();
        Coder { kind, absent, when_absent, last: None, integers: FastMap::default() }
    }

    /// Codes 0 and 1.
    pub fn outcome(columns: &Columns) -> Coder {
        Coder::new(Kind::Outcome, columns, ABSENT)
    }

    /// Code 1 where the condition holds, otherwise 0.
    pub fn condition(test: &Test, columns: &Columns) -> Coder {
        let kind = match test {
            Test::AtLeast(least) => Kind::Range { least: *least, most: f64::INFINITY },
            Test::AtMost(most) => Kind::Range { least: f64::NEG_INFINITY, most: *most },
            Test::OneOf(values) => Kind::OneOf(values.iter().map(|value| value.as_bytes().into()).collect()),
        };
        Coder::new(kind, columns, 0)
    }

    /// Codes the positions in [`Covariate::ordered_levels`], or found levels in the order met.
    pub fn covariate(covariate: &Covariate, columns: &Columns) -> Coder {
        let ordered = covariate.ordered_levels();
        let code = |name: &str| ordered.iter().position(|level| level == name).unwrap_or_default() as u16;
        let is_level = covariate.missing == Missing::Level;
        let kind = match &covariate.coding {
            // The empty text, never a level itself, keeps code 0 for what is missing.
            Coding::Found => {
                let found = if is_level { vec![Box::default()] } else { Vec::new() };
                Kind::Levels { codes: FastMap::default(), found, is_open: true }
            }
            Coding::Levels(levels) => {
                let values =
                    levels.iter().flat_map(|level| level.values.iter().map(move |value| (level, value)));
                let codes = values.map(|(level, value)| (value.as_bytes().into(), code(&level.name)));
                Kind::Levels { codes: codes.collect(), found: Vec::new(), is_open: false }
            }
            Coding::Bands(bands) => Kind::Bands(
                bands.iter().map(|band| (band.below.unwrap_or(f64::INFINITY), code(&band.name))).collect(),
            ),
        };
        Coder::new(kind, columns, if is_level { ordered.len() as u16 } else { ABSENT })
    }

    pub fn absent(&self) -> u16 {
        self.when_absent
    }

    /// The levels found, by code.
    pub fn into_found(self) -> Vec<Box<[u8]>> {
        match self.kind {
            Kind::Levels { found, .. } => found,
            _ => Vec::new(),
        }
    }

    pub fn text(&mut self, text: &[u8]) -> Result<u16, Refusal> {
        if let Some((last, code)) = &self.last
            && **last == *text
        {
            return Ok(*code);
        }
        if text.is_empty() || self.absent.iter().any(|absent| **absent == *text) {
            return Ok(self.when_absent);
        }
        let code = self.kind.text(text)?;
        if text.len() <= 32 {
            self.last = Some((text.into(), code));
        }
        Ok(code)
    }

    pub fn integer(&mut self, number: i64) -> Result<u16, Refusal> {
        if !self.absent.is_empty() {
            return self.text(number.to_string().as_bytes());
        }
        if let Some(code) = self.kind.number(number as f64)? {
            return Ok(code);
        }
        if let Some(&code) = self.integers.get(&number) {
            return Ok(code);
        }
        let code = self.text(number.to_string().as_bytes())?;
        self.integers.insert(number, code);
        Ok(code)
    }

    pub fn float(&mut self, number: f64) -> Result<u16, Refusal> {
        if number.is_nan() {
            return Ok(self.when_absent);
        }
        if !self.absent.is_empty() {
            return self.text(number.to_string().as_bytes());
        }
        match self.kind.number(number)? {
            Some(code) => Ok(code),
            None => self.text(number.to_string().as_bytes()),
        }
    }

    pub fn boolean(&mut self, value: bool) -> Result<u16, Refusal> {
        match self.kind {
            Kind::Outcome => Ok(u16::from(value)),
            _ => self.text(if value { b"true" } else { b"false" }),
        }
    }
}

impl Kind {
    fn text(&mut self, text: &[u8]) -> Result<u16, Refusal> {
        match self {
            Kind::Outcome => match text {
                b"0" => Ok(0),
                b"1" => Ok(1),
                _ if text.eq_ignore_ascii_case(b"false") => Ok(0),
                _ if text.eq_ignore_ascii_case(b"true") => Ok(1),
                _ => Err(Refusal::NotAnOutcome),
            },
            Kind::OneOf(values) => Ok(u16::from(values.iter().any(|value| **value == *text))),
            Kind::Bands(_) | Kind::Range { .. } => {
                let number = std::str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok());
                let number = number.filter(|number| number.is_finite()).ok_or(Refusal::NotANumber)?;
                Ok(self.number(number)?.unwrap_or_default())
            }
            Kind::Levels { codes, found, is_open } => match codes.get(text) {
                Some(&code) => Ok(code),
                None if !*is_open => Err(Refusal::NotALevel),
                None if found.len() >= MOST_LEVELS => Err(Refusal::TooManyLevels),
                None => {
                    std::str::from_utf8(text).map_err(|_| Refusal::NotUtf8)?;
                    let code = found.len() as u16;
                    found.push(text.into());
                    codes.insert(text.into(), code);
                    Ok(code)
                }
            },
        }
    }

    /// The code where the number itself decides; `None` where its text does.
    fn number(&self, number: f64) -> Result<Option<u16>, Refusal> {
        match self {
            Kind::Outcome if number == 0.0 => Ok(Some(0)),
            Kind::Outcome if number == 1.0 => Ok(Some(1)),
            Kind::Outcome => Err(Refusal::NotAnOutcome),
            Kind::Range { least, most } => Ok(Some(u16::from(number >= *least && number <= *most))),
            Kind::Bands(bands) => {
                let band = bands.iter().find(|(below, _)| number < *below);
                band.map(|(_, code)| Some(*code)).ok_or(Refusal::NotALevel)
            }
            Kind::Levels { .. } | Kind::OneOf(_) => Ok(None),
        }
    }
}

/// What a person reads about a refused value.
pub fn reason(refusal: Refusal, covariate: Option<&Covariate>) -> String {
    match (refusal, covariate) {
        (Refusal::NotALevel, Some(covariate)) => {
            let mut names = covariate.level_names().join(", ");
            if let Coding::Levels(levels) = &covariate.coding {
                names = levels.iter().flat_map(|level| level.values.clone()).collect::<Vec<_>>().join(", ");
            }
            format!("the value is none of {names}")
        }
        (Refusal::NotALevel, None) => "the value is none of those given".to_owned(),
        (Refusal::NotANumber, _) => "the value is not a number".to_owned(),
        (Refusal::NotAnOutcome, _) => "the outcome is not 0, 1, true or false".to_owned(),
        (Refusal::NotUtf8, _) => "the value is not UTF-8 text".to_owned(),
        (Refusal::TooManyLevels, _) => {
            format!("more than {MOST_LEVELS} levels; a number needs bands (a protocol gives them)")
        }
    }
}
