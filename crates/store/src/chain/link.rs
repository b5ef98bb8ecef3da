//! Linking rows and verifying links, without the rows: a chain outlives what it proves.

use ring::hmac;

/// The organisation's key for audit chains.
pub struct ChainKey(hmac::Key);

/// How far a chain is sealed: the number and the mac of its last row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ChainHead {
    pub seq: i64,
    pub mac: [u8; 32],
}

/// One sealed row as it is stored; `hash` is computed afresh from the stored row, or is the kept
/// one where the row was shredded.
#[derive(Clone, Copy, Debug)]
pub struct Link {
    pub seq: i64,
    pub hash: [u8; 32],
    pub mac: [u8; 32],
}

/// Where a chain breaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ChainBreak {
    #[error("audit row {expected} is missing: row {found} follows the one before it")]
    Gap { expected: i64, found: i64 },
    #[error("audit row {seq} is not the row that was sealed")]
    Changed { seq: i64 },
}

impl ChainKey {
    pub(crate) fn new(key: hmac::Key) -> Self {
        Self(key)
    }

    /// The head of a chain without rows. `chain` names it (a patient's id, the organisation's
    /// chain), so that a row of one chain does not fit into another. Rows count from 1.
    pub fn start(&self, chain: &[u8]) -> ChainHead {
        let mut context = hmac::Context::with_key(&self.0);
        context.update(b"samechart audit chain start v1");
        context.update(chain);
        ChainHead { seq: 0, mac: bytes(&context.sign()) }
    }

    /// The mac of row `seq` after `previous`.
    pub fn mac(&self, previous: &[u8; 32], seq: i64, hash: &[u8; 32]) -> [u8; 32] {
        let mut message = [0; 72];
        message[..32].copy_from_slice(previous);
        message[32..40].copy_from_slice(&seq.to_be_bytes());
        message[40..].copy_from_slice(hash);
        bytes(&hmac::sign(&self.0, &message))
    }

    /// Seals the next row with this hash onto a head, giving the new head.
    pub fn extend(&self, head: &ChainHead, hash: &[u8; 32]) -> ChainHead {
        let seq = head.seq + 1;
        ChainHead { seq, mac: self.mac(&head.mac, seq, hash) }
    }

    /// Follows the links from a trusted head; gives the last head, or the first break. A cut-off
    /// end shows only against a head kept elsewhere (the anchor file).
    pub fn verify(
        &self,
        from: ChainHead,
        links: impl IntoIterator<Item = Link>,
    ) -> Result<ChainHead, ChainBreak> {
        let mut head = from;
        for link in links {
            let next = self.extend(&head, &link.hash);
            if link.seq != next.seq {
                return Err(ChainBreak::Gap { expected: next.seq, found: link.seq });
            }
            if link.mac != next.mac {
                return Err(ChainBreak::Changed { seq: link.seq });
            }
            head = next;
        }
        Ok(head)
    }
}

fn bytes(tag: &hmac::Tag) -> [u8; 32] {
    let mut bytes = [0; 32];
    bytes.copy_from_slice(tag.as_ref());
    bytes
}
