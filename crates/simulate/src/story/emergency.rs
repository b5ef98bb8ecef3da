//! Charts that were opened in an emergency, by somebody who does not look after the patient.

use crate::days::Days;
use jiff::Timestamp;

/// One opening: by a key of the staff, of the chart of a key of the patients.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Emergency {
    pub at: Timestamp,
    pub by: &'static str,
    pub patient: &'static str,
    pub reason: &'static str,
}

/// Dr. Iqbal works at Northgate, Harold Finch is a patient of Riverbend.
pub fn emergencies(days: &Days) -> Vec<Emergency> {
    vec![Emergency {
        at: days.workdays_ago(7, (18, 25)),
        by: "iqbal",
        patient: "harold",
        reason: "A pharmacy is on the phone about his tablets, and nobody at Riverbend can be reached.",
    }]
}
