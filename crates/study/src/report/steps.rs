//! Stages and times of a study: counted of all and of each level, shown step by step only where nobody follows from
//! two steps ([`Ladder`]).

use super::digits::Digits;
use super::disclose::Shown;
use super::model::{Ratio, Stages, Stepped, Times, Waiting};
use crate::disclosure::{Ladder, Limit, Outer, Rungs, ShownLadder};
use crate::grouped::{Grouped, Variable};
use crate::protocol::{Protocol, STAGES, Time, time_name};
use crate::survival::{Curve, Quantile, Step, Tied};

type Reading = (String, Result<Grouped, String>);

/// What stages and times are made of, and the main table beside which they stand: a level that is hidden there
/// stands in the rest here, or the rests of the two would tell of it.
pub struct Steps<'a> {
    pub protocol: &'a Protocol,
    pub others: &'a [Reading],
    pub beside: &'a Shown,
    pub limit: Option<Limit>,
}

impl Steps<'_> {
    /// The stages, where the protocol has any.
    pub fn stages(&self) -> Option<Stages> {
        let protocol = self.protocol;
        if protocol.stages.is_empty() {
            return None;
        }
        let stages = protocol.stages.iter().map(|it| it.name.clone());
        let names = [protocol.unit.clone()].into_iter().chain(stages).collect();
        let mut stages = Stages { names, ..Stages::default() };
        match reading(self.others, STAGES) {
            Ok(grouped) => stages.groups = self.stepped(grouped),
            Err(reason) => stages.reason = Some(reason),
        }
        Some(stages)
    }

    /// Each time of the protocol.
    pub fn times(&self) -> Vec<Times> {
        let mut clock: Option<Clock<'_>> = None;
        let mut all = Vec::new();
        for (place, time) in self.protocol.times.iter().enumerate() {
            let Time { label, at, column, .. } = time;
            let mut times = Times { label: label.clone(), at: at.clone(), ..Times::default() };
            let counted =
                reading(self.others, &time_name(place)).map(|grouped| (grouped, self.waits(time, grouped)));
            match counted {
                Ok((grouped, Some(ladder))) => {
                    let around = clock.as_ref().filter(|_| column == WORKING);
                    let told = inside(around, (&ladder, time), self.limit);
                    times.groups = waiting(self.protocol, time, grouped, (&told, self.limit));
                    if column == CLOCK {
                        clock = Some(Clock { ladder, shown: told, time });
                    }
                }
                Ok((_, None)) => {}
                Err(reason) => times.reason = Some(reason),
            }
            all.push(times);
        }
        all
    }

    fn stepped(&self, grouped: &Grouped) -> Vec<Stepped> {
        let stages = self.protocol.stages.len();
        let (variables, stages) = grouped.variables.split_at(grouped.variables.len() - stages);
        let is_yes = |(level, variable): (&u16, &Variable)| variable.levels[usize::from(*level)] == "yes";
        let reached = |pattern: &[u16]| {
            pattern[variables.len()..].iter().zip(stages).take_while(|it| is_yes(*it)).count()
        };
        let rows = patterns(grouped).map(|(pattern, n, _)| (pattern, 1 + reached(pattern), n));
        let Some(ladder) = self.ladder(variables, 1 + stages.len(), rows) else { return Vec::new() };
        let shown = beside_the_outcome(self.protocol, grouped, (variables, &ladder), self.limit);
        let hidden = vec![None; 1 + stages.len()];
        let row = |(variable, level, rungs): (Option<String>, String, Option<&Rungs>)| Stepped {
            variable,
            level,
            counts: rungs.cloned().unwrap_or_else(|| hidden.clone()),
        };
        groups(self.protocol, variables, &shown).into_iter().map(row).collect()
    }

    /// Those to whom it has not happened by each time, whether or not they are still followed.
    fn waits(&self, time: &Time, grouped: &Grouped) -> Option<Ladder> {
        let (variables, _) = grouped.variables.split_at(grouped.variables.len() - 1);
        let place = variables.len();
        let rows = patterns(grouped).flat_map(|(pattern, n, events)| {
            let until = time.of_band(pattern[place]);
            let passed = time.at.iter().take_while(|at| **at < until).count();
            [(pattern, 1 + passed, events), (pattern, 1 + time.at.len(), n - events)]
        });
        self.ladder(variables, 1 + time.at.len(), rows)
    }

    fn ladder<'g>(
        &self,
        variables: &[Variable],
        steps: usize,
        rows: impl Iterator<Item = (&'g [u16], usize, u64)>,
    ) -> Option<Ladder> {
        let is_shown = |variable: &Variable| {
            let is_alone = !self.beside.is_later(&variable.name);
            let levels = variable.levels.iter();
            levels.map(|level| is_alone && self.beside.level(&variable.name, level)).collect()
        };
        Some(ladder(variables, steps, rows)?.beside(variables.iter().map(is_shown).collect()))
    }
}

/// The record's columns of one wait by the clock and in working hours.
const CLOCK: &str = "hours";
const WORKING: &str = "working_hours";

/// What was shown of the waits by the clock.
struct Clock<'p> {
    ladder: Ladder,
    shown: ShownLadder,
    time: &'p Time,
}

/// No wait is longer in working hours than by the clock, so whoever is on a step of those is on the steps of as many
/// hours or fewer by the clock.
fn inside(clock: Option<&Clock<'_>>, (ladder, time): (&Ladder, &Time), limit: Option<Limit>) -> ShownLadder {
    let Some(clock) = clock else { return shown(ladder, limit, None) };
    let fewer = |hours: &f64| clock.time.at.iter().filter(|at| *at <= hours).count();
    let holds: Vec<usize> = [0].into_iter().chain(time.at.iter().map(fewer)).collect();
    let outer = Outer { ladder: &clock.ladder, shown: &clock.shown, holds: &holds };
    shown(ladder, limit, Some(&outer))
}

fn reading<'r>(others: &'r [Reading], name: &str) -> Result<&'r Grouped, String> {
    match others.iter().find(|(known, _)| known == name) {
        Some((_, Ok(grouped))) => Ok(grouped),
        Some((_, Err(reason))) => Err(reason.clone()),
        None => Err("counts hold no such columns; it needs the rows".to_owned()),
    }
}

/// Rows of one pattern, with its place in every covariate of the protocol.
fn patterns(grouped: &Grouped) -> impl Iterator<Item = (&[u16], u64, u64)> {
    let cells = grouped.cells.iter();
    cells.map(|cell| (&*grouped.patterns[cell.pattern as usize], u64::from(cell.n), u64::from(cell.events)))
}

/// Counts of steps: `reached` tells how many of `steps` a pattern has taken, for some of its rows.
fn ladder<'g>(
    variables: &[Variable],
    steps: usize,
    rows: impl Iterator<Item = (&'g [u16], usize, u64)>,
) -> Option<Ladder> {
    let mut total = vec![0; steps];
    let mut by: Vec<Vec<Vec<u64>>> =
        variables.iter().map(|variable| vec![vec![0; steps]; variable.levels.len()]).collect();
    for (pattern, reached, n) in rows {
        let cells = by.iter_mut().zip(pattern).map(|(levels, level)| &mut levels[usize::from(*level)]);
        for cell in cells.chain([&mut total]) {
            cell[..reached].iter_mut().for_each(|count| *count += n);
        }
    }
    Ladder::new(total, by).ok()
}

fn shown(ladder: &Ladder, limit: Option<Limit>, outer: Option<&Outer<'_>>) -> ShownLadder {
    match (limit, outer) {
        (None, _) => ladder.whole(),
        (Some(limit), None) => ladder.publish(limit),
        (Some(limit), Some(outer)) => ladder.publish_inside(outer, limit),
    }
}

/// The main table tells how many have the outcome. Where that is a stage, whoever came so far on the way is among them,
/// and those who have it without the steps before must be no small number either.
fn beside_the_outcome(
    protocol: &Protocol,
    grouped: &Grouped,
    (variables, way): (&[Variable], &Ladder),
    limit: Option<Limit>,
) -> ShownLadder {
    let split = |(pattern, n, events)| [(pattern, 2, events), (pattern, 1, n - events)];
    let Some(outcome) = ladder(variables, 2, patterns(grouped).flat_map(split)) else {
        return shown(way, limit, None);
    };
    let has_it = protocol.stages.iter().scan(0, |passed, stage| {
        *passed |= usize::from(stage.column == protocol.outcome.column);
        Some(*passed)
    });
    let holds: Vec<usize> = [0].into_iter().chain(has_it).collect();
    // Also what the main table withholds is taken as known: that is the safe side.
    let known = outcome.whole();
    shown(way, limit, Some(&Outer { ladder: &outcome, shown: &known, holds: &holds }))
}

/// All, then each level of each covariate, then the levels that are not shown together.
fn groups<'s>(
    protocol: &Protocol,
    variables: &[Variable],
    shown: &'s ShownLadder,
) -> Vec<(Option<String>, String, Option<&'s Rungs>)> {
    let mut groups = vec![(None, format!("all {}", protocol.unit), Some(&shown.total))];
    for (variable, split) in variables.iter().zip(&shown.by) {
        let label = protocol.covariate(&variable.name).map_or(&variable.name, |measure| &measure.label);
        let level = |at: usize| (Some(label.clone()), variable.levels[at].clone(), split.levels[at].as_ref());
        groups.extend(protocol.order(&variable.name, &variable.levels).into_iter().map(level));
        groups.extend(split.rest.as_ref().map(|rest| (Some(label.clone()), REST.to_owned(), Some(rest))));
    }
    groups
}

const REST: &str = "the others together";

fn waiting(
    protocol: &Protocol,
    time: &Time,
    grouped: &Grouped,
    (told, limit): (&ShownLadder, Option<Limit>),
) -> Vec<Waiting> {
    let (variables, _) = grouped.variables.split_at(grouped.variables.len() - 1);
    let place = variables.len();
    let digits = if limit.is_some() { Digits::Three } else { Digits::All };
    let in_group = |variable: Option<usize>, levels: &[usize]| {
        let is_in =
            move |pattern: &[u16]| variable.is_none_or(|at| levels.contains(&usize::from(pattern[at])));
        curve(time, place, patterns(grouped).filter(|(pattern, ..)| is_in(pattern)))
    };
    let mut lines = vec![line(
        (None, format!("all {}", protocol.unit)),
        &told.total,
        &in_group(None, &[]),
        (time, digits),
    )];
    for (at, (variable, split)) in variables.iter().zip(&told.by).enumerate() {
        let label = protocol.covariate(&variable.name).map_or(&variable.name, |measure| &measure.label);
        let hidden: Vec<usize> =
            (0..split.levels.len()).filter(|level| split.levels[*level].is_none()).collect();
        for place in protocol.order(&variable.name, &variable.levels) {
            let name = (Some(label.clone()), variable.levels[place].clone());
            lines.push(match &split.levels[place] {
                Some(rungs) => line(name, rungs, &in_group(Some(at), &[place]), (time, digits)),
                None => line(name, &[], &Curve::default(), (time, digits)),
            });
        }
        if let Some(rest) = &split.rest {
            let name = (Some(label.clone()), REST.to_owned());
            lines.push(line(name, rest, &in_group(Some(at), &hidden), (time, digits)));
        }
    }
    lines
}

/// Of the rows of a group.
fn curve<'g>(time: &Time, place: usize, rows: impl Iterator<Item = (&'g [u16], u64, u64)>) -> Curve {
    let mut bands: std::collections::BTreeMap<u16, (u64, u64)> = std::collections::BTreeMap::new();
    for (pattern, n, events) in rows {
        let band = bands.entry(pattern[place]).or_default();
        *band = (band.0 + events, band.1 + n - events);
    }
    let tied =
        |(band, (happened, ended)): (u16, (u64, u64))| Tied { time: time.of_band(band), happened, ended };
    Curve::of_tied(&bands.into_iter().map(tied).collect::<Vec<_>>())
}

fn line(
    (variable, level): (Option<String>, String),
    rungs: &[Option<u64>],
    curve: &Curve,
    (time, digits): (&Time, Digits),
) -> Waiting {
    let hundred = |share: f64| digits.figure(100.0 * share);
    let share = |at: f64| match curve.at(at) {
        Some(Step { waiting, interval, .. }) => Ratio {
            value: hundred(*waiting),
            interval: interval[0].is_finite().then(|| interval.map(hundred)),
        },
        None => Ratio { value: 100.0, interval: None },
    };
    let is_anybody = rungs.first().is_some_and(|n| *n != Some(0));
    let is_shown = |place: usize| is_anybody && rungs.get(1 + place).is_some_and(Option::is_some);
    let waiting = time.at.iter().enumerate().map(|(place, at)| is_shown(place).then(|| share(*at)));
    let median = |Quantile { time, low, high }: Quantile| Ratio {
        value: digits.figure(time),
        interval: low.zip(high).map(|(low, high)| [digits.figure(low), digits.figure(high)]),
    };
    let n = rungs.first().copied().flatten();
    let is_far = |median: &Quantile| median.time > time.at.last().copied().unwrap_or_default();
    let median = n.and_then(|_| curve.median()).filter(|it| !is_far(it)).map(median);
    Waiting { variable, level, n, waiting: waiting.collect(), median }
}
