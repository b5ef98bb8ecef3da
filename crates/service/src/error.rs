//! What a service call can answer besides its result. Two places turn this into a response: a page,
//! and an `OperationOutcome`.

use domain::draft::FieldProblem;
use domain::thread::ThreadProblem;
use store::StoreError;
use store::keys::KeyError;
use store::seal::SealError;

/// Why a call was not done. Nothing here names a person or repeats what was typed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ServiceError {
    /// There is no such thing, or the asker may not know whether there is.
    #[error("not found")]
    NotFound,
    /// The asker may know that it exists, but not do this.
    #[error("denied")]
    Denied,
    /// Fields to correct; what was typed stays where it was.
    #[error("{} fields to correct", .0.len())]
    Invalid(Vec<FieldProblem>),
    /// Somebody else was first, or the thing has changed.
    #[error("conflict: {0}")]
    Conflict(ThreadProblem),
    /// Too many tries; seconds until the next one.
    #[error("too many tries")]
    TooMany { retry_after_secs: i64 },
    /// A fault; the words are for the log and hold no person's data.
    #[error("internal: {0}")]
    Internal(String),
}

impl From<StoreError> for ServiceError {
    fn from(error: StoreError) -> ServiceError {
        ServiceError::Internal(error.to_string())
    }
}

impl From<SealError> for ServiceError {
    fn from(error: SealError) -> ServiceError {
        ServiceError::Internal(error.to_string())
    }
}

impl From<KeyError> for ServiceError {
    fn from(error: KeyError) -> ServiceError {
        ServiceError::Internal(error.to_string())
    }
}

impl From<ThreadProblem> for ServiceError {
    fn from(problem: ThreadProblem) -> ServiceError {
        ServiceError::Conflict(problem)
    }
}
