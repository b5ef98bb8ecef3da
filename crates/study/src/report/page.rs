//! The report as a page that stands alone: no request leaves it, and it prints.

use super::digits;
use super::model::{Level, Ratio, Report, Stepped, Times, Waiting};
use super::plots;
use askama::Template;

/// All words of the page are in this template.
#[derive(Template)]
#[template(path = "report.html")]
struct Page<'a> {
    report: &'a Report,
    forest: String,
    calibration: String,
    attrition: String,
    months: String,
    stages: String,
}

/// The page's HTML.
pub fn render(report: &Report) -> Result<String, askama::Error> {
    Page {
        report,
        forest: plots::forest(report),
        calibration: plots::calibration(&report.calibration),
        attrition: plots::attrition(report),
        months: plots::months(report),
        stages: report.stages.as_ref().map(plots::stages).unwrap_or_default(),
    }
    .render()
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

    /// With the two decimals of the paper.
    fn as_published(&self, ratio: &Ratio) -> String {
        let [low, high] = ratio.interval.unwrap_or_default();
        format!("{:.2} ({low:.2} to {high:.2})", ratio.value)
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

    /// A stage's count with its share of the group's first.
    fn stage(&self, counts: &[Option<u64>], at: &usize) -> String {
        let share = |part: u64, whole: u64| {
            let share = crate::disclosure::rounded(100.0 * part as f64 / whole as f64);
            format!("{} ({} %)", digits::count(part), digits::text(share))
        };
        match (counts[*at], counts[0]) {
            (Some(part), Some(whole)) if *at > 0 && whole > 0 => share(part, whole),
            (count, _) => self.count(&count),
        }
    }

    /// The covariates by which a time is compared, each with its picture.
    fn pictures<'t>(&self, times: &'t Times, number: &usize) -> Vec<(&'t str, String)> {
        let mut variables: Vec<&str> = times.groups.iter().filter_map(|it| it.variable.as_deref()).collect();
        variables.dedup();
        let of = |(at, variable): (usize, &'t str)| {
            (variable, plots::waiting(times, 100 * number + at, Some(variable)))
        };
        variables.into_iter().enumerate().map(of).filter(|(_, picture)| !picture.is_empty()).collect()
    }

    /// Whether a covariate's groups begin here.
    fn is_new(&self, groups: &[Stepped], at: &usize) -> bool {
        at.checked_sub(1).is_none_or(|before| groups[before].variable != groups[*at].variable)
    }

    fn is_new_time(&self, groups: &[Waiting], at: &usize) -> bool {
        at.checked_sub(1).is_none_or(|before| groups[before].variable != groups[*at].variable)
    }

    fn has_few_clusters(&self) -> bool {
        self.report.has(|level| &level.t_interval)
    }

    fn has_firth(&self) -> bool {
        self.report.has(|level| &level.firth)
    }

    fn has_probabilities(&self) -> bool {
        self.report.has(|level| &level.probability)
    }
}
