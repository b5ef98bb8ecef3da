//! Interactions in words. Where two characteristics have one, the odds ratios of each hold at the reference of the other.

use crate::fit::Fit;
use crate::protocol::Protocol;

/// The interactions of the protocol, each under its name in the fit.
pub fn named(protocol: &Protocol) -> impl Iterator<Item = (String, [&str; 2])> {
    protocol.interactions.iter().map(|(one, two)| (format!("{one}:{two}"), [one.as_str(), two.as_str()]))
}

/// The label of a covariate, or of both of an interaction.
pub fn label(protocol: &Protocol, name: &str) -> String {
    let own = |name: &str| protocol.covariate(name).map_or_else(|| name.to_owned(), |it| it.label.clone());
    match named(protocol).find(|(product, _)| product == name) {
        Some((_, pair)) => pair.map(own).join(" × "),
        None => own(name),
    }
}

/// At which levels of the others the odds ratios of a covariate hold; `None` where they hold for all.
pub fn at(protocol: &Protocol, fit: &Fit, variable: &str) -> Option<String> {
    let is_fitted = |product: &str| fit.terms.iter().any(|term| term.variable == product);
    let with = named(protocol).filter(|(product, pair)| pair.contains(&variable) && is_fitted(product));
    let partners = with.flat_map(|(_, pair)| pair).filter(|name| *name != variable);
    let places: Vec<String> = partners
        .filter_map(|partner| {
            let term = fit.terms.iter().find(|term| term.variable == partner)?;
            Some(format!("{} \u{201c}{}\u{201d}", label(protocol, partner), term.reference))
        })
        .collect();
    (!places.is_empty()).then(|| places.join(", "))
}
