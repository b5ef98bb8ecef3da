//! Plays the clinic's story: deliveries and messages in the order of time, each act by its own
//! person at its own moment, through the service.

use super::folder::Folder;
use super::found::{Known, ctx, missing};
use super::records::{Delivery, SOURCE};
use super::traffic::Telling;
use crate::cli::Failure;
use domain::actor::Actor;
use domain::chart_item::ChartItem;
use domain::draft::{Body, NewThread, Reason, Reply, Subject};
use domain::id::{AccountId, ClientKey, PatientId, ThreadId};
use jiff::{SignedDuration, Timestamp};
use service::Service;
use service::demo::DemoWords;
use simulate::chart::{Delivered, mrn};
use simulate::clinic::Clinic;
use simulate::seed::Seed;
use simulate::story::{About, Act, Conversation, Emergency, Step, Who};
use std::collections::HashMap;
use std::sync::Arc;

/// Every writer of the story has read what stands there.
const ALL_SEEN: i64 = i64::MAX;

/// Patients look at a result some hours after it came.
const EVENING: SignedDuration = SignedDuration::from_hours(3);
/// A result that came within this time was not opened yet.
const STILL_NEW: SignedDuration = SignedDuration::from_hours(7 * 24);

/// A story in progress.
pub struct Play<'a> {
    pub clinic: &'a Clinic,
    pub seed: Seed,
    pub service: &'a Service,
    pub folder: &'a Folder,
    pub known: &'a Known,
    pub words: DemoWords,
}

/// Where a conversation stands.
#[derive(Clone, Copy, Default)]
struct Place {
    thread: Option<ThreadId>,
    owner: Option<AccountId>,
    steps_done: usize,
}

enum Event<'a> {
    Delivery(&'a Delivery<'a>),
    /// A patient opens a result, by the patient's key and the result's foreign id.
    Look(&'a str, &'a str),
    /// The conversation and its step.
    Step(usize, &'a Step),
    Emergency(&'a Emergency),
    /// A conversation of the past begins; it is told to its end.
    Told(&'a Conversation),
}

impl<'a> Play<'a> {
    /// Everything, in the order of time.
    pub async fn all(&self, deliveries: &'a [Delivery<'a>]) -> Result<(), Failure> {
        let items = Items::of(self.clinic, self.seed, self.service);
        let telling = Telling {
            seed: self.seed,
            service: self.service,
            known: self.known,
            words: &self.words,
            items: items.clone(),
        };
        let mut places = vec![Place::default(); self.clinic.conversations.len()];
        let mut told: Vec<&Conversation> = Vec::new();
        for (at, event) in self.events(deliveries) {
            if let Event::Told(conversation) = event {
                told.push(conversation);
                continue;
            }
            telling.all(&told).await?;
            told.clear();
            match event {
                Event::Delivery(delivery) => drop(delivery.import(self.service, self.folder).await?),
                Event::Emergency(emergency) => self.opens_in_emergency(emergency).await?,
                Event::Look(patient, result) => self.look(patient, result, at).await?,
                Event::Step(n, step) => {
                    if let (Some(place), Some(conversation)) =
                        (places.get_mut(n), self.clinic.conversations.get(n))
                    {
                        self.step(conversation, place, (step, &items)).await?;
                    }
                }
                Event::Told(_) => {}
            }
        }
        telling.all(&told).await
    }

    fn events(&self, deliveries: &'a [Delivery<'a>]) -> Vec<(Timestamp, Event<'a>)> {
        let mut events: Vec<(Timestamp, Event<'_>)> =
            deliveries.iter().map(|delivery| (delivery.at, Event::Delivery(delivery))).collect();
        for (n, conversation) in self.clinic.conversations.iter().enumerate() {
            events.extend(conversation.steps.iter().map(|step| (step.at, Event::Step(n, step))));
        }
        let begins = |one: &'a Conversation| Some((one.steps.first()?.at, Event::Told(one)));
        events.extend(self.clinic.traffic.iter().filter_map(begins));
        events.extend(self.clinic.emergencies.iter().map(|one| (one.at, Event::Emergency(one))));
        events.extend(self.looks(deliveries));
        events.sort_by_key(|(at, _)| *at);
        events
    }

    /// Patients who can sign in open their results on the evening after; those of the last days are
    /// still new.
    fn looks(&self, deliveries: &'a [Delivery<'a>]) -> Vec<(Timestamp, Event<'a>)> {
        let owners: HashMap<String, &'a str> = { self.clinic.patients.iter() }
            .filter(|member| member.has_sign_in)
            .map(|member| (format!("Patient/{}", self.seed.id(&member.key)), member.key.as_str()))
            .collect();
        let newest = self.newest();
        let mut looks = Vec::new();
        for delivery in deliveries {
            let at = delivery.at.checked_add(EVENING).unwrap_or(delivery.at);
            // Nobody looks before there is an account.
            let has_begun = at > self.clinic.all_live_at();
            let is_past = has_begun && newest.is_some_and(|now| now.duration_since(at) > STILL_NEW);
            for result in delivery.resources.iter().filter(|one| is_past && one.is_result) {
                if let Some(owner) = owners.get(&result.subject) {
                    looks.push((at, Event::Look(owner, &result.id)));
                }
            }
        }
        looks
    }

    /// The last moment of the story.
    fn newest(&self) -> Option<Timestamp> {
        self.clinic.conversations.iter().flat_map(|one| &one.steps).map(|step| step.at).max()
    }

    async fn look(&self, patient: &str, result: &str, at: Timestamp) -> Result<(), Failure> {
        let found = self.service.demo_item(SOURCE, "Observation", result.to_owned()).await?;
        let Some(item) = found else { return Ok(()) };
        let (actor, person) = (self.known.actor(patient)?, self.known.patient(patient)?);
        self.service.result(&ctx(self.service, actor, at), person, item.resource).await?;
        Ok(())
    }

    /// Breaks the glass as the page does, by the record number, and reads the chart.
    async fn opens_in_emergency(&self, of: &Emergency) -> Result<(), Failure> {
        let member = self.clinic.patients.iter().find(|member| member.key == of.patient);
        let number = mrn(member.ok_or_else(|| missing(of.patient))?);
        let now = ctx(self.service, self.known.actor(of.by)?, of.at);
        let reason = Reason::parse(of.reason).map_err(|_| missing(of.patient))?;
        let patient = self.service.break_glass(&now, &number, reason).await?;
        self.service.team_chart(&now, patient).await?;
        Ok(())
    }

    async fn step(
        &self,
        of: &Conversation,
        place: &mut Place,
        (step, items): (&Step, &Items<'_>),
    ) -> Result<(), Failure> {
        let patient = self.known.patient(&of.patient)?;
        let actor = self.known.actor(match &step.who {
            Who::Patient => of.proxy.unwrap_or(&of.patient),
            Who::Staff(key) => key,
        })?;
        place.steps_done += 1;
        match place.thread {
            None => {
                let about = items.about(of, step.at).await?;
                self.begin(of, (place, patient), (step, actor, about)).await
            }
            Some(thread) => {
                let turn = Turn { play: self, of, patient, thread, n: place.steps_done };
                turn.act(place, step, actor).await
            }
        }
    }

    async fn begin(
        &self,
        of: &Conversation,
        (place, patient): (&mut Place, PatientId),
        (step, actor, about): (&Step, Actor, Option<ChartItem>),
    ) -> Result<(), Failure> {
        let Act::Write(text) = &step.act else { return Err(missing(&of.subject)) };
        if let (Some(item), Who::Patient, Some(About::Result(_))) = (&about, &step.who, of.about) {
            let opened = step.at.checked_sub(SignedDuration::from_mins(3)).unwrap_or(step.at);
            let reading = ctx(self.service, actor.clone(), opened);
            self.service.result(&reading, patient, item.resource).await?;
        }
        let new = NewThread {
            pool: self.known.pool(of.pool)?,
            topic: self.words.topic(of.topic).ok_or_else(|| missing(of.topic))?,
            subject: Subject::parse(&of.subject).map_err(|_| missing(&of.subject))?,
            body: Body::parse(text).map_err(|_| missing(&of.subject))?,
            about,
            continues: None,
            client_key: client_key(self.seed, of, (step.at, 1)),
        };
        let owner = actor.account;
        let now = ctx(self.service, actor, step.at);
        let sent = match step.who {
            Who::Patient => self.service.send_new(&now, patient, new).await?,
            Who::Staff(_) => {
                place.owner = Some(owner);
                self.service.begin(&now, patient, new).await?
            }
        };
        place.thread = Some(sent.thread);
        Ok(())
    }
}

/// The chart items that a thread can be about, by patient and words.
#[derive(Clone)]
pub struct Items<'a> {
    service: &'a Service,
    seed: Seed,
    found: Arc<HashMap<(String, String), Vec<&'a Delivered>>>,
}

impl<'a> Items<'a> {
    fn of(clinic: &'a Clinic, seed: Seed, service: &'a Service) -> Items<'a> {
        let mut found: HashMap<(String, String), Vec<&'a Delivered>> = HashMap::new();
        for one in &clinic.resources {
            if matches!(one.resource_type.as_str(), "Observation" | "MedicationRequest") {
                found.entry((one.subject.clone(), one.words.clone())).or_default().push(one);
            }
        }
        Items { service, seed, found: Arc::new(found) }
    }

    /// The newest item that fits, as it was at that moment; `None` where it was not there yet.
    pub async fn about(&self, of: &Conversation, at: Timestamp) -> Result<Option<ChartItem>, Failure> {
        let Some(about) = of.about else { return Ok(None) };
        let (resource_type, words) = match about {
            About::Result(words) => ("Observation", words),
            About::Medicine(words) => ("MedicationRequest", words),
        };
        let place = (format!("Patient/{}", self.seed.id(&of.patient)), words.to_owned());
        let all = self.found.get(&place).ok_or_else(|| missing(words))?;
        let Some(found) = all.iter().rev().find(|arriving| arriving.at < at) else { return Ok(None) };
        Ok(self.service.demo_item(SOURCE, resource_type, found.id.clone()).await?)
    }
}

/// One key for each entry of a conversation.
pub fn client_key(seed: Seed, of: &Conversation, (begun, n): (Timestamp, usize)) -> ClientKey {
    ClientKey(seed.uuid(&format!("{}/{}/{begun}/{n}", of.patient, of.subject)))
}

/// One step in a thread that is there.
struct Turn<'a> {
    play: &'a Play<'a>,
    of: &'a Conversation,
    patient: PatientId,
    thread: ThreadId,
    n: usize,
}

impl Turn<'_> {
    async fn act(&self, place: &mut Place, step: &Step, actor: Actor) -> Result<(), Failure> {
        let (service, thread) = (self.play.service, self.thread);
        let is_patient = step.who == Who::Patient;
        let now = ctx(service, actor, step.at);
        match &step.act {
            Act::Read if is_patient => drop(service.thread(&now, self.patient, thread).await?),
            Act::Read => drop(service.team_thread(&now, thread).await?),
            Act::Write(text) if is_patient => {
                service.reply(&now, self.patient, thread, self.reply(text)?).await?;
            }
            Act::Write(text) => drop(service.answer(&now, thread, self.reply(text)?, None).await?),
            Act::Note(text) => drop(service.note(&now, thread, self.reply(text)?).await?),
            Act::WriteAndClose(text, reason) => {
                let reason = self.play.words.close_reason(reason).ok_or_else(|| missing(reason))?;
                service.answer(&now, thread, self.reply(text)?, Some(reason)).await?;
            }
            Act::Close(reason) => {
                let reason = self.play.words.close_reason(reason).ok_or_else(|| missing(reason))?;
                service.close(&now, thread, reason, ALL_SEEN).await?;
            }
            Act::Assign(key) => {
                let to = self.play.known.actor(key)?.account;
                service.assign(&now, thread, Some(to), place.owner).await?;
                place.owner = Some(to);
            }
        }
        Ok(())
    }

    fn begun(&self) -> Timestamp {
        self.of.steps.first().map_or(Timestamp::MIN, |step| step.at)
    }

    fn reply(&self, text: &str) -> Result<Reply, Failure> {
        Ok(Reply {
            body: Body::parse(text).map_err(|_| missing(&self.of.subject))?,
            last_seen: ALL_SEEN,
            client_key: client_key(self.play.seed, self.of, (self.begun(), self.n)),
        })
    }
}
