//! The operator's settings: `samechart.toml`, overridden by `SAMECHART_*` variables. A key that is
//! not known is an error, so that a slip of the pen is not a silent default.

mod environment;
mod error;
mod file;
mod proxies;
mod settings;
pub mod template;

pub use error::ConfigError;
pub use proxies::Proxies;
pub use settings::{OrganisationSettings, Settings};
