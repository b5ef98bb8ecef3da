//! Figures as the report writes them: three digits, in the page the same as in JSON.

use crate::disclosure::{rounded, rounded_count};

/// Three digits, or all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Digits {
    Three,
    All,
}

impl Digits {
    pub fn figure(self, value: f64) -> f64 {
        if self == Digits::Three { rounded(value) } else { value }
    }

    pub fn interval(self, [low, high]: [f64; 2]) -> [f64; 2] {
        [self.figure(low), self.figure(high)]
    }

    pub fn count(self, count: u64) -> u64 {
        if self == Digits::Three { rounded_count(count) } else { count }
    }
}

/// A figure with three significant digits: 0.651, 5.64, 12.3, 123.
pub fn text(value: f64) -> String {
    if !value.is_finite() {
        return "not finite".to_owned();
    }
    let value = rounded(value);
    if value == 0.0 {
        return "0".to_owned();
    }
    let before = value.abs().log10().floor() as i32;
    let digits = (2 - before).clamp(0, 6) as usize;
    format!("{value:.digits$}")
}

/// A chance of error: three decimals, or below a thousandth.
pub fn p(value: f64) -> String {
    if value < 0.001 { "< 0.001".to_owned() } else { format!("{value:.3}") }
}

/// With thousands set apart.
pub fn count(value: u64) -> String {
    let digits = value.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
