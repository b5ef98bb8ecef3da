//! The team's lists with their exact counts.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, Page};
use crate::service::Service;
use crate::threads::item;
use crate::view::inbox::{InboxPage, InboxRow, PoolChoice, RowWarning};
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{PatientId, PoolId, ThreadId, TopicId};
use domain::inbox::View;
use domain::language::Label;
use domain::thread::ThreadState;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;
use store::db::Tx;
use store::inbox::PageAsk;

/// Rows of one page of a list.
pub const INBOX_PAGE: usize = 50;
/// An answer that is due within this time is due soon.
pub const SOON: SignedDuration = SignedDuration::from_hours(1);

impl Service {
    /// A view of one pool; the first of the reader's pools where none is named.
    pub async fn inbox(
        &self,
        ctx: &Ctx,
        pool: Option<PoolId>,
        view: View,
        after: Option<Cursor>,
    ) -> Result<InboxPage, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadInbox), move |tx, act| {
            let own = act.actor().pools.first().copied();
            let pool = pool.or(own).unwrap_or(PoolId(uuid::Uuid::nil()));
            act.about(PatientId::ORGANISATION, Some((AuditObject::Pool, pool.0)));
            act.allow(tx, Capability::ReadInbox(pool), Item::default())?;
            let ask = PageAsk {
                pool,
                view,
                me: act.actor().account,
                after: after.map(|cursor| (cursor.at, ThreadId(cursor.id))),
                now: act.now,
                limit: INBOX_PAGE + 1,
            };
            let rows = rows(tx, act, &ask)?;
            act.show(rows.items.iter().map(|row| row.patient));
            Ok(InboxPage { pools: pools(tx, act)?, pool, view, counts: counts(tx, act, pool)?, rows })
        })
        .await
    }
}

pub(crate) fn pools(tx: &mut Tx<'_>, act: &Act) -> Result<Vec<PoolChoice>, ServiceError> {
    let mut choices = Vec::new();
    for pool in &act.actor().pools {
        let to_do = store::inbox::count_of(tx, (*pool, View::ToDo), act.actor().account, act.now)?;
        if let Some(found) = store::pool::load(tx, *pool)? {
            choices.push(PoolChoice { pool: *pool, label: found.label, to_do });
        }
    }
    Ok(choices)
}

fn counts(tx: &mut Tx<'_>, act: &Act, pool: PoolId) -> Result<Vec<(View, i64)>, ServiceError> {
    let me = act.actor().account;
    View::ALL
        .iter()
        .map(|view| Ok((*view, store::inbox::count_of(tx, (pool, *view), me, act.now)?)))
        .collect()
}

fn rows(tx: &mut Tx<'_>, act: &Act, ask: &PageAsk) -> Result<Page<InboxRow>, ServiceError> {
    let mut found = store::inbox::page(tx, &act.vault, ask)?;
    hide_words(tx, act, &mut found)?;
    let owners: Vec<_> = found.iter().filter_map(|row| row.owner).collect();
    let names = store::account::names(tx, act.vault.organisation(), &owners)?;
    let topics: HashMap<TopicId, Label> =
        store::topic::active(tx)?.into_iter().map(|topic| (topic.id, topic.label)).collect();
    let rows = found
        .into_iter()
        .map(|row| InboxRow {
            thread: row.thread,
            patient: row.patient,
            age: row.card.birth_date.as_deref().and_then(|date| age(date, act.now)),
            name: row.card.name,
            written_by: row.card.written_by,
            writer_is: row.card.writer_is,
            language: row.language,
            subject: row.card.subject,
            first_words: row.card.first_words,
            topic: topics.get(&row.topic).cloned().unwrap_or_else(|| Label::new("", "")),
            state: row.state,
            owner: row.owner.and_then(|owner| names.get(&owner).cloned()),
            warning: row.red_flag_at.map(|_| RowWarning {
                signs: row.card.signs.iter().map(|sign| act.red_flags.label(sign)).collect(),
                waits: row.needs_answer,
            }),
            owner_is_me: row.owner == Some(ask.me),
            needs_answer: row.needs_answer,
            waiting_since: row.waiting_since,
            due_at: row.due_at,
            is_overdue: row.state == ThreadState::Open && row.due_at.is_some_and(|due| due < act.now),
            is_due_soon: row.state == ThreadState::Open
                && row.due_at.is_some_and(|due| is_soon(due, act.now)),
            last_message_at: row.last_message_at,
            is_unread: row.last_seq > row.last_read_seq,
            rank_at: row.rank_at,
        })
        .collect();
    Ok(Page::cut(rows, INBOX_PAGE, |row| Cursor { at: row.rank_at, id: row.thread.0 }))
}

fn is_soon(due: Timestamp, now: Timestamp) -> bool {
    let left = due.duration_since(now);
    !left.is_negative() && left <= SOON
}

/// A restricted thread is counted and stands in the list; for those who may not open it, without its words.
fn hide_words(tx: &mut Tx<'_>, act: &Act, rows: &mut [store::inbox::InboxRow]) -> Result<(), ServiceError> {
    if act.actor().is_clinical() {
        return Ok(());
    }
    for row in rows {
        let stored = store::thread::load(tx, row.patient, row.thread)?.ok_or(ServiceError::NotFound)?;
        if !act.may(tx, Capability::ReadThread(stored.thread.pool), item(&stored))? {
            row.card.subject.clear();
            row.card.first_words.clear();
            row.card.written_by = None;
            row.card.writer_is = None;
            row.card.signs.clear();
        }
    }
    Ok(())
}

/// Whole years since an ISO date of which at least the year is known (UTC; a day is exact enough).
pub(crate) fn age(birth_date: &str, now: Timestamp) -> Option<i64> {
    let today = now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let mut parts = birth_date.splitn(3, '-').map(|part| part.parse::<i16>().ok());
    let year = parts.next()??;
    let month = parts.next().flatten().unwrap_or(1);
    let day = parts.next().flatten().unwrap_or(1);
    let had_birthday = (i16::from(today.month()), i16::from(today.day())) >= (month, day);
    Some(i64::from(today.year() - year) - i64::from(!had_birthday))
}
