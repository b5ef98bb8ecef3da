//! Daughters who write for their parents, with a sign-in of their own.

use domain::language::Language;
use domain::proxy::ProxyRelation;

/// Somebody who acts for a patient of the cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProxyMember {
    pub key: &'static str,
    pub name: &'static str,
    /// The key of the patient.
    pub patient: &'static str,
    pub relation: ProxyRelation,
    pub language: Language,
}

/// All of them.
pub const PROXIES: [ProxyMember; 2] = [
    ProxyMember {
        key: "ellen_finch",
        name: "Ellen Finch",
        patient: "harold",
        relation: ProxyRelation::Daughter,
        language: Language::En,
    },
    ProxyMember {
        key: "patricia_salazar",
        name: "Patricia Salazar",
        patient: "irma",
        relation: ProxyRelation::Daughter,
        language: Language::Es,
    },
];
