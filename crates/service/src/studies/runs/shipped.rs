//! The protocols that come with the program; the record answers all of them.

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

    /// Its title, and whether it repeats a published study.
    pub fn about(&self) -> (String, bool) {
        match study::protocol::Protocol::parse(self.text, self.name) {
            Ok(protocol) => (protocol.title, protocol.repeats.is_some()),
            Err(_) => (self.name.to_owned(), false),
        }
    }
}
