//! The charts of the first of the cast, written by hand; what people write in their messages agrees
//! with them.

use super::kinds::*;
use super::{Arriving, Chart};
use crate::cast::{ChartKind, PatientMember};
use crate::days::Days;
use crate::seed::Seed;

/// The whole chart of a patient but the Patient itself.
pub fn write(days: &Days, seed: Seed, patient: &PatientMember) -> Vec<Arriving> {
    let mut chart = Chart::new(days, seed, patient);
    match patient.key.as_str() {
        "rosa" => rosa(&mut chart),
        "miguel" => miguel(&mut chart),
        "tyrone" => tyrone(&mut chart),
        "eleanor" => eleanor(&mut chart),
        "james" => james(&mut chart),
        "aisha" => aisha(&mut chart),
        "daniel" => daniel(&mut chart),
        "lucia" => lucia(&mut chart),
        "grace" => grace(&mut chart),
        "bob" => bob(&mut chart),
        "wei" => wei(&mut chart),
        "sofia" => sofia(&mut chart),
        "noah" => noah(&mut chart),
        "priya" => priya(&mut chart),
        _ if patient.chart == ChartKind::Hand => drop(chart.of_the_day()),
        _ if patient.chart == ChartKind::Deep => chart.deep(),
        _ => chart.light(),
    }
    chart.finish()
}

fn rosa(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(DIABETES, 3300);
    chart.problem(HYPERTENSION, 4400);
    chart.problem(HYPERLIPIDEMIA, 2100);
    chart.past_problem(SINUSITIS, 310, 12);
    chart.allergy((PENICILLIN_ALLERGY, "medication"), (HIVES, false), 2100);
    chart.past_medicine(LISINOPRIL_10, "Take 1 tablet every morning", &[380, 290, 200], "stopped");
    chart.medicine(LISINOPRIL_20, "Take 1 tablet every morning", &[110, 21]);
    chart.medicine(METFORMIN, "Take 2 tablets with breakfast and 2 with supper", &[380, 290, 200, 110, 21]);
    chart.medicine(ATORVASTATIN, "Take 1 tablet at bedtime", &[290, 110]);
    chart.vaccine(FLU, &[40, 380]);
    chart.vaccine(SHINGLES, &[700, 610]);
    chart.vaccine(PNEUMOCOCCAL, &[1900]);
    rosas_visits(chart);
    chart.results(POTASSIUM, &[(290, "4.2"), (200, "4.4"), (110, "4.7")]);
    chart.results(SODIUM, &[(290, "140"), (200, "138"), (110, "139")]);
    chart.results(CREATININE, &[(290, "0.9"), (200, "0.9"), (110, "1.0")]);
    chart.results(KIDNEY_FILTER, &[(290, "66"), (200, "64"), (110, "61")]);
    chart.results(A1C, &[(380, "7.6"), (200, "7.3"), (110, "7.0")]);
    chart.results(LDL, &[(380, "112"), (110, "94")]);
    chart.results(HDL, &[(380, "51"), (110, "53")]);
    let yesterday = chart.days.days_ago(1, (9, 10));
    chart.result(POTASSIUM, yesterday, "5.4");
}

/// From the oldest to the newest. What has changed in her kitchen since, the chart does not know.
fn rosas_visits(chart: &mut Chart<'_>) {
    let seen = chart.visit(380, (10, 0), &[DIABETES, HYPERTENSION]);
    chart.vitals(seen, (144, 84), "70.2");
    chart.procedure(FOOT_EXAM, seen);
    chart.agreed(&[
        "Go on with metformin at breakfast and supper.",
        "Walk for 20 minutes on most days, after supper if you can.",
        "Both feet look good. Look at them every evening.",
    ]);
    let seen = chart.visit(310, (15, 40), &[SINUSITIS]);
    chart.agreed(&[
        "This is a virus, so an antibiotic would not help.",
        "Rest and drink a lot. Come back if it is not better in 10 days.",
    ]);
    chart.vitals(seen, (138, 80), "69.8");
    let seen = chart.visit(290, (9, 40), &[]);
    chart.vitals(seen, (142, 82), "69.1");
    chart.agreed(&[
        "The blood pressure is still a little high. Use less salt, at the table and in the kitchen.",
        "Measure it at home twice a week and bring the list.",
    ]);
    let seen = chart.visit(200, (11, 0), &[DIABETES, HYPERTENSION]);
    chart.vitals(seen, (146, 84), "68.9");
    chart.procedure(EYE_EXAM, seen);
    chart.agreed(&[
        "The A1c is on its way down. Go on like this.",
        "The eyes show no harm from the sugar. Check again in a year.",
        "If the blood pressure stays above 140, we will raise the lisinopril next time.",
    ]);
    let seen = chart.visit(110, (10, 20), &[HYPERTENSION, DIABETES]);
    chart.vitals(seen, (148, 84), "68.4");
    chart.agreed(&[
        "Lisinopril goes up from 10 to 20 mg, one tablet every morning.",
        "Less salt helps as much as a tablet: read the label of bread, soup and canned food.",
        "This medicine can raise potassium, so we test it again before the next visit.",
    ]);
    chart.visit(40, (11, 0), &[VACCINES]);
    chart.agreed(&["The arm may be sore for a day or two."]);
}

fn miguel(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(HYPERTENSION, 900);
    chart.problem(REFLUX, 1400);
    chart.medicine(AMLODIPINE, "Tome 1 tableta todos los días", &[250, 160, 45]);
    chart.medicine(OMEPRAZOLE, "Tome 1 cápsula antes del desayuno", &[160]);
    chart.allergy((SULFA_ALLERGY, "medication"), (RASH, false), 800);
    chart.vaccine(FLU, &[33]);
    let seen = chart.visit(250, (10, 0), &[HYPERTENSION]);
    chart.vitals(seen, (152, 94), "85.1");
    chart.agreed(&[
        "Usar menos sal: probar la comida antes de salarla.",
        "Caminar media hora casi todos los días.",
    ]);
    let seen = chart.visit(160, (9, 20), &[REFLUX, HYPERTENSION]);
    chart.vitals(seen, (148, 92), "84.6");
    chart.agreed(&[
        "Tomar el omeprazol antes del desayuno por ocho semanas.",
        "Cenar temprano y no acostarse enseguida.",
    ]);
    let seen = chart.visit(45, (11, 0), &[HYPERTENSION]);
    chart.vitals(seen, (146, 92), "84.0");
    chart.agreed(&[
        "Seguir con la amlodipina todos los días.",
        "Medir la presión en la casa toda la semana antes de la cita, en la mañana y en la noche.",
        "Anotar los números y mandarlos por aquí.",
    ]);
    chart.results(POTASSIUM, &[(250, "4.3"), (45, "4.1")]);
    chart.results(CREATININE, &[(250, "1.0"), (45, "0.9")]);
    chart.results(SODIUM, &[(45, "141")]);
}

fn tyrone(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(DIABETES, 2600);
    chart.problem(HYPERTENSION, 1500);
    chart.medicine(GLARGINE, "Inject 18 units at bedtime", &[60]);
    chart.medicine(METFORMIN, "Take 2 tablets with supper", &[240, 150, 60]);
    chart.medicine(HYDROCHLOROTHIAZIDE, "Take 1 tablet every morning", &[150]);
    chart.vaccine(FLU, &[28]);
    chart.vaccine(HEPATITIS_B, &[2300, 2270, 2120]);
    let seen = chart.visit(60, (14, 0), &[DIABETES]);
    chart.vitals(seen, (134, 82), "98.2");
    chart.agreed(&[
        "Start insulin glargine: 18 units under the skin at bedtime.",
        "Measure the sugar every morning before breakfast and write it down.",
        "Below 70: eat or drink something sweet at once, and tell us.",
    ]);
    chart.results(A1C, &[(240, "8.8"), (60, "9.1")]);
    chart.results(GLUCOSE, &[(60, "188")]);
}

fn eleanor(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(ATRIAL_FIBRILLATION, 1300);
    chart.problem(HYPERTENSION, 6200);
    chart.medicine(APIXABAN, "Take 1 tablet in the morning and 1 in the evening", &[270, 180, 80]);
    chart.medicine(AMLODIPINE, "Take 1 tablet every day", &[180]);
    chart.allergy((PENICILLIN_ALLERGY, "medication"), (SWOLLEN_LIPS, true), 2900);
    chart.vaccine(FLU, &[45, 410]);
    chart.vaccine(PNEUMOCOCCAL, &[2900]);
    let seen = chart.visit(80, (10, 40), &[ATRIAL_FIBRILLATION]);
    chart.vitals(seen, (128, 74), "58.6");
    chart.agreed(&[
        "Take Eliquis in the morning and in the evening, without gaps.",
        "Do not stop it on your own, not even for a day: ask us first.",
        "Tell every dentist and doctor that you take it.",
    ]);
    chart.procedure(EKG, seen);
    chart.results(CREATININE, &[(80, "1.0")]);
    chart.results(HEMOGLOBIN, &[(270, "12.9"), (80, "12.6")]);
}

fn james(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(COPD, 2800);
    chart.medicine(
        SALMETEROL,
        "1 puff in the morning and 1 in the evening; rinse your mouth",
        &[210, 120, 32],
    );
    chart.medicine(ALBUTEROL, "2 puffs every 4 hours if you need it", &[200, 95]);
    chart.vaccine(FLU, &[51]);
    chart.vaccine(PNEUMOCOCCAL, &[800]);
    let seen = chart.visit(95, (9, 0), &[COPD]);
    chart.vitals(seen, (132, 78), "77.5");
    chart.agreed(&[
        "The two inhalers have two jobs: the purple one every day, albuterol only when you need it.",
        "Rinse the mouth after the purple one.",
        "On smoky days stay inside and shut the windows.",
    ]);
    chart.procedure(BREATHING_TEST, seen);
    chart.results(PEAK_FLOW, &[(95, "310")]);
}

fn aisha(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(HYPOTHYROIDISM, 700);
    chart.medicine(LEVOTHYROXINE, "Take 1 tablet in the morning on an empty stomach", &[190, 100]);
    chart.vaccine(TDAP, &[1100]);
    let seen = chart.visit(100, (13, 20), &[HYPOTHYROIDISM]);
    chart.vitals(seen, (112, 70), "63.0");
    chart.agreed(&[
        "Stay on 75 mcg, half an hour before breakfast.",
        "Test the thyroid again in three months.",
    ]);
    chart.results(TSH, &[(190, "6.8"), (100, "5.2"), (3, "2.9")]);
}

fn daniel(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(BACK_PAIN, 400);
    chart.medicine(NAPROXEN, "Take 1 tablet with food, up to 2 times a day", &[26]);
    chart.allergy((PEANUT_ALLERGY, "food"), (SHORT_BREATH, true), 400);
    let seen = chart.visit(26, (15, 0), &[BACK_PAIN]);
    chart.vitals(seen, (124, 80), "81.3");
    chart.agreed(&[
        "Naproxen with food for two weeks, then only when it hurts.",
        "Warmth and short walks rather than lying down.",
        "Nothing heavy until we have looked at the back again.",
    ]);
}

fn lucia(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(PREDIABETES, 500);
    chart.past_medicine(AMOXICILLIN, "Tome 1 cápsula 3 veces al día por 10 días", &[220], "completed");
    chart.vaccine(FLU, &[38]);
    let seen = chart.visit(140, (16, 0), &[]);
    chart.vitals(seen, (118, 76), "71.8");
    chart.agreed(&[
        "Agua en lugar de bebidas dulces.",
        "Caminar media hora casi todos los días, con los niños también cuenta.",
        "Repetir la A1c en un año.",
    ]);
    chart.results(A1C, &[(500, "6.1"), (140, "5.9")]);
}

fn grace(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(BREAST_CANCER_HISTORY, 2500);
    chart.problem(HYPERLIPIDEMIA, 1900);
    chart.medicine(ATORVASTATIN, "Take 1 tablet at bedtime", &[330, 150]);
    chart.allergy((POLLEN_ALLERGY, "environment"), (SNEEZING, false), 1900);
    chart.vaccine(FLU, &[47]);
    let seen = chart.visit(150, (10, 0), &[]);
    chart.vitals(seen, (126, 78), "70.2");
    chart.agreed(&[
        "Go on with atorvastatin at bedtime.",
        "The next mammogram is due in fall. We will remind you.",
    ]);
    let scan = chart.days.about_days_ago(395, (9, 0));
    chart.procedure(MAMMOGRAM, scan);
    chart.results(LDL, &[(510, "148"), (150, "97")]);
}

fn bob(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(GOUT, 3000);
    chart.problem(KIDNEY_DISEASE, 1200);
    chart.medicine(ALLOPURINOL, "Take 2 tablets every day", &[260, 170, 75]);
    chart.vaccine(FLU, &[41]);
    let seen = chart.visit(75, (8, 40), &[KIDNEY_DISEASE, GOUT]);
    chart.vitals(seen, (136, 76), "92.7");
    chart.agreed(&[
        "Two tablets of allopurinol every day.",
        "No ibuprofen or naproxen, they are hard on the kidneys; acetaminophen is fine.",
    ]);
    chart.results(URIC_ACID, &[(260, "8.1"), (75, "6.0")]);
    chart.results(KIDNEY_FILTER, &[(260, "48"), (75, "46")]);
}

fn wei(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(HYPERLIPIDEMIA, 600);
    chart.medicine(SIMVASTATIN, "Take 1 tablet at bedtime", &[185, 90]);
    let seen = chart.visit(90, (11, 20), &[HYPERLIPIDEMIA]);
    chart.vitals(seen, (122, 78), "74.9");
    chart.agreed(&[
        "Go on with simvastatin at bedtime.",
        "Test the cholesterol again in three months, then we decide on the dose.",
    ]);
    chart.results(LDL, &[(185, "171"), (90, "139"), (2, "128")]);
    chart.results(HDL, &[(90, "44"), (2, "46")]);
}

fn sofia(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(DEPRESSION, 800);
    chart.medicine(SERTRALINE, "Take 1 tablet every morning", &[240, 150, 60]);
    let seen = chart.visit(60, (9, 20), &[DEPRESSION]);
    chart.vitals(seen, (114, 72), "60.4");
    chart.procedure(DEPRESSION_CHECK, seen);
    chart.agreed(&[
        "Stay on sertraline for at least half a year, also when the mood is good.",
        "One walk outside every day.",
        "Write to us if the sleep gets worse.",
    ]);
}

fn noah(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(ASTHMA, 4000);
    chart.medicine(ALBUTEROL, "2 puffs 15 minutes before sport", &[130]);
    chart.vaccine(TDAP, &[2600]);
    let seen = chart.visit(130, (15, 40), &[COLLEGE]);
    chart.vitals(seen, (116, 68), "72.0");
    chart.agreed(&[
        "Fit for sport. Two puffs of albuterol 15 minutes before, and keep the inhaler in the bag.",
        "If you need it more than twice a week besides sport, tell us.",
    ]);
}

fn priya(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(MIGRAINE, 1500);
    chart.medicine(SUMATRIPTAN, "Take 1 tablet when a migraine begins", &[75]);
    let seen = chart.visit(75, (10, 20), &[MIGRAINE]);
    chart.vitals(seen, (110, 70), "57.3");
    chart.agreed(&[
        "Take sumatriptan as soon as the migraine begins.",
        "Keep a headache diary: day, how bad, what helped.",
    ]);
}
