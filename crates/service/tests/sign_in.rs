//! Signing in, being locked out, and how long a session lasts.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;

use domain::actor::{Door, Role};
use domain::draft::FieldProblem;
use domain::id::PatientId;
use domain::language::Language;
use jiff::SignedDuration;
use people::{ADDRESS, Clinic, PASSWORD, ctx};
use service::ServiceError;
use service::sign_ins::SignedInHome;
use store::testing::each_migrated;

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_passwords_make_the_right_one_wait() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (rosa, _) = clinic.rosa().await;
        for _ in 0..5 {
            let wrong = clinic.enter(Door::Patient, "rosa", "river stones at dawn").await;
            assert!(matches!(wrong, Err(ServiceError::Denied)));
        }
        let locked = clinic.enter(Door::Patient, "Rosa", PASSWORD).await;
        let Err(ServiceError::TooMany { retry_after_secs }) = locked else { panic!("not locked") };
        assert!((1..=15).contains(&retry_after_secs), "{retry_after_secs}");
        let later = clinic.later(SignedDuration::from_secs(16));
        let entered = later.sign_in(Door::Patient, "rosa", PASSWORD, ADDRESS).await.unwrap();
        assert!(entered.home == SignedInHome::Patient(rosa));
        let denied = clinic.audit(rosa).await.iter().filter(|(_, outcome)| outcome == "denied").count();
        assert!(denied >= 1, "the patient can see that somebody tried");
        assert_eq!(
            clinic
                .count("SELECT CAST(SUM(repeats) AS BIGINT) FROM audit_event WHERE outcome = 'denied'")
                .await,
            6
        );
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_nobody_has_is_refused_and_locked_like_one_that_somebody_has() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        clinic.rosa().await;
        let mut answers = Vec::new();
        for (name, address) in [("rosa", "192.0.2.1"), ("nobody", "192.0.2.2"), ("no name!", "192.0.2.3")] {
            let mut seen = Vec::new();
            for _ in 0..7 {
                let refused = clinic.service.sign_in(Door::Patient, name, "not the password", address).await;
                seen.push(match refused {
                    Err(ServiceError::Denied) => "denied",
                    Err(ServiceError::TooMany { .. }) => "too many",
                    _ => "something else",
                });
            }
            answers.push(seen);
        }
        assert_eq!(answers[0], ["denied", "denied", "denied", "denied", "denied", "too many", "too many"]);
        assert_eq!(answers[0], answers[1]);
        assert_eq!(answers[0], answers[2]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_address_that_tries_many_names_is_slowed_and_a_good_sign_in_does_not_clear_it() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        clinic.rosa().await;
        let guess = async |n: u32, address: &str| {
            clinic.service.sign_in(Door::Team, &format!("guess{n}"), "x", address).await
        };
        for n in 0..99 {
            assert!(matches!(guess(n, ADDRESS).await, Err(ServiceError::Denied)));
            let host = format!("2001:db8:1:2::{n:x}");
            assert!(matches!(guess(200 + n, &host).await, Err(ServiceError::Denied)));
        }
        guess(300, "2001:db8:1:2::99").await.err();
        let network = guess(301, "2001:db8:1:2:abcd::1").await;
        assert!(matches!(network, Err(ServiceError::TooMany { .. })), "an IPv6 network is one address");
        assert!(matches!(guess(302, "2001:db8:1:3::1").await, Err(ServiceError::Denied)));
        clinic.enter(Door::Patient, "rosa", PASSWORD).await.expect("her own name has no failures");
        assert!(matches!(clinic.enter(Door::Team, "guess99", "x").await, Err(ServiceError::Denied)));
        let slowed = clinic.enter(Door::Team, "guess100", "x").await;
        assert!(matches!(slowed, Err(ServiceError::TooMany { .. })));
        clinic.service.sign_in(Door::Patient, "rosa", PASSWORD, "192.0.2.99").await.expect("elsewhere");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_fails_under_anothers_name_locks_that_place_and_not_the_person() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        clinic.staff("maria", Role::Nurse).await;
        let from = async |address: &str, password: &str| {
            clinic.service.sign_in(Door::Team, "maria", password, address).await
        };
        for _ in 0..5 {
            assert!(matches!(from("203.0.113.9", "a guess").await, Err(ServiceError::Denied)));
        }
        assert!(matches!(from("203.0.113.9", "a guess").await, Err(ServiceError::TooMany { .. })));
        from(ADDRESS, PASSWORD).await.expect("on call, from where she always is");
        // Guesses from ever new places are slowed for the name itself.
        for n in 0..45 {
            assert!(matches!(from(&format!("198.51.100.{n}"), "x").await, Err(ServiceError::Denied)), "{n}");
        }
        assert!(matches!(from("198.51.100.99", "x").await, Err(ServiceError::TooMany { .. })));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_of_nobody_within_a_minute_are_one_row() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        for n in 0..4 {
            clinic.service.sign_in(Door::Team, &format!("nobody{n}"), "x", ADDRESS).await.err();
        }
        let rows = clinic.count("SELECT COUNT(*) FROM audit_event WHERE outcome = 'denied'").await;
        let tries = clinic
            .count("SELECT CAST(SUM(repeats) AS BIGINT) FROM audit_event WHERE outcome = 'denied'")
            .await;
        assert_eq!((rows, tries), (1, 4));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_of_yesterday_are_forgotten() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        assert!(clinic.enter(Door::Team, "maria", "x").await.is_err());
        assert_eq!(clinic.later(SignedDuration::from_hours(11)).forget_old_failures().await, Ok(0));
        assert_eq!(clinic.later(SignedDuration::from_hours(13)).forget_old_failures().await, Ok(3));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn tries_made_at_once_are_counted_one_by_one() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let tries = (0..20).map(|_| {
            let service = clinic.service.clone();
            tokio::spawn(async move { service.sign_in(Door::Team, "maria", "x", ADDRESS).await })
        });
        let mut looked_at = 0;
        for tried in tries.collect::<Vec<_>>() {
            looked_at += usize::from(matches!(tried.await.unwrap(), Err(ServiceError::Denied)));
        }
        assert_eq!(looked_at, 5);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_doors_do_not_mix() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (_, rosa) = clinic.rosa().await;
        clinic.staff("maria", Role::Nurse).await;
        let maria = clinic.enter(Door::Team, "maria", PASSWORD).await.unwrap();
        assert!(maria.home == SignedInHome::Team);
        for (door, name) in [(Door::Team, "rosa"), (Door::Patient, "maria"), (Door::Api, "maria")] {
            let wrong_door = clinic.enter(door, name, PASSWORD).await;
            assert!(matches!(wrong_door, Err(ServiceError::Denied)), "{name} at {door:?}");
        }
        let service = &clinic.service;
        assert!(service.session(Door::Patient, &rosa.token).await.unwrap().is_some());
        assert!(service.session(Door::Team, &rosa.token).await.unwrap().is_none());
        assert!(service.session(Door::Patient, &maria.token).await.unwrap().is_none());
        assert!(service.session(Door::Team, "no token").await.unwrap().is_none());
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nurse_acts_with_her_roles_and_pools_and_a_patient_with_her_own_chart() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (rosa, entered) = clinic.rosa().await;
        let session = clinic.service.session(Door::Patient, &entered.token).await.unwrap().unwrap();
        assert_eq!(session.name, "Rosa Delgado");
        assert_eq!((session.own_chart, session.language), (Some(rosa), Language::Es));
        assert_eq!(session.actor.own_chart, Some(rosa));
        assert!(session.actor.staff.is_empty() && session.actor.pools.is_empty());

        clinic.staff("maria", Role::Nurse).await;
        let entered = clinic.enter(Door::Team, "maria", PASSWORD).await.unwrap();
        let session = clinic.service.session(Door::Team, &entered.token).await.unwrap().unwrap();
        assert_eq!(session.name, "Maria Lopez, RN");
        assert!(session.actor.has(Role::Nurse) && session.actor.is_in_pool(clinic.nurses));
        assert_eq!(session.own_chart, None);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_after_twenty_idle_minutes_and_use_keeps_it_until_twelve_hours() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (_, rosa) = clinic.rosa().await;
        let minutes = |minutes| clinic.later(SignedDuration::from_mins(minutes));
        let is_live = async |minute, is_use| {
            let service = minutes(minute);
            let found = match is_use {
                true => service.session(Door::Patient, &rosa.token).await,
                false => service.peek_session(Door::Patient, &rosa.token).await,
            };
            found.unwrap().is_some()
        };
        assert!(is_live(19, false).await);
        assert!(!is_live(21, false).await, "a look is no use");
        for minute in (15..=705).step_by(15) {
            assert!(is_live(minute, true).await, "minute {minute}");
        }
        assert!(is_live(719, true).await);
        assert!(!is_live(721, true).await);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_was_ended_stays_ended() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (rosa, first) = clinic.rosa().await;
        let second = clinic.enter(Door::Patient, "rosa", PASSWORD).await.unwrap();
        let service = &clinic.service;
        let mine = service.session(Door::Patient, &first.token).await.unwrap().unwrap();
        let other = service.session(Door::Patient, &second.token).await.unwrap().unwrap();
        assert_ne!(mine.csrf, other.csrf);
        assert!(mine.is_csrf(&mine.csrf) && !mine.is_csrf(&other.csrf) && !mine.is_csrf(""));
        let ctx = ctx(service, mine.actor.clone());
        assert_eq!(service.own_account(&ctx).await.unwrap().sessions.len(), 2);
        service.revoke_session(&ctx, other.id).await.unwrap();
        assert!(service.session(Door::Patient, &second.token).await.unwrap().is_none());
        assert_eq!(service.revoke_session(&ctx, other.id).await, Err(ServiceError::NotFound));
        service.sign_out(&ctx, mine.id).await.unwrap();
        assert!(service.session(Door::Patient, &first.token).await.unwrap().is_none());
        assert!(clinic.audit(rosa).await.contains(&("sign_out".into(), "done".into())));
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_password_needs_the_old_one_and_ends_every_other_session() {
    const NEW: &str = "a heron in the reeds";
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (rosa, first) = clinic.rosa().await;
        let service = &clinic.service;
        let mut tokens = Vec::new();
        for _ in 0..2 {
            tokens.push(clinic.enter(Door::Patient, "rosa", PASSWORD).await.unwrap().token);
        }
        let mine = service.session(Door::Patient, &first.token).await.unwrap().unwrap();
        let as_rosa = ctx(service, mine.actor.clone());
        let account = service.own_account(&as_rosa).await.unwrap();
        assert_eq!((account.sign_in_name.as_str(), account.sessions.len()), ("rosa", 3));

        let change =
            async |old: &str, new: &str| service.change_password(&as_rosa, mine.id, (old, new)).await;
        let invalid = |problem| Err(ServiceError::Invalid(vec![problem]));
        assert_eq!(change(PASSWORD, "short").await, invalid(FieldProblem::PasswordTooShort));
        assert_eq!(change("river stones at dawn", NEW).await, invalid(FieldProblem::PasswordWrong));
        assert_eq!(service.own_account(&as_rosa).await.unwrap().sessions.len(), 3, "nothing has happened");
        change(PASSWORD, NEW).await.unwrap();
        for token in &tokens {
            assert!(service.session(Door::Patient, token).await.unwrap().is_none(), "signed out there");
        }
        assert!(service.session(Door::Patient, &first.token).await.unwrap().is_some(), "and not here");
        assert!(clinic.enter(Door::Patient, "rosa", PASSWORD).await.is_err());
        clinic.enter(Door::Patient, "rosa", NEW).await.unwrap();
        assert_eq!(service.end_other_sessions(&as_rosa, mine.id).await.unwrap(), 1);
        let did = |action: &str, outcome: &str| (action.to_owned(), outcome.to_owned());
        let audit = clinic.audit(rosa).await;
        for row in
            [did("change_password", "invalid"), did("change_password", "done"), did("read_sessions", "done")]
        {
            assert!(audit.contains(&row), "{row:?} in {audit:?}");
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_guesses_at_the_old_password_has_to_wait_and_locks_nobody_out_at_the_door() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (_, first) = clinic.rosa().await;
        let service = &clinic.service;
        let mine = service.session(Door::Patient, &first.token).await.unwrap().unwrap();
        let as_rosa = ctx(service, mine.actor.clone());
        let change =
            async |old: &str| service.change_password(&as_rosa, mine.id, (old, "a heron in the reeds")).await;
        for _ in 0..5 {
            assert_eq!(
                change("a guess").await,
                Err(ServiceError::Invalid(vec![FieldProblem::PasswordWrong]))
            );
        }
        assert!(matches!(change(PASSWORD).await, Err(ServiceError::TooMany { .. })));
        let at_the_door = clinic.enter(Door::Patient, "rosa", PASSWORD).await;
        assert!(at_the_door.is_ok(), "the door counts for itself");
        let later = clinic.later(SignedDuration::from_secs(16));
        let then = ctx(&later, mine.actor.clone());
        later.change_password(&then, mine.id, (PASSWORD, "a heron in the reeds")).await.unwrap();
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_leaves_the_staff_is_out_at_once() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let maria = clinic.staff("maria", Role::Nurse).await;
        let entered = clinic.enter(Door::Team, "maria", PASSWORD).await.unwrap();
        clinic.service.deactivate_account(&clinic.operator(), maria).await.unwrap();
        assert!(clinic.service.session(Door::Team, &entered.token).await.unwrap().is_none());
        assert!(matches!(clinic.enter(Door::Team, "maria", PASSWORD).await, Err(ServiceError::Denied)));
        assert!(!clinic.audit(PatientId::ORGANISATION).await.is_empty());
    })
    .await;
}
