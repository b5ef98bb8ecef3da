//! Synthetic clinics as plain values: people, charts in FHIR R4 (US Core's shape) and what they write.
//! The rule: no I/O, no clock; the same seed and the same `now` make the same clinic.

pub mod cast;
pub mod chart;
pub mod clinic;
pub mod cohort;
pub mod communication;
pub mod days;
pub mod figures;
pub mod seed;
pub mod story;
pub mod traffic;
