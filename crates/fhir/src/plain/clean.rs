//! Terminology displays brought nearer to what people say: no semantic tags, no laboratory properties.
//! The specimen stays where it is not blood, for glucose in urine is another test than glucose.

use super::drug;
use std::borrow::Cow;

/// SNOMED CT semantic tags, as they end a fully specified name.
const TAGS: [&str; 31] = [
    "administrative concept",
    "assessment scale",
    "body structure",
    "clinical drug",
    "context-dependent category",
    "disorder",
    "environment",
    "ethnic group",
    "event",
    "finding",
    "foundation metadata concept",
    "life style",
    "medicinal product",
    "morphologic abnormality",
    "navigational concept",
    "observable entity",
    "occupation",
    "organism",
    "person",
    "physical object",
    "procedure",
    "product",
    "qualifier value",
    "racial group",
    "record artifact",
    "regime/therapy",
    "situation",
    "social concept",
    "specimen",
    "staging scale",
    "substance",
];

/// LOINC properties that hold no slash, and the surveys that a question is taken from.
const PROPERTIES: [&str; 22] = [
    "#",
    "Class",
    "OMAHA",
    "PhenX",
    "Susceptibility",
    "US Standard Certificate of Death",
    "Entitic mass",
    "Entitic volume",
    "Entitic length",
    "Identifier",
    "Interpretation",
    "Mass",
    "Partial pressure",
    "Percentile",
    "Presence",
    "Ratio",
    "Score",
    "Time",
    "Type",
    "Volume",
    "Volume Fraction",
    "Mass Fraction",
];

/// Where a laboratory finds what is simply called by its name.
const BLOOD: [&str; 10] = [
    " - Serum or Plasma",
    " - Platelet poor plasma",
    " - Blood",
    " in Serum or Plasma",
    " in Serum, Plasma or Blood",
    " in Platelet poor plasma",
    " in Serum",
    " in Plasma",
    " in Blood",
    " of Blood",
];

const METHODS: [&str; 9] = [
    " by High sensitivity method",
    " by NAA with probe detection",
    " by Probe in Positive blood culture",
    " by Rapid immunoassay",
    " by Automated count",
    " by Test strip",
    " by Coagulation assay",
    " by Screen method",
    " by calculation",
];

/// A display without what only coders need; unchanged where there is nothing to drop.
pub fn clean(display: &str) -> Cow<'_, str> {
    let text = without_tag(display.trim());
    if let Some(name) = drug::name(text) {
        return Cow::Owned(name);
    }
    let (mut out, had_property) = without_property(text);
    let method = METHODS.iter().filter_map(|method| out.find(method)).min();
    let method = if had_property { out.find(" by ").or(method) } else { method };
    if let Some(at) = method {
        out = cut(out, at);
    }
    if let Some(specimen) = BLOOD.iter().find(|specimen| out.ends_with(*specimen)) {
        let at = out.len() - specimen.len();
        out = cut(out, at);
    }
    if out.is_empty() { Cow::Borrowed(display) } else { out }
}

fn without_tag(text: &str) -> &str {
    let tagged = text.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
    match tagged {
        Some((name, tag)) if TAGS.contains(&tag) && !name.trim().is_empty() => name.trim_end(),
        _ => text,
    }
}

/// Drops `[Mass/volume]`; a brand such as `[Lorcet]` stays.
fn without_property(text: &str) -> (Cow<'_, str>, bool) {
    let bracket = text.find(" [").and_then(|start| Some((start, start + text[start..].find(']')?)));
    let Some((start, end)) = bracket else { return (Cow::Borrowed(text), false) };
    let property = &text[start + 2..end];
    if !property.contains('/') && !PROPERTIES.contains(&property) {
        return (Cow::Borrowed(text), false);
    }
    let rest = text[end + 1..].trim_end_matches(" - Reported");
    match rest.is_empty() {
        true => (Cow::Borrowed(&text[..start]), true),
        false => (Cow::Owned(format!("{}{rest}", &text[..start])), true),
    }
}

fn cut(text: Cow<'_, str>, at: usize) -> Cow<'_, str> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(&text[..at]),
        Cow::Owned(mut text) => {
            text.truncate(at);
            Cow::Owned(text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn coders_words_go_and_peoples_words_stay() {
        for (given, plain) in [
            ("Viral sinusitis (disorder)", "Viral sinusitis"),
            ("Every six hours (qualifier value)\n", "Every six hours"),
            ("Glucose [Mass/volume] in Serum or Plasma", "Glucose"),
            ("Glucose [Presence] in Urine by Test strip", "Glucose in Urine"),
            ("Leukocytes [#/volume] in Blood by Automated count", "Leukocytes"),
            ("Hematocrit [Volume Fraction] of Blood by Automated count", "Hematocrit"),
            ("Hemoglobin A1c/Hemoglobin.total in Blood", "Hemoglobin A1c/Hemoglobin.total"),
            ("MCV [Entitic volume] by Automated count", "MCV"),
            ("Oxygen saturation in Arterial blood", "Oxygen saturation in Arterial blood"),
            (
                "Pain severity - 0-10 verbal numeric rating [Score] - Reported",
                "Pain severity - 0-10 verbal numeric rating",
            ),
            ("Burn injury(morphologic abnormality)", "Burn injury"),
            (
                "Lymph nodes with isolated tumor cells [#] in Cancer specimen by Light microscopy",
                "Lymph nodes with isolated tumor cells in Cancer specimen",
            ),
            ("Comprehensive metabolic 2000 panel - Serum or Plasma", "Comprehensive metabolic 2000 panel"),
            (
                "Troponin I.cardiac panel - Serum or Plasma by High sensitivity method",
                "Troponin I.cardiac panel",
            ),
            ("Abuse Status [OMAHA]", "Abuse Status"),
            ("amLODIPine 2.5 MG Oral Tablet", "Amlodipine 2.5 mg tablet"),
            ("Yaz 28 Day Pack", "Yaz 28 Day Pack"),
            ("Prothrombin time (PT)", "Prothrombin time (PT)"),
            ("Seen by specialist", "Seen by specialist"),
            ("(finding)", "(finding)"),
        ] {
            assert_eq!(clean(given), plain);
        }
    }

    proptest! {
        #[test]
        fn cleaning_never_empties_and_never_panics(text in "[ A-Za-z\\[\\]()/é]{1,40}") {
            prop_assert!(!clean(&text).is_empty());
        }
    }
}
