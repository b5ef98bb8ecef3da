//! Chart projections: from resources to what a page shows. Plain words first, codes behind.
//! The rule: nothing is invented; what the record does not say is absent.

pub mod allergy;
pub mod care_plan;
pub mod care_team;
pub mod chart_date;
pub mod coded;
pub mod condition;
pub mod covariate;
pub mod coverage;
pub mod dosage;
pub mod immunization;
pub mod medicine;
pub mod note;
pub mod patient;
pub mod procedure;
pub mod range;
mod research;
pub mod result;
pub mod section;
pub mod trend;
pub mod value;
pub mod visit;

pub use chart_date::ChartDate;
pub use coded::CodeKey;
pub use section::Section;
