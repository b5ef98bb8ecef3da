//! The demo's sign-ins: passwords by the seed, and `accounts.json`, by which people and tests get in.

use crate::cli::Failure;
use crate::web::site::{DemoAccount, DemoDoors};
use domain::actor::Role;
use domain::language::Label;
use serde::{Deserialize, Serialize};
use simulate::cast::{PatientMember, StaffMember};
use simulate::seed::Seed;
use std::path::Path;

const WORDS: [&str; 32] = [
    "amber", "anchor", "basil", "birch", "canyon", "cedar", "clover", "cobalt", "copper", "coral", "fennel",
    "ferry", "garnet", "ginger", "harbor", "hazel", "indigo", "juniper", "kettle", "lantern", "linen",
    "maple", "meadow", "nutmeg", "orchid", "pebble", "quartz", "ribbon", "saffron", "thistle", "velvet",
    "walnut",
];

/// One sign-in as `accounts.json` has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoSignIn {
    /// `patient`, or the word of a staff role.
    pub role: String,
    pub name: String,
    pub sign_in: String,
    pub password: String,
    /// Base32, where the second factor is a one-time code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub totp_secret: Option<String>,
    /// `patient` or `team`.
    pub door: String,
    /// The patient whose chart it is: the id in addresses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<String>,
    /// What to try, for those with a card at /demo.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub try_this: Option<Label>,
}

/// Four words and a number: long enough, and easy to type from a file.
pub fn password(seed: Seed, key: &str) -> String {
    let word = |n: u8| seed.pick(&format!("{key}/password/{n}"), &WORDS).copied().unwrap_or("river");
    format!("{}-{}-{}-{}", word(0), word(1), word(2), 10 + seed.below(&format!("{key}/password"), 90))
}

pub fn of_staff(seed: Seed, member: &StaffMember) -> DemoSignIn {
    DemoSignIn {
        role: member.role.word().to_owned(),
        name: member.name.clone(),
        sign_in: member.key.to_owned(),
        password: password(seed, member.key),
        totp_secret: None,
        door: "team".to_owned(),
        person: None,
        try_this: member.try_this.clone(),
    }
}

pub fn of_patient(seed: Seed, member: &PatientMember, person: String) -> DemoSignIn {
    DemoSignIn {
        role: "patient".to_owned(),
        name: member.name(),
        sign_in: member.sign_in(),
        password: password(seed, &member.key),
        totp_secret: None,
        door: "patient".to_owned(),
        person: Some(person),
        try_this: member.try_this.clone(),
    }
}

/// The file, in the order of the tour.
pub fn write(path: &Path, all: &[DemoSignIn]) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(all).map_err(|error| Failure::failed(error.to_string()))?;
    Ok(std::fs::write(path, text + "\n")?)
}

pub fn read(path: &Path) -> Result<Vec<DemoSignIn>, Failure> {
    let text = std::fs::read_to_string(path)?;
    serde_json::from_str(&text).map_err(|error| Failure::failed(format!("{}: {error}", path.display())))
}

/// The roles in the order of the tour, after the patient.
const TOUR: [Role; 7] = [
    Role::Nurse,
    Role::Physician,
    Role::FrontDesk,
    Role::Analyst,
    Role::PrivacyOfficer,
    Role::Administrator,
    Role::Pharmacist,
];

/// The cards of /demo: the first of each role in the order of the tour, then the others.
pub fn doors(all: &[DemoSignIn], is_old: bool) -> DemoDoors {
    let mut met: Vec<&str> = Vec::new();
    let mut people = Vec::new();
    for one in all {
        let Some(label) = one.try_this.clone() else { continue };
        let is_in_tour = !met.contains(&one.role.as_str());
        met.push(&one.role);
        people.push(DemoAccount {
            name: one.name.clone(),
            label,
            role: Role::from_word(&one.role),
            is_in_tour,
            sign_in: one.sign_in.clone(),
            password: one.password.clone(),
        });
    }
    let place = |role: Option<Role>| TOUR.iter().position(|known| Some(*known) == role);
    people.sort_by_key(|one| (!one.is_in_tour, place(one.role)));
    DemoDoors { people, is_old }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::account::{SignInName, check_password};

    #[test]
    fn every_password_is_one_that_the_sign_in_accepts() {
        for member in simulate::cast::patients() {
            let name = SignInName::parse(&member.sign_in()).unwrap();
            assert_eq!(check_password(&name, &password(Seed(1), &member.key)), Ok(()), "{}", member.key);
        }
        for member in simulate::cast::staff() {
            let name = SignInName::parse(&of_staff(Seed(1), member).sign_in).unwrap();
            assert_eq!(check_password(&name, &password(Seed(1), member.key)), Ok(()), "{}", member.key);
        }
    }
}
