//! The charts of the crowd, written from their outlines: light ones and deep ones.

use super::Chart;
use super::kinds::{FLU, LATEX_ALLERGY, PENICILLIN_ALLERGY, PNEUMOCOCCAL, SHINGLES, SULFA_ALLERGY, TDAP};
use super::plan::{Plan, PlannedVisit};
use crate::seed::Dice;

impl Chart<'_> {
    /// Problems, visits of two years, the newest vital signs, results, one prescription a medicine.
    pub(super) fn light(&mut self) {
        let (plan, mut dice) = self.outline();
        self.problems(&plan, &mut dice);
        for drug in plan.drugs() {
            self.medicine(drug.code, drug.how, &[dice.between(4, 80)]);
        }
        for (n, visit) in plan.visits.iter().enumerate() {
            self.planned(visit, &mut dice, n == 0);
        }
    }

    /// Five years with everything: care team, prescriptions, vital signs at each visit, vaccines.
    pub(super) fn deep(&mut self) {
        let (plan, mut dice) = self.outline();
        self.care_team();
        self.problems(&plan, &mut dice);
        for drug in plan.drugs() {
            let newest = dice.between(4, 80);
            self.medicine(drug.code, drug.how, &[newest + 270, newest + 180, newest + 90, newest]);
        }
        for visit in &plan.visits {
            self.planned(visit, &mut dice, true);
        }
        let autumn = dice.between(20, 40);
        self.vaccine(FLU, &[autumn, autumn + 365, autumn + 730]);
        self.vaccine(TDAP, &[dice.between(400, 2400)]);
        if self.patient.age >= 50 {
            self.vaccine(SHINGLES, &[dice.between(300, 900)]);
        }
        if self.patient.age >= 65 {
            self.vaccine(PNEUMOCOCCAL, &[dice.between(300, 2500)]);
        }
        match dice.between(0, 10) {
            0 | 1 => self.allergy((PENICILLIN_ALLERGY, "medication"), "Hives", false),
            2 => self.allergy((SULFA_ALLERGY, "medication"), "Skin rash", false),
            3 => self.allergy((LATEX_ALLERGY, "environment"), "Itching and redness", false),
            _ => {}
        }
    }

    fn outline(&self) -> (Plan, Dice) {
        (Plan::of(self.seed, self.patient), self.seed.dice(&format!("{}/chart", self.patient.key)))
    }

    fn problems(&mut self, plan: &Plan, dice: &mut Dice) {
        for problem in &plan.problems {
            // Known for at least two years, so that it counts in a look-back before the messages.
            self.problem(problem.code, dice.between(740, 2600));
        }
    }

    fn planned(&mut self, visit: &PlannedVisit, dice: &mut Dice, with_vitals: bool) {
        let with = visit.specialist.unwrap_or(self.patient.provider);
        let at = self.visit_with(with, (visit.days_ago, visit.time), visit.reason);
        if with_vitals && self.patient.age >= 12 {
            let systolic = dice.between(106, 38);
            self.vitals(
                at,
                (systolic, systolic * 5 / 8),
                &format!("{}.{}", dice.between(54, 48), dice.between(0, 10)),
            );
        }
        if let Some((checked, value)) = visit.checked {
            self.result(checked.test, at, value);
        }
    }
}
