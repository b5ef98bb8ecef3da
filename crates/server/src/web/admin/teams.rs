//! The teams: who is in them, when they work, and what waits without an owner. No patient's name.

use crate::web::answer::{self, Answer};
use crate::web::frame::{Frame, Place};
use crate::web::visit::TeamVisit;
use crate::words::Sentence;
use askama::Template;
use domain::calendar::{Calendar, Hours};
use domain::day_hours::END_OF_DAY;
use jiff::civil::Time;
use service::view::office::TeamLine;

#[derive(Template)]
#[template(path = "admin/teams.html")]
pub struct TeamsPage {
    pub f: Frame,
    pub teams: Vec<TeamLine>,
}

impl TeamsPage {
    /// "Monday to Friday, 8:00 AM to 5:00 PM", one for each span of the week.
    fn hours(&self, calendar: &Calendar) -> Vec<Sentence<'_>> {
        let mut hours: Vec<&Hours> = calendar.hours.iter().collect();
        hours.sort_by_key(|hours| (hours.opens, hours.closes, hours.weekday));
        let mut spans: Vec<(&Hours, i8)> = Vec::new();
        for hours in hours {
            match spans.last_mut() {
                Some((first, last))
                    if (first.opens, first.closes) == (hours.opens, hours.closes)
                        && *last + 1 == hours.weekday =>
                {
                    *last = hours.weekday;
                }
                _ => spans.push((hours, hours.weekday)),
            }
        }
        spans.sort_by_key(|(first, _)| (first.weekday, first.opens));
        spans.into_iter().map(|(first, last)| self.span(first, last)).collect()
    }

    fn span(&self, first: &Hours, last: i8) -> Sentence<'_> {
        let day = |number: i8| self.f.t(&format!("weekday-{number}")).to_string();
        let key = if last == first.weekday { "office-hours-day" } else { "office-hours" };
        let sentence = self.f.t(key).text("from", &day(first.weekday)).text("to", &day(last));
        let closes = if first.closes == END_OF_DAY { Time::midnight() } else { first.closes };
        sentence.text("opens", &self.f.clock(first.opens)).text("closes", &self.f.clock(closes))
    }

    fn promise(&self, team: &TeamLine) -> Sentence<'_> {
        let minutes = i64::from(team.pool.answer_within_minutes);
        match minutes % 60 {
            0 => self.f.t("office-promise-hours").num("count", minutes / 60),
            _ => self.f.t("office-promise-minutes").num("count", minutes),
        }
    }

    /// The next day on which the team does not work besides, and what it is called.
    fn next_holiday<'a>(&self, team: &'a TeamLine) -> Option<(String, &'a str)> {
        let next = team.pool.calendar.coming_holidays(self.f.now).next()?;
        Some((self.f.iso(&next.day.to_string()), next.name.as_deref().unwrap_or_default()))
    }

    fn zone<'a>(&self, team: &'a TeamLine) -> &'a str {
        team.pool.calendar.zone.iana_name().unwrap_or_default()
    }
}

/// `GET /admin/teams`
pub async fn show(visit: TeamVisit) -> Answer {
    let teams = visit.service().teams(&visit.ctx).await?;
    answer::show(&TeamsPage { f: visit.frame(Place::Teams), teams })
}
