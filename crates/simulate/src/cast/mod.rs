//! Who is there: the clinic's sites, staff and pools, and its patients. All are invented.

mod crowd;
mod names;
mod patients;
mod person;
mod proxies;
mod sites;
mod staff;

pub use crowd::crowd;
pub use patients::patients;
pub use person::{ChartKind, Ethnicity, Insurance, PatientMember, Race};
pub use proxies::{PROXIES, ProxyMember};
pub use sites::{PoolPlan, SITES, SitePlan, pools};
pub use staff::{LEADS, StaffMember, pool_of, staff, staff_member};
