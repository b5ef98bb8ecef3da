//! The icon set: small line drawings on a 24-unit grid, in the colour of the text around them.

use askama::filters::HtmlSafe;
use std::fmt;

/// An icon by its name; it is decoration and hidden from screen readers.
#[derive(Clone, Copy, Debug)]
pub struct Icon(pub &'static str);

impl fmt::Display for Icon {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\" focusable=\"false\">{}</svg>",
            drawing(self.0)
        )
    }
}

impl HtmlSafe for Icon {}

fn drawing(name: &str) -> &'static str {
    match name {
        "home" => r#"<path d="M4 11.5 12 5l8 6.5V19a1 1 0 0 1-1 1h-4.5v-5h-5v5H5a1 1 0 0 1-1-1z"/>"#,
        "message" => {
            r#"<path d="M4 6.5A1.5 1.5 0 0 1 5.5 5h13A1.5 1.5 0 0 1 20 6.5v8a1.5 1.5 0 0 1-1.5 1.5H10l-4.5 4v-4A1.5 1.5 0 0 1 4 14.5z"/>"#
        }
        "record" => {
            r#"<path d="M7 4h7l4 4v11a1 1 0 0 1-1 1H7a1 1 0 0 1-1-1V5a1 1 0 0 1 1-1z"/><path d="M14 4v4h4M9 13h6M9 16.5h4"/>"#
        }
        "more" => r#"<path d="M5 7h14M5 12h14M5 17h14"/>"#,
        "results" => r#"<path d="M4 19h16M5 14.5l4-4 3.5 3 5.5-7"/><circle cx="18" cy="6.5" r="1.5"/>"#,
        "medicine" => {
            r#"<rect x="3" y="8.5" width="18" height="7" rx="3.5" transform="rotate(-40 12 12)"/><path d="m9.7 9.3 4.6 5.4"/>"#
        }
        "condition" => r#"<path d="M3 12.5h4l2-6 4 12 2.5-6H21"/>"#,
        "allergy" => r#"<path d="M12 4 2.8 19.5h18.4z"/><path d="M12 10v4.5M12 17v.2"/>"#,
        "vaccine" => r#"<path d="m14 4 6 6M17 7l-9.5 9.5L4 20M7 10l7 7M10 7l7 7"/>"#,
        "visit" => {
            r#"<rect x="4" y="5.5" width="16" height="14.5" rx="2"/><path d="M4 10h16M8.5 3.5v4M15.5 3.5v4M9 15l2 2 4-4"/>"#
        }
        "vitals" => {
            r#"<path d="M12 20s-7.5-4.6-7.5-10A4.2 4.2 0 0 1 12 7.4 4.2 4.2 0 0 1 19.5 10c0 5.4-7.5 10-7.5 10z"/><path d="M4.8 12.5H9l1.5-3 2.5 5 1.5-2h4.6"/>"#
        }
        "procedure" => r#"<rect x="4" y="4" width="16" height="16" rx="4"/><path d="M12 8v8M8 12h8"/>"#,
        "plan" => {
            r#"<path d="M9.5 6.5H20M9.5 12H20M9.5 17.5H20"/><path d="m3.5 6.5 1.2 1.2L7 5.3M3.5 12l1.2 1.2L7 10.8M3.5 17.5l1.2 1.2L7 16.3"/>"#
        }
        "coverage" => {
            r#"<path d="M12 3.5 5 6v5.5c0 4.5 3 7.6 7 9 4-1.4 7-4.5 7-9V6z"/><path d="m9 12 2.2 2.2L15.5 10"/>"#
        }
        "place" => {
            r#"<path d="M12 21s-6.5-6-6.5-11a6.5 6.5 0 0 1 13 0c0 5-6.5 11-6.5 11z"/><circle cx="12" cy="10" r="2.3"/>"#
        }
        "warning" => r#"<circle cx="12" cy="12" r="8.5"/><path d="M12 7.5V13M12 16v.2"/>"#,
        "search" => r#"<circle cx="10.5" cy="10.5" r="6"/><path d="m15 15 5 5"/>"#,
        "next" => r#"<path d="m9 5 7 7-7 7"/>"#,
        "back" => r#"<path d="m15 5-7 7 7 7"/>"#,
        "eye" => {
            r#"<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="3"/>"#
        }
        "phone" => {
            r#"<path d="M6 3.5h3l1.5 4.5-2 1.5a12 12 0 0 0 6 6l1.5-2 4.5 1.5v3a2 2 0 0 1-2 2A14.5 14.5 0 0 1 4 5.5a2 2 0 0 1 2-2z"/>"#
        }
        "write" => r#"<path d="M4 20h4L19 9l-4-4L4 16z"/><path d="m13 7 4 4"/>"#,
        "check" => r#"<path d="m4.5 12.5 5 5 10-11"/>"#,
        "clock" => r#"<circle cx="12" cy="12" r="8"/><path d="M12 7.5V12l3 2"/>"#,
        "lock" => {
            r#"<rect x="5" y="10.5" width="14" height="9.5" rx="2"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5"/>"#
        }
        "person" => r#"<circle cx="12" cy="8.5" r="3.5"/><path d="M5 20c.5-4 3.5-6 7-6s6.5 2 7 6"/>"#,
        "team" => {
            r#"<circle cx="9" cy="9" r="3"/><path d="M3 19c.4-3.5 3-5 6-5s5.6 1.5 6 5M16 6.5a3 3 0 0 1 0 5.5M17.5 14.5c2 .6 3.3 2 3.5 4.5"/>"#
        }
        "language" => {
            r#"<circle cx="12" cy="12" r="8"/><path d="M4 12h16M12 4c5 5 5 11 0 16M12 4c-5 5-5 11 0 16"/>"#
        }
        "out" => r#"<path d="M10 4.5H6a1 1 0 0 0-1 1v13a1 1 0 0 0 1 1h4M14 8l4 4-4 4M18 12H9.5"/>"#,
        "note" => r#"<path d="M5 5h14v9l-5 5H5z"/><path d="M14 19v-5h5"/>"#,
        "up" => r#"<path d="M12 19V6M6.5 11 12 5.5l5.5 5.5"/>"#,
        "down" => r#"<path d="M12 5v13M6.5 13l5.5 5.5 5.5-5.5"/>"#,
        "dot" => r#"<circle cx="12" cy="12" r="4.5"/>"#,
        "close" => r#"<path d="m6 6 12 12M18 6 6 18"/>"#,
        _ => r#"<circle cx="12" cy="12" r="2"/>"#,
    }
}
