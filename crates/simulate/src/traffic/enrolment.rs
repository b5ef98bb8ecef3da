//! From the offer to the first sign-in: whoever writes has gone all the way before, of the others some.
//! The shares lead to somewhat more than a third of the members with a verified identity (`docs/demo.md`).

use super::town::Town;
use crate::cast::PatientMember;
use crate::seed::Dice;
use crate::story::Conversation;
use domain::enrolment::IdentityProof;
use jiff::{SignedDuration, Timestamp};
use std::collections::HashMap;

/// How far a patient has come; the steps in the order of time.
#[derive(Clone, Debug, PartialEq)]
pub struct Enrolment {
    /// The key of the patient.
    pub patient: String,
    pub offered: Timestamp,
    pub registered: Option<Timestamp>,
    pub verified: Option<(Timestamp, IdentityProof)>,
    pub signed_in: Option<Timestamp>,
}

impl Town<'_> {
    /// Everybody who was offered an account but those who sign in with one of the demo's.
    pub fn enrolments(&self, told: &[Conversation]) -> Vec<Enrolment> {
        let mut first: HashMap<&str, Timestamp> = HashMap::new();
        for conversation in told {
            let begins = conversation.steps.first().map_or(self.days.now, |step| step.at);
            let known = first.entry(&conversation.patient).or_insert(begins);
            *known = begins.min(*known);
        }
        let others = self.members.iter().filter(|member| !member.has_sign_in);
        let writes = |member: &PatientMember| {
            let told = first.get(member.key.as_str()).copied();
            told.or_else(|| self.writer(member).map(|writer| writer.since))
        };
        others.filter_map(|member| self.enrolment(member, writes(member))).collect()
    }

    fn enrolment(&self, member: &PatientMember, writes_at: Option<Timestamp>) -> Option<Enrolment> {
        let dice = &mut self.seed.dice(&format!("{}/enrolment", member.key));
        match writes_at {
            Some(writes_at) => Some(self.all_the_way(member, dice, writes_at)),
            None => self.part_of_it(member, dice),
        }
    }

    /// Signed in some days before the first message, where the site was live that long.
    fn all_the_way(&self, member: &PatientMember, dice: &mut Dice, writes_at: Timestamp) -> Enrolment {
        let live = self.live_at(member);
        let before = |at: Timestamp, mean_hours: f64, dice: &mut Dice| {
            let hours = dice.exponential(mean_hours) + 0.2;
            let earlier = at.checked_sub(SignedDuration::from_secs((hours * 3600.0) as i64)).unwrap_or(live);
            earlier.max(live)
        };
        let signed_in = before(writes_at, 90.0, dice);
        let verified = before(signed_in, 1.0, dice);
        let registered = before(verified, 20.0, dice);
        Enrolment {
            patient: member.key.clone(),
            offered: before(registered, 400.0, dice),
            registered: Some(registered),
            verified: Some((verified, proof(dice))),
            signed_in: Some(signed_in),
        }
    }

    fn part_of_it(&self, member: &PatientMember, dice: &mut Dice) -> Option<Enrolment> {
        if !member.is_adult() || !dice.chance(0.88) {
            return None;
        }
        let now = self.days.now;
        let offered = Town::share(self.live_at(member), now, dice.unit().powf(1.4));
        let later = |goes_on: bool, from: Option<Timestamp>, mean_hours: f64, dice: &mut Dice| {
            let wait = SignedDuration::from_secs((dice.exponential(mean_hours) * 3600.0) as i64 + 60);
            from.filter(|_| goes_on).and_then(|from| from.checked_add(wait).ok()).filter(|at| *at < now)
        };
        let goes = [dice.chance(0.36), dice.chance(0.62), dice.chance(0.85)];
        let registered = later(goes[0], Some(offered), 300.0, dice);
        let verified = later(goes[1], registered, 60.0, dice);
        let signed_in = later(goes[2], verified, 10.0, dice);
        let verified = verified.map(|at| (at, proof(dice)));
        Some(Enrolment { patient: member.key.clone(), offered, registered, verified, signed_in })
    }
}

fn proof(dice: &mut Dice) -> IdentityProof {
    match dice.between(0, 10) {
        0..6 => IdentityProof::InPerson,
        6..9 => IdentityProof::CodeByPost,
        _ => IdentityProof::IdentityProvider,
    }
}
