//! The keys that the organisation's first data key gives rise to. Rule: they come from key
//! number 1 for as long as the database lives, or every blind token and chain would change.

use ring::hmac;
use uuid::Uuid;

use super::{DataKey, KeyError, KeyOwner};
use crate::blind::BlindIndex;
use crate::chain::ChainKey;
use crate::secret_token::Pepper;

/// The number that keys of studies carry in what they seal.
pub const STUDY_KEY_NUMBER: u32 = 1;

/// Blind index, audit chain, token pepper and study keys of one organisation.
pub struct OrganisationKeys {
    data: DataKey,
    blind: BlindIndex,
    chain: ChainKey,
    pepper: Pepper,
}

impl OrganisationKeys {
    /// Derives them from the organisation's data key.
    pub fn derive(data: DataKey) -> Result<Self, KeyError> {
        let hmac_key =
            |label| data.derive(label, &[]).map(|key| hmac::Key::new(hmac::HMAC_SHA256, key.as_ref()));
        let blind = BlindIndex::new(hmac_key("blind index")?);
        let chain = ChainKey::new(hmac_key("audit chain")?);
        let pepper = Pepper::new(hmac_key("token pepper")?);
        Ok(Self { data, blind, chain, pepper })
    }

    /// The key that seals what belongs to no patient.
    pub fn data(&self) -> &DataKey {
        &self.data
    }

    /// Makes the search tokens.
    pub fn blind(&self) -> &BlindIndex {
        &self.blind
    }

    /// Links audit rows.
    pub fn chain(&self) -> &ChainKey {
        &self.chain
    }

    /// Hashes session tokens, activation codes and other secrets that the server hands out.
    pub fn pepper(&self) -> &Pepper {
        &self.pepper
    }

    /// Seals the covariate rows of one study or of the standing covariate table (nil id). Its
    /// places name no patient.
    pub fn study(&self, study: Uuid) -> Result<DataKey, KeyError> {
        let bytes = self.data.derive("study", study.as_bytes())?;
        DataKey::from_bytes(KeyOwner::Organisation, STUDY_KEY_NUMBER, bytes)
    }
}
