//! What all workers gather together: numbers for clusters, levels and patterns, and the counts under them.

use super::coder::MOST_LEVELS;
use super::columns::{Coding, Columns, Missing};
use super::counts::{Counts, MOST_PATTERNS};
use super::register::Register;
use std::sync::Arc;

pub struct Gathered {
    pub clusters: Arc<Register<u8>>,
    /// Of each covariate: the levels found, where they are not given.
    pub levels: Vec<Arc<Register<u8>>>,
    /// Each pattern as the codes of its levels.
    pub patterns: Register<u16>,
    pub counts: Counts,
}

impl Gathered {
    /// Nothing yet; the counts may take so many bytes, of so many workers together.
    pub fn new(columns: &Columns, limit_bytes: usize, workers: usize) -> Gathered {
        let levels = columns.covariates.iter().map(|covariate| {
            let register = Register::new(MOST_LEVELS);
            if covariate.coding == Coding::Found && covariate.missing == Missing::Level {
                // The empty text, never a level itself, keeps code 0 for what is missing.
                register.number(b"");
            }
            Arc::new(register)
        });
        Gathered {
            clusters: Arc::new(Register::new(u32::MAX)),
            levels: levels.collect(),
            patterns: Register::new(MOST_PATTERNS),
            counts: Counts::new(limit_bytes, workers),
        }
    }
}
