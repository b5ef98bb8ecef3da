//! How a command ends: what it prints, and the exit code.

use crate::config::ConfigError;
use serde_json::Value;
use service::ServiceError;
use store::StoreError;
use store::keys::KeyError;

/// What a command has to say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// For a person: lines on stdout.
    pub text: String,
    /// For a program, with `--json`: one line on stdout.
    pub json: Value,
    /// The command did its work but found something wrong: exit code 1.
    pub is_failure: bool,
}

impl Outcome {
    pub fn done(text: impl Into<String>, json: Value) -> Outcome {
        Outcome { text: text.into(), json, is_failure: false }
    }
}

/// Why a command was not done.
#[derive(Debug, PartialEq, Eq)]
pub enum Failure {
    /// Wrong use: exit code 2.
    Use(String),
    /// It could not be done: exit code 1.
    Failed(String),
}

impl Failure {
    pub fn usage(text: impl Into<String>) -> Failure {
        Failure::Use(text.into())
    }

    pub fn failed(text: impl Into<String>) -> Failure {
        Failure::Failed(text.into())
    }

    pub fn text(&self) -> &str {
        match self {
            Failure::Use(text) | Failure::Failed(text) => text,
        }
    }
}

impl From<ConfigError> for Failure {
    fn from(error: ConfigError) -> Failure {
        Failure::Use(error.to_string())
    }
}

impl From<KeyError> for Failure {
    fn from(error: KeyError) -> Failure {
        Failure::Failed(error.to_string())
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Failure {
        Failure::Failed(error.to_string())
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Failure {
        Failure::Failed(error.to_string())
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Failure {
        match error {
            ServiceError::Invalid(problems) => {
                let words: Vec<&str> =
                    problems.iter().map(|problem| problem.key().trim_start_matches("problem-")).collect();
                Failure::Use(format!("to correct: {}", words.join(", ")))
            }
            other => Failure::Failed(other.to_string()),
        }
    }
}
