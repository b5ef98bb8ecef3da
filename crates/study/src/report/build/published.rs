//! Published odds ratios beside our own. They are held against each other only where both compare the same two levels
//! of all people.

use super::Writer;
use crate::fit::Term;
use crate::protocol::Published;
use crate::report::model::{Beside, Ratio};
use crate::report::products;
use crate::report::sensitivity::ratio;

impl Writer<'_> {
    pub(super) fn published(&self) -> Vec<Beside> {
        self.protocol.published.iter().map(|row| self.beside(row)).collect()
    }

    fn beside(&self, row: &Published) -> Beside {
        let mut terms = self.fit.terms.iter();
        let term = terms.find(|term| term.variable == row.variable && term.level == row.level);
        let told = self.model(term).filter(|term| self.shown.pair(term));
        let reason = told.and_then(|term| self.reason(row, term));
        let is_other = |term: &&Term| row.reference.as_ref().is_some_and(|it| *it != term.reference);
        let own = told.filter(|term| !is_other(term)).and_then(|term| term.adjusted);
        let own = own.map(|it| ratio(&it, self.digits));
        let interval = own.and_then(|own| own.interval).filter(|_| reason.is_none());
        Beside {
            row: row.row.clone(),
            published: Ratio { value: row.odds_ratio, interval: Some([row.low, row.high]) },
            own,
            holds: interval.map(|[low, high]| low <= row.odds_ratio && row.odds_ratio <= high),
            reference: term.map(|term| term.reference.clone()).unwrap_or_default(),
            reason,
        }
    }

    /// Why the two do not compare the same.
    fn reason(&self, row: &Published, term: &Term) -> Option<String> {
        match &row.reference {
            None => Some("the paper does not state its reference".to_owned()),
            Some(reference) if *reference != term.reference => {
                Some(format!("the paper compares with \u{201c}{reference}\u{201d}"))
            }
            Some(_) => products::at(self.protocol, self.fit, &row.variable)
                .map(|at| format!("here at {at} only, with which it interacts")),
        }
    }
}
