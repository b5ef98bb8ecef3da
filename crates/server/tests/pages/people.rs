//! Made-up people and things for the sample pages.

use domain::actor::{Relation, Role};
use domain::chart_item::ChartItem;
use domain::id::*;
use domain::language::{Label, Language};
use domain::message::{MessageKind, MessageState, Side};
use domain::proxy::{ProxyRelation, ProxyScope};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use server::web::frame::{Clinic, Frame, Place};
use server::words::Voice;
use service::view::chart::*;
use service::view::name::{ChartName, Group};
use service::view::person::Person;
use service::view::thread::*;
use uuid::Uuid;

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(0x0193_5a00_0000_7000_8000_0000_0000_0000 + n)
}

pub fn now() -> Timestamp {
    "2026-11-23T18:41:00Z".parse().unwrap()
}

pub fn ago(minutes: i64) -> Timestamp {
    now().checked_sub(minutes.minutes()).unwrap()
}

/// Who reads, in which language.
#[derive(Clone, Copy, Debug)]
pub struct Reader {
    pub language: Language,
    pub relation: Relation,
    /// What a grant covers, where the reader acts for somebody else.
    pub sees: ProxyScope,
}

impl Reader {
    pub const ALL: [Reader; 4] = [
        Reader { language: Language::En, relation: Relation::Myself, sees: ProxyScope::ALL },
        Reader { language: Language::En, relation: Relation::Other, sees: ProxyScope::ALL },
        Reader { language: Language::Es, relation: Relation::Myself, sees: ProxyScope::ALL },
        Reader { language: Language::Es, relation: Relation::Other, sees: ProxyScope::ALL },
    ];

    pub fn person(self, name: &str, called: &str) -> Person {
        Person {
            patient: PatientId(id(1)),
            relation: self.relation,
            name: name.to_owned(),
            called: called.to_owned(),
            clinic: "Riverbend Clinic".to_owned(),
            clinic_phone: "(555) 010-0100".to_owned(),
            unread: 1,
            sees: self.sees,
        }
    }

    pub fn rosa(self) -> Person {
        self.person("Rosa Alvarez", "Rosa")
    }

    /// Hostile and very long.
    pub fn stranger(self) -> Person {
        let name =
            "Maximiliana Bartholomäus-Featherstonehaugh de la Fuente y Montenegro <b>\"O'Neil\" & Sons";
        Person { unread: 0, ..self.person(name, name) }
    }

    pub fn voice(self) -> Voice {
        Voice::new(self.language, TimeZone::get("America/Chicago").unwrap(), now())
    }

    pub fn frame(self, place: Place) -> Frame {
        Frame {
            voice: self.voice(),
            clinic: Clinic { name: "Riverbend Clinic".to_owned(), phone: "(555) 010-0100".to_owned() },
            person: None,
            place,
            csrf: "csrf-token".to_owned(),
            nonce: "nonce".to_owned(),
            done: None,
            reader: "Nadia Okafor".to_owned(),
            roles: vec![Role::Nurse],
            leads: false,
            client_key: ClientKey(id(99)),
        }
    }

    pub fn patient_frame(self, person: Person, place: Place) -> Frame {
        let frame = self.frame(place);
        let voice = frame.voice.clone().about(person.relation, &person.called);
        Frame { voice, reader: person.name.clone(), person: Some(person), ..frame }
    }
}

pub fn label(en: &str, es: &str) -> Label {
    Label::new(en, es)
}

pub fn nurses() -> Label {
    label("Riverbend Nurses", "Enfermería de Riverbend")
}

pub fn readers() -> Label {
    label("nurses and doctors of Riverbend Clinic", "enfermeras y médicos de Riverbend Clinic")
}

pub fn line(n: u128, subject: &str, status: Status, news: Option<News>) -> ThreadLine {
    ThreadLine {
        thread: ThreadId(id(100 + n)),
        subject: subject.to_owned(),
        topic: label("Test result", "Resultado"),
        pool: nurses(),
        status,
        last_message_at: ago(60 * 7 * n as i64 + 12),
        first_words: "Is this number anything I should worry about before my visit on Thursday? I have been \
                      feeling a little tired, but otherwise fine."
            .to_owned(),
        news,
    }
}

/// One line for each status that there is.
pub fn lines() -> Vec<ThreadLine> {
    let due: Timestamp = "2026-11-24T20:40:00Z".parse().unwrap();
    let closed = label("Answered", "Contestado");
    let status = |fact, next| Status { fact, next };
    vec![
        line(0, "Potassium", status(Fact::Sent { at: ago(12) }, Next::AnswerBy { at: due }), None),
        line(
            1,
            "My knee after the fall",
            status(Fact::Answered { at: ago(430) }, Next::YouMayReply),
            Some(News::Answer),
        ),
        line(
            2,
            "Refill",
            status(Fact::Opened { at: ago(800), role: Role::Nurse }, Next::AnswerBy { at: due }),
            None,
        ),
        line(
            3,
            "Dizzy in the morning",
            status(Fact::Sent { at: ago(1300) }, Next::AnswerLate { was_due: ago(200) }),
            None,
        ),
        line(4, "Your visit on Thursday", status(Fact::FromTeam { at: ago(1700) }, Next::YouMayReply), None),
        line(5, "Form for school", status(Fact::Sent { at: ago(2100) }, Next::NoPromise), None),
        line(
            60,
            "Flu shot",
            status(
                Fact::Closed { at: ago(25000), reason: closed, by: "Nadia Okafor".to_owned() },
                Next::WriteAgain,
            ),
            None,
        ),
        taken_back(),
    ]
}

/// A conversation in which nothing stands any more.
pub fn taken_back() -> ThreadLine {
    let status = Status { fact: Fact::TakenBack, next: Next::YouMayReply };
    line(6, "Sent by mistake", status, Some(News::Other))
}

pub fn date(text: &str) -> ChartDate {
    let at = (text.len() > 10).then(|| text.parse().unwrap());
    ChartDate { text: text.to_owned(), at }
}

pub fn result(n: u128, name: &str, value: &str, relation: RangeRelation) -> ResultLine {
    ResultLine {
        resource: ResourceId(id(300 + n)),
        name: name.into(),
        value: value.to_owned(),
        range: (relation != RangeRelation::NoRange).then(|| "3.5 to 5.1 mmol/L".to_owned()),
        relation,
        status: if n == 1 { "preliminary" } else { "final" }.to_owned(),
        date: Some(date("2026-11-20T15:30:00Z")),
        components: Vec::new(),
        members: 0,
        is_new: n == 0,
    }
}

/// A name with all that can stand behind it.
pub fn potassium() -> ChartName {
    ChartName {
        plain: "Potassium".to_owned(),
        explanation: Some("A salt that the heart and muscles need to work well."),
        group: Some(Group::Salts),
        clinical: Some("Potassium in Serum or Plasma".to_owned()),
    }
}

pub fn pressure() -> ResultLine {
    let part = |name: &str, value: &str, relation| Component {
        name: name.into(),
        value: value.to_owned(),
        range: (relation != RangeRelation::NoRange).then(|| "90-120 mmHg".to_owned()),
        relation,
    };
    ResultLine {
        value: String::new(),
        range: None,
        components: vec![
            part("Systolic", "142 mmHg", RangeRelation::Above),
            part("Diastolic", "88 mmHg", RangeRelation::NoRange),
        ],
        ..result(5, "Blood pressure", "", RangeRelation::NoRange)
    }
}

pub fn results() -> Vec<ResultLine> {
    vec![
        ResultLine { name: potassium(), ..result(0, "", "5.4 mmol/L", RangeRelation::LittleAbove) },
        result(1, "Hemoglobin A1c", "5.6 %", RangeRelation::Within),
        result(2, "Ferritin", "9 ng/mL", RangeRelation::Below),
        pressure(),
        result(4, "Smoking status", "Never smoked", RangeRelation::NoRange),
    ]
}

pub fn trend(has_range: bool) -> Trend {
    let values = [4.1, 4.4, 3.4, 4.8, 5.0, 5.4];
    let points = values.iter().enumerate().map(|(n, value)| TrendPoint {
        resource: ResourceId(id(300)),
        at: ago(60 * 24 * (3 + 90 * (5 - n as i64))),
        value: *value,
        text: format!("{value} mmol/L"),
    });
    let (low, high) = if has_range { (Some(3.5), Some(5.1)) } else { (None, None) };
    Trend { unit: "mmol/L".to_owned(), low, high, points: points.collect() }
}

pub fn about() -> AboutItem {
    AboutItem {
        item: ChartItem {
            resource_type: "Observation".to_owned(),
            resource: ResourceId(id(300)),
            version: 1,
        },
        title: "Potassium".to_owned(),
        detail: "5.4 mmol/L, usual range 3.5 to 5.1".to_owned(),
        at: Some(ago(60 * 24 * 3)),
        has_changed: false,
    }
}

pub fn author(name: &str, side: Side, role: Option<Role>) -> AuthorName {
    AuthorName {
        account: AccountId(id(if side == Side::Patient { 10 } else { 11 })),
        name: name.to_owned(),
        side,
        role,
        on_behalf_of: None,
        relation: None,
        is_me: false,
    }
}

pub fn entry(seq: i64, author: AuthorName, text: &str) -> Entry {
    Entry {
        id: MessageId(id(500 + seq as u128)),
        seq,
        kind: MessageKind::Message,
        state: MessageState::Sent,
        author,
        sent_at: ago(400 - seq * 40),
        text: Some(text.to_owned()),
        event: None,
        is_new: seq == 2,
        can_withdraw: false,
        can_retract: false,
    }
}

pub fn event(seq: i64, author: AuthorName, event: EventText) -> Entry {
    Entry { kind: MessageKind::Event, text: None, event: Some(event), ..entry(seq, author, "") }
}

/// Entries of every kind, as the team sees them.
pub fn entries() -> Vec<Entry> {
    let rosa = || author("Rosa Alvarez", Side::Patient, None);
    let nadia = || author("Nadia Okafor", Side::Team, Some(Role::Nurse));
    let daughter = AuthorName {
        name: "Ana Ruiz".to_owned(),
        on_behalf_of: Some("Rosa Alvarez".to_owned()),
        relation: Some(ProxyRelation::Daughter),
        ..rosa()
    };
    vec![
        Entry {
            can_withdraw: true,
            ..entry(
                1,
                AuthorName { is_me: true, ..rosa() },
                "Is this number anything I should worry about before my visit?\n\nI take the water pill every morning.",
            )
        },
        entry(
            2,
            nadia(),
            "Good news: this is just above the usual range and not dangerous. Please drink enough water. We will check it again on Thursday. <script>alert(1)</script>",
        ),
        Entry {
            kind: MessageKind::InternalNote,
            ..entry(3, nadia(), "Dr. Lund wants a repeat before Thursday.")
        },
        event(
            10,
            rosa(),
            EventText::RedFlag {
                signs: vec![label("chest pain", "dolor de pecho"), label("<signs>", "<señales>")],
                advised: true,
                first_read: Some(ago(3)),
            },
        ),
        event(4, nadia(), EventText::Assigned { to: Some("Nadia Okafor".to_owned()) }),
        entry(5, daughter, "Thank you, we will be there at nine."),
        Entry { state: MessageState::Retracted, text: None, ..entry(6, nadia(), "") },
        event(7, nadia(), EventText::Closed { reason: label("Answered", "Contestado") }),
        event(8, nadia(), EventText::Reopened { reason: "Wrong button".to_owned() }),
        Entry {
            can_retract: true,
            ..entry(9, AuthorName { is_me: true, ..nadia() }, "See you on Thursday.")
        },
    ]
}
