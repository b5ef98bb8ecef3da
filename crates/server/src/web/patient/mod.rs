//! The patient's pages, under `/p/{person}/`.

pub mod compose;
pub mod drafts;
pub mod home;
pub mod looked;
pub mod messages;
pub mod more;
pub mod plot;
pub mod record;
pub mod results;
pub mod says;
pub mod search;
pub mod thread;
