//! A pointer from a message into the chart: the item as it was when the message was sent.

use crate::id::ResourceId;
use serde::{Deserialize, Serialize};

/// One version of one stored resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChartItem {
    /// The FHIR type, such as `Observation`.
    pub resource_type: String,
    pub resource: ResourceId,
    pub version: i64,
}
