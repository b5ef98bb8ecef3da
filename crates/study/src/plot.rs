//! Plots as inline SVG, in the words that the caller gives: each has a title and a sentence for those who do not
//! see it, and the numbers stand in a table beside it. Colours come from the page's style.

mod columns;
mod curves;
mod flow;

pub use columns::{Column, Columns};
pub use curves::{Curve, Curves};
pub use flow::{Box, Flow};

/// Text inside an SVG.
pub fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Opens a picture of this size with its title and its sentence, under an id of the page.
fn open(id: &str, (title, words): (&str, &str), (width, height): (f64, f64)) -> String {
    format!(
        "<svg class=\"plot\" role=\"img\" aria-labelledby=\"{id}-title {id}-words\" viewBox=\"0 0 {width} {height}\">\
         <title id=\"{id}-title\">{}</title><desc id=\"{id}-words\">{}</desc>",
        escape(title),
        escape(words)
    )
}

/// At most so many letters.
pub fn short(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    text.chars().take(most - 1).chain(['…']).collect()
}
