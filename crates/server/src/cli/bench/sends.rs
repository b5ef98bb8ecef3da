//! Sends: 16 writers through the service, against the same rows written raw in batches of 16, and
//! against one commit per send. SQLite writes with `synchronous=FULL` in all of them.

use super::clinic::{self, Chart, Clinic};
use super::machine::process_millis;
use super::report::{Budget, Report, quantile};
use super::text::{Dice, Vocabulary};
use crate::cli::outcome::Failure;
use domain::draft::{Body, NewThread, Reply, Subject};
use domain::id::TopicId;
use service::{Service, ServiceError};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use store::bench::{Scratch, SentRows};
use store::db::{DatabaseUrl, DbOptions};

const WRITERS: usize = 16;
const PATIENTS: usize = 256;
const POOLS: usize = 4;
const ROUNDS: usize = 3;
/// What the slow disk adds to each commit.
const SLOWER: Duration = Duration::from_millis(5);

/// What a run of writers did.
struct Run {
    seconds: f64,
    sends: usize,
    commits: u64,
    processor_millis: f64,
}

impl Run {
    fn rate(&self) -> f64 {
        self.sends as f64 / self.seconds
    }
}

/// One workload: how many writers send how many texts of how many words.
#[derive(Clone, Copy)]
struct Load {
    writers: usize,
    sends: usize,
    words: usize,
}

pub async fn measure(scratch: &Scratch, sends: usize, report: &mut Report) -> Result<(), Failure> {
    let url = scratch.database("template").await?;
    let clinic = Clinic::found(&url, (POOLS, PATIENTS)).await?;
    match (&url, scratch.folder()) {
        (DatabaseUrl::Sqlite(template), Some(folder)) => {
            clinic.close().await;
            let bench = Bench { clinic, template: template.clone(), folder: folder.to_owned() };
            bench.against_raw(sends, report).await?;
            bench.against_single(sends, report).await
        }
        _ => on_postgres(&clinic, sends / 4, report).await,
    }
}

struct Bench {
    clinic: Clinic,
    template: PathBuf,
    folder: PathBuf,
}

impl Bench {
    /// A copy of the database as it was before the first send.
    fn copy(&self, label: &str) -> Result<PathBuf, Failure> {
        let path = self.folder.join(format!("{label}.db"));
        std::fs::copy(&self.template, &path)?;
        Ok(path)
    }

    async fn run(&self, label: &str, load: Load, options: &DbOptions) -> Result<(Run, PathBuf), Failure> {
        let path = self.copy(label)?;
        let service = self.clinic.on(&DatabaseUrl::Sqlite(path.clone()), options).await?;
        let run = run(&service, &self.clinic, load).await?;
        service.store.db.clone().close().await;
        Ok((run, path))
    }

    async fn against_raw(&self, sends: usize, report: &mut Report) -> Result<(), Failure> {
        let load = Load { writers: WRITERS, sends, words: 60 };
        let (mut rates, mut raws, mut ratios, mut commits) = (vec![], vec![], vec![], vec![]);
        let (mut rows, mut processor) = (0.0, [0.0; 2]);
        for _ in 0..ROUNDS {
            let (run, path) = self.run("sends", load, &DbOptions::default()).await?;
            let sent = SentRows::read(&path)?;
            let raw = self.copy("raw")?;
            let before = process_millis();
            let raw_rate = sent.len() as f64 / sent.write(&raw, WRITERS, usize::MAX)?.as_secs_f64();
            rows = sent.rows_per_send();
            processor = [run.processor_millis, process_millis() - before].map(|all| all / sent.len() as f64);
            rates.push(run.rate());
            raws.push(raw_rate);
            ratios.push(run.rate() / raw_rate);
            commits.push(run.commits as f64 / run.sends as f64);
            remove(&path)?;
            remove(&raw)?;
        }
        report.figure("rows that one send of 60 words writes", rows, "rows", Budget::None);
        report.figure("sends, 60 words, 16 writers", quantile(&mut rates, 0.5), "sends/s", Budget::None);
        report.figure("the same rows raw, batches of 16", quantile(&mut raws, 0.5), "sends/s", Budget::None);
        report.figure("processor time of one send, all threads", processor[0], "ms", Budget::None);
        report.figure("processor time of its rows raw", processor[1], "ms", Budget::None);
        let ratio = quantile(&mut ratios, 0.5);
        report.figure("sends against the same rows raw", ratio, "x", Budget::AtLeast(0.8));
        let share = quantile(&mut commits, 0.5);
        report.figure(
            "commits (one fsync of the log each) per send",
            share,
            "per send",
            Budget::AtMost(0.125),
        );
        Ok(())
    }

    /// The same service with one commit per send, on this disk and on a slower one.
    async fn against_single(&self, sends: usize, report: &mut Report) -> Result<(), Failure> {
        for (words, budget) in [(10, Budget::None), (60, Budget::None), (200, Budget::None)] {
            let ratio = self.gain((sends / 4, sends / 16), words, Duration::ZERO).await?;
            report.figure(format!("sends against one fsync per send, {words} words"), ratio, "x", budget);
        }
        for words in [10, 60, 200] {
            let ratio = self.gain((sends / 4, sends / 40), words, SLOWER).await?;
            let name = format!("the same with 5 ms more per commit, {words} words");
            report.figure(name, ratio, "x", Budget::AtLeast(5.0));
        }
        Ok(())
    }

    async fn gain(
        &self,
        (shared, single): (usize, usize),
        words: usize,
        delay: Duration,
    ) -> Result<f64, Failure> {
        let load = Load { writers: WRITERS, sends: shared, words };
        let options = DbOptions { commit_delay: delay, ..DbOptions::default() };
        let (together, path) = self.run("together", load, &options).await?;
        remove(&path)?;
        let options = DbOptions { group_members: 1, ..options };
        let (one_by_one, path) = self.run("single", Load { sends: single, ..load }, &options).await?;
        remove(&path)?;
        Ok(together.rate() / one_by_one.rate())
    }
}

async fn on_postgres(clinic: &Clinic, sends: usize, report: &mut Report) -> Result<(), Failure> {
    let one = run(&clinic.service, clinic, Load { writers: 1, sends: sends / 8, words: 60 }).await?;
    let many = run(&clinic.service, clinic, Load { writers: WRITERS, sends, words: 60 }).await?;
    report.figure("sends, 60 words, 1 writer", one.rate(), "sends/s", Budget::None);
    report.figure("sends, 60 words, 16 writers", many.rate(), "sends/s", Budget::None);
    report.figure("16 writers against one", many.rate() / one.rate(), "x", Budget::None);
    clinic.close().await;
    Ok(())
}

/// Each writer sends for its own patients: a new thread, then a reply in it.
async fn run(service: &Service, clinic: &Clinic, load: Load) -> Result<Run, Failure> {
    let vocabulary = Arc::new(Vocabulary::default());
    let (before, processor, started) = (service.store.db.stats(), process_millis(), Instant::now());
    let writers: Vec<_> = (0..load.writers)
        .map(|number| {
            let (service, charts) = (service.clone(), clinic.charts.clone());
            let (vocabulary, topic) = (vocabulary.clone(), clinic.topic);
            let share = load.sends / load.writers;
            tokio::spawn(async move {
                let mine: Vec<&Chart> = charts.iter().skip(number).step_by(load.writers).collect();
                let mut dice = Dice::new(number as u64);
                for (n, chart) in (0..share.div_ceil(2)).zip(mine.iter().cycle()) {
                    let texts = [0; 2].map(|_| vocabulary.text(&mut dice, load.words));
                    converse(&service, chart, topic, texts, n).await?;
                }
                Ok::<usize, ServiceError>(2 * share.div_ceil(2))
            })
        })
        .collect();
    let mut sends = 0;
    for writer in writers {
        sends += writer.await.map_err(|_| Failure::failed("a writer ended early"))??;
    }
    let seconds = started.elapsed().as_secs_f64();
    let commits = service.store.db.stats().groups - before.groups;
    Ok(Run { seconds, sends, commits, processor_millis: process_millis() - processor })
}

async fn converse(
    service: &Service,
    chart: &Chart,
    topic: TopicId,
    [first, second]: [String; 2],
    number: usize,
) -> Result<(), ServiceError> {
    let actor = clinic::as_patient(chart);
    let new = NewThread {
        pool: chart.pool,
        topic,
        subject: Subject::parse(&format!("A question number {number}")).map_err(invalid)?,
        body: Body::parse(&first).map_err(invalid)?,
        about: None,
        continues: None,
        client_key: clinic::client_key(service),
    };
    let sent = service.send_new(&clinic::ctx(service, &actor), chart.id, new).await?;
    let client_key = clinic::client_key(service);
    let reply = Reply { body: Body::parse(&second).map_err(invalid)?, last_seen: sent.seq, client_key };
    service.reply(&clinic::ctx(service, &actor), chart.id, sent.thread, reply).await?;
    Ok(())
}

fn invalid(problem: domain::draft::FieldProblem) -> ServiceError {
    ServiceError::Invalid(vec![problem])
}

fn remove(path: &Path) -> Result<(), Failure> {
    for end in ["", "-wal", "-shm"] {
        let file = PathBuf::from(format!("{}{end}", path.display()));
        if file.exists() {
            std::fs::remove_file(file)?;
        }
    }
    Ok(())
}
