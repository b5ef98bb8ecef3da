//! What a report reads beside the main analysis: covariates from other columns, stages, times. Each reading is one
//! pass over the rows, under a name by which the report finds it.

use super::model::{Protocol, Time};
use crate::source::{Band, Coding, Columns, Covariate, Level, Missing};

/// The name of the reading of all stages.
pub const STAGES: &str = "[[stage]]";
/// Bands of time between 0 and the last time that is asked for: so fine that no share changes visibly.
const FINE: u32 = 4000;

/// The name of the reading of a time.
pub fn time_name(time: &Time) -> String {
    format!("[[time]] {}", time.column)
}

impl Protocol {
    /// All of them.
    pub fn readings(&self) -> Vec<(String, Columns)> {
        let replaced =
            self.sensitivity.iter().filter_map(|it| Some((it.name.clone(), self.columns_with(&it.change)?)));
        let stages = (!self.stages.is_empty()).then(|| (STAGES.to_owned(), self.stage_columns()));
        let times = self.times.iter().map(|time| (time_name(time), self.time_columns(time)));
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
    fn time_columns(&self, time: &Time) -> Columns {
        let mut columns = Columns { outcome: time.happened.clone(), ..self.columns() };
        let bands = (1..=FINE).map(|at| Band { name: at.to_string(), below: Some(time.band_end(at)) });
        let last = Band { name: "later".to_owned(), below: None };
        columns.covariates.push(Covariate {
            name: time_name(time),
            column: time.column.clone(),
            coding: Coding::Bands(bands.chain([last]).collect()),
            reference: None,
            missing: Missing::Refuse,
        });
        columns
    }
}

impl Time {
    /// Where a band ends, from 1; what ends it belongs to the next.
    fn band_end(&self, band: u32) -> f64 {
        // A little beyond, so that a time that is asked for lies within the band that it ends.
        self.at.last().copied().unwrap_or_default() * f64::from(band) / f64::from(FINE) * (1.0 + 1e-9)
    }

    /// The time that stands for a band, by its place.
    pub fn of_band(&self, place: u16) -> f64 {
        let last = self.at.last().copied().unwrap_or_default();
        if u32::from(place) < FINE { last * f64::from(place + 1) / f64::from(FINE) } else { f64::MAX }
    }
}

fn level(name: &str, values: [&str; 2]) -> Level {
    Level { name: name.to_owned(), values: values.map(str::to_owned).to_vec() }
}
