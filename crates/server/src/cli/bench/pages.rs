//! What pages cost at the server, their audit rows committed: in a store of 10,000 threads and in a
//! large one, taking turns, so that a slow moment of the machine hits both.

use super::clinic::{self, Clinic};
use super::fill::{Fill, Filled};
use super::machine::processor_millis;
use super::report::{Budget, Report, millis, quantile};
use super::text::Dice;
use crate::cli::outcome::Failure;
use domain::actor::Actor;
use domain::id::ThreadId;
use domain::inbox::View;
use service::ServiceError;
use service::page::Cursor;
use std::time::Instant;
use store::bench::Scratch;

const SMALL: usize = 10_000;
const THREADS_PER_PATIENT: usize = 10;
/// Two, so that every view of the small store fills a page too: rows that are there are compared with
/// rows that are there.
const POOLS: usize = 2;
const SAMPLES: usize = 200;
const WARM_UP: usize = 30;
const WORDS: usize = 20;

const PAGES: [(&str, Page); 8] = [
    ("inbox page, to do", Page::Inbox(View::ToDo)),
    ("inbox page, overdue", Page::Inbox(View::Overdue)),
    ("inbox page, closed, from the middle", Page::Middle),
    ("counts of a pool's six views", Page::Counts),
    ("team's thread page", Page::TeamThread),
    ("patient's thread list", Page::Threads),
    ("patient's thread page", Page::Thread),
    ("patient's frame (name, unread)", Page::Person),
];

#[derive(Clone, Copy)]
enum Page {
    Inbox(View),
    Middle,
    Counts,
    TeamThread,
    Threads,
    Thread,
    Person,
}

/// A clinic with its threads.
struct Filling {
    clinic: Clinic,
    threads: Vec<Filled>,
}

pub async fn measure(scratch: &Scratch, threads: usize, report: &mut Report) -> Result<(), Failure> {
    let small = filling(scratch, "small", SMALL).await?;
    let started = Instant::now();
    let large = filling(scratch, "large", threads).await?;
    report.figure(format!("filling {threads} threads"), started.elapsed().as_secs_f64(), "s", Budget::None);
    for (name, page) in PAGES {
        let [few, many] = compare(&small, &large, page).await?;
        report.figure(format!("{name}: median, 10000 threads"), few.median, "ms", Budget::None);
        report.figure(format!("{name}: median, {threads} threads"), many.median, "ms", Budget::AtMost(10.0));
        report.figure(format!("{name}: 95 %, {threads} threads"), many.slowest, "ms", Budget::None);
        report.figure(format!("{name}: processor time"), many.processor, "ms", Budget::None);
        report.figure(
            format!("{name}: many against few"),
            many.median / few.median,
            "x",
            Budget::AtMost(1.3),
        );
    }
    small.clinic.close().await;
    large.clinic.close().await;
    Ok(())
}

async fn filling(scratch: &Scratch, label: &str, threads: usize) -> Result<Filling, Failure> {
    let url = scratch.database(label).await?;
    let clinic = Clinic::found(&url, (POOLS, threads / THREADS_PER_PATIENT)).await?;
    let fill =
        Fill { clinic: &clinic, threads, planted: &|_| String::new(), words: WORDS, is_indexed: false };
    let threads = fill.write().await?;
    Ok(Filling { clinic, threads })
}

/// Milliseconds of one page: the median, the 95th percentile, and the median of processor time.
struct Times {
    median: f64,
    slowest: f64,
    processor: f64,
}

/// The times in the small store and in the large one.
async fn compare(small: &Filling, large: &Filling, page: Page) -> Result<[Times; 2], Failure> {
    let mut dice = Dice::new(3);
    let mut samples = [(Vec::new(), Vec::new()), (Vec::new(), Vec::new())];
    for n in 0..WARM_UP + SAMPLES {
        for (filling, samples) in [small, large].into_iter().zip(&mut samples) {
            let one = filling.threads[dice.below(filling.threads.len())];
            let (processor, started) = (processor_millis(), Instant::now());
            filling.show(page, one).await?;
            let took = millis(started.elapsed());
            if n >= WARM_UP {
                samples.0.push(took);
                samples.1.push(processor_millis() - processor);
            }
        }
    }
    Ok(samples.map(|(mut took, mut processor)| Times {
        median: quantile(&mut took, 0.5),
        slowest: quantile(&mut took, 0.95),
        processor: quantile(&mut processor, 0.5),
    }))
}

impl Filling {
    /// Builds one page as its handler would; what is shown is about `one`.
    async fn show(&self, page: Page, one: Filled) -> Result<(), ServiceError> {
        let service = &self.clinic.service;
        let nurse = clinic::ctx(service, &self.clinic.nurse);
        let patient = clinic::ctx(service, &self.as_patient(one));
        match page {
            Page::Inbox(view) => service.inbox(&nurse, Some(one.pool), view, None).await.map(drop),
            Page::Middle => {
                // Closed threads stand by their newest message, so any id of the middle is a place.
                let half = nurse.now - jiff::SignedDuration::from_hours(24 * 400);
                let cursor = Cursor { at: -half.as_microsecond(), id: one.thread.0 };
                service.inbox(&nurse, Some(one.pool), View::Closed, Some(cursor)).await.map(drop)
            }
            Page::Counts => {
                let (pool, me, now) = (one.pool, nurse.actor.account, nurse.now);
                let counting = service.store.db.read(move |tx| {
                    View::ALL
                        .iter()
                        .try_for_each(|view| store::inbox::count_of(tx, (pool, *view), me, now).map(drop))
                });
                Ok(counting.await?)
            }
            Page::TeamThread => service.team_thread(&nurse, one.thread).await.map(drop),
            Page::Threads => service.threads(&patient, one.patient, None).await.map(drop),
            Page::Thread => service.thread(&patient, one.patient, ThreadId(one.thread.0)).await.map(drop),
            Page::Person => service.person(&patient, one.patient).await.map(drop),
        }
    }

    fn as_patient(&self, one: Filled) -> Actor {
        clinic::as_patient(&self.clinic.charts[one.chart])
    }
}
