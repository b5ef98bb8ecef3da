//! Plays the clinic's story: deliveries and messages in the order of time, each act by its own
//! person at its own moment, through the service.

use super::folder::Folder;
use super::found::{Known, ctx, missing};
use super::records::{Delivery, SOURCE};
use super::traffic::Telling;
use crate::cli::Failure;
use domain::actor::Actor;
use domain::chart_item::ChartItem;
use domain::draft::{Body, NewThread, Reply, Subject};
use domain::id::{AccountId, ClientKey, PatientId, ThreadId};
use jiff::{SignedDuration, Timestamp};
use service::Service;
use service::demo::DemoWords;
use simulate::chart::Arriving;
use simulate::clinic::Clinic;
use simulate::seed::Seed;
use simulate::story::{About, Act, Conversation, Step, Who};
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
            for result in delivery.resources.iter().filter(|resource| is_past && is_result(resource)) {
                let owner = result["subject"]["reference"].as_str().and_then(|subject| owners.get(subject));
                if let (Some(owner), Some(id)) = (owner, result["id"].as_str()) {
                    looks.push((at, Event::Look(owner, id)));
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
    found: Arc<HashMap<(String, String), Vec<&'a Arriving>>>,
}

impl<'a> Items<'a> {
    fn of(clinic: &'a Clinic, seed: Seed, service: &'a Service) -> Items<'a> {
        let mut found: HashMap<(String, String), Vec<&'a Arriving>> = HashMap::new();
        for arriving in &clinic.resources {
            let resource = &arriving.resource;
            let code = match resource["resourceType"].as_str() {
                Some("Observation") => &resource["code"],
                Some("MedicationRequest") => &resource["medicationCodeableConcept"],
                _ => continue,
            };
            let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
            let place = (text(&resource["subject"]["reference"]), text(&code["text"]));
            found.entry(place).or_default().push(arriving);
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
        let id = found.resource["id"].as_str().unwrap_or_default().to_owned();
        Ok(self.service.demo_item(SOURCE, resource_type, id).await?)
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

fn is_result(resource: &serde_json::Value) -> bool {
    let category = resource.pointer("/category/0/coding/0/code");
    resource["resourceType"] == "Observation" && category.is_some_and(|code| code == "laboratory")
}
