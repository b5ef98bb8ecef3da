//! Linking committed audit rows into chains: one per patient, and one of batches for the organisation.
//! Rule: everything that a batch changes is one transaction under the sealer's lease.

mod batch;
mod chains;
mod row;
mod tail;

pub use batch::{Batch, batches_after, last_batch};
pub(crate) use batch::{batch_chain, batch_hash, heads_hash};
pub(crate) use chains::patient_chain;
pub use chains::{Sealed, WAIT_FOR_REPEATS, seal_batch, waiting};
pub(crate) use row::{COLUMNS, EventRow};
pub use tail::{Tail, batch, tail};
