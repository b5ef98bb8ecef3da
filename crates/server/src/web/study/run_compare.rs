//! Two runs beside one another: what they are about, their odds ratios, and the lines in which their protocols
//! differ.

use super::{chart, run_words};
use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use askama::Template;
use service::view::study_run::{Comparison, FigureLevel, RatioPair, RunPage};

#[derive(Template)]
#[template(path = "study/run_compare.html")]
pub struct ComparePage {
    pub f: Frame,
    pub both: Comparison,
}

impl ComparePage {
    fn sides(&self) -> [&RunPage; 2] {
        [&self.both.one, &self.both.other]
    }

    /// The name of a table that can be scrolled, apart from its heading.
    fn as_table(&self, key: &str) -> String {
        self.f.t("run-as-table").text("what", &self.f.t(key).to_string()).to_string()
    }

    /// Enough of a hash to tell two apart.
    fn short(&self, hash: &str) -> String {
        hash.chars().take(12).collect()
    }

    fn people(&self, run: &RunPage) -> String {
        run_words::count(&self.f, run.figures.as_ref().and_then(|figures| figures.n))
    }

    fn events(&self, run: &RunPage) -> String {
        run_words::count(&self.f, run.figures.as_ref().and_then(|figures| figures.events))
    }

    fn clusters(&self, run: &RunPage) -> String {
        chart::grouped(run.figures.as_ref().map_or(0, |figures| figures.clusters))
    }

    /// What may explain different figures, as keys of sentences.
    fn differs(&self) -> Vec<&'static str> {
        let (one, other) = (&self.both.one, &self.both.other);
        let protocol = match (one.protocol_hash == other.protocol_hash, self.both.lines.is_empty()) {
            (true, true) => "compare-same-protocol",
            (true, false) => "compare-same-meaning",
            (false, _) => "compare-other-protocol",
        };
        let data =
            if one.line.data_at == other.line.data_at { "compare-same-data" } else { "compare-other-data" };
        let program =
            if one.program == other.program { "compare-same-program" } else { "compare-other-program" };
        vec![protocol, data, program]
    }

    fn by_variable(&self) -> Vec<(&str, &[RatioPair])> {
        let groups = self.both.ratios.chunk_by(|one, other| one.variable == other.variable);
        groups.map(|pairs| (pairs[0].variable.as_str(), pairs)).collect()
    }

    fn cell(&self, level: &Option<FigureLevel>) -> String {
        let Some(level) = level else {
            return format!("<span class=\"suppressed\">{}</span>", self.f.t("compare-not-there"));
        };
        let ratio = run_words::ratio(&self.f, level);
        match level.adjusted.map(|adjusted| adjusted.interval) {
            Some(None) if !level.is_reference => {
                let hidden = self.f.t("run-interval-hidden");
                format!("{ratio} (<span class=\"suppressed\">{hidden}</span>)")
            }
            Some(Some(_)) if !level.is_reference => {
                format!("{ratio} ({})", run_words::interval(&self.f, level))
            }
            _ => ratio,
        }
    }
}

/// `GET /study/runs/{run}/compare/{other}`
pub async fn show(visit: TeamVisit) -> Answer {
    let runs = (visit.id("run")?, visit.id("other")?);
    let both = visit.service().compare_studies(&visit.ctx, runs).await?;
    answer::show(&ComparePage { f: visit.frame(Place::StudyRuns), both })
}
