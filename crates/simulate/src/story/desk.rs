//! Threads of the front desk.

use super::{Act, Conversation, patient, patient_reads, staff, thread};
use crate::days::Days;

pub fn conversations(days: &Days) -> Vec<Conversation> {
    vec![lucias_visit(days), miguels_papers(days)]
}

fn lucias_visit(days: &Days) -> Conversation {
    thread(
        ("lucia", "desk"),
        ("appointment", "Su cita de la próxima semana"),
        None,
        vec![
            staff(
                "luis",
                days.workdays_ago(1, (13, 10)),
                Act::Write(
                    "Buenas tardes, Lucía. La Dra. Okafor no está el jueves por la mañana. ¿Puede venir el mismo día a \
                     las 2:40 de la tarde, o prefiere otro día? Luis".into(),
                ),
            ),
            patient_reads(days.workdays_ago(1, (17, 48))),
            patient(
                days.minutes_ago(64),
                "Hola Luis, a esa hora recojo a mis hijos. ¿Hay algo el viernes antes de las 11? Gracias.",
            ),
        ],
    )
}

fn miguels_papers(days: &Days) -> Conversation {
    thread(
        ("miguel", "desk"),
        ("form_or_letter", "Copia de sus vacunas"),
        None,
        vec![
            staff(
                "luis",
                days.workdays_ago(9, (10, 30)),
                Act::Write(
                    "Buenos días, don Miguel. La copia de sus vacunas está lista en la recepción, como la pidió por \
                     teléfono. Luis".into(),
                ),
            ),
            patient_reads(days.workdays_ago(9, (11, 15))),
            staff("luis", days.workdays_ago(9, (16, 40)), Act::Close("form_done")),
            patient_reads(days.workdays_ago(8, (9, 5))),
        ],
    )
}
