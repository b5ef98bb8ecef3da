//! `samechart check`: proves that the store is what was written, on one snapshot and in bounded memory.
//! Every fault is named in words: table, patient, row. Nothing here repairs anything.

mod anchor;
mod batches;
mod beside;
mod chains;
mod columns;
mod counts;
mod fault;
mod pages;
mod references;
mod rules;
mod run;
mod sealed_columns;
mod sequences;
mod shredded;

pub use beside::{ReadResource, Said};
pub use fault::{Counts, Fault, Report};
pub use run::{Checker, Progress, Step};
pub use sealed_columns::{Owner, SEALED_COLUMNS, SealedColumn};
