//! A provider's use of messaging with *other* patients: of the provider's encounters with everybody but
//! this patient, the share that were messages. Left out is the patient's own use, so two patients of one
//! provider can fall into two bands at an edge, differing in band only by their own messaging. Such
//! providers straddle the edge and are named.

use std::collections::BTreeMap;

/// A provider's encounters, with one patient or with many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Encounters {
    /// A thread and a day with a message by the provider.
    pub messages: u64,
    /// Visits and telephone contacts.
    pub others: u64,
}

/// The bands of the published study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Band {
    UpTo10,
    UpTo20,
    UpTo50,
    Over50,
    /// An empty denominator.
    NoOthers,
}

/// One provider's encounters by patient, all patients, whoever is responsible for them.
#[derive(Clone, Debug)]
pub struct Provider<P> {
    by_patient: BTreeMap<P, Encounters>,
}

impl Encounters {
    fn plus(self, other: Encounters) -> Encounters {
        Encounters { messages: self.messages + other.messages, others: self.others + other.others }
    }

    fn minus(self, own: Encounters) -> Encounters {
        Encounters { messages: self.messages - own.messages, others: self.others - own.others }
    }

    /// In whole numbers, so that an edge belongs to the band below it whatever the rounding.
    pub fn band(self) -> Band {
        let all = u128::from(self.messages) + u128::from(self.others);
        let hundredfold = u128::from(self.messages) * 100;
        match () {
            () if all == 0 => Band::NoOthers,
            () if hundredfold <= all * 10 => Band::UpTo10,
            () if hundredfold <= all * 20 => Band::UpTo20,
            () if hundredfold <= all * 50 => Band::UpTo50,
            () => Band::Over50,
        }
    }
}

impl Band {
    /// The level's name in the protocols.
    pub fn name(self) -> &'static str {
        match self {
            Band::UpTo10 => "<= 10 %",
            Band::UpTo20 => "> 10-20 %",
            Band::UpTo50 => "> 20-50 %",
            Band::Over50 => "> 50 %",
            Band::NoOthers => "no other encounters",
        }
    }
}

impl<P> Default for Provider<P> {
    fn default() -> Self {
        Provider { by_patient: BTreeMap::new() }
    }
}

impl<P: Ord> Provider<P> {
    pub fn add(&mut self, patient: P, encounters: Encounters) {
        let known = self.by_patient.entry(patient).or_default();
        *known = known.plus(encounters);
    }

    /// The band with everybody but this patient.
    pub fn without(&self, patient: &P) -> Band {
        let own = self.by_patient.get(patient).copied().unwrap_or_default();
        self.total().minus(own).band()
    }

    /// The bands of all patients of a panel in one pass, and whether the provider straddles an edge.
    pub fn bands<'p>(&self, panel: impl IntoIterator<Item = &'p P>) -> (Vec<Band>, bool)
    where
        P: 'p,
    {
        let total = self.total();
        let own = |patient| self.by_patient.get(patient).copied().unwrap_or_default();
        let bands: Vec<Band> = panel.into_iter().map(|patient| total.minus(own(patient)).band()).collect();
        let straddles = bands.windows(2).any(|pair| pair[0] != pair[1]);
        (bands, straddles)
    }

    /// The encounters with each patient.
    pub fn each(&self) -> impl Iterator<Item = &Encounters> {
        self.by_patient.values()
    }

    pub fn total(&self) -> Encounters {
        self.by_patient.values().fold(Encounters::default(), |sum, own| sum.plus(*own))
    }
}
