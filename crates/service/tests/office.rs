//! The office on both databases: administrators who see teams and staff and no patient, and the privacy
//! officer, who sees who did what.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::actor::{Door, Role};
use domain::audit::{AuditAction, AuditOutcome};
use domain::id::{AccountId, PatientId, RequestId, ThreadId};
use domain::inbox::View;
use domain::language::Language;
use domain::pace::Pace;
use jiff::SignedDuration;
use people::{BORN, PASSWORD};
use service::ServiceError;
use service::accounts::NewStaff;
use service::audit_search::AuditWords;
use service::ctx::Ctx;
use service::page::PAGE;
use service::sealer::Sealer;
use service::view::audit::{Anchor, AuditLine, AuditSearch};
use service::view::thread::EventText;
use std::collections::BTreeSet;
use store::testing::each_migrated;
use talk::{Talk, reason, staff};

/// What all staff of these stories are called; their sign-in names differ.
const NAME: &str = "Maria Lopez, RN";

/// Somebody of the office.
async fn office(talk: &Talk, name: &str, role: Role) -> Ctx {
    let account = talk.clinic.staff(name, role).await;
    staff(&talk.service(), account, role, Vec::new())
}

/// A request of its own, as each page view is.
fn asking(talk: &Talk, who: &Ctx) -> Ctx {
    let now = talk.service().now();
    Ctx { request: RequestId(talk.service().ids.mint(now)), now, ..who.clone() }
}

async fn take(talk: &Talk, who: &Ctx, thread: ThreadId) {
    talk.service().assign(&talk.now(who), thread, Some(who.actor.account), None).await.unwrap();
}

async fn assert_whole(talk: &Talk) {
    talk.service().seal_audit().await.unwrap();
    let report = service::checks::check(&talk.service().store, None, |_| {}).await.unwrap();
    // The clinic of these stories has no Patient resources.
    let faults = report.faults.iter().filter(|fault| fault.table != "patient");
    assert_eq!(faults.count(), 0, "{:?}", report.faults);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_a_team_leaves_nothing_assigned_and_each_conversation_says_so() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let helen = office(&talk, "helen", Role::Administrator).await;
        let (open, waiting, closed) =
            (talk.ask("Is it high?").await, talk.ask("And now?").await, talk.ask("Last one").await);
        let jonass = talk.ask("For Jonas").await;
        for sent in [&open, &waiting, &closed] {
            take(&talk, &talk.as_maya, sent.thread).await;
        }
        take(&talk, &talk.as_jonas, jonass.thread).await;
        talk.answer(&talk.as_maya, waiting.thread, "A little.").await;
        let service = talk.service();
        service.close(&talk.now(&talk.as_maya), closed.thread, talk.solved, i64::MAX).await.unwrap();

        let (nurses, maya) = (talk.clinic.nurses, talk.as_maya.actor.account);
        let refused = service.remove_pool_member(&talk.now(&talk.as_jonas), nurses, maya).await;
        assert!(matches!(refused, Err(ServiceError::Denied)), "a colleague may not: {refused:?}");
        let page = service.staff_member(&talk.now(&helen), maya).await.unwrap();
        assert_eq!(page.pools.iter().map(|(_, _, owned)| *owned).collect::<Vec<_>>(), [1], "one is open");
        let left = service.remove_pool_member(&talk.now(&helen), nurses, maya).await.unwrap();
        assert!(left.was_member);
        assert_eq!(left.released, 3);

        for sent in [&open, &waiting] {
            let thread = service.team_thread(&talk.now(&talk.as_jonas), sent.thread).await.unwrap();
            assert_eq!(thread.owner, None);
            let owner = NAME.to_owned();
            let says_so = Some(EventText::OwnerLeft { owner });
            assert_eq!(thread.entries.last().unwrap().event, says_so, "the last line says it");
            let seen = service.thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap();
            assert!(seen.entries.iter().all(|entry| entry.event != says_so), "the patient's page does not");
        }
        let still = service.team_thread(&talk.now(&talk.as_jonas), jonass.thread).await.unwrap();
        assert_eq!(still.owner.unwrap().0, talk.as_jonas.actor.account);
        let reopened = service.reopen(&talk.now(&talk.as_jonas), closed.thread, reason("Again")).await;
        reopened.unwrap();
        let again = service.team_thread(&talk.now(&talk.as_jonas), closed.thread).await.unwrap();
        assert_eq!(again.owner, None, "a closed one has no owner when it is opened again");

        let twice = service.remove_pool_member(&talk.now(&helen), nurses, maya).await.unwrap();
        assert_eq!((twice.was_member, twice.released), (false, 0));
        let line = |action: &str| (action.to_owned(), "done".to_owned());
        assert!(talk.clinic.audit(talk.rosa).await.contains(&line("assign_thread")));
        assert!(talk.clinic.audit(PatientId::ORGANISATION).await.contains(&line("remove_member")));
        assert_whole(&talk).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_account_that_ends_gives_back_more_than_one_look_shows() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        talk.service().lets_send(Pace::FREE);
        for n in 0..103 {
            let sent = talk.ask(&format!("Question {n}")).await;
            take(&talk, &talk.as_maya, sent.thread).await;
        }
        talk.service().deactivate_account(&talk.clinic.operator(), talk.as_maya.actor.account).await.unwrap();
        let inbox =
            talk.service().inbox(&talk.now(&talk.as_jonas), None, View::Unassigned, None).await.unwrap();
        let unassigned = inbox.counts.iter().find(|(view, _)| *view == View::Unassigned).unwrap().1;
        assert_eq!(unassigned, 103);
        assert_eq!(talk.number("SELECT COUNT(*) FROM pool_member WHERE until_at IS NULL").await, 1);
        assert_whole(&talk).await;
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_administrator_reads_teams_and_staff_page_by_page_and_ends_sessions() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let helen = office(&talk, "helen", Role::Administrator).await;
        talk.ask("Is it high?").await;
        let teams = service.teams(&talk.now(&helen)).await.unwrap();
        assert_eq!(teams.len(), 1);
        assert_eq!((teams[0].open, teams[0].unassigned, teams[0].members.len()), (1, 1, 3));

        for n in 0..2 * PAGE {
            let new = NewStaff {
                name: format!("Nurse {:03}", 99 - n),
                sign_in_name: format!("nurse-{n:03}"),
                role: Role::Nurse,
                specialty: None,
                practitioner: None,
                pools: Vec::new(),
                language: Language::En,
                password: None,
            };
            service.create_staff(&talk.clinic.operator(), new).await.unwrap();
        }
        let (mut names, mut after, mut pages) = (Vec::new(), None, 0);
        loop {
            let page = service.staff(&talk.now(&helen), after).await.unwrap();
            names.extend(page.items.into_iter().map(|line| line.name));
            (after, pages) = (page.next, pages + 1);
            if after.is_none() {
                break;
            }
        }
        assert_eq!((names.len(), pages), (2 * PAGE + 3, 3), "everybody once: {names:?}");
        assert!(names.is_sorted(), "by name");

        let maya = talk.as_maya.actor.account;
        for _ in 0..2 {
            talk.clinic.enter(Door::Team, "maya", PASSWORD).await.unwrap();
        }
        let token = talk.clinic.enter(Door::Team, "maya", PASSWORD).await.unwrap().token;
        let page = service.staff_member(&talk.now(&helen), maya).await.unwrap();
        assert_eq!((page.sessions.len(), page.line.open_sessions), (3, 3));
        assert!(page.line.last_sign_in.is_some());
        let one = page.sessions.last().unwrap().id;
        assert_eq!(service.end_sessions(&talk.now(&helen), maya, Some(one)).await.unwrap(), 1);
        assert!(service.session(Door::Team, &token).await.unwrap().is_some(), "the others go on");
        assert_eq!(service.end_sessions(&talk.now(&helen), maya, None).await.unwrap(), 2);
        assert!(service.session(Door::Team, &token).await.unwrap().is_none(), "none goes on");
        let rosa = service.staff_member(&talk.now(&helen), talk.as_rosa.actor.account).await;
        assert!(matches!(rosa, Err(ServiceError::NotFound)), "a patient's account is none of the staff's");
    })
    .await;
}

async fn found(talk: &Talk, who: &Ctx, search: AuditSearch) -> Vec<AuditLine> {
    talk.service().audit(&asking(talk, who), search).await.unwrap().lines.items
}

fn of_patient(patient: PatientId) -> AuditSearch {
    AuditSearch { patient: Some(patient), ..AuditSearch::default() }
}

fn of_staff(account: AccountId) -> AuditSearch {
    AuditSearch { account: Some(account), ..AuditSearch::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_privacy_officer_finds_who_did_what_by_patient_by_person_and_by_day() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let peter = office(&talk, "peter", Role::PrivacyOfficer).await;
        let sent = talk.ask("Is a salt substitute fine?").await;
        service.send_new(&talk.now(&talk.as_luis), talk.luis, talk.question("And mine?")).await.unwrap();
        service.inbox(&asking(&talk, &talk.as_maya), None, View::ToDo, None).await.unwrap();
        service.team_thread(&asking(&talk, &talk.as_maya), sent.thread).await.unwrap();

        let words = AuditWords { patient: "MRN-1".into(), staff: "maya".into() };
        let (rosa, maya) = service.find_in_audit(&asking(&talk, &peter), words).await.unwrap();
        assert_eq!((rosa, maya), (Some(talk.rosa), Some(talk.as_maya.actor.account)));
        let lines = found(&talk, &peter, of_patient(talk.rosa)).await;
        let read = lines.iter().find(|line| line.action == AuditAction::ReadThread).unwrap();
        assert_eq!((read.who.as_deref(), read.role), (Some(NAME), Some(Role::Nurse)));
        assert_eq!(read.patient.as_ref().unwrap().mrn.as_deref(), Some("MRN-1"));
        assert!(lines.iter().all(|line| line.patient.as_ref().unwrap().patient == talk.rosa));

        // The list that Maya was shown had two patients: one line, not two.
        let lines = found(&talk, &peter, of_staff(talk.as_maya.actor.account)).await;
        let lists: Vec<_> = lines.iter().filter(|line| line.action == AuditAction::ReadInbox).collect();
        assert_eq!(lists.iter().map(|line| line.more_patients).collect::<Vec<_>>(), [1]);

        let zone = jiff::tz::TimeZone::get("America/Los_Angeles").unwrap();
        let today = service.now().to_zoned(zone).date();
        let of_day = |day| AuditSearch { day: Some(day), ..AuditSearch::default() };
        assert!(!found(&talk, &peter, of_day(today)).await.is_empty());
        assert_eq!(found(&talk, &peter, of_day(today.yesterday().unwrap())).await, []);

        // Her own reading is in it, and the patient finds it.
        let lines = found(&talk, &peter, of_staff(peter.actor.account)).await;
        assert!(lines.iter().any(|line| line.action == AuditAction::ReadAudit));
        let looked = service.looked(&talk.now(&talk.as_rosa), talk.rosa, None).await.unwrap().1.items;
        let seen = looked.iter().find(|line| line.action == AuditAction::ReadAudit).unwrap();
        assert_eq!((seen.who.as_deref(), seen.role), (Some(NAME), Some(Role::PrivacyOfficer)));
        let everything = format!("{:?}", found(&talk, &peter, AuditSearch::default()).await);
        assert!(!everything.contains("salt"), "no words of messages");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_names_nobody_or_more_than_one_is_told_and_audited_and_others_are_refused() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let peter = office(&talk, "peter", Role::PrivacyOfficer).await;
        let words = AuditWords { patient: "MRN-99".into(), staff: "a".into() };
        let wrong = service.find_in_audit(&asking(&talk, &peter), words).await;
        let Err(ServiceError::Invalid(problems)) = wrong else { panic!("{wrong:?}") };
        assert_eq!(problems.iter().map(|problem| problem.field()).collect::<Vec<_>>(), ["patient", "staff"]);
        let invalid = ("read_audit".to_owned(), "invalid".to_owned());
        assert!(talk.clinic.audit(PatientId::ORGANISATION).await.contains(&invalid));
        let helen = office(&talk, "helen", Role::Administrator).await;
        for who in [&talk.as_maya, &helen, &talk.as_rosa] {
            let who = asking(&talk, who);
            assert!(service.audit(&who, AuditSearch::default()).await.is_err());
            assert!(service.audit(&who, of_patient(talk.rosa)).await.is_err());
            assert!(service.emergencies(&who, None).await.is_err());
            assert!(service.chain_state(&who).await.is_err());
        }
        assert!(service.teams(&asking(&talk, &peter)).await.is_err());
        assert!(service.staff(&asking(&talk, &peter), None).await.is_err());
        assert!(service.organisation_settings(&asking(&talk, &peter)).await.is_err());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_thousandth_line_is_reached_page_by_page_and_no_line_comes_twice() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let peter = office(&talk, "peter", Role::PrivacyOfficer).await;
        for _ in 0..1_000 {
            service.results(&asking(&talk, &talk.as_rosa), talk.rosa, None).await.unwrap();
        }
        let rosas = talk.as_rosa.actor.account;
        for search in [of_patient(talk.rosa), of_staff(rosas)] {
            let (mut seen, mut after, mut readings) = (BTreeSet::new(), None, 0);
            loop {
                let ask = AuditSearch { after, ..search };
                let page = service.audit(&asking(&talk, &peter), ask).await.unwrap().lines;
                let mine = page.items.iter().filter(|line| line.action == AuditAction::ReadResults);
                readings += mine.filter(|line| seen.insert(line.at)).count();
                assert!(page.items.is_sorted_by(|one, next| one.at >= next.at), "newest first");
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
            assert_eq!(readings, 1_000);
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_emergency_of_thirty_days_stands_in_a_list_of_its_own_with_its_reason() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let peter = office(&talk, "peter", Role::PrivacyOfficer).await;
        assert_eq!(service.emergencies(&asking(&talk, &peter), None).await.unwrap().items, []);
        let maya = asking(&talk, &talk.as_maya);
        service
            .break_glass(&maya, &format!("MRN-1 {BORN}"), reason("She fainted at the door"))
            .await
            .unwrap();
        let nobody = service.break_glass(&asking(&talk, &talk.as_maya), "MRN-77", reason("Who?")).await;
        assert!(nobody.is_err());
        let next = service.break_glass(&asking(&talk, &talk.as_maya), "MRN-78", reason("Or who?")).await;
        assert!(next.is_err());
        let lines = service.emergencies(&asking(&talk, &peter), None).await.unwrap().items;
        let told: Vec<_> = lines
            .iter()
            .map(|line| (line.outcome, line.reason.as_deref().unwrap(), line.patient.is_some()))
            .collect();
        let done = (AuditOutcome::Done, "She fainted at the door", true);
        let tried = |reason| (AuditOutcome::Invalid, reason, false);
        assert_eq!(told, [tried("Or who?"), tried("Who?"), done], "each of them, within a minute too");
        assert_eq!(lines[0].query.as_deref(), Some("MRN-78"));

        let later = talk.clinic.later(SignedDuration::from_hours(24 * 31));
        let then = Ctx { now: later.now(), ..peter };
        assert_eq!(later.emergencies(&then, None).await.unwrap().items, [], "a month later it is over");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_state_of_the_chains_shows_the_tail_and_an_anchor_file_that_does_not_fit() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let peter = office(&talk, "peter", Role::PrivacyOfficer).await;
        let state = service.chain_state(&asking(&talk, &peter)).await.unwrap();
        assert_eq!((state.sealed, &state.anchor), (None, &Anchor::Absent));
        assert!(state.unsealed > 0 && state.oldest_unsealed.is_some());

        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("audit.anchor");
        service.anchors_in(path.clone());
        let mut sealer = Sealer::new(service.clone(), Some(&path)).unwrap();
        assert_eq!(service.chain_state(&asking(&talk, &peter)).await.unwrap().anchor, Anchor::Empty);
        sealer.seal_once().await.unwrap();
        let state = service.chain_state(&asking(&talk, &peter)).await.unwrap();
        let sealed = state.sealed.unwrap();
        assert_eq!(state.anchor, Anchor::Agrees(sealed));
        assert_eq!(state.unsealed, 0, "the reading itself comes after its own look");

        let file = std::fs::read_to_string(&path).unwrap();
        let line = file.lines().last().unwrap();
        let (rest, _) = line.rsplit_once(' ').unwrap();
        std::fs::write(&path, format!("{rest} {}\n", "ab".repeat(32))).unwrap();
        let anchor = service.chain_state(&asking(&talk, &peter)).await.unwrap().anchor;
        assert!(matches!(anchor, Anchor::Differs(_)), "{anchor:?}");
        std::fs::write(&path, "no line of ours\n").unwrap();
        let anchor = service.chain_state(&asking(&talk, &peter)).await.unwrap().anchor;
        assert_eq!(anchor, Anchor::Unreadable);
    })
    .await;
}
