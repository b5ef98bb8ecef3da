//! Who is there: the clinic's staff and pools, and its patients. All are invented.

mod crowd;
mod patients;
mod staff;

pub use crowd::crowd;
pub use patients::{Ethnicity, PatientMember, Race, patients};
pub use staff::{PoolPlan, StaffMember, pools, staff};
