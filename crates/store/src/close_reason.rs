//! Why threads are closed: the organisation's list, told to the patient, seeded with a usual one.

use crate::db::{Row, StoreError, Tx};
use crate::params;
use domain::id::CloseReasonId;
use domain::language::Label;
use domain::pool::CloseReason;

/// The seeds: word and label in English and Spanish, as they are listed.
const SEEDS: [[&str; 3]; 8] = [
    ["answered", "Your question was answered", "Se respondió su pregunta"],
    ["no_answer_needed", "No answer was needed", "No hacía falta una respuesta"],
    ["handled_by_phone", "We spoke by phone", "Hablamos por teléfono"],
    ["appointment_made", "An appointment was made", "Se hizo una cita"],
    ["refill_done", "The refill was sent", "Se envió el resurtido"],
    ["form_done", "The form or letter is ready", "El formulario o la carta está listo"],
    ["handled_elsewhere", "It goes on in another conversation", "Sigue en otra conversación"],
    ["wrong_team", "It belongs to another office", "Corresponde a otra oficina"],
];

const COLUMNS: &str = "id, word, label_en, label_es";

fn read(row: &Row<'_>) -> Result<CloseReason, StoreError> {
    Ok(CloseReason { id: row.get(0)?, word: row.get(1)?, label: Label { en: row.get(2)?, es: row.get(3)? } })
}

/// The seeds, in order, with ids from `mint`.
pub fn seeds(mut mint: impl FnMut() -> CloseReasonId) -> Vec<CloseReason> {
    let reason = |[word, en, es]: [&str; 3]| CloseReason {
        id: mint(),
        word: word.to_owned(),
        label: Label::new(en, es),
    };
    SEEDS.into_iter().map(reason).collect()
}

/// Adds reasons at the given places of the list; a known word is left as it is.
pub fn insert(tx: &mut Tx<'_>, reasons: &[CloseReason]) -> Result<(), StoreError> {
    for (position, reason) in (0i64..).zip(reasons) {
        tx.execute(
            "INSERT INTO close_reason (id, word, label_en, label_es, position, is_active)
             VALUES ($1, $2, $3, $4, $5, TRUE) ON CONFLICT (word) DO NOTHING",
            params![reason.id, &reason.word, &reason.label.en, &reason.label.es, position],
        )?;
    }
    Ok(())
}

/// Reasons that can be chosen, in their order.
pub fn active(tx: &mut Tx<'_>) -> Result<Vec<CloseReason>, StoreError> {
    tx.query(
        &format!("SELECT {COLUMNS} FROM close_reason WHERE is_active ORDER BY position, word"),
        &[],
        read,
    )
}

/// The reason of this id, active or not.
pub fn load(tx: &mut Tx<'_>, id: CloseReasonId) -> Result<Option<CloseReason>, StoreError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM close_reason WHERE id = $1"), params![id], read)
}

/// The reason of this word, active or not.
pub fn by_word(tx: &mut Tx<'_>, word: &str) -> Result<Option<CloseReason>, StoreError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM close_reason WHERE word = $1"), params![word], read)
}
