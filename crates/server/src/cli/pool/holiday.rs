//! `samechart pool holiday`: the days on which a pool does not work besides its weekly hours.

use super::find;
use super::hours::KEPT;
use super::show::{holiday_json, holiday_line, name};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::session::operator;
use clap::{Args, Subcommand};
use domain::calendar::Holiday;
use domain::id::PoolId;
use jiff::civil::Date;
use serde_json::json;
use service::{Service, ServiceError};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Characters of a holiday's name.
const LONGEST_NAME: usize = 60;

#[derive(Debug, Subcommand)]
pub enum HolidayCommand {
    /// Adds days, each with its name behind it or none: 2026-11-26 "Thanksgiving Day" 2026-12-25 Christmas.
    Add(Add),
    /// Takes days away again.
    Remove {
        /// The pool's id or English label.
        pool: String,
        #[arg(required = true, value_name = "DATE")]
        days: Vec<String>,
    },
    /// Shows the holidays to come.
    List {
        /// The pool's id or English label.
        pool: String,
        /// Those that are over, too.
        #[arg(long)]
        all: bool,
    },
}

#[derive(Debug, Args)]
pub struct Add {
    /// The pool's id or English label.
    pool: String,
    #[command(flatten)]
    which: Which,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct Which {
    #[arg(value_name = "DATE [NAME]")]
    days: Vec<String>,
    /// A text file with a date, and its name, on each line; # begins a remark.
    #[arg(long)]
    file: Option<PathBuf>,
}

pub async fn run(arguments: HolidayCommand, service: &Service) -> Result<Outcome, Failure> {
    match arguments {
        HolidayCommand::Add(new) => add(new, service).await,
        HolidayCommand::Remove { pool, days } => remove(&pool, &days, service).await,
        HolidayCommand::List { pool, all } => list(&pool, all, service).await,
    }
}

async fn add(new: Add, service: &Service) -> Result<Outcome, Failure> {
    let pool = find(service, &new.pool).await?;
    let mut holidays = of_words(&new.which.days).map_err(Failure::usage)?;
    if let Some(path) = &new.which.file {
        holidays.extend(of_file(path)?);
    }
    let added = service.add_holidays(&operator(service), pool, holidays.clone()).await?;
    let mut text = String::new();
    for holiday in &holidays {
        let known = if added.contains(&holiday.day) { "" } else { "  (was there already)" };
        text += &format!("{}{known}\n", holiday_line(holiday));
    }
    text += &format!("{} does not work on these days. {KEPT}", name(service, pool).await?);
    Ok(Outcome::done(text, json!({ "pool": pool, "added": added })))
}

async fn remove(pool: &str, days: &[String], service: &Service) -> Result<Outcome, Failure> {
    let pool = find(service, pool).await?;
    let days: BTreeSet<Date> =
        days.iter().map(|day| date(day)).collect::<Result<_, _>>().map_err(Failure::usage)?;
    let known = holidays(service, pool).await?;
    let is_known = |day: &Date| known.iter().any(|holiday| holiday.day == *day);
    let not_there =
        |day: &Date| Failure::usage(format!("{day} is no holiday of this pool; nothing was changed"));
    if let Some(unknown) = days.iter().find(|day| !is_known(day)) {
        return Err(not_there(unknown));
    }
    let days: Vec<Date> = days.into_iter().collect();
    match service.remove_holidays(&operator(service), pool, days.clone()).await {
        Err(ServiceError::NotFound) => Err(Failure::failed("somebody else changed the holidays: try again")),
        Err(other) => Err(other.into()),
        Ok(()) => {
            let told: Vec<String> = days.iter().map(Date::to_string).collect();
            let text = format!("Removed: {}. {KEPT}", told.join(", "));
            Ok(Outcome::done(text, json!({ "pool": pool, "removed": days })))
        }
    }
}

async fn list(pool: &str, all: bool, service: &Service) -> Result<Outcome, Failure> {
    let pool = find(service, pool).await?;
    let team = service.team(&operator(service), pool).await?;
    let calendar = &team.pool.calendar;
    let holidays: Vec<&Holiday> = match all {
        true => calendar.holidays.iter().collect(),
        false => calendar.coming_holidays(service.now()).collect(),
    };
    let lines: Vec<String> = holidays.iter().map(|holiday| holiday_line(holiday)).collect();
    let text = match lines.is_empty() {
        true => "No holiday to come: samechart pool holiday add POOL DATE [NAME]".to_owned(),
        false => lines.join("\n"),
    };
    let rows: Vec<_> = holidays.into_iter().map(holiday_json).collect();
    Ok(Outcome::done(text, json!({ "pool": pool, "holidays": rows })))
}

async fn holidays(service: &Service, pool: PoolId) -> Result<Vec<Holiday>, Failure> {
    Ok(service.team(&operator(service), pool).await?.pool.calendar.holidays)
}

/// Dates, each with its name behind it or none.
fn of_words(words: &[String]) -> Result<Vec<Holiday>, String> {
    let mut holidays: Vec<Holiday> = Vec::new();
    for word in words {
        match holidays.last_mut() {
            Some(last) if last.name.is_none() && !is_meant_as_date(word) => last.name = Some(named(word)?),
            _ => holidays.push(Holiday { day: date(word)?, name: None }),
        }
    }
    Ok(holidays)
}

/// One holiday a line: all of them, or the first line that is wrong.
fn of_file(path: &Path) -> Result<Vec<Holiday>, Failure> {
    let wrong = |why: &dyn std::fmt::Display| Failure::usage(format!("{}: {why}", path.display()));
    let text = std::fs::read_to_string(path).map_err(|error| wrong(&error))?;
    let mut holidays = Vec::new();
    for (n, line) in text.lines().enumerate() {
        let line = line.split('#').next().unwrap_or_default().trim();
        if line.is_empty() {
            continue;
        }
        let (day, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let read = date(day).and_then(|day| {
            let name = if rest.trim().is_empty() { None } else { Some(named(rest)?) };
            Ok(Holiday { day, name })
        });
        holidays.push(read.map_err(|why| wrong(&format!("line {}: {why}", n + 1)))?);
    }
    match holidays.is_empty() {
        true => Err(wrong(&"holds no date")),
        false => Ok(holidays),
    }
}

/// Such a word is never taken for the name of the date before it.
fn is_meant_as_date(word: &str) -> bool {
    let is_date_sign = |byte: u8| byte.is_ascii_digit() || b"-/.".contains(&byte);
    let begins_with_year = word.bytes().take(4).filter(u8::is_ascii_digit).count() == 4;
    begins_with_year || (!word.is_empty() && word.bytes().all(is_date_sign))
}

fn date(text: &str) -> Result<Date, String> {
    let wrong = || format!("{text} is no date such as 2026-11-26; nothing was changed");
    // The parser also takes times and other spellings.
    text.parse::<Date>().ok().filter(|day| day.to_string() == text).ok_or_else(wrong)
}

fn named(text: &str) -> Result<String, String> {
    let name = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match name.chars().count() {
        0 => Err("a holiday's name is empty; nothing was changed".into()),
        1..=LONGEST_NAME => Ok(name),
        _ => Err(format!("a holiday's name has at most {LONGEST_NAME} characters; nothing was changed")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &[&str]) -> Result<Vec<String>, String> {
        let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
        Ok(of_words(&words)?.iter().map(holiday_line).collect())
    }

    #[test]
    fn dates_have_their_names_behind_them_or_none() {
        let words = ["2026-11-26", "Thanksgiving Day", "2026-12-24", "2027-07-05", "4th of July"];
        let lines = [
            "2026-11-26  Thursday  Thanksgiving Day",
            "2026-12-24  Thursday",
            "2027-07-05  Monday  4th of July",
        ];
        assert_eq!(read(&words).unwrap(), lines);
    }

    #[test]
    fn a_wrong_date_is_named_and_never_taken_for_a_name() {
        for wrong in ["2026-02-30", "2026-11-26T10:00", "26.11.2026", "11/26/2026", "20261126", "2026-11-2x"]
        {
            for words in [vec![wrong], vec!["2026-11-26", wrong]] {
                assert!(read(&words).unwrap_err().starts_with(&format!("{wrong} is no date")), "{words:?}");
            }
        }
        assert!(read(&["Christmas", "2026-12-25"]).unwrap_err().starts_with("Christmas is no date"));
        assert!(read(&["2026-12-25", "Christmas", "Day"]).unwrap_err().starts_with("Day is no date"));
        assert!(read(&["2026-12-25", " "]).is_err());
        assert!(read(&["2026-12-25", &"x".repeat(61)]).is_err());
    }
}
