//! `samechart pool reply`: the short texts that a pool writes often, in both languages.

use super::outcome::{Failure, Outcome};
use super::pool::find;
use super::session::operator;
use clap::{Args, Subcommand};
use domain::id::QuickReplyId;
use domain::language::Label;
use serde_json::json;
use service::{Service, ServiceError};

#[derive(Debug, Subcommand)]
pub enum QuickReply {
    /// Adds a text at the end of a pool's list.
    Add(Add),
    /// Shows a pool's texts.
    List {
        /// The pool's id or English label.
        #[arg(long)]
        pool: String,
    },
    /// Takes a text out of a pool's list.
    Remove {
        /// The pool's id or English label.
        #[arg(long)]
        pool: String,
        /// The text's id: samechart pool reply list.
        id: QuickReplyId,
    },
}

#[derive(Debug, Args)]
pub struct Add {
    /// The pool's id or English label.
    #[arg(long)]
    pool: String,
    /// The words on the button, for staff who read English.
    #[arg(long)]
    label_en: String,
    #[arg(long)]
    label_es: String,
    /// What a patient reads whose language is English.
    #[arg(long)]
    text_en: String,
    #[arg(long)]
    text_es: String,
}

pub async fn run(arguments: QuickReply, service: &Service) -> Result<Outcome, Failure> {
    match arguments {
        QuickReply::Add(new) => add(new, service).await,
        QuickReply::List { pool } => list(&pool, service).await,
        QuickReply::Remove { pool, id } => remove(&pool, id, service).await,
    }
}

async fn add(new: Add, service: &Service) -> Result<Outcome, Failure> {
    let pool = find(service, &new.pool).await?;
    let words = (Label { en: new.label_en, es: new.label_es }, Label { en: new.text_en, es: new.text_es });
    let id = service.add_quick_reply(&operator(service), pool, words).await?;
    Ok(Outcome::done(format!("Quick reply {id}"), json!({ "pool": pool, "reply": id })))
}

async fn list(pool: &str, service: &Service) -> Result<Outcome, Failure> {
    let pool = find(service, pool).await?;
    let (mut text, mut rows) = (String::new(), Vec::new());
    for reply in service.quick_replies(pool).await? {
        let (label, words) = (&reply.label, &reply.text);
        text += &format!("{}  {} / {}\n  {}\n  {}\n", reply.id, label.en, label.es, words.en, words.es);
        rows.push(json!({
            "reply": reply.id, "label_en": label.en, "label_es": label.es, "text_en": words.en, "text_es": words.es,
        }));
    }
    if rows.is_empty() {
        text = "No quick reply yet: samechart pool reply add --pool ...".into();
    }
    Ok(Outcome::done(text, json!({ "pool": pool, "replies": rows })))
}

async fn remove(pool: &str, id: QuickReplyId, service: &Service) -> Result<Outcome, Failure> {
    let pool = find(service, pool).await?;
    match service.remove_quick_reply(&operator(service), pool, id).await {
        Ok(()) => Ok(Outcome::done("Removed.", json!({ "pool": pool, "reply": id }))),
        Err(ServiceError::NotFound) => Err(Failure::usage("this pool has no such quick reply")),
        Err(other) => Err(other.into()),
    }
}
