//! What the file holds, and why one is refused.

use crate::grouped::Grouped;
use crate::protocol::Protocol;
use crate::source::{Coding, Columns, Left, Reading};
use serde::{Deserialize, Serialize};

pub const FORMAT: &str = "samechart grouped cohort";
pub const VERSION: u32 = 1;
pub const STAMP: &str = "limited data set: holds small cells; not for publication";

/// A site's cohort with what it must share with others to be merged.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupedFile {
    /// Sorted; none where the site was not named, which then cannot be merged.
    pub sites: Vec<String>,
    /// The protocol's name, or what stands for it.
    pub definition: String,
    /// Of the protocol, or of the columns where there is none.
    pub hash: String,
    /// Of each variable: whether its levels are those found.
    pub found: Vec<bool>,
    /// Rows read, and rows left out by step.
    pub rows: u64,
    pub left: Vec<Left>,
    pub grouped: Grouped,
}

impl GroupedFile {
    /// A reading as a site's file; the site's name goes before each cluster.
    pub fn new(reading: Reading, columns: &Columns, protocol: Option<&Protocol>, site: &str) -> GroupedFile {
        let mut grouped = reading.grouped;
        if !site.is_empty() {
            // One prefix before all: the order stays.
            grouped.clusters.iter_mut().for_each(|cluster| cluster.insert_str(0, &format!("{site}:")));
        }
        GroupedFile {
            sites: if site.is_empty() { Vec::new() } else { vec![site.to_owned()] },
            definition: protocol.map_or_else(|| "columns".to_owned(), |protocol| protocol.name.clone()),
            hash: protocol.map_or_else(|| columns.hash(), Protocol::hash),
            found: columns.covariates.iter().map(|covariate| covariate.coding == Coding::Found).collect(),
            rows: reading.rows,
            left: reading.left,
            grouped,
        }
    }
}

/// Why a file was not read, or files not merged.
#[derive(Debug, thiserror::Error)]
pub enum GroupedError {
    #[error("{file}: {error}")]
    Io { file: String, error: std::io::Error },
    #[error("{file}: {error}")]
    Json { file: String, error: serde_json::Error },
    #[error("{file}: {reason}")]
    Wrong { file: String, reason: String },
    #[error("{first} and {second} cannot be merged: {reason}")]
    Unequal { first: String, second: String, reason: String },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    pub format: String,
    pub version: u32,
    pub stamp: String,
    pub sites: Vec<String>,
    pub definition: String,
    pub hash: String,
    pub outcome: String,
    pub cluster: String,
    pub variables: Vec<HeadVariable>,
    pub rows: u64,
    pub left: Vec<HeadLeft>,
    pub clusters: Vec<String>,
    pub patterns: Vec<Vec<u16>>,
    pub groups: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cells: Option<Chunk>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadVariable {
    pub name: String,
    pub levels: Vec<String>,
    pub found: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HeadLeft {
    pub name: String,
    pub missing: bool,
    pub rows: u64,
}

/// Some cells, column by column.
#[derive(Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chunk {
    pub cluster: Vec<u32>,
    pub pattern: Vec<u32>,
    pub n: Vec<u32>,
    pub events: Vec<u32>,
}
