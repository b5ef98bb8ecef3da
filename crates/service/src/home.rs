//! The patient's first page: what is new, what was answered, what waits.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::page::PAGE;
use crate::persons;
use crate::reading::Reading;
use crate::results;
use crate::service::Service;
use crate::thread_lines;
use crate::view::chart::Home;
use crate::view::thread::News;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::id::PatientId;

/// New results that the first page names; the list has all.
const NEW_RESULTS: usize = 5;

impl Service {
    /// What a patient sees first.
    pub async fn home(&self, ctx: &Ctx, person: PatientId) -> Result<Home, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadHome), move |tx, act| {
            act.about(person, None);
            act.allow(tx, Capability::ReadDemographics, Item::default())?;
            let frame = persons::load(tx, act, person)?;
            let reading = Reading::begin(tx, act, person)?;
            let reader = persons::reader(act.actor(), person);
            let (mut answers, mut changes, mut waiting) = (Vec::new(), Vec::new(), Vec::new());
            let mut threads = match frame.sees.messages {
                true => store::thread::page(tx, person, None, PAGE)?,
                false => Vec::new(),
            };
            persons::hide_own(act, &mut threads);
            let lines = thread_lines::of(tx, act, (&reading.key, reader), &threads)?;
            for (line, stored) in lines.into_iter().zip(threads) {
                match line.news {
                    Some(News::Answer) => answers.push(line),
                    Some(News::Other) => changes.push(line),
                    None if stored.thread.needs_answer => waiting.push(line),
                    None => (),
                }
            }
            let new_results = match frame.sees.record {
                true => results::not_opened(tx, act, &reading, NEW_RESULTS)?,
                false => Default::default(),
            };
            Ok(Home { person: frame, new_results, answers, changes, waiting })
        })
        .await
    }
}
