//! The circumstances of one call: who, when, which request.

use domain::actor::Actor;
use domain::id::RequestId;
use jiff::Timestamp;

/// Handed to every call that touches data.
#[derive(Clone, Debug)]
pub struct Ctx {
    pub actor: Actor,
    pub now: Timestamp,
    pub request: RequestId,
}
