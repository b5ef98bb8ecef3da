//! The threads of an import: one reads, several parse and seal, one writes. Ids are given in the
//! order of reading, by turnstiles, so that a run repeats itself and nothing meets itself half done.

use super::batch::{Batches, Prepared};
use super::chunk::{Chunk, Chunks, Planned};
use super::item::Item;
use super::parse::{self, Parsed};
use super::registry::Registry;
use super::report::{ImportReport, Phases, Refusal};
use super::resolve::{self, Assigned};
use super::run::Run;
use super::seal;
use super::tally::Clock;
use crate::error::ServiceError;
use std::collections::{BTreeSet, HashMap};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

/// Threads that parse and seal; on two processors the third fills the waits of the others.
const WORKERS: usize = 3;
/// Chunks that wait between two stages.
const WAITING: usize = 8;

/// Lets chunks pass one by one in their order.
#[derive(Default)]
struct Turnstile(Mutex<u64>, Condvar);

/// What the threads of one pass share.
struct Pass<'a> {
    run: &'a Run,
    registry: &'a Mutex<Registry>,
    answering: Turnstile,
    assigning: Turnstile,
    failure: Mutex<Option<ServiceError>>,
    phases: Mutex<Phases>,
}

/// Lines per file that have to be read again.
pub type Deferred = Vec<(std::sync::Arc<super::files::Source>, BTreeSet<u64>)>;

/// Reads the planned files and writes what they hold; answers the lines that could not be taken yet.
pub fn pass(
    run: &Run,
    registry: &Mutex<Registry>,
    plan: &[Planned],
    report: &mut ImportReport,
) -> Result<Deferred, ServiceError> {
    let pass = Pass {
        run,
        registry,
        answering: Turnstile::default(),
        assigning: Turnstile::default(),
        failure: Mutex::default(),
        phases: Mutex::default(),
    };
    let (chunk_in, chunk_out) = sync_channel(WAITING);
    let (prepared_in, prepared_out) = sync_channel(WAITING);
    let chunk_out = Mutex::new(chunk_out);
    let deferred = std::thread::scope(|scope| {
        // Dropped before the scope waits for its threads, even when writing panics.
        let prepared_out = prepared_out;
        let _guard = FailsOnPanic(&pass);
        let reader = scope.spawn(|| pass.read(plan, chunk_in));
        for _ in 0..WORKERS {
            let prepared_in = prepared_in.clone();
            let (pass, chunk_out) = (&pass, &chunk_out);
            scope.spawn(move || pass.work(chunk_out, &prepared_in));
        }
        drop(prepared_in);
        let deferred = pass.write(&prepared_out, report);
        drop(prepared_out);
        report.refuse(reader.join().unwrap_or_default());
        deferred
    });
    report.phases.add(&locked(&pass.phases));
    match locked(&pass.failure).take() {
        Some(error) => Err(error),
        None => deferred,
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pass<'_> {
    fn read(&self, plan: &[Planned], chunks: SyncSender<Chunk>) -> Vec<Refusal> {
        let mut hand_on = |chunk| !self.has_failed() && chunks.send(chunk).is_ok();
        Chunks::new(&mut hand_on).read(plan)
    }

    fn work(&self, chunks: &Mutex<Receiver<Chunk>>, prepared: &SyncSender<Prepared>) {
        let _guard = FailsOnPanic(self);
        let mut clock = Clock::default();
        loop {
            // The lock is held while waiting, so that chunks are taken in order.
            let Ok(chunk) = locked(chunks).recv() else { break };
            match self.prepare(chunk, &mut clock) {
                Ok(Some(ready)) => {
                    if prepared.send(ready).is_err() {
                        break;
                    }
                }
                Ok(None) => break,
                Err(error) => {
                    self.fail(error);
                    break;
                }
            }
        }
        locked(&self.phases).add(&clock.0);
        // After a failure the reader still has chunks to hand on, and must not wait for ever.
        while locked(chunks).recv().is_ok() {}
    }

    /// From text to sealed rows; nothing where another thread has failed.
    fn prepare(&self, chunk: Chunk, clock: &mut Clock) -> Result<Option<Prepared>, ServiceError> {
        let mut parsed =
            parse::chunk(chunk, clock, self.run.base.as_deref(), |resource| self.run.id_for(resource));
        let Some(answers) = self.answers(&parsed, clock)? else { return Ok(None) };
        let mut refusals = std::mem::take(&mut parsed.refusals);
        let deferred = self.answer(&mut parsed, &answers, &mut refusals);
        let Some(assigned) = self.assigned(&mut parsed, clock)? else { return Ok(None) };
        let Assigned { placed, refused, keys, entries } = assigned;
        refusals.extend(refused.into_iter().map(|(item, reason)| refusal(&parsed, &item, reason)));
        refusals.sort_by_key(|refusal| refusal.line);
        let mut sealed = clock.seal(|| seal::all(self.run, placed))?;
        for item in &parsed.items {
            sealed.counts.entry(item.resource_type.clone()).or_default().unchanged += 1;
        }
        let Parsed { seq, source, last_line, file_bytes, bytes, .. } = parsed;
        Ok(Some(Prepared {
            seq,
            source,
            last_line,
            file_bytes,
            bytes,
            deferred,
            keys,
            entries,
            sealed,
            refusals,
        }))
    }

    /// What the chunk's conditional references name, asked for when its turn has come.
    fn answers(
        &self,
        parsed: &Parsed,
        clock: &mut Clock,
    ) -> Result<Option<HashMap<String, String>>, ServiceError> {
        if !self.answering.enter(parsed.seq, || self.has_failed()) {
            return Ok(None);
        }
        let answers = clock.resolve(|| resolve::answer(self.run, &mut locked(self.registry), &parsed.items));
        if let Err(error) = &answers {
            self.fail(error.clone());
        }
        self.answering.leave();
        answers.map(Some)
    }

    /// Writes the answers into the items. A line with an open question waits for the second pass;
    /// there, the resource is refused.
    fn answer(
        &self,
        parsed: &mut Parsed,
        answers: &HashMap<String, String>,
        refusals: &mut Vec<Refusal>,
    ) -> BTreeSet<u64> {
        let mut open = BTreeSet::new();
        for item in &mut parsed.items {
            if !item.answer(|text| answers.get(text).cloned()).is_empty() {
                open.insert((item.line, item.entry));
            }
        }
        let is_open = |item: &Item| open.contains(&(item.line, item.entry));
        if self.run.is_last_pass {
            let refused = parsed.items.iter().filter(|item| is_open(item));
            refusals.extend(refused.map(|item| refusal(parsed, item, NO_ANSWER)));
            parsed.items.retain(|item| !open.contains(&(item.line, item.entry)));
            return BTreeSet::new();
        }
        let lines: BTreeSet<u64> = open.into_iter().map(|(line, _)| line).collect();
        parsed.items.retain(|item| !lines.contains(&item.line));
        refusals.retain(|refusal| !lines.contains(&refusal.line));
        lines
    }

    /// Ids for the chunk's items, given when its turn has come. Items committed by an earlier run stay
    /// where they are; only what they refer to is noted.
    fn assigned(&self, parsed: &mut Parsed, clock: &mut Clock) -> Result<Option<Assigned>, ServiceError> {
        let keys = locked(self.registry).keys.clone();
        let own: Vec<u128> =
            parsed.items.iter().map(|item| keys.key(&item.resource_type, &item.id)).collect();
        let mentions = clock.parse(|| parse::mentions(&parsed.items, &keys));
        if !self.assigning.enter(parsed.seq, || self.has_failed()) {
            return Ok(None);
        }
        let assigned = clock.resolve(|| {
            let mut registry = locked(self.registry);
            registry.refer(&parsed.source.path.display().to_string(), &own, mentions);
            if parsed.is_done {
                return Ok(Assigned::default());
            }
            resolve::assign(self.run, &mut registry, std::mem::take(&mut parsed.items))
        });
        // Before the next chunk may pass: it could wait for states that will never come.
        if let Err(error) = &assigned {
            self.fail(error.clone());
        }
        self.assigning.leave();
        assigned.map(Some)
    }

    fn write(
        &self,
        prepared: &Receiver<Prepared>,
        report: &mut ImportReport,
    ) -> Result<Deferred, ServiceError> {
        let mut batches = Batches::new(self.run, report);
        let written = prepared.iter().try_for_each(|one| batches.take(one));
        let written = written.and_then(|()| if self.has_failed() { Ok(()) } else { batches.write() });
        if let Err(error) = &written {
            self.fail(error.clone());
        }
        written.map(|()| batches.deferred)
    }

    fn fail(&self, error: ServiceError) {
        locked(&self.failure).get_or_insert(error);
        self.answering.wake();
        self.assigning.wake();
    }

    fn has_failed(&self) -> bool {
        locked(&self.failure).is_some()
    }
}

const NO_ANSWER: &str = "a conditional reference names nothing, or more than one resource";

fn refusal(parsed: &Parsed, item: &Item, reason: &str) -> Refusal {
    Refusal {
        file: parsed.source.path.display().to_string(),
        line: item.line,
        path: item.path(&item.resource_type),
        reason: reason.to_owned(),
    }
}

impl Turnstile {
    /// Waits for the turn of `seq`; false where waiting was given up.
    fn enter(&self, seq: u64, give_up: impl Fn() -> bool) -> bool {
        let mut turn = locked(&self.0);
        while *turn != seq {
            if give_up() {
                return false;
            }
            turn = self.1.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
        !give_up()
    }

    fn leave(&self) {
        *locked(&self.0) += 1;
        self.1.notify_all();
    }

    fn wake(&self) {
        drop(locked(&self.0));
        self.1.notify_all();
    }
}

/// A thread that panics lets the others end.
struct FailsOnPanic<'a>(&'a Pass<'a>);

impl Drop for FailsOnPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.fail(ServiceError::Internal("a thread of the import ended early".into()));
        }
    }
}
