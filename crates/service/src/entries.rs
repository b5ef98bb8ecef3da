//! A thread's entries as one side reads them.

use crate::acts::Act;
use crate::error::ServiceError;
use crate::proxies;
use crate::threads::item;
use crate::view::thread::{AuthorName, Entry, EventText};
use domain::access::Capability;
use domain::actor::{Actor, Door};
use domain::id::{AccountId, CloseReasonId, MessageId, ThreadId};
use domain::language::Label;
use domain::message::{Content, EventLine, Message, Side};
use domain::proxy::ProxyRelation;
use domain::red_flags::RedFlags;
use domain::thread::take_back;
use jiff::Timestamp;
use std::collections::HashMap;
use std::sync::Arc;
use store::db::Tx;

/// What entries need beside themselves: names and labels.
pub(crate) struct Words {
    names: HashMap<AccountId, String>,
    reasons: HashMap<CloseReasonId, Label>,
    /// The patient's name, for entries that a proxy wrote.
    patient: String,
    /// What those who wrote for the patient are to the patient.
    relations: HashMap<AccountId, ProxyRelation>,
    red_flags: Arc<RedFlags>,
    /// When messages with warning words were first read.
    seen: HashMap<MessageId, Timestamp>,
    /// Continued threads that the reader may open.
    continued: Vec<ThreadId>,
}

impl Words {
    /// Reads the names and labels that these entries mention.
    pub(crate) fn load(
        tx: &mut Tx<'_>,
        act: &Act,
        messages: &[Message],
        (patient, others): (&str, &[AccountId]),
    ) -> Result<Words, ServiceError> {
        let mut accounts: Vec<AccountId> = messages.iter().map(|message| message.author.account).collect();
        accounts.extend(others);
        for message in messages {
            if let Content::Event(EventLine::Assigned { to: Some(to) }) = &message.content {
                accounts.push(*to);
            }
            if let Content::Event(EventLine::OwnerLeft { owner }) = &message.content {
                accounts.push(*owner);
            }
        }
        let names = store::account::names(tx, act.vault.organisation(), &accounts)?;
        let mut reasons = HashMap::new();
        for message in messages {
            if let Content::Event(EventLine::Closed { reason }) = message.content
                && let Some(found) = store::close_reason::load(tx, reason)?
            {
                reasons.insert(reason, found.label);
            }
        }
        let for_another = messages.iter().find_map(|message| message.author.on_behalf_of);
        let relations = match for_another {
            Some(patient) => proxies::relations(tx, act, patient)?,
            None => HashMap::new(),
        };
        let seen = messages.iter().filter_map(|message| Some((message.id, message.first_seen_at?))).collect();
        Ok(Words {
            names,
            reasons,
            patient: patient.to_owned(),
            relations,
            red_flags: act.red_flags.clone(),
            seen,
            continued: continued(tx, act, messages)?,
        })
    }

    pub(crate) fn name(&self, account: AccountId) -> String {
        self.names.get(&account).cloned().unwrap_or_default()
    }

    fn reason(&self, reason: CloseReasonId) -> Label {
        self.reasons.get(&reason).cloned().unwrap_or_else(|| Label::new("", ""))
    }

    fn author(&self, message: &Message, reader: AccountId) -> AuthorName {
        let author = &message.author;
        AuthorName {
            account: author.account,
            name: self.name(author.account),
            side: author.side,
            role: author.role,
            on_behalf_of: author.on_behalf_of.map(|_| self.patient.clone()),
            relation: author.on_behalf_of.and_then(|_| self.relations.get(&author.account).copied()),
            is_me: author.account == reader,
        }
    }

    fn event(&self, line: &EventLine) -> EventText {
        match line {
            EventLine::Assigned { to } => EventText::Assigned { to: to.map(|to| self.name(to)) },
            EventLine::OwnerLeft { owner } => EventText::OwnerLeft { owner: self.name(*owner) },
            EventLine::Closed { reason } => EventText::Closed { reason: self.reason(*reason) },
            EventLine::Reopened { reason } => EventText::Reopened { reason: reason.clone() },
            EventLine::Withdrawn { .. } => EventText::Withdrawn,
            EventLine::Retracted { .. } => EventText::Retracted,
            EventLine::ContinuedFrom { thread } => {
                EventText::ContinuedFrom { thread: self.continued.contains(thread).then_some(*thread) }
            }
            EventLine::Thanked => EventText::Thanked,
            EventLine::RedFlag { message, signs, advised } => EventText::RedFlag {
                signs: signs.iter().map(|sign| self.red_flags.label(sign)).collect(),
                advised: *advised,
                first_read: self.seen.get(message).copied(),
            },
        }
    }
}

fn continued(tx: &mut Tx<'_>, act: &Act, messages: &[Message]) -> Result<Vec<ThreadId>, ServiceError> {
    let mut readable = Vec::new();
    for message in messages {
        let Content::Event(EventLine::ContinuedFrom { thread }) = message.content else { continue };
        let Some(patient) = store::thread::patient_of(tx, thread)? else { continue };
        let Some(stored) = store::thread::load(tx, patient, thread)? else { continue };
        let capability = match act.actor().door {
            Door::Patient => Capability::ReadMessages,
            _ => Capability::ReadInbox(stored.thread.pool),
        };
        if act.may(tx, capability, item(&stored))? {
            readable.push(thread);
        }
    }
    Ok(readable)
}

/// The entries that exist for this side, in order.
pub(crate) fn of(
    messages: &[Message],
    side: Side,
    (actor, last_read): (&Actor, i64),
    words: &Words,
) -> Vec<Entry> {
    messages
        .iter()
        .filter(|message| message.is_for(side))
        .map(|message| {
            let me = actor.account;
            let may_take_back = |with_reason| {
                side_of(actor) == message.author.side && take_back(message, me, with_reason).is_ok()
            };
            Entry {
                id: message.id,
                seq: message.seq,
                kind: message.kind,
                state: message.state,
                author: words.author(message, me),
                sent_at: message.sent_at,
                text: message.text_for(side).map(str::to_owned),
                event: match &message.content {
                    Content::Event(line) => Some(words.event(line)),
                    Content::Text(_) => None,
                },
                is_new: message.seq > last_read && message.author.account != me,
                can_withdraw: may_take_back(false),
                can_retract: !may_take_back(false) && may_take_back(true),
            }
        })
        .collect()
}

/// The side on which an actor writes.
pub(crate) fn side_of(actor: &Actor) -> Side {
    match actor.door {
        domain::actor::Door::Patient => Side::Patient,
        _ => Side::Team,
    }
}

/// The beginning of a text, on one line, cut at a word.
pub(crate) fn first_words(text: &str) -> String {
    const LENGTH: usize = 140;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LENGTH {
        return line;
    }
    let cut: String = line.chars().take(LENGTH).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{}…", &cut[..end])
}
