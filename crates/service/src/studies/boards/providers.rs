//! Which part of each provider's encounters is messaging. A provider is shown, without a name, where neither
//! the patients with messages nor those without are few, and where no other one follows from it.

use super::settled::{Board, Settling};
use crate::error::ServiceError;
use crate::studies::calendar::Quarter;
use crate::studies::extract::shares::providers;
use crate::view::boards::{ProviderShare, Providers};
use jiff::{SignedDuration, Timestamp};
use store::db::Tx;
use study::disclosure::{Counts, Limit, Table, rounded, rounded_count};
use study::share::Encounters;

impl Board for Providers {
    const NAME: &'static str = "provider_shares_quarterly";
    const FOLLOWED: SignedDuration = SignedDuration::from_hours(35 * 24);

    fn begins(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, ServiceError> {
        Ok(store::message::first_sent_at(tx)?)
    }

    fn count(settling: &mut Settling<'_, '_>, quarter: Quarter) -> Result<Providers, ServiceError> {
        let span = settling.span(quarter);
        let all = providers(settling.tx, span, settling.zone)?;
        let people: Vec<Counts> = all.values().map(|provider| patients(provider.each())).collect();
        let total = people
            .iter()
            .fold(Counts::default(), |sum, one| Counts { n: sum.n + one.n, events: sum.events + one.events });
        let table = Table::new(total, vec![people.clone()])
            .map_err(|error| ServiceError::Internal(error.to_string()))?;
        let published = table.publish(&[], Limit::default());
        let is_shown = published.by[0].iter().map(Option::is_some);
        let mut shown: Vec<ProviderShare> = all
            .values()
            .zip(&people)
            .zip(is_shown)
            .filter(|(_, is_shown)| *is_shown)
            .map(|((provider, people), _)| share(provider.total(), *people))
            .collect();
        shown.sort_by(|one, two| two.messages.total_cmp(&one.messages).then(two.patients.cmp(&one.patients)));
        let hidden = (all.len() - shown.len()) as u64;
        Ok(Providers { shown, hidden })
    }
}

/// Patients of a provider, and those with whom there were messages.
fn patients<'e>(encounters: impl Iterator<Item = &'e Encounters>) -> Counts {
    encounters.fold(Counts::default(), |sum, one| Counts {
        n: sum.n + 1,
        events: sum.events + u64::from(one.messages > 0),
    })
}

fn share(all: Encounters, people: Counts) -> ProviderShare {
    let share = all.messages as f64 * 100.0 / (all.messages + all.others) as f64;
    ProviderShare { patients: rounded_count(people.n), messages: rounded(share) }
}
