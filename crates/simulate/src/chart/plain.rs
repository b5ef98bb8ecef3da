//! The chart of somebody without a story: what most adults of a family clinic have.

use super::Chart;
use super::kinds::{
    A1C, AMLODIPINE, ATORVASTATIN, DIABETES, FLU, HYPERLIPIDEMIA, HYPERTENSION, LATEX_ALLERGY, LDL,
    LISINOPRIL_10, METFORMIN, POTASSIUM, PREDIABETES, TDAP,
};

impl Chart<'_> {
    /// Writes it, by the seed and the age.
    pub(super) fn plain(&mut self) {
        let (seed, key, age) = (self.seed, self.patient.key.clone(), self.patient.age);
        let days = |what: &str, from: i64, span: u64| {
            from + i64::try_from(seed.below(&format!("{key}/{what}"), span)).unwrap_or(0)
        };
        let chance = |what: &str, percent: u64| seed.below(&format!("{key}/{what}"), 100) < percent;
        self.care_team();
        let seen = days("visit", 20, 280);
        let at = self.visit(seen, (9, 30), "Yearly check-up");
        let systolic = days("systolic", 108, 34);
        self.vitals(at, (systolic, systolic * 5 / 8), &format!("{}.0", days("weight", 56, 46)));
        self.vaccine(FLU, &[days("flu", 25, 40)]);
        self.vaccine(TDAP, &[days("tdap", 400, 2400)]);
        if age > 45 && chance("pressure", 50) {
            self.problem(HYPERTENSION, days("pressure since", 400, 3000));
            self.medicine(LISINOPRIL_10, "Take 1 tablet every morning", &[seen, seen + 180]);
            self.results(POTASSIUM, &[(seen, "4.3")]);
        } else if age > 60 && chance("amlodipine", 40) {
            self.problem(HYPERTENSION, days("pressure since", 400, 3000));
            self.medicine(AMLODIPINE, "Take 1 tablet every day", &[seen]);
        }
        if age > 50 && chance("diabetes", 25) {
            self.problem(DIABETES, days("diabetes since", 500, 3000));
            self.medicine(METFORMIN, "Take 2 tablets with supper", &[seen, seen + 90]);
            self.results(A1C, &[(seen, "7.1"), (seen + 180, "7.4")]);
        } else if chance("prediabetes", 15) {
            self.problem(PREDIABETES, days("prediabetes since", 200, 900));
            self.results(A1C, &[(seen, "5.9")]);
        }
        if age > 40 && chance("cholesterol", 40) {
            self.problem(HYPERLIPIDEMIA, days("cholesterol since", 300, 2000));
            self.medicine(ATORVASTATIN, "Take 1 tablet at bedtime", &[seen]);
            self.results(LDL, &[(seen, "104")]);
        }
        if chance("latex", 6) {
            self.allergy((LATEX_ALLERGY, "environment"), "Itching and redness", false);
        }
    }
}
