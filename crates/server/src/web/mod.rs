//! Pages: one module per page with its handlers and its context struct; the template of the same
//! path says where its HTML is. `router` lists every address.

pub mod account;
pub mod admin;
pub mod answer;
pub mod assets;
pub mod cookie;
pub mod form;
pub mod frame;
pub mod icon;
pub mod new_thread;
pub mod open;
pub mod open_visit;
pub mod parking;
pub mod patient;
pub mod problems;
pub mod request;
pub mod router;
pub mod site;
pub mod streams;
pub mod study;
pub mod team;
pub mod updates;
pub mod visit;
