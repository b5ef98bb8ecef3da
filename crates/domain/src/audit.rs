//! What the audit says: every read, search, change and denial is one row (FHIR AuditEvent, 45 CFR
//! 164.312(b)). Words are stored, sentences are made from them in the reader's language.

use crate::actor::{Door, PurposeOfUse, Role};
use crate::id::{AccountId, AuditId, PatientId, RequestId};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident => $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The word that is stored.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            pub fn from_word(word: &str) -> Option<$name> {
                $name::ALL.iter().copied().find(|known| known.word() == word)
            }
        }
    };
}

words! {
    /// What was done, or tried.
    AuditAction {
        SignIn => "sign_in",
        SignOut => "sign_out",
        ActivateAccount => "activate_account",
        /// Where the own account is signed in.
        ReadSessions => "read_sessions",
        /// The own one, by whoever knows the old one.
        ChangePassword => "change_password",
        CreateAccount => "create_account",
        InvitePatient => "invite_patient",
        ReadHome => "read_home",
        ListThreads => "list_threads",
        ReadThread => "read_thread",
        /// Taken out as text for another record.
        CopyThread => "copy_thread",
        SearchMessages => "search_messages",
        SendMessage => "send_message",
        AddNote => "add_note",
        CloseThread => "close_thread",
        ReopenThread => "reopen_thread",
        /// The patient said that the answer was enough.
        SettleThread => "settle_thread",
        AssignThread => "assign_thread",
        WithdrawMessage => "withdraw_message",
        RetractMessage => "retract_message",
        SaveDraft => "save_draft",
        DiscardDraft => "discard_draft",
        ReadInbox => "read_inbox",
        ReadChart => "read_chart",
        ReadResults => "read_results",
        ReadResult => "read_result",
        /// One visit or note.
        ReadEntry => "read_entry",
        ReadDemographics => "read_demographics",
        FindPatient => "find_patient",
        ReadAccessLog => "read_access_log",
        BreakGlass => "break_glass",
        ImportRecords => "import_records",
        ReadSettings => "read_settings",
        ChangeSettings => "change_settings",
        /// Somebody else's sessions, by an administrator.
        EndSessions => "end_sessions",
        /// Taken out of a pool.
        RemoveMember => "remove_member",
        /// A member of a pool leads it from now on.
        MakeLead => "make_lead",
        EndLead => "end_lead",
        /// A pool's figures, by its lead.
        ReadTeamBoard => "read_team_board",
        /// The audit of everybody, by the privacy officer.
        ReadAudit => "read_audit",
        DerivePanel => "derive_panel",
        ReadStudy => "read_study",
        ExtractStudy => "extract_study",
        /// Warning words were found before sending; the writer was shown what to do now.
        WarnOfEmergency => "warn_of_emergency",
        /// Having been shown that, the writer chose to call.
        ChooseToCall => "choose_to_call",
        /// Somebody may act for the patient from now on.
        GrantProxy => "grant_proxy",
        EndProxy => "end_proxy",
        /// The list of people who may act for the patient.
        ReadProxies => "read_proxies",
        /// A run was asked for; what it reads leaves a row of its own.
        StartStudy => "start_study",
        /// The rows of a run were read and counted; nobody sees them.
        RunStudy => "run_study",
        DestroyStudyKey => "destroy_study_key",
        /// A site's table of areas for studies.
        LoadAreas => "load_areas",
        /// Whether studies may count somebody.
        ChooseResearch => "choose_research",
        FollowUpdates => "follow_updates",
        ShredPatient => "shred_patient",
    }
}

words! {
    /// How it ended.
    AuditOutcome {
        Done => "done",
        Denied => "denied",
        Invalid => "invalid",
        Conflict => "conflict",
        NotFound => "not_found",
    }
}

words! {
    /// What it was done to.
    AuditObject {
        Thread => "thread",
        Message => "message",
        Draft => "draft",
        Resource => "resource",
        Account => "account",
        Session => "session",
        Pool => "pool",
        Batch => "batch",
        Section => "section",
        Patient => "patient",
        Study => "study",
    }
}

/// Free words about an act, sealed: a search's text, a reason, a count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditDetail {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub query: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<i64>,
    /// The operating-system user of a command-line act.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// What the reader saw: a FHIR type or a section of the chart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub what: Option<String>,
    /// Signs of an emergency in what was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<String>,
    /// The writer sent it all the same, having been shown what to do now.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub advised: bool,
}

impl AuditDetail {
    pub fn is_empty(&self) -> bool {
        *self == AuditDetail::default()
    }
}

/// One row of the audit before it is stored and sealed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditEvent {
    pub id: AuditId,
    /// [`PatientId::ORGANISATION`] where no patient is concerned.
    pub patient: PatientId,
    pub at: Timestamp,
    pub account: Option<AccountId>,
    /// The role at the time of the act; `None` for the patient's side.
    pub role: Option<Role>,
    pub door: Door,
    pub purpose: PurposeOfUse,
    pub action: AuditAction,
    pub outcome: AuditOutcome,
    pub object: Option<(AuditObject, uuid::Uuid)>,
    pub request: RequestId,
    pub detail: AuditDetail,
}

impl AuditEvent {
    /// Whether the same act again within a minute is counted into one row: the team's lists, which an open
    /// page reads again whenever something in them changes, and refusals. Not a refusal in which somebody
    /// typed words: who tries one name after the other leaves them all.
    pub fn is_counted(&self) -> bool {
        let has_words = self.detail.query.is_some() || self.detail.reason.is_some();
        (self.outcome != AuditOutcome::Done && !has_words) || self.action == AuditAction::ReadInbox
    }
}
