//! Pages before sign-in.

pub mod activate;
pub mod demo;
pub mod fault;
pub mod sign_in;
