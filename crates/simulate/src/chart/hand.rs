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
    chart.coverage();
    chart.resources
}

fn rosa(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(DIABETES, 3300);
    chart.problem(HYPERTENSION, 4400);
    chart.problem(HYPERLIPIDEMIA, 2100);
    chart.past_problem(SINUSITIS, 310, 12);
    chart.allergy((PENICILLIN_ALLERGY, "medication"), "Hives", false);
    chart.past_medicine(LISINOPRIL_10, "Take 1 tablet every morning", &[380, 290, 200], "stopped");
    chart.medicine(LISINOPRIL_20, "Take 1 tablet every morning", &[110, 21]);
    chart.medicine(METFORMIN, "Take 2 tablets with breakfast and 2 with supper", &[380, 290, 200, 110, 21]);
    chart.medicine(ATORVASTATIN, "Take 1 tablet at bedtime", &[290, 110]);
    chart.vaccine(FLU, &[40, 400]);
    chart.vaccine(SHINGLES, &[700, 610]);
    chart.vaccine(PNEUMOCOCCAL, &[1900]);
    let autumn = chart.visit(110, (10, 20), "Blood pressure and diabetes");
    chart.vitals(autumn, (148, 84), "68.4");
    let spring = chart.visit(290, (9, 40), "Yearly check-up");
    chart.vitals(spring, (142, 82), "69.1");
    chart.results(POTASSIUM, &[(290, "4.2"), (200, "4.4"), (110, "4.7")]);
    chart.results(SODIUM, &[(110, "139")]);
    chart.results(CREATININE, &[(290, "0.9"), (110, "1.0")]);
    chart.results(KIDNEY_FILTER, &[(290, "66"), (110, "61")]);
    chart.results(A1C, &[(380, "7.6"), (200, "7.3"), (110, "7.0")]);
    let yesterday = chart.days.days_ago(1, (9, 10));
    chart.result(POTASSIUM, yesterday, "5.4");
}

fn miguel(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(HYPERTENSION, 900);
    chart.problem(REFLUX, 1400);
    chart.medicine(AMLODIPINE, "Take 1 tablet every day", &[250, 160, 45]);
    chart.medicine(OMEPRAZOLE, "Take 1 capsule before breakfast", &[160]);
    chart.allergy((SULFA_ALLERGY, "medication"), "Skin rash", false);
    chart.vaccine(FLU, &[33]);
    let seen = chart.visit(45, (11, 0), "Blood pressure");
    chart.vitals(seen, (146, 92), "84.0");
    chart.results(POTASSIUM, &[(45, "4.1")]);
    chart.results(CREATININE, &[(45, "0.9")]);
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
    let seen = chart.visit(60, (14, 0), "Diabetes: started insulin");
    chart.vitals(seen, (134, 82), "98.2");
    chart.results(A1C, &[(240, "8.8"), (60, "9.1")]);
    chart.results(GLUCOSE, &[(60, "188")]);
}

fn eleanor(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(ATRIAL_FIBRILLATION, 1300);
    chart.problem(HYPERTENSION, 6200);
    chart.medicine(APIXABAN, "Take 1 tablet in the morning and 1 in the evening", &[270, 180, 80]);
    chart.medicine(AMLODIPINE, "Take 1 tablet every day", &[180]);
    chart.allergy((PENICILLIN_ALLERGY, "medication"), "Swelling of the lips", true);
    chart.vaccine(FLU, &[45, 410]);
    chart.vaccine(PNEUMOCOCCAL, &[2900]);
    let seen = chart.visit(80, (10, 40), "Heart rhythm check");
    chart.vitals(seen, (128, 74), "58.6");
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
    let seen = chart.visit(95, (9, 0), "Lung check");
    chart.vitals(seen, (132, 78), "77.5");
    chart.results(PEAK_FLOW, &[(95, "310")]);
}

fn aisha(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(HYPOTHYROIDISM, 700);
    chart.medicine(LEVOTHYROXINE, "Take 1 tablet in the morning on an empty stomach", &[190, 100]);
    chart.vaccine(TDAP, &[1100]);
    let seen = chart.visit(100, (13, 20), "Thyroid check");
    chart.vitals(seen, (112, 70), "63.0");
    chart.results(TSH, &[(190, "6.8"), (100, "5.2"), (3, "2.9")]);
}

fn daniel(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(BACK_PAIN, 400);
    chart.medicine(NAPROXEN, "Take 1 tablet with food, up to 2 times a day", &[26]);
    chart.allergy((PEANUT_ALLERGY, "food"), "Trouble breathing", true);
    let seen = chart.visit(26, (15, 0), "Back pain");
    chart.vitals(seen, (124, 80), "81.3");
}

fn lucia(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(PREDIABETES, 500);
    chart.past_medicine(AMOXICILLIN, "Take 1 capsule 3 times a day for 10 days", &[220], "completed");
    chart.vaccine(FLU, &[38]);
    let seen = chart.visit(140, (16, 0), "Yearly check-up");
    chart.vitals(seen, (118, 76), "71.8");
    chart.results(A1C, &[(500, "6.1"), (140, "5.9")]);
}

fn grace(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(BREAST_CANCER_HISTORY, 2500);
    chart.problem(HYPERLIPIDEMIA, 1900);
    chart.medicine(ATORVASTATIN, "Take 1 tablet at bedtime", &[330, 150]);
    chart.allergy((POLLEN_ALLERGY, "environment"), "Sneezing and itchy eyes", false);
    chart.vaccine(FLU, &[47]);
    let seen = chart.visit(150, (10, 0), "Yearly check-up");
    chart.vitals(seen, (126, 78), "70.2");
    chart.results(LDL, &[(510, "148"), (150, "97")]);
}

fn bob(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(GOUT, 3000);
    chart.problem(KIDNEY_DISEASE, 1200);
    chart.medicine(ALLOPURINOL, "Take 2 tablets every day", &[260, 170, 75]);
    chart.vaccine(FLU, &[41]);
    let seen = chart.visit(75, (8, 40), "Kidney and gout check");
    chart.vitals(seen, (136, 76), "92.7");
    chart.results(URIC_ACID, &[(260, "8.1"), (75, "6.0")]);
    chart.results(KIDNEY_FILTER, &[(260, "48"), (75, "46")]);
}

fn wei(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(HYPERLIPIDEMIA, 600);
    chart.medicine(SIMVASTATIN, "Take 1 tablet at bedtime", &[185, 90]);
    let seen = chart.visit(90, (11, 20), "Cholesterol");
    chart.vitals(seen, (122, 78), "74.9");
    chart.results(LDL, &[(185, "171"), (90, "139"), (2, "128")]);
    chart.results(HDL, &[(90, "44"), (2, "46")]);
}

fn sofia(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(DEPRESSION, 800);
    chart.medicine(SERTRALINE, "Take 1 tablet every morning", &[240, 150, 60]);
    let seen = chart.visit(60, (9, 20), "Mood and sleep");
    chart.vitals(seen, (114, 72), "60.4");
}

fn noah(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(ASTHMA, 4000);
    chart.medicine(ALBUTEROL, "2 puffs 15 minutes before sport", &[130]);
    chart.vaccine(TDAP, &[2600]);
    let seen = chart.visit(130, (15, 40), "College physical");
    chart.vitals(seen, (116, 68), "72.0");
}

fn priya(chart: &mut Chart<'_>) {
    chart.care_team();
    chart.problem(MIGRAINE, 1500);
    chart.medicine(SUMATRIPTAN, "Take 1 tablet when a migraine begins", &[75]);
    let seen = chart.visit(75, (10, 20), "Headaches");
    chart.vitals(seen, (110, 70), "57.3");
}
