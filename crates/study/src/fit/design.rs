//! From patterns to 0/1 columns: an intercept, a column per level but the reference (treatment coding),
//! and products of two such columns. A column that says nothing of its own is dropped and named.

use std::collections::HashMap;

use super::counted::Counted;
use super::dense::Independence;
use super::problem::Problem;
use super::warning::Warning;
use crate::grouped::{Grouped, Variable};

/// One level of one variable, by position.
pub type At = (usize, u16);

/// A column: the levels that must all be there (none: the intercept; two: an interaction).
pub type Column = Vec<At>;

/// Which variables and products of two enter a model, by position in [`Grouped::variables`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub variables: Vec<usize>,
    pub interactions: Vec<[usize; 2]>,
}

impl Model {
    /// This model without a variable and its interactions.
    pub fn without(&self, variable: usize) -> Self {
        let mut rest = self.clone();
        rest.variables.retain(|&other| other != variable);
        rest.interactions.retain(|pair| !pair.contains(&variable));
        rest
    }

    pub fn without_interaction(&self, pair: [usize; 2]) -> Self {
        let mut rest = self.clone();
        rest.interactions.retain(|&other| other != pair);
        rest
    }
}

/// The columns that stay, and the problem they make.
#[derive(Clone, Debug)]
pub struct Design {
    pub columns: Vec<Column>,
    pub problem: Problem,
    /// The reference of each variable: its first level that anybody has.
    pub references: Vec<u16>,
    pub warnings: Vec<Warning>,
    places: Places,
    interactions: Vec<[usize; 2]>,
}

impl Design {
    pub fn of(counted: &Counted<'_>, model: &Model) -> Self {
        let grouped = counted.grouped;
        let seen = seen_levels(counted);
        let mut warnings = vec![];
        let mut columns: Vec<Column> = vec![vec![]];
        for &variable in &model.variables {
            let kept = main_columns(&grouped.variables[variable], &seen[variable], &mut warnings);
            columns.extend(kept.into_iter().map(|level| vec![(variable, level)]));
        }
        for &pair in &model.interactions {
            let [a, b] = pair.map(|variable| main_levels(&columns, variable));
            columns.extend(a.iter().flat_map(|&left| b.iter().map(move |&right| vec![left, right])));
        }
        let references = seen.iter().map(|levels| first(levels)).collect();
        let mut design = Self {
            places: Places::of(&columns, grouped.variables.len()),
            columns,
            problem: Problem::default(),
            references,
            warnings,
            interactions: model.interactions.clone(),
        };
        design.problem = design.rows(counted);
        design.drop_dependent(counted);
        design
    }

    /// The columns that are 1 in a pattern, ascending.
    pub fn ones(&self, levels: &[u16], into: &mut Vec<u32>) {
        into.clear();
        into.push(0);
        into.extend((0..).zip(levels).filter_map(|(variable, &level)| self.places.main((variable, level))));
        for &[a, b] in &self.interactions {
            into.extend(self.places.products.get(&[(a, levels[a]), (b, levels[b])]));
        }
        into.sort_unstable();
    }

    /// The columns in which all of these variables take part.
    pub fn columns_with(&self, variables: &[usize]) -> Vec<usize> {
        let has = |column: &Column, variable: &usize| column.iter().any(|(of, _)| of == variable);
        let is_one = |at: &usize| variables.iter().all(|variable| has(&self.columns[*at], variable));
        (0..self.columns.len()).filter(is_one).collect()
    }

    fn rows(&self, counted: &Counted<'_>) -> Problem {
        let mut problem = Problem::new(self.columns.len());
        let mut ones = vec![];
        for (levels, (n, events)) in counted.patterns() {
            self.ones(levels, &mut ones);
            problem.push(&ones, n, events);
        }
        problem
    }

    fn drop_dependent(&mut self, counted: &Counted<'_>) {
        let grouped = counted.grouped;
        let found = Independence::of(&self.problem.gram(self.problem.taking_part()));
        if found.dependent.is_empty() {
            return;
        }
        for dependent in &found.dependent {
            let of = dependent.of.iter().map(|&(column, _)| self.name(grouped, column)).collect();
            self.warnings.push(Warning::Collinear { column: self.name(grouped, dependent.column), of });
        }
        self.columns = found.kept.iter().map(|&column| self.columns[column].clone()).collect();
        self.places = Places::of(&self.columns, grouped.variables.len());
        self.problem = self.rows(counted);
    }

    /// The variable and level of a column, as people write them.
    pub fn name(&self, grouped: &Grouped, column: usize) -> (String, String) {
        let join = |part: fn(&Variable, u16) -> &str| {
            let parts = self.columns[column].iter();
            let words: Vec<&str> =
                parts.map(|&(variable, level)| part(&grouped.variables[variable], level)).collect();
            words.join(":")
        };
        if self.columns[column].is_empty() {
            return ("(intercept)".to_owned(), String::new());
        }
        (join(|variable, _| &variable.name), join(|variable, level| &variable.levels[usize::from(level)]))
    }
}

/// Where the columns of levels stand (the intercept's is always the first).
#[derive(Clone, Debug, Default)]
struct Places {
    mains: Vec<Vec<Option<u32>>>,
    products: HashMap<[At; 2], u32>,
}

impl Places {
    fn of(columns: &[Column], variables: usize) -> Self {
        let mut places = Self { mains: vec![vec![]; variables], products: HashMap::new() };
        for (column, number) in columns.iter().zip(0..) {
            match *column.as_slice() {
                [(variable, level)] => {
                    let levels = &mut places.mains[variable];
                    levels.resize(levels.len().max(usize::from(level) + 1), None);
                    levels[usize::from(level)] = Some(number);
                }
                [a, b] => {
                    places.products.insert([a, b], number);
                }
                _ => {}
            }
        }
        places
    }

    fn main(&self, (variable, level): At) -> Option<u32> {
        self.mains[variable].get(usize::from(level)).copied().flatten()
    }
}

/// For each variable and level: does anybody have it?
fn seen_levels(counted: &Counted<'_>) -> Vec<Vec<bool>> {
    let mut seen: Vec<Vec<bool>> =
        counted.grouped.variables.iter().map(|variable| vec![false; variable.levels.len()]).collect();
    for (levels, _) in counted.patterns().filter(|(_, (n, _))| *n > 0.0) {
        for (of, &level) in seen.iter_mut().zip(levels) {
            of[usize::from(level)] = true;
        }
    }
    seen
}

fn first(seen: &[bool]) -> u16 {
    seen.iter().zip(0..).find(|(seen, _)| **seen).map_or(0, |(_, level)| level)
}

/// The levels that get a column.
fn main_columns(variable: &Variable, seen: &[bool], warnings: &mut Vec<Warning>) -> Vec<u16> {
    let name = || variable.name.clone();
    let levels: Vec<u16> = (0..).zip(seen).filter(|(_, seen)| **seen).map(|(level, _)| level).collect();
    let [reference, others @ ..] = levels.as_slice() else { return vec![] };
    let text = |level: u16| variable.levels[usize::from(level)].clone();
    if others.is_empty() {
        warnings.push(Warning::SingleLevel { variable: name(), level: text(*reference) });
        return vec![];
    }
    if *reference != 0 {
        warnings.push(Warning::OtherReference { variable: name(), wanted: text(0), used: text(*reference) });
    }
    for level in (reference + 1..).zip(&seen[usize::from(*reference) + 1..]).filter(|(_, seen)| !**seen) {
        warnings.push(Warning::LevelWithoutPeople { variable: name(), level: text(level.0) });
    }
    others.to_vec()
}

fn main_levels(columns: &[Column], variable: usize) -> Vec<At> {
    let of = columns.iter().filter(|column| column.len() == 1).map(|column| column[0]);
    of.filter(|at| at.0 == variable).collect()
}
