//! The office's pages, under `/admin`: settings without any patient for administrators, the audit for
//! privacy officers.

pub mod audit;
pub mod chains;
pub mod home;
pub mod member;
pub mod organisation;
pub mod staff;
pub mod teams;
