//! What can be read from the record: measures of a row, and the outcomes, each of which also says what one row is.

use super::super::way::STAGES;

/// What one row of a study is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// An adult.
    Adults,
    /// An adult in a calendar month.
    AdultMonths,
    /// The first conversation that a patient began in the window.
    Conversations,
}

/// What may have happened to a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// A message of either side in a thread with a physician; where nothing else is said.
    Exchanged,
    /// A message of the patient's side.
    Sent,
    /// A message of either side within the month.
    ExchangedInMonth,
    /// The first answer, or the closing with a word to the patient, within one working day of the owning team.
    AnsweredInAWorkingDay,
}

impl Happening {
    const ALL: [(&'static str, Happening); 4] = [
        ("exchanged", Happening::Exchanged),
        ("sent", Happening::Sent),
        ("exchanged-in-month", Happening::ExchangedInMonth),
        ("answered-in-a-working-day", Happening::AnsweredInAWorkingDay),
    ];

    /// `Err` tells which there are.
    pub fn named(word: Option<&str>) -> Result<Happening, String> {
        let Some(word) = word else { return Ok(Happening::Exchanged) };
        named(&Happening::ALL, word)
            .ok_or_else(|| format!("the record's outcomes are {}", words(&Happening::ALL)))
    }

    pub fn rows(self) -> Rows {
        match self {
            Happening::Exchanged | Happening::Sent => Rows::Adults,
            Happening::ExchangedInMonth => Rows::AdultMonths,
            Happening::AnsweredInAWorkingDay => Rows::Conversations,
        }
    }
}

/// A value of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Sex,
    Age,
    Race,
    Ethnicity,
    RaceEthnicity,
    Language,
    Insurance,
    /// `chronic_count` in the window.
    Morbidity,
    /// The same in the year before the window.
    MorbidityPriorYear,
    /// Charlson score in the window.
    Charlson,
    /// The number of Elixhauser's conditions in the window.
    Elixhauser,
    Share,
    SharePriorYear,
    /// Of the area where the person lives: its level of deprivation, by the site's table.
    Deprivation,
    /// Whole kilometres from there to the clinic, by the same.
    Distance,
    /// The calendar month of a row that is one.
    Month,
    /// Whether a conversation began in the team's hours.
    Arrived,
    /// A stage of [`STAGES`], by its place.
    Stage(usize),
    /// Until the first answer, or until following ended without one.
    Hours,
    WorkingHours,
    /// Whether there was a first answer while it was followed.
    Replied,
}

/// What a covariate's `measure` may be.
const MEASURES: [(&str, Measure); 17] = [
    ("sex", Measure::Sex),
    ("age", Measure::Age),
    ("race", Measure::Race),
    ("ethnicity", Measure::Ethnicity),
    ("race-ethnicity", Measure::RaceEthnicity),
    ("language", Measure::Language),
    ("insurance", Measure::Insurance),
    ("morbidity", Measure::Morbidity),
    ("morbidity-prior-year", Measure::MorbidityPriorYear),
    ("charlson", Measure::Charlson),
    ("elixhauser", Measure::Elixhauser),
    ("provider-share", Measure::Share),
    ("provider-share-prior-year", Measure::SharePriorYear),
    ("deprivation", Measure::Deprivation),
    ("distance", Measure::Distance),
    ("month", Measure::Month),
    ("arrived", Measure::Arrived),
];

/// Columns that a `[[time]]` may name.
const TIMES: [(&str, Measure); 2] = [("hours", Measure::Hours), ("working_hours", Measure::WorkingHours)];

/// The column that says whether what a `[[time]]` waits for happened.
pub const REPLIED: &str = "replied";

impl Measure {
    /// By a covariate's `measure`; `Err` tells which there are for such rows.
    pub fn of_covariate(word: Option<&str>, rows: Rows) -> Result<Measure, String> {
        let there = MEASURES.into_iter().filter(|(_, measure)| measure.is_of(rows)).collect::<Vec<_>>();
        let found = word.and_then(|word| named(&there, word));
        found.ok_or_else(|| format!("the record's measures are {}", words(&there)))
    }

    /// By the column of a `[[stage]]`: the boards' stages, with underscores.
    pub fn of_stage(column: &str, rows: Rows) -> Result<Measure, String> {
        if rows != Rows::Adults {
            return Err(
                "the record has stages of adults; the outcome's measure is sent or exchanged".to_owned()
            );
        }
        let columns = STAGES.map(|stage| stage.replace('-', "_"));
        let found = columns.iter().position(|known| known == column).map(Measure::Stage);
        found.ok_or_else(|| format!("the record's stages are the columns {}", columns.join(", ")))
    }

    /// By the columns of a `[[time]]`.
    pub fn of_time(column: &str, happened: &str, rows: Rows) -> Result<Measure, String> {
        if rows != Rows::Conversations {
            let reason =
                "the record has times of conversations; the outcome's measure is answered-in-a-working-day";
            return Err(reason.to_owned());
        }
        let found = named(&TIMES, column).filter(|_| happened == REPLIED);
        found.ok_or_else(|| {
            format!("the record's times are the columns {}, happened = \"{REPLIED}\"", words(&TIMES))
        })
    }

    /// Whether rows of a kind have it.
    fn is_of(self, rows: Rows) -> bool {
        match self {
            Measure::Share | Measure::SharePriorYear | Measure::Stage(_) => rows == Rows::Adults,
            Measure::Month => rows == Rows::AdultMonths,
            Measure::Arrived | Measure::Hours | Measure::WorkingHours | Measure::Replied => {
                rows == Rows::Conversations
            }
            _ => true,
        }
    }
}

fn named<T: Copy>(all: &[(&str, T)], word: &str) -> Option<T> {
    all.iter().find(|(name, _)| *name == word).map(|(_, it)| *it)
}

fn words<T>(all: &[(&str, T)]) -> String {
    all.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ")
}
