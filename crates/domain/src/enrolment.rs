//! The steps from being offered the portal to the first message, each with its time (the study's funnel).

/// One step of a patient's enrolment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentStep {
    Offered,
    Registered,
    IdentityVerified,
    FirstSignIn,
    FirstMessage,
}

impl EnrolmentStep {
    pub fn word(self) -> &'static str {
        match self {
            EnrolmentStep::Offered => "offered",
            EnrolmentStep::Registered => "registered",
            EnrolmentStep::IdentityVerified => "identity_verified",
            EnrolmentStep::FirstSignIn => "first_sign_in",
            EnrolmentStep::FirstMessage => "first_message",
        }
    }
}

/// How an identity was verified.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdentityProof {
    InPerson,
    CodeByPost,
    IdentityProvider,
}

impl IdentityProof {
    pub const ALL: [IdentityProof; 3] =
        [IdentityProof::InPerson, IdentityProof::CodeByPost, IdentityProof::IdentityProvider];

    pub fn word(self) -> &'static str {
        match self {
            IdentityProof::InPerson => "in_person",
            IdentityProof::CodeByPost => "code_by_post",
            IdentityProof::IdentityProvider => "identity_provider",
        }
    }

    pub fn from_word(word: &str) -> Option<IdentityProof> {
        IdentityProof::ALL.into_iter().find(|proof| proof.word() == word)
    }
}
