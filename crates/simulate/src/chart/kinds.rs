//! The problems, medicines, allergies, vaccines and tests that the charts mention.

use super::codes::Code;
use super::measures::Test;

pub const DIABETES: Code = Code::snomed("44054006", "Type 2 diabetes");
pub const HYPERTENSION: Code = Code::snomed("59621000", "High blood pressure");
pub const HYPERLIPIDEMIA: Code = Code::snomed("55822004", "High cholesterol");
pub const ATRIAL_FIBRILLATION: Code = Code::snomed("49436004", "Atrial fibrillation");
pub const COPD: Code = Code::snomed("13645005", "Chronic obstructive lung disease (COPD)");
pub const HYPOTHYROIDISM: Code = Code::snomed("40930008", "Underactive thyroid");
pub const BACK_PAIN: Code = Code::snomed("278860009", "Chronic low back pain");
pub const PREDIABETES: Code = Code::snomed("15777000", "Prediabetes");
pub const GOUT: Code = Code::snomed("90560007", "Gout");
pub const KIDNEY_DISEASE: Code = Code::snomed("433144002", "Chronic kidney disease stage 3");
pub const REFLUX: Code = Code::snomed("235595009", "Acid reflux");
pub const DEPRESSION: Code = Code::snomed("370143000", "Major depression");
pub const MIGRAINE: Code = Code::snomed("37796009", "Migraine");
pub const ASTHMA: Code = Code::snomed("195967001", "Asthma");
pub const BREAST_CANCER_HISTORY: Code = Code::snomed("429087003", "History of breast cancer");
pub const SINUSITIS: Code = Code::snomed("444814009", "Viral sinusitis");
pub const HEART_FAILURE: Code = Code::snomed("84114007", "Heart failure");
pub const HEART_DISEASE: Code = Code::snomed("53741008", "Coronary heart disease");
pub const OSTEOPOROSIS: Code = Code::snomed("64859006", "Osteoporosis");
pub const OSTEOARTHRITIS: Code = Code::snomed("396275006", "Osteoarthritis");
pub const ANXIETY: Code = Code::snomed("48694002", "Anxiety");
pub const SLEEP_APNEA: Code = Code::snomed("78275009", "Sleep apnea");
pub const ANEMIA: Code = Code::snomed("271737000", "Anemia");
pub const OBESITY: Code = Code::snomed("414916001", "Obesity");
pub const HAY_FEVER: Code = Code::snomed("367498001", "Hay fever");
pub const KNEE_INJURY: Code = Code::snomed("239720000", "Torn cartilage of the knee");
pub const BRONCHITIS: Code = Code::snomed("10509002", "Acute bronchitis");
pub const BLADDER_INFECTION: Code = Code::snomed("38822007", "Bladder infection");

pub const LISINOPRIL_20: Code = Code::rxnorm("314077", "Lisinopril 20 mg tablet");
pub const LISINOPRIL_10: Code = Code::rxnorm("314076", "Lisinopril 10 mg tablet");
pub const METFORMIN: Code = Code::rxnorm("860975", "Metformin 500 mg extended-release tablet");
pub const ATORVASTATIN: Code = Code::rxnorm("617311", "Atorvastatin 40 mg tablet");
pub const AMLODIPINE: Code = Code::rxnorm("197361", "Amlodipine 5 mg tablet");
pub const HYDROCHLOROTHIAZIDE: Code = Code::rxnorm("310798", "Hydrochlorothiazide 25 mg tablet");
pub const APIXABAN: Code = Code::rxnorm("1364445", "Apixaban (Eliquis) 5 mg tablet");
pub const GLARGINE: Code = Code::rxnorm("847230", "Insulin glargine pen, 100 units/mL");
pub const ALBUTEROL: Code = Code::rxnorm("2123111", "Albuterol inhaler, 90 mcg a puff");
pub const SALMETEROL: Code = Code::rxnorm("896209", "Fluticasone-salmeterol inhaler 250/50");
pub const LEVOTHYROXINE: Code = Code::rxnorm("966222", "Levothyroxine 75 mcg tablet");
pub const NAPROXEN: Code = Code::rxnorm("849574", "Naproxen 220 mg tablet");
pub const OMEPRAZOLE: Code = Code::rxnorm("198051", "Omeprazole 20 mg capsule");
pub const ALLOPURINOL: Code = Code::rxnorm("197319", "Allopurinol 100 mg tablet");
pub const SERTRALINE: Code = Code::rxnorm("312941", "Sertraline 50 mg tablet");
pub const SUMATRIPTAN: Code = Code::rxnorm("313161", "Sumatriptan 50 mg tablet");
pub const SIMVASTATIN: Code = Code::rxnorm("312961", "Simvastatin 20 mg tablet");
pub const AMOXICILLIN: Code = Code::rxnorm("308182", "Amoxicillin 250 mg capsule");
pub const AMLODIPINE_10: Code = Code::rxnorm("308135", "Amlodipine 10 mg tablet");
pub const FUROSEMIDE: Code = Code::rxnorm("313988", "Furosemide 40 mg tablet");
pub const LOSARTAN: Code = Code::rxnorm("979492", "Losartan 50 mg tablet");
pub const METOPROLOL: Code = Code::rxnorm("866436", "Metoprolol succinate 50 mg tablet");
pub const ALENDRONATE: Code = Code::rxnorm("904431", "Alendronate 70 mg tablet");
pub const CALCIUM: Code = Code::words_only("Calcium 600 mg with vitamin D tablet");
pub const IRON: Code = Code::rxnorm("310325", "Ferrous sulfate 325 mg tablet");
pub const LORATADINE: Code = Code::rxnorm("311372", "Loratadine 10 mg tablet");
pub const BIRTH_CONTROL: Code = Code::words_only("Norethindrone and ethinyl estradiol tablet");

pub const SULFA: Code = Code::rxnorm("198335", "Sulfamethoxazole 800 mg and trimethoprim 160 mg tablet");

pub const PENICILLIN_ALLERGY: Code = Code::snomed("91936005", "Penicillin");
pub const SULFA_ALLERGY: Code = Code::snomed("91939003", "Sulfa medicines");
pub const PEANUT_ALLERGY: Code = Code::snomed("91935009", "Peanuts");
pub const LATEX_ALLERGY: Code = Code::snomed("300916003", "Latex");
pub const POLLEN_ALLERGY: Code = Code::snomed("418689008", "Grass pollen");

pub const HIVES: Code = Code::snomed("247472004", "Hives");
pub const RASH: Code = Code::snomed("271807003", "Skin rash");
pub const ITCHING: Code = Code::snomed("418290006", "Itching");
pub const SHORT_BREATH: Code = Code::snomed("267036007", "Trouble breathing");
pub const SNEEZING: Code = Code::snomed("76067001", "Sneezing");
pub const SWOLLEN_LIPS: Code = Code::words_only("Swelling of the lips");

pub const COLD: Code = Code::snomed("82272006", "Cough and cold");
pub const SHOULDER_PAIN: Code = Code::snomed("45326000", "Shoulder pain");
pub const SORE_THROAT: Code = Code::snomed("162397003", "Sore throat");
pub const ANKLE_SPRAIN: Code = Code::snomed("44465007", "Ankle sprain");
pub const VACCINES: Code = Code::snomed("33879002", "Vaccines");
pub const CONTRACEPTION: Code = Code::snomed("13197004", "Birth control");
pub const MOLE: Code = Code::words_only("A mole on the back");
pub const COLLEGE: Code = Code::words_only("College physical");

pub const FOOT_EXAM: Code = Code::snomed("401191002", "Diabetic foot examination");
pub const EYE_EXAM: Code = Code::snomed("134395001", "Diabetic retinal eye exam");
pub const DEPRESSION_CHECK: Code = Code::snomed("171207006", "Depression screening");
pub const BREATHING_TEST: Code = Code::snomed("127783003", "Spirometry");
pub const EKG: Code = Code::snomed("29303009", "Electrocardiogram");
pub const HEART_ULTRASOUND: Code = Code::snomed("40701008", "Echocardiography");
pub const BONE_SCAN: Code = Code::snomed("312681000", "Bone density scan");
pub const MAMMOGRAM: Code = Code::snomed("71651007", "Mammography");
pub const URINE_CULTURE: Code = Code::snomed("117010004", "Urine culture");
pub const KNEE_XRAY: Code = Code::snomed("74016001", "Knee X-ray");

pub const FLU: Code = Code::cvx("140", "Flu");
pub const TDAP: Code = Code::cvx("115", "Tetanus, diphtheria and whooping cough (Tdap)");
pub const PNEUMOCOCCAL: Code = Code::cvx("133", "Pneumococcal (PCV13)");
pub const SHINGLES: Code = Code::cvx("187", "Shingles");
pub const HEPATITIS_B: Code = Code::cvx("43", "Hepatitis B");

pub const POTASSIUM: Test =
    Test::ranged(Code::loinc("2823-3", "Potassium"), "mmol/L", (Some(3.5), Some(5.1)));
pub const SODIUM: Test = Test::ranged(Code::loinc("2951-2", "Sodium"), "mmol/L", (Some(135.0), Some(145.0)));
pub const CREATININE: Test =
    Test::ranged(Code::loinc("2160-0", "Creatinine"), "mg/dL", (Some(0.5), Some(1.1)));
pub const GLUCOSE: Test = Test::ranged(Code::loinc("2345-7", "Glucose"), "mg/dL", (Some(70.0), Some(99.0)));
pub const A1C: Test = Test::ranged(Code::loinc("4548-4", "Hemoglobin A1c"), "%", (None, Some(5.6)));
pub const TSH: Test =
    Test::ranged(Code::loinc("3016-3", "Thyroid stimulating hormone (TSH)"), "mIU/L", (Some(0.4), Some(4.5)));
pub const LDL: Test = Test::ranged(Code::loinc("18262-6", "LDL cholesterol"), "mg/dL", (None, Some(130.0)));
pub const HDL: Test = Test::ranged(Code::loinc("2085-9", "HDL cholesterol"), "mg/dL", (Some(40.0), None));
pub const CHOLESTEROL: Test =
    Test::ranged(Code::loinc("2093-3", "Total cholesterol"), "mg/dL", (None, Some(200.0)));
pub const TRIGLYCERIDES: Test =
    Test::ranged(Code::loinc("2571-8", "Triglycerides"), "mg/dL", (None, Some(150.0)));
pub const WHITE_CELLS: Test =
    Test::ranged(Code::loinc("6690-2", "White blood cells"), "10*3/uL", (Some(4.5), Some(11.0)));
pub const PLATELETS: Test =
    Test::ranged(Code::loinc("777-3", "Platelets"), "10*3/uL", (Some(150.0), Some(400.0)));
pub const URIC_ACID: Test = Test::ranged(Code::loinc("3084-1", "Uric acid"), "mg/dL", (Some(3.5), Some(7.2)));
pub const HEMOGLOBIN: Test =
    Test::ranged(Code::loinc("718-7", "Hemoglobin"), "g/dL", (Some(12.0), Some(16.0)));
pub const KIDNEY_FILTER: Test = Test::bare(Code::loinc("33914-3", "Kidney filtration rate (eGFR)"), "mL/min");
pub const PEAK_FLOW: Test = Test::bare(Code::loinc("33452-4", "Peak flow"), "L/min");
