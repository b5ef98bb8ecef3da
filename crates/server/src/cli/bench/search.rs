//! The team's search: words whose number of postings is known, and pairs of words. Everything is in one pool. The worst pair has
//! two frequent words that never stand in one message, so that all postings of both are read.

use super::clinic::{self, Clinic};
use super::fill::{Fill, PER_THREAD};
use super::machine::processor_millis;
use super::report::{Budget, Report, millis, quantile};
use crate::cli::outcome::Failure;
use std::time::Instant;
use store::bench::Scratch;

const THREADS_PER_PATIENT: usize = 10;
const SAMPLES: usize = 40;
const WARM_UP: usize = 5;
const WORDS: usize = 12;
/// Planted words and their messages; each has one stem in English and Spanish.
const PLANTED: [(&str, usize); 4] = [("zorkub", 10), ("zorkud", 100), ("zorkug", 1_000), ("zorkup", 10_000)];
/// Two words of 10,000 messages each, in messages that take turns.
const APART: [&str; 2] = ["vumtok", "vumtag"];
/// The same for words with two stems each, and so two postings per message.
const APART_TWO_STEMS: [&str; 2] = ["kolgating", "sulgating"];
const FREQUENT: usize = 10_000;

pub async fn measure(scratch: &Scratch, messages: usize, report: &mut Report) -> Result<(), Failure> {
    let url = scratch.database("search").await?;
    let messages = messages.max(3 * FREQUENT);
    let threads = messages / PER_THREAD;
    let clinic = Clinic::found(&url, (1, threads / THREADS_PER_PATIENT)).await?;
    let planted = |number: usize| words_of(number, messages);
    let started = Instant::now();
    let fill = Fill { clinic: &clinic, threads, planted: &planted, words: WORDS, is_indexed: true };
    fill.write().await?;
    let seconds = started.elapsed().as_secs_f64();
    report.figure(format!("filling {messages} messages with their words"), seconds, "s", Budget::None);
    for (word, postings) in PLANTED {
        let name = format!("search, a word of {postings} messages");
        time(&clinic, (&name, word), Budget::AtMost(10.0), report).await?;
    }
    let rare = format!("{} {}", PLANTED[0].0, PLANTED[3].0);
    time(&clinic, ("search, a rare word and a frequent one", &rare), Budget::AtMost(10.0), report).await?;
    let common = "the doctor";
    time(&clinic, ("search, two everyday words", common), Budget::AtMost(10.0), report).await?;
    let apart = APART.join(" ");
    time(&clinic, ("search, worst pair: 10000 and 10000, never together", &apart), Budget::None, report)
        .await?;
    let apart = APART_TWO_STEMS.join(" ");
    time(&clinic, ("the same with two stems a word (40000 postings)", &apart), Budget::None, report).await?;
    clinic.close().await;
    Ok(())
}

fn words_of(number: usize, messages: usize) -> String {
    let mut text = String::new();
    for (word, postings) in PLANTED {
        if number.is_multiple_of(messages / postings) {
            text = format!("{text} {word}");
        }
    }
    if number >= messages - 2 * FREQUENT {
        text = format!("{text} {} {}", APART[number % 2], APART_TWO_STEMS[number % 2]);
    }
    text
}

async fn time(
    clinic: &Clinic,
    (name, typed): (&str, &str),
    budget: Budget,
    report: &mut Report,
) -> Result<(), Failure> {
    let service = &clinic.service;
    let (mut samples, mut processor) = (Vec::new(), Vec::new());
    let mut hits = 0;
    for n in 0..WARM_UP + SAMPLES {
        let nurse = clinic::ctx(service, &clinic.nurse);
        let (before, started) = (processor_millis(), Instant::now());
        let page = service.search_team(&nurse, typed.to_owned(), None, None).await?;
        let took = millis(started.elapsed());
        if n >= WARM_UP {
            samples.push(took);
            processor.push(processor_millis() - before);
        }
        hits = page.hits.items.len();
    }
    let median = quantile(&mut samples, 0.5);
    report.figure(format!("{name} ({hits} hits): median"), median, "ms", budget);
    let processor = quantile(&mut processor, 0.5);
    report.figure("    its processor time", processor, "ms", Budget::None);
    Ok(())
}
