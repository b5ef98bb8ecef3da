//! From a code on paper, or a link, to an account.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;

use domain::actor::{Door, Role};
use domain::draft::FieldProblem;
use domain::enrolment::IdentityProof;
use domain::id::PatientId;
use domain::language::Language;
use jiff::SignedDuration;
use people::{BORN, Clinic, PASSWORD, ctx};
use service::accounts::NewStaff;
use service::sign_ins::{SignedIn, SignedInHome};
use service::staff_links::LinkFor;
use service::{Service, ServiceError};
use store::testing::each_migrated;

async fn activate(service: &Service, code: &str, born: &str) -> Result<SignedIn, ServiceError> {
    service.activate(code, born, "rosa", PASSWORD, Language::En).await
}

fn is_denied(result: Result<SignedIn, ServiceError>) -> bool {
    matches!(result, Err(ServiceError::Denied))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_with_the_right_birth_date_makes_an_account_and_every_step_has_its_time() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let rosa = clinic.patient(1, "MRN-1").await;
        let code = clinic.code(rosa).await;
        let typed = code.to_lowercase().replace('-', " ");
        let entered = activate(&clinic.service, &typed, BORN).await.unwrap();
        assert!(entered.home == SignedInHome::Patient(rosa));
        let steps = clinic.service.store.db.read(move |tx| store::enrolment::steps(tx, rosa)).await.unwrap();
        let mut words: Vec<String> = steps.into_iter().map(|(word, _)| word).collect();
        words.sort();
        assert_eq!(words, ["first_sign_in", "identity_verified", "offered", "registered"]);
        assert!(clinic.audit(rosa).await.contains(&("activate_account".into(), "done".into())));
        clinic.enter(Door::Patient, "rosa", PASSWORD).await.expect("the new credentials work");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn five_wrong_birth_dates_lock_a_code_for_good() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let rosa = clinic.patient(1, "MRN-1").await;
        let code = clinic.code(rosa).await;
        for _ in 0..5 {
            assert!(is_denied(activate(&clinic.service, &code, "1958-02-03").await));
        }
        assert!(is_denied(activate(&clinic.service, &code, BORN).await));
        let denied = clinic.audit(rosa).await;
        assert!(denied.contains(&("activate_account".into(), "denied".into())));
        let fresh = clinic.code(rosa).await;
        activate(&clinic.service, &fresh, BORN).await.expect("a new code is open");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_is_unknown_expired_replaced_or_used_is_refused() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let rosa = clinic.patient(1, "MRN-1").await;
        let replaced = clinic.code(rosa).await;
        let code = clinic.code(rosa).await;
        assert!(is_denied(activate(&clinic.service, "0000-0000-0000", BORN).await));
        assert!(is_denied(activate(&clinic.service, "not a code", BORN).await));
        assert!(is_denied(activate(&clinic.service, &replaced, BORN).await));
        let a_month_later = clinic.later(SignedDuration::from_hours(30 * 24 + 1));
        assert!(is_denied(activate(&a_month_later, &code, BORN).await));
        activate(&clinic.service, &code, BORN).await.unwrap();
        assert!(is_denied(clinic.service.activate(&code, BORN, "rosa2", PASSWORD, Language::En).await));
        assert_eq!(clinic.count("SELECT COUNT(*) FROM account").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_used_by_two_browsers_at_once_makes_one_account() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let rosa = clinic.patient(1, "MRN-1").await;
        let code = clinic.code(rosa).await;
        let [one, other] = ["rosa1", "rosa2"].map(|name| {
            let (service, code) = (clinic.service.clone(), code.clone());
            tokio::spawn(async move { service.activate(&code, BORN, name, PASSWORD, Language::En).await })
        });
        let entered = [one.await.unwrap(), other.await.unwrap()].map(|result| usize::from(result.is_ok()));
        assert_eq!(entered.iter().sum::<usize>(), 1);
        assert_eq!(clinic.count("SELECT COUNT(*) FROM account").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn fields_to_correct_cost_no_try_and_a_taken_name_leaves_the_code_open() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        clinic.staff("taken", Role::Nurse).await;
        let rosa = clinic.patient(1, "MRN-1").await;
        let code = clinic.code(rosa).await;
        let short =
            clinic.service.activate(&code, "the second of March", "rosa", "short", Language::En).await;
        let problems = vec![FieldProblem::BirthDate, FieldProblem::PasswordTooShort];
        assert_eq!(short.err(), Some(ServiceError::Invalid(problems)));
        let taken = clinic.service.activate(&code, BORN, "TAKEN", PASSWORD, Language::En).await;
        assert_eq!(taken.err(), Some(ServiceError::Invalid(vec![FieldProblem::SignInNameTaken])));
        activate(&clinic.service, &code, BORN).await.expect("the code is still open");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_for_somebody_with_an_account_renews_it_and_ends_its_sessions() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let (rosa, old) = clinic.rosa().await;
        let proof = IdentityProof::InPerson;
        let invited = clinic.service.invite(&clinic.operator(), rosa, proof).await.unwrap();
        assert!(invited.is_renewal);
        let new = "lanterns over the bridge";
        clinic.service.activate(&invited.code, BORN, "rosa", new, Language::Es).await.unwrap();
        assert!(clinic.service.session(Door::Patient, &old.token).await.unwrap().is_none());
        assert!(is_denied(clinic.enter(Door::Patient, "rosa", PASSWORD).await));
        clinic.enter(Door::Patient, "rosa", new).await.expect("the new password works");
        assert_eq!(clinic.count("SELECT COUNT(*) FROM account").await, 1);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_administrator_enters_by_a_link_once_and_may_invite() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let rosa = clinic.patient(1, "MRN-1").await;
        let service = &clinic.service;
        let link = service.administrator_link(&clinic.operator()).await.unwrap();
        assert_eq!(service.link_for(&link).await.unwrap(), Some(LinkFor::FirstAdministrator));
        let a_day_later = clinic.later(SignedDuration::from_hours(24));
        assert_eq!(a_day_later.link_for(&link).await.unwrap(), None);
        let use_it = || service.activate_administrator(&link, "Ana Ruiz", "ana", PASSWORD, Language::En);
        let entered = use_it().await.unwrap();
        assert!(is_denied(use_it().await));
        let session = service.session(Door::Team, &entered.token).await.unwrap().unwrap();
        assert!(session.actor.has(Role::Administrator));
        let ana = ctx(service, session.actor);
        service.invite(&ana, rosa, IdentityProof::CodeByPost).await.expect("an administrator invites");
    })
    .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_nurse_sets_her_password_by_a_link_and_may_invite_nobody() {
    each_migrated(|db| async move {
        let clinic = Clinic::open(db).await;
        let rosa = clinic.patient(1, "MRN-1").await;
        let service = &clinic.service;
        let new = NewStaff {
            name: "Maria Lopez, RN".into(),
            sign_in_name: "Maria.Lopez".into(),
            role: Role::Nurse,
            specialty: None,
            practitioner: None,
            pools: vec![clinic.nurses],
            language: Language::En,
            password: None,
        };
        let maria = service.create_staff(&clinic.operator(), new.clone()).await.unwrap();
        let again = service.create_staff(&clinic.operator(), new).await;
        assert_eq!(again, Err(ServiceError::Invalid(vec![FieldProblem::SignInNameTaken])));
        assert!(is_denied(clinic.enter(Door::Team, "maria.lopez", "").await));
        let link = service.staff_link(&clinic.operator(), maria).await.unwrap();
        let names = LinkFor::Staff { name: "Maria Lopez, RN".into(), sign_in_name: "maria.lopez".into() };
        assert_eq!(service.link_for(&link).await.unwrap(), Some(names));
        let entered = service.activate_staff(&link, PASSWORD, Language::En).await.unwrap();
        assert!(is_denied(service.activate_staff(&link, PASSWORD, Language::En).await));
        let session = service.session(Door::Team, &entered.token).await.unwrap().unwrap();
        let refused = service.invite(&ctx(service, session.actor), rosa, IdentityProof::InPerson).await;
        assert!(refused.is_err());
        assert!(clinic.audit(rosa).await.contains(&("invite_patient".into(), "denied".into())));
        assert!(
            clinic
                .audit(PatientId::ORGANISATION)
                .await
                .contains(&("activate_account".into(), "denied".into()))
        );
    })
    .await;
}
