//! Studies run on the record: asked for, worked on by one node at a time, read, compared, and their key destroyed.
//! On both databases.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod conversations;
#[path = "../people/mod.rs"]
mod people;
mod shipped;
mod synthea;
mod world;

use domain::actor::Role;
use domain::id::{PatientId, StudyRunId};
use domain::study_run::{RunFailure, RunState};
use jiff::SignedDuration;
use service::ServiceError;
use service::studies::extract::ExtractPlan;
use service::studies::runs::{Asked, HELD_FOR, LEASE, Runner};
use std::sync::{Arc, Mutex};
use store::params;
use store::testing::each_migrated;
use study::protocol::Protocol;
use world::{PEOPLE, World, adults, as_of, asked, id, paper};

impl World {
    async fn start(&self) -> StudyRunId {
        self.service().start_study(&self.as_analyst(), asked(&paper()), None).await.unwrap()
    }

    /// Starts a run and does it.
    pub async fn done(&self, text: &str) -> StudyRunId {
        let run = self.service().start_study(&self.as_analyst(), asked(text), None).await.unwrap();
        assert_eq!(Runner::new(self.service().clone()).turn(as_of()).await.unwrap(), Some(run));
        run
    }

    pub async fn file(&self, run: StudyRunId, name: &str) -> String {
        self.service().study_file(&self.as_analyst(), run, name.into()).await.unwrap().text
    }

    async fn acts(&self, action: &str) -> Vec<String> {
        let audit = self.clinic.audit(PatientId::ORGANISATION).await;
        audit.into_iter().filter(|(act, _)| act == action).map(|(_, outcome)| outcome).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_waits_is_done_and_read_and_gives_the_same_bytes_whoever_asks_and_on_both_databases() {
    let all = Arc::new(Mutex::new(Vec::new()));
    let found = all.clone();
    each_migrated(move |db| {
        let all = all.clone();
        async move {
            let world = World::open(db).await;
            let (service, analyst) = (world.service(), world.as_analyst());
            let run = world.start().await;
            assert_eq!(world.start().await, run, "the same protocol twice is one run");
            let page = service.study_run(&analyst, run).await.unwrap();
            assert_eq!((page.line.state, page.figures), (RunState::Waiting, None));
            assert_eq!(page.line.asked_by.as_deref(), Some("nora of staff"));

            let runner = Runner::new(service.clone());
            assert_eq!(runner.turn(as_of()).await.unwrap(), Some(run));
            assert_eq!(runner.turn(as_of()).await.unwrap(), None);
            let page = service.study_run(&analyst, run).await.unwrap();
            assert_eq!(
                (page.line.state, page.line.data_at),
                (RunState::Done, Some(as_of())),
                "{:?}",
                page.reason
            );
            let figures = page.figures.unwrap();
            assert_eq!((figures.n, figures.clusters), (Some(adults()), 12));
            let sex = &figures.variables[0];
            let (reference, women) = (&sex.levels[0], &sex.levels[1]);
            assert!(reference.is_reference && women.adjusted.unwrap().value > 1.2, "{sex:?}");

            // The operator's run is another run with another key, of the same bytes.
            let operator = world.clinic.operator();
            let other = service.start_study(&operator, asked(&paper()), Some(7)).await.unwrap();
            assert_eq!(runner.turn(as_of()).await.unwrap(), Some(other));
            let files = service.study_files(&operator, other).await.unwrap();
            assert_eq!(files.len(), page.files.len());
            for file in &files {
                assert!(world.file(run, &file.name).await == file.text, "{}", file.name);
            }
            let report = &files[0].text;
            assert!(report.contains("the record of Riverbend Clinic, as of 2021-04-10"));
            assert!(report.contains("people with a chart") && report.contains("not: 18 or older"));

            assert_eq!(world.acts("start_study").await, ["done"; 3]);
            assert_eq!(world.acts("run_study").await, ["done"; 2], "one row for each cohort");
            let listed = service.studies(&analyst, None).await.unwrap();
            assert_eq!(listed.items.iter().map(|line| line.id).collect::<Vec<_>>(), [other, run]);
            all.lock().unwrap().push(files);
        }
    })
    .await;
    let found = found.lock().unwrap();
    assert_eq!(found.len(), 2);
    assert!(found[0] == found[1], "the same bytes on both databases");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_nodes_do_not_work_on_the_same_run_and_one_that_died_leaves_it_stopped() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let service = world.service().clone();
        let run = world.start().await;
        let (one, two) = (Runner::new(service.clone()), Runner::new(service.clone()));
        let (first, second) = tokio::join!(one.turn(as_of()), two.turn(as_of()));
        let mut turns = [first.unwrap(), second.unwrap()];
        turns.sort();
        assert_eq!(turns, [None, Some(run)]);
        assert_eq!(world.acts("run_study").await, ["done"]);

        // A node that took the lease, began, and died.
        let run = world.start().await;
        let (vault, dead, now) = (service.store.vault.clone(), uuid::Uuid::from_u128(9), service.now());
        let began = service.store.db.write(move |tx| {
            store::lease::take(tx, LEASE, dead, (now, now + HELD_FOR))?;
            store::study_run::claim(tx, &vault, "Samechart 0", now)
        });
        assert_eq!(began.await.unwrap().unwrap().id, run);
        assert_eq!(one.turn(as_of()).await.unwrap(), None, "its time is not over");
        let later = Runner::new(world.clinic.later(HELD_FOR + SignedDuration::from_secs(1)));
        assert_eq!(later.turn(as_of()).await.unwrap(), None);
        let stopped = service.study_run(&world.as_analyst(), run).await.unwrap();
        assert_eq!((stopped.line.state, stopped.line.failure), (RunState::Failed, Some(RunFailure::Stopped)));

        let again = service.start_study_again(&world.as_analyst(), run).await.unwrap();
        assert_ne!(again, run);
        assert_eq!(later.turn(as_of()).await.unwrap(), Some(again));
        let done = service.study_run(&world.as_analyst(), again).await.unwrap();
        assert_eq!(done.line.state, RunState::Done);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_node_that_is_told_to_stop_leaves_its_run_stopped_at_once() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let run = world.start().await;
        let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
        let service = world.service().clone();
        let running = tokio::spawn(service::studies::runs::run(service, async move {
            let _ = stopped.await;
        }));
        while world.service().study_standing(run).await.unwrap().state == RunState::Waiting {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
        }
        stop.send(()).unwrap();
        running.await.unwrap();
        let ended = world.service().study_standing(run).await.unwrap();
        // A fast machine may have been done before it was told.
        assert!(!ended.state.is_open(), "{ended:?}");
        let free = world.service().store.db.read(|tx| {
            tx.query_one("SELECT until_at FROM lease WHERE name = $1", params![LEASE], |row| {
                row.get::<i64>(0)
            })
        });
        assert!(free.await.unwrap() <= world.service().now().as_microsecond(), "the lease was given back");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_protocol_that_the_record_does_not_answer_fails_with_its_reason() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let early = paper().replace("2020-01-01", "2019-01-01").replace("2021-03-31", "2019-12-31");
        let run = world.done(&early).await;
        let page = world.service().study_run(&world.as_analyst(), run).await.unwrap();
        assert_eq!((page.line.state, page.line.failure), (RunState::Failed, Some(RunFailure::Refused)));
        assert!(page.reason.unwrap().starts_with(&format!("nobody of {} has the outcome", adults())));
        let report = world.service().study_file(&world.as_analyst(), run, "report.html".into()).await;
        assert_eq!(report, Err(ServiceError::NotFound));

        // Whoever asked is an analyst no more when the run's turn comes.
        let run = world.start().await;
        let (analyst, now) = (world.analyst, as_of());
        let ended = world.service().store.db.write(move |tx| {
            tx.execute("UPDATE staff_role SET until_at = $2 WHERE account_id = $1", params![analyst, now])
        });
        ended.await.unwrap();
        Runner::new(world.service().clone()).turn(as_of()).await.unwrap();
        let page = world.service().study_run(&world.as_analyst(), run).await.unwrap();
        assert_eq!(page.reason.as_deref(), Some("whoever asked for it may not run studies any more"));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn two_runs_are_compared_line_by_line_and_ratio_by_ratio() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let one = world.done(&paper()).await;
        let text = paper().replace("title = \"Patient use", "title = \"Again: patient use");
        let start = text.find("[[covariate]]\nname = \"insurance\"").unwrap();
        let end = start + text[start..].find("\n[[sensitivity]]").unwrap();
        let text = format!("{}{}", &text[..start], &text[end..]);
        let text = text.split("[[published]]\nrow = \"Medicaid").next().unwrap().to_owned();
        let other = world.done(&text).await;
        let both = world.service().compare_studies(&world.as_analyst(), (one, other)).await.unwrap();
        assert_eq!((both.one.line.id, both.other.line.id), (one, other));
        assert_eq!(both.lines[0].text, "title = \"Patient use of secure electronic messaging within a shared medical record: a cross-sectional study\"");
        assert!(!both.lines[1].is_first && both.lines[1].text.starts_with("title = \"Again"));
        let insurance = both.ratios.iter().find(|pair| pair.variable == "Insurance" && pair.level == "Medicare").unwrap();
        assert!(insurance.one.is_some() && insurance.other.is_none());
        assert!(both.ratios.iter().filter(|pair| pair.variable == "Sex").all(|pair| pair.one.is_some() && pair.other.is_some()));
        let missing = world.service().compare_studies(&world.as_analyst(), (one, StudyRunId(uuid::Uuid::nil()))).await;
        assert_eq!(missing, Err(ServiceError::NotFound));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_runs_key_traces_its_rows_until_it_is_destroyed() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let (service, operator) = (world.service(), world.clinic.operator());
        let run = world.done(&paper()).await;
        let plan = || ExtractPlan::of(&Protocol::parse(&paper(), "").unwrap()).unwrap();
        let why = || domain::draft::Reason::parse("Approved by the board, number 12").unwrap();
        let rows = service.extract(&operator, plan(), why(), Some(run)).await.unwrap();
        let again = service.extract(&operator, plan(), why(), Some(run)).await.unwrap();
        assert_eq!(rows, again);
        let apart = service.extract(&operator, plan(), why(), None).await.unwrap();
        assert!(apart.cohort != rows.cohort && apart.rows.len() == rows.rows.len());

        let waiting = world.start().await;
        let too_soon = service.destroy_study_key(&world.as_analyst(), waiting).await;
        assert_eq!(too_soon, Err(ServiceError::NotFound));
        service.destroy_study_key(&world.as_analyst(), run).await.unwrap();
        service.destroy_study_key(&world.as_analyst(), run).await.unwrap();
        let page = service.study_run(&world.as_analyst(), run).await.unwrap();
        assert!(!page.has_key && page.line.state == RunState::Done && !page.files.is_empty());
        let gone = service.extract(&operator, plan(), why(), Some(run)).await;
        assert_eq!(gone, Err(ServiceError::NotFound));
        assert_eq!(world.acts("destroy_study_key").await, ["not_found", "done", "done"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_opted_out_of_research_is_in_no_study_and_its_own_step_says_how_many() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let (service, operator) = (world.service(), world.clinic.operator());
        for number in 0..40 {
            service.choose_research(&operator, id(number), false).await.unwrap();
        }
        // One of them has changed their mind.
        service.choose_research(&operator, id(3), true).await.unwrap();
        let plan = ExtractPlan::of(&Protocol::parse(&paper(), "").unwrap()).unwrap();
        let why = domain::draft::Reason::parse("Approved by the board, number 12").unwrap();
        let steps = service.extract(&operator, plan, why, None).await.unwrap().attrition;
        assert_eq!((steps[0].name, steps[0].remaining), ("people with a chart", PEOPLE as u64));
        assert_eq!((steps[1].name, steps[1].remaining), ("open to research", PEOPLE as u64 - 39));

        let noted = ("choose_research".to_owned(), "done".to_owned());
        assert_eq!(world.clinic.audit(id(3)).await, [noted.clone(), noted], "the patient reads both");
        let nobody = service.choose_research(&operator, PatientId(uuid::Uuid::from_u128(5)), false).await;
        assert_eq!(nobody, Err(ServiceError::NotFound));
        let by_analyst = service.choose_research(&world.as_analyst(), id(4), false).await;
        assert_eq!(by_analyst, Err(ServiceError::NotFound), "an analyst learns nothing of anybody");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_analysts_run_and_read_studies() {
    each_migrated(|db| async move {
        let world = World::open(db).await;
        let run = world.done(&paper()).await;
        let service = world.service();
        for role in [Role::Physician, Role::Nurse, Role::Administrator, Role::PrivacyOfficer] {
            let ctx = world.as_staff(role);
            let denied = ServiceError::Denied;
            assert_eq!(
                service.start_study(&ctx, asked(&paper()), None).await,
                Err(denied.clone()),
                "{role:?}"
            );
            assert_eq!(service.studies(&ctx, None).await.map(drop), Err(denied.clone()), "{role:?}");
            assert_eq!(service.study_run(&ctx, run).await.map(drop), Err(denied.clone()), "{role:?}");
            let file = service.study_file(&ctx, run, "report.json".into()).await;
            assert_eq!(file, Err(denied.clone()), "{role:?}");
            assert_eq!(service.destroy_study_key(&ctx, run).await, Err(denied), "{role:?}");
        }
        let small = paper().replace("minimum_cell = 11", "minimum_cell = 2");
        assert!(Asked::check(&small).is_err(), "nobody publishes small counts of a record");
    })
    .await;
}
