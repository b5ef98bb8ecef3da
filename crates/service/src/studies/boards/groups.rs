//! People with their steps and hours, split by the fixed groups into what may be shown.

use crate::error::ServiceError;
use crate::studies::calendar::Month;
use crate::studies::groups::VARIABLES;
use crate::view::boards::{LadderBoard, Line, Split};
use domain::covariate::Covariates;
use study::disclosure::{Ladder, Limit, Outer, ShownLadder, rounded};
use study::survival::{Curve, Followed};

/// The levels of one person: a place in the list of each variable.
pub type Places = Vec<usize>;

/// The variables of a board with their levels.
pub struct Groups {
    variables: Vec<(String, Vec<String>)>,
}

impl Groups {
    /// The fixed groups of people.
    pub fn of_people() -> Groups {
        let levels = |levels: &[&str]| levels.iter().map(|level| (*level).to_owned()).collect();
        let variables = VARIABLES.iter().map(|it| (it.word.to_owned(), levels(it.levels)));
        Groups { variables: variables.collect() }
    }

    /// One variable more, before the others.
    pub fn with(mut self, variable: &str, levels: Vec<String>) -> Groups {
        self.variables.insert(0, (variable.to_owned(), levels));
        self
    }

    /// The first `count` of the variables.
    pub fn first(&self, count: usize) -> Groups {
        Groups { variables: self.variables[..count].to_vec() }
    }

    /// Counts people by their steps: how many of the steps each has reached, everybody the first.
    pub fn ladder<'p>(
        &self,
        steps: usize,
        people: impl Iterator<Item = (&'p Places, usize)>,
    ) -> Result<Ladder, ServiceError> {
        let mut total = vec![0; steps];
        let mut by: Vec<Vec<Vec<u64>>> =
            self.variables.iter().map(|(_, levels)| vec![vec![0; steps]; levels.len()]).collect();
        for (places, reached) in people {
            let cells = by.iter_mut().zip(places).map(|(levels, place)| &mut levels[*place]);
            for cell in cells.chain([&mut total]) {
                cell[..reached].iter_mut().for_each(|count| *count += 1);
            }
        }
        Ladder::new(total, by).map_err(|error| ServiceError::Internal(error.to_string()))
    }

    /// What may be shown, in words.
    pub fn board(&self, ladder: &Ladder) -> LadderBoard {
        self.told(&ladder.publish(Limit::default()), None)
    }

    /// The same beside a ladder of all, of which the steps up to `holds` hold the people of each step here.
    pub fn board_inside(&self, ladder: &Ladder, (all, holds): (&Ladder, &[usize])) -> LadderBoard {
        let limit = Limit::default();
        let outer = Outer { ladder: all, shown: &all.publish(limit), holds };
        self.told(&ladder.publish_inside(&outer, limit), None)
    }

    /// Who waited longer than each of `hours`, and the median where a group is shown.
    pub fn waiting(
        &self,
        waits: &Waits<'_>,
        outer: Option<&Waited>,
    ) -> Result<(LadderBoard, Waited), ServiceError> {
        let longer = |wait: &Followed| {
            1 + waits.hours.iter().filter(|hours| !wait.happened || wait.time > **hours).count()
        };
        let people = waits.people.iter().map(|(places, wait)| (places, longer(wait)));
        let ladder = self.ladder(1 + waits.hours.len(), people)?;
        let limit = Limit::default();
        let shown = match outer {
            None => ladder.publish(limit),
            Some(outer) => {
                let holds = outer.holding(waits.hours);
                let outer = Outer { ladder: &outer.ladder, shown: &outer.shown, holds: &holds };
                ladder.publish_inside(&outer, limit)
            }
        };
        let board = self.told(&shown, Some(waits.people));
        Ok((board, Waited { ladder, shown, hours: waits.hours.to_vec() }))
    }

    fn told(&self, shown: &ShownLadder, waits: Option<&[(Places, Followed)]>) -> LadderBoard {
        let median = |is_in: &dyn Fn(&Places) -> bool| {
            let group = waits?.iter().filter(|(places, _)| is_in(places)).map(|(_, wait)| *wait);
            let curve = Curve::of(&group.collect::<Vec<_>>());
            curve.median().map(|median| rounded(median.time))
        };
        let all = shown.total.iter().any(Option::is_some).then(|| shown.total.clone());
        let all_median = if all.is_some() { median(&|_| true) } else { None };
        let split = |(at, ((variable, levels), split)): (
            usize,
            (&(String, Vec<String>), &study::disclosure::ShownSplit),
        )| {
            let is_hidden = |place: usize| split.levels[place].is_none();
            let line = |(place, level): (usize, &String)| Line {
                level: level.clone(),
                steps: split.levels[place].clone(),
                median: split.levels[place].as_ref().and_then(|_| median(&|places| places[at] == place)),
            };
            let rest = split.rest.clone().map(|steps| Line {
                level: "rest".into(),
                steps: Some(steps),
                median: median(&|places| is_hidden(places[at])),
            });
            let is_used = |line: &Line| line.steps.as_ref().is_none_or(|steps| steps[0] != Some(0));
            let lines = levels.iter().enumerate().map(line).filter(is_used).collect();
            Split { variable: variable.clone(), lines, rest }
        };
        let by = self.variables.iter().zip(&shown.by).enumerate().map(split).collect();
        LadderBoard { all: Line { level: "all".into(), steps: all, median: all_median }, by }
    }
}

/// Everybody's hours until an answer.
pub struct Waits<'a> {
    pub hours: &'a [f64],
    pub people: &'a [(Places, Followed)],
}

/// What was counted and shown of them.
pub struct Waited {
    ladder: Ladder,
    shown: ShownLadder,
    hours: Vec<f64>,
}

impl Waited {
    /// No time is longer in working hours, or until a message is opened, than by the clock until its answer: who
    /// waited longer than some of those hours waited longer than so many, or fewer, of these.
    fn holding(&self, inner: &[f64]) -> Vec<usize> {
        let steps = inner.iter().map(|hours| self.hours.iter().filter(|clock| *clock <= hours).count());
        [0].into_iter().chain(steps).collect()
    }
}

/// The places of somebody in the fixed groups.
pub fn places(covariates: &Covariates, month: Month) -> Places {
    VARIABLES.iter().map(|variable| variable.level_of(covariates, month)).collect()
}
