//! `samechart pool`: care teams' shared inboxes.

mod holiday;
mod hours;
mod show;

use super::outcome::{Failure, Outcome};
use super::quick_reply::{self, QuickReply};
use super::session::{Session, operator};
use clap::{Args, Subcommand};
use domain::id::{AccountId, PoolId};
use domain::language::Label;
use serde_json::json;
use service::pools::NewPool;
use service::{Service, ServiceError};
use store::organisation::Organisation;

#[derive(Debug, Subcommand)]
pub enum Pool {
    /// Makes a pool with office hours, Monday to Friday, 8:00 to 17:00 in the site's zone, and no holiday.
    Create(Create),
    /// Shows all pools.
    List,
    /// Shows one pool: zone, hours, holidays to come, promise, members.
    Show {
        /// The pool's id or English label.
        pool: String,
    },
    Hours(hours::Hours),
    /// The days on which a pool does not work besides.
    #[command(subcommand)]
    Holiday(holiday::HolidayCommand),
    /// Takes an account into a pool.
    AddMember {
        /// The pool's id or English label.
        #[arg(long)]
        pool: String,
        /// The account's sign-in name.
        #[arg(long)]
        sign_in: String,
    },
    /// Takes an account out of a pool; what it owned there is everybody's again.
    RemoveMember {
        /// The pool's id or English label.
        #[arg(long)]
        pool: String,
        /// The account's sign-in name.
        #[arg(long)]
        sign_in: String,
    },
    /// Makes a member the pool's lead, who sees how its conversations go.
    Lead {
        /// The pool's id or English label.
        #[arg(long)]
        pool: String,
        /// The account's sign-in name.
        #[arg(long)]
        sign_in: String,
        /// Takes the mark away.
        #[arg(long)]
        end: bool,
    },
    /// The short texts that a pool writes often.
    #[command(subcommand)]
    Reply(QuickReply),
}

#[derive(Debug, Args)]
pub struct Create {
    /// The name in English, as patients choose it.
    #[arg(long)]
    label_en: String,
    /// The name in Spanish.
    #[arg(long)]
    label_es: String,
    /// Who reads here, in English: "Nurses and doctors of Riverbend".
    #[arg(long, requires = "readers_es")]
    readers_en: Option<String>,
    #[arg(long, requires = "readers_en")]
    readers_es: Option<String>,
    /// The site's name; a new name makes a site.
    #[arg(long)]
    site: String,
    /// The promise in working time: 4h, 90m, 2d (a day is 8 working hours).
    #[arg(long, default_value = "8h", value_parser = minutes)]
    answer_within: u32,
    /// For patients of whom nothing else is known. The first pool is it anyway.
    #[arg(long)]
    default: bool,
}

/// Working minutes of `4h`, `90m` or `2d`.
fn minutes(text: &str) -> Result<u32, String> {
    let wrong = || "is not a time such as 4h, 90m or 2d".to_owned();
    let unit = text.chars().last().ok_or_else(wrong)?;
    let each = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 8 * 60,
        _ => return Err(wrong()),
    };
    let number = text.strip_suffix(unit).and_then(|number| number.parse::<u32>().ok()).ok_or_else(wrong)?;
    number.checked_mul(each).filter(|minutes| (1..=60_000).contains(minutes)).ok_or_else(wrong)
}

pub async fn run(arguments: Pool, session: &Session) -> Result<Outcome, Failure> {
    let (_, service) = session.open().await?;
    match arguments {
        Pool::Create(new) => create(new, &service).await,
        Pool::List => list(&service).await,
        Pool::Show { pool } => show::run(&pool, &service).await,
        Pool::Hours(days) => hours::run(days, &service).await,
        Pool::Holiday(days) => holiday::run(days, &service).await,
        Pool::AddMember { pool, sign_in } => add_member(&service, &pool, &sign_in).await,
        Pool::RemoveMember { pool, sign_in } => remove_member(&service, &pool, &sign_in).await,
        Pool::Lead { pool, sign_in, end } => lead(&service, (&pool, &sign_in), !end).await,
        Pool::Reply(reply) => quick_reply::run(reply, &service).await,
    }
}

async fn create(new: Create, service: &Service) -> Result<Outcome, Failure> {
    let readers = new.readers_en.zip(new.readers_es).map(|(en, es)| Label { en, es });
    let pool = NewPool {
        label: Label { en: new.label_en, es: new.label_es },
        readers,
        site: new.site,
        answer_within_minutes: new.answer_within,
        is_default: new.default,
    };
    let id = service.create_pool(&operator(service), pool).await?;
    let text = format!(
        "Pool {id}\nIt works Monday to Friday, 8:00 to 17:00, and knows no holiday yet: samechart pool hours, \
         samechart pool holiday add"
    );
    Ok(Outcome::done(text, json!({ "pool": id })))
}

async fn list(service: &Service) -> Result<Outcome, Failure> {
    let mut text = String::new();
    let mut rows = Vec::new();
    for line in service.pools(&operator(service)).await? {
        let pool = &line.pool;
        let marks = if line.is_default { ", default" } else { "" };
        let leads = if line.leads > 0 { format!(", {} leading", line.leads) } else { String::new() };
        text += &format!(
            "{}  {} / {}  ({}, {} members{leads}, answers within {} working minutes{marks})\n",
            pool.id, pool.label.en, pool.label.es, line.site, line.members, pool.answer_within_minutes,
        );
        rows.push(json!({
            "pool": pool.id, "label_en": pool.label.en, "label_es": pool.label.es, "site": line.site,
            "members": line.members, "leads": line.leads, "answer_within_minutes": pool.answer_within_minutes,
            "is_default": line.is_default,
        }));
    }
    if rows.is_empty() {
        text = "No pool yet: samechart pool create --label-en ... --label-es ... --site ...".into();
    }
    Ok(Outcome::done(text, json!({ "pools": rows })))
}

async fn add_member(service: &Service, pool: &str, sign_in: &str) -> Result<Outcome, Failure> {
    let pool = find(service, pool).await?;
    let account = account(service, sign_in).await?;
    let added = service.add_pool_member(&operator(service), pool, account).await?;
    let text = if added { "Added." } else { "Was in the pool already." };
    Ok(Outcome::done(text, json!({ "pool": pool, "account": account, "added": added })))
}

async fn remove_member(service: &Service, pool: &str, sign_in: &str) -> Result<Outcome, Failure> {
    let pool = find(service, pool).await?;
    let account = account(service, sign_in).await?;
    let left = service.remove_pool_member(&operator(service), pool, account).await?;
    let text = match left.was_member {
        true => format!("Removed. Conversations that have no owner now: {}", left.released),
        false => "Was not in the pool.".to_owned(),
    };
    let json = json!({
        "pool": pool, "account": account, "removed": left.was_member, "released": left.released,
    });
    Ok(Outcome::done(text, json))
}

async fn lead(service: &Service, (pool, sign_in): (&str, &str), is_lead: bool) -> Result<Outcome, Failure> {
    let pool = find(service, pool).await?;
    let account = account(service, sign_in).await?;
    match service.set_pool_lead(&operator(service), (pool, account), is_lead).await {
        Err(ServiceError::NotFound) => Err(Failure::usage("this account is not in the pool")),
        Err(other) => Err(other.into()),
        Ok(()) => {
            let text = if is_lead { "Leads the pool now." } else { "No longer leads the pool." };
            Ok(Outcome::done(text, json!({ "pool": pool, "account": account, "is_lead": is_lead })))
        }
    }
}

async fn account(service: &Service, sign_in: &str) -> Result<AccountId, Failure> {
    let found = service.find_account(sign_in).await?;
    found.ok_or_else(|| Failure::usage("no account has this sign-in name"))
}

/// The pool that the operator names.
pub async fn find(service: &Service, text: &str) -> Result<PoolId, Failure> {
    let wrong =
        || Failure::usage(format!("no pool, or more than one, is called {text}: samechart pool list"));
    service.find_pool(text).await?.ok_or_else(wrong)
}

/// The English labels of pools that work and know no holiday of the coming 12 months; a demo's need none.
pub async fn without_holidays(
    service: &Service,
    home: Option<&Organisation>,
) -> Result<Vec<String>, Failure> {
    if home.is_none_or(|home| home.is_demo) {
        return Ok(Vec::new());
    }
    Ok(service.pools_without_holidays().await?.into_iter().map(|label| label.en).collect())
}

/// What `check` and `serve` say of such a pool.
pub fn no_holiday(pool: &str) -> String {
    format!(
        "the pool {pool} has working hours and no holiday in the coming 12 months: its answers are promised \
         for holidays too. Add them: samechart pool holiday add"
    )
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn a_promise_is_written_in_minutes_hours_or_working_days() {
        assert_eq!(minutes("90m"), Ok(90));
        assert_eq!(minutes("4h"), Ok(240));
        assert_eq!(minutes("2d"), Ok(960));
        for wrong in ["", "4", "h", "-1h", "0m", "4 h", "5w", "99999999d"] {
            assert!(minutes(wrong).is_err(), "{wrong}");
        }
    }
}
