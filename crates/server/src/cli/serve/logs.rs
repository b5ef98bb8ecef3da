//! The log: on stderr, for people on a terminal, else one JSON object a line. Nothing about a person
//! is ever logged; `SAMECHART_LOG` filters (`info`, `samechart=debug`).

use std::io::IsTerminal;
use tracing_subscriber::EnvFilter;

/// Starts logging; does nothing where it has been started.
pub fn start() {
    let filter = EnvFilter::try_from_env("SAMECHART_LOG")
        .unwrap_or_else(|_| EnvFilter::new("info,tokio_postgres=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    let _ = match std::io::stderr().is_terminal() {
        true => builder.try_init(),
        false => builder.json().flatten_event(true).try_init(),
    };
}
