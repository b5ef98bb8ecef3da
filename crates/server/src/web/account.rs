//! What both doors share of a reader's own account: where it is signed in, and a new password.

use super::answer::Fault;
use super::problems::Problems;
use super::visit::Visit;
use domain::id::SessionId;
use serde::Deserialize;
use service::error::ServiceError;
use service::own_account::OwnAccount;

/// The account as its page shows it.
pub struct Own {
    pub account: OwnAccount,
    /// The session that asks.
    pub this: SessionId,
    /// Where the page's forms go.
    pub path: String,
    pub problems: Problems,
}

#[derive(Deserialize)]
pub struct SessionsForm {
    /// One session's id, or `others`.
    session: String,
}

#[derive(Deserialize)]
pub struct PasswordForm {
    #[serde(default)]
    old_password: String,
    #[serde(default)]
    password: String,
}

impl Own {
    pub async fn read(visit: &Visit, path: String, problems: Problems) -> Result<Own, Fault> {
        let account = visit.service().own_account(&visit.ctx).await?;
        Ok(Own { account, this: visit.session.id, path, problems })
    }

    pub fn has_others(&self) -> bool {
        self.account.sessions.iter().any(|session| session.id != self.this)
    }
}

pub async fn end_sessions(visit: &Visit, form: &SessionsForm) -> Result<(), Fault> {
    if form.session == "others" {
        visit.service().end_other_sessions(&visit.ctx, visit.session.id).await?;
        return Ok(());
    }
    let one = form.session.parse().map_err(|_| Fault::BadForm)?;
    Ok(visit.service().revoke_session(&visit.ctx, one).await?)
}

/// What is to be corrected; nothing where the password is changed.
pub async fn change_password(visit: &Visit, form: &PasswordForm) -> Result<Problems, Fault> {
    let typed = (&*form.old_password, &*form.password);
    match visit.service().change_password(&visit.ctx, visit.session.id, typed).await {
        Ok(()) => Ok(Problems::default()),
        Err(ServiceError::Invalid(problems)) => Ok(Problems::of(&problems)),
        Err(ServiceError::TooMany { .. }) => Ok(Problems::one("old_password", "problem-password-wait")),
        Err(other) => Err(other.into()),
    }
}
