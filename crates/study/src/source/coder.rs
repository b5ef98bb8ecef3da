//! From a value, text or number, to the code of a level.

use super::codes::Codes;
use super::columns::{Coding, Columns, Covariate, MISSING_LEVEL, Missing, Test};
use super::gathered::Gathered;
use super::register::Register;
use std::sync::Arc;

/// The code of a value that is not there.
pub const ABSENT: u32 = u32::MAX;
/// No value has this code.
pub const NO_CODE: u32 = ABSENT - 1;
/// Codes from here on are no levels: absent, or refused for a reason.
pub const NO_LEVEL: u32 = NO_CODE - Refusal::ALL.len() as u32;
/// A variable with more is a number that wants bands.
pub const MOST_LEVELS: u32 = 4096;

/// Values whose code is remembered; clusters and levels always are.
const MOST_KNOWN: usize = 1 << 16;

/// How a value is not one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    NotALevel,
    NotANumber,
    NotAnOutcome,
    NotUtf8,
    TooMany,
}

impl Refusal {
    const ALL: [Refusal; 5] =
        [Refusal::NotALevel, Refusal::NotANumber, Refusal::NotAnOutcome, Refusal::NotUtf8, Refusal::TooMany];

    fn code(self) -> u32 {
        NO_LEVEL + self as u32
    }

    /// The refusal that a code stands for.
    pub fn of(code: u32) -> Option<Refusal> {
        Refusal::ALL.get(code.checked_sub(NO_LEVEL)? as usize).copied()
    }
}

/// What a value means that is not known yet.
enum Kind {
    /// A number below the first of these ends that is above it.
    Bands(Vec<(f64, u32)>),
    Outcome,
    Range {
        least: f64,
        most: f64,
    },
    /// A new level, or a new cluster.
    New(Arc<Register<u8>>),
    Other(Result<u32, Refusal>),
}

/// Codes the values of one column for one use.
pub struct Coder {
    kind: Kind,
    /// What an absent value is coded as.
    when_absent: u32,
    /// Numbers too are compared with these, by their text.
    has_absent_values: bool,
    texts: Codes,
    integers: Codes,
}

impl Coder {
    fn new(kind: Kind, columns: &Columns, when_absent: u32) -> Coder {
        let mut coder = Coder {
            kind,
            when_absent,
            has_absent_values: !columns.missing_values.is_empty(),
            texts: Codes::new(),
            integers: Codes::new(),
        };
        coder.know([("", when_absent)]);
        coder.know(columns.missing_values.iter().map(|value| (value.as_str(), when_absent)));
        coder
    }

    /// Learns the codes of values; absent ones stay absent.
    fn know<'v>(&mut self, values: impl IntoIterator<Item = (&'v str, u32)>) {
        for (value, code) in values {
            if self.texts.get(value.as_bytes()).is_none() {
                self.texts.set(value.as_bytes(), code);
            }
        }
    }

    /// A coder for each of the uses, in the order of [`Columns::uses`].
    pub fn all(columns: &Columns, gathered: &Gathered) -> Vec<Coder> {
        let conditions = columns.conditions.iter().map(|it| Coder::condition(&it.test, columns));
        let cluster = Coder::new(Kind::New(Arc::clone(&gathered.clusters)), columns, ABSENT);
        let covariates = columns.covariates.iter().zip(&gathered.levels);
        let covariates = covariates.map(|(it, levels)| Coder::covariate(it, columns, levels));
        let outcome = Coder::new(Kind::Outcome, columns, ABSENT);
        conditions.chain([outcome, cluster]).chain(covariates).collect()
    }

    /// Code 1 where the condition holds, otherwise 0.
    fn condition(test: &Test, columns: &Columns) -> Coder {
        let kind = match test {
            Test::AtLeast(least) => Kind::Range { least: *least, most: f64::INFINITY },
            Test::AtMost(most) => Kind::Range { least: f64::NEG_INFINITY, most: *most },
            Test::OneOf(_) => Kind::Other(Ok(0)),
        };
        let mut coder = Coder::new(kind, columns, 0);
        if let Test::OneOf(values) = test {
            coder.know(values.iter().map(|value| (value.as_str(), 1)));
        }
        coder
    }

    /// Codes the positions in [`Covariate::ordered_levels`], or the numbers of the levels found.
    pub fn covariate(covariate: &Covariate, columns: &Columns, found: &Arc<Register<u8>>) -> Coder {
        let ordered = covariate.ordered_levels();
        let code = |name: &str| ordered.iter().position(|level| level == name).unwrap_or_default() as u32;
        let kind = match &covariate.coding {
            Coding::Found => Kind::New(Arc::clone(found)),
            Coding::Levels(_) => Kind::Other(Err(Refusal::NotALevel)),
            Coding::Bands(bands) => Kind::Bands(
                bands.iter().map(|band| (band.below.unwrap_or(f64::INFINITY), code(&band.name))).collect(),
            ),
        };
        let is_level = covariate.missing == Missing::Level;
        let mut coder = Coder::new(kind, columns, if is_level { ordered.len() as u32 } else { ABSENT });
        match &covariate.coding {
            Coding::Levels(levels) => {
                for level in levels {
                    coder.know(level.values.iter().map(|value| (value.as_str(), code(&level.name))));
                }
            }
            Coding::Found => {
                let absent = coder.when_absent;
                coder.know([(MISSING_LEVEL, absent)]);
            }
            Coding::Bands(_) => {}
        }
        coder
    }

    pub fn absent(&self) -> u32 {
        self.when_absent
    }

    pub fn text(&mut self, text: &[u8]) -> u32 {
        if let Some(code) = self.texts.get(text) {
            return code;
        }
        let code = self.kind.text(text).unwrap_or_else(Refusal::code);
        if self.remembers(&self.texts) {
            self.texts.set(text, code);
        }
        code
    }

    fn remembers(&self, codes: &Codes) -> bool {
        codes.len() < MOST_KNOWN || matches!(self.kind, Kind::New(_))
    }

    pub fn integer(&mut self, number: i64) -> u32 {
        if !self.has_absent_values
            && let Some(code) = self.kind.number(number as f64)
        {
            return code.unwrap_or_else(Refusal::code);
        }
        if let Some(code) = self.integers.get(&number.to_le_bytes()) {
            return code;
        }
        let code = self.text(number.to_string().as_bytes());
        if self.remembers(&self.integers) {
            self.integers.set(&number.to_le_bytes(), code);
        }
        code
    }

    pub fn float(&mut self, number: f64) -> u32 {
        if number.is_nan() {
            return self.when_absent;
        }
        match self.kind.number(number) {
            Some(code) if !self.has_absent_values => code.unwrap_or_else(Refusal::code),
            _ => self.text(number.to_string().as_bytes()),
        }
    }

    pub fn boolean(&mut self, value: bool) -> u32 {
        match self.kind {
            Kind::Outcome => u32::from(value),
            _ => self.text(if value { b"true" } else { b"false" }),
        }
    }
}

impl Kind {
    fn text(&self, text: &[u8]) -> Result<u32, Refusal> {
        match self {
            Kind::Outcome => match text {
                b"0" => Ok(0),
                b"1" => Ok(1),
                _ if text.eq_ignore_ascii_case(b"false") => Ok(0),
                _ if text.eq_ignore_ascii_case(b"true") => Ok(1),
                _ => Err(Refusal::NotAnOutcome),
            },
            Kind::Bands(_) | Kind::Range { .. } => {
                let number = std::str::from_utf8(text).ok().and_then(|text| text.parse::<f64>().ok());
                let number = number.filter(|number| number.is_finite()).ok_or(Refusal::NotANumber)?;
                self.number(number).unwrap_or(Err(Refusal::NotANumber))
            }
            Kind::New(register) => {
                std::str::from_utf8(text).map_err(|_| Refusal::NotUtf8)?;
                register.number(text).ok_or(Refusal::TooMany)
            }
            Kind::Other(code) => *code,
        }
    }

    /// The code where the number itself decides; `None` where its text does.
    fn number(&self, number: f64) -> Option<Result<u32, Refusal>> {
        match self {
            Kind::Outcome if number == 0.0 => Some(Ok(0)),
            Kind::Outcome if number == 1.0 => Some(Ok(1)),
            Kind::Outcome => Some(Err(Refusal::NotAnOutcome)),
            Kind::Range { least, most } => Some(Ok(u32::from(number >= *least && number <= *most))),
            Kind::Bands(bands) => {
                let band = bands.iter().find(|(below, _)| number < *below);
                Some(band.map(|(_, code)| *code).ok_or(Refusal::NotALevel))
            }
            Kind::New(_) | Kind::Other(_) => None,
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
        (Refusal::TooMany, _) => {
            format!("more than {MOST_LEVELS} levels; a number needs bands (a protocol gives them)")
        }
    }
}
