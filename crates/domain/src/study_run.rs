//! A study run's way: it waits, runs in stages, and is done or has failed.

/// Where a run stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RunState {
    Waiting,
    Running,
    Done,
    Failed,
}

impl RunState {
    pub const ALL: [RunState; 4] = [RunState::Waiting, RunState::Running, RunState::Done, RunState::Failed];

    pub fn word(self) -> &'static str {
        match self {
            RunState::Waiting => "waiting",
            RunState::Running => "running",
            RunState::Done => "done",
            RunState::Failed => "failed",
        }
    }

    pub fn from_word(word: &str) -> Option<RunState> {
        RunState::ALL.into_iter().find(|state| state.word() == word)
    }

    /// Whether something will still happen.
    pub fn is_open(self) -> bool {
        matches!(self, RunState::Waiting | RunState::Running)
    }
}

/// What a running run is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum RunStage {
    /// People are read, one after the other.
    #[default]
    Reading,
    /// The models are fitted and the report is written.
    Fitting,
    Keeping,
}

impl RunStage {
    pub const ALL: [RunStage; 3] = [RunStage::Reading, RunStage::Fitting, RunStage::Keeping];

    pub fn word(self) -> &'static str {
        match self {
            RunStage::Reading => "reading",
            RunStage::Fitting => "fitting",
            RunStage::Keeping => "keeping",
        }
    }

    pub fn from_word(word: &str) -> Option<RunStage> {
        RunStage::ALL.into_iter().find(|stage| stage.word() == word)
    }
}

/// Why a run failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RunFailure {
    /// The server ended, or was stopped, in the middle of it.
    Stopped,
    /// The record does not answer this protocol; the reason says why.
    Refused,
    /// A fault of ours; the log has it.
    Fault,
}

impl RunFailure {
    pub const ALL: [RunFailure; 3] = [RunFailure::Stopped, RunFailure::Refused, RunFailure::Fault];

    pub fn word(self) -> &'static str {
        match self {
            RunFailure::Stopped => "stopped",
            RunFailure::Refused => "refused",
            RunFailure::Fault => "fault",
        }
    }

    pub fn from_word(word: &str) -> Option<RunFailure> {
        RunFailure::ALL.into_iter().find(|failure| failure.word() == word)
    }
}
