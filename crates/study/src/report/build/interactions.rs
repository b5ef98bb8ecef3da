//! Interactions beside the odds ratios. A product's ratio is shown only where no group that it compares is small.

use super::Writer;
use crate::disclosure::{Counts, Limit};
use crate::fit::Term;
use crate::report::model::{Interaction, Product};
use crate::report::products;
use crate::report::sensitivity::ratio;

impl Writer<'_> {
    pub(super) fn interactions(&self) -> Vec<Interaction> {
        let of = |(name, pair): (String, [&str; 2])| {
            let terms: Vec<&Term> = self.fit.terms.iter().filter(|term| term.variable == name).collect();
            let is_whole = pair.iter().all(|variable| self.shown.variable(variable))
                && terms.iter().all(|term| self.is_shown(term));
            let (test, robust_test) = self.tests(&name, is_whole);
            let products = terms.iter().map(|term| self.product(term)).collect();
            Interaction { variables: products::label(self.protocol, &name), test, robust_test, products }
        };
        products::named(self.protocol).map(of).collect()
    }

    fn product(&self, term: &Term) -> Product {
        let adjusted = term.adjusted.filter(|_| self.is_shown(term));
        Product {
            levels: term.level.replacen(':', " × ", 1),
            adjusted: adjusted.map(|it| ratio(&it, self.digits)),
            p: adjusted.and_then(|it| it.p()).map(|it| self.chance(it)),
        }
    }

    fn is_shown(&self, term: &Term) -> bool {
        let own = Counts { n: term.n, events: term.events };
        let reference = Counts { n: term.reference_n, events: term.reference_events };
        let is_small = |limit: Limit| limit.suppresses(own) || limit.suppresses(reference);
        self.shown.model() && !self.limit.is_some_and(is_small)
    }
}
