//! One conversation of the crowd after the other, from the question to its close.

use super::delays;
use super::phrase::{Exchange, Filling, Needs, by_patient, by_staff};
use super::town::Town;
use super::words;
use crate::cast::{PatientMember, StaffMember, pool_of, staff, staff_member};
use crate::chart::{Plan, PlannedVisit};
use crate::seed::Dice;
use crate::story::{About, Act, Conversation, Step, Who};
use domain::actor::Role;
use domain::language::Language;
use jiff::{SignedDuration, Timestamp};

/// So many of a hundred threads are begun by the team (published: 7 to 15).
const OUTREACH: f64 = 0.10;
/// Shares of what happens on the way; with them a thread has the published messages of each side.
const ONCE_MORE: f64 = 0.15;
const ENDS_BY_PHONE: f64 = 0.045;
const TWO_PARTS: f64 = 0.09;
const NOTED: f64 = 0.18;
/// Threads of so many days are closed even where no reason was given at once.
const TIDIED_DAYS: i64 = 30;
/// The shortest time between two threads of one patient.
const APART: SignedDuration = SignedDuration::from_hours(40);

/// How often a topic is chosen where it makes sense; set so that the published order comes out.
fn weight(exchange: &Exchange) -> f64 {
    match exchange.topic {
        "refill" => 29.0,
        "appointment" => 2.4,
        "medicine" => 6.0,
        "general_question" => 1.4,
        "test_result" => 78.0,
        "visit_follow_up" => 7.0,
        "referral" => 1.9,
        _ => 0.9,
    }
}

/// How often the staff settle a topic without the physician (published over all: 31.9 %).
fn staff_share(topic: &str) -> f64 {
    match topic {
        "appointment" => 0.9,
        "referral" | "form_or_letter" => 0.55,
        "visit_follow_up" => 0.25,
        "general_question" => 0.12,
        _ => 0.09,
    }
}

/// One thread being written.
struct Talk<'a> {
    town: &'a Town<'a>,
    patient: &'a PatientMember,
    nurse: &'a StaffMember,
    /// Who answers.
    who: &'a StaffMember,
    exchange: &'static Exchange,
    filling: Filling<'a>,
    steps: Vec<Step>,
}

impl Town<'_> {
    /// All threads of the crowd by when they began. With Riverbend Nurses nothing is left open: what
    /// is open there is the hand-written day.
    pub fn conversations(&self) -> Vec<Conversation> {
        let mut all: Vec<Conversation> = self.members.iter().flat_map(|member| self.of(member)).collect();
        all.sort_by_key(|conversation| conversation.steps.first().map(|step| step.at));
        all
    }

    fn of(&self, member: &PatientMember) -> Vec<Conversation> {
        let Some(writer) = self.writer(member) else {
            return Vec::new();
        };
        let dice = &mut self.seed.dice(&format!("{}/traffic", member.key));
        let plan = Plan::of(self.seed, member);
        let mut moments = vec![writer.since];
        for _ in 1..writer.threads {
            let at = Town::share(writer.since, self.days.now, dice.unit());
            moments.push(delays::writing(self.days, dice, at).max(writer.since));
        }
        moments.sort();
        moments.dedup_by(|later, earlier| later.duration_since(*earlier) < APART);
        moments.into_iter().filter_map(|at| self.talk(member, &plan, dice, at)).collect()
    }

    fn talk(
        &self,
        patient: &PatientMember,
        plan: &Plan,
        dice: &mut Dice,
        at: Timestamp,
    ) -> Option<Conversation> {
        let by_team = dice.chance(OUTREACH);
        let (exchange, filling) = self.choose(patient, plan, dice, (at, by_team))?;
        let nurse = nurse(dice, pool_of(patient.provider))?;
        let by_staff = dice.chance(staff_share(exchange.topic));
        let who = if by_staff { self.helper(patient, exchange).unwrap_or(nurse) } else { filling.doctor };
        let mut talk = Talk { town: self, patient, nurse, who, exchange, filling, steps: Vec::new() };
        if by_team {
            talk.who = nurse;
            talk.of_the_team(dice, self.days.awake(at, (8, 17)));
        } else {
            talk.of_the_patient(dice, at);
        }
        talk.told(dice)
    }

    /// Forms and visits are the front desk's.
    fn helper(&self, patient: &PatientMember, exchange: &Exchange) -> Option<&'static StaffMember> {
        let pool = pool_of(patient.provider);
        let is_office = matches!(exchange.topic, "appointment" | "form_or_letter");
        let desk = |member: &&StaffMember| member.role == Role::FrontDesk && member.pool() == Some(pool);
        staff().iter().find(|member| is_office && desk(member))
    }

    /// Something that this patient may well write at this moment.
    fn choose<'b>(
        &self,
        patient: &'b PatientMember,
        plan: &Plan,
        dice: &mut Dice,
        (at, by_team): (Timestamp, bool),
    ) -> Option<(&'static Exchange, Filling<'b>)> {
        let drugs: Vec<_> = plan.drugs().collect();
        let ago = self.days.now.duration_since(at).as_hours() / 24;
        let lately = |visit: &&PlannedVisit, days: i64| (ago + 1..=ago + days).contains(&visit.days_ago);
        let seen = plan.visits.iter().any(|visit| lately(&visit, 30));
        let checked = { plan.visits.iter() }
            .filter(|visit| lately(visit, 45) && visit.days_ago > ago + 2)
            .find_map(|visit| visit.checked);
        let fits = |exchange: &&Exchange| match exchange.needs {
            Needs::Nothing => true,
            Needs::Medicine => !drugs.is_empty(),
            Needs::Test => checked.is_some(),
            Needs::Visit => seen,
        };
        let all: Vec<&'static Exchange> = match by_team {
            true => words::outreach(patient.language).filter(fits).collect(),
            false => words::exchanges(patient.language).filter(fits).collect(),
        };
        let exchange = dice.weighted(&all, |exchange| weight(exchange)).copied()?;
        let filling = Filling {
            patient,
            doctor: staff_member(patient.provider)?,
            drug: dice.pick(&drugs).copied(),
            checked,
            weekday: usize::try_from(dice.between(0, 5)).unwrap_or(0),
            pharmacy: (patient.number % 5) as usize,
        };
        Some((exchange, filling))
    }
}

fn nurse(dice: &mut Dice, pool: &str) -> Option<&'static StaffMember> {
    let nurses: Vec<&'static StaffMember> = { staff().iter() }
        .filter(|member| member.role == Role::Nurse && member.pools.contains(&pool))
        .collect();
    dice.pick(&nurses).copied()
}

impl Talk<'_> {
    fn step(&mut self, at: Timestamp, who: Who, act: Act) {
        self.steps.push(Step { at, who, act });
    }

    fn writes(&mut self, dice: &mut Dice, at: Timestamp, text: &str) {
        let text = by_patient(dice, self.patient, &self.filling.fill(text));
        self.step(at, Who::Patient, Act::Write(text.into()));
    }

    fn of_the_patient(&mut self, dice: &mut Dice, at: Timestamp) {
        let days = self.town.days;
        self.writes(dice, at, self.exchange.ask);
        let opened = delays::opening(days, dice, at);
        self.step(opened, Who::Staff(self.nurse.key), Act::Read);
        let answered = delays::answering(days, dice, at, opened);
        if dice.chance(ENDS_BY_PHONE) {
            return self.by_phone(dice, answered);
        }
        // Between the two, while the team is awake.
        let between = |share| Some(days.awake(Town::share(opened, answered, share), (7, 20)));
        let between = |share| between(share).filter(|at| *at < answered);
        let is_noted = self.who.role == Role::Physician && dice.chance(NOTED);
        if let Some(at) = between(0.3).filter(|_| is_noted) {
            self.noted(dice, at);
        }
        if let Some(at) = between(0.5).filter(|_| dice.chance(TWO_PARTS)) {
            self.promises(dice, at);
        }
        let goes_on = dice.chance(ONCE_MORE);
        self.answers(dice, answered, (self.exchange.answer, !goes_on));
        if let Some(read) = self.reads(dice, answered, false).filter(|_| goes_on) {
            let again = delays::once_more(days, dice, read);
            self.goes_on(dice, again, self.exchange.more);
        }
    }

    fn promises(&mut self, dice: &mut Dice, at: Timestamp) {
        let words = match self.patient.language {
            Language::En => "We have your question and are looking into it. You hear from us soon.",
            Language::Es => "Recibimos su pregunta y la estamos viendo. Pronto le contestamos.",
        };
        let text = by_staff(dice, self.patient, self.nurse, words);
        self.step(at, Who::Staff(self.nurse.key), Act::Write(text.into()));
    }

    fn of_the_team(&mut self, dice: &mut Dice, at: Timestamp) {
        let text = by_staff(dice, self.patient, self.nurse, &self.filling.fill(self.exchange.ask));
        self.step(at, Who::Staff(self.nurse.key), Act::Write(text.into()));
        if let Some(read) = self.reads(dice, at, true).filter(|_| dice.chance(0.3)) {
            let more = (self.exchange.answer, self.exchange.more.1);
            let again = delays::once_more(self.town.days, dice, read);
            self.goes_on(dice, again, more);
        }
    }

    /// The patient writes once more and is answered.
    fn goes_on(&mut self, dice: &mut Dice, at: Timestamp, (ask, answer): (&'static str, &'static str)) {
        let days = self.town.days;
        self.writes(dice, at, ask);
        let opened = delays::opening(days, dice, at);
        self.step(opened, Who::Staff(self.nurse.key), Act::Read);
        let answered = delays::answering(days, dice, at, opened);
        self.who = self.nurse;
        self.answers(dice, answered, (answer, true));
        self.reads(dice, answered, false);
    }

    fn answers(&mut self, dice: &mut Dice, at: Timestamp, (text, may_close): (&str, bool)) {
        let text = by_staff(dice, self.patient, self.who, &self.filling.fill(text)).into();
        let is_old = self.town.days.now.duration_since(at).as_hours() > TIDIED_DAYS * 24;
        let act = match may_close && (is_old || dice.chance(0.75)) {
            true => Act::WriteAndClose(text, self.reason()),
            false => Act::Write(text),
        };
        self.step(at, Who::Staff(self.who.key), act);
    }

    fn reads(&mut self, dice: &mut Dice, at: Timestamp, is_outreach: bool) -> Option<Timestamp> {
        let read = delays::reading(self.town.days, dice, at, is_outreach)?;
        self.step(read, Who::Patient, Act::Read);
        Some(read)
    }

    fn noted(&mut self, dice: &mut Dice, at: Timestamp) {
        const NOTES: [&str; 4] = [
            "Chart looked at, nothing stands against it. {doctor}, is that fine with you?",
            "{doctor}, please have a look. I would say yes.",
            "Called the pharmacy, they are waiting for our word. {doctor}?",
            "For {doctor}: last visit and numbers are beside this.",
        ];
        let doctor = format!("Dr. {}", self.filling.doctor.family);
        let text = dice.pick(&NOTES).map_or(String::new(), |note| note.replace("{doctor}", &doctor));
        self.step(at, Who::Staff(self.nurse.key), Act::Note(text.into()));
    }

    fn by_phone(&mut self, dice: &mut Dice, at: Timestamp) {
        const NOTES: [&str; 3] = [
            "Called back and talked it through. All clear, nothing open.",
            "Reached by phone, easier than writing. Settled.",
            "Spoke for ten minutes, comes in if it gets worse.",
        ];
        let note = dice.pick(&NOTES).copied().unwrap_or(NOTES[0]);
        self.step(at, Who::Staff(self.nurse.key), Act::Note(note.into()));
        let closed = at.checked_add(SignedDuration::from_secs(45)).unwrap_or(at);
        self.step(closed, Who::Staff(self.nurse.key), Act::Close("handled_by_phone"));
        self.reads(dice, closed, false);
    }

    fn reason(&self) -> &'static str {
        match self.exchange.topic {
            "refill" => "refill_done",
            "appointment" => "appointment_made",
            "form_or_letter" => "form_done",
            _ => "answered",
        }
    }

    /// The thread as far as it has come by now; `None` where it may not be open and is.
    fn told(mut self, dice: &mut Dice) -> Option<Conversation> {
        self.steps.sort_by_key(|step| step.at);
        let now = self.town.days.now;
        self.steps.retain(|step| step.at < now);
        let waits = self.steps.iter().rev().find_map(|step| match (&step.act, &step.who) {
            (Act::Write(_), Who::Patient) => Some(true),
            (Act::Write(_) | Act::WriteAndClose(..) | Act::Close(_), Who::Staff(_)) => Some(false),
            _ => None,
        })?;
        let pool = pool_of(self.patient.provider);
        if waits && pool == "riverbend" {
            return None;
        }
        self.tidied(dice);
        let about = match self.exchange.needs {
            Needs::Medicine => self.filling.drug.map(|drug| About::Medicine(drug.code.words)),
            Needs::Test => self.filling.checked.map(|(checked, _)| About::Result(checked.test.code.words)),
            _ => None,
        };
        Some(Conversation {
            patient: self.patient.key.clone().into(),
            pool,
            topic: self.exchange.topic,
            subject: self.filling.fill(self.exchange.subject).into(),
            about: about.filter(|_| dice.chance(0.7)),
            proxy: None,
            steps: self.steps,
        })
    }

    /// What stood open for weeks is closed without another word.
    fn tidied(&mut self, dice: &mut Dice) {
        let closed =
            { self.steps.iter() }.any(|step| matches!(step.act, Act::WriteAndClose(..) | Act::Close(_)));
        let after = SignedDuration::from_hours(24 * dice.between(14, 12) + 3);
        let at = self.steps.last().and_then(|last| last.at.checked_add(after).ok());
        let at = at.map(|at| self.town.days.working_time(at, (11, 20)));
        let last = self.steps.last().map(|last| last.at);
        if let Some(at) = at.filter(|at| !closed && *at < self.town.days.now && Some(*at) > last) {
            self.step(at, Who::Staff(self.nurse.key), Act::Close("no_answer_needed"));
        }
    }
}
