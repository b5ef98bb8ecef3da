//! Lasting conditions of the crowd, with what goes with them: a medicine, a test, a specialist, and
//! the words in which people speak of them.

use super::codes::Code;
use super::kinds::*;
use super::measures::Test;

/// A medicine, and how people call it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drug {
    pub code: Code,
    pub how: &'static str,
    pub en: &'static str,
    pub es: &'static str,
}

/// A test with values that its condition makes likely, and how people call it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checked {
    pub test: Test,
    pub values: &'static [&'static str],
    pub en: &'static str,
    pub es: &'static str,
}

/// A lasting condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chronic {
    pub code: Code,
    /// How common it is beside the others.
    pub weight: f64,
    /// Seldom before this age.
    pub from_age: i16,
    pub drug: Option<Drug>,
    pub checked: Option<Checked>,
    /// What a visit for it is called.
    pub visit: &'static str,
    /// The key of the specialist who sees it.
    pub specialist: Option<&'static str>,
}

const MORNING: &str = "Take 1 tablet every morning";
const BEDTIME: &str = "Take 1 tablet at bedtime";
const DAILY: &str = "Take 1 tablet every day";

const fn drug(code: Code, how: &'static str, en: &'static str, es: &'static str) -> Option<Drug> {
    Some(Drug { code, how, en, es })
}

const fn checked(
    test: Test,
    values: &'static [&'static str],
    en: &'static str,
    es: &'static str,
) -> Option<Checked> {
    Some(Checked { test, values, en, es })
}

const fn chronic(code: Code, weight: f64, from_age: i16, visit: &'static str) -> Chronic {
    Chronic { code, weight, from_age, drug: None, checked: None, visit, specialist: None }
}

const SUGAR: Option<Checked> = checked(A1C, &["6.6", "6.9", "7.1", "7.4", "7.8", "8.3"], "A1c", "A1c");
const KIDNEYS: Option<Checked> =
    checked(CREATININE, &["0.8", "0.9", "1.0", "1.2"], "kidney test", "examen de los riñones");

/// The conditions, the common ones first.
pub const CHRONIC: [Chronic; 22] = [
    Chronic {
        drug: drug(LISINOPRIL_10, MORNING, "lisinopril", "lisinopril"),
        checked: checked(POTASSIUM, &["3.9", "4.1", "4.3", "4.6", "4.8"], "potassium", "potasio"),
        ..chronic(HYPERTENSION, 20.0, 35, "Blood pressure")
    },
    Chronic {
        drug: drug(ATORVASTATIN, BEDTIME, "atorvastatin", "atorvastatina"),
        checked: checked(LDL, &["88", "97", "104", "112", "126", "141"], "cholesterol", "colesterol"),
        ..chronic(HYPERLIPIDEMIA, 16.0, 35, "Cholesterol")
    },
    Chronic {
        drug: drug(METFORMIN, "Take 2 tablets with supper", "metformin", "metformina"),
        checked: SUGAR,
        specialist: Some("stein"),
        ..chronic(DIABETES, 10.0, 35, "Diabetes")
    },
    Chronic {
        checked: checked(A1C, &["5.7", "5.8", "5.9", "6.1", "6.2"], "A1c", "A1c"),
        ..chronic(PREDIABETES, 6.0, 25, "Blood sugar")
    },
    Chronic {
        drug: drug(OMEPRAZOLE, "Take 1 capsule before breakfast", "omeprazole", "omeprazol"),
        ..chronic(REFLUX, 9.0, 18, "Acid reflux")
    },
    Chronic {
        drug: drug(SERTRALINE, MORNING, "sertraline", "sertralina"),
        specialist: Some("costa"),
        ..chronic(DEPRESSION, 9.0, 15, "Mood and sleep")
    },
    Chronic { specialist: Some("costa"), ..chronic(ANXIETY, 8.0, 12, "Worry and sleep") },
    Chronic {
        drug: drug(NAPROXEN, "Take 1 tablet with food, up to 2 times a day", "naproxen", "naproxeno"),
        ..chronic(OSTEOARTHRITIS, 9.0, 48, "Knee and hip pain")
    },
    chronic(BACK_PAIN, 7.0, 22, "Back pain"),
    Chronic {
        drug: drug(
            ALBUTEROL,
            "2 puffs every 4 hours if you need it",
            "albuterol inhaler",
            "inhalador de albuterol",
        ),
        ..chronic(ASTHMA, 7.0, 4, "Asthma")
    },
    Chronic {
        drug: drug(LORATADINE, DAILY, "loratadine", "loratadina"),
        ..chronic(HAY_FEVER, 6.0, 5, "Hay fever")
    },
    Chronic {
        drug: drug(
            LEVOTHYROXINE,
            "Take 1 tablet in the morning on an empty stomach",
            "levothyroxine",
            "levotiroxina",
        ),
        checked: checked(TSH, &["1.2", "2.1", "2.9", "3.8", "5.1"], "thyroid test", "examen de la tiroides"),
        specialist: Some("stein"),
        ..chronic(HYPOTHYROIDISM, 6.0, 28, "Thyroid check")
    },
    Chronic {
        drug: drug(SUMATRIPTAN, "Take 1 tablet when a migraine begins", "sumatriptan", "sumatriptán"),
        ..chronic(MIGRAINE, 5.0, 14, "Headaches")
    },
    chronic(OBESITY, 8.0, 16, "Weight"),
    chronic(SLEEP_APNEA, 4.0, 35, "Sleep"),
    Chronic {
        drug: drug(METOPROLOL, DAILY, "metoprolol", "metoprolol"),
        checked: checked(LDL, &["58", "64", "71", "83"], "cholesterol", "colesterol"),
        specialist: Some("adeyemi"),
        ..chronic(HEART_DISEASE, 4.0, 52, "Heart check")
    },
    Chronic {
        drug: drug(APIXABAN, "Take 1 tablet in the morning and 1 in the evening", "Eliquis", "Eliquis"),
        checked: checked(HEMOGLOBIN, &["12.4", "12.9", "13.3", "13.8"], "blood count", "hemograma"),
        specialist: Some("adeyemi"),
        ..chronic(ATRIAL_FIBRILLATION, 3.0, 58, "Heart rhythm check")
    },
    Chronic {
        drug: drug(FUROSEMIDE, MORNING, "furosemide", "furosemida"),
        checked: KIDNEYS,
        specialist: Some("adeyemi"),
        ..chronic(HEART_FAILURE, 2.5, 62, "Heart failure check")
    },
    Chronic {
        drug: drug(ALENDRONATE, "Take 1 tablet every Sunday morning", "alendronate", "alendronato"),
        ..chronic(OSTEOPOROSIS, 5.0, 60, "Bone density")
    },
    Chronic { checked: KIDNEYS, ..chronic(KIDNEY_DISEASE, 4.0, 58, "Kidney check") },
    Chronic {
        drug: drug(ALLOPURINOL, DAILY, "allopurinol", "alopurinol"),
        checked: checked(URIC_ACID, &["5.4", "5.9", "6.6", "7.9"], "uric acid", "ácido úrico"),
        ..chronic(GOUT, 3.0, 42, "Gout")
    },
    Chronic {
        drug: drug(IRON, DAILY, "iron tablets", "tabletas de hierro"),
        checked: checked(HEMOGLOBIN, &["10.9", "11.4", "11.8", "12.3"], "blood count", "hemograma"),
        ..chronic(ANEMIA, 4.0, 14, "Anemia")
    },
];
