//! The shipped protocols on the record: what their rows hold can be worked out from the people's numbers, and their
//! reports are the same on both databases.

use crate::conversations::{Begun, answer, begun, is_read, is_writer, month, steps};
use crate::world::{PEOPLE, World, adults, as_of, born, id, shipped, writes};
use domain::draft::Reason;
use service::studies::extract::{Extract, ExtractPlan, Row};
use service::studies::runs::{Asked, SHIPPED};
use std::sync::{Arc, Mutex};
use store::testing::each_migrated;
use study::protocol::Protocol;

fn plan(text: &str) -> ExtractPlan {
    ExtractPlan::of(&Protocol::parse(text, "").unwrap()).unwrap()
}

impl World {
    async fn extract(&self, text: &str) -> Extract {
        let why = Reason::parse("Approved by the board, number 12").unwrap();
        let operator = service::ctx::Ctx { now: as_of(), ..self.clinic.operator() };
        self.service().extract(&operator, plan(text), why, None).await.unwrap()
    }
}

fn value<'r>(extract: &Extract, row: &'r Row, column: &str) -> Option<&'r str> {
    let at = extract.columns.iter().position(|known| known == column).unwrap();
    row.values[at].as_deref()
}

fn count(extract: &Extract, is_it: impl Fn(&Row) -> bool) -> usize {
    extract.rows.iter().filter(|row| is_it(row)).count()
}

/// 18 or older on the first of April 2020, and so many months later.
fn is_adult(n: u128, months: i16) -> bool {
    let (year, month) = (2020 + (3 + months) / 12, (3 + months) % 12 + 1);
    year - born(n) - i16::from(month <= 6) >= 18
}

fn people(is_it: impl Fn(u128) -> bool) -> usize {
    (0..PEOPLE).filter(|n| is_it(*n)).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_funnels_rows_tell_each_stage_that_was_reached_by_the_windows_end() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        world.converse().await;
        let rows = world.extract(&shipped("funnel")).await;
        let reached = |column| count(&rows, |row| value(&rows, row, column) == Some("1"));
        let grown = |is_it: &dyn Fn(u128) -> bool| people(|n| is_adult(n, 0) && is_it(n));
        assert_eq!(rows.rows.len(), grown(&|_| true));
        assert_eq!(reached("offered"), rows.rows.len());
        assert_eq!(reached("registered"), grown(&|n| steps(n) >= 2));
        assert_eq!(reached("verified"), grown(&|n| steps(n) >= 3));
        assert_eq!(reached("signed_in"), grown(&|n| steps(n) == 4));
        assert_eq!(reached("messaged"), grown(&is_writer));
        assert_eq!(reached("answered"), grown(&|n| is_writer(n) && answer(n).is_some()));
        assert_eq!(reached("read"), grown(&|n| is_writer(n) && is_read(n)));
        assert!(rows.rows.iter().all(|row| row.has_outcome == (value(&rows, row, "messaged") == Some("1"))));
        let of = |column, word| count(&rows, |row| value(&rows, row, column) == Some(word));
        assert_eq!(of("race_ethnicity", "Hispanic or Latino"), grown(&|n| n % 3 == 1));
        assert_eq!(of("race_ethnicity", "White"), grown(&|n| n.is_multiple_of(3)));
        let languages = ["English", "Spanish", "other"].map(|word| of("language", word));
        assert!(languages.iter().all(|count| *count > 100), "{languages:?}");
        assert_eq!(languages.iter().sum::<usize>(), rows.rows.len());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_months_have_each_adult_in_each_month() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        world.converse().await;
        let rows = world.extract(&shipped("adoption-monthly")).await;
        assert_eq!(rows.rows_per_person.map(u32::from), Some(12));
        for months in 0..12i8 {
            let iso = format!("{}-{:02}", 2020 + i16::from((3 + months) / 12), (3 + months) % 12 + 1);
            let is_in = |row: &Row| value(&rows, row, "month") == Some(&iso);
            let grown = |n: u128| is_adult(n, months.into());
            // The physicians' messages are of February 2021.
            let exchanged = |n: u128| (is_writer(n) && month(n) == months) || (months == 10 && writes(n));
            assert_eq!(count(&rows, is_in), people(grown), "{iso}");
            let with = count(&rows, |row| is_in(row) && row.has_outcome);
            assert_eq!(with, people(|n| grown(n) && exchanged(n)), "{iso}");
        }
        let steps: Vec<_> = rows.attrition.iter().map(|step| step.remaining).collect();
        assert_eq!((steps[0], steps[4]), (12 * PEOPLE as u64, rows.rows.len() as u64));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_of_conversations_tell_how_long_each_waited_and_whether_that_was_in_time() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        world.converse().await;
        let operator = world.clinic.operator();
        world.service().choose_research(&operator, id(1), false).await.unwrap();
        let rows = world.extract(&shipped("reply-time-equity")).await;
        // Nobody had opted out yet on the day of the data.
        assert_eq!(rows.rows.len(), people(is_writer));
        let is_in_time = |n| answer(n).is_some_and(|hours| hours <= begun(n).due_after_hours);
        assert_eq!(count(&rows, |row| row.has_outcome), people(|n| is_writer(n) && is_in_time(n)));
        let of = |column, word| count(&rows, |row| value(&rows, row, column) == Some(word));
        for arrived in ["in hours", "out of hours", "weekend or holiday"] {
            assert_eq!(of("arrived", arrived), people(|n| is_writer(n) && begun(n).arrived == arrived));
        }
        assert_eq!(of("hours", "6.0000"), people(|n| is_writer(n) && answer(n) == Some(6)));
        // Without an answer they are followed for 14 days.
        assert_eq!(of("hours", "336.0000"), people(|n| is_writer(n) && answer(n).is_none()));
        assert_eq!(of("replied", "0"), of("hours", "336.0000"));
        // From ten on a Monday to noon on Wednesday: 7 hours, 9, and 4.
        let monday = |n| matches!(begun(n), Begun { weekday: 0, due_after_hours: 24, .. });
        let both = |row: &Row| {
            (value(&rows, row, "hours"), value(&rows, row, "working_hours"))
                == (Some("50.0000"), Some("20.0000"))
        };
        assert!(count(&rows, both) >= people(|n| is_writer(n) && monday(n) && answer(n) == Some(50)));
        let clusters: std::collections::BTreeSet<_> = rows.rows.iter().map(|row| &row.cluster).collect();
        assert_eq!(clusters.len(), 3);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_shipped_protocol_gives_the_same_report_bytes_on_both_databases() {
    let found = Arc::new(Mutex::new(Vec::new()));
    let all = found.clone();
    each_migrated(move |db| {
        let all = all.clone();
        async move {
            let world = World::open(db).await;
            world.converse().await;
            let mut reports = Vec::new();
            for protocol in SHIPPED {
                let run = world.done(&shipped(protocol.name)).await;
                let page = world.service().study_run(&world.as_analyst(), run).await.unwrap();
                assert_eq!(page.reason, None, "{}", protocol.name);
                for file in page.files {
                    let text = world.file(run, &file).await;
                    if let Some(folder) = std::env::var_os("SAMECHART_REPORTS") {
                        let folder = std::path::PathBuf::from(folder).join(protocol.name);
                        std::fs::create_dir_all(&folder).unwrap();
                        std::fs::write(folder.join(&file), &text).unwrap();
                    }
                    reports.push((protocol.name, file, text));
                }
            }
            all.lock().unwrap().push(reports);
        }
    })
    .await;
    let found = found.lock().unwrap();
    assert_eq!((found.len(), found[0].len()), (2, found[1].len()));
    for (one, other) in found[0].iter().zip(&found[1]) {
        assert!(one == other, "{} of {} differs", one.1, one.0);
    }
    let json = |name: &str| -> serde_json::Value {
        let is_it = |it: &&(&str, String, String)| it.0 == name && it.1 == "report.json";
        serde_json::from_str(&found[0].iter().find(is_it).unwrap().2).unwrap()
    };
    assert_eq!(json("ralston-2009")["n"], adults());
    let grown = |is_it: &dyn Fn(u128) -> bool| people(|n| is_adult(n, 0) && is_it(n)) as u64;
    let funnel = json("funnel");
    let stages = funnel["stages"]["groups"][0]["counts"].as_array().unwrap().clone();
    assert_eq!(
        (stages[0].as_u64(), stages[2].as_u64()),
        (Some(grown(&|_| true)), Some(grown(&|n| steps(n) >= 2)))
    );
    assert_eq!(stages[5], grown(&is_writer));
    let replies = json("reply-time-equity");
    assert_eq!(replies["n"], people(is_writer) as u64);
    assert_eq!(replies["times"].as_array().unwrap().len(), 2);
    assert!(replies["times"][0]["groups"][0]["median"]["value"].as_f64().unwrap() > 1.0);
    let months = json("adoption-monthly");
    let first = &months["variables"][0]["levels"][0];
    assert_eq!((first["level"].as_str(), first["n"].as_u64()), (Some("2020-04"), Some(grown(&|_| true))));
}

#[test]
fn what_rows_of_a_kind_do_not_have_is_told_with_its_line() {
    let wrong = |text: &str| {
        let problems = Asked::check(text).unwrap_err();
        problems.into_iter().map(|it| (it.line, format!("{}: {}", it.setting, it.reason))).next().unwrap()
    };
    let line = |text: &str, start: &str| 1 + text.lines().position(|line| line.starts_with(start)).unwrap();
    let text = shipped("funnel").replace("measure = \"sent\"", "measure = \"thought\"");
    let told = (line(&text, "measure = \"thought\""), "outcome thought: the record's outcomes are exchanged, sent, exchanged-in-month, answered-in-a-working-day".to_owned());
    assert_eq!(wrong(&text), told);
    let text = shipped("funnel").replace("column = \"read\"", "column = \"understood\"");
    let told = wrong(&text);
    assert_eq!(told.0, line(&text, "name = \"read the answer\""));
    assert!(
        told.1.starts_with("stage read the answer: the record's stages are the columns offered, registered")
    );
    let text = shipped("reply-time-equity").replace("column = \"working_hours\"", "column = \"days\"");
    let told = wrong(&text);
    assert_eq!(told.0, line(&text, "column = \"days\""));
    assert!(
        told.1.starts_with("time days: the record's times are the columns hours, working_hours"),
        "{told:?}"
    );
    let text = shipped("funnel").replace("measure = \"sent\"", "measure = \"answered-in-a-working-day\"");
    assert!(wrong(&text).1.starts_with("stage offered access: the record has stages of adults"));
    let text = shipped("adoption-monthly").replace("measure = \"sex\"", "measure = \"provider-share\"");
    assert!(wrong(&text).1.starts_with("covariate sex: the record's measures are sex, age"));
    let half = shipped("adoption-monthly").replace("to = 2021-03-31", "to = 2021-03-30");
    assert!(wrong(&half).1.starts_with("window: rows of months want whole months"));
}
