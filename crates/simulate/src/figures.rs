//! The published figures to which the traffic is calibrated, and what a made-up clinic reaches
//! (sources: `docs/demo.md`). What is not simulated says so.

use crate::cast::{ChartKind, staff_member};
use crate::clinic::{Clinic, MONTH_DAYS, OPEN_MONTHS};
use crate::story::{Act, Conversation, Step, Who};
use domain::actor::Role;
use jiff::{SignedDuration, Timestamp};
use std::collections::{HashMap, HashSet};

/// One of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub what: String,
    pub unit: &'static str,
    /// As published: a figure, or the ends of a range.
    pub published: [f64; 2],
    /// `None` where it is not simulated.
    pub reached: Option<f64>,
}

/// All of them for a clinic as it stands at `now`.
pub fn figures(clinic: &Clinic, now: Timestamp) -> Vec<Figure> {
    let counted = Counted::new(clinic, now);
    let mut all = counted.people();
    all.extend(counted.threads());
    all.extend(counted.waits());
    all.extend(counted.topics());
    all.push(figure("messages with a symptom that is a warning sign", "%", [3.5, 3.5], None));
    all.push(figure("unread by patients after 21 days, outreach to many", "%", [50.0, 50.0], None));
    all
}

fn figure(what: &str, unit: &'static str, published: [f64; 2], reached: Option<f64>) -> Figure {
    Figure { what: what.to_owned(), unit, published, reached }
}

/// The crowd and its threads; the hand-written day is not counted.
struct Counted<'a> {
    clinic: &'a Clinic,
    now: Timestamp,
    adults: usize,
    begun_by_patients: Vec<&'a Conversation>,
}

impl<'a> Counted<'a> {
    fn new(clinic: &'a Clinic, now: Timestamp) -> Counted<'a> {
        let crowd = clinic.patients.iter().filter(|member| member.chart != ChartKind::Hand);
        let begun = clinic.traffic.iter().filter(|one| one.steps.first().is_some_and(is_by_patient));
        Counted {
            clinic,
            now,
            adults: crowd.filter(|member| member.is_adult()).count(),
            begun_by_patients: begun.collect(),
        }
    }

    fn people(&self) -> Vec<Figure> {
        let writers: HashSet<&str> = self.clinic.traffic.iter().map(|one| &*one.patient).collect();
        let verified = self.clinic.enrolments.iter().filter(|one| one.verified.is_some()).count();
        let adults = self.clinic.patients.iter().filter(|one| one.is_adult()).count();
        vec![
            figure(
                "adults with any message in 15 months",
                "%",
                [14.0, 30.0],
                percent(writers.len(), self.adults),
            ),
            figure("adults with a verified identity", "%", [25.0, 33.0], percent(verified, adults)),
            figure("messagers a month per 1,000 adults, mean", "", [31.0, 31.0], self.monthly()),
            figure("messages of the busiest 5 % of users", "%", [30.5, 30.5], self.busiest()),
            figure("messages that a physician answers on a workday", "", [5.0, 5.0], self.per_physician()),
        ]
    }

    fn monthly(&self) -> Option<f64> {
        let month = |at: Timestamp| {
            (at.duration_since(self.clinic.opened_at).as_hours() as f64 / 24.0 / MONTH_DAYS) as i64
        };
        let steps = self.clinic.traffic.iter().flat_map(|one| one.steps.iter().map(move |step| (one, step)));
        let months: HashSet<(i64, &str)> = steps
            .filter(|(_, step)| is_by_patient(step))
            .map(|(one, step)| (month(step.at), &*one.patient))
            .filter(|(month, _)| *month < OPEN_MONTHS)
            .collect();
        ratio(1000 * months.len(), self.adults * OPEN_MONTHS as usize)
    }

    fn busiest(&self) -> Option<f64> {
        let mut messages: HashMap<&str, usize> = HashMap::new();
        for one in &self.clinic.traffic {
            let exchanged = one.steps.iter().filter(|step| is_by_patient(step) || is_answer(step)).count();
            *messages.entry(&one.patient).or_default() += exchanged;
        }
        let mut counts: Vec<usize> = messages.into_values().collect();
        counts.sort_by_key(|count| std::cmp::Reverse(*count));
        percent(counts[..counts.len() / 20].iter().sum(), counts.iter().sum())
    }

    /// In the last three months, on 21 workdays each.
    fn per_physician(&self) -> Option<f64> {
        let lately = |step: &&Step| self.now.duration_since(step.at) < SignedDuration::from_hours(24 * 91);
        let steps = self.clinic.traffic.iter().flat_map(|one| &one.steps).filter(lately);
        let physicians = self.clinic.staff.iter().filter(|member| member.has_panel()).count();
        ratio(steps.filter(|step| is_answer(step) && is_physician(step)).count(), physicians * 63)
    }

    fn threads(&self) -> Vec<Figure> {
        let begun = &self.begun_by_patients;
        let mean = |is: fn(&Step) -> bool| {
            ratio(begun.iter().map(|one| one.steps.iter().filter(|step| is(step)).count()).sum(), begun.len())
        };
        let settled = begun.iter().filter(|one| !one.steps.iter().any(is_physician)).count();
        vec![
            figure(
                "threads begun by patients",
                "%",
                [85.0, 93.0],
                percent(begun.len(), self.clinic.traffic.len()),
            ),
            figure("messages of the patient in a thread", "", [1.13, 1.13], mean(is_by_patient)),
            figure("messages of the team in a thread", "", [1.16, 1.16], mean(is_answer)),
            figure(
                "threads settled by staff without a physician",
                "%",
                [31.9, 31.9],
                percent(settled, begun.len()),
            ),
        ]
    }

    /// Of threads that began ten days ago or earlier.
    fn waits(&self) -> Vec<Figure> {
        let hours = SignedDuration::from_hours;
        let old: Vec<_> = { self.begun_by_patients.iter() }
            .filter(|one| self.now.duration_since(one.steps[0].at) > hours(240))
            .collect();
        let later = |hours_after: i64, is: fn(&Step) -> bool| {
            let is_later = |one: &&&&Conversation| {
                let first = one.steps.iter().find(|step| is(step));
                first.is_none_or(|step| step.at.duration_since(one.steps[0].at) > hours(hours_after))
            };
            percent(old.iter().filter(is_later).count(), old.len())
        };
        let answers = self.begun_by_patients.iter().filter_map(|one| {
            let answer = one.steps.iter().find(|step| is_answer(step))?;
            let is_read = |step: &&Step| {
                step.who == Who::Patient
                    && step.act == Act::Read
                    && step.at > answer.at
                    && step.at.duration_since(answer.at) <= hours(21 * 24)
            };
            Some(one.steps.iter().any(|step| is_read(&step)))
        });
        let read: Vec<bool> = answers.collect();
        let unread = percent(read.iter().filter(|is_read| !**is_read).count(), read.len());
        vec![
            figure("unopened after 12 hours", "%", [8.5, 8.5], later(12, |step| step.who != Who::Patient)),
            figure(
                "unanswered after 36 hours",
                "%",
                [17.6, 17.6],
                later(36, |step| is_answer(step) || is_close(step)),
            ),
            figure("unread by patients after 21 days", "%", [3.0, 3.0], unread),
        ]
    }

    /// Published with several topics a thread, simulated with one.
    fn topics(&self) -> Vec<Figure> {
        const PUBLISHED: [(&str, &str, f64); 6] = [
            ("refill", "refill", 47.5),
            ("scheduling", "appointment", 17.6),
            ("other medicine", "medicine", 13.2),
            ("health question", "general_question", 11.6),
            ("referral", "referral", 7.2),
            ("results", "test_result", 5.5),
        ];
        let of = |(name, word, published): (&str, &str, f64)| {
            let count = self.begun_by_patients.iter().filter(|one| one.topic == word).count();
            figure(
                &format!("topic: {name}"),
                "%",
                [published, published],
                percent(count, self.begun_by_patients.len()),
            )
        };
        PUBLISHED.map(of).to_vec()
    }
}

fn is_by_patient(step: &Step) -> bool {
    step.who == Who::Patient && matches!(step.act, Act::Write(_))
}

fn is_answer(step: &Step) -> bool {
    step.who != Who::Patient && matches!(step.act, Act::Write(_) | Act::WriteAndClose(..))
}

fn is_close(step: &Step) -> bool {
    matches!(step.act, Act::Close(_))
}

fn is_physician(step: &Step) -> bool {
    match step.who {
        Who::Staff(key) => staff_member(key).is_some_and(|member| member.role == Role::Physician),
        Who::Patient => false,
    }
}

fn ratio(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

fn percent(part: usize, whole: usize) -> Option<f64> {
    ratio(100 * part, whole)
}
