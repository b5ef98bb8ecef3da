//! Pages: one module per page with its handler, its context struct and its template beside it.

pub mod assets;
pub mod frame;
pub mod icon;
pub mod open;
pub mod patient;
pub mod problems;
pub mod team;
