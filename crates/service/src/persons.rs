//! The person that a patient page is about.

use crate::acts::Act;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::view::person::Person;
use domain::access::{Capability, Item};
use domain::actor::{Actor, Door, Relation};
use domain::audit::AuditAction;
use domain::confidentiality::Visibility;
use domain::id::PatientId;
use domain::proxy::ProxyScope;
use store::db::Tx;
use store::thread::StoredThread;
use store::thread_reader::{self, Reader};

/// The capacity in which an actor reads a patient's threads.
pub(crate) fn reader(actor: &Actor, patient: PatientId) -> Reader {
    let for_another = actor.door == Door::Patient && actor.own_chart != Some(patient);
    Reader { account: actor.account, on_behalf_of: for_another.then_some(patient) }
}

/// Reads what every page about this person shows. Access was checked before.
pub(crate) fn load(tx: &mut Tx<'_>, act: &Act, patient: PatientId) -> Result<Person, ServiceError> {
    let card = store::patient::load(tx, &act.vault, patient)?.ok_or(ServiceError::NotFound)?.card;
    let organisation = store::organisation::load(tx)?.ok_or(ServiceError::NotFound)?;
    let is_own = act.actor().own_chart == Some(patient);
    let sees = ProxyScope {
        record: act.may(tx, Capability::ReadChart, Item::default())?,
        messages: act.may(tx, Capability::ReadMessages, Item::default())?,
    };
    let unread = match sees.messages {
        true => thread_reader::unread(tx, patient, reader(act.actor(), patient))?,
        false => 0,
    };
    Ok(Person {
        patient,
        relation: if is_own { Relation::Myself } else { Relation::Other },
        name: card.name,
        called: card.called,
        clinic: organisation.name,
        clinic_phone: organisation.phone,
        sees,
        unread,
    })
}

/// What is the patient's alone is in no list and no search of somebody who acts for the patient.
pub(crate) fn hide_own(act: &Act, threads: &mut Vec<StoredThread>) {
    threads.retain(|stored| !is_hidden(act, stored));
}

/// Whether this thread is the patient's alone, and the reader is somebody else.
pub(crate) fn is_hidden(act: &Act, stored: &StoredThread) -> bool {
    act.acts_for_another() && stored.thread.visibility != Visibility::All
}

impl Service {
    /// The frame of a patient page that shows nothing of the record.
    pub async fn person(&self, ctx: &Ctx, person: PatientId) -> Result<Person, ServiceError> {
        self.read(self.act(ctx, AuditAction::ReadHome), move |tx, act| {
            act.about(person, None);
            act.allow(tx, Capability::ReadDemographics, Item::default())?;
            load(tx, act, person)
        })
        .await
    }
}
