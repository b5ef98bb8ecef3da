//! `samechart pool hours`: when a pool works, weekday by weekday.

use super::find;
use super::show::{WEEKDAYS, hours_json, hours_lines, name, zone};
use crate::cli::outcome::{Failure, Outcome};
use crate::cli::session::operator;
use clap::Args;
use domain::day_hours::DayHours;
use jiff::civil::Weekday;
use serde_json::json;
use service::Service;

/// What an operator is told after each change of a pool's working time.
pub const KEPT: &str = "What was promised before keeps its time.";

/// Gives weekdays other hours, in the pool's time zone: 8:00-17:00, 8:00-12:00,13:00-17:00 or closed. Days
/// that are not named keep theirs; what was promised before keeps its time.
#[derive(Debug, Args)]
pub struct Hours {
    /// The pool's id or English label.
    pool: String,
    #[command(flatten)]
    days: Days,
}

#[derive(Debug, Args)]
#[group(required = true, multiple = true)]
struct Days {
    /// Monday to Friday; a day that is named as well has its own.
    #[arg(long, value_name = "HOURS")]
    weekdays: Option<DayHours>,
    #[arg(long, value_name = "HOURS")]
    monday: Option<DayHours>,
    #[arg(long, value_name = "HOURS")]
    tuesday: Option<DayHours>,
    #[arg(long, value_name = "HOURS")]
    wednesday: Option<DayHours>,
    #[arg(long, value_name = "HOURS")]
    thursday: Option<DayHours>,
    #[arg(long, value_name = "HOURS")]
    friday: Option<DayHours>,
    #[arg(long, value_name = "HOURS")]
    saturday: Option<DayHours>,
    #[arg(long, value_name = "HOURS")]
    sunday: Option<DayHours>,
}

impl Days {
    fn named(self) -> Vec<(Weekday, DayHours)> {
        let own = [
            self.monday,
            self.tuesday,
            self.wednesday,
            self.thursday,
            self.friday,
            self.saturday,
            self.sunday,
        ];
        let of_day = |(weekday, own): (Weekday, Option<DayHours>)| {
            let is_weekend = matches!(weekday, Weekday::Saturday | Weekday::Sunday);
            let general = self.weekdays.clone().filter(|_| !is_weekend);
            Some((weekday, own.or(general)?))
        };
        WEEKDAYS.into_iter().zip(own).filter_map(of_day).collect()
    }
}

pub async fn run(arguments: Hours, service: &Service) -> Result<Outcome, Failure> {
    let pool = find(service, &arguments.pool).await?;
    let ctx = operator(service);
    let calendar = service.set_working_hours(&ctx, pool, arguments.days.named()).await?;
    let mut text = format!("{} works now ({}):\n", name(service, pool).await?, zone(&calendar));
    text += &hours_lines(&calendar);
    text += KEPT;
    if calendar.hours.is_empty() {
        text += "\nWarning: without hours no answer is promised and nothing is ever overdue.";
    }
    Ok(Outcome::done(text, json!({ "pool": pool, "hours": hours_json(&calendar) })))
}
