//! What a protocol asks of the record: the outcome's `measure` says what one row is, each covariate's names one of
//! ours, and stages and times are known by their columns.

use super::measure::{Happening, Measure, REPLIED, Rows};
use jiff::ToSpan;
use jiff::civil::Date;
use std::fmt;
use study::protocol::Protocol;
use study::source::Coding;

/// One column of the extract.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Wanted {
    pub column: String,
    pub measure: Measure,
    /// Bands of a level's name, for an age or a distance.
    pub bands: Vec<Band>,
    /// The values that the protocol knows; none where any is right.
    pub known: Vec<String>,
}

impl Wanted {
    fn plain(column: &str, measure: Measure) -> Wanted {
        Wanted { column: column.to_owned(), measure, bands: Vec::new(), known: Vec::new() }
    }
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
    pub(super) happening: Happening,
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
        let index = index(protocol, from)?;
        if let Some(step) = protocol.eligibility.iter().find(|step| step.column.is_some()) {
            return Err(about("eligibility", &step.name, "a step with a column needs a file that has it"));
        }
        let measure = protocol.outcome.measure.as_deref();
        let happening = Happening::named(measure)
            .map_err(|reason| about("outcome", measure.unwrap_or_default(), reason))?;
        let rows = happening.rows();
        if rows == Rows::AdultMonths && (from.day() != 1 || to != to.last_of_month()) {
            return Err(about("window", "", "rows of months want whole months"));
        }
        let mut wanted = Vec::new();
        for covariate in &protocol.covariates {
            wanted.push(of_covariate(covariate, rows)?);
        }
        for column in beside(protocol, rows)? {
            if !wanted.iter().any(|known| known.column == column.column) {
                wanted.push(column);
            }
        }
        Ok(ExtractPlan { from, to, index, happening, wanted })
    }

    /// The first days of the window's months.
    pub(super) fn months(&self) -> impl Iterator<Item = Date> {
        let next = |day: &Date| day.checked_add(1.month()).ok();
        std::iter::successors(Some(self.from), next).take_while(|day| *day <= self.to)
    }

    pub(super) fn wants_stages(&self) -> bool {
        self.wanted.iter().any(|wanted| matches!(wanted.measure, Measure::Stage(_)))
    }

    pub(super) fn columns(&self) -> Vec<String> {
        self.wanted.iter().map(|wanted| wanted.column.clone()).collect()
    }
}

/// Ages are known by the month, so no other day can be meant; without one it is that of the window's first month.
fn index(protocol: &Protocol, from: Date) -> Result<Date, PlanError> {
    let Some(text) = protocol.index_date.as_deref() else { return Ok(from.first_of_month()) };
    let wrong = |reason: String| about("index_date", "", reason);
    let date = text.parse::<Date>().map_err(|_| wrong(format!("{text} is no date")))?;
    if date.day() != 1 {
        let first = date.first_of_month();
        return Err(wrong(format!(
            "the record knows ages by the month: it wants a first of a month, such as {first}"
        )));
    }
    Ok(date)
}

fn of_covariate(covariate: &study::protocol::Measure, rows: Rows) -> Result<Wanted, PlanError> {
    let (name, coding) = (&covariate.covariate.name, &covariate.covariate.coding);
    let measure = Measure::of_covariate(covariate.measure.as_deref(), rows)
        .map_err(|reason| about("covariate", name, reason))?;
    let bands = match measure {
        Measure::Age | Measure::Distance => bands(name, coding)?,
        _ => Vec::new(),
    };
    let known = match coding {
        Coding::Levels(levels) => levels.iter().flat_map(|level| level.values.clone()).collect(),
        _ => Vec::new(),
    };
    Ok(Wanted { column: covariate.covariate.column.clone(), measure, bands, known })
}

/// The columns of stages and times, and those that sensitivity analyses read.
fn beside(protocol: &Protocol, rows: Rows) -> Result<Vec<Wanted>, PlanError> {
    let mut wanted = Vec::new();
    for stage in &protocol.stages {
        let measure = Measure::of_stage(&stage.column, rows);
        let measure = measure.map_err(|reason| about("stage", &stage.name, reason))?;
        wanted.push(Wanted::plain(&stage.column, measure));
    }
    for time in &protocol.times {
        let measure = Measure::of_time(&time.column, &time.happened, rows);
        let measure = measure.map_err(|reason| about("time", &time.column, reason))?;
        wanted.extend([Wanted::plain(REPLIED, Measure::Replied), Wanted::plain(&time.column, measure)]);
    }
    if rows == Rows::Adults {
        let prior = [Measure::MorbidityPriorYear, Measure::SharePriorYear];
        let columns = ["morbidity_prior_year", "share_prior_year"].into_iter().zip(prior);
        wanted.extend(columns.map(|(column, measure)| Wanted::plain(column, measure)));
    }
    Ok(wanted)
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
