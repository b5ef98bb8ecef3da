//! Published figures carry three digits.

use super::Counts;

/// Rounded to three significant digits; not finite stays as it is.
pub fn rounded(value: f64) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let digits = 2 - value.abs().log10().floor() as i32;
    // Dividing by a power of ten rounds once where multiplying by its inverse would round twice.
    match digits {
        0.. => (value * 10f64.powi(digits)).round() / 10f64.powi(digits),
        _ => (value / 10f64.powi(-digits)).round() * 10f64.powi(-digits),
    }
}

/// Rounded to three significant digits, halves upwards; exact below 1,000.
pub fn rounded_count(count: u64) -> u64 {
    let mut step = 1;
    while count / step >= 1000 {
        step *= 10;
    }
    (count + step / 2) / step * step
}

impl Counts {
    pub(super) fn rounded(self) -> Counts {
        Counts { n: rounded_count(self.n), events: rounded_count(self.events) }
    }
}
