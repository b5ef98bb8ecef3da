//! Blind indexes: 64-bit HMAC-SHA-256 tokens that find sealed values by equality. Rule: a token
//! only selects candidates; whoever searches unseals and compares before it counts a hit.

mod birth_date;
mod index;
mod name;
mod token_parameter;
mod word;

pub use index::BlindIndex;
pub use name::LONGEST_PREFIX;
pub use token_parameter::TokenQuery;
pub use word::PatientWords;
