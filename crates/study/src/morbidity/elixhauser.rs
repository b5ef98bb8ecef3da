//! The number of Elixhauser's comorbidities, with the ICD-10 codes of Quan H et al., Med Care 2005;43:1130-9 (table 2).
//! Hypertension is one condition, and of a milder and a severer form of diabetes or cancer only the severer counts: 30 lists.

use super::{System, beginnings};

/// The condition, the beginnings of its codes, and the condition that it is the milder form of.
type Condition = (&'static str, &'static str, Option<&'static str>);

const CONDITIONS: [Condition; 30] = [
    ("congestive heart failure", "I099 I110 I130 I132 I255 I420 I425-I429 I43 I50 P290", None),
    ("cardiac arrhythmias", "I441-I443 I456 I459 I47-I49 R000 R001 R008 T821 Z450 Z950", None),
    ("valvular disease", "A520 I05-I08 I091 I098 I34-I39 Q230-Q233 Z952-Z954", None),
    ("pulmonary circulation disorders", "I26 I27 I280 I288 I289", None),
    ("peripheral vascular disorders", "I70 I71 I731 I738 I739 I771 I790 I792 K551 K558 K559 Z958 Z959", None),
    ("hypertension", "I10-I13 I15", None),
    ("paralysis", "G041 G114 G801 G802 G81 G82 G830-G834 G839", None),
    (
        "other neurological disorders",
        "G10-G13 G20-G22 G254 G255 G312 G318 G319 G32 G35-G37 G40 G41 G931 G934 R470 R56",
        None,
    ),
    ("chronic pulmonary disease", "I278 I279 J40-J47 J60-J67 J684 J701 J703", None),
    (
        "diabetes, uncomplicated",
        "E100 E101 E109-E111 E119-E121 E129-E131 E139-E141 E149",
        Some("diabetes, complicated"),
    ),
    ("diabetes, complicated", "E102-E108 E112-E118 E122-E128 E132-E138 E142-E148", None),
    ("hypothyroidism", "E00-E03 E890", None),
    ("renal failure", "I120 I131 N18 N19 N250 Z490-Z492 Z940 Z992", None),
    ("liver disease", "B18 I85 I864 I982 K70 K711 K713-K715 K717 K72-K74 K760 K762-K769 Z944", None),
    ("peptic ulcer disease without bleeding", "K257 K259 K267 K269 K277 K279 K287 K289", None),
    ("AIDS and HIV", "B20-B22 B24", None),
    ("lymphoma", "C81-C85 C88 C96 C900 C902", None),
    ("metastatic cancer", "C77-C80", None),
    (
        "solid tumor without metastasis",
        "C00-C26 C30-C34 C37-C41 C43 C45-C58 C60-C76 C97",
        Some("metastatic cancer"),
    ),
    (
        "rheumatoid arthritis and collagen vascular diseases",
        "L940 L941 L943 M05 M06 M08 M120 M123 M30 M310-M313 M32-M35 M45 M461 M468 M469",
        None,
    ),
    ("coagulopathy", "D65-D68 D691 D693-D696", None),
    ("obesity", "E66", None),
    ("weight loss", "E40-E46 R634 R64", None),
    ("fluid and electrolyte disorders", "E222 E86 E87", None),
    ("blood loss anemia", "D500", None),
    ("deficiency anemia", "D508 D509 D51-D53", None),
    ("alcohol abuse", "F10 E52 G621 I426 K292 K700 K703 K709 T51 Z502 Z714 Z721", None),
    ("drug abuse", "F11-F16 F18 F19 Z715 Z722", None),
    ("psychoses", "F20 F22-F25 F28 F29 F302 F312 F315", None),
    ("depression", "F204 F313-F315 F32 F33 F341 F412 F432", None),
];

/// How many of the conditions these codes name; codes of other systems count nothing.
pub fn elixhauser_count<'a>(codes: impl IntoIterator<Item = (System, &'a str)>) -> u32 {
    let plain = |(system, code): (System, &str)| (system == System::Icd10).then(|| beginnings::plain(code));
    let codes: Vec<String> = codes.into_iter().filter_map(plain).collect();
    let has = |list: &str| codes.iter().any(|code| beginnings::hold(list, code));
    let found: Vec<&Condition> = CONDITIONS.iter().filter(|(_, list, _)| has(list)).collect();
    let is_there = |name: &str| found.iter().any(|(found, ..)| *found == name);
    let counted = found.iter().filter(|(.., severer)| !severer.is_some_and(is_there));
    u32::try_from(counted.count()).unwrap_or(u32::MAX)
}
