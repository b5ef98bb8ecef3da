//! The report as a page that stands alone: no request leaves it, and it prints.

use super::digits;
use super::model::{Level, Ratio, Report};
use super::plots;
use askama::Template;

/// All words of the page are in this template.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    forest: String,
    calibration: String,
}

/// The page's HTML.
pub fn render(report: &Report) -> Result<String, askama::Error> {
    let forest = plots::forest(report);
    let calibration = plots::calibration(&report.calibration);
    Page { report, forest, calibration }.render()
}

/// Text inside an SVG.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

impl Page<'_> {
    /// A count, or that it is withheld.
    fn count(&self, count: &Option<u64>) -> String {
        match (count, self.report.minimum_cell) {
            (Some(count), _) => digits::count(*count),
            (None, _) => "–".to_owned(),
        }
    }

    fn figure(&self, figure: &Option<f64>) -> String {
        figure.map_or_else(|| "–".to_owned(), digits::text)
    }

    fn p(&self, p: &Option<f64>) -> String {
        p.map_or_else(|| "–".to_owned(), digits::p)
    }

    fn chance(&self, p: &f64) -> String {
        digits::p(*p)
    }

    fn whole(&self, ratio: &Ratio) -> String {
        self.ratio(&Some(*ratio))
    }

    fn ratio(&self, ratio: &Option<Ratio>) -> String {
        match ratio {
            Some(Ratio { value, interval: Some([low, high]) }) => {
                format!("{} ({} to {})", digits::text(*value), digits::text(*low), digits::text(*high))
            }
            Some(Ratio { value, interval: None }) => digits::text(*value),
            None => "–".to_owned(),
        }
    }

    /// An odds ratio of a level, or that it is the reference.
    fn odds(&self, level: &Level, ratio: &Option<Ratio>) -> String {
        if level.is_reference { "1 (reference)".to_owned() } else { self.ratio(ratio) }
    }

    fn interval(&self, interval: &Option<[f64; 2]>) -> String {
        match interval {
            Some([low, high]) => format!("{} to {}", digits::text(*low), digits::text(*high)),
            None => "–".to_owned(),
        }
    }

    /// A probability and its interval, in percent.
    fn percent(&self, probability: &Option<Ratio>) -> String {
        let hundred = probability.map(|it| Ratio {
            value: 100.0 * it.value,
            interval: it.interval.map(|[low, high]| [100.0 * low, 100.0 * high]),
        });
        self.ratio(&hundred)
    }

    fn has_few_clusters(&self) -> bool {
        self.report.variables.iter().flat_map(|it| &it.levels).any(|level| level.t_interval.is_some())
    }

    fn has_firth(&self) -> bool {
        self.report.variables.iter().flat_map(|it| &it.levels).any(|level| level.firth.is_some())
    }
}
