//! A flow from many to few, as papers draw it: boxes below one another, and beside each arrow who left.

use super::{escape, open};
use std::fmt::Write;

const WIDTH: f64 = 300.0;
const ASIDE: f64 = 340.0;
const LINE: f64 = 17.0;
const GAP: f64 = 34.0;
/// Letters of a line in a box.
const LETTERS: usize = 40;

/// Who remains, and who left on the way there.
pub struct Box {
    pub name: String,
    pub remaining: String,
    /// What stands beside the arrow to this box.
    pub left: Option<String>,
}

/// The whole flow.
pub struct Flow<'a> {
    pub id: &'a str,
    pub title: &'a str,
    pub words: &'a str,
    pub boxes: &'a [Box],
}

impl Flow<'_> {
    pub fn svg(&self) -> String {
        let mut drawing = String::new();
        let mut y = 6.0;
        for (at, step) in self.boxes.iter().enumerate() {
            if at > 0 {
                y = arrow(&mut drawing, y, step.left.as_deref());
            }
            y = lines(&mut drawing, ("box", 1.0, WIDTH), y, &[&step.name, &step.remaining]);
        }
        let size = (WIDTH + 40.0 + ASIDE, y + 6.0);
        open(self.id, (self.title, self.words), size) + &drawing + "</svg>"
    }
}

/// An arrow down, with a box beside it; where the next box begins.
fn arrow(svg: &mut String, y: f64, left: Option<&str>) -> f64 {
    let x = WIDTH / 2.0;
    let mut end = y + GAP;
    if let Some(left) = left {
        let begins = y + 8.0;
        let bottom = lines(svg, ("box aside", WIDTH + 40.0, ASIDE - 2.0), begins, &[left]);
        end = end.max(bottom + 10.0);
        let beside = (begins + bottom) / 2.0;
        let _ = write!(svg, "<path class=\"arrow\" d=\"M{x} {beside:.1}H{}\"/>", WIDTH + 40.0);
    }
    let _ = write!(
        svg,
        "<path class=\"arrow\" d=\"M{x} {y:.1}V{:.1}\"/><path class=\"arrow-head\" d=\"M{x} {end:.1}l-5 -9h10z\"/>",
        end - 4.0
    );
    end
}

/// A box with its texts; where it ends.
fn lines(svg: &mut String, (class, x, width): (&str, f64, f64), y: f64, texts: &[&str]) -> f64 {
    let broken: Vec<String> = texts.iter().flat_map(|text| broken(text)).collect();
    let height = LINE * broken.len() as f64 + 14.0;
    let _ = write!(
        svg,
        "<rect class=\"{class}\" x=\"{x}\" y=\"{y:.1}\" width=\"{width}\" height=\"{height:.1}\" rx=\"4\"/>"
    );
    for (at, line) in broken.iter().enumerate() {
        let base = y + 19.0 + LINE * at as f64;
        let _ = write!(svg, "<text x=\"{:.1}\" y=\"{base:.1}\">{}</text>", x + 12.0, escape(line));
    }
    y + height
}

fn broken(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = vec![String::new()];
    for word in text.split_whitespace() {
        let is_full = lines.last().is_some_and(|line| {
            !line.is_empty() && line.chars().count() + 1 + word.chars().count() > LETTERS
        });
        if is_full {
            lines.push(String::new());
        }
        if let Some(line) = lines.last_mut() {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines
}
