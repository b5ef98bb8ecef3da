//! Sessions: who is behind a cookie, until when. Looking one up leaves no audit row; opening and
//! ending one does.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::sign_ins::SESSION;
use domain::actor::{Actor, Door};
use domain::audit::{AuditAction, AuditObject};
use domain::id::{AccountId, PatientId, SessionId};
use domain::language::Language;
use domain::sign_in::SessionLimits;
use jiff::{SignedDuration, Timestamp};
use store::db::Tx;
use store::secret_token::SecretToken;
use store::{account, pool, session, staff_role};

/// Use is written down at most this often; the idle limit is as exact as this.
const TOUCH_EVERY: SignedDuration = SignedDuration::from_mins(1);

/// A signed-in browser, with everything that a request of it may act as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    pub id: SessionId,
    pub account: AccountId,
    /// The account's name, as other people read it.
    pub name: String,
    pub language: Language,
    pub actor: Actor,
    pub own_chart: Option<PatientId>,
    /// Goes into every form; another session's does not fit.
    pub csrf: String,
}

/// One line of "where you are signed in".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionLine {
    pub id: SessionId,
    pub door: Door,
    pub created_at: Timestamp,
    pub last_used_at: Timestamp,
}

impl Session {
    /// Whether a form's token is this session's, in constant time.
    pub fn is_csrf(&self, given: &str) -> bool {
        let (ours, given) = (self.csrf.as_bytes(), given.as_bytes());
        ours.len() == given.len()
            && ours.iter().zip(given).fold(0, |differs, (one, other)| differs | (one ^ other)) == 0
    }
}

impl Service {
    /// The live session of a cookie at this door, and counts this as use.
    pub async fn session(&self, door: Door, token: &str) -> Result<Option<Session>, ServiceError> {
        self.find_session(door, token, true).await
    }

    /// The same without use, for live updates: an open page must not keep a session alive.
    pub async fn peek_session(&self, door: Door, token: &str) -> Result<Option<Session>, ServiceError> {
        self.find_session(door, token, false).await
    }

    async fn find_session(
        &self,
        door: Door,
        token: &str,
        is_use: bool,
    ) -> Result<Option<Session>, ServiceError> {
        let Some(token) = SecretToken::parse(token) else { return Ok(None) };
        let hash = token.hash(self.store.vault.organisation().pepper(), SESSION);
        let now = self.now();
        let service = self.clone();
        let found =
            self.store.db.read(move |tx| service.load_session(tx, &hash, (door, now), is_live)).await?;
        let Some((session, last_used)) = found else { return Ok(None) };
        if is_use && now.duration_since(last_used) >= TOUCH_EVERY {
            let id = session.id;
            self.store.db.write(move |tx| session::touch(tx, id, now)).await?;
        }
        Ok(Some(session))
    }

    /// The session of a cookie that ran out lately by itself: whose typed text may be kept, and
    /// nothing else. One that was ended on purpose is gone.
    pub(crate) async fn expired_session(
        &self,
        door: Door,
        token: &str,
    ) -> Result<Option<Session>, ServiceError> {
        let Some(token) = SecretToken::parse(token) else { return Ok(None) };
        let hash = token.hash(self.store.vault.organisation().pepper(), SESSION);
        let (service, now) = (self.clone(), self.now());
        let read = move |tx: &mut Tx<'_>| service.load_session(tx, &hash, (door, now), ran_out_lately);
        Ok(self.store.db.read(read).await?.map(|(session, _)| session))
    }

    fn load_session(
        &self,
        tx: &mut Tx<'_>,
        hash: &[u8; 32],
        (door, now): (Door, Timestamp),
        is_wanted: fn(&session::Session, Timestamp) -> bool,
    ) -> Result<Option<(Session, Timestamp)>, ServiceError> {
        let live = session::by_token(tx, hash)?.filter(|row| row.door == door && is_wanted(row, now));
        let Some(row) = live else { return Ok(None) };
        let known = account::load(tx, row.account)?.filter(|account| account.deactivated_at.is_none());
        let Some(known) = known else { return Ok(None) };
        let keys = self.store.vault.organisation();
        let is_team = door == Door::Team;
        let own_chart = known.own_patient.filter(|_| door == Door::Patient);
        let actor = Actor {
            account: known.id,
            door,
            language: known.language,
            own_chart,
            staff: if is_team { staff_role::current(tx, known.id, now)? } else { Vec::new() },
            pools: if is_team { pool::of_account(tx, known.id, now)? } else { Vec::new() },
            leads: if is_team { pool::led_by(tx, known.id, now)? } else { Vec::new() },
        };
        // A role that ended takes its sessions along.
        if is_team && actor.staff.is_empty() {
            return Ok(None);
        }
        let session = Session {
            id: row.id,
            account: known.id,
            name: account::open_profile(keys, &known)?.name,
            language: known.language,
            actor,
            own_chart,
            csrf: hex(&keys.pepper().hash("csrf", row.id.0.as_bytes())),
        };
        Ok(Some((session, row.last_used_at)))
    }

    /// Ends the session that asks.
    pub async fn sign_out(&self, ctx: &Ctx, session: SessionId) -> Result<(), ServiceError> {
        self.revoke_session(ctx, session).await
    }

    /// Ends one of the actor's own sessions; `NotFound` where it has no such live one.
    pub async fn revoke_session(&self, ctx: &Ctx, session: SessionId) -> Result<(), ServiceError> {
        let act = self.act(ctx, AuditAction::SignOut);
        self.change(act, move |tx, act| {
            let patient = act.actor().own_chart.unwrap_or(PatientId::ORGANISATION);
            act.about(patient, Some((AuditObject::Session, session.0)));
            let ended = session::revoke(tx, act.actor().account, session, act.now)?;
            if ended { Ok(()) } else { Err(ServiceError::NotFound) }
        })
        .await
    }
}

/// How long after its last use a session that ran out may still bring its text to safety.
const RAN_OUT_LATELY: SignedDuration = SignedDuration::from_hours(24);

fn ran_out_lately(row: &session::Session, now: Timestamp) -> bool {
    row.revoked_at.is_none() && now.duration_since(row.last_used_at) <= RAN_OUT_LATELY
}

pub(crate) fn is_live(row: &session::Session, now: Timestamp) -> bool {
    row.revoked_at.is_none() && !SessionLimits::of(row.door).is_over(row.created_at, row.last_used_at, now)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
