//! `samechart keys`: the operator's word that the root key was copied.

use super::outcome::{Failure, Outcome};
use super::session::{Session, operator};
use clap::Subcommand;
use serde_json::json;

#[derive(Debug, Subcommand)]
pub enum Keys {
    /// Confirms that a copy of the root key is kept elsewhere; ends the warning of `serve`.
    ConfirmCopy {
        /// The fingerprint of the copy, as `init` printed it; spaces do not matter.
        #[arg(long)]
        fingerprint: Option<String>,
    },
}

pub async fn run(arguments: Keys, session: &Session) -> Result<Outcome, Failure> {
    let Keys::ConfirmCopy { fingerprint } = arguments;
    let (_, service) = session.open().await?;
    let ours = service.store.vault.roots().current().fingerprint();
    let bare = |text: &str| text.split_whitespace().collect::<String>().to_lowercase();
    if fingerprint.is_some_and(|copied| bare(&copied) != bare(&ours)) {
        return Err(Failure::failed(format!("the copy is of another key: this one is {ours}")));
    }
    service.confirm_key_copy(&operator(&service)).await?;
    Ok(Outcome::done(format!("Confirmed: the key {ours} is kept elsewhere."), json!({ "fingerprint": ours })))
}
