//! The first conversation that each patient began in a span of time: one person counts once, however much they
//! wrote, so that what is counted are people and those who write much do not stand for the others.

use crate::error::ServiceError;
use domain::actor::Role;
use domain::id::{MessageId, PatientId, PoolId, TopicId};
use domain::message::Side;
use jiff::{SignedDuration, Timestamp};
use store::conversation::{Sent, begun_by_patients};
use store::db::Tx;

/// An answer that comes later is none.
pub const ANSWERED_WITHIN: SignedDuration = SignedDuration::from_hours(14 * 24);
/// How long after an answer it is asked whether it was read.
pub const READ_WITHIN: SignedDuration = SignedDuration::from_hours(21 * 24);

/// How one went.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Conversation {
    pub patient: PatientId,
    pub pool: PoolId,
    pub topic: TopicId,
    pub began_at: Timestamp,
    /// Its first message.
    pub first: MessageId,
    /// When the team had that message before its eyes, at the latest with the answer.
    pub opened_at: Option<Timestamp>,
    /// The first message of the team, or the closing with a word to the patient.
    pub answered_at: Option<Timestamp>,
    pub written: Option<Written>,
    /// Until when it was followed: as long as every other, or to the moment of the data.
    pub followed_until: Timestamp,
    /// Of the patient's side and of the team.
    pub messages: [u64; 2],
}

/// The team's first message.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Written {
    pub at: Timestamp,
    pub role: Option<Role>,
    pub read_at: Option<Timestamp>,
}

/// Of all patients, in the order of their ids: what they began in [from, until), as it is known at `now`.
pub fn first_of_each(
    tx: &mut Tx<'_>,
    (from, until): (Timestamp, Timestamp),
    now: Timestamp,
) -> Result<Vec<Conversation>, ServiceError> {
    let followed = later(until, ANSWERED_WITHIN).min(now);
    let sent = begun_by_patients(tx, (from, until), followed)?;
    let mut first: Vec<Conversation> = Vec::new();
    for thread in sent.chunk_by(|one, two| one.thread == two.thread) {
        let Some(found) = read(thread, now) else { continue };
        match first.last_mut() {
            Some(known) if known.patient == found.patient && known.began_at <= found.began_at => {}
            Some(known) if known.patient == found.patient => *known = found,
            _ => first.push(found),
        }
    }
    Ok(first)
}

/// One thread.
fn read(thread: &[Sent], now: Timestamp) -> Option<Conversation> {
    let begun = thread.first()?;
    let end = later(begun.at, ANSWERED_WITHIN).min(now);
    let within = || thread.iter().filter(|sent| sent.at < end);
    let written = within().find(|sent| sent.side == Side::Team).map(|sent| Written {
        at: sent.at,
        role: sent.role,
        read_at: sent.seen_at,
    });
    let closed = begun.closed_at.filter(|at| *at < end);
    let answered_at = [written.map(|written| written.at), closed].into_iter().flatten().min();
    let seen_at = begun.seen_at.filter(|at| *at < end);
    let count = |side: Side| within().filter(|sent| sent.side == side).count() as u64;
    Some(Conversation {
        patient: begun.patient,
        pool: begun.pool,
        topic: begun.topic,
        began_at: begun.at,
        first: begun.id,
        opened_at: [seen_at, answered_at].into_iter().flatten().min(),
        answered_at,
        written,
        followed_until: end,
        messages: [count(Side::Patient), count(Side::Team)],
    })
}

pub fn later(at: Timestamp, by: SignedDuration) -> Timestamp {
    at.checked_add(by).unwrap_or(Timestamp::MAX)
}
