//! Quick replies: the short texts of each pool, oldest first, seeded with a few that suit most clinics.

use crate::db::{Row, StoreError, Tx};
use crate::params;
use domain::id::{PoolId, QuickReplyId};
use domain::language::Label;
use domain::pool::QuickReply;
use jiff::Timestamp;

/// The seeds: label and text in English and Spanish, as they are listed.
const SEEDS: [[&str; 4]; 5] = [
    [
        "We are looking into it",
        "Lo estamos revisando",
        "Thank you for your message. We are looking into this and will write to you again here.",
        "Gracias por su mensaje. Lo estamos revisando y le escribiremos de nuevo aquí.",
    ],
    [
        "Result: nothing to do",
        "Resultado: nada que hacer",
        "Your result is fine. You do not need to do anything, and we will look at it together at your next visit.",
        "Su resultado está bien. No tiene que hacer nada, y lo veremos juntos en su próxima consulta.",
    ],
    [
        "Refill sent",
        "Resurtido enviado",
        "We have sent the refill to your pharmacy. Please allow a day, and call the pharmacy before you go.",
        "Enviamos el resurtido a su farmacia. Espere un día y llame a la farmacia antes de ir.",
    ],
    [
        "Please call for a visit",
        "Llame para una cita",
        "We would like to see you about this. Please call us to find a time that suits you.",
        "Queremos verle por esto. Llámenos para encontrar una hora que le convenga.",
    ],
    [
        "If it gets worse",
        "Si empeora",
        "If this gets worse, do not wait for our answer here: call us, or call 911 in an emergency.",
        "Si esto empeora, no espere nuestra respuesta aquí: llámenos, o llame al 911 en una emergencia.",
    ],
];

fn read(row: &Row<'_>) -> Result<QuickReply, StoreError> {
    Ok(QuickReply {
        id: row.get(0)?,
        label: Label { en: row.get(1)?, es: row.get(2)? },
        text: Label { en: row.get(3)?, es: row.get(4)? },
    })
}

/// The seeds, in order, with ids from `mint`.
pub fn seeds(mut mint: impl FnMut() -> QuickReplyId) -> Vec<QuickReply> {
    let reply = |[label_en, label_es, text_en, text_es]: [&str; 4]| QuickReply {
        id: mint(),
        label: Label::new(label_en, label_es),
        text: Label::new(text_en, text_es),
    };
    SEEDS.into_iter().map(reply).collect()
}

/// Adds a text to a pool's list.
pub fn insert(tx: &mut Tx<'_>, pool: PoolId, reply: &QuickReply, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO quick_reply (pool_id, id, label_en, label_es, text_en, text_es, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        params![pool, reply.id, &reply.label.en, &reply.label.es, &reply.text.en, &reply.text.es, now],
    )?;
    Ok(())
}

/// A pool's texts in their order: their ids begin with the time of their making.
pub fn of_pool(tx: &mut Tx<'_>, pool: PoolId) -> Result<Vec<QuickReply>, StoreError> {
    tx.query(
        "SELECT id, label_en, label_es, text_en, text_es FROM quick_reply WHERE pool_id = $1 ORDER BY id",
        params![pool],
        read,
    )
}

/// Takes a text out of a pool's list; false where it is not in it.
pub fn remove(tx: &mut Tx<'_>, pool: PoolId, id: QuickReplyId) -> Result<bool, StoreError> {
    let removed = tx.execute("DELETE FROM quick_reply WHERE pool_id = $1 AND id = $2", params![pool, id])?;
    Ok(removed > 0)
}
