//! A file of rows, streamed once into counts by cluster and pattern. Nothing is computed from a file
//! with a malformed row, and the same rows give the same counts in whatever order and however many threads.

mod blocks;
mod coder;
mod codes;
mod columns;
mod counted;
mod counts;
mod csv;
mod error;
mod finish;
mod gathered;
mod hash;
mod hybrid;
mod pages;
mod parquet;
mod patterns;
mod read;
mod register;
mod rows;
mod spill;
mod table;
mod tally;
mod values;

pub use columns::{Band, Coding, Columns, Condition, Covariate, Level, MISSING_LEVEL, Missing, Test};
pub use counted::{Counted, CountedError};
pub use error::{Place, Problem, ReadError};
pub use read::{Left, Limits, Progress, Reading, read};
pub use rows::{MemoryRow, RowsError, group};
