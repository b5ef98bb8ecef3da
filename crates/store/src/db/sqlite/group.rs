//! Group commit: work that waits together shares one outer transaction and one fsync, and each caller
//! is told only after the outer commit. A group runs without savepoints, which cost a copy of every
//! page they touch, until a member fails: then it is rolled back and run again with one per member.
//! A full disk, an I/O error or lack of memory can end the outer transaction under a member; then
//! every member so far is run again in a transaction of its own.

use super::connection::{Place, control, steer};
use super::job::Job;
use super::writer::{Message, empty_log};
use crate::db::options::DbOptions;
use crate::db::stats::Counters;
use crate::db::tx::{Backend, Tx};
use crate::error::StoreError;
use rusqlite::Connection;
use std::any::TypeId;
use std::collections::HashSet;
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

type Members = Vec<Box<dyn Job>>;

/// So many groups run with savepoints after a member has failed: refusals come in company.
const CAREFUL_GROUPS: u32 = 16;

/// The writer thread's state.
pub(super) struct Groups {
    place: Place,
    /// None after a failed commit whose connection could not be opened again yet.
    connection: Option<Connection>,
    options: DbOptions,
    counters: Arc<Counters>,
    /// Closures that were slow the last time they ran.
    slow: HashSet<TypeId>,
    /// Groups that still run with savepoints.
    careful: u32,
    /// The database could not do a statement since the last commit.
    refused: bool,
    last_members: usize,
    last_commit: Duration,
}

/// How an outer transaction ended before its commit.
enum Gathered {
    Standing(Members, Option<Message>),
    /// The last one failed without a savepoint, and what the others did is mixed with its remains.
    Spoiled(Members),
    Fallen(Members),
}

/// How a member left the outer transaction.
#[derive(PartialEq)]
enum Left {
    Standing,
    Spoiled,
    Fallen,
}

impl Groups {
    pub fn new(place: Place, connection: Connection, options: DbOptions, counters: Arc<Counters>) -> Self {
        Groups {
            place,
            connection: Some(connection),
            options,
            counters,
            slow: HashSet::new(),
            careful: 0,
            refused: false,
            last_members: 0,
            last_commit: Duration::ZERO,
        }
    }

    /// Runs `first` and what waits with it; returns a message it took from the queue but did not
    /// serve.
    pub fn run(&mut self, first: Box<dyn Job>, inbox: &Receiver<Message>) -> Option<Message> {
        let mut asked = vec![first];
        loop {
            if let Err(error) = self.begin() {
                self.counters.refused(true);
                asked.into_iter().for_each(|job| job.failed(error.clone()));
                return None;
            }
            match self.gather(asked, inbox) {
                Gathered::Standing(members, next) => {
                    self.commit(members);
                    return next;
                }
                // With savepoints no group is spoiled, so this happens once.
                Gathered::Spoiled(members) => {
                    self.careful = CAREFUL_GROUPS;
                    self.counters.rerun(members.len());
                    asked = members;
                }
                Gathered::Fallen(members) => {
                    self.rerun_singly(members);
                    return None;
                }
            }
        }
    }

    fn rerun_singly(&mut self, members: Members) {
        tracing::warn!(members = members.len(), "a write transaction fell, rerun singly");
        members.into_iter().for_each(|job| self.rerun(job));
    }

    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        empty_log(self.connection()?)
    }

    pub fn close(&mut self) {
        if let Err(error) = self.checkpoint() {
            tracing::warn!(%error, "the log was not emptied at closing");
        }
    }

    /// Runs those who asked, then who else waits.
    fn gather(&mut self, asked: Members, inbox: &Receiver<Message>) -> Gathered {
        let started = Instant::now();
        let together = asked.len();
        let mut members = Members::new();
        let mut asked = asked.into_iter();
        let mut next = asked.next().map(Message::Job);
        while let Some(Message::Job(mut job)) = next {
            let alone = self.runs_alone(job.as_ref());
            if alone && members.len() >= together {
                return Gathered::Standing(members, Some(Message::Job(job)));
            }
            let left = self.run_member(job.as_mut());
            members.push(job);
            if left != Left::Standing {
                members.extend(asked);
                return if left == Left::Fallen {
                    Gathered::Fallen(members)
                } else {
                    Gathered::Spoiled(members)
                };
            }
            next = asked.next().map(Message::Job);
            if next.is_some() {
                continue;
            }
            let full = members.len() >= self.options.group_members;
            if alone || full || started.elapsed() >= self.options.group_work {
                return Gathered::Standing(members, None);
            }
            next = self.waiting(inbox, members.len());
        }
        Gathered::Standing(members, next)
    }

    fn runs_alone(&self, job: &dyn Job) -> bool {
        job.wants_to_be_alone() || self.slow.contains(&job.kind())
    }

    /// The next message for a new group; None when every handle on the database is gone.
    pub fn next(&self, inbox: &Receiver<Message>) -> Option<Message> {
        // The callers of a shared commit have just been told, and many write again at once.
        let patience = if self.last_members > 1 { self.patience() } else { Duration::ZERO };
        soon(inbox, patience).or_else(|| inbox.recv().ok())
    }

    /// The next message that waits already. Where the last group was larger, its members' next
    /// pieces are probably on their way.
    fn waiting(&self, inbox: &Receiver<Message>, members: usize) -> Option<Message> {
        let patience = if members < self.last_members { self.patience() } else { Duration::ZERO };
        soon(inbox, patience)
    }

    /// How long a wait for company pays: a fraction of what sharing the commit saves.
    fn patience(&self) -> Duration {
        (self.last_commit / 4).min(Duration::from_micros(200))
    }

    /// Runs one member, in a savepoint of its own where care is due.
    fn run_member(&mut self, job: &mut dyn Job) -> Left {
        let started = Instant::now();
        let Ok(connection) = self.connection() else { return Left::Fallen };
        let (left, is_refused) = match self.careful {
            0 => boldly(connection, job),
            _ => in_savepoint(connection, job),
        };
        self.refused |= is_refused;
        let took = started.elapsed();
        if took >= self.options.slow {
            tracing::warn!(work = job.name(), millis = took.as_millis() as u64, "slow write");
            self.slow.insert(job.kind());
        } else {
            self.slow.remove(&job.kind());
        }
        left
    }

    fn commit(&mut self, members: Members) {
        let started = Instant::now();
        if !self.options.commit_delay.is_zero() {
            std::thread::sleep(self.options.commit_delay);
        }
        let outcome = self.connection().and_then(|connection| steer(connection, "COMMIT"));
        self.last_commit = started.elapsed();
        self.last_members = members.len();
        self.careful = self.careful.saturating_sub(1);
        if let Err(error) = outcome {
            tracing::error!(%error, members = members.len(), "a commit failed");
            self.counters.unknown();
            self.reopen();
            members.into_iter().for_each(|job| job.failed(StoreError::CommitUnknown));
            return;
        }
        self.counters.committed(members.len());
        self.counters.refused(std::mem::take(&mut self.refused));
        members.into_iter().for_each(|job| job.committed());
    }

    fn rerun(&mut self, mut job: Box<dyn Job>) {
        self.counters.rerun(1);
        // A refusal that is to be kept needs its savepoint.
        self.careful = self.careful.max(1);
        if let Err(error) = self.begin() {
            self.counters.refused(true);
            return job.failed(error);
        }
        if self.run_member(job.as_mut()) == Left::Standing {
            return self.commit(vec![job]);
        }
        self.roll_back();
        self.counters.refused(true);
        job.undone(StoreError::Unavailable("the write transaction fell".into()));
    }

    fn begin(&mut self) -> Result<(), StoreError> {
        if self.connection.is_none() {
            self.connection = Some(self.place.writer()?);
        }
        self.roll_back();
        steer(self.connection()?, "BEGIN IMMEDIATE")
    }

    /// Ends a transaction that still stands; a fallen one needs nothing.
    fn roll_back(&self) {
        if let Some(connection) = &self.connection
            && !connection.is_autocommit()
        {
            let _ = steer(connection, "ROLLBACK");
        }
    }

    fn reopen(&mut self) {
        self.roll_back();
        self.connection = None;
        match self.place.writer() {
            Ok(connection) => {
                // What can be moved out of the log makes room in it.
                let _ = control(&connection, "PRAGMA wal_checkpoint(PASSIVE)");
                self.connection = Some(connection);
            }
            Err(error) => tracing::error!(%error, "the writer could not be opened again"),
        }
    }

    fn connection(&self) -> Result<&Connection, StoreError> {
        self.connection.as_ref().ok_or_else(|| StoreError::Unavailable("the writer is not open".into()))
    }
}

/// A message that is there or comes within `patience`.
fn soon(inbox: &Receiver<Message>, patience: Duration) -> Option<Message> {
    let asked = Instant::now();
    loop {
        if let Ok(message) = inbox.try_recv() {
            return Some(message);
        }
        if asked.elapsed() >= patience {
            return None;
        }
        // Sleeping would take longer than the wait; the callers' threads go first.
        std::thread::yield_now();
    }
}

/// How the member left, and whether the database could not do one of its statements.
fn boldly(connection: &Connection, job: &mut dyn Job) -> (Left, bool) {
    let mut tx = Tx::bold(Backend::Sqlite(connection));
    let keep = job.run(&mut tx);
    let left = match (connection.is_autocommit(), keep) {
        (true, _) => Left::Fallen,
        (false, true) => Left::Standing,
        (false, false) => Left::Spoiled,
    };
    (left, tx.is_refused())
}

fn in_savepoint(connection: &Connection, job: &mut dyn Job) -> (Left, bool) {
    if steer(connection, "SAVEPOINT member").is_err() {
        return (Left::Fallen, true);
    }
    let mut tx = Tx::new(Backend::Sqlite(connection));
    let keep = job.run(&mut tx);
    let is_refused = tx.is_refused();
    if connection.is_autocommit() {
        return (Left::Fallen, is_refused);
    }
    let undone = keep || steer(connection, "ROLLBACK TO member").is_ok();
    match undone && steer(connection, "RELEASE member").is_ok() && !connection.is_autocommit() {
        true => (Left::Standing, is_refused),
        false => (Left::Fallen, is_refused),
    }
}
