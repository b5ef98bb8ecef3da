//! The words that the pages of runs share: who asked, where a run stands, a ratio and its interval.

use super::chart;
use crate::web::frame::Frame;
use domain::study_run::{RunStage, RunState};
use service::view::study_run::{FigureLevel, RunLine};

/// Who asked for a run.
pub fn asked_by(f: &Frame, run: &RunLine) -> String {
    match &run.asked_by {
        Some(name) => f.t("run-asked-by").text("name", name).to_string(),
        None => f.t("run-asked-by-operator").to_string(),
    }
}

/// What a run that is not ended does.
pub fn standing(f: &Frame, run: &RunLine) -> String {
    let key = match (run.state, run.stage) {
        (RunState::Waiting, _) => "run-waiting",
        (_, None | Some(RunStage::Reading)) => "run-reading",
        (_, Some(RunStage::Fitting)) => "run-fitting",
        (_, Some(RunStage::Keeping)) => "run-keeping",
    };
    f.t(key).to_string()
}

/// A run's state as a mark.
pub fn chip(f: &Frame, run: &RunLine) -> String {
    let class = match run.state {
        RunState::Done => "chip in",
        RunState::Failed => "chip out",
        _ => "chip",
    };
    format!("<span class=\"{class}\">{}</span>", f.word("run-state", run.state.word()))
}

/// A count, or that it is not shown.
pub fn count(f: &Frame, count: Option<u64>) -> String {
    count.map_or_else(|| f.t("study-suppressed").to_string(), chart::grouped)
}

/// A figure with three digits, as the report writes it: 0.651, 5.64, 12.3, 123.
pub fn figure(value: f64) -> String {
    if value == 0.0 || !value.is_finite() {
        return "0".to_owned();
    }
    let digits = (2 - value.abs().log10().floor() as i32).clamp(0, 6) as usize;
    format!("{value:.digits$}")
}

/// A level's adjusted odds ratio.
pub fn ratio(f: &Frame, level: &FigureLevel) -> String {
    match level.adjusted {
        _ if level.is_reference => {
            format!("<span class=\"reference\">1 ({})</span>", f.t("run-reference"))
        }
        Some(ratio) => figure(ratio.value),
        None => "\u{2013}".to_owned(),
    }
}

/// Its 95 % confidence interval.
pub fn interval(f: &Frame, level: &FigureLevel) -> String {
    match level.adjusted.map(|ratio| ratio.interval) {
        Some(Some([low, high])) => {
            f.t("run-from-to").text("low", &figure(low)).text("high", &figure(high)).to_string()
        }
        Some(None) if !level.is_reference => {
            format!("<span class=\"suppressed\">{}</span>", f.t("study-suppressed"))
        }
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_the_three_digits_of_the_report() {
        let told = [0.0, 0.0123, 0.651, 5.64, 12.34, 123.4, 1234.0].map(figure);
        assert_eq!(told, ["0", "0.0123", "0.651", "5.64", "12.3", "123", "1234"]);
    }
}
