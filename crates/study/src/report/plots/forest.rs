//! Adjusted odds ratios with their intervals, on a logarithmic axis.

use super::super::digits::text;
use super::super::model::Report;
use crate::plot::{escape, short};
use std::fmt::Write;

const ROW: f64 = 24.0;
const LEFT: f64 = 330.0;
const PLOT: f64 = 360.0;
const RIGHT: f64 = 170.0;

/// What stands in one row of the forest plot.
enum Line<'a> {
    Head(&'a str),
    /// Where the odds ratios below hold.
    At(&'a str),
    Reference(&'a str),
    Ratio {
        name: &'a str,
        value: f64,
        interval: Option<[f64; 2]>,
    },
}

/// Adjusted odds ratios on a logarithmic axis.
pub fn forest(report: &Report) -> String {
    let mut lines = Vec::new();
    for variable in &report.variables {
        lines.push(Line::Head(&variable.label));
        lines.extend(variable.at.as_deref().map(Line::At));
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
        let all = [
            0.02, 0.05, 0.1, 0.2, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 3.0, 5.0, 10.0, 20.0,
            50.0,
        ];
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
        Line::At(place) => {
            let words = escape(&short(&format!("at {place}"), 52));
            write!(svg, "<text class=\"quiet\" x=\"0\" y=\"{base:.1}\">{words}</text>")
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
                None => text(*value),
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
