//! The same grouping as one SQL statement, for the engine that holds the rows: each row is judged as the
//! reader of files judges it, and what comes back are counts by cluster and pattern.

mod answer;
mod dialect;
mod rows;
mod statement;

pub use answer::{Answer, AnswerError, Row};
pub use dialect::Dialect;
pub use rows::{RowsError, read};
pub use statement::statement;
