//! Who may do what, told case by case, and rules that hold for every actor and relation.

use super::*;
use crate::actor::StaffRole;
use crate::id::AccountId;
use crate::language::Language;
use crate::proxy::{ProxyBasis, ProxyScope};
use proptest::prelude::*;
use uuid::Uuid;

const ROSA: PatientId = PatientId(Uuid::from_u128(1));
const NURSES: PoolId = PoolId(Uuid::from_u128(2));

fn now() -> Timestamp {
    "2026-11-23T18:41:00Z".parse().unwrap()
}

fn actor(door: Door, role: Option<Role>) -> Actor {
    Actor {
        account: AccountId(Uuid::from_u128(3)),
        door,
        language: Language::En,
        own_chart: (door == Door::Patient).then_some(ROSA),
        staff: role.map(|role| StaffRole { role, site: None, specialty: None }).into_iter().collect(),
        pools: if door == Door::Team { vec![NURSES] } else { Vec::new() },
        leads: Vec::new(),
    }
}

fn may(actor: &Actor, capability: Capability, relation: &CareRelation) -> bool {
    decide(actor, capability, ROSA, (relation, Item::default()), now()).is_ok()
}

#[test]
fn a_patient_reads_her_own_chart_and_nobody_elses() {
    let rosa = actor(Door::Patient, None);
    assert!(may(&rosa, Capability::ReadChart, &CareRelation::default()));
    let other = PatientId(Uuid::from_u128(9));
    let decision = decide(
        &rosa,
        Capability::ReadChart,
        other,
        (&CareRelation { is_empanelled: true, ..Default::default() }, Item::default()),
        now(),
    );
    assert_eq!(decision, Err(Refusal::NotOwnRecord));
}

fn grant(scope: ProxyScope) -> ProxyGrant {
    ProxyGrant {
        patient: ROSA,
        account: AccountId(Uuid::from_u128(3)),
        scope,
        basis: ProxyBasis::Consent,
        from: now() - SignedDuration::from_hours(1),
        until: Some(now() + SignedDuration::from_hours(1)),
        ended_at: None,
    }
}

fn daughter() -> Actor {
    Actor { own_chart: None, ..actor(Door::Patient, None) }
}

#[test]
fn a_daughter_may_what_her_grant_says_and_no_more() {
    let all = CareRelation { proxy: Some(grant(ProxyScope::ALL)), ..Default::default() };
    for capability in [
        Capability::ReadChart,
        Capability::ReadDemographics,
        Capability::ReadMessages,
        Capability::WriteInThread(NURSES),
        Capability::BeginThread(NURSES),
    ] {
        assert!(may(&daughter(), capability, &all), "{capability:?}");
        assert!(!may(&daughter(), capability, &CareRelation::default()), "{capability:?} without a grant");
    }
    for capability in [Capability::ReadAccessLog, Capability::ManageProxies, Capability::WorkThread(NURSES)] {
        assert!(!may(&daughter(), capability, &all), "{capability:?}");
    }
    let messages = ProxyScope { record: false, messages: true };
    let messages = CareRelation { proxy: Some(grant(messages)), ..Default::default() };
    assert!(may(&daughter(), Capability::ReadMessages, &messages));
    assert!(!may(&daughter(), Capability::ReadChart, &messages));
    let hidden = Item { visibility: Visibility::PatientOnly, ..Item::default() };
    let decision = decide(&daughter(), Capability::ReadThread(NURSES), ROSA, (&all, hidden), now());
    assert_eq!(decision, Err(Refusal::OutsideGrant));
}

#[test]
fn a_nurse_who_is_somebodys_daughter_keeps_the_two_apart() {
    let tied = CareRelation { proxy: Some(grant(ProxyScope::ALL)), ..Default::default() };
    let at_work = actor(Door::Team, Some(Role::Nurse));
    assert!(!may(&at_work, Capability::ReadChart, &tied), "a grant opens nothing at the team door");
}

proptest! {
    #[test]
    fn no_grant_opens_anything_outside_its_time_person_and_account(
        (from, until, ended) in (-90i64..90, -90i64..90, prop::option::of(-90i64..90)),
        (record, messages) in any::<(bool, bool)>(),
        (other_patient, other_account) in any::<(bool, bool)>(),
        chosen in 0usize..5,
    ) {
        let at = |minutes| now() + SignedDuration::from_mins(minutes);
        let stray = |is_other: bool| if is_other { Uuid::from_u128(77) } else { Uuid::from_u128(3) };
        let proxy = ProxyGrant {
            patient: if other_patient { PatientId(stray(true)) } else { ROSA },
            account: AccountId(stray(other_account)),
            from: at(from),
            until: Some(at(until)),
            ended_at: ended.map(at),
            ..grant(ProxyScope { record, messages })
        };
        let relation = CareRelation { proxy: Some(proxy), ..Default::default() };
        let (capability, covered) = [
            (Capability::ReadChart, record),
            (Capability::ReadMessages, messages),
            (Capability::WriteInThread(NURSES), messages),
            (Capability::ReadDemographics, record || messages),
            (Capability::ReadAccessLog, false),
        ][chosen];
        let is_now = from <= 0 && until > 0 && ended.is_none_or(|ended| ended > 0);
        let is_theirs = !other_patient && !other_account;
        prop_assert_eq!(may(&daughter(), capability, &relation), covered && is_now && is_theirs);
    }
}

#[test]
fn a_patient_replies_but_does_no_work_of_the_team() {
    let rosa = actor(Door::Patient, None);
    assert!(may(&rosa, Capability::WriteInThread(NURSES), &CareRelation::default()));
    assert!(!may(&rosa, Capability::WorkThread(NURSES), &CareRelation::default()));
}

#[test]
fn a_nurse_who_is_also_a_patient_has_no_staff_rights_at_the_patient_door() {
    let mut maya = actor(Door::Patient, Some(Role::Nurse));
    maya.own_chart = Some(PatientId(Uuid::from_u128(7)));
    assert!(!may(&maya, Capability::ReadChart, &CareRelation { is_empanelled: true, ..Default::default() }));
}

#[test]
fn a_nurse_needs_a_care_relationship_or_a_broken_glass() {
    let maya = actor(Door::Team, Some(Role::Nurse));
    assert!(!may(&maya, Capability::ReadChart, &CareRelation::default()));
    assert!(may(&maya, Capability::ReadChart, &CareRelation { is_empanelled: true, ..Default::default() }));
    let broken = |hours: i64| CareRelation {
        glass_broken_at: Some(now() - SignedDuration::from_hours(hours)),
        ..Default::default()
    };
    assert!(may(&maya, Capability::ReadChart, &broken(3)));
    assert!(!may(&maya, Capability::ReadChart, &broken(4)));
}

#[test]
fn in_a_record_that_ended_in_2021_an_encounter_of_its_last_year_still_counts() {
    let maya = actor(Door::Team, Some(Role::Nurse));
    let newest: Timestamp = "2021-07-10T00:00:00Z".parse().unwrap();
    let relation = |encounter: &str| CareRelation {
        last_encounter: Some(encounter.parse().unwrap()),
        record_newest: Some(newest),
        ..Default::default()
    };
    assert!(may(&maya, Capability::ReadChart, &relation("2020-09-01T00:00:00Z")));
    assert!(!may(&maya, Capability::ReadChart, &relation("2019-09-01T00:00:00Z")));
}

#[test]
fn the_front_desk_sees_demographics_and_threads_but_no_chart() {
    let desk = actor(Door::Team, Some(Role::FrontDesk));
    let tied = CareRelation { holds_thread: true, ..Default::default() };
    assert!(may(&desk, Capability::ReadDemographics, &tied));
    assert!(may(&desk, Capability::WorkThread(NURSES), &tied));
    assert!(!may(&desk, Capability::ReadChart, &tied));
}

#[test]
fn administrators_privacy_officers_and_analysts_read_no_messages() {
    for role in [Role::Administrator, Role::PrivacyOfficer, Role::Analyst] {
        let someone = actor(Door::Team, Some(role));
        let tied = CareRelation { is_empanelled: true, holds_thread: true, ..Default::default() };
        assert!(!may(&someone, Capability::ReadThread(NURSES), &tied), "{role:?}");
        assert!(!may(&someone, Capability::ReadChart, &tied), "{role:?}");
        assert!(!may(&someone, Capability::FindPatient, &tied), "{role:?}");
    }
}

#[test]
fn the_audit_is_the_privacy_officers_and_settings_are_the_administrators() {
    for role in Role::ALL {
        let someone = actor(Door::Team, Some(role));
        let tied = CareRelation { is_empanelled: true, ..Default::default() };
        let reads_audit = may(&someone, Capability::ReadAudit, &tied);
        assert_eq!(reads_audit, role == Role::PrivacyOfficer, "{role:?}");
        for capability in [Capability::ManageSettings, Capability::ManageAccounts] {
            assert_eq!(may(&someone, capability, &tied), role == Role::Administrator, "{role:?}");
        }
    }
}

#[test]
fn a_member_of_another_pool_does_not_read_this_one() {
    let mut maya = actor(Door::Team, Some(Role::Nurse));
    maya.pools = vec![PoolId(Uuid::from_u128(8))];
    let tied = CareRelation { is_empanelled: true, ..Default::default() };
    assert!(!may(&maya, Capability::ReadThread(NURSES), &tied));
}

#[test]
fn a_board_is_the_leads_of_that_pool_as_long_as_they_are_in_it_and_answer_messages() {
    let lead = |role| Actor { leads: vec![NURSES], ..actor(Door::Team, Some(role)) };
    let board = Capability::ReadTeamBoard(NURSES);
    let tied = CareRelation { is_empanelled: true, holds_thread: true, ..Default::default() };
    for role in Role::ALL {
        assert_eq!(may(&lead(role), board, &tied), role.answers(), "{role:?}");
        assert!(!may(&actor(Door::Team, Some(role)), board, &tied), "{role:?} without the mark");
    }
    let other = Capability::ReadTeamBoard(PoolId(Uuid::from_u128(8)));
    assert!(!may(&lead(Role::Nurse), other, &tied), "another pool's");
    let gone = Actor { pools: Vec::new(), ..lead(Role::Nurse) };
    assert!(!may(&gone, board, &tied), "whoever left the pool");
    assert!(!may(&lead(Role::Nurse), Capability::ReadStudy, &tied), "the analyst's boards stay theirs");
    let facts = (&tied, Item::default());
    let grounds = decide(&lead(Role::Nurse), board, PatientId::ORGANISATION, facts, now()).unwrap();
    assert_eq!(purpose(grounds), PurposeOfUse::Operations);
}

#[test]
fn the_operator_imports_but_reads_nothing() {
    let operator = Actor::operator();
    assert!(may(&operator, Capability::ImportRecords, &CareRelation::default()));
    assert!(!may(&operator, Capability::ReadChart, &CareRelation::default()));
    assert!(!may(&operator, Capability::FindPatient, &CareRelation::default()));
}
