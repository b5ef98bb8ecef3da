//! Acting for somebody else, by that person's consent or as a guardian: who, for whom, with what, from
//! when until when. A grant that has ended stays as a fact.

use crate::id::{AccountId, PatientId};
use jiff::Timestamp;

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident => $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($variant),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word that is stored and that the command line takes.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            pub fn from_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// What the proxy is to the patient (a choice of HL7 v3 RoleCode).
    ProxyRelation {
        Daughter => "daughter",
        Son => "son",
        Spouse => "spouse",
        Mother => "mother",
        Father => "father",
        Sister => "sister",
        Brother => "brother",
        Grandchild => "grandchild",
        Guardian => "guardian",
        Friend => "friend",
        Other => "other",
    }
}

words! {
    /// By what right.
    ProxyBasis { Consent => "consent", Guardianship => "guardianship" }
}

/// What a proxy may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProxyScope {
    /// Read the record.
    pub record: bool,
    /// Read and write messages.
    pub messages: bool,
}

impl ProxyScope {
    pub const ALL: ProxyScope = ProxyScope { record: true, messages: true };
}

/// One grant, in [from, until), unless it was ended before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProxyGrant {
    pub patient: PatientId,
    pub account: AccountId,
    pub scope: ProxyScope,
    pub basis: ProxyBasis,
    pub from: Timestamp,
    pub until: Option<Timestamp>,
    pub ended_at: Option<Timestamp>,
}

impl ProxyGrant {
    /// Whether it holds at this moment.
    pub fn holds(&self, now: Timestamp) -> bool {
        self.from <= now
            && self.until.is_none_or(|until| now < until)
            && self.ended_at.is_none_or(|end| now < end)
    }

    /// Whether it is this account's, for this patient.
    pub fn is_of(&self, account: AccountId, patient: PatientId) -> bool {
        self.account == account && self.patient == patient
    }
}
