//! What stands in a conversation, on both databases: what was taken back, closed or opened again, and what
//! either side is told of it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod people;
mod talk;

use domain::actor::Role;
use domain::draft::{Body, NewThread, Subject};
use domain::id::MessageId;
use domain::message::{MessageState, Side};
use domain::thread::{ThreadProblem, ThreadState};
use service::ServiceError;
use service::view::thread::{EventText, Fact, News, Next, Sent, TeamThread, ThreadLine, ThreadView};
use store::testing::each_migrated;
use talk::{Talk, key, reason, reply};

const MOVED_ON: ServiceError = ServiceError::Conflict(ThreadProblem::MovedOn);

impl Talk {
    async fn rosas(&self, sent: &Sent) -> ThreadView {
        self.service().thread(&self.now(&self.as_rosa), self.rosa, sent.thread).await.unwrap()
    }

    async fn mayas(&self, sent: &Sent) -> TeamThread {
        self.service().team_thread(&self.now(&self.as_maya), sent.thread).await.unwrap()
    }

    async fn line(&self) -> ThreadLine {
        let (_, list) = self.service().threads(&self.now(&self.as_rosa), self.rosa, None).await.unwrap();
        list.items.into_iter().next().unwrap()
    }

    async fn unread(&self) -> i64 {
        self.service().person(&self.now(&self.as_rosa), self.rosa).await.unwrap().unread
    }

    async fn write(&self, sent: &Sent, body: &str) -> MessageId {
        let last_seen = self.rosas(sent).await.last_seq;
        let reply = reply(body, last_seen);
        self.service().reply(&self.now(&self.as_rosa), self.rosa, sent.thread, reply).await.unwrap();
        self.rosas(sent).await.entries.last().unwrap().id
    }

    /// The newest message of the team, which is taken back.
    async fn retract(&self, sent: &Sent) {
        let entries = self.mayas(sent).await.entries;
        let wrong =
            entries.iter().rev().find(|entry| entry.author.side == Side::Team && entry.text.is_some());
        let (id, as_maya) = (wrong.unwrap().id, self.now(&self.as_maya));
        self.service().retract(&as_maya, sent.thread, id, reason("Wrong dose")).await.unwrap();
    }

    async fn close(&self, sent: &Sent) {
        let as_maya = self.now(&self.as_maya);
        self.service().close(&as_maya, sent.thread, self.solved, i64::MAX).await.unwrap();
    }

    async fn reopen(&self, sent: &Sent) {
        let as_maya = self.now(&self.as_maya);
        self.service().reopen(&as_maya, sent.thread, reason("Closed by mistake")).await.unwrap();
    }
}

#[tokio::test]
async fn a_retraction_of_what_she_has_read_is_news_and_no_reply_passes_it_by() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("How many tablets?").await;
        talk.answer(&talk.as_maya, sent.thread, "The chart says one").await;
        talk.answer(&talk.as_maya, sent.thread, "Take two tablets").await;
        let seen = talk.rosas(&sent).await.last_seq;
        let told = talk.number("SELECT COUNT(*) FROM outbox WHERE account_id IS NOT NULL").await;
        assert_eq!(talk.unread().await, 0);

        talk.retract(&sent).await;
        assert_eq!(talk.unread().await, 1);
        let line = talk.line().await;
        assert_eq!(line.news, Some(News::Other), "the answer that stands was read before");
        assert_eq!(line.first_words, "The chart says one");
        let notices = talk.number("SELECT COUNT(*) FROM outbox WHERE account_id IS NOT NULL").await;
        assert_eq!(notices, told + 1, "she is told outside, too");
        let late = reply("Ok, taking two", seen);
        let late = talk.service().reply(&talk.now(&talk.as_rosa), talk.rosa, sent.thread, late).await;
        assert_eq!(late, Err(MOVED_ON));
        let view = talk.rosas(&sent).await;
        assert_eq!(view.entries.last().unwrap().event, Some(EventText::Retracted));
        assert_eq!(talk.unread().await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_the_team_takes_back_unread_has_never_been_there_for_her() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("How many tablets?").await;
        talk.answer(&talk.as_maya, sent.thread, "Take two tablets").await;
        assert_eq!((talk.unread().await, talk.line().await.news), (1, Some(News::Answer)));
        let wrong = talk.mayas(&sent).await.entries.last().unwrap().id;
        talk.service().withdraw(&talk.now(&talk.as_maya), None, sent.thread, wrong).await.unwrap();

        assert_eq!((talk.unread().await, talk.line().await.news), (0, None));
        let view = talk.rosas(&sent).await;
        assert_eq!(view.entries.len(), 1, "her own message alone");
        assert!(
            matches!(view.status.next, Next::AnswerBy { .. } | Next::AnswerLate { .. }),
            "{:?}",
            view.status
        );
        let team = talk.mayas(&sent).await;
        assert_eq!(team.entries[1].state, MessageState::Withdrawn, "the team keeps what it did");
    })
    .await;
}

#[tokio::test]
async fn a_question_whose_wrong_answer_was_taken_back_goes_on_waiting_when_a_later_one_is_withdrawn() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("How many tablets?").await;
        let asked_at = talk.mayas(&sent).await.waiting_since;
        talk.answer(&talk.as_maya, sent.thread, "Take two tablets").await;
        talk.rosas(&sent).await;
        talk.retract(&sent).await;
        let second = talk.write(&sent, "Hello?").await;
        talk.service()
            .withdraw(&talk.now(&talk.as_rosa), Some(talk.rosa), sent.thread, second)
            .await
            .unwrap();
        let team = talk.mayas(&sent).await;
        assert_eq!((team.needs_answer, team.state), (true, ThreadState::Open));
        assert_eq!(team.waiting_since, asked_at);
    })
    .await;
}

#[tokio::test]
async fn an_answer_that_is_taken_back_in_a_reopened_conversation_leaves_its_question_waiting() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("How many tablets?").await;
        let closing = reply("Take two tablets", i64::MAX);
        let as_maya = talk.now(&talk.as_maya);
        talk.service().answer(&as_maya, sent.thread, closing, Some(talk.solved)).await.unwrap();
        talk.rosas(&sent).await;
        talk.reopen(&sent).await;
        assert!(!talk.mayas(&sent).await.needs_answer, "an answer stands");
        talk.retract(&sent).await;
        let team = talk.mayas(&sent).await;
        assert!(team.needs_answer && team.due_at.is_some());
    })
    .await;
}

#[tokio::test]
async fn what_was_closed_without_an_answer_waits_for_one_when_it_is_opened_again() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("I have chest pain").await;
        let before = talk.mayas(&sent).await;
        talk.close(&sent).await;
        talk.reopen(&sent).await;
        let team = talk.mayas(&sent).await;
        assert!(team.needs_answer);
        assert_eq!((team.waiting_since, team.due_at), (before.waiting_since, before.due_at));
        assert!(team.warning.unwrap().waits, "warning words stand before everything else again");
        let line = talk.line().await;
        assert_eq!(line.news, Some(News::Other), "opened again is no answer");
        assert!(!matches!(line.status.fact, Fact::Answered { .. }), "{:?}", line.status);
    })
    .await;
}

#[tokio::test]
async fn nobody_has_answered_what_she_took_back_and_a_note_answers_nothing() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("Wrong window").await;
        let own = talk.rosas(&sent).await.entries[0].id;
        talk.service().withdraw(&talk.now(&talk.as_rosa), Some(talk.rosa), sent.thread, own).await.unwrap();
        assert_eq!(talk.line().await.status.fact, Fact::TakenBack);

        let begun = talk.question("Please call us");
        let begun = talk.service().begin(&talk.now(&talk.as_maya), talk.rosa, begun).await.unwrap();
        let note = reply("Her daughter answers the phone", i64::MAX);
        talk.service().note(&talk.now(&talk.as_maya), begun.thread, note).await.unwrap();
        let fact = talk.line().await.status.fact;
        assert!(matches!(fact, Fact::FromTeam { .. }), "{fact:?}");
    })
    .await;
}

#[tokio::test]
async fn opened_is_said_of_the_words_that_were_before_somebodys_eyes() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("I feel tired").await;
        talk.mayas(&sent).await;
        let fact = talk.line().await.status.fact;
        assert!(matches!(fact, Fact::Opened { role: Role::Nurse, .. }), "{fact:?}");
        talk.write(&sent, "and dizzy now").await;
        let fact = talk.line().await.status.fact;
        assert!(matches!(fact, Fact::Sent { .. }), "nobody has read this: {fact:?}");
        talk.mayas(&sent).await;
        let fact = talk.line().await.status.fact;
        assert!(matches!(fact, Fact::Opened { .. }), "{fact:?}");
    })
    .await;
}

#[tokio::test]
async fn another_text_under_a_used_key_is_never_said_to_be_sent() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let client_key = key();
        let first = NewThread { client_key, ..talk.question("I feel tired") };
        let again = first.clone();
        let changed =
            NewThread { body: Body::parse("I feel tired, and my chest hurts").unwrap(), ..first.clone() };
        let renamed = NewThread { subject: Subject::parse("Chest").unwrap(), ..first.clone() };
        let send = async |new| talk.service().send_new(&talk.now(&talk.as_rosa), talk.rosa, new).await;
        let sent = send(first).await.unwrap();
        assert!(send(again).await.unwrap().was_already_sent);
        assert_eq!(send(changed).await, Err(MOVED_ON));
        assert_eq!(send(renamed).await, Err(MOVED_ON));

        let more = reply("Since Monday", 1);
        let other = domain::draft::Reply { body: Body::parse("Since Sunday").unwrap(), ..more.clone() };
        let answer =
            async |reply| talk.service().reply(&talk.now(&talk.as_rosa), talk.rosa, sent.thread, reply).await;
        assert!(!answer(more.clone()).await.unwrap().was_already_sent);
        assert!(answer(more).await.unwrap().was_already_sent);
        assert_eq!(answer(other).await, Err(MOVED_ON));
        assert_eq!(talk.number("SELECT COUNT(*) FROM message WHERE kind = 'message'").await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_linked_conversation_leads_back_to_the_earlier_one_for_those_who_may_open_it() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let sent = talk.ask("How many tablets?").await;
        talk.close(&sent).await;
        let as_rosa = talk.now(&talk.as_rosa);
        let page = talk.service().compose(&as_rosa, talk.rosa, None, Some(sent.thread)).await.unwrap();
        let continued = page.continues.unwrap();
        assert_eq!((continued.thread, continued.pool), (sent.thread, talk.clinic.nurses));
        let new = NewThread { continues: Some(sent.thread), ..talk.question("One more thing") };
        let next = talk.service().send_new(&as_rosa, talk.rosa, new).await.unwrap();
        let link = Some(EventText::ContinuedFrom { thread: Some(sent.thread) });
        assert!(talk.rosas(&next).await.entries.iter().any(|entry| entry.event == link));
        assert!(talk.mayas(&next).await.entries.iter().any(|entry| entry.event == link));
    })
    .await;
}

#[tokio::test]
async fn the_team_is_told_where_nobody_can_read_what_it_writes() {
    each_migrated(|db| async move {
        let talk = Talk::open(db).await;
        let stranger = talk.clinic.patient(3, "MRN-3").await;
        let nurses = talk.clinic.nurses;
        let row = store::empanelment::Empanelment {
            patient: stranger,
            pool: nurses,
            practitioner: None,
            from: talk.as_maya.now,
            until: None,
            source: domain::empanelment::EmpanelmentSource::File,
        };
        talk.service().store.db.write(move |tx| store::empanelment::insert(tx, &row)).await.unwrap();
        let as_maya = talk.now(&talk.as_maya);
        assert!(!talk.service().banner(&as_maya, stranger).await.unwrap().has_reader);
        assert!(talk.service().banner(&as_maya, talk.rosa).await.unwrap().has_reader);
    })
    .await;
}
