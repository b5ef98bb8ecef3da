//! `samechart serve`: the server of real people. Refuses a demo store, and plain http that would
//! leave this machine without a proxy.

mod forwarded;
mod health;
mod listen;
mod logs;
mod metrics;

pub use listen::Serving;
pub use logs::start as start_logs;

use super::init::COPY_NOW;
use super::outcome::{Failure, Outcome};
use super::session::{Session, operator};
use crate::config::Settings;
use crate::web;
use crate::web::frame::Clinic;
use crate::web::site::WebSettings;
use axum::Router;
use axum::middleware::from_fn_with_state;
use clap::Args;
use jiff::tz::TimeZone;
use serde_json::Value;
use service::Service;
use service::organisation::NewOrganisation;
use std::sync::Arc;

/// All settings are in the file and the environment.
#[derive(Debug, Args)]
pub struct Serve {}

pub async fn run(_: Serve, session: &Session) -> Result<Outcome, Failure> {
    logs::start();
    let settings = session.settings()?;
    settings.may_serve()?;
    let (settings, service) = session.open().await?;
    prepare(&service, &settings).await?;
    service.anchors_in(settings.audit_anchor_file.clone());
    let proxies = Arc::new(settings.trusted_proxies.clone());
    let serving = Serving {
        router: router(&service, &settings)?.layer(from_fn_with_state(proxies, forwarded::resolve)),
        listen: settings.listen,
        metrics_listen: settings.metrics_listen,
        anchor: Some(settings.audit_anchor_file.clone()),
        service,
    };
    serving.until_stopped().await?;
    Ok(Outcome::done("", Value::Null))
}

/// The pages, and what load balancers ask.
fn router(service: &Service, settings: &Settings) -> Result<Router, Failure> {
    let clinic = &settings.organisation;
    let zone = TimeZone::get(&clinic.time_zone)
        .map_err(|_| Failure::usage("organisation.time_zone is no IANA time zone"))?;
    let web = WebSettings {
        clinic: Clinic { name: clinic.name.clone(), phone: clinic.phone.clone() },
        zone,
        is_secure: settings.is_secure(),
        trusted_proxies: settings.trusted_proxies.clone(),
        demo: None,
    };
    Ok(web::router::router(service.clone(), web).merge(health::router(service.clone())))
}

/// Checks what must hold before the first request, and takes the clinic's words over.
async fn prepare(service: &Service, settings: &Settings) -> Result<(), Failure> {
    let home = service.organisation().await?.ok_or_else(|| Failure::failed("run samechart init first"))?;
    if home.is_demo {
        return Err(Failure::failed(
            "this is a demo store, open to everyone on this machine; it is not served",
        ));
    }
    if home.keys_copied_at.is_none() {
        tracing::warn!(
            key = %settings.root_key()?.describe(),
            "{COPY_NOW} Then run: samechart keys confirm-copy"
        );
    }
    for pool in super::pool::without_holidays(service, Some(&home)).await? {
        tracing::warn!("{}", super::pool::no_holiday(&pool));
    }
    let clinic = &settings.organisation;
    let new = NewOrganisation {
        name: clinic.name.clone(),
        phone: clinic.phone.clone(),
        time_zone: clinic.time_zone.clone(),
        is_demo: false,
    };
    service.update_organisation(&operator(service), new).await?;
    Ok(())
}
