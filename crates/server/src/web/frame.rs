//! What every page carries: the voice, the person it is about, the way through the site, the CSRF
//! token of its forms and the nonce of its script.

use super::icon::Icon;
use crate::words::{Sentence, Voice};
use domain::actor::Role;
use domain::id::ClientKey;
use domain::proxy::ProxyScope;
use service::view::person::Person;
use std::ops::Deref;

/// Where the reader stands, for the marked entry of the navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Home,
    Messages,
    Record,
    More,
    Inbox,
    Patients,
    Search,
    TeamBoard,
    Study,
    Teams,
    Staff,
    Organisation,
    Audit,
    Emergencies,
    Chains,
    StudyRuns,
    Elsewhere,
}

/// The clinic as pages show it when no person is known yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clinic {
    pub name: String,
    pub phone: String,
}

/// The part that all page structs share; sentences are spoken through it: `{{ f.t("home-title") }}`.
#[derive(Clone, Debug)]
pub struct Frame {
    pub voice: Voice,
    pub clinic: Clinic,
    /// Whose record this is; `None` on the team's pages and before sign-in.
    pub person: Option<Person>,
    pub place: Place,
    /// Session-bound, in every form.
    pub csrf: String,
    /// Of this response's only script element.
    pub nonce: String,
    /// What was just done, such as `sent`: announced once, from the address.
    pub done: Option<Done>,
    /// The reader's own name, on the team's pages.
    pub reader: String,
    /// The reader's roles there: what the navigation offers.
    pub roles: Vec<Role>,
    /// The reader leads a team.
    pub leads: bool,
    /// Chosen here, so that a form that is sent twice is stored once.
    pub client_key: ClientKey,
}

impl Deref for Frame {
    type Target = Voice;

    fn deref(&self) -> &Voice {
        &self.voice
    }
}

impl Frame {
    /// Whether the reader holds the role of this word.
    pub fn is(&self, role: &str) -> bool {
        self.roles.iter().any(|held| held.word() == role)
    }

    /// Whether the reader answers messages.
    pub fn answers(&self) -> bool {
        self.roles.iter().any(|held| held.answers())
    }

    pub fn icon(&self, name: &'static str) -> Icon {
        Icon(name)
    }

    /// `aria-current` of a navigation entry.
    pub fn current(&self, place: &str) -> &'static str {
        if place == self.place_word() { " aria-current=page" } else { "" }
    }

    fn place_word(&self) -> &'static str {
        match self.place {
            Place::Home => "home",
            Place::Messages => "messages",
            Place::Record => "record",
            Place::More => "more",
            Place::Inbox => "inbox",
            Place::Patients => "patients",
            Place::Search => "search",
            Place::TeamBoard => "team-board",
            Place::Study => "study",
            Place::Teams => "teams",
            Place::Staff => "staff",
            Place::Organisation => "organisation",
            Place::Audit => "audit",
            Place::Emergencies => "emergencies",
            Place::Chains => "chains",
            Place::StudyRuns => "study-runs",
            Place::Elsewhere => "",
        }
    }

    /// The beginning of every address about this person.
    pub fn base(&self) -> String {
        self.person.as_ref().map(|person| format!("/p/{}", person.patient)).unwrap_or_default()
    }

    /// The folder of embedded files; its name changes with their content.
    pub fn assets(&self) -> &'static str {
        super::assets::folder()
    }

    pub fn unread(&self) -> i64 {
        self.person.as_ref().map_or(0, |person| person.unread)
    }

    /// Whether the reader may see this person's messages.
    pub fn sees_messages(&self) -> bool {
        self.person.as_ref().is_none_or(|person| person.sees.messages)
    }

    /// Whether the reader may see this person's record.
    pub fn sees_record(&self) -> bool {
        self.person.as_ref().is_none_or(|person| person.sees.record)
    }

    /// The word of a scope, as sentences about it are named.
    pub fn scope(&self, scope: &ProxyScope) -> &'static str {
        match (scope.record, scope.messages) {
            (true, true) => "all",
            (true, false) => "record",
            (false, true) => "messages",
            (false, false) => "nothing",
        }
    }

    /// A telephone number as `tel:` takes it.
    pub fn tel(&self, phone: &str) -> String {
        phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
    }

    pub fn announced(&self) -> Option<Sentence<'_>> {
        self.done.map(|done| self.t(done.key()))
    }
}

macro_rules! done {
    ($($variant:ident => $word:literal, $key:literal;)*) => {
        /// What the page before this one did. The address holds its word and nothing else.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Done { $($variant),* }

        impl Done {
            pub const ALL: &'static [Done] = &[$(Done::$variant),*];

            pub fn word(self) -> &'static str {
                match self { $(Done::$variant => $word),* }
            }

            pub fn key(self) -> &'static str {
                match self { $(Done::$variant => $key),* }
            }

            pub fn from_word(word: &str) -> Option<Done> {
                Done::ALL.iter().copied().find(|done| done.word() == word)
            }
        }
    };
}

done! {
    Sent => "sent", "done-sent";
    Thanked => "thanked", "done-thanked";
    Discarded => "discarded", "done-discarded";
    Withdrawn => "withdrawn", "done-withdrawn";
    Retracted => "retracted", "done-retracted";
    Replied => "replied", "done-replied";
    RepliedAndClosed => "replied-closed", "done-replied-closed";
    Closed => "closed", "done-closed";
    Reopened => "reopened", "done-reopened";
    Noted => "noted", "done-noted";
    Assigned => "assigned", "done-assigned";
    ProxyEnded => "proxy-ended", "done-proxy-ended";
    Language => "language", "done-language";
    SignedOut => "signed-out", "done-signed-out";
    MemberLeft => "member-left", "done-member-left";
    SignedOutThere => "signed-out-there", "done-signed-out-there";
    Password => "password", "done-password";
    SessionsEnded => "sessions-ended", "done-sessions-ended";
    GlassBroken => "glass", "done-glass";
    KeyDestroyed => "key-destroyed", "done-key-destroyed";
}
