//! Morbidity measures on people worked by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use study::morbidity::{Cuts, Level, System, charlson, chronic_count, elixhauser_count};

fn snomed(codes: &[&str]) -> u32 {
    chronic_count(codes.iter().map(|code| (System::SnomedCt, *code)))
}

fn icd10(codes: &[&str]) -> u32 {
    charlson(codes.iter().map(|code| (System::Icd10, *code)))
}

#[test]
fn one_condition_counts_once_however_often_it_is_written() {
    // Type 2 diabetes, its neuropathy and its kidney disease: diabetes and kidney disease.
    assert_eq!(snomed(&["44054006", "368581000119106", "127013003"]), 2);
    // Viral sinusitis and a laceration are not chronic.
    assert_eq!(snomed(&["444814009", "283371005"]), 0);
    assert_eq!(chronic_count([(System::Icd10, "44054006")]), 0);
}

#[test]
fn a_charlson_score_adds_the_weights() {
    // Heart failure 1, COPD 1, kidney disease 2.
    assert_eq!(icd10(&["I50.9", "J44.1", "N18.3"]), 4);
    assert_eq!(icd10(&["I10", "Z00.00"]), 0);
    assert_eq!(charlson([(System::SnomedCt, "I50.9")]), 0);
}

#[test]
fn older_diagnoses_in_icd_9_cm_count_with_the_newer_ones() {
    let icd9 = |codes: &[&str]| charlson(codes.iter().map(|code| (System::Icd9, *code)));
    // Heart failure 1, COPD 1, kidney disease 2.
    assert_eq!(icd9(&["428.0", "496", "585.3"]), 4);
    assert_eq!(icd9(&["401.9", "V70.0"]), 0);
    // Diabetes without and with complications; cancer and its spread.
    assert_eq!([icd9(&["250.00"]), icd9(&["25040"]), icd9(&["250.00", "250.40"])], [1, 2, 2]);
    assert_eq!(
        ["173.3", "174.9", "195.8", "196.0", "199.1", "200.0"].map(|code| icd9(&[code])),
        [0, 2, 2, 6, 6, 2]
    );
    // Heart and kidney disease by one code: both of its categories.
    assert_eq!(icd9(&["404.03"]), 3);
    // One disease in both systems is one disease.
    assert_eq!(charlson([(System::Icd9, "428.0"), (System::Icd10, "I50.9")]), 1);
}

#[test]
fn of_a_mild_and_a_severe_form_the_severe_one_counts() {
    assert_eq!([icd10(&["E11.9"]), icd10(&["E11.40"]), icd10(&["E11.9", "E11.40"])], [1, 2, 2]);
    assert_eq!([icd10(&["K70.3"]), icd10(&["K70.3", "K76.6"])], [1, 3]);
    assert_eq!([icd10(&["C50.911"]), icd10(&["C50.911", "C78.00"])], [2, 6]);
}

#[test]
fn a_range_of_codes_ends_where_the_paper_ends_it() {
    let scores = ["C26.9", "C27", "C43.9", "C44.9", "C76", "C97", "I69.3", "I70.0", "G83.4", "G83.5"]
        .map(|code| icd10(&[code]));
    assert_eq!(scores, [2, 0, 2, 0, 2, 2, 1, 1, 2, 0]);
    // C81-C85, C88 and C90-C97 leave gaps; B24 follows B22.
    let scores = ["C86", "C88.0", "C89", "B22", "B23", "B24"].map(|code| icd10(&[code]));
    assert_eq!(scores, [0, 2, 0, 6, 0, 6]);
}

#[test]
fn elixhausers_conditions_are_counted_once_each() {
    let count = |codes: &[&str]| elixhauser_count(codes.iter().map(|code| (System::Icd10, *code)));
    // Hypertension, diabetes with neuropathy, obesity, depression.
    assert_eq!(count(&["I10", "E11.9", "E11.40", "E66.9", "F32.9"]), 4);
    // Hypertensive heart disease with failure is hypertension and heart failure; plain hypertension adds nothing.
    assert_eq!([count(&["I11.0"]), count(&["I11.0", "I10"])], [2, 2]);
    // A cancer that has spread is one condition; alcoholic cirrhosis is liver disease and alcohol abuse.
    assert_eq!([count(&["C50.911", "C78.00"]), count(&["K70.3"])], [1, 2]);
    // An ulcer counts where it does not bleed; a cold and SNOMED CT do not.
    assert_eq!([count(&["K25.7"]), count(&["K25.4"]), count(&["J00"])], [1, 0, 0]);
    assert_eq!(elixhauser_count([(System::SnomedCt, "I10"), (System::Icd9, "I10")]), 0);
}

#[test]
fn counts_fall_into_five_levels() {
    let levels = [0, 1, 2, 3, 5, 6, 9, 10, 20].map(|count| Cuts::COUNT.level(count));
    use Level::*;
    assert_eq!(levels, [VeryLow, Low, Low, Moderate, Moderate, High, High, VeryHigh, VeryHigh]);
    let levels = [0, 1, 2, 3, 4, 5].map(|score| Cuts::CHARLSON.level(score));
    assert_eq!(levels, [VeryLow, Low, Moderate, High, High, VeryHigh]);
    assert_eq!(Cuts::new([1, 3, 3, 10]), None);
}

#[test]
fn an_external_level_comes_as_a_word_or_a_number() {
    assert_eq!(
        ["Very low", "HIGH", "5"].map(Level::external),
        [Some(Level::VeryLow), Some(Level::High), Some(Level::VeryHigh)]
    );
    assert_eq!(["", "0", "6", "RUB 3"].map(Level::external), [None; 4]);
}
