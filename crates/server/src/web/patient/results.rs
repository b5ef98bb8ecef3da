//! Test results: the list, and one result with its values over time.

use super::plot::Plot;
use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::PatientVisit;
use askama::Template;
use service::page::Page;
use service::view::chart::{ChartDate, RangeRelation, ResultLine, ResultView};
use service::view::name::Group;

#[derive(Template)]
#[template(path = "patient/results.html")]
pub struct ResultsPage {
    pub f: Frame,
    pub results: Page<ResultLine>,
}

/// The results of one day, those that belong together beside each other.
struct Day<'a> {
    date: Option<&'a ChartDate>,
    groups: Vec<Together<'a>>,
}

struct Together<'a> {
    group: Option<Group>,
    lines: Vec<&'a ResultLine>,
}

impl ResultsPage {
    /// The list by day, newest first, and within a day by group.
    fn days(&self) -> Vec<Day<'_>> {
        let mut days: Vec<Day<'_>> = Vec::new();
        for line in &self.results.items {
            let date = line.date.as_ref();
            let is_same = |day: &Day<'_>| self.words_of(day.date) == self.words_of(date);
            match days.last_mut().filter(|day| is_same(day)) {
                Some(day) => day.take(line),
                None => {
                    let mut day = Day { date, groups: Vec::new() };
                    day.take(line);
                    days.push(day);
                }
            }
        }
        days
    }

    fn words_of(&self, date: Option<&ChartDate>) -> Option<String> {
        date.map(|date| self.f.chart_date(date).words().to_owned())
    }
}

impl<'a> Day<'a> {
    fn take(&mut self, line: &'a ResultLine) {
        let group = line.name.group;
        match self.groups.iter_mut().find(|one| one.group == group) {
            Some(one) => one.lines.push(line),
            None => self.groups.push(Together { group, lines: vec![line] }),
        }
    }
}

#[derive(Template)]
#[template(path = "patient/result.html")]
pub struct ResultPage {
    pub f: Frame,
    pub plots: Vec<Plot>,
    pub v: ResultView,
}

/// `GET /p/{person}/results`
pub async fn list(visit: PatientVisit) -> Answer {
    let (person, results) = visit.service().results(&visit.ctx, visit.person, visit.after()).await?;
    answer::show(&ResultsPage { f: visit.about(&person, Place::Record), results })
}

/// `GET /p/{person}/results/{id}`
pub async fn show(visit: PatientVisit) -> Answer {
    let v = visit.service().result(&visit.ctx, visit.person, visit.id("id")?).await?;
    let plots = Plot::all(&v);
    answer::show(&ResultPage { f: visit.about(&v.person, Place::Record), plots, v })
}
