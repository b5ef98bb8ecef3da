//! What threads are about: the organisation's list, seeded with one that suits most clinics.

use crate::db::{Row, StoreError, Tx};
use crate::params;
use domain::id::TopicId;
use domain::language::Label;
use domain::pool::Topic;

/// The seeds: word, label and one explaining line, in English and Spanish, as they are listed.
const SEEDS: [[&str; 5]; 8] = [
    [
        "general_question",
        "Question about my health",
        "Pregunta sobre mi salud",
        "Anything that you would ask your care team at a visit.",
        "Lo que le preguntaría a su equipo médico en una visita.",
    ],
    [
        "test_result",
        "Test result",
        "Resultado de un examen",
        "What a result means, or what comes next.",
        "Qué significa un resultado o qué sigue.",
    ],
    [
        "medicine",
        "Medicine",
        "Medicina",
        "How to take a medicine, side effects, or a change.",
        "Cómo tomar una medicina, efectos secundarios o un cambio.",
    ],
    [
        "refill",
        "Refill",
        "Resurtido de medicina",
        "Ask for more of a medicine that you already take.",
        "Pida más de una medicina que ya toma.",
    ],
    [
        "appointment",
        "Appointment",
        "Cita",
        "Make, change or cancel a visit, or ask how to prepare.",
        "Haga, cambie o cancele una cita, o pregunte cómo prepararse.",
    ],
    [
        "visit_follow_up",
        "After a visit",
        "Después de una visita",
        "How you are doing after a visit, or what you forgot to ask.",
        "Cómo sigue después de una visita, o lo que olvidó preguntar.",
    ],
    [
        "referral",
        "Referral",
        "Referido a otro médico",
        "Seeing a specialist, or news about a referral.",
        "Ver a un especialista o noticias de un referido.",
    ],
    [
        "form_or_letter",
        "Forms and letters",
        "Formularios y cartas",
        "A form to fill in, a note for work or school, or a copy of your record.",
        "Un formulario, una nota para el trabajo o la escuela, o una copia de su expediente.",
    ],
];

const COLUMNS: &str = "id, word, label_en, label_es, explanation_en, explanation_es";

fn read(row: &Row<'_>) -> Result<Topic, StoreError> {
    Ok(Topic {
        id: row.get(0)?,
        word: row.get(1)?,
        label: Label { en: row.get(2)?, es: row.get(3)? },
        explanation: Label { en: row.get(4)?, es: row.get(5)? },
    })
}

/// The seeds, in order, with ids from `mint`.
pub fn seeds(mut mint: impl FnMut() -> TopicId) -> Vec<Topic> {
    let topic = |[word, en, es, explanation_en, explanation_es]: [&str; 5]| Topic {
        id: mint(),
        word: word.to_owned(),
        label: Label::new(en, es),
        explanation: Label::new(explanation_en, explanation_es),
    };
    SEEDS.into_iter().map(topic).collect()
}

/// Adds topics at the given places of the list; a known word is left as it is.
pub fn insert(tx: &mut Tx<'_>, topics: &[Topic]) -> Result<(), StoreError> {
    for (position, topic) in (0i64..).zip(topics) {
        tx.execute(
            "INSERT INTO topic (id, word, label_en, label_es, explanation_en, explanation_es, position, is_active)
             VALUES ($1, $2, $3, $4, $5, $6, $7, TRUE) ON CONFLICT (word) DO NOTHING",
            params![
                topic.id,
                &topic.word,
                &topic.label.en,
                &topic.label.es,
                &topic.explanation.en,
                &topic.explanation.es,
                position
            ],
        )?;
    }
    Ok(())
}

/// Topics that can be chosen, in their order.
pub fn active(tx: &mut Tx<'_>) -> Result<Vec<Topic>, StoreError> {
    tx.query(&format!("SELECT {COLUMNS} FROM topic WHERE is_active ORDER BY position, word"), &[], read)
}

/// All topics, those that can no longer be chosen too, in their order.
pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Topic>, StoreError> {
    tx.query(&format!("SELECT {COLUMNS} FROM topic ORDER BY position, word"), &[], read)
}

/// The topic of this id, active or not.
pub fn load(tx: &mut Tx<'_>, id: TopicId) -> Result<Option<Topic>, StoreError> {
    tx.query_opt(&format!("SELECT {COLUMNS} FROM topic WHERE id = $1"), params![id], read)
}
