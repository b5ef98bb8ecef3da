//! Samples of the pages of a reader's own account, at both doors.

use crate::patient_samples::Sample;
use crate::people::*;
use askama::Template;
use domain::actor::Door;
use domain::draft::FieldProblem;
use domain::id::SessionId;
use server::web::account::Own;
use server::web::frame::{Done, Frame, Place};
use server::web::problems::Problems;
use server::web::{patient, team};
use service::own_account::OwnAccount;
use service::sessions::SessionLine;

fn own(sessions: u128, problems: Problems) -> Own {
    let line = |n: u128| SessionLine {
        id: SessionId(id(60 + n)),
        door: if n == 2 { Door::Team } else { Door::Patient },
        created_at: ago(60 + 700 * n as i64),
        last_used_at: ago(3 + 90 * n as i64),
    };
    let sessions = (0..sessions).map(line).collect();
    let account = OwnAccount { sign_in_name: "rosa.delgado@example.org".into(), sessions };
    Own { account, this: SessionId(id(60)), path: "/p/1/account".into(), problems }
}

pub fn samples(r: Reader) -> Vec<Sample> {
    let wrong = || Problems::of(&[FieldProblem::PasswordWrong, FieldProblem::PasswordTooShort]);
    let patient = |own, done| {
        let f = Frame { done, ..r.patient_frame(r.rosa(), Place::More) };
        patient::account::AccountPage { f, own }.render().unwrap()
    };
    let team = |own| team::account::AccountPage { f: r.frame(Place::Elsewhere), own }.render().unwrap();
    vec![
        ("account".into(), patient(own(1, Problems::default()), None)),
        ("account-many".into(), patient(own(3, Problems::default()), Some(Done::Password))),
        ("account-wrong".into(), patient(own(3, wrong()), None)),
        ("team-account".into(), team(own(3, Problems::default()))),
        ("team-account-wrong".into(), team(own(1, wrong()))),
    ]
}
