//! Plots as inline SVG: each has a title and a sentence for those who do not see it, and the table with its
//! numbers stands beside it. Colours come from the page's style.

use super::digits::text;
use super::model::{Decile, Report};
use super::page::escape;
use std::fmt::Write;

const ROW: f64 = 24.0;
const LEFT: f64 = 330.0;
const PLOT: f64 = 360.0;
const RIGHT: f64 = 170.0;

/// What stands in one row of the forest plot.
enum Line<'a> {
    Head(&'a str),
    Reference(&'a str),
    Ratio { name: &'a str, value: f64, interval: Option<[f64; 2]> },
}

/// Adjusted odds ratios on a logarithmic axis.
pub fn forest(report: &Report) -> String {
    let mut lines = Vec::new();
    for variable in &report.variables {
        lines.push(Line::Head(&variable.label));
        for level in &variable.levels {
            match level.adjusted {
                Some(ratio) => {
                    lines.push(Line::Ratio {
                        name: &level.level,
                        value: ratio.value,
                        interval: ratio.interval,
                    });
                }
                None if level.is_reference => lines.push(Line::Reference(&level.level)),
                None => {}
            }
        }
    }
    let ends = lines.iter().flat_map(|line| match line {
        Line::Ratio { value, interval, .. } => {
            let [low, high] = interval.unwrap_or([*value, *value]);
            vec![low, high]
        }
        _ => Vec::new(),
    });
    let finite: Vec<f64> = ends.filter(|end| end.is_finite() && *end > 0.0).collect();
    if finite.is_empty() {
        return String::new();
    }
    let low = finite.iter().copied().fold(0.8, f64::min).max(0.02);
    let high = finite.iter().copied().fold(1.25, f64::max).min(50.0);
    let axis = Axis { low: low.ln() - 0.05, high: high.ln() + 0.05 };
    draw_forest(&lines, &axis, &report.outcome)
}

struct Axis {
    low: f64,
    high: f64,
}

impl Axis {
    fn x(&self, ratio: f64) -> f64 {
        let share = (ratio.max(1e-9).ln() - self.low) / (self.high - self.low);
        LEFT + PLOT * share.clamp(0.0, 1.0)
    }

    fn ticks(&self) -> Vec<f64> {
        let all = [0.02, 0.05, 0.1, 0.2, 0.33, 0.5, 0.67, 1.0, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0, 50.0];
        let inside = all.into_iter().filter(|tick: &f64| tick.ln() >= self.low && tick.ln() <= self.high);
        let ticks: Vec<f64> = inside.collect();
        // Labels need 36 units each.
        let mut kept: Vec<f64> = vec![1.0];
        for tick in ticks {
            if kept.iter().all(|other| (self.x(*other) - self.x(tick)).abs() >= 36.0) {
                kept.push(tick);
            }
        }
        kept
    }
}

fn draw_forest(lines: &[Line<'_>], axis: &Axis, outcome: &str) -> String {
    let height = ROW * lines.len() as f64 + 64.0;
    let width = LEFT + PLOT + RIGHT;
    let bottom = height - 40.0;
    let mut svg = format!(
        "<svg class=\"plot\" role=\"img\" aria-labelledby=\"forest-title forest-words\" viewBox=\"0 0 {width} {height}\">\
         <title id=\"forest-title\">Adjusted odds ratios: {}</title>\
         <desc id=\"forest-words\">A square for each level's adjusted odds ratio and a line for its 95 % confidence interval, on a logarithmic axis; the same numbers stand in table 2.</desc>",
        escape(outcome)
    );
    for tick in axis.ticks() {
        let x = axis.x(tick);
        let class = if tick == 1.0 { "one" } else { "grid" };
        let _ = write!(
            svg,
            "<line class=\"{class}\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"8\" y2=\"{bottom}\"/>\
             <text class=\"tick\" x=\"{x:.1}\" y=\"{:.1}\">{tick}</text>",
            bottom + 16.0
        );
    }
    for (at, line) in lines.iter().enumerate() {
        row(&mut svg, line, axis, 8.0 + ROW * (at as f64 + 0.5));
    }
    let _ = write!(
        svg,
        "<text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\">Adjusted odds ratio (logarithmic axis)</text></svg>",
        LEFT + PLOT / 2.0,
        bottom + 34.0
    );
    svg
}

fn row(svg: &mut String, line: &Line<'_>, axis: &Axis, y: f64) {
    let base = y + 4.5;
    let end = LEFT + PLOT + 14.0;
    let _ = match line {
        Line::Head(name) => {
            write!(svg, "<text class=\"head\" x=\"0\" y=\"{base:.1}\">{}</text>", escape(&short(name, 52)))
        }
        Line::Reference(name) => {
            let x = axis.x(1.0);
            write!(
                svg,
                "<text x=\"16\" y=\"{base:.1}\">{}</text><circle class=\"reference\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\"/>\
                 <text class=\"quiet\" x=\"{end:.1}\" y=\"{base:.1}\">1 (reference)</text>",
                escape(&short(name, 44))
            )
        }
        Line::Ratio { name, value, interval } => {
            let words = match interval {
                Some([low, high]) => format!("{} ({} to {})", text(*value), text(*low), text(*high)),
                None => format!("{} (interval withheld)", text(*value)),
            };
            let _ = write!(svg, "<text x=\"16\" y=\"{base:.1}\">{}</text>", escape(&short(name, 44)));
            if let Some([low, high]) = interval {
                let (from, to) = (axis.x(*low), axis.x(*high));
                let _ = write!(
                    svg,
                    "<line class=\"interval\" x1=\"{from:.1}\" x2=\"{to:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>"
                );
            }
            let x = axis.x(*value) - 5.0;
            let top = y - 5.0;
            write!(
                svg,
                "<rect class=\"mark\" x=\"{x:.1}\" y=\"{top:.1}\" width=\"10\" height=\"10\"/>\
                 <text x=\"{end:.1}\" y=\"{base:.1}\">{words}</text>"
            )
        }
    };
}

/// Observed against expected percent, tenth by tenth.
pub fn calibration(deciles: &[Decile]) -> String {
    let points: Vec<(f64, f64)> =
        deciles.iter().filter_map(|it| Some((it.expected?, it.observed?))).collect();
    let most = points.iter().flat_map(|(one, two)| [*one, *two]).fold(0.0, f64::max);
    if points.is_empty() || most <= 0.0 {
        return String::new();
    }
    let step =
        [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0].into_iter().find(|step| most / step <= 6.0).unwrap_or(25.0);
    let top = (most / step).ceil() * step;
    let (left, side) = (56.0, 300.0);
    let x = |value: f64| left + side * value / top;
    let y = |value: f64| 12.0 + side * (1.0 - value / top);
    let mut svg = format!(
        "<svg class=\"plot square\" role=\"img\" aria-labelledby=\"cal-title cal-words\" viewBox=\"0 0 {} {}\">\
         <title id=\"cal-title\">Calibration</title>\
         <desc id=\"cal-words\">A point for each tenth of the fitted probability: expected percent across, observed percent up; points on the diagonal are well calibrated. The numbers stand in the table beside it.</desc>",
        left + side + 20.0,
        side + 64.0
    );
    let mut tick = 0.0;
    while tick <= top + 1e-9 {
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{0:.1}\" x2=\"{0:.1}\" y1=\"{1:.1}\" y2=\"{2:.1}\"/><line class=\"grid\" x1=\"{3:.1}\" x2=\"{4:.1}\" y1=\"{5:.1}\" y2=\"{5:.1}\"/>\
             <text class=\"tick\" x=\"{0:.1}\" y=\"{6:.1}\">{tick}</text><text class=\"side\" x=\"{7:.1}\" y=\"{8:.1}\">{tick}</text>",
            x(tick),
            y(0.0),
            y(top),
            x(0.0),
            x(top),
            y(tick),
            y(0.0) + 16.0,
            left - 6.0,
            y(tick) + 4.0
        );
        tick += step;
    }
    let _ = write!(
        svg,
        "<line class=\"one\" x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
        x(0.0),
        y(0.0),
        x(top),
        y(top)
    );
    for (expected, observed) in &points {
        let _ = write!(
            svg,
            "<circle class=\"mark\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"5\"/>",
            x(*expected),
            y(*observed)
        );
    }
    let _ = write!(
        svg,
        "<text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\">Expected, %</text>\
         <text class=\"tick\" transform=\"translate(14 {:.1}) rotate(-90)\">Observed, %</text></svg>",
        left + side / 2.0,
        side + 48.0,
        12.0 + side / 2.0
    );
    svg
}

fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
