//! Body search. A patient's own messages are unsealed and read; a team's go by blind word postings,
//! the rarest word first, and every hit is verified after unsealing. A page stops at a work limit and
//! says how far back it has searched.

mod own;
mod postings;
mod team;

use crate::ctx::Ctx;
use crate::entries::first_words;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::persons;
use crate::service::Service;
use crate::view::inbox::{MessageHit, SearchPage};
use crate::view::person::Person;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{PatientId, PoolId};
use domain::language::Label;
use domain::message::Message;
use domain::words::Stems;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// Longer text is no search; the rest is passed over.
const LONGEST: usize = 200;
const MOST_WORDS: usize = 12;

impl Service {
    /// The patient's search in what the patient may read, newest first.
    pub async fn search_own(
        &self,
        ctx: &Ctx,
        person: PatientId,
        typed: String,
        after: Option<Cursor>,
    ) -> Result<(Person, SearchPage), ServiceError> {
        let service = self.clone();
        self.read(self.act(ctx, AuditAction::SearchMessages), move |tx, act| {
            act.about(person, None);
            act.detail().query = Some(typed.clone());
            act.allow(tx, Capability::ReadMessages, Item::default())?;
            let frame = persons::load(tx, act, person)?;
            let key = act.vault.patient(tx, person)?.ok_or(ServiceError::NotFound)?;
            let search = Search::of(&service.stems, &typed);
            let page =
                if search.words.is_empty() { empty() } else { search.own(tx, act, (person, &key), after)? };
            Ok((frame, page))
        })
        .await
    }

    /// The team's search in the threads of its pools, newest first.
    pub async fn search_team(
        &self,
        ctx: &Ctx,
        typed: String,
        pool: Option<PoolId>,
        after: Option<Cursor>,
    ) -> Result<SearchPage, ServiceError> {
        let service = self.clone();
        self.read(self.act(ctx, AuditAction::SearchMessages), move |tx, act| {
            act.detail().query = Some(typed.clone());
            let mut pools = pool.map_or_else(|| act.actor().pools.clone(), |pool| vec![pool]);
            if pools.is_empty() {
                // Somebody without a team is refused like somebody of another one.
                pools.push(PoolId(uuid::Uuid::nil()));
            }
            for pool in &pools {
                act.about(PatientId::ORGANISATION, Some((AuditObject::Pool, pool.0)));
                act.allow(tx, Capability::ReadInbox(*pool), Item::default())?;
            }
            let search = Search::of(&service.stems, &typed);
            let page = if search.words.is_empty() { empty() } else { search.team(tx, act, &pools, after)? };
            act.show(page.hits.items.iter().map(|hit| hit.patient));
            Ok(page)
        })
        .await
    }
}

fn empty() -> SearchPage {
    SearchPage { hits: Page { items: Vec::new(), next: None }, searched_back_to: None }
}

/// What is looked for: the forms of each typed word, all of which must occur.
struct Search<'a> {
    stems: &'a Stems,
    words: Vec<BTreeSet<String>>,
}

impl Search<'_> {
    fn of<'a>(stems: &'a Stems, typed: &str) -> Search<'a> {
        let typed: String = typed.chars().take(LONGEST).collect();
        let mut words = stems.query_terms(&typed);
        words.truncate(MOST_WORDS);
        Search { stems, words }
    }

    /// The check after unsealing: every typed word occurs in the body, or in the subject of a first message.
    fn hit(&self, patient: PatientId, message: &Message, text: &str, subject: &str) -> Option<MessageHit> {
        let searched = if message.seq == 1 { format!("{subject}\n{text}") } else { text.to_owned() };
        self.stems.matches(&searched, &self.words).then(|| MessageHit {
            thread: message.thread,
            patient,
            who: Label::new("", ""),
            subject: subject.to_owned(),
            excerpt: excerpt(self.stems, text, &self.words),
            sent_at: message.sent_at,
        })
    }
}

fn cut(hits: Vec<(MessageHit, uuid::Uuid)>) -> SearchPage {
    let cursor = |(hit, id): &(MessageHit, uuid::Uuid)| Cursor { at: hit.sent_at.as_microsecond(), id: *id };
    SearchPage { hits: Page::cut(hits, PAGE, cursor).map(|(hit, _)| hit), searched_back_to: None }
}

fn stopped(hits: Vec<(MessageHit, uuid::Uuid)>, at: Cursor) -> SearchPage {
    SearchPage {
        hits: Page { items: hits.into_iter().map(|(hit, _)| hit).collect(), next: Some(at) },
        searched_back_to: Timestamp::from_microsecond(at.at).ok(),
    }
}

/// The words around the first hit.
fn excerpt(stems: &Stems, text: &str, wanted: &[BTreeSet<String>]) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_hit = |word: &&str| {
        let terms = stems.index_terms(word);
        wanted.iter().any(|forms| !forms.is_disjoint(&terms))
    };
    let first = words.iter().position(is_hit).unwrap_or(0);
    let from = first.saturating_sub(8);
    let start = if from > 0 { "… " } else { "" };
    format!("{start}{}", first_words(&words[from..].join(" ")))
}
