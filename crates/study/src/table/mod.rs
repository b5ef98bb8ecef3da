//! Writing rows, one per person, as CSV or Parquet: what the simulator and a record's extract put out.
//! Every column holds one of few levels, or a cluster's name; a null is a value that is not there.

mod csv;
mod parquet;
mod writer;

pub use writer::{Cell, Column, TableError, Writer};
