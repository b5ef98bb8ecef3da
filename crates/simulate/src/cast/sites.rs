//! The clinic's sites and the pools in which their teams answer.

use domain::language::Label;

/// A place of care, and how long after the first one it began with messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SitePlan {
    pub key: &'static str,
    pub name: &'static str,
    pub phone: &'static str,
    pub live_after_days: i64,
}

/// The three sites; the first was the first to begin.
pub const SITES: [SitePlan; 3] = [
    SitePlan { key: "riverbend", name: "Riverbend", phone: "(555) 010-0100", live_after_days: 0 },
    SitePlan { key: "harbor", name: "Harbor Point", phone: "(555) 010-0110", live_after_days: 56 },
    SitePlan { key: "northgate", name: "Northgate", phone: "(555) 010-0120", live_after_days: 140 },
];

/// A pool to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolPlan {
    pub key: &'static str,
    /// The key of its site.
    pub site: &'static str,
    pub label: Label,
    pub readers: Label,
    pub answer_within_minutes: u32,
    pub is_default: bool,
}

fn plan(
    (key, site): (&'static str, &'static str),
    label: (&str, &str),
    readers: (&str, &str),
    answer_within_minutes: u32,
) -> PoolPlan {
    PoolPlan {
        key,
        site,
        label: Label::new(label.0, label.1),
        readers: Label::new(readers.0, readers.1),
        answer_within_minutes,
        is_default: key == "riverbend",
    }
}

/// One pool for each site's nurses, one for each specialty, one for each front desk.
pub fn pools() -> Vec<PoolPlan> {
    vec![
        plan(
            ("riverbend", "riverbend"),
            ("Riverbend Nurses", "Enfermería de Riverbend"),
            ("The Riverbend nurses, with your doctor", "Los enfermeros de Riverbend, con su médico"),
            240,
        ),
        plan(
            ("harbor", "harbor"),
            ("Harbor Point Nurses", "Enfermería de Harbor Point"),
            ("The Harbor Point nurses, with your doctor", "Los enfermeros de Harbor Point, con su médico"),
            240,
        ),
        plan(
            ("northgate", "northgate"),
            ("Northgate Nurses", "Enfermería de Northgate"),
            ("The Northgate nurses, with your doctor", "Los enfermeros de Northgate, con su médico"),
            240,
        ),
        plan(
            ("heart", "riverbend"),
            ("Heart Clinic", "Clínica del corazón"),
            ("Dr. Adeyemi and her nurse", "La Dra. Adeyemi y su enfermera"),
            480,
        ),
        plan(
            ("diabetes", "riverbend"),
            ("Diabetes Clinic", "Clínica de diabetes"),
            ("Dr. Stein and his nurse", "El Dr. Stein y su enfermera"),
            480,
        ),
        plan(
            ("mind", "harbor"),
            ("Counseling and Mental Health", "Consejería y salud mental"),
            ("Dr. Costa and her nurse", "La Dra. Costa y su enfermera"),
            480,
        ),
        plan(
            ("desk", "riverbend"),
            ("Riverbend front desk", "Recepción de Riverbend"),
            ("The front desk at Riverbend", "La recepción de Riverbend"),
            480,
        ),
        plan(
            ("harbor_desk", "harbor"),
            ("Harbor Point front desk", "Recepción de Harbor Point"),
            ("The front desk at Harbor Point", "La recepción de Harbor Point"),
            480,
        ),
        plan(
            ("northgate_desk", "northgate"),
            ("Northgate front desk", "Recepción de Northgate"),
            ("The front desk at Northgate", "La recepción de Northgate"),
            480,
        ),
    ]
}
