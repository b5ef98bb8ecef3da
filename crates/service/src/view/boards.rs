//! The boards of conversations and of the way to them: figures of published grade, as they are kept. A level is
//! a word of the fixed groups, or the id of a team or topic.

use crate::studies::Quarter;
use domain::id::PoolId;
use domain::language::Label;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The variable whose levels are teams.
pub const TEAM: &str = "team";
/// The variable of those whose first message has warning words, and of all others.
pub const WARNING: &str = "warning";
/// Of those with warning words their teams; all others together.
pub const WARNED_TEAM: &str = "warned-team";

/// One group of people, step by step; `None` is not shown. Each step is a part of the first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Line {
    pub level: String,
    pub steps: Option<Vec<Option<u64>>>,
    /// In hours, where the steps are of waiting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median: Option<f64>,
}

/// The groups of one variable.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Split {
    pub variable: String,
    /// Levels without anybody are left out.
    pub lines: Vec<Line>,
    /// The levels that are not shown, together.
    pub rest: Option<Line>,
}

/// Steps of all and of each group.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct LadderBoard {
    pub all: Line,
    pub by: Vec<Split>,
}

/// How far those went who were first offered access in a quarter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Funnel(pub LadderBoard);

/// The first conversation that each adult began in a quarter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Conversations {
    /// All, then whose message the team had not opened after each of the hours. Quarters that were settled
    /// before openings were measured have none.
    #[serde(default)]
    pub opened: LadderBoard,
    /// All, then who waited longer than each of the hours.
    pub clock: LadderBoard,
    pub working: LadderBoard,
    /// All, those answered in writing, and of these who had not read it after each of the days.
    pub unread: LadderBoard,
    /// Those answered in writing, by the role of who answered.
    pub answered_by: LadderBoard,
    /// All, those answered in writing, and of these whose answer was written outside the team's hours.
    pub after_hours: LadderBoard,
    /// All, and those who wrote outside the team's hours.
    pub asked_after_hours: LadderBoard,
    /// Messages of the patient's side and of the team in a conversation, on average.
    pub messages: Option<[f64; 2]>,
}

/// A provider without a name.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ProviderShare {
    pub patients: u64,
    /// Of the encounters, in percent.
    pub messages: f64,
}

/// Which part of their encounters providers had by messaging in a quarter.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Providers {
    /// By falling share.
    pub shown: Vec<ProviderShare>,
    pub hidden: u64,
}

/// A board in one quarter, and which others there are.
#[derive(Clone, Debug, PartialEq)]
pub struct BoardPage<B> {
    /// The smallest count that is shown.
    pub limit: u64,
    pub board: Option<(Quarter, B)>,
    /// All quarters that are settled, newest first.
    pub quarters: Vec<Quarter>,
    /// What the ids of teams and topics are called.
    pub names: BTreeMap<String, Label>,
    /// When the next quarter is settled.
    pub next: Timestamp,
}

/// What a pool's lead sees: of every board the figures of the pool beside those of all.
#[derive(Clone, Debug, PartialEq)]
pub struct TeamBoard {
    pub pool: PoolId,
    /// All pools that the reader leads.
    pub pools: Vec<(PoolId, Label)>,
    pub conversations: BoardPage<Conversations>,
}

impl TeamBoard {
    /// Without the figures of other pools and groups.
    pub(crate) fn narrowed(mut self) -> TeamBoard {
        let team = self.pool.0.to_string();
        if let Some((_, board)) = &mut self.conversations.board {
            board.narrow(&team);
        }
        self
    }
}

impl Conversations {
    fn narrow(&mut self, team: &str) {
        let boards = [
            &mut self.opened,
            &mut self.clock,
            &mut self.working,
            &mut self.unread,
            &mut self.answered_by,
            &mut self.after_hours,
            &mut self.asked_after_hours,
        ];
        boards.into_iter().for_each(|board| board.narrow(team));
    }
}

impl LadderBoard {
    /// Leaves all, of the teams this one, and messages with warning words: of everybody, and of this team.
    fn narrow(&mut self, team: &str) {
        self.by.retain(|split| [TEAM, WARNING, WARNED_TEAM].contains(&split.variable.as_str()));
        for split in self.by.iter_mut().filter(|split| split.variable != WARNING) {
            split.lines.retain(|line| line.level == team);
            split.rest = None;
        }
    }
}
