//! What the team begins with: `ask` is the team's message, `answer` what a patient may write back, and
//! the second of `more` closes it.

use crate::traffic::phrase::{Exchange, Needs, on};

pub const ENGLISH: [Exchange; 5] = [
    on(
        ("appointment", Needs::Nothing),
        "Flu shots are here",
        "This year's flu shots are here. Walk in any weekday from 8 to 11, no appointment needed.",
        "Can I bring my mother? She is not your patient.",
        ("", "Yes, please bring her card from the plan."),
    ),
    on(
        ("appointment", Needs::Nothing),
        "Time for your yearly check-up",
        "It has been about a year since your last check-up. Would you like a time in the coming weeks? Tell us which days are good.",
        "Tuesdays or Thursdays, after 2 if possible.",
        ("", "You have Thursday in two weeks at 2:20. See you then."),
    ),
    on(
        ("test_result", Needs::Test),
        "Your {test} is back",
        "Your {test} came back: {value}. Nothing has to change now. You can see it with the older ones under Test results.",
        "Thank you for telling me so quickly! When is the next one?",
        ("", "In about three months. The order is in already."),
    ),
    on(
        ("visit_follow_up", Needs::Visit),
        "How are you doing?",
        "You were here with us lately. Are you feeling better, and did everything at the pharmacy go well?",
        "Much better, thank you for asking. The pharmacy was fine.",
        ("", "Good to read. Take care."),
    ),
    on(
        ("medicine", Needs::Medicine),
        "Your {medicine}",
        "The pharmacy tells us that {medicine} has not been picked up for a while. Is anything in the way: cost, side effects, the drive?",
        "No, I had a bottle left from spring. I will get it this week.",
        ("", "Thank you. Tell us if it is ever the price."),
    ),
];

pub const SPANISH: [Exchange; 4] = [
    on(
        ("appointment", Needs::Nothing),
        "Ya llegaron las vacunas de la influenza",
        "Ya tenemos las vacunas de este año. Venga cualquier día entre semana de 8 a 11, sin cita.",
        "¿Puedo llevar a mi mamá? Ella no es paciente de ustedes.",
        ("", "Sí, que traiga la tarjeta de su plan."),
    ),
    on(
        ("appointment", Needs::Nothing),
        "Le toca su revisión del año",
        "Ya pasó un año desde su última revisión. ¿Le damos una hora en las próximas semanas? Díganos qué días puede.",
        "Los martes o jueves, después de las 2 si se puede.",
        ("", "Le dimos el jueves en dos semanas a las 2:20. Aquí le esperamos."),
    ),
    on(
        ("test_result", Needs::Test),
        "Ya está su {test}",
        "Ya llegó su {test}: {value}. Por ahora no hay que cambiar nada. Lo puede ver con los anteriores en Resultados.",
        "¡Gracias por avisar tan pronto! ¿Cuándo es el próximo?",
        ("", "En unos tres meses. La orden ya está."),
    ),
    on(
        ("visit_follow_up", Needs::Visit),
        "¿Cómo sigue?",
        "Hace poco estuvo con nosotros. ¿Ya se siente mejor? ¿Todo bien en la farmacia?",
        "Mucho mejor, gracias por preguntar. En la farmacia todo bien.",
        ("", "Qué gusto. Cuídese mucho."),
    ),
];
