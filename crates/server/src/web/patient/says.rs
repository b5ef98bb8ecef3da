//! A status in its two halves, an author and an event line, as the patient reads them.

use crate::web::frame::Frame;
use crate::web::icon::Icon;
use crate::words::Sentence;
use domain::actor::Role;
use domain::chart_item::ChartItem;
use domain::language::Label;
use service::view::chart::{ConditionLine, MedicineLine};
use service::view::record::{NoteLine, VisitLine};
use service::view::thread::{AuthorName, Entry, EventText, Fact, News, Next, Status};

impl Frame {
    /// What happened: "Sent 10:41 AM, waiting with Riverbend Nurses."
    pub fn fact(&self, status: &Status, pool: &Label) -> Sentence<'_> {
        let team = self.label(pool);
        match &status.fact {
            Fact::Sent { at } => self.t("status-sent").at("at", at).text("team", team),
            Fact::Opened { at, role } => self.t("status-opened").at("at", at).text("role", role.word()),
            Fact::Answered { at } => self.t("status-answered").at("at", at),
            Fact::FromTeam { at } => self.t("status-from-team").at("at", at).text("team", team),
            Fact::TakenBack => self.t("status-taken-back"),
            Fact::Settled { at } => self.t("status-settled").at("at", at),
            Fact::Closed { at, reason, by } => {
                self.t("status-closed").at("at", at).text("who", by).text("reason", self.label(reason))
            }
        }
    }

    /// What comes next: "Answer expected by 2:40 PM."
    pub fn next(&self, status: &Status) -> Sentence<'_> {
        match &status.next {
            Next::AnswerBy { at } => self.t("next-answer-by").by("by", at),
            Next::AnswerLate { was_due } => self.t("next-late").at("at", was_due),
            Next::NoPromise => self.t("next-no-promise"),
            Next::YouMayReply => self.t("next-may-reply"),
            Next::WriteAgain => self.t("next-write-again"),
        }
    }

    /// "New answer"
    pub fn news(&self, news: &News) -> Sentence<'_> {
        match news {
            News::Answer => self.t("chip-new-answer"),
            News::Other => self.t("chip-new"),
        }
    }

    /// How far a message of the patient has come: sent, opened, answered.
    pub fn stage(&self, status: &Status) -> Option<u8> {
        match &status.fact {
            Fact::Sent { .. } => Some(1),
            Fact::Opened { .. } => Some(2),
            Fact::Answered { .. } | Fact::Closed { .. } | Fact::Settled { .. } => Some(3),
            Fact::FromTeam { .. } | Fact::TakenBack => None,
        }
    }

    pub fn is_late(&self, status: &Status) -> bool {
        matches!(status.next, Next::AnswerLate { .. })
    }

    /// "You", a name, or "Ana Ruiz for Rosa Ruiz".
    pub fn author(&self, author: &AuthorName) -> Sentence<'_> {
        match (&author.on_behalf_of, author.relation) {
            (Some(patient), Some(relation)) => {
                let is = self.word("proxy-is", relation.word()).to_string();
                self.t("author-proxy").text("who", &author.name).text("is", &is).text("patient", patient)
            }
            (Some(patient), None) => self.t("author-for").text("who", &author.name).text("patient", patient),
            (None, _) if author.is_me => self.t("author-me"),
            (None, _) => self.t("author-name").text("who", &author.name),
        }
    }

    /// An event line.
    pub fn event(&self, entry: &Entry, event: &EventText) -> Sentence<'_> {
        let key = match event {
            EventText::Assigned { to: Some(_) } => "event-assigned",
            EventText::Assigned { to: None } => "event-unassigned",
            EventText::OwnerLeft { .. } => "event-owner-left",
            EventText::Closed { .. } => "event-closed",
            EventText::Reopened { .. } => "event-reopened",
            EventText::Withdrawn => "event-withdrawn",
            EventText::Retracted => "event-retracted",
            EventText::ContinuedFrom { .. } => "event-continued",
            EventText::Thanked if entry.author.is_me => "event-thanked-me",
            EventText::Thanked => "event-thanked",
            EventText::RedFlag { advised: true, .. } => "event-red-flag-advised",
            EventText::RedFlag { .. } => "event-red-flag",
        };
        let sentence = self.t(key).text("who", &entry.author.name);
        match event {
            EventText::Assigned { to: Some(to) } => sentence.text("to", to),
            EventText::OwnerLeft { owner } => sentence.text("who", owner),
            EventText::Closed { reason } => sentence.text("reason", self.label(reason)),
            EventText::Reopened { reason } => sentence.text("reason", reason),
            EventText::RedFlag { signs, .. } => sentence.text("signs", &self.signs(signs)),
            _ => sentence,
        }
    }

    /// Where the patient's pages show an item of the chart.
    pub fn item_address(&self, item: &ChartItem) -> String {
        let (base, id) = (self.base(), item.resource);
        match item.resource_type.as_str() {
            "Observation" => format!("{base}/results/{id}"),
            "Encounter" => format!("{base}/visits/{id}"),
            "DocumentReference" | "DiagnosticReport" => format!("{base}/notes/{id}"),
            "MedicationRequest" | "MedicationStatement" => format!("{base}/record#medicines"),
            "Condition" => format!("{base}/record#conditions"),
            "AllergyIntolerance" => format!("{base}/record#allergies"),
            "Immunization" => format!("{base}/record#immunizations"),
            "Procedure" => format!("{base}/procedures"),
            "CarePlan" | "Goal" => format!("{base}/plans"),
            "CareTeam" => format!("{base}/care-team"),
            "Coverage" | "ExplanationOfBenefit" => format!("{base}/coverage"),
            _ => format!("{base}/record"),
        }
    }

    /// The icon of an item of the chart.
    pub fn item_icon(&self, item: &ChartItem) -> Icon {
        self.icon(match item.resource_type.as_str() {
            "Observation" => "results",
            "Encounter" => "visit",
            "DocumentReference" | "DiagnosticReport" => "note",
            "MedicationRequest" | "MedicationStatement" => "medicine",
            "Condition" => "condition",
            "AllergyIntolerance" => "allergy",
            "Immunization" => "vaccine",
            "Procedure" => "procedure",
            "CarePlan" | "Goal" => "plan",
            "CareTeam" => "team",
            "Coverage" | "ExplanationOfBenefit" => "coverage",
            _ => "record",
        })
    }

    /// The name of a visit: as the record calls it, else by where it was.
    pub fn visit_name(&self, line: &VisitLine) -> Sentence<'_> {
        match &line.name {
            Some(name) => self.t("as-told").text("told", &name.plain),
            None => self.word("visit-setting", line.setting.word()),
        }
    }

    /// The name of a note: as the record calls it, else that it is one.
    pub fn note_name(&self, line: &NoteLine) -> Sentence<'_> {
        match &line.name {
            Some(name) => self.t("as-told").text("told", &name.plain),
            None => self.t("note-unnamed"),
        }
    }

    pub fn past_conditions(&self, lines: &[ConditionLine]) -> usize {
        lines.iter().filter(|line| !line.is_active).count()
    }

    pub fn past_medicines(&self, lines: &[MedicineLine]) -> usize {
        lines.iter().filter(|line| !line.is_active).count()
    }

    /// The word of a staff role; a patient's author line has none.
    pub fn role(&self, role: &Role) -> Sentence<'_> {
        self.word("role", role.word())
    }
}
