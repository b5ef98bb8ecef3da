//! Lasting conditions of the crowd, with what goes with them: a medicine, a test, a specialist, and
//! the words in which people speak of them.

use super::agreed::{self, Agreed, Both};
use super::codes::Code;
use super::kinds::*;
use super::measures::Test;

/// A medicine, and how people call it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Drug {
    pub code: Code,
    pub how: Both,
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
    /// What a visit for it may agree on.
    pub agreed: Agreed,
    /// What is done at some of its visits.
    pub procedures: &'static [Code],
    /// The key of the specialist who sees it.
    pub specialist: Option<&'static str>,
}

const MORNING: Both = ("Take 1 tablet every morning", "Tome 1 tableta cada mañana");
const BEDTIME: Both = ("Take 1 tablet at bedtime", "Tome 1 tableta al acostarse");
const DAILY: Both = ("Take 1 tablet every day", "Tome 1 tableta todos los días");

const fn drug(code: Code, how: Both, en: &'static str, es: &'static str) -> Option<Drug> {
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

const fn chronic(code: Code, weight: f64, from_age: i16, agreed: Agreed) -> Chronic {
    Chronic { code, weight, from_age, drug: None, checked: None, agreed, procedures: &[], specialist: None }
}

const SUGAR: Option<Checked> = checked(A1C, &["6.6", "6.9", "7.1", "7.4", "7.8", "8.3"], "A1c", "A1c");
const KIDNEYS: Option<Checked> =
    checked(CREATININE, &["0.8", "0.9", "1.0", "1.2"], "kidney test", "examen de los riñones");

/// The conditions, the common ones first.
pub const CHRONIC: [Chronic; 22] = [
    Chronic {
        drug: drug(LISINOPRIL_10, MORNING, "lisinopril", "lisinopril"),
        checked: checked(POTASSIUM, &["3.9", "4.1", "4.3", "4.6", "4.8"], "potassium", "potasio"),
        ..chronic(HYPERTENSION, 20.0, 35, agreed::BLOOD_PRESSURE)
    },
    Chronic {
        drug: drug(ATORVASTATIN, BEDTIME, "atorvastatin", "atorvastatina"),
        checked: checked(LDL, &["88", "97", "104", "112", "126", "141"], "cholesterol", "colesterol"),
        ..chronic(HYPERLIPIDEMIA, 16.0, 35, agreed::CHOLESTEROL)
    },
    Chronic {
        drug: drug(
            METFORMIN,
            ("Take 2 tablets with supper", "Tome 2 tabletas con la cena"),
            "metformin",
            "metformina",
        ),
        checked: SUGAR,
        specialist: Some("stein"),
        procedures: &[FOOT_EXAM, EYE_EXAM],
        ..chronic(DIABETES, 10.0, 35, agreed::DIABETES)
    },
    Chronic {
        checked: checked(A1C, &["5.7", "5.8", "5.9", "6.1", "6.2"], "A1c", "A1c"),
        ..chronic(PREDIABETES, 6.0, 25, agreed::BLOOD_SUGAR)
    },
    Chronic {
        drug: drug(
            OMEPRAZOLE,
            ("Take 1 capsule before breakfast", "Tome 1 cápsula antes del desayuno"),
            "omeprazole",
            "omeprazol",
        ),
        ..chronic(REFLUX, 9.0, 18, agreed::REFLUX)
    },
    Chronic {
        drug: drug(SERTRALINE, MORNING, "sertraline", "sertralina"),
        specialist: Some("costa"),
        procedures: &[DEPRESSION_CHECK],
        ..chronic(DEPRESSION, 9.0, 15, agreed::MOOD)
    },
    Chronic { specialist: Some("costa"), ..chronic(ANXIETY, 8.0, 12, agreed::WORRY) },
    Chronic {
        drug: drug(
            NAPROXEN,
            (
                "Take 1 tablet with food, up to 2 times a day",
                "Tome 1 tableta con comida, hasta 2 veces al día",
            ),
            "naproxen",
            "naproxeno",
        ),
        ..chronic(OSTEOARTHRITIS, 9.0, 48, agreed::JOINTS)
    },
    chronic(BACK_PAIN, 7.0, 22, agreed::BACK),
    Chronic {
        drug: drug(
            ALBUTEROL,
            ("2 puffs every 4 hours if you need it", "2 inhalaciones cada 4 horas si hace falta"),
            "albuterol inhaler",
            "inhalador de albuterol",
        ),
        procedures: &[BREATHING_TEST],
        ..chronic(ASTHMA, 7.0, 4, agreed::ASTHMA)
    },
    Chronic {
        drug: drug(LORATADINE, DAILY, "loratadine", "loratadina"),
        ..chronic(HAY_FEVER, 6.0, 5, agreed::HAY_FEVER)
    },
    Chronic {
        drug: drug(
            LEVOTHYROXINE,
            ("Take 1 tablet in the morning on an empty stomach", "Tome 1 tableta en la mañana en ayunas"),
            "levothyroxine",
            "levotiroxina",
        ),
        checked: checked(TSH, &["1.2", "2.1", "2.9", "3.8", "5.1"], "thyroid test", "examen de la tiroides"),
        specialist: Some("stein"),
        ..chronic(HYPOTHYROIDISM, 6.0, 28, agreed::THYROID)
    },
    Chronic {
        drug: drug(
            SUMATRIPTAN,
            ("Take 1 tablet when a migraine begins", "Tome 1 tableta cuando empiece la migraña"),
            "sumatriptan",
            "sumatriptán",
        ),
        ..chronic(MIGRAINE, 5.0, 14, agreed::HEADACHES)
    },
    chronic(OBESITY, 8.0, 16, agreed::WEIGHT),
    chronic(SLEEP_APNEA, 4.0, 35, agreed::SLEEP),
    Chronic {
        drug: drug(METOPROLOL, DAILY, "metoprolol", "metoprolol"),
        checked: checked(LDL, &["58", "64", "71", "83"], "cholesterol", "colesterol"),
        specialist: Some("adeyemi"),
        procedures: &[EKG],
        ..chronic(HEART_DISEASE, 4.0, 52, agreed::HEART)
    },
    Chronic {
        drug: drug(
            APIXABAN,
            (
                "Take 1 tablet in the morning and 1 in the evening",
                "Tome 1 tableta en la mañana y 1 en la noche",
            ),
            "Eliquis",
            "Eliquis",
        ),
        checked: checked(HEMOGLOBIN, &["12.4", "12.9", "13.3", "13.8"], "blood count", "hemograma"),
        specialist: Some("adeyemi"),
        procedures: &[EKG],
        ..chronic(ATRIAL_FIBRILLATION, 3.0, 58, agreed::RHYTHM)
    },
    Chronic {
        drug: drug(FUROSEMIDE, MORNING, "furosemide", "furosemida"),
        checked: KIDNEYS,
        specialist: Some("adeyemi"),
        procedures: &[HEART_ULTRASOUND],
        ..chronic(HEART_FAILURE, 2.5, 62, agreed::HEART_FAILURE)
    },
    Chronic {
        drug: drug(
            ALENDRONATE,
            ("Take 1 tablet every Sunday morning", "Tome 1 tableta cada domingo en la mañana"),
            "alendronate",
            "alendronato",
        ),
        procedures: &[BONE_SCAN],
        ..chronic(OSTEOPOROSIS, 5.0, 60, agreed::BONES)
    },
    Chronic { checked: KIDNEYS, ..chronic(KIDNEY_DISEASE, 4.0, 58, agreed::KIDNEYS) },
    Chronic {
        drug: drug(ALLOPURINOL, DAILY, "allopurinol", "alopurinol"),
        checked: checked(URIC_ACID, &["5.4", "5.9", "6.6", "7.9"], "uric acid", "ácido úrico"),
        ..chronic(GOUT, 3.0, 42, agreed::GOUT)
    },
    Chronic {
        drug: drug(IRON, DAILY, "iron tablets", "tabletas de hierro"),
        checked: checked(HEMOGLOBIN, &["10.9", "11.4", "11.8", "12.3"], "blood count", "hemograma"),
        ..chronic(ANEMIA, 4.0, 14, agreed::ANEMIA)
    },
];

/// Why somebody comes without a lasting condition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Acute {
    /// Nothing for a check-up.
    pub code: Option<Code>,
    pub agreed: Agreed,
}

pub const ACUTE: [Acute; 8] = [
    Acute { code: None, agreed: agreed::CHECK_UP },
    Acute { code: None, agreed: agreed::CHECK_UP },
    Acute { code: Some(COLD), agreed: agreed::COLD },
    Acute { code: Some(RASH), agreed: agreed::RASH },
    Acute { code: Some(SHOULDER_PAIN), agreed: agreed::SHOULDER },
    Acute { code: Some(SORE_THROAT), agreed: agreed::THROAT },
    Acute { code: Some(ANKLE_SPRAIN), agreed: agreed::ANKLE },
    Acute { code: Some(VACCINES), agreed: agreed::SHOTS },
];
