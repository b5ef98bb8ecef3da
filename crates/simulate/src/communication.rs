//! What was written as FHIR R4 Communication, one for each message: who wrote to whom and when, in answer to what, and
//! when the other side had it before their eyes. Notes of the team are none.

use crate::cast::{PoolPlan, staff_member};
use crate::chart::practitioner_reference;
use crate::clinic::Clinic;
use crate::seed::Seed;
use crate::story::{Act, Conversation, Step, Who};
use serde_json::{Value, json};

/// All messages, conversation by conversation.
pub fn communications(clinic: &Clinic, seed: Seed) -> Vec<Value> {
    let all = clinic.conversations.iter().chain(&clinic.traffic);
    all.enumerate().flat_map(|(at, conversation)| Written { clinic, seed, conversation, at }.all()).collect()
}

/// One conversation on its way into resources.
struct Written<'a> {
    clinic: &'a Clinic,
    seed: Seed,
    conversation: &'a Conversation,
    at: usize,
}

impl Written<'_> {
    fn all(&self) -> Vec<Value> {
        let steps = self.conversation.steps.iter().enumerate();
        let messages: Vec<(usize, &Step, &str)> =
            steps.filter_map(|(at, step)| Some((at, step, text(&step.act)?))).collect();
        let mut written: Vec<Value> = Vec::with_capacity(messages.len());
        for (number, (at, step, text)) in messages.iter().enumerate() {
            written.push(self.one(number, (*at, step), text));
        }
        written
    }

    fn id(&self, number: usize) -> String {
        self.seed.id(&format!("{}/communication/{}/{number}", self.conversation.patient, self.at))
    }

    fn one(&self, number: usize, (at, step): (usize, &Step), text: &str) -> Value {
        let of = self.conversation;
        let patient = json!({ "reference": format!("Patient/{}", self.seed.id(&of.patient)) });
        let team = json!({ "display": self.pool().map_or(of.pool, |pool| &pool.label.en) });
        let (sender, recipient) = match &step.who {
            Who::Patient => (patient.clone(), team),
            Who::Staff(key) => (self.staff(key), patient.clone()),
        };
        let mut resource = json!({
            "resourceType": "Communication",
            "id": self.id(number),
            "status": "completed",
            "topic": { "text": of.topic },
            "subject": patient,
            "sent": step.at.to_string(),
            "sender": sender,
            "recipient": [recipient],
            "payload": [{ "contentString": text }],
        });
        if number > 0 {
            resource["partOf"] = json!([{ "reference": format!("Communication/{}", self.id(0)) }]);
            let before = format!("Communication/{}", self.id(number - 1));
            resource["inResponseTo"] = json!([{ "reference": before }]);
        }
        if let Some(read) = self.read_at(at, &step.who) {
            resource["received"] = json!(read.to_string());
        }
        resource
    }

    fn pool(&self) -> Option<&PoolPlan> {
        self.clinic.pools.iter().find(|pool| pool.key == self.conversation.pool)
    }

    /// Who has no entry in the record stands with a name alone.
    fn staff(&self, key: &str) -> Value {
        match staff_member(key) {
            Some(member) if member.npi.is_some() => practitioner_reference(self.seed, key),
            Some(member) => json!({ "display": member.name }),
            None => json!({ "display": key }),
        }
    }

    /// When the other side looked into the thread next.
    fn read_at(&self, at: usize, who: &Who) -> Option<jiff::Timestamp> {
        let is_other = |step: &&Step| (step.who == Who::Patient) != (*who == Who::Patient);
        self.conversation.steps[at + 1..].iter().find(is_other).map(|step| step.at)
    }
}

/// A message's text; `None` of what is no message.
fn text(act: &Act) -> Option<&str> {
    match act {
        Act::Write(text) | Act::WriteAndClose(text, _) => Some(text),
        Act::Note(_) | Act::Read | Act::Assign(_) | Act::Close(_) => None,
    }
}
