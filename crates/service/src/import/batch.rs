//! Gathering sealed chunks, in order, into batches that one transaction writes; counting what was
//! committed.

use super::files::Source;
use super::report::{ImportReport, LISTED, Progress, Refusal};
use super::run::Run;
use super::seal::Sealed;
use crate::error::ServiceError;
use domain::actor::PurposeOfUse;
use domain::audit::{AuditAction, AuditDetail, AuditEvent, AuditObject, AuditOutcome};
use domain::id::{AuditId, PatientId};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::time::Instant;
use store::import_progress::FileHash;
use store::record_batch::{NewEntry, RecordBatch, analyze};

/// A batch is committed after this much JSON: about one second's work.
const BATCH_BYTES: u64 = 8 * 1024 * 1024;

/// A chunk that only waits to be written.
pub struct Prepared {
    pub seq: u64,
    pub source: Arc<Source>,
    pub last_line: u64,
    pub file_bytes: u64,
    pub bytes: u64,
    /// Lines that wait for something that comes later.
    pub deferred: BTreeSet<u64>,
    pub keys: Vec<(PatientId, Vec<u8>)>,
    pub entries: Vec<NewEntry>,
    pub sealed: Sealed,
    pub refusals: Vec<Refusal>,
}

/// Takes prepared chunks in any order and writes them in theirs.
pub struct Batches<'a> {
    run: &'a Run,
    pub report: &'a mut ImportReport,
    next_seq: u64,
    early: BTreeMap<u64, Prepared>,
    batch: RecordBatch,
    bytes: u64,
    file_bytes: u64,
    patients: HashMap<PatientId, (i64, i64)>,
    /// How far each file was read; one with a deferred line stays where it was.
    reached: HashMap<FileHash, i64>,
    pub deferred: Vec<(Arc<Source>, BTreeSet<u64>)>,
    /// With so many new resources the database's statistics are renewed.
    analyze_from: u64,
}

/// The first renewal of statistics; each later one at four times as much.
const ANALYZE_FROM: u64 = 5_000;

impl<'a> Batches<'a> {
    pub fn new(run: &'a Run, report: &'a mut ImportReport) -> Self {
        Batches {
            run,
            report,
            next_seq: 0,
            early: BTreeMap::new(),
            batch: RecordBatch::default(),
            bytes: 0,
            file_bytes: 0,
            patients: HashMap::new(),
            reached: HashMap::new(),
            deferred: Vec::new(),
            analyze_from: ANALYZE_FROM,
        }
    }

    /// Takes a chunk; writes when enough has come.
    pub fn take(&mut self, prepared: Prepared) -> Result<(), ServiceError> {
        self.early.insert(prepared.seq, prepared);
        while let Some(next) = self.early.remove(&self.next_seq) {
            self.next_seq += 1;
            self.add(next);
            if self.bytes >= BATCH_BYTES {
                self.write()?;
            }
        }
        Ok(())
    }

    fn add(&mut self, prepared: Prepared) {
        let Prepared { source, sealed, refusals, deferred, .. } = prepared;
        self.bytes += prepared.bytes;
        self.file_bytes = prepared.file_bytes;
        self.batch.keys.extend(prepared.keys);
        self.batch.entries.extend(prepared.entries);
        self.batch.created.extend(sealed.created);
        self.batch.updated.extend(sealed.updated);
        self.batch.charts.extend(sealed.charts);
        for (patient, (newest, written)) in sealed.patients {
            let total = self.patients.entry(patient).or_default();
            *total = (total.0.max(newest), total.1 + written);
        }
        for (resource_type, counts) in sealed.counts {
            self.report.created += counts.created;
            self.report.updated += counts.updated;
            self.report.unchanged += counts.unchanged;
            let accepted = counts.created + counts.updated + counts.unchanged;
            *self.report.by_type.entry(resource_type).or_default() += accepted;
        }
        self.report.refuse(refusals);
        if !deferred.is_empty() {
            self.deferred.push((source.clone(), deferred));
        }
        if self.run.keeps_progress && !self.deferred.iter().any(|(held, _)| held.hash == source.hash) {
            self.reached.insert(source.hash, prepared.last_line as i64);
        }
    }

    /// Writes what was gathered in one transaction, with its audit rows and how far it has come.
    pub fn write(&mut self) -> Result<(), ServiceError> {
        let started = Instant::now();
        let mut batch = std::mem::take(&mut self.batch);
        batch.source.clone_from(&self.run.source);
        batch.audit = self.audit();
        let newest = self.patients.drain().filter(|(_, (at, _))| *at != 0);
        batch.newest = newest.map(|(patient, (at, _))| (patient, at)).collect();
        batch.progress = self.reached.drain().collect();
        let (vault, now) = (self.run.service.store.vault.clone(), self.run.ctx.now);
        let db = &self.run.service.store.db;
        let writing = db.write_alone(move |tx| batch.write(tx, &vault, now));
        self.run.runtime.block_on(writing)?;
        self.report.bytes += if self.run.keeps_progress { self.bytes } else { 0 };
        self.bytes = 0;
        if self.report.created >= self.analyze_from {
            self.analyze_from = self.report.created * 4;
            self.run.runtime.block_on(db.write_alone(analyze))?;
        }
        self.report.phases.write += started.elapsed();
        self.tell();
        Ok(())
    }

    fn tell(&self) {
        (self.run.progress)(&Progress {
            file_bytes_done: self.file_bytes,
            file_bytes: self.run.file_bytes,
            bytes: self.report.bytes,
            resources: self.report.created + self.report.updated + self.report.unchanged,
            elapsed: self.run.started.elapsed(),
        });
    }

    /// One row per patient whose record this batch changes.
    fn audit(&self) -> Vec<AuditEvent> {
        let run = self.run;
        let batch = run.mint();
        let row = |(patient, (_, written)): (&PatientId, &(i64, i64))| AuditEvent {
            id: AuditId(run.mint()),
            patient: *patient,
            at: run.ctx.now,
            account: (!run.ctx.actor.account.0.is_nil()).then_some(run.ctx.actor.account),
            role: run.ctx.actor.leading_role().map(|held| held.role),
            door: run.ctx.actor.door,
            purpose: PurposeOfUse::Operations,
            action: AuditAction::ImportRecords,
            outcome: AuditOutcome::Done,
            object: Some((AuditObject::Batch, batch)),
            request: run.ctx.request,
            detail: AuditDetail {
                count: Some(*written),
                what: Some(run.source.clone()),
                operator: run.operator.clone(),
                ..AuditDetail::default()
            },
        };
        self.patients.iter().map(row).collect()
    }
}

impl ImportReport {
    /// Counts refusals and lists the first.
    pub fn refuse(&mut self, refusals: Vec<Refusal>) {
        self.refused += refusals.len() as u64;
        let room = LISTED.saturating_sub(self.refusals.len());
        self.refusals.extend(refusals.into_iter().take(room));
    }
}
