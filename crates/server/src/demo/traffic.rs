//! Tells the finished conversations of the past to the service, many at a time.

use super::found::{Known, ctx, missing};
use super::play::{Items, client_key};
use crate::cli::Failure;
use domain::draft::{Body, NewThread, Subject};
use service::Service;
use service::demo::{DemoWords, Told, ToldAct, ToldStep};
use simulate::seed::Seed;
use simulate::story::{Act, Conversation, Step, Who};
use tokio::task::JoinSet;

/// Conversations in work at once: enough that the writer always has the next ones waiting.
const AT_ONCE: usize = 48;

/// Tells conversations, in the order in which they began.
pub struct Telling<'a> {
    pub seed: Seed,
    pub service: &'a Service,
    pub known: &'a Known,
    pub words: &'a DemoWords,
    pub items: Items<'a>,
}

impl Telling<'_> {
    pub async fn all(&self, conversations: &[&Conversation]) -> Result<(), Failure> {
        let mut telling = JoinSet::new();
        for conversation in conversations {
            if telling.len() >= AT_ONCE
                && let Some(told) = telling.join_next().await
            {
                finished(told)?;
            }
            let (service, told) = (self.service.clone(), self.told(conversation).await?);
            telling.spawn(async move { service.demo_tell(told).await });
        }
        while let Some(told) = telling.join_next().await {
            finished(told)?;
        }
        Ok(())
    }

    async fn told(&self, of: &Conversation) -> Result<Told, Failure> {
        let (first, others) = of.steps.split_first().ok_or_else(|| missing(&of.subject))?;
        let Act::Write(text) = &first.act else { return Err(missing(&of.subject)) };
        let new = NewThread {
            pool: self.known.pool(of.pool)?,
            topic: self.words.topic(of.topic).ok_or_else(|| missing(of.topic))?,
            subject: Subject::parse(&of.subject).map_err(|_| missing(&of.subject))?,
            body: body(text)?,
            about: self.items.about(of, first.at).await?,
            continues: None,
            client_key: client_key(self.seed, of, (first.at, 1)),
        };
        let mut steps = Vec::with_capacity(others.len());
        for (n, step) in (2..).zip(others) {
            let key = client_key(self.seed, of, (first.at, n));
            let act = match &step.act {
                Act::Read => ToldAct::Read,
                Act::Write(text) => ToldAct::Write(body(text)?, key),
                Act::Note(text) => ToldAct::Note(body(text)?, key),
                Act::WriteAndClose(text, reason) => {
                    ToldAct::WriteAndClose(body(text)?, key, self.reason(reason)?)
                }
                Act::Close(reason) => ToldAct::Close(self.reason(reason)?),
                // Nobody is assigned in the made-up past.
                Act::Assign(to) => return Err(missing(to)),
            };
            steps.push(ToldStep { ctx: self.ctx(of, step)?, act });
        }
        Ok(Told { patient: self.known.patient(&of.patient)?, new, begun: self.ctx(of, first)?, steps })
    }

    fn reason(&self, word: &str) -> Result<domain::id::CloseReasonId, Failure> {
        self.words.close_reason(word).ok_or_else(|| missing(word))
    }

    fn ctx(&self, of: &Conversation, step: &Step) -> Result<service::ctx::Ctx, Failure> {
        let key = match &step.who {
            Who::Patient => &of.patient,
            Who::Staff(key) => *key,
        };
        Ok(ctx(self.service, self.known.actor(key)?, step.at))
    }
}

fn body(text: &str) -> Result<Body, Failure> {
    Body::parse(text).map_err(|_| missing("a text that can be sent"))
}

fn finished<T>(
    told: Result<Result<T, service::ServiceError>, tokio::task::JoinError>,
) -> Result<(), Failure> {
    told.map_err(|_| Failure::failed("telling the past ended early"))??;
    Ok(())
}
