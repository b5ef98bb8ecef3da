//! Group commit: work that waits together shares one outer transaction and one fsync, each piece
//! in a savepoint of its own, and each caller is told only after the outer commit.
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

/// The writer thread's state.
pub(super) struct Groups {
    place: Place,
    /// None after a failed commit whose connection could not be opened again yet.
    connection: Option<Connection>,
    options: DbOptions,
    counters: Arc<Counters>,
    /// Closures that were slow the last time they ran.
    slow: HashSet<TypeId>,
    last_members: usize,
    last_commit: Duration,
}

/// How an outer transaction ended before its commit.
enum Gathered {
    Standing(Members, Option<Message>),
    Fallen(Members),
}

impl Groups {
    pub fn new(place: Place, connection: Connection, options: DbOptions, counters: Arc<Counters>) -> Self {
        Groups {
            place,
            connection: Some(connection),
            options,
            counters,
            slow: HashSet::new(),
            last_members: 0,
            last_commit: Duration::ZERO,
        }
    }

    /// Runs `first` and what waits with it; returns a message it took from the queue but did not
    /// serve.
    pub fn run(&mut self, first: Box<dyn Job>, inbox: &Receiver<Message>) -> Option<Message> {
        if let Err(error) = self.begin() {
            first.failed(error);
            return None;
        }
        match self.gather(first, inbox) {
            Gathered::Standing(members, next) => {
                self.commit(members);
                next
            }
            Gathered::Fallen(members) => {
                tracing::warn!(members = members.len(), "a write transaction fell, rerun singly");
                members.into_iter().for_each(|job| self.rerun(job));
                None
            }
        }
    }

    pub fn checkpoint(&mut self) -> Result<(), StoreError> {
        empty_log(self.connection()?)
    }

    pub fn close(&mut self) {
        if let Err(error) = self.checkpoint() {
            tracing::warn!(%error, "the log was not emptied at closing");
        }
    }

    fn gather(&mut self, first: Box<dyn Job>, inbox: &Receiver<Message>) -> Gathered {
        let started = Instant::now();
        let mut members = Members::new();
        let mut next = Some(Message::Job(first));
        while let Some(Message::Job(mut job)) = next {
            let alone = self.runs_alone(job.as_ref());
            if alone && !members.is_empty() {
                return Gathered::Standing(members, Some(Message::Job(job)));
            }
            let standing = self.run_member(job.as_mut());
            members.push(job);
            if !standing {
                return Gathered::Fallen(members);
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

    /// Runs one member in its savepoint; whether the outer transaction still stands.
    fn run_member(&mut self, job: &mut dyn Job) -> bool {
        let started = Instant::now();
        let Ok(connection) = self.connection() else { return false };
        let standing = in_savepoint(connection, job);
        let took = started.elapsed();
        if took >= self.options.slow {
            tracing::warn!(work = job.name(), millis = took.as_millis() as u64, "slow write");
            self.slow.insert(job.kind());
        } else {
            self.slow.remove(&job.kind());
        }
        standing
    }

    fn commit(&mut self, members: Members) {
        let started = Instant::now();
        if !self.options.commit_delay.is_zero() {
            std::thread::sleep(self.options.commit_delay);
        }
        let outcome = self.connection().and_then(|connection| steer(connection, "COMMIT"));
        self.last_commit = started.elapsed();
        self.last_members = members.len();
        if let Err(error) = outcome {
            tracing::error!(%error, members = members.len(), "a commit failed");
            self.counters.unknown();
            self.reopen();
            members.into_iter().for_each(|job| job.failed(StoreError::CommitUnknown));
            return;
        }
        self.counters.committed(members.len());
        members.into_iter().for_each(|job| job.committed());
    }

    fn rerun(&mut self, mut job: Box<dyn Job>) {
        self.counters.rerun();
        if let Err(error) = self.begin() {
            return job.failed(error);
        }
        if self.run_member(job.as_mut()) {
            return self.commit(vec![job]);
        }
        self.roll_back();
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

/// Whether the outer transaction still stands after the member has run.
fn in_savepoint(connection: &Connection, job: &mut dyn Job) -> bool {
    if steer(connection, "SAVEPOINT member").is_err() {
        return false;
    }
    let keep = job.run(&mut Tx::new(Backend::Sqlite(connection)));
    if connection.is_autocommit() {
        return false;
    }
    let undone = keep || steer(connection, "ROLLBACK TO member").is_ok();
    undone && steer(connection, "RELEASE member").is_ok() && !connection.is_autocommit()
}
