//! The boards' pictures as inline SVG. A picture says its main point in its title; the table behind it
//! holds every figure. A suppressed figure leaves a marked gap, not a zero.

use crate::web::frame::Frame;
use askama::filters::HtmlSafe;
use service::view::study::MonthFigure;
use std::fmt::{self, Write};

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 220.0;
const TOP: f64 = 24.0;
const BOTTOM: f64 = 40.0;
/// Months beside one another before their names stand under every second one.
const CROWDED: usize = 9;

/// A drawing; safe to be written into a page.
pub struct Svg(String);

impl Svg {
    /// A drawing of `study::plot`, which escapes its texts.
    pub fn new(drawing: String) -> Svg {
        Svg(drawing)
    }
}

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Svg {}

/// Writers per 1,000 adults, month by month.
pub fn months(f: &Frame, months: &[MonthFigure]) -> Svg {
    let mut out = String::new();
    // Writing into a String cannot fail.
    let _ = draw_months(f, months, &mut out);
    Svg(out)
}

fn draw_months(f: &Frame, months: &[MonthFigure], out: &mut String) -> fmt::Result {
    let shown = months.iter().filter_map(|month| month.figure);
    let most = shown.map(|figure| figure.per_1000).fold(0.0, f64::max).max(f64::MIN_POSITIVE);
    write!(
        out,
        "<svg class=\"plot columns\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" \
         aria-labelledby=\"months-words\"><title id=\"months-words\">{}</title>",
        summary(f, months)
    )?;
    let (floor, step) = (HEIGHT - BOTTOM, WIDTH / months.len().max(6) as f64);
    for (at, month) in months.iter().enumerate() {
        let middle = (at as f64 + 0.5) * step;
        match month.figure {
            Some(figure) => {
                let height = (figure.per_1000 / most * (floor - TOP)).max(1.0);
                let (x, y, width) = (middle - step * 0.36, floor - height, step * 0.72);
                write!(
                    out,
                    "<rect class=\"column\" x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" \
                     height=\"{height:.1}\" rx=\"3\"/><text class=\"column-value\" x=\"{middle:.1}\" \
                     y=\"{:.1}\" text-anchor=\"middle\">{}</text>",
                    y - 6.0,
                    three_digits(figure.per_1000)
                )?;
            }
            None => write!(
                out,
                "<text class=\"column-none\" x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">\u{2013}</text>",
                floor - 6.0
            )?,
        }
        name_month(f, months, at, (middle, floor), out)?;
    }
    write!(out, "<path class=\"axis\" d=\"M0 {floor}H{WIDTH}\"/></svg>")
}

fn name_month(
    f: &Frame,
    months: &[MonthFigure],
    at: usize,
    (middle, floor): (f64, f64),
    out: &mut String,
) -> fmt::Result {
    let month = months[at].month;
    let from_end = months.len() - 1 - at;
    if months.len() <= CROWDED || from_end.is_multiple_of(2) {
        let name = f.t(&format!("month-short-{}", month.month));
        write!(
            out,
            "<text x=\"{middle:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{name}</text>",
            floor + 17.0
        )?;
    }
    if at == 0 || month.month == 1 {
        let y = floor + 34.0;
        write!(out, "<text x=\"{middle:.1}\" y=\"{y:.1}\" text-anchor=\"middle\">{}</text>", month.year)?;
    }
    Ok(())
}

fn summary(f: &Frame, months: &[MonthFigure]) -> String {
    let (Some(first), Some(last)) = (months.first(), months.last()) else { return String::new() };
    let newest = months.iter().rev().find_map(|month| Some((month.month, month.figure?)));
    let Some((month, figure)) = newest else { return f.t("study-months-none").to_string() };
    f.t("study-months-summary")
        .text("from", &f.iso(&first.month.iso()))
        .text("to", &f.iso(&last.month.iso()))
        .text("month", &f.iso(&month.iso()))
        .text("share", &three_digits(figure.per_1000))
        .to_string()
}

/// One bar of a list, against the longest. Its figure stands beside it, so it is decoration.
pub fn bar(value: f64, most: f64) -> Svg {
    let width = if most > 0.0 { (value / most * 100.0).clamp(0.5, 100.0) } else { 0.5 };
    Svg(format!(
        "<svg class=\"row-bar\" viewBox=\"0 0 100 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\" \
         focusable=\"false\"><rect x=\"0\" y=\"0\" width=\"{width:.1}\" height=\"10\"/></svg>"
    ))
}

/// A value that was rounded to three digits.
pub fn three_digits(value: f64) -> String {
    if value >= 100.0 {
        return grouped(value.round() as u64);
    }
    match value {
        0.0 => "0".to_owned(),
        value if value < 10.0 => format!("{value:.2}"),
        value => format!("{value:.1}"),
    }
}

/// `179,107`: the United States' way in both languages.
pub fn grouped(count: u64) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_written_with_three_digits() {
        assert_eq!(
            [0.0, 0.123, 3.0, 31.4, 140.0, 1000.0].map(three_digits),
            ["0", "0.12", "3.00", "31.4", "140", "1,000"]
        );
        assert_eq!([0, 999, 1000, 179_107].map(grouped), ["0", "999", "1,000", "179,107"]);
    }
}
