//! How the rows read became the cohort. A step that leaves out few is told together with its neighbour, so
//! that no small count follows from two totals.

use super::digits::Digits;
use super::model::Step;
use crate::disclosure::Limit;
use crate::source::Left;

/// The steps, from all rows (called by `first`) to the cohort.
pub fn steps((first, rows): (&str, u64), left: &[Left], limit: Option<Limit>, digits: Digits) -> Vec<Step> {
    let is_small = |count: u64| limit.is_some_and(|limit| limit.is_small(count));
    let mut steps = vec![Step { name: first.to_owned(), left_out: None, remaining: Some(rows) }];
    let (mut names, mut waiting, mut remaining): (Vec<String>, u64, u64) = (Vec::new(), 0, rows);
    for left in left.iter().filter(|left| !left.is_missing || left.rows > 0) {
        let name = &left.name;
        names.push(if left.is_missing { format!("{name} is missing") } else { format!("not: {name}") });
        waiting += left.rows;
        remaining -= left.rows;
        if !is_small(waiting) {
            let name = std::mem::take(&mut names).join("; ");
            steps.push(Step { name, left_out: Some(waiting), remaining: Some(remaining) });
            waiting = 0;
        }
    }
    if !names.is_empty() {
        join_last(&mut steps, &names, waiting);
    }
    for step in &mut steps {
        if step.remaining.is_some_and(is_small) {
            (step.left_out, step.remaining) = (None, None);
        }
        step.left_out = step.left_out.map(|count| digits.count(count));
        step.remaining = step.remaining.map(|count| digits.count(count));
    }
    steps
}

/// What remains small goes into the step before it that left anybody out; without one no total is told.
fn join_last(steps: &mut Vec<Step>, names: &[String], waiting: u64) {
    let before = steps.iter().rposition(|step| step.left_out.is_some_and(|count| count > 0));
    let at = before.unwrap_or(0);
    let tail: Vec<Step> = steps.drain(at + 1..).collect();
    let Some(step) = steps.last_mut() else { return };
    let joined = tail.into_iter().map(|step| step.name).chain(names.iter().cloned());
    step.name = std::iter::once(step.name.clone()).chain(joined).collect::<Vec<_>>().join("; ");
    step.left_out = step.left_out.map(|count| count + waiting);
    step.remaining = if before.is_some() { step.remaining.map(|count| count - waiting) } else { None };
}
