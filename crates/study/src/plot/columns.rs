//! Columns of one figure over periods: adoption by month. What is not shown leaves a marked gap, not a zero.

use super::{escape, open};
use std::fmt::Write;

const LEFT: f64 = 52.0;
const TOP: f64 = 18.0;
const WIDTH: f64 = 620.0;
const HEIGHT: f64 = 210.0;

/// One period.
pub struct Column {
    pub name: String,
    pub value: Option<f64>,
    /// Its interval.
    pub interval: Option<[f64; 2]>,
}

/// All periods in order.
pub struct Columns<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub words: &'a str,
    pub up: &'a str,
    pub columns: &'a [Column],
}

impl Columns<'_> {
    /// The picture; empty where there is no figure.
    pub fn svg(&self) -> String {
        let ends = self.columns.iter().flat_map(|column| {
            let value = column.value;
            value.into_iter().chain(column.interval.map(|[_, high]| high))
        });
        let most = ends.fold(0.0, f64::max);
        if most <= 0.0 {
            return String::new();
        }
        let step = WIDTH / self.columns.len().max(6) as f64;
        let mut svg = open(self.id, (self.title, self.words), (LEFT + WIDTH, TOP + HEIGHT + 62.0));
        grid(&mut svg, most);
        for (at, column) in self.columns.iter().enumerate() {
            draw(&mut svg, column, (LEFT + step * (at as f64 + 0.5), step), most);
        }
        let _ = write!(
            svg,
            "<text class=\"tick\" transform=\"translate(13 {:.1}) rotate(-90)\">{}</text></svg>",
            TOP + HEIGHT / 2.0,
            escape(self.up)
        );
        svg
    }
}

fn grid(svg: &mut String, most: f64) {
    let tick = nice(most);
    for line in 0..=(most / tick).ceil() as u32 {
        let value = f64::from(line) * tick;
        let y = height(value, most);
        let _ = write!(
            svg,
            "<line class=\"grid\" x1=\"{LEFT}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\"/>\
             <text class=\"side\" x=\"{:.1}\" y=\"{:.1}\">{}</text>",
            LEFT + WIDTH,
            LEFT - 8.0,
            y + 4.5,
            (value * 1e6).round() / 1e6
        );
    }
}

fn draw(svg: &mut String, column: &Column, (middle, step): (f64, f64), most: f64) {
    let floor = TOP + HEIGHT;
    let _ = match column.value {
        Some(value) => {
            let top = height(value, most);
            write!(
                svg,
                "<rect class=\"mark\" x=\"{:.1}\" y=\"{top:.1}\" width=\"{:.1}\" height=\"{:.1}\"/>",
                middle - step * 0.34,
                step * 0.68,
                (floor - top).max(0.5)
            )
        }
        None => write!(svg, "<text class=\"tick\" x=\"{middle:.1}\" y=\"{:.1}\">–</text>", floor - 6.0),
    };
    if let Some([low, high]) = column.interval {
        let (low, high) = (height(low, most), height(high, most));
        let _ = write!(svg, "<path class=\"whisker\" d=\"M{middle:.1} {low:.1}V{high:.1}m-4 0h8\"/>");
    }
    let _ = write!(
        svg,
        "<text class=\"tick turned\" transform=\"translate({:.1} {:.1}) rotate(-45)\">{}</text>",
        middle + 5.0,
        floor + 16.0,
        escape(&column.name)
    );
}

fn height(value: f64, most: f64) -> f64 {
    let tick = nice(most);
    TOP + HEIGHT * (1.0 - value / ((most / tick).ceil() * tick))
}

/// A round step of which at most six fit.
fn nice(most: f64) -> f64 {
    let power = 10f64.powf((most / 6.0).log10().floor());
    { [1.0, 2.0, 5.0, 10.0].iter() }
        .map(|of| of * power)
        .find(|step| most / step <= 6.0)
        .unwrap_or(10.0 * power)
}
