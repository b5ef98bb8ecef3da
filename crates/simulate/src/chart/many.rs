//! The charts of the crowd, written from their outlines: light ones and deep ones.

use super::Chart;
use super::chronic::Chronic;
use super::kinds::*;
use super::measures::Test;
use super::plan::{Plan, PlannedVisit, Why};
use crate::cast::ChartKind;
use crate::seed::Dice;
use jiff::Timestamp;

impl Chart<'_> {
    /// Problems, visits of two years, the newest vital signs, results, one prescription a medicine.
    pub(super) fn light(&mut self) {
        let (plan, mut dice) = self.outline();
        self.problems(&plan, &mut dice);
        for drug in plan.drugs() {
            self.medicine(drug.code, self.own(drug.how), &[dice.between(4, 80)]);
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
            let times = [newest + 270, newest + 180, newest + 90, newest];
            self.medicine(drug.code, self.own(drug.how), &times);
        }
        for visit in &plan.visits {
            self.planned(visit, &mut dice, true);
        }
        let autumn = dice.between(20, 40);
        let at_visit = |days: i64| nearest(&plan, days);
        self.vaccine(FLU, &[at_visit(autumn), at_visit(autumn + 365), at_visit(autumn + 730)]);
        self.vaccine(TDAP, &[at_visit(dice.between(400, 2400))]);
        if self.patient.age >= 50 {
            self.vaccine(SHINGLES, &[at_visit(dice.between(300, 900))]);
        }
        if self.patient.age >= 65 {
            self.vaccine(PNEUMOCOCCAL, &[at_visit(dice.between(300, 2500))]);
        }
        match dice.between(0, 10) {
            0 | 1 => self.allergy((PENICILLIN_ALLERGY, "medication"), (HIVES, false), 390),
            2 => self.allergy((SULFA_ALLERGY, "medication"), (RASH, false), 390),
            3 => self.allergy((LATEX_ALLERGY, "environment"), (ITCHING, false), 390),
            _ => {}
        }
    }

    fn outline(&self) -> (Plan, Dice) {
        (Plan::of(self.seed, self.patient), self.seed.dice(&format!("{}/chart", self.patient.key)))
    }

    fn problems(&mut self, plan: &Plan, dice: &mut Dice) {
        for (n, problem) in (5..).zip(&plan.problems) {
            // Known for at least two years, so that it counts in a look-back before the messages.
            let days_ago = dice.between(740, 2600);
            self.problem(problem.code, days_ago);
            if self.patient.chart == ChartKind::Deep {
                self.found(problem, (days_ago, (10, n)));
            }
        }
    }

    /// The visit at which a problem was found.
    fn found(&mut self, problem: &Chronic, (days_ago, time): (i64, (i8, i8))) {
        self.visit(days_ago, time, &[problem.code]);
        self.agreed(&problem.agreed.iter().take(1).map(|both| self.own(*both)).collect::<Vec<_>>());
    }

    fn planned(&mut self, visit: &PlannedVisit, dice: &mut Dice, with_vitals: bool) {
        let with = visit.specialist.unwrap_or(self.patient.provider);
        let (code, agreed) = match visit.about {
            Why::Chronic(problem) => (Some(problem.code), problem.agreed),
            Why::Acute(acute) => (acute.code, acute.agreed),
        };
        let at = self.visit_with(with, (visit.days_ago, visit.time), code.as_slice());
        // A body changes from visit to visit, but by little.
        if with_vitals && self.patient.age >= 12 {
            let usual = |what: &str, from: i64, span: u64| {
                from + self.seed.below(&format!("{}/{what}", self.patient.key), span).cast_signed()
            };
            let systolic = usual("pressure", 108, 32) + dice.between(-7, 15);
            let kilograms = usual("weight", 54, 44) + dice.between(-2, 5);
            self.vitals(at, (systolic, systolic * 5 / 8), &format!("{kilograms}.{}", dice.between(0, 10)));
        }
        if let Some((checked, value)) = visit.checked {
            self.result(checked.test, at, value);
            if self.patient.chart == ChartKind::Deep {
                self.beside(checked.test, at, dice);
            }
        }
        if self.patient.chart == ChartKind::Deep {
            let first = dice.pick(agreed).copied();
            let second = dice.pick(agreed).copied().filter(|second| Some(*second) != first);
            let lines: Vec<&str> = first.into_iter().chain(second).map(|both| self.own(both)).collect();
            self.agreed(&lines);
            self.done(visit.about, at, dice);
        }
    }

    /// What is taken together with a test.
    fn beside(&mut self, test: Test, at: Timestamp, dice: &mut Dice) {
        let others: [(Test, i64, i64); 2] = match test {
            POTASSIUM => [(SODIUM, 135, 10), (KIDNEY_FILTER, 58, 40)],
            LDL => [(HDL, 38, 30), (TRIGLYCERIDES, 88, 90)],
            HEMOGLOBIN => [(WHITE_CELLS, 5, 6), (PLATELETS, 170, 200)],
            _ => return,
        };
        for (other, from, span) in others {
            self.result(other, at, &dice.between(from, span).to_string());
        }
    }

    /// What is done at some visits for a lasting condition.
    fn done(&mut self, about: Why, at: Timestamp, dice: &mut Dice) {
        let Why::Chronic(problem) = about else { return };
        if let Some(procedure) = dice.pick(problem.procedures).copied().filter(|_| dice.chance(0.5)) {
            self.procedure(procedure, at);
        }
    }
}

/// The day of the visit that is nearest to so many days ago, within two months; else that day.
fn nearest(plan: &Plan, days_ago: i64) -> i64 {
    let near = plan.visits.iter().map(|visit| visit.days_ago);
    let near = near.filter(|day| (day - days_ago).abs() <= 60);
    near.min_by_key(|day| (day - days_ago).abs()).unwrap_or(days_ago)
}
