//! Samples of the office's pages: empty, full, and the awkward ones.

use crate::patient_samples::Sample;
use crate::people::*;
use askama::Template;
use domain::actor::{Door, Role, StaffRole};
use domain::audit::{AuditAction, AuditOutcome};
use domain::calendar::{Calendar, Holiday, Hours};
use domain::draft::FieldProblem;
use domain::id::*;
use domain::organisation::Site;
use domain::pool::Pool;
use jiff::civil::{date, time};
use jiff::tz::TimeZone;
use server::web::admin::audit::{AuditForm, AuditListPage, EmergenciesPage};
use server::web::admin::chains::ChainsPage;
use server::web::admin::member::MemberPage;
use server::web::admin::organisation::OrganisationPage;
use server::web::admin::staff::StaffListPage;
use server::web::admin::teams::TeamsPage;
use server::web::frame::{Done, Frame, Place};
use server::web::problems::Problems;
use service::page::{Cursor, Page};
use service::view::audit::*;
use service::view::office;
use service::view::office::*;
use store::audit_seal::Batch;
use store::organisation::Organisation;

fn frame(r: Reader, role: Role, place: Place) -> Frame {
    Frame { roles: vec![role], ..r.frame(place) }
}

fn held(role: Role, specialty: Option<&str>) -> StaffRole {
    StaffRole { role, site: None, specialty: specialty.map(str::to_owned) }
}

fn calendar() -> Calendar {
    let mut calendar = Calendar::office_hours(TimeZone::get("America/Chicago").unwrap());
    calendar.hours.push(Hours { weekday: 6, opens: time(9, 0, 0, 0), closes: time(12, 30, 0, 0) });
    calendar.add_holiday(Holiday { day: date(2026, 7, 4), name: None });
    calendar.add_holiday(Holiday { day: date(2026, 11, 26), name: Some("Thanksgiving <Day>".into()) });
    calendar
}

fn team(n: u128, members: usize) -> TeamLine {
    let names = ["Ana Ruiz, RN", "Bartholomäus O'Neil <b>", "Grace Okafor, MD"];
    TeamLine {
        pool: Pool {
            id: PoolId(id(20 + n)),
            site: SiteId(id(1)),
            label: nurses(),
            readers: readers(),
            calendar: if n == 2 { Calendar { hours: Vec::new(), ..calendar() } } else { calendar() },
            answer_within_minutes: if n == 1 { 90 } else { 240 },
            is_active: true,
        },
        site: "Riverbend".into(),
        is_default: n == 0,
        is_on_duty: n == 0,
        members: (0..members)
            .map(|m| (AccountId(id(200 + m as u128)), names[m % names.len()].to_owned()))
            .collect(),
        open: 1_024,
        unassigned: if n == 0 { 3 } else { 0 },
        overdue: i64::from(n == 0),
    }
}

fn staff_line(n: u128) -> StaffLine {
    StaffLine {
        account: AccountId(id(200 + n)),
        name: ["Maya Chen, RN", "Grace Okafor, MD", "Bartholomäus O'Neil <b>"][n as usize % 3].to_owned(),
        roles: match n % 3 {
            0 => vec![held(Role::Nurse, None)],
            1 => vec![held(Role::Physician, Some("Family medicine")), held(Role::Administrator, None)],
            _ => vec![held(Role::Analyst, None)],
        },
        last_sign_in: (n != 2).then(|| ago(60 * 24 * n as i64)),
        open_sessions: n as usize % 3,
        is_ended: n == 4,
        is_invited: n == 2,
    }
}

fn member(n: u128, pools: usize, sessions: usize) -> StaffPage {
    let session = |m: usize| OpenSession {
        id: SessionId(id(300 + m as u128)),
        created_at: ago(600),
        last_used_at: ago(5 * m as i64),
    };
    StaffPage {
        line: staff_line(n),
        sign_in_name: "maya.chen@example.org".into(),
        created_at: ago(60 * 24 * 90),
        pools: (0..pools).map(|m| (PoolId(id(20 + m as u128)), nurses(), m as i64)).collect(),
        sessions: (0..sessions).map(session).collect(),
        is_me: n == 1,
    }
}

fn offices(r: Reader) -> Vec<Sample> {
    let f = |place| frame(r, Role::Administrator, place);
    let teams = |teams| TeamsPage { f: f(Place::Teams), teams }.render().unwrap();
    let next = Some(Cursor { at: 0, id: id(3) });
    let staff = |items, next, is_further| {
        StaffListPage { f: f(Place::Staff), staff: Page { items, next }, is_further }.render().unwrap()
    };
    let one = |member| MemberPage { f: f(Place::Staff), member }.render().unwrap();
    let done = Frame { done: Some(Done::MemberLeft), ..f(Place::Staff) };
    let left = MemberPage { f: done, member: member(2, 0, 0) }.render().unwrap();
    let organisation = |is_demo, sites: usize, keys_copied_at| {
        let organisation = Organisation {
            created_at: ago(60 * 24 * 400),
            is_demo,
            name: "Riverbend Clinic".into(),
            phone: "(555) 010-0100".into(),
            time_zone: "America/Chicago".into(),
            keys_copied_at,
        };
        let site = |n: usize| Site {
            id: SiteId(id(n as u128)),
            name: "Riverbend & Harbor".into(),
            time_zone: "America/Chicago".into(),
            phone: "(555) 010-0100".into(),
            go_live: (n != 1).then(|| ago(60 * 24 * 300)),
        };
        let settings = office::OrganisationPage { organisation, sites: (0..sites).map(site).collect() };
        OrganisationPage { f: f(Place::Organisation), settings }.render().unwrap()
    };
    vec![
        ("office-teams-empty".into(), teams(Vec::new())),
        ("office-teams".into(), teams(vec![team(0, 3), team(1, 40), team(2, 0)])),
        ("office-staff-empty".into(), staff(Vec::new(), None, false)),
        ("office-staff".into(), staff((0..25).map(staff_line).collect(), next, true)),
        ("office-member".into(), one(member(0, 2, 3))),
        ("office-member-me".into(), one(member(1, 1, 1))),
        ("office-member-ended".into(), one(member(4, 0, 0))),
        ("office-member-left".into(), left),
        ("office-organisation".into(), organisation(false, 3, Some(ago(600)))),
        ("office-organisation-new".into(), organisation(false, 0, None)),
        ("office-organisation-demo".into(), organisation(true, 1, None)),
    ]
}

fn patient(n: u128) -> AuditPatient {
    AuditPatient {
        patient: PatientId(id(n)),
        name: (n != 3).then(|| "Rosa Alvarez <b>".to_owned()),
        mrn: (n == 1).then(|| "RB-004211".to_owned()),
    }
}

/// One line for each act that there is, with everything that a line can say.
fn lines() -> Vec<AuditLine> {
    AuditAction::ALL
        .iter()
        .enumerate()
        .map(|(n, action)| AuditLine {
            at: ago(17 * n as i64),
            account: (!n.is_multiple_of(7)).then(|| AccountId(id(200))),
            who: (n % 14 != 7).then(|| "Maya Chen, RN".to_owned()),
            role: (!n.is_multiple_of(3)).then_some(Role::ALL[n % 7]),
            door: Door::ALL[n % 4],
            action: *action,
            outcome: AuditOutcome::ALL[n % AuditOutcome::ALL.len()],
            patient: (!n.is_multiple_of(2)).then(|| patient(n as u128 % 4)),
            more_patients: (n % 5) as i64,
            concerned: (n % 6 == 4).then(|| "Jonas Weber, RN".to_owned()),
            section: (*action == AuditAction::ReadChart).then(|| "visits".to_owned()),
            what: (*action == AuditAction::RemoveMember).then(|| "Riverbend Nurses".to_owned()),
            query: (*action == AuditAction::BreakGlass).then(|| "Rosa <b> 3/2/1955".to_owned()),
            reason: (*action == AuditAction::BreakGlass).then(|| "She fainted & fell".to_owned()),
            times: 1 + (n % 3) as i64,
        })
        .collect()
}

fn audits(r: Reader) -> Vec<Sample> {
    let f = |place| frame(r, Role::PrivacyOfficer, place);
    let next = Some(Cursor { at: 5, id: id(3) });
    let all = AuditPage { patient: None, account: None, day: None, lines: Page { items: lines(), next } };
    let narrowed = AuditPage {
        patient: Some(patient(1)),
        account: Some((AccountId(id(200)), "Maya Chen, RN".into())),
        day: Some(date(2026, 11, 23)),
        lines: Page { items: Vec::new(), next: None },
    };
    let audit = |found, form, problems, is_further| {
        AuditListPage { f: f(Place::Audit), found, form, problems, is_further }.render().unwrap()
    };
    let day = AuditForm { day: "2026-11-23".into(), ..AuditForm::default() };
    let wrong = AuditForm { patient: "no \"such\"".into(), staff: "Ch".into(), day: "x".into() };
    let problems = Problems::of(&[FieldProblem::RecordUnknown, FieldProblem::StaffNotOne]);
    let emergencies = |items, next, is_further| {
        let lines = Page { items, next };
        EmergenciesPage { f: f(Place::Emergencies), lines, is_further }.render().unwrap()
    };
    let glass = lines().into_iter().filter(|line| line.action == AuditAction::BreakGlass).collect();
    vec![
        ("office-audit".into(), audit(all.clone(), AuditForm::default(), Problems::default(), true)),
        ("office-audit-none".into(), audit(narrowed, day, Problems::default(), false)),
        ("office-audit-wrong".into(), audit(all, wrong, problems, false)),
        ("office-emergencies".into(), emergencies(glass, next, true)),
        ("office-emergencies-none".into(), emergencies(Vec::new(), None, false)),
    ]
}

fn chains(r: Reader) -> Vec<Sample> {
    let batch = Batch { no: 12_044, at: ago(0), events: 1, mac: [0xa7; 32] };
    let page = |name: &str, sealed, unsealed, minutes, anchor| {
        let oldest_unsealed = (unsealed > 0).then(|| ago(minutes));
        let state = ChainState { sealed, unsealed, oldest_unsealed, anchor };
        let f = frame(r, Role::PrivacyOfficer, Place::Chains);
        (format!("office-chains-{name}"), ChainsPage { f, state }.render().unwrap())
    };
    vec![
        page("new", None, 0, 0, Anchor::Empty),
        page("well", Some(batch), 3, 1, Anchor::Agrees(batch)),
        page("late", Some(batch), 1, 60 * 9, Anchor::Differs(batch)),
        page("bare", Some(batch), 40, 20, Anchor::Absent),
        page("unreadable", Some(batch), 0, 0, Anchor::Unreadable),
    ]
}

pub fn samples(r: Reader) -> Vec<Sample> {
    [offices(r), audits(r), chains(r)].concat()
}
