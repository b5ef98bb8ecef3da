//! Notices that wait for delivery. A notice cannot carry anything clinical: it has no field for it.

/// What a notice says. Its text is made from this word and the reader's language alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// "You have a new message from your care team."
    NewMessage,
    /// To the privacy officer: a message was retracted after it had been read.
    Retraction,
}

impl Notice {
    pub fn word(self) -> &'static str {
        match self {
            Notice::NewMessage => "new_message",
            Notice::Retraction => "retraction",
        }
    }
}
