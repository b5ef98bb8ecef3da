//! What a report reads beside the main analysis: covariates from other columns, stages, times. Each reading is one
//! pass over the rows, under a name by which the report finds it: its place in the protocol, for two may have one
//! column.

use super::model::{Protocol, Time};
use crate::source::{Band, Coding, Columns, Covariate, Level, Missing};

/// The name of the reading of all stages.
pub const STAGES: &str = "[[stage]]";
/// Bands of time between 0 and the last time that is asked for: so fine that only ties within a band, whose order
/// against the end of following is lost, can move a share.
const FINE: usize = 4000;

/// The name of the reading of a sensitivity analysis, by its place among them.
pub fn sensitivity_name(at: usize) -> String {
    format!("[[sensitivity]] {}", at + 1)
}

/// The name of the reading of a time, by its place among them.
pub fn time_name(at: usize) -> String {
    format!("[[time]] {}", at + 1)
}

impl Protocol {
    /// All of them.
    pub fn readings(&self) -> Vec<(String, Columns)> {
        let changes = self.sensitivity.iter().enumerate();
        let replaced =
            changes.filter_map(|(at, it)| Some((sensitivity_name(at), self.columns_with(&it.change)?)));
        let stages = (!self.stages.is_empty()).then(|| (STAGES.to_owned(), self.stage_columns()));
        let times = (0..self.times.len()).map(|at| (time_name(at), self.time_columns(at)));
        replaced.chain(stages).chain(times).collect()
    }

    /// The covariates, then each stage.
    fn stage_columns(&self) -> Columns {
        let mut columns = self.columns();
        columns.covariates.extend(self.stages.iter().map(|stage| Covariate {
            name: format!("{STAGES} {}", stage.column),
            column: stage.column.clone(),
            coding: Coding::Levels(vec![level("no", ["0", "false"]), level("yes", ["1", "true"])]),
            reference: None,
            missing: Missing::Refuse,
        }));
        columns
    }

    /// The covariates, then the time in fine bands; the outcome is that it happened.
    fn time_columns(&self, at: usize) -> Columns {
        let time = &self.times[at];
        let mut columns = Columns { outcome: time.happened.clone(), ..self.columns() };
        // A little beyond, so that a time that is asked for lies within the band that it ends.
        let end = |place: usize| time.of_band(place as u16) * (1.0 + 1e-9);
        let bands = (0..time.bands()).map(|place| Band { name: place.to_string(), below: Some(end(place)) });
        let last = Band { name: "later".to_owned(), below: None };
        columns.covariates.push(Covariate {
            name: time_name(at),
            column: time.column.clone(),
            coding: Coding::Bands(bands.chain([last]).collect()),
            reference: None,
            missing: Missing::Refuse,
        });
        columns
    }
}

impl Time {
    /// So many bands of equal length lie between two times that are asked for, each of which ends a band.
    fn parts(&self) -> usize {
        (FINE / self.at.len().max(1)).max(1)
    }

    fn bands(&self) -> usize {
        self.parts() * self.at.len()
    }

    /// The time that stands for a band, by its place: where it ends.
    pub fn of_band(&self, place: u16) -> f64 {
        let (interval, part) = (usize::from(place) / self.parts(), usize::from(place) % self.parts() + 1);
        let Some(end) = self.at.get(interval) else { return f64::MAX };
        let begin = interval.checked_sub(1).map_or(0.0, |before| self.at[before]);
        if part == self.parts() { *end } else { begin + (end - begin) * part as f64 / self.parts() as f64 }
    }
}

fn level(name: &str, values: [&str; 2]) -> Level {
    Level { name: name.to_owned(), values: values.map(str::to_owned).to_vec() }
}
