//! Shares over time: lines between the times at which they are known, on an axis of the square root of time,
//! since most happens early. Lines differ by mark and dash too, and carry their names at their ends.

use super::{escape, open, short};
use std::fmt::Write;

const LEFT: f64 = 52.0;
const TOP: f64 = 14.0;
const WIDTH: f64 = 470.0;
const HEIGHT: f64 = 250.0;
const NAMES: f64 = 190.0;
/// Lines of names are so far apart.
const APART: f64 = 16.0;

/// Some curves in one picture.
pub struct Curves<'a> {
    pub id: &'a str,
    pub title: &'a str,
    /// What is seen, for those who do not see it.
    pub words: &'a str,
    pub across: &'a str,
    pub up: &'a str,
    /// Times with their labels.
    pub ticks: &'a [(f64, String)],
    pub curves: &'a [Curve],
}

/// One of them: time and percent, by rising time.
#[derive(Clone, Debug, PartialEq)]
pub struct Curve {
    pub name: String,
    pub points: Vec<(f64, f64)>,
}

impl Curves<'_> {
    /// The picture; empty where there is no point.
    pub fn svg(&self) -> String {
        let drawn: Vec<&Curve> = self.curves.iter().filter(|curve| !curve.points.is_empty()).collect();
        if drawn.is_empty() {
            return String::new();
        }
        let size = (LEFT + WIDTH + NAMES, TOP + HEIGHT + 52.0);
        let mut svg = open(self.id, (self.title, self.words), size);
        self.axes(&mut svg);
        for (at, curve) in drawn.iter().enumerate() {
            self.line(&mut svg, at, curve);
        }
        for (name, at, y) in names(&drawn) {
            let (x, middle) = (LEFT + WIDTH + 12.0, y + 4.5);
            let _ = mark(&mut svg, at, (x, y));
            let _ = write!(
                svg,
                "<text x=\"{:.1}\" y=\"{middle:.1}\">{}</text>",
                x + 12.0,
                escape(&short(name, 24))
            );
        }
        svg.push_str("</svg>");
        svg
    }

    fn x(&self, time: f64) -> f64 {
        let most = self.ticks.iter().map(|(time, _)| *time).fold(f64::MIN_POSITIVE, f64::max);
        LEFT + WIDTH * (time / most).clamp(0.0, 1.0).sqrt()
    }

    fn axes(&self, svg: &mut String) {
        let (right, floor) = (LEFT + WIDTH, TOP + HEIGHT);
        for percent in [0, 25, 50, 75, 100] {
            let y = y(f64::from(percent));
            let _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{right}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
                 <text class=\"side\" x=\"{:.1}\" y=\"{:.1}\">{percent}</text>",
                LEFT - 8.0,
                y + 4.5
            );
        }
        let mut last = f64::NEG_INFINITY;
        for (time, label) in self.ticks {
            let x = self.x(*time);
            let _ = write!(
                svg,
                "<line class=\"grid\" x1=\"{x:.1}\" x2=\"{x:.1}\" y1=\"{floor}\" y2=\"{:.1}\"/>",
                floor + 5.0
            );
            // Labels need 24 units each.
            if x - last >= 24.0 {
                let _ = write!(
                    svg,
                    "<text class=\"tick\" x=\"{x:.1}\" y=\"{:.1}\">{}</text>",
                    floor + 19.0,
                    escape(label)
                );
                last = x;
            }
        }
        let (middle, up) = (LEFT + WIDTH / 2.0, TOP + HEIGHT / 2.0);
        let _ = write!(
            svg,
            "<text class=\"tick\" x=\"{middle:.1}\" y=\"{:.1}\">{}</text>\
             <text class=\"tick\" transform=\"translate(13 {up:.1}) rotate(-90)\">{}</text>",
            floor + 42.0,
            escape(self.across),
            escape(self.up)
        );
    }

    fn line(&self, svg: &mut String, at: usize, curve: &Curve) {
        let points = || curve.points.iter().map(|(time, percent)| (self.x(*time), y(*percent)));
        let path: Vec<String> = points().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
        let _ =
            write!(svg, "<path class=\"curve hue-{} dash-{}\" d=\"M{}\"/>", at % 6, at % 3, path.join("L"));
        for point in points() {
            let _ = mark(svg, at, point);
        }
    }
}

fn y(percent: f64) -> f64 {
    TOP + HEIGHT * (1.0 - percent.clamp(0.0, 100.0) / 100.0)
}

/// Circle, square, triangle, in turn.
fn mark(svg: &mut String, at: usize, (x, y): (f64, f64)) -> std::fmt::Result {
    let hue = at % 6;
    match at % 3 {
        0 => write!(svg, "<circle class=\"hue-{hue}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\"/>"),
        1 => write!(
            svg,
            "<rect class=\"hue-{hue}\" x=\"{:.1}\" y=\"{:.1}\" width=\"7\" height=\"7\"/>",
            x - 3.5,
            y - 3.5
        ),
        _ => write!(svg, "<path class=\"hue-{hue}\" d=\"M{x:.1} {:.1}l4.2 7.4h-8.4z\"/>", y - 4.9),
    }
}

/// The names at the heights where their curves end, moved apart where they would touch.
fn names<'a>(drawn: &[&'a Curve]) -> Vec<(&'a str, usize, f64)> {
    let end = |curve: &Curve| curve.points.last().map_or(TOP, |(_, percent)| y(*percent));
    let mut names: Vec<(&str, usize, f64)> =
        drawn.iter().enumerate().map(|(at, curve)| (curve.name.as_str(), at, end(curve))).collect();
    names.sort_by(|one, two| one.2.total_cmp(&two.2));
    let mut floor = TOP + HEIGHT;
    for name in names.iter_mut().rev() {
        name.2 = name.2.min(floor);
        floor = name.2 - APART;
    }
    names
}
