//! The team's side of reading a thread.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::entries::{self, Words};
use crate::error::ServiceError;
use crate::service::Service;
use crate::threads::{item, labels, mark_read};
use crate::view::inbox::RowWarning;
use crate::view::thread::TeamThread;
use crate::{about, banner, persons, results};
use domain::access::{Capability, Item};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{AccountId, PatientId, ThreadId};
use domain::inbox::View;
use domain::message::{Message, Side};
use domain::thread::{Opened, Thread, standing_signs};
use store::db::Tx;
use store::draft::DraftPlace;
use store::inbox::PageAsk;
use store::thread::StoredThread;

impl Service {
    /// One thread as the team reads it. Reading marks it read for this member; the first reading by a
    /// clinical role of the pool "opens" it for the patient.
    pub async fn team_thread(&self, ctx: &Ctx, id: ThreadId) -> Result<TeamThread, ServiceError> {
        let act = self.act(ctx, AuditAction::ReadThread);
        let service = self.clone();
        let view = self
            .read_marking(
                act,
                move |tx, act| {
                    let stored = readable(tx, act, id)?;
                    let patient = stored.thread.patient;
                    let view = view(tx, act, &stored)?;
                    let about = view.about.as_ref().map(|about| about.item.resource);
                    let opens = stored.thread.is_unopened() && act.actor().is_clinical();
                    Ok(((view, opens), (patient, stored.thread.last_seq, about)))
                },
                move |tx, act, (patient, last_seq, about)| {
                    open(tx, act, (*patient, id), *last_seq)?;
                    about.map_or(Ok(()), |item| results::mark_opened(tx, act, (*patient, item)))
                },
            )
            .await?;
        let (view, opens) = view;
        // Only what others can see of a reading is news: else two open pages would wake each other for ever.
        if opens {
            let (patient, pool) = (view.patient, view.pool_id);
            service.live.tell(crate::live::Changed { patient, thread: id, pool });
        }
        Ok(view)
    }

    /// The same thread, to be taken into another record: audited as such, and no mark of reading.
    pub async fn thread_to_copy(&self, ctx: &Ctx, id: ThreadId) -> Result<TeamThread, ServiceError> {
        self.read(self.act(ctx, AuditAction::CopyThread), move |tx, act| {
            let stored = readable(tx, act, id)?;
            view(tx, act, &stored)
        })
        .await
    }
}

/// The thread, for those whose pool holds it.
pub(crate) fn readable(tx: &mut Tx<'_>, act: &mut Act, id: ThreadId) -> Result<StoredThread, ServiceError> {
    let patient = store::thread::patient_of(tx, id)?.ok_or(ServiceError::NotFound)?;
    act.about(patient, Some((AuditObject::Thread, id.0)));
    let stored = store::thread::load(tx, patient, id)?.ok_or(ServiceError::NotFound)?;
    // As the inbox shows it, internal notes and all: no patient has that capability.
    act.allow(tx, Capability::ReadInbox(stored.thread.pool), item(&stored))?;
    Ok(stored)
}

/// Leaves the marks of a reading by the team.
pub(crate) fn open(
    tx: &mut Tx<'_>,
    act: &Act,
    place: (PatientId, ThreadId),
    last_seq: i64,
) -> Result<(), ServiceError> {
    // The thread first, as everybody who changes it does: otherwise two could wait for each other.
    let Some(mut stored) = store::thread::lock(tx, place.0, place.1)? else { return Ok(()) };
    mark_read(tx, act, place, (Side::Team, last_seq))?;
    let Some(held) = act.actor().leading_role().filter(|held| held.role.is_clinical()) else { return Ok(()) };
    let opened = Opened { at: act.now, by: act.actor().account, role: held.role };
    // What came after the page was read has not been before anybody's eyes.
    if stored.thread.last_turn_seq <= last_seq && stored.thread.open_by(opened) {
        store::thread::update(tx, &stored.thread, stored.closed)?;
    }
    Ok(())
}

fn view(tx: &mut Tx<'_>, act: &Act, stored: &StoredThread) -> Result<TeamThread, ServiceError> {
    let thread = &stored.thread;
    let (patient, id) = (thread.patient, thread.id);
    let key = act.vault.patient(tx, patient)?.ok_or(ServiceError::NotFound)?;
    let banner = banner::load(tx, act, patient)?;
    let messages = store::message::of_thread(tx, &key, (patient, id))?;
    let member_ids = store::pool::members(tx, thread.pool, act.now)?;
    let mut others: Vec<AccountId> = member_ids.clone();
    others.extend(thread.owner);
    let words = Words::load(tx, act, &messages, (&banner.name, &others))?;
    let reader = persons::reader(act.actor(), patient);
    let last_read = store::thread_reader::last_read(tx, (patient, id), reader)?;
    let ((pool, _), topic) = labels(tx, stored)?;
    let place = DraftPlace { account: act.actor().account, patient, slot: id.0 };
    let may_read_chart = act.may(tx, Capability::ReadChart, Item::default())?;
    // The item stands in the chart, which not everybody who reads messages may see.
    let about = stored.about.as_ref().filter(|_| may_read_chart);
    Ok(TeamThread {
        thread: id,
        patient,
        subject: store::thread::open_subject(&key, stored)?,
        topic,
        pool_id: thread.pool,
        pool,
        state: thread.state,
        owner: thread.owner.map(|owner| (owner, words.name(owner))),
        members: member_ids.into_iter().map(|member| (member, words.name(member))).collect(),
        entries: entries::of(&messages, Side::Team, (act.actor(), last_read), &words),
        about: about::of(tx, &key, act.actor().language, (patient, about))?,
        last_seq: thread.last_seq,
        needs_answer: thread.needs_answer,
        waiting_since: thread.waiting_since,
        due_at: thread.due_at,
        is_overdue: thread.is_overdue(act.now),
        warning: warning(act, thread, &messages),
        close_reasons: store::close_reason::active(tx)?,
        language: stored.language,
        quick_replies: store::quick_reply::of_pool(tx, thread.pool)?,
        draft: store::draft::load(tx, &key, &place, act.now)?,
        may_read_chart,
        next_thread: store::inbox::first_of(tx, &next(act, stored), id)?,
        banner,
    })
}

/// The warning words of the patient's last turn: waiting, or answered.
fn warning(act: &Act, thread: &Thread, messages: &[Message]) -> Option<RowWarning> {
    let signs = standing_signs(messages, None);
    thread.red_flag_at.map(|_| RowWarning {
        signs: signs.iter().map(|sign| act.red_flags.label(sign)).collect(),
        waits: thread.is_red_flagged(),
    })
}

fn next(act: &Act, stored: &StoredThread) -> PageAsk {
    PageAsk {
        pool: stored.thread.pool,
        view: View::ToDo,
        me: act.actor().account,
        after: None,
        now: act.now,
        limit: 1,
    }
}
