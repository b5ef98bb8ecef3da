//! What a protocol asks of the record: each covariate's `measure` names one of ours.

use jiff::civil::Date;
use std::fmt;
use study::protocol::Protocol;
use study::source::Coding;

/// What can be read from the covariate rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    Sex,
    Age,
    Race,
    Ethnicity,
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
}

impl Measure {
    const ALL: [(&'static str, Measure); 14] = [
        ("sex", Measure::Sex),
        ("age", Measure::Age),
        ("race", Measure::Race),
        ("ethnicity", Measure::Ethnicity),
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
    ];
}

/// One column of the extract.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub column: String,
    pub measure: Measure,
    /// Bands of a level's name, for an age or a distance.
    pub bands: Vec<Band>,
}

/// Whole years or kilometres from..=until under a level's name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Band {
    pub name: String,
    pub from: i16,
    pub until: i16,
}

/// What is read for a protocol.
#[derive(Clone, Debug, PartialEq)]
pub struct ExtractPlan {
    pub(super) from: Date,
    /// The window's last day.
    pub(super) to: Date,
    /// The first of the month of the index date: ages are known by the month.
    pub(super) index: Date,
    pub(super) wanted: Vec<Wanted>,
}

/// A protocol that the record cannot answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError {
    /// The setting that asks for what is not there, and the name that finds it in the text.
    pub setting: &'static str,
    pub named: String,
    pub reason: String,
}

impl fmt::Display for PlanError {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        let between = if self.named.is_empty() { "" } else { " " };
        write!(to, "{}{between}{}: {}", self.setting, self.named, self.reason)
    }
}

fn about(setting: &'static str, named: &str, reason: impl Into<String>) -> PlanError {
    PlanError { setting, named: named.to_owned(), reason: reason.into() }
}

impl ExtractPlan {
    /// `Err` where the protocol has no window, or asks for what the record does not have.
    pub fn of(protocol: &Protocol) -> Result<ExtractPlan, PlanError> {
        let window = protocol.window.as_ref().ok_or_else(|| about("window", "", "the record needs one"))?;
        let day =
            |text: &str| text.parse::<Date>().map_err(|_| about("window", "", format!("{text} is no date")));
        let (from, to) = (day(&window.from)?, day(&window.to)?);
        let index = protocol.index_date.as_deref().map_or(Ok(from), day)?.first_of_month();
        if let Some(step) = protocol.eligibility.iter().find(|step| step.column.is_some()) {
            return Err(about("eligibility", &step.name, "a step with a column needs a file that has it"));
        }
        let mut wanted = Vec::new();
        for covariate in &protocol.covariates {
            let name = &covariate.covariate.name;
            let measure = measure(name, covariate.measure.as_deref())?;
            let bands = match measure {
                Measure::Age | Measure::Distance => bands(name, &covariate.covariate.coding)?,
                _ => Vec::new(),
            };
            wanted.push(Wanted { column: covariate.covariate.column.clone(), measure, bands });
        }
        let prior = [Measure::MorbidityPriorYear, Measure::SharePriorYear];
        for (column, measure) in ["morbidity_prior_year", "share_prior_year"].into_iter().zip(prior) {
            if !wanted.iter().any(|known| known.column == column) {
                wanted.push(Wanted { column: column.into(), measure, bands: Vec::new() });
            }
        }
        Ok(ExtractPlan { from, to, index, wanted })
    }

    pub(super) fn columns(&self) -> Vec<String> {
        self.wanted.iter().map(|wanted| wanted.column.clone()).collect()
    }
}

fn measure(covariate: &str, word: Option<&str>) -> Result<Measure, PlanError> {
    let known = Measure::ALL.iter().find(|(name, _)| Some(*name) == word);
    known.map(|(_, measure)| *measure).ok_or_else(|| {
        let names: Vec<&str> = Measure::ALL.iter().map(|(name, _)| *name).collect();
        about("covariate", covariate, format!("the record's measures are {}", names.join(", ")))
    })
}

/// Years and kilometres stay numbers where the protocol bands numbers; else a level's name tells them: `18-35`,
/// `over 65`, `75 and over`, `under 40`.
fn bands(covariate: &str, coding: &Coding) -> Result<Vec<Band>, PlanError> {
    let Coding::Levels(levels) = coding else { return Ok(Vec::new()) };
    let band = |name: &str| {
        let (from, until) = numbers(name)?;
        Some(Band { name: name.to_owned(), from, until })
    };
    let named = levels.iter().map(|level| {
        let wrong = || about("covariate", covariate, format!("which numbers are {}?", level.name));
        band(&level.name).ok_or_else(wrong)
    });
    named.collect()
}

fn numbers(name: &str) -> Option<(i16, i16)> {
    let words: Vec<&str> = name.split_whitespace().collect();
    match words[..] {
        [range] => {
            let (from, until) = range.split_once('-')?;
            Some((from.parse().ok()?, until.parse().ok()?))
        }
        ["over", from] => Some((from.parse::<i16>().ok()?.checked_add(1)?, i16::MAX)),
        ["under", until] => Some((0, until.parse::<i16>().ok()?.checked_sub(1)?)),
        [from, "and", "over"] => Some((from.parse().ok()?, i16::MAX)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_levels_name_tells_its_numbers() {
        assert_eq!(numbers("18-35"), Some((18, 35)));
        assert_eq!(numbers("over 65"), Some((66, i16::MAX)));
        assert_eq!(numbers("75 and over"), Some((75, i16::MAX)));
        assert_eq!([numbers("old"), numbers("over the hill")], [None, None]);
    }
}
