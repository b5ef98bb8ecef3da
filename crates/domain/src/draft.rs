//! Text on its way to becoming a message: limits, and one problem per field with the text kept.

use crate::account::CredentialProblem;
use crate::chart_item::ChartItem;
use crate::id::{ClientKey, PoolId, TopicId};

/// Characters in a subject.
pub const SUBJECT_LIMIT: usize = 50;
/// Characters in a body.
pub const BODY_LIMIT: usize = 20_000;
/// Characters in a reason for closing, retracting or breaking the glass.
pub const REASON_LIMIT: usize = 500;

/// What is wrong with a field. The page finds the words; the text stays where it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldProblem {
    SubjectMissing,
    SubjectTooLong,
    BodyMissing,
    BodyTooLong,
    TopicMissing,
    TeamMissing,
    ReasonMissing,
    ReasonTooLong,
    NameMissing,
    /// The site has an active team of this name.
    PoolNameTaken,
    SignInName,
    SignInNameTaken,
    PasswordTooShort,
    PasswordTooLong,
    PasswordTooCommon,
    /// The old password, which a new one is chosen with.
    PasswordWrong,
    BirthDate,
    /// What was typed does not name one person.
    PatientVague,
    PatientUnknown,
    PatientNotOne,
    /// No one record has this number.
    RecordUnknown,
    StaffUnknown,
    StaffNotOne,
}

impl From<CredentialProblem> for FieldProblem {
    fn from(problem: CredentialProblem) -> FieldProblem {
        match problem {
            CredentialProblem::SignInName => FieldProblem::SignInName,
            CredentialProblem::PasswordTooShort => FieldProblem::PasswordTooShort,
            CredentialProblem::PasswordTooLong => FieldProblem::PasswordTooLong,
            CredentialProblem::PasswordTooCommon => FieldProblem::PasswordTooCommon,
        }
    }
}

impl FieldProblem {
    /// The form field that gets the focus.
    pub fn field(self) -> &'static str {
        match self {
            FieldProblem::SubjectMissing | FieldProblem::SubjectTooLong => "subject",
            FieldProblem::BodyMissing | FieldProblem::BodyTooLong => "body",
            FieldProblem::TopicMissing => "topic",
            FieldProblem::TeamMissing => "pool",
            FieldProblem::ReasonMissing | FieldProblem::ReasonTooLong => "reason",
            FieldProblem::NameMissing | FieldProblem::PoolNameTaken => "name",
            FieldProblem::SignInName | FieldProblem::SignInNameTaken => "sign_in_name",
            FieldProblem::PasswordTooShort
            | FieldProblem::PasswordTooLong
            | FieldProblem::PasswordTooCommon => "password",
            FieldProblem::PasswordWrong => "old_password",
            FieldProblem::BirthDate => "birth_date",
            FieldProblem::PatientVague | FieldProblem::PatientUnknown | FieldProblem::PatientNotOne => {
                "words"
            }
            FieldProblem::RecordUnknown => "patient",
            FieldProblem::StaffUnknown | FieldProblem::StaffNotOne => "staff",
        }
    }

    /// The key of the sentence that says what is wrong and what to do.
    pub fn key(self) -> &'static str {
        match self {
            FieldProblem::SubjectMissing => "problem-subject-missing",
            FieldProblem::SubjectTooLong => "problem-subject-too-long",
            FieldProblem::BodyMissing => "problem-body-missing",
            FieldProblem::BodyTooLong => "problem-body-too-long",
            FieldProblem::TopicMissing => "problem-topic-missing",
            FieldProblem::TeamMissing => "problem-team-missing",
            FieldProblem::ReasonMissing => "problem-reason-missing",
            FieldProblem::ReasonTooLong => "problem-reason-too-long",
            FieldProblem::NameMissing => "problem-name-missing",
            FieldProblem::PoolNameTaken => "problem-pool-name-taken",
            FieldProblem::SignInName => "problem-sign-in-name",
            FieldProblem::SignInNameTaken => "problem-sign-in-name-taken",
            FieldProblem::PasswordTooShort => "problem-password-too-short",
            FieldProblem::PasswordTooLong => "problem-password-too-long",
            FieldProblem::PasswordTooCommon => "problem-password-too-common",
            FieldProblem::PasswordWrong => "problem-password-wrong",
            FieldProblem::BirthDate => "problem-birth-date",
            FieldProblem::PatientVague => "problem-patient-vague",
            FieldProblem::PatientUnknown => "problem-patient-unknown",
            FieldProblem::PatientNotOne => "problem-patient-not-one",
            FieldProblem::RecordUnknown => "problem-record-unknown",
            FieldProblem::StaffUnknown => "problem-staff-unknown",
            FieldProblem::StaffNotOne => "problem-staff-not-one",
        }
    }
}

/// A body that is not blank and within its limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Line ends become `\n`; blanks around the text go.
    pub fn parse(text: &str) -> Result<Body, FieldProblem> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldProblem::BodyMissing);
        }
        if text.chars().count() > BODY_LIMIT {
            return Err(FieldProblem::BodyTooLong);
        }
        Ok(Body(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A subject that is one line, not blank and within its limit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject(String);

impl Subject {
    pub fn parse(text: &str) -> Result<Subject, FieldProblem> {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(FieldProblem::SubjectMissing);
        }
        if text.chars().count() > SUBJECT_LIMIT {
            return Err(FieldProblem::SubjectTooLong);
        }
        Ok(Subject(text))
    }

    /// The subject of a question about a chart item: its name, cut to the limit.
    pub fn about(name: &str) -> Subject {
        let line = name.split_whitespace().collect::<Vec<_>>().join(" ");
        Subject(line.chars().take(SUBJECT_LIMIT).collect())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A reason in a person's own words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason(String);

impl Reason {
    pub fn parse(text: &str) -> Result<Reason, FieldProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(FieldProblem::ReasonMissing);
        }
        if text.chars().count() > REASON_LIMIT {
            return Err(FieldProblem::ReasonTooLong);
        }
        Ok(Reason(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A new thread, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewThread {
    pub pool: PoolId,
    pub topic: TopicId,
    pub subject: Subject,
    pub body: Body,
    pub about: Option<ChartItem>,
    /// The closed or too old thread that this one continues.
    pub continues: Option<crate::id::ThreadId>,
    pub client_key: ClientKey,
}

/// A reply, checked. `last_seen` is the last sequence number that its writer had on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    pub body: Body,
    pub last_seen: i64,
    pub client_key: ClientKey,
}

/// Text kept on the server before it is sent. Fields may be empty; too long ones are not kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct DraftText {
    pub subject: String,
    pub body: String,
    pub pool: Option<PoolId>,
    pub topic: Option<TopicId>,
    pub about: Option<ChartItem>,
}

impl DraftText {
    pub fn is_blank(&self) -> bool {
        self.subject.trim().is_empty() && self.body.trim().is_empty()
    }

    /// What is longer than a text box takes. A line's end counts as one character, as browsers count.
    pub fn too_long(&self) -> Vec<FieldProblem> {
        let is_over = |text: &str, limit| text.replace("\r\n", "\n").chars().nth(limit).is_some();
        let subject = is_over(&self.subject, SUBJECT_LIMIT).then_some(FieldProblem::SubjectTooLong);
        let body = is_over(&self.body, BODY_LIMIT).then_some(FieldProblem::BodyTooLong);
        subject.into_iter().chain(body).collect()
    }

    /// The text without its subject, up to what a message may hold.
    pub fn body_within_limit(&self) -> &str {
        cut(&self.body, BODY_LIMIT)
    }

    /// The subject, up to what a subject may hold.
    pub fn subject_within_limit(&self) -> &str {
        cut(&self.subject, SUBJECT_LIMIT)
    }
}

fn cut(text: &str, limit: usize) -> &str {
    text.char_indices().nth(limit).map_or(text, |(end, _)| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_of_blanks_is_missing_and_a_long_one_is_too_long() {
        assert_eq!(Body::parse(" \r\n\t "), Err(FieldProblem::BodyMissing));
        assert!(Body::parse(&"ñ".repeat(BODY_LIMIT)).is_ok());
        assert_eq!(Body::parse(&"ñ".repeat(BODY_LIMIT + 1)), Err(FieldProblem::BodyTooLong));
        assert_eq!(Body::parse("one\r\ntwo").unwrap().as_str(), "one\ntwo");
    }

    #[test]
    fn a_draft_is_as_long_as_a_message_and_half_a_megabyte_is_too_long() {
        let draft = |body: String| DraftText { body, ..DraftText::default() };
        assert_eq!(draft("ñ".repeat(BODY_LIMIT)).too_long(), []);
        assert_eq!(draft("\r\n".repeat(BODY_LIMIT)).too_long(), [], "as the browser counts");
        let endless = draft("no chest pain ".repeat(36_000));
        assert_eq!(endless.too_long(), [FieldProblem::BodyTooLong]);
        assert_eq!(endless.body_within_limit().len(), BODY_LIMIT);
        let subject = DraftText { subject: "ñ".repeat(SUBJECT_LIMIT + 1), ..DraftText::default() };
        assert_eq!(subject.too_long(), [FieldProblem::SubjectTooLong]);
        assert_eq!(subject.subject_within_limit(), "ñ".repeat(SUBJECT_LIMIT));
    }

    #[test]
    fn a_subject_is_one_line_of_at_most_fifty_characters() {
        assert_eq!(Subject::parse(" My \n potassium ").unwrap().as_str(), "My potassium");
        assert_eq!(Subject::parse(&"x".repeat(51)), Err(FieldProblem::SubjectTooLong));
        assert_eq!(Subject::about(&"y".repeat(80)).as_str().len(), SUBJECT_LIMIT);
    }
}
