//! The audit chain: `mac = HMAC-SHA-256(k, previous mac, seq, hash of the stored row)`. Rule: a
//! changed, removed, added or reordered row breaks the chain at its number.

mod link;
mod stored_row;

pub use link::{ChainBreak, ChainHead, ChainKey, Link};
pub use stored_row::StoredRow;
