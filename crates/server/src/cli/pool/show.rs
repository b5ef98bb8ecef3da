//! `samechart pool show`: one pool as it is set up.

use super::find;
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::session::operator;
use domain::calendar::{Calendar, Holiday};
use domain::id::PoolId;
use jiff::civil::Weekday;
use serde_json::{Map, Value, json};
use service::Service;
use service::view::office::TeamLine;

pub const WEEKDAYS: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

pub async fn run(pool: &str, service: &Service) -> Result<Outcome, Failure> {
    let id = find(service, pool).await?;
    let team = service.team(&operator(service), id).await?;
    let coming: Vec<&Holiday> = team.pool.calendar.coming_holidays(service.now()).collect();
    Ok(Outcome::done(text(&team, &coming), as_json(&team, &coming)))
}

fn text(team: &TeamLine, coming: &[&Holiday]) -> String {
    let pool = &team.pool;
    let default = if team.is_default { "  default" } else { "" };
    let mut text = format!("{} / {}  {}{default}\n", pool.label.en, pool.label.es, pool.id);
    text += &format!("Site: {}\n", team.site);
    text += &format!("Readers: {} / {}\n", pool.readers.en, pool.readers.es);
    text += &format!("Promise: an answer within {}\n", working_time(pool.answer_within_minutes));
    text += &format!("Hours ({}):\n", zone(&pool.calendar));
    text += &hours_lines(&pool.calendar);
    text += if coming.is_empty() { "Holidays to come: none known\n" } else { "Holidays to come:\n" };
    for holiday in coming {
        text += &format!("  {}\n", holiday_line(holiday));
    }
    text += if team.members.is_empty() { "Members: nobody reads its messages\n" } else { "Members:\n" };
    for (_, member) in &team.members {
        text += &format!("  {member}\n");
    }
    text
}

fn as_json(team: &TeamLine, coming: &[&Holiday]) -> Value {
    let pool = &team.pool;
    let members: Vec<Value> =
        team.members.iter().map(|(account, name)| json!({ "account": account, "name": name })).collect();
    let holidays: Vec<Value> = coming.iter().map(|holiday| holiday_json(holiday)).collect();
    json!({
        "pool": pool.id, "label_en": pool.label.en, "label_es": pool.label.es, "site": team.site,
        "readers_en": pool.readers.en, "readers_es": pool.readers.es,
        "answer_within_minutes": pool.answer_within_minutes, "is_default": team.is_default,
        "time_zone": pool.calendar.zone.iana_name(), "hours": hours_json(&pool.calendar),
        "holidays": holidays, "members": members,
    })
}

/// `4 working hours` or `90 working minutes`.
fn working_time(minutes: u32) -> String {
    let (number, unit) =
        if minutes.is_multiple_of(60) { (minutes / 60, "hour") } else { (minutes, "minute") };
    format!("{number} working {unit}{}", if number == 1 { "" } else { "s" })
}

pub fn zone(calendar: &Calendar) -> &str {
    calendar.zone.iana_name().unwrap_or_default()
}

/// The pool's English label.
pub async fn name(service: &Service, pool: PoolId) -> Result<String, Failure> {
    Ok(service.team(&operator(service), pool).await?.pool.label.en)
}

/// A line for each weekday, in the words that `pool hours` reads.
pub fn hours_lines(calendar: &Calendar) -> String {
    let line = |day: Weekday| format!("  {:9}  {}\n", format!("{day:?}"), calendar.day_hours(day));
    WEEKDAYS.into_iter().map(line).collect()
}

pub fn hours_json(calendar: &Calendar) -> Value {
    let day = |day: Weekday| {
        (format!("{day:?}").to_lowercase(), Value::String(calendar.day_hours(day).to_string()))
    };
    Value::Object(WEEKDAYS.into_iter().map(day).collect::<Map<String, Value>>())
}

/// `2026-11-26  Thursday  Thanksgiving Day`
pub fn holiday_line(holiday: &Holiday) -> String {
    let name = holiday.name.as_ref().map(|name| format!("  {name}")).unwrap_or_default();
    format!("{}  {:?}{name}", holiday.day, holiday.day.weekday())
}

pub fn holiday_json(holiday: &Holiday) -> Value {
    json!({ "day": holiday.day, "name": holiday.name })
}
