//! Open measures of overall morbidity. Each has its code list with version and source; all end in one of
//! five levels by cuts that are settings. A site's own grouper comes in as `external`, a level.

mod beginnings;
mod charlson;
mod chronic;
mod elixhauser;

pub use charlson::charlson;
pub use chronic::{CHRONIC_VERSION, Chronic, chronic_count};
pub use elixhauser::elixhauser_count;

/// The system of a diagnosis code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum System {
    SnomedCt,
    /// ICD-10 or ICD-10-CM, with or without its point.
    Icd10,
    /// ICD-9-CM, with or without its point.
    Icd9,
}

/// How burdened by disease somebody is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    VeryLow,
    Low,
    Moderate,
    High,
    VeryHigh,
}

impl Level {
    pub const ALL: [Level; 5] = [Level::VeryLow, Level::Low, Level::Moderate, Level::High, Level::VeryHigh];

    pub fn word(self) -> &'static str {
        match self {
            Level::VeryLow => "very_low",
            Level::Low => "low",
            Level::Moderate => "moderate",
            Level::High => "high",
            Level::VeryHigh => "very_high",
        }
    }

    /// The level of an external measure: by its word, or by its number from 1 (very low) to 5.
    pub fn external(text: &str) -> Option<Level> {
        let folded = text.trim().to_lowercase().replace([' ', '-'], "_");
        let by_number = |number: usize| Level::ALL.get(number.checked_sub(1)?).copied();
        let by_word = Level::ALL.into_iter().find(|level| level.word() == folded);
        by_word.or_else(|| by_number(folded.parse().ok()?))
    }
}

/// The smallest counts of the four higher levels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cuts(pub [u32; 4]);

impl Cuts {
    /// For a number of conditions, of the chronic ones or of Elixhauser's: Lix 2013's cuts, with 0 split off.
    pub const COUNT: Cuts = Cuts([1, 3, 6, 10]);
    /// For a Charlson score.
    pub const CHARLSON: Cuts = Cuts([1, 2, 3, 5]);

    /// `None` where the cuts do not rise.
    pub fn new(cuts: [u32; 4]) -> Option<Cuts> {
        cuts.windows(2).all(|pair| pair[0] < pair[1]).then_some(Cuts(cuts))
    }

    pub fn level(self, count: u32) -> Level {
        Level::ALL[self.0.iter().filter(|cut| count >= **cut).count()]
    }
}
