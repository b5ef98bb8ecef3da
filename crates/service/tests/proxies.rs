//! A daughter who acts for her mother, on both databases: what her grant gives, what it does not, and that it
//! ends at once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::actor::{Actor, Door};
use domain::draft::FieldProblem;
use domain::id::{AccountId, PatientId};
use domain::inbox::View;
use domain::language::Language;
use domain::proxy::{ProxyBasis, ProxyRelation, ProxyScope};
use jiff::SignedDuration;
use people::{BORN, PASSWORD};
use service::ServiceError;
use service::ctx::Ctx;
use service::proxies::{NewProxy, ProxyIs};
use service::sign_ins::SignedInHome;
use store::testing::each_migrated;
use talk::{Talk, reply};

fn daughter(who: ProxyIs, scope: ProxyScope) -> NewProxy {
    NewProxy {
        who,
        relation: ProxyRelation::Daughter,
        scope,
        basis: ProxyBasis::Consent,
        from: None,
        until: None,
    }
}

fn ellen() -> ProxyIs {
    ProxyIs::Named("Ellen Finch".into(), Language::En)
}

fn ctx(talk: &Talk, account: AccountId) -> Ctx {
    let actor = Actor {
        account,
        door: Door::Patient,
        language: Language::En,
        own_chart: None,
        staff: Vec::new(),
        pools: Vec::new(),
        leads: Vec::new(),
    };
    talk::ctx(&talk.service(), actor)
}

/// Ellen, with her own sign-in, for Rosa.
async fn for_rosa(talk: &Talk, scope: ProxyScope) -> Ctx {
    let grant = daughter(ellen(), scope);
    let (account, code) =
        talk.service().grant_proxy(&talk.clinic.operator(), talk.rosa, grant).await.unwrap();
    let entered =
        talk.service().activate(&code.unwrap().code, BORN, "ellen", PASSWORD, Language::En).await.unwrap();
    assert_eq!(entered.account, account);
    assert!(entered.home == SignedInHome::Patient(talk.rosa));
    ctx(talk, account)
}

async fn outcome(talk: &Talk, patient: PatientId) -> (String, String) {
    talk.clinic.audit(patient).await.last().unwrap().clone()
}

#[tokio::test]
async fn what_a_daughter_writes_says_who_wrote_for_whom_and_clears_nothing_of_her_mothers() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let ellen = for_rosa(&talk, ProxyScope::ALL).await;
        let sent =
            service.send_new(&talk.now(&ellen), talk.rosa, talk.question("Is it too high?")).await.unwrap();
        let inbox = service.inbox(&talk.now(&talk.as_maya), None, View::ToDo, None).await.unwrap();
        let row = &inbox.rows.items[0];
        assert_eq!(row.written_by.as_deref(), Some("Ellen Finch"));
        assert_eq!(row.writer_is, Some(ProxyRelation::Daughter));
        talk.answer(&talk.as_maya, sent.thread, "A little. Please call us.").await;

        let hers = service.thread(&talk.now(&ellen), talk.rosa, sent.thread).await.unwrap();
        let author = &hers.entries[0].author;
        assert_eq!(author.on_behalf_of.as_deref(), Some("Rosa Delgado"));
        assert_eq!((author.name.as_str(), author.relation), ("Ellen Finch", Some(ProxyRelation::Daughter)));
        let unread = async |who: &Ctx| service.person(&talk.now(who), talk.rosa).await.unwrap().unread;
        assert_eq!((unread(&ellen).await, unread(&talk.as_rosa).await), (0, 1), "Rosa has not read it yet");
        let rosas = service.thread(&talk.now(&talk.as_rosa), talk.rosa, sent.thread).await.unwrap();
        assert_eq!(rosas.entries[0].author.relation, Some(ProxyRelation::Daughter));
        // Each takes back what is their own.
        let more =
            service.reply(&talk.now(&ellen), talk.rosa, sent.thread, reply("We will.", i64::MAX)).await;
        let view = service.thread(&talk.now(&ellen), talk.rosa, sent.thread).await.unwrap();
        let own = view.entries.iter().find(|entry| entry.seq == more.as_ref().unwrap().seq).unwrap().id;
        let by_rosa = service.withdraw(&talk.now(&talk.as_rosa), Some(talk.rosa), sent.thread, own).await;
        assert!(by_rosa.is_err());
        service.withdraw(&talk.now(&ellen), Some(talk.rosa), sent.thread, own).await.unwrap();
        let looked = service.looked(&talk.now(&talk.as_rosa), talk.rosa, None).await.unwrap().1.items;
        let is_hers = |line: &&service::view::looked::Looked| line.who.as_deref() == Some("Ellen Finch");
        assert!(looked.iter().filter(is_hers).all(|line| line.relation == Some(ProxyRelation::Daughter)));
        assert!(looked.iter().any(|line| is_hers(&line)), "Rosa sees that her daughter looked");
    })
    .await;
}

#[tokio::test]
async fn a_grant_that_her_mother_ends_is_over_at_once() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let ellen = for_rosa(&talk, ProxyScope::ALL).await;
        let sent = talk.ask("Is it too high?").await;
        service.thread(&talk.now(&ellen), talk.rosa, sent.thread).await.unwrap();
        assert!(service.may_follow(&ellen.actor, talk.rosa).await.unwrap());
        let lines = service.proxies(&talk.now(&talk.as_rosa), talk.rosa).await.unwrap().1;
        assert_eq!((lines.len(), lines[0].name.as_str(), lines[0].holds), (1, "Ellen Finch", true));
        let end = async |who: &Ctx| service.end_proxy(&talk.now(who), talk.rosa, ellen.actor.account).await;
        assert_eq!(end(&ellen).await, Err(ServiceError::NotFound), "that is Rosa's to decide");
        assert_eq!(end(&talk.as_luis).await, Err(ServiceError::NotFound));
        end(&talk.as_rosa).await.unwrap();
        assert_eq!(end(&talk.as_rosa).await, Err(ServiceError::NotFound), "there is nothing left to end");

        let refused = service.thread(&talk.now(&ellen), talk.rosa, sent.thread).await;
        assert_eq!(refused, Err(ServiceError::NotFound));
        assert_eq!(outcome(&talk, talk.rosa).await, ("read_thread".into(), "denied".into()));
        assert!(service.home(&talk.now(&ellen), talk.rosa).await.is_err());
        assert!(!service.may_follow(&ellen.actor, talk.rosa).await.unwrap());
        let again = talk.clinic.enter(Door::Patient, "ellen", PASSWORD).await;
        assert!(again.is_err(), "she has nobody's pages left");
        let lines = service.proxies(&talk.now(&talk.as_rosa), talk.rosa).await.unwrap().1;
        assert!(!lines[0].holds && lines[0].grant.ended_at.is_some(), "it stays as a fact");
    })
    .await;
}

#[tokio::test]
async fn a_grant_gives_what_it_says_from_its_first_day_to_its_last() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let sent = talk.ask("Is it too high?").await;
        let ellen = for_rosa(&talk, ProxyScope { record: false, messages: true }).await;
        assert!(service.thread(&talk.now(&ellen), talk.rosa, sent.thread).await.is_ok());
        assert!(service.results(&talk.now(&ellen), talk.rosa, None).await.is_err());
        let home = service.home(&talk.now(&ellen), talk.rosa).await.unwrap();
        assert!(!home.person.sees.record && home.person.sees.messages);
        assert!(service.looked(&talk.now(&ellen), talk.rosa, None).await.is_err());
        assert!(service.proxies(&talk.now(&ellen), talk.rosa).await.is_err());
        assert!(service.thread(&talk.now(&ellen), talk.luis, sent.thread).await.is_err(), "not Luis");

        // A new grant takes the place of the old one, and has its own days.
        let (now, day) = (service.now(), SignedDuration::from_hours(24));
        let record = ProxyScope { record: true, messages: false };
        let grant = NewProxy {
            from: Some(now + day),
            until: Some(now + day * 2),
            ..daughter(ProxyIs::Account(ellen.actor.account), record)
        };
        service.grant_proxy(&talk.clinic.operator(), talk.rosa, grant).await.unwrap();
        for (later, may) in [(day / 2, false), (day + day / 2, true), (day * 2, false)] {
            let then = talk.clinic.later(later);
            let who = Ctx { now: then.now(), ..ellen.clone() };
            assert_eq!(then.results(&who, talk.rosa, None).await.is_ok(), may, "{later:#}");
            assert!(then.thread(&who, talk.rosa, sent.thread).await.is_err());
        }
        talk.answer(&talk.as_maya, sent.thread, "It is a little above the range").await;
        let then = talk.clinic.later(day + day / 2);
        let who = Ctx { now: then.now(), ..ellen.clone() };
        let people = then.people(&who).await.unwrap();
        assert_eq!(people[0].unread, 0, "who reads the record alone does not learn of messages");
        assert_eq!(then.may_follow(&who.actor, talk.rosa).await, Ok(false));
    })
    .await;
}

#[tokio::test]
async fn who_acts_for_two_chooses_and_one_who_is_a_patient_too_keeps_her_own() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let account = talk.as_luis.actor.account;
        let grant = daughter(ProxyIs::Account(account), ProxyScope::ALL);
        let (same, code) =
            service.grant_proxy(&talk.clinic.operator(), talk.rosa, grant.clone()).await.unwrap();
        assert!(same == account && code.is_none(), "he has an account");
        let entered = talk.clinic.enter(Door::Patient, "luis", PASSWORD).await.unwrap();
        assert!(entered.home == SignedInHome::People);
        let people = service.people(&talk.now(&talk.as_luis)).await.unwrap();
        let told: Vec<(PatientId, bool)> = people.iter().map(|one| (one.patient, one.is_self)).collect();
        assert_eq!(told, [(talk.luis, true), (talk.rosa, false)]);
        let (own, hers) = (talk.luis, talk.rosa);
        for patient in [own, hers] {
            assert!(service.home(&talk.now(&talk.as_luis), patient).await.is_ok());
        }
        let herself = daughter(ProxyIs::Account(talk.as_rosa.actor.account), ProxyScope::ALL);
        let refused = service.grant_proxy(&talk.clinic.operator(), talk.rosa, herself).await;
        assert!(matches!(refused, Err(ServiceError::Invalid(_))), "nobody acts for herself");
        let by_luis = service.grant_proxy(&talk.now(&talk.as_luis), talk.rosa, grant).await;
        assert!(by_luis.is_err(), "a proxy makes no proxies");
    })
    .await;
}

#[tokio::test]
async fn a_daughters_code_is_hers_alone_and_ends_with_her_grant() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let service = talk.service();
        let operator = talk.clinic.operator();
        let steps = "SELECT COUNT(*) FROM enrolment_event";
        let grant = || daughter(ellen(), ProxyScope::ALL);
        let (first, code) = service.grant_proxy(&operator, talk.rosa, grant()).await.unwrap();
        let before = talk.number(steps).await;
        talk.clinic.code(talk.rosa).await;
        let code = code.unwrap().code;
        let wrong = service.activate(&code, "1990-01-01", "ellen", PASSWORD, Language::En).await;
        assert!(wrong.is_err());
        service.activate(&code, BORN, "ellen", PASSWORD, Language::En).await.unwrap();
        assert_eq!(talk.number(steps).await, before, "no step of Rosa's own enrolment");
        let rosas = talk.number("SELECT COUNT(*) FROM account WHERE own_patient_id IS NOT NULL").await;
        assert_eq!(rosas, 2, "Rosa's and Luis's accounts are as they were");

        let (second, code) = service.grant_proxy(&operator, talk.rosa, grant()).await.unwrap();
        assert_ne!(first, second);
        service.end_proxy(&operator, talk.rosa, second).await.unwrap();
        let late = service.activate(&code.unwrap().code, BORN, "ellen2", PASSWORD, Language::En).await;
        assert!(late.is_err());
        let nameless = daughter(ProxyIs::Named(" ".into(), Language::En), ProxyScope::ALL);
        let refused = service.grant_proxy(&operator, talk.rosa, nameless).await;
        assert_eq!(refused.err(), Some(ServiceError::Invalid(vec![FieldProblem::NameMissing])));
    })
    .await;
}
