//! Values of one test over time as inline SVG: the usual range as a band, one mark per value. The
//! picture's text says the same in a sentence, and a table behind it holds every value.

use crate::web::frame::Frame;
use crate::words::Count;
use service::view::chart::{ResultView, Trend, TrendPoint};
use std::fmt::{self, Write};

const WIDTH: f64 = 420.0;
const HEIGHT: f64 = 200.0;
const LEFT: f64 = 14.0;
const RIGHT: f64 = 48.0;
const TOP: f64 = 34.0;
const BOTTOM: f64 = 34.0;

/// A trend with at least two values, ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Plot {
    pub test: String,
    trend: Trend,
}

/// The drawing; safe to be written into a page.
pub struct Svg(String);

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for Svg {}

/// A trend without words, beside the value that it leads to; decoration for those who see.
pub fn spark(trend: &Trend) -> Option<Svg> {
    const SIZE: (f64, f64) = (112.0, 36.0);
    const EDGE: f64 = 5.0;
    /// Earlier values would be a blot at this size.
    const POINTS: usize = 24;
    let points = &trend.points[trend.points.len().saturating_sub(POINTS)..];
    let last = points.last().filter(|_| points.len() > 1)?;
    let span = |low: f64, high: f64| if high > low { high - low } else { 1.0 };
    let seconds = |point: &TrendPoint| point.at.as_second() as f64;
    let (first_at, last_at) = (seconds(points.first()?), seconds(last));
    let low = points.iter().map(|point| point.value).fold(f64::MAX, f64::min);
    let high = points.iter().map(|point| point.value).fold(f64::MIN, f64::max);
    let x = |p: &TrendPoint| EDGE + (seconds(p) - first_at) / span(first_at, last_at) * (SIZE.0 - 2.0 * EDGE);
    let y = |value: f64| SIZE.1 - EDGE - (value - low) / span(low, high) * (SIZE.1 - 2.0 * EDGE);
    let path: Vec<String> = points.iter().map(|p| format!("{:.1} {:.1}", x(p), y(p.value))).collect();
    Some(Svg(format!(
        "<svg class=\"spark\" viewBox=\"0 0 {} {}\" aria-hidden=\"true\"><path d=\"M{}\"/>\
         <circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"4\"/></svg>",
        SIZE.0,
        SIZE.1,
        path.join("L"),
        x(last),
        y(last.value)
    )))
}

impl Plot {
    /// `None` where there is nothing to compare with.
    pub fn of(test: &str, trend: Option<&Trend>) -> Option<Plot> {
        let trend = trend.filter(|trend| trend.points.len() > 1)?;
        Some(Plot { test: test.to_owned(), trend: trend.clone() })
    }

    /// A result's own trend, then those of its parts.
    pub fn all(view: &ResultView) -> Vec<Plot> {
        let whole = Plot::of(&view.line.name, view.trend.as_ref());
        let parts = view.part_trends.iter().filter_map(|(name, trend)| Plot::of(name, Some(trend)));
        whole.into_iter().chain(parts).collect()
    }

    pub fn has_range(&self) -> bool {
        self.trend.low.is_some() || self.trend.high.is_some()
    }

    pub fn newest_first(&self) -> Vec<&TrendPoint> {
        self.trend.points.iter().rev().collect()
    }

    /// The picture, with its sentence as title; the number tells it from others on the page.
    pub fn svg(&self, f: &Frame, number: impl Count) -> Svg {
        let mut out = String::new();
        // Writing into a String cannot fail.
        let _ = self.draw(f, number.count(), &mut out);
        Svg(out)
    }

    fn draw(&self, f: &Frame, number: i64, out: &mut String) -> fmt::Result {
        write!(
            out,
            "<svg class=\"plot\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-labelledby=\"trend-words-{number}\">\
             <title id=\"trend-words-{number}\">{}</title>",
            self.summary(f)
        )?;
        self.draw_range(out)?;
        let points = &self.trend.points;
        let path: Vec<String> =
            points.iter().map(|p| format!("{:.1} {:.1}", self.x(p), self.y(p.value))).collect();
        write!(out, "<path class=\"plot-line\" d=\"M{}\"/>", path.join("L"))?;
        for (index, point) in points.iter().enumerate() {
            let kind = if self.is_outside(point.value) { "plot-out" } else { "plot-in" };
            let size = if index + 1 == points.len() { 6.5 } else { 4.5 };
            write!(
                out,
                "<circle class=\"{kind}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"{size}\"/>",
                self.x(point),
                self.y(point.value)
            )?;
        }
        self.draw_labels(f, out)?;
        out.write_str("</svg>")
    }

    fn draw_range(&self, out: &mut String) -> fmt::Result {
        if !self.has_range() {
            return self.draw_extremes(out);
        }
        let top = self.trend.high.map_or(TOP - 8.0, |high| self.y(high));
        let bottom = self.trend.low.map_or(HEIGHT - BOTTOM + 8.0, |low| self.y(low));
        let (width, height) = (WIDTH - RIGHT, (bottom - top).max(1.0));
        write!(
            out,
            "<rect class=\"plot-range\" x=\"0\" y=\"{top:.1}\" width=\"{width}\" height=\"{height:.1}\"/>"
        )?;
        [self.trend.low, self.trend.high]
            .into_iter()
            .flatten()
            .try_for_each(|bound| self.draw_bound(bound, out))
    }

    /// Without a range the lowest and the highest value say how high the line is.
    fn draw_extremes(&self, out: &mut String) -> fmt::Result {
        let values = || self.trend.points.iter().map(|point| point.value);
        let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
        self.draw_bound(low, out)?;
        if high > low { self.draw_bound(high, out) } else { Ok(()) }
    }

    fn draw_bound(&self, bound: f64, out: &mut String) -> fmt::Result {
        let (x, y) = (WIDTH - RIGHT + 8.0, self.y(bound) + 5.0);
        write!(out, "<text class=\"plot-bound\" x=\"{x}\" y=\"{y:.1}\">{bound}</text>")
    }

    fn draw_labels(&self, f: &Frame, out: &mut String) -> fmt::Result {
        let y = HEIGHT - 8.0;
        if let (Some(first), Some(last)) = (self.trend.points.first(), self.trend.points.last()) {
            let (left, right) = (f.stamp(&first.at), f.stamp(&last.at));
            write!(out, "<text class=\"plot-date\" x=\"{LEFT}\" y=\"{y}\">{}</text>", left.words())?;
            let (end, above) = (self.x(last) + 6.5, self.y(last.value) - 14.0);
            write!(
                out,
                "<text class=\"plot-newest\" x=\"{end:.1}\" y=\"{above:.1}\" text-anchor=\"end\">{}</text>",
                askama::filters::escape(&last.text, askama::filters::Html).map_err(|_| fmt::Error)?
            )?;
            let x = WIDTH - RIGHT - 4.0;
            write!(
                out,
                "<text class=\"plot-date\" x=\"{x}\" y=\"{y}\" text-anchor=\"end\">{}</text>",
                right.words()
            )?;
        }
        Ok(())
    }

    fn summary(&self, f: &Frame) -> String {
        let points = &self.trend.points;
        let (Some(first), Some(last)) = (points.first(), points.last()) else { return String::new() };
        let (lowest, highest) = points.iter().fold((first, first), |(low, high), point| {
            (
                if point.value < low.value { point } else { low },
                if point.value > high.value { point } else { high },
            )
        });
        f.t("trend-summary")
            .num("count", points.len())
            .text("test", &self.test)
            .words("from", &f.day(&first.at))
            .words("to", &f.day(&last.at))
            .text("low", &lowest.text)
            .text("high", &highest.text)
            .text("newest", &last.text)
            .to_string()
    }

    fn is_outside(&self, value: f64) -> bool {
        self.trend.low.is_some_and(|low| value < low) || self.trend.high.is_some_and(|high| value > high)
    }

    fn x(&self, point: &TrendPoint) -> f64 {
        let seconds = |p: &TrendPoint| p.at.as_second() as f64;
        let (first, last) = match (self.trend.points.first(), self.trend.points.last()) {
            (Some(first), Some(last)) if last.at > first.at => (seconds(first), seconds(last)),
            _ => return WIDTH / 2.0,
        };
        LEFT + (seconds(point) - first) / (last - first) * (WIDTH - LEFT - RIGHT - 12.0)
    }

    fn y(&self, value: f64) -> f64 {
        let values = self.trend.points.iter().map(|p| p.value).chain(self.trend.low).chain(self.trend.high);
        let (low, high) = values.fold((f64::MAX, f64::MIN), |(low, high), v| (low.min(v), high.max(v)));
        let span = if high > low { high - low } else { 1.0 };
        HEIGHT - BOTTOM - (value - low) / span * (HEIGHT - TOP - BOTTOM)
    }
}
