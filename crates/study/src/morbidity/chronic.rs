//! `chronic_count`: how many of the 20 chronic conditions of the US Department of Health and Human
//! Services (Goodman RA et al., Prev Chronic Dis 2013;10:120239) stand in the problem list. The paper lists
//! ICD codes; the SNOMED CT concepts below are our own choice for each condition, version 1.

use super::System;

/// Rises with every change of the list below.
pub const CHRONIC_VERSION: u32 = 1;

/// The paper's conditions, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Chronic {
    Hypertension,
    HeartFailure,
    CoronaryArteryDisease,
    Arrhythmia,
    Hyperlipidemia,
    Stroke,
    Arthritis,
    Asthma,
    Autism,
    Cancer,
    KidneyDisease,
    ObstructiveLungDisease,
    Dementia,
    Depression,
    Diabetes,
    Hepatitis,
    Hiv,
    Osteoporosis,
    Schizophrenia,
    SubstanceUse,
}

use Chronic::*;

const SNOMED: &[(&str, &[Chronic])] = &[
    ("38341003", &[Hypertension]),
    ("59621000", &[Hypertension]),
    ("42343007", &[HeartFailure]),
    ("84114007", &[HeartFailure]),
    ("88805009", &[HeartFailure]),
    ("194828000", &[CoronaryArteryDisease]),
    ("22298006", &[CoronaryArteryDisease]),
    ("399211009", &[CoronaryArteryDisease]),
    ("413838009", &[CoronaryArteryDisease]),
    ("414545008", &[CoronaryArteryDisease]),
    ("53741008", &[CoronaryArteryDisease]),
    ("49436004", &[Arrhythmia]),
    ("5370000", &[Arrhythmia]),
    ("698247007", &[Arrhythmia]),
    ("13644009", &[Hyperlipidemia]),
    ("267432004", &[Hyperlipidemia]),
    ("302870006", &[Hyperlipidemia]),
    ("55822004", &[Hyperlipidemia]),
    ("230690007", &[Stroke]),
    ("266257000", &[Stroke]),
    ("201834006", &[Arthritis]),
    ("239872002", &[Arthritis]),
    ("239873007", &[Arthritis]),
    ("3723001", &[Arthritis]),
    ("396275006", &[Arthritis]),
    ("69896004", &[Arthritis]),
    ("195967001", &[Asthma]),
    ("233678006", &[Asthma]),
    ("35919005", &[Autism]),
    ("408856003", &[Autism]),
    ("109838007", &[Cancer]),
    ("126906006", &[Cancer]),
    ("254632001", &[Cancer]),
    ("254637007", &[Cancer]),
    ("254837009", &[Cancer]),
    ("363346000", &[Cancer]),
    ("363406005", &[Cancer]),
    ("372244006", &[Cancer]),
    ("399068003", &[Cancer]),
    ("424132000", &[Cancer]),
    ("67811000119102", &[Cancer]),
    ("92691004", &[Cancer]),
    ("93761005", &[Cancer]),
    ("127013003", &[KidneyDisease, Diabetes]),
    ("431855005", &[KidneyDisease]),
    ("431856006", &[KidneyDisease]),
    ("431857002", &[KidneyDisease]),
    ("433144002", &[KidneyDisease]),
    ("433146000", &[KidneyDisease]),
    ("46177005", &[KidneyDisease]),
    ("709044004", &[KidneyDisease]),
    ("13645005", &[ObstructiveLungDisease]),
    ("185086009", &[ObstructiveLungDisease]),
    ("87433001", &[ObstructiveLungDisease]),
    ("230265002", &[Dementia]),
    ("26929004", &[Dementia]),
    ("429998004", &[Dementia]),
    ("52448006", &[Dementia]),
    ("35489007", &[Depression]),
    ("36923009", &[Depression]),
    ("370143000", &[Depression]),
    ("66344007", &[Depression]),
    ("1551000119108", &[Diabetes]),
    ("157141000119108", &[Diabetes]),
    ("368581000119106", &[Diabetes]),
    ("422034002", &[Diabetes]),
    ("44054006", &[Diabetes]),
    ("46635009", &[Diabetes]),
    ("73211009", &[Diabetes]),
    ("90781000119102", &[Diabetes]),
    ("97331000119101", &[Diabetes]),
    ("128302006", &[Hepatitis]),
    ("61977001", &[Hepatitis]),
    ("76783007", &[Hepatitis]),
    ("62479008", &[Hiv]),
    ("86406008", &[Hiv]),
    ("443165006", &[Osteoporosis]),
    ("64859006", &[Osteoporosis]),
    ("58214004", &[Schizophrenia]),
    ("15167005", &[SubstanceUse]),
    ("26416006", &[SubstanceUse]),
    ("5602001", &[SubstanceUse]),
    ("6525002", &[SubstanceUse]),
    ("66590003", &[SubstanceUse]),
    ("7200002", &[SubstanceUse]),
    ("75544000", &[SubstanceUse]),
];

/// How many different chronic conditions these codes name; unknown codes count nothing.
pub fn chronic_count<'a>(codes: impl IntoIterator<Item = (System, &'a str)>) -> u32 {
    let mut seen = 0u32;
    for (system, code) in codes {
        let known = SNOMED.iter().find(|(known, _)| system == System::SnomedCt && *known == code);
        for condition in known.into_iter().flat_map(|(_, conditions)| *conditions) {
            seen |= 1 << (*condition as u32);
        }
    }
    seen.count_ones()
}
