//! Observed against expected percent, tenth by tenth.

use super::super::model::Decile;
use std::fmt::Write;

const LEFT: f64 = 56.0;
const TOP: f64 = 12.0;
const SIDE: f64 = 300.0;

/// A square with a point for each tenth; empty where none is shown.
pub fn calibration(deciles: &[Decile]) -> String {
    let points: Vec<(f64, f64)> =
        deciles.iter().filter_map(|it| Some((it.expected?, it.observed?))).collect();
    let most = points.iter().flat_map(|(one, two)| [*one, *two]).fold(0.0, f64::max);
    if points.is_empty() || most <= 0.0 {
        return String::new();
    }
    let step =
        [0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0].into_iter().find(|step| most / step <= 6.0).unwrap_or(25.0);
    let square = Square { top: (most / step).ceil() * step, step };
    let mut svg = format!(
        "<svg class=\"plot square\" role=\"img\" aria-labelledby=\"cal-title cal-words\" viewBox=\"0 0 {} {}\">\
         <title id=\"cal-title\">Calibration</title>\
         <desc id=\"cal-words\">A point for each tenth of the fitted probability: expected percent across, observed percent up; points on the diagonal are well calibrated. The numbers stand in the table beside it.</desc>",
        LEFT + SIDE + 20.0,
        SIDE + 64.0
    );
    square.grid(&mut svg);
    for (expected, observed) in &points {
        let (x, y) = (square.x(*expected), square.y(*observed));
        let _ = write!(svg, "<circle class=\"mark\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5\"/>");
    }
    let _ = write!(
        svg,
        "<text class=\"tick\" x=\"{:.1}\" y=\"{:.1}\">Expected, %</text>\
         <text class=\"tick\" transform=\"translate(14 {:.1}) rotate(-90)\">Observed, %</text></svg>",
        LEFT + SIDE / 2.0,
        SIDE + 48.0,
        TOP + SIDE / 2.0
    );
    svg
}

/// Both axes run from 0 to the same end.
struct Square {
    top: f64,
    step: f64,
}

impl Square {
    fn x(&self, value: f64) -> f64 {
        LEFT + SIDE * value / self.top
    }

    fn y(&self, value: f64) -> f64 {
        TOP + SIDE * (1.0 - value / self.top)
    }

    /// Lines at each step, their values, and the diagonal.
    fn grid(&self, svg: &mut String) {
        let (left, right, floor, top) = (self.x(0.0), self.x(self.top), self.y(0.0), self.y(self.top));
        let mut tick = 0.0;
        while tick <= self.top + 1e-9 {
            let (x, y) = (self.x(tick), self.y(tick));
            let _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{floor:.1}\" y2=\"{top:.1}\"/>\
                 <line class=\"grid\" x1=\"{left:.1}\" x2=\"{right:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text class=\"tick\" x=\"{x:.1}\" y=\"{:.1}\">{tick}</text>\
                 <text class=\"side\" x=\"{:.1}\" y=\"{:.1}\">{tick}</text>",
                floor + 16.0,
                left - 6.0,
                y + 4.0
            );
            tick += self.step;
        }
        let _ = write!(
            svg,
            "<line class=\"one\" x1=\"{left:.1}\" y1=\"{floor:.1}\" x2=\"{right:.1}\" y2=\"{top:.1}\"/>"
        );
    }
}
