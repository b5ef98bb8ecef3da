//! Where the sealing of the audit stands, for the privacy officer. It does not verify: `samechart check`
//! does, which also works on a copy, far from whoever runs this server.

use crate::anchor;
use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use crate::view::audit::{Anchor, ChainState};
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use std::io::ErrorKind;
use store::audit_seal;
use store::db::Tx;

impl Service {
    /// The newest batch, the unsealed tail, and whether the anchor file's last line is in the database.
    pub async fn chain_state(&self, ctx: &Ctx) -> Result<ChainState, ServiceError> {
        // The file before the snapshot: a batch is anchored only after its commit.
        let line = match self.anchored_in.get().cloned() {
            Some(path) => Some(
                tokio::task::spawn_blocking(move || anchor::last_line(&path))
                    .await
                    .map_err(|_| ServiceError::Internal("the anchor file's reader ended".into()))?,
            ),
            None => None,
        };
        self.read(self.act(ctx, AuditAction::ReadAudit), move |tx, act| {
            act.detail().what = Some("chains".into());
            act.allow(tx, Capability::ReadAudit, Item::default())?;
            let tail = audit_seal::tail(tx)?;
            Ok(ChainState {
                sealed: audit_seal::last_batch(tx)?,
                unsealed: tail.rows,
                oldest_unsealed: tail.oldest,
                anchor: compared(tx, line)?,
            })
        })
        .await
    }
}

type Line = std::io::Result<Option<audit_seal::Batch>>;

fn compared(tx: &mut Tx<'_>, line: Option<Line>) -> Result<Anchor, ServiceError> {
    Ok(match line {
        None => Anchor::Absent,
        Some(Ok(None)) => Anchor::Empty,
        Some(Ok(Some(line))) if audit_seal::batch(tx, line.no)? == Some(line) => Anchor::Agrees(line),
        Some(Ok(Some(line))) => Anchor::Differs(line),
        Some(Err(error)) if error.kind() == ErrorKind::NotFound => Anchor::Empty,
        Some(Err(_)) => Anchor::Unreadable,
    })
}
