//! People, threads, messages, access rules, working time and audit words: the rules of Samechart
//! as pure functions. No I/O, no async, no clock: `now` and ids arrive as values.

pub mod access;
pub mod account;
pub mod actor;
pub mod audit;
pub mod calendar;
pub mod chart_item;
pub mod confidentiality;
pub mod covariate;
pub mod day_hours;
pub mod draft;
pub mod empanelment;
pub mod enrolment;
pub mod id;
pub mod inbox;
pub mod language;
pub mod message;
pub mod organisation;
pub mod outbox;
pub mod pace;
pub mod pool;
pub mod proxy;
pub mod red_flags;
pub mod sign_in;
pub mod study_run;
pub mod thread;
pub mod words;
