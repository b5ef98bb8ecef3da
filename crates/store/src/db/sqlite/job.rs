//! A piece of work on its way through the writer thread, with the way back to its caller.

use crate::db::attempt::attempt;
use crate::db::tx::Tx;
use crate::error::StoreError;
use std::any::{TypeId, type_name};
use tokio::sync::oneshot;

/// What the writer thread needs to know of a piece of work.
pub(super) trait Job: Send {
    /// Which closure this is, for the memory of slow ones.
    fn kind(&self) -> TypeId;
    /// The closure's name, for the log.
    fn name(&self) -> &'static str;
    fn wants_to_be_alone(&self) -> bool;
    /// Runs the work and keeps its outcome; whether it may be committed.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Tells the caller the kept outcome: what was done is committed.
    fn committed(self: Box<Self>);
    /// Tells the caller that nothing was committed: its own error, else this one.
    fn undone(self: Box<Self>, error: StoreError);
    /// Tells the caller this error, whatever the work returned.
    fn failed(self: Box<Self>, error: StoreError);
}

pub(super) struct Work<T, E, F> {
    work: F,
    alone: bool,
    outcome: Option<Result<T, E>>,
    caller: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Work<T, E, F> {
    pub fn new(work: F, alone: bool) -> (Self, oneshot::Receiver<Result<T, E>>) {
        let (caller, answer) = oneshot::channel();
        (Work { work, alone, outcome: None, caller }, answer)
    }
}

impl<T, E, F> Job for Work<T, E, F>
where
    F: Fn(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send,
    E: From<StoreError> + Send,
{
    fn kind(&self) -> TypeId {
        TypeId::of::<F>()
    }

    fn name(&self) -> &'static str {
        type_name::<F>()
    }

    fn wants_to_be_alone(&self) -> bool {
        self.alone
    }

    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let outcome = attempt(&self.work, tx);
        let keep = outcome.is_ok();
        self.outcome = Some(outcome);
        keep
    }

    fn committed(self: Box<Self>) {
        let not_run = StoreError::Internal("the work was not run".into());
        let outcome = self.outcome.unwrap_or_else(|| Err(not_run.into()));
        answer(self.caller, outcome);
    }

    fn undone(self: Box<Self>, error: StoreError) {
        let outcome = match self.outcome {
            Some(Err(own)) => Err(own),
            _ => Err(error.into()),
        };
        answer(self.caller, outcome);
    }

    fn failed(self: Box<Self>, error: StoreError) {
        answer(self.caller, Err(error.into()));
    }
}

fn answer<T>(caller: oneshot::Sender<T>, outcome: T) {
    // A caller that went away no longer wants the answer.
    let _ = caller.send(outcome);
}
