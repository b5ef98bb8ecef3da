//! "Who has looked": the patient reads who has seen, changed or been refused what, in plain words.

use crate::about;
use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::{Cursor, PAGE, Page};
use crate::persons;
use crate::service::Service;
use crate::view::looked::{Beside, Looked};
use crate::view::person::Person;
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditDetail, AuditObject, AuditOutcome};
use domain::id::{AccountId, AuditId, PatientId, ResourceId, ThreadId};
use domain::language::Language;
use jiff::SignedDuration;
use std::collections::HashMap;
use store::db::Tx;
use store::keys::DataKey;
use store::looked::{LookedAsk, LookedRow};
use uuid::Uuid;

/// The same act of the same person on the same thing within this time is one line.
pub const ONE_LINE_WITHIN: SignedDuration = SignedDuration::from_mins(10);
/// What a patient's own account does on the way to every page; it would bury the rest.
const ROUTINE: &[AuditAction] = &[
    AuditAction::ReadHome,
    AuditAction::ListThreads,
    AuditAction::ReadDemographics,
    AuditAction::SaveDraft,
    AuditAction::DiscardDraft,
    AuditAction::WarnOfEmergency,
];
const ROWS: usize = 200;
/// Rows read for one page at most; the next page goes on from there.
const MOST_ROWS: usize = 2_000;

/// A line in the making.
struct Line {
    row: LookedRow,
    /// The section of the record that was read; sealed in the row.
    section: Option<String>,
    times: i64,
}

impl Line {
    fn takes(&self, row: &LookedRow, section: Option<&str>) -> bool {
        let same = |row: &LookedRow| (row.account, row.role, row.action, row.outcome, row.object);
        // Every opening in an emergency has its own reason to be read.
        self.row.action != AuditAction::BreakGlass
            && same(&self.row) == same(row)
            && self.section.as_deref() == section
            && self.row.at.duration_since(row.at) <= ONE_LINE_WITHIN
    }
}

/// Names and titles that the lines of one page mention, each looked up once.
struct Words<'a> {
    patient: PatientId,
    key: &'a DataKey,
    language: Language,
    things: HashMap<(AuditObject, Uuid), Option<String>>,
}

impl Service {
    /// A page of the patient's access log, newest first. Reading it is audited as well.
    pub async fn looked(
        &self,
        ctx: &Ctx,
        person: PatientId,
        after: Option<Cursor>,
    ) -> Result<(Person, Page<Looked>), ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadAccessLog), move |tx, act| {
            act.about(person, None);
            act.allow(tx, Capability::ReadAccessLog, Item::default())?;
            let frame = persons::load(tx, act, person)?;
            let key = act.vault.patient(tx, person)?.ok_or(ServiceError::NotFound)?;
            let (lines, next) = lines(tx, (person, &key), act.actor().account, after)?;
            Ok((frame, Page { items: told(tx, act, (person, &key), lines)?, next }))
        })
        .await
    }
}

/// Reads rows until a page of lines is full; answers where the next one begins.
fn lines(
    tx: &mut Tx<'_>,
    (patient, key): (PatientId, &DataKey),
    reader: AccountId,
    after: Option<Cursor>,
) -> Result<(Vec<Line>, Option<Cursor>), ServiceError> {
    let mut lines: Vec<Line> = Vec::with_capacity(PAGE);
    let mut before = after.map(|cursor| AuditId(cursor.id));
    let mut place = None;
    for _ in 0..MOST_ROWS / ROWS {
        let ask = LookedAsk { patient, before, reader, routine: ROUTINE, limit: ROWS };
        let rows = store::looked::page(tx, &ask)?;
        let is_last = rows.len() < ROWS;
        for row in rows {
            let here = Cursor { at: row.at.as_microsecond(), id: row.id.0 };
            let section = match row.action {
                AuditAction::ReadChart => row.detail(key, patient)?.what,
                _ => None,
            };
            match lines.iter().position(|line| line.takes(&row, section.as_deref())) {
                Some(at) => lines[at].times += row.repeats,
                None if lines.len() == PAGE => return Ok((lines, place)),
                None => lines.push(Line { times: row.repeats, section, row }),
            }
            (before, place) = (Some(AuditId(here.id)), Some(here));
        }
        if is_last {
            return Ok((lines, None));
        }
    }
    Ok((lines, place))
}

fn told(
    tx: &mut Tx<'_>,
    act: &Act,
    (patient, key): (PatientId, &DataKey),
    lines: Vec<Line>,
) -> Result<Vec<Looked>, ServiceError> {
    let accounts: Vec<AccountId> = lines.iter().filter_map(|line| line.row.account).collect();
    let names = store::account::names(tx, act.vault.organisation(), &accounts)?;
    let relations = crate::proxies::relations_by(tx, key, patient)?;
    let mut words = Words { patient, key, language: act.actor().language, things: HashMap::new() };
    let mut looked = Vec::with_capacity(lines.len());
    for Line { row, section, times } in lines {
        let detail = row.detail(key, patient)?;
        looked.push(Looked {
            at: row.at,
            who: row.account.and_then(|account| names.get(&account).cloned()),
            role: row.role,
            relation: row.account.filter(|_| row.role.is_none()).and_then(|one| relations.get(&one).copied()),
            is_me: row.account == Some(act.actor().account),
            action: row.action,
            what: words.of(tx, &row, &detail)?,
            beside: words.beside(tx, &row)?,
            section,
            reason: detail.reason.filter(|_| row.action == AuditAction::BreakGlass),
            was_denied: row.outcome == AuditOutcome::Denied,
            times,
        });
    }
    Ok(looked)
}

impl Words<'_> {
    /// What the act was done to; things that are gone, or were never there, have no words.
    fn of(
        &mut self,
        tx: &mut Tx<'_>,
        row: &LookedRow,
        detail: &AuditDetail,
    ) -> Result<Option<String>, ServiceError> {
        let Some((object, id)) = row.object else {
            return Ok(detail.query.clone().filter(|_| row.action == AuditAction::SearchMessages));
        };
        if let Some(known) = self.things.get(&(object, id)) {
            return Ok(known.clone());
        }
        let found = match object {
            AuditObject::Thread => self.subject(tx, ThreadId(id))?,
            AuditObject::Message => match store::looked::thread_of(tx, self.patient, id)? {
                Some(thread) => self.subject(tx, thread)?,
                None => None,
            },
            AuditObject::Resource => self.title(tx, ResourceId(id))?,
            _ => None,
        };
        self.things.insert((object, id), found.clone());
        Ok(found)
    }

    /// What the team had before its eyes with a conversation. The chart's item is shown to clinical roles
    /// only.
    fn beside(&self, tx: &mut Tx<'_>, row: &LookedRow) -> Result<Option<Beside>, ServiceError> {
        let (Some(role), Some((AuditObject::Thread, id))) = (row.role, row.object) else { return Ok(None) };
        if row.action != AuditAction::ReadThread || row.outcome != AuditOutcome::Done || !role.is_clinical() {
            return Ok(None);
        }
        let stored = store::thread::load(tx, self.patient, ThreadId(id))?;
        let about = stored.and_then(|stored| stored.about);
        let item = about::of(tx, self.key, self.language, (self.patient, about.as_ref()))?;
        let item = item.filter(|item| !item.title.is_empty());
        Ok(item.map(|item| Beside { is_result: item.item.resource_type == "Observation", title: item.title }))
    }

    fn subject(&self, tx: &mut Tx<'_>, thread: ThreadId) -> Result<Option<String>, ServiceError> {
        let Some(stored) = store::thread::load(tx, self.patient, thread)? else { return Ok(None) };
        Ok(Some(store::thread::open_subject(self.key, &stored)?))
    }

    fn title(&self, tx: &mut Tx<'_>, resource: ResourceId) -> Result<Option<String>, ServiceError> {
        let item = about::newest(tx, self.key, self.language, (self.patient, resource))?;
        Ok(item.map(|item| item.title).filter(|title| !title.is_empty()))
    }
}
