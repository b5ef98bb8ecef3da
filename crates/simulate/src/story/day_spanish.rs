//! The open threads of the day in Spanish.

use super::{About, Act, Conversation, patient, simple, staff, thread};
use crate::days::Days;

pub fn conversations(days: &Days) -> Vec<Conversation> {
    let ago = |minutes| days.minutes_ago(minutes);
    vec![
        irmas_fall(days),
        simple(
            ("hector", "refill", "Agujas para la pluma"),
            Some(About::Medicine("Insulin glargine pen, 100 units/mL")),
            ago(121),
            "Buenos días. En la farmacia me dieron la insulina pero no las agujas, dicen que falta la receta. Me quedan \
             dos. ¿Me la pueden mandar hoy? Es la farmacia de la calle Cannery. Gracias, Héctor Luna",
        ),
        simple(
            ("dolores", "medicine", "La metformina me cae mal"),
            Some(About::Medicine("Metformin 500 mg extended-release tablet")),
            ago(89),
            "Desde que subí a dos pastillas de metformina tengo diarrea casi todos los días y se me quita el hambre. La \
             tomo con la cena. ¿Puedo volver a una sola o hay otra que no caiga tan pesada?",
        ),
        simple(
            ("carmen", "appointment", "Cambiar la cita del jueves"),
            None,
            ago(15),
            "Hola, tengo cita el jueves a las 2 con la Dra. Lindgren y ese día tengo que recoger a mi nieto. ¿Hay algo \
             el viernes o la otra semana, de preferencia en la mañana? Carmen Ibarra",
        ),
    ]
}

/// Written by a daughter with a sign-in of her own.
fn irmas_fall(days: &Days) -> Conversation {
    let yesterday = |time| days.workdays_ago(1, time);
    let conversation = thread(
        ("irma", "riverbend"),
        ("general_question", "Mi mamá se cayó"),
        None,
        vec![
            patient(
                yesterday((16, 48)),
                "Mi mamá se cayó el sábado en el baño, de lado. Camina, pero le \
                 duele la cadera derecha al subir escaleras y tiene un moretón grande. No se pegó en la cabeza. ¿La \
                 llevo a que le tomen una radiografía o esperamos? Ella dice que no es nada.",
            ),
            staff("boateng", yesterday((16, 57)), Act::Read),
            staff(
                "boateng",
                days.minutes_ago(45),
                Act::Note(
                    "Osteoporosis, 75. X-ray order for the right hip is signed by Dr. Brandt. Needs a call in Spanish \
                     this morning: Luis, can you help me at 11?"
                        .into(),
                ),
            ),
        ],
    );
    Conversation { proxy: Some("patricia_salazar"), ..conversation }
}
