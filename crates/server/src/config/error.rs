//! What can be wrong with the settings. Values are not repeated: one of them may hold a password.

use std::path::PathBuf;

/// Why the settings cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    #[error("{path}: {cause} (samechart init writes one; --config names another)", path = path.display())]
    Read { path: PathBuf, cause: std::io::Error },
    #[error("{path}, line {line}: {message}", path = path.display())]
    Syntax { path: PathBuf, line: usize, message: String },
    #[error("{name} is no setting of Samechart")]
    UnknownVariable { name: String },
    #[error("{name} is no UTF-8 text")]
    NoText { name: String },
    #[error("{key}: {problem}")]
    Value { key: &'static str, problem: String },
}

impl ConfigError {
    pub(super) fn value(key: &'static str, problem: impl std::fmt::Display) -> ConfigError {
        ConfigError::Value { key, problem: problem.to_string() }
    }
}
