//! The protocols that come with the program.

use super::Asked;

/// A protocol by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shipped {
    pub name: &'static str,
    pub text: &'static str,
}

/// As in `studies/`.
pub const SHIPPED: [Shipped; 4] = [
    Shipped { name: "ralston-2009", text: include_str!("../../../../../studies/ralston-2009.toml") },
    Shipped { name: "adoption-monthly", text: include_str!("../../../../../studies/adoption-monthly.toml") },
    Shipped { name: "funnel", text: include_str!("../../../../../studies/funnel.toml") },
    Shipped {
        name: "reply-time-equity",
        text: include_str!("../../../../../studies/reply-time-equity.toml"),
    },
];

impl Shipped {
    pub fn find(name: &str) -> Option<Shipped> {
        SHIPPED.into_iter().find(|shipped| shipped.name == name)
    }

    /// Whether the record answers it; the others are for files.
    pub fn is_for_the_record(&self) -> bool {
        Asked::check(self.text).is_ok()
    }

    /// Its title, for lists.
    pub fn title(&self) -> String {
        let parsed = study::protocol::Protocol::parse(self.text, self.name);
        parsed.map_or_else(|_| self.name.to_owned(), |protocol| protocol.title)
    }
}
