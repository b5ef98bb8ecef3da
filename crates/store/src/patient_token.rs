//! Blind tokens by which staff find patients: name prefixes, birth date, record number, telephone.
//! A token selects candidates; whoever searches compares the unsealed card before counting a hit.

use crate::blind::BlindIndex;
use crate::care_relation;
use crate::db::{StoreError, Tx, Value};
use crate::params;
use crate::patient::PatientCard;
use domain::actor::Actor;
use domain::id::PatientId;
use domain::words::{fold, phone_digits, split};
use std::collections::BTreeSet;

const NAME: &str = "patient.name";
const BIRTH_DATE: &str = "patient.birthdate";
const MRN: &str = "patient.mrn";
const PHONE: &str = "patient.phone";
/// The last digits of a telephone number by which it is found without its area code.
pub const LOCAL_DIGITS: usize = 7;

/// All tokens of a card.
pub fn of_card(blind: &BlindIndex, card: &PatientCard) -> BTreeSet<i64> {
    let mut tokens = BTreeSet::new();
    let names = [Some(&card.name), card.preferred.as_ref()].into_iter().flatten().chain(&card.other_names);
    for word in names.flat_map(|name| split(name)) {
        tokens.extend(blind.prefixes(NAME, &word));
    }
    if let Some(date) = &card.birth_date {
        tokens.extend(blind.birth_date(BIRTH_DATE, date));
    }
    if let Some(mrn) = &card.mrn {
        tokens.insert(blind.exact(MRN, &fold(mrn)));
    }
    for phone in card.phone.iter().chain(&card.other_phones) {
        let digits = phone_digits(phone);
        tokens.extend(local(&digits).map(|local| blind.exact(PHONE, local)));
        tokens.insert(blind.exact(PHONE, &digits));
    }
    tokens
}

fn local(digits: &str) -> Option<&str> {
    digits.len().checked_sub(LOCAL_DIGITS).and_then(|start| digits.get(start..))
}

/// One typed piece, as the tokens of which a patient has at least one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// A folded word, the beginning of a given or family name.
    Name(String),
    /// A FHIR date: a day, a month or a year.
    BirthDate(String),
    /// Digits only.
    Phone(String),
    /// A record number as typed.
    Mrn(String),
}

impl Piece {
    /// The token that every patient who matches has; `None` for an empty piece.
    pub fn token(&self, blind: &BlindIndex) -> Option<i64> {
        match self {
            Piece::Name(word) => blind.prefix(NAME, word),
            Piece::BirthDate(date) => blind.birth_date_within(BIRTH_DATE, date),
            Piece::Phone(digits) => Some(blind.exact(PHONE, digits)),
            Piece::Mrn(number) => Some(blind.exact(MRN, &fold(number))),
        }
    }

    /// Whether the unsealed card really matches.
    pub fn matches(&self, card: &PatientCard) -> bool {
        match self {
            Piece::Name(word) => {
                let names = [Some(&card.name), card.preferred.as_ref()].into_iter().flatten();
                names.chain(&card.other_names).flat_map(|name| split(name)).any(|own| own.starts_with(word))
            }
            Piece::BirthDate(date) => card.birth_date.as_ref().is_some_and(|own| own.starts_with(date)),
            Piece::Phone(digits) => card.phone.iter().chain(&card.other_phones).any(|own| {
                let own = phone_digits(own);
                own == *digits || local(&own) == Some(digits)
            }),
            Piece::Mrn(number) => card.mrn.as_ref().is_some_and(|own| fold(own) == fold(number)),
        }
    }
}

/// Patients who have one token of each group, in id order, after `after`, at most `limit`.
pub fn with_all(
    tx: &mut Tx<'_>,
    groups: &[Vec<i64>],
    after: PatientId,
    limit: i64,
) -> Result<Vec<PatientId>, StoreError> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let (conditions, params) = conditions(groups, after);
    tx.query(&select(&conditions, limit), &params, |row| row.get(0))
}

/// The same among patients who are or were tied to the actor.
pub fn tied_with_all(
    tx: &mut Tx<'_>,
    actor: &Actor,
    groups: &[Vec<i64>],
    (after, limit): (PatientId, i64),
) -> Result<Vec<PatientId>, StoreError> {
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let (mut conditions, mut params) = conditions(groups, after);
    conditions.push(care_relation::tied(tx, actor, &mut params)?);
    tx.query(&select(&conditions, limit), &params, |row| row.get(0))
}

fn select(conditions: &[String], limit: i64) -> String {
    format!(
        "SELECT DISTINCT t.patient_id FROM patient_token t WHERE {} ORDER BY t.patient_id LIMIT {limit}",
        conditions.join(" AND ")
    )
}

fn conditions(groups: &[Vec<i64>], after: PatientId) -> (Vec<String>, Vec<Value>) {
    let mut params = params![after].to_vec();
    let mut conditions = vec!["t.patient_id > $1".to_owned()];
    for (n, group) in groups.iter().enumerate() {
        let mut places = Vec::with_capacity(group.len());
        for token in group {
            params.push(Value::from(*token));
            places.push(format!("${}", params.len()));
        }
        let list = places.join(", ");
        conditions.push(match n {
            0 => format!("t.token IN ({list})"),
            _ => format!(
                "EXISTS (SELECT 1 FROM patient_token o WHERE o.token IN ({list}) AND o.patient_id = t.patient_id)"
            ),
        });
    }
    (conditions, params)
}

/// Replaces all tokens of a patient.
pub fn replace(tx: &mut Tx<'_>, patient: PatientId, tokens: &BTreeSet<i64>) -> Result<(), StoreError> {
    tx.execute("DELETE FROM patient_token WHERE patient_id = $1", params![patient])?;
    let rows: Vec<Vec<Value>> = tokens.iter().map(|token| params![*token, patient].to_vec()).collect();
    tx.insert_many("patient_token", &["token", "patient_id"], &rows)?;
    Ok(())
}
