//! How confidential something is, and who on the patient's side may see it.

/// How confidential a thread, message or resource is (HL7 confidentiality, two of its levels); the
/// stricter one is greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sensitivity {
    #[default]
    Normal,
    Restricted,
}

impl Sensitivity {
    pub fn word(self) -> &'static str {
        match self {
            Sensitivity::Normal => "normal",
            Sensitivity::Restricted => "restricted",
        }
    }

    pub fn from_word(word: &str) -> Option<Sensitivity> {
        [Sensitivity::Normal, Sensitivity::Restricted].into_iter().find(|s| s.word() == word)
    }
}

/// Who on the patient's side may see it; fewer are greater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Visibility {
    /// The patient and every proxy with the scope.
    #[default]
    All,
    /// Only the persons named beside it.
    Named,
    PatientOnly,
}

impl Visibility {
    pub fn word(self) -> &'static str {
        match self {
            Visibility::All => "all",
            Visibility::PatientOnly => "patient_only",
            Visibility::Named => "named",
        }
    }

    pub fn from_word(word: &str) -> Option<Visibility> {
        [Visibility::All, Visibility::PatientOnly, Visibility::Named].into_iter().find(|v| v.word() == word)
    }
}
