//! What people wrote to each other: a script of messages in the order of time, as values.

mod day;
mod day_spanish;
mod desk;
mod emergency;
mod okafor;
mod reyes;

use crate::days::Days;
pub use emergency::{Emergency, emergencies};
use jiff::Timestamp;
use std::borrow::Cow;

/// What somebody writes: by hand, or made from a phrase.
pub type Text = Cow<'static, str>;

/// Who does a step: a key of the cast.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    Patient,
    Staff(&'static str),
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// The first message begins the thread, the others answer.
    Write(Text),
    Note(Text),
    Read,
    /// To a key of the staff.
    Assign(&'static str),
    /// With the word of a close reason.
    Close(&'static str),
    /// Answers and closes in one.
    WriteAndClose(Text, &'static str),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    pub at: Timestamp,
    pub who: Who,
    pub act: Act,
}

/// The chart item that a thread is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// The newest result of the test with these words.
    Result(&'static str),
    /// The newest prescription of the medicine with these words.
    Medicine(&'static str),
}

/// One thread from its beginning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversation {
    /// The key of the patient.
    pub patient: Text,
    pub pool: &'static str,
    /// The word of a topic.
    pub topic: &'static str,
    pub subject: Text,
    pub about: Option<About>,
    /// The key of somebody who writes and reads in the patient's place.
    pub proxy: Option<&'static str>,
    pub steps: Vec<Step>,
}

/// All threads of the hand-written patients.
pub fn conversations(days: &Days) -> Vec<Conversation> {
    let mut all = okafor::conversations(days);
    all.extend(reyes::conversations(days));
    all.extend(desk::conversations(days));
    all.extend(day::conversations(days));
    all.extend(day_spanish::conversations(days));
    all
}

fn thread(
    (patient, pool): (&'static str, &'static str),
    (topic, subject): (&'static str, &'static str),
    about: Option<About>,
    steps: Vec<Step>,
) -> Conversation {
    Conversation { patient: patient.into(), pool, topic, subject: subject.into(), about, proxy: None, steps }
}

/// One message to Riverbend Nurses that nobody has opened yet.
fn simple(
    (key, topic, subject): (&'static str, &'static str, &'static str),
    about: Option<About>,
    at: Timestamp,
    text: &'static str,
) -> Conversation {
    thread((key, "riverbend"), (topic, subject), about, vec![patient(at, text)])
}

fn patient(at: Timestamp, text: &'static str) -> Step {
    Step { at, who: Who::Patient, act: Act::Write(text.into()) }
}

fn patient_reads(at: Timestamp) -> Step {
    Step { at, who: Who::Patient, act: Act::Read }
}

fn staff(key: &'static str, at: Timestamp, act: Act) -> Step {
    Step { at, who: Who::Staff(key), act }
}
