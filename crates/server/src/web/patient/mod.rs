//! The patient's pages, under `/p/{person}/`.

pub mod account;
pub mod care_team;
pub mod compose;
pub mod coverage;
pub mod drafts;
pub mod home;
pub mod looked;
pub mod messages;
pub mod more;
pub mod notes;
pub mod people;
pub mod plans;
pub mod plot;
pub mod procedures;
pub mod record;
pub mod results;
pub mod says;
pub mod search;
pub mod thread;
pub mod visits;
pub mod vitals;
pub mod warning;
