//! Medicines, results, symptoms and what comes after a visit, in Spanish.

use crate::traffic::phrase::{Exchange, Needs, on};

const MEDICINE: (&str, Needs) = ("medicine", Needs::Medicine);
const TEST: (&str, Needs) = ("test_result", Needs::Test);
const HEALTH: (&str, Needs) = ("general_question", Needs::Nothing);
const AFTER: (&str, Needs) = ("visit_follow_up", Needs::Visit);

const HOW_LONG: (&str, &str) = (
    "¿En cuánto tiempo debo notar algo?",
    "En unas dos semanas. Si para entonces no hay cambio, escríbanos.",
);
const WORSE: (&str, &str) =
    ("Hoy amaneció un poco peor, ¿espero?", "No espere. Le guardamos un lugar mañana a las 9.");
const NUMBERS: (&str, &str) =
    ("¿Dónde veo los números anteriores?", "En la página del resultado: ahí están todos en una línea.");

pub const CARE: [Exchange; 15] = [
    on(
        MEDICINE,
        "Se me olvidó una dosis",
        "Ayer se me olvidó {medicine}. ¿Tomo doble hoy?",
        "No, doble nunca. Siga con la próxima a su hora. Una que se olvida no hace daño.",
        HOW_LONG,
    ),
    on(
        MEDICINE,
        "¿Será por {medicine}?",
        "Desde que empecé con {medicine} me siento mal del estómago en la mañana. ¿Será por eso?",
        "Puede ser. Por ahora con un poco de comida. Si {weekday} sigue igual, escríbanos y buscamos otra.",
        HOW_LONG,
    ),
    on(
        MEDICINE,
        "Gripe y {medicine}",
        "Tengo gripe fuerte. ¿Qué puedo tomar sin receta junto con {medicine}?",
        "Acetaminofén solo y agua salada para la nariz. Nada que diga descongestionante, por favor.",
        ("¿Y el té con miel?", "Sí, y descanso. Eso es lo que más ayuda."),
    ),
    on(
        MEDICINE,
        "Las pastillas se ven diferentes",
        "Las pastillas de {medicine} de {pharmacy} son de otro color. ¿Son las mismas?",
        "Es la misma medicina de otro laboratorio; en {pharmacy} lo revisaron. Las puede tomar.",
        HOW_LONG,
    ),
    on(
        MEDICINE,
        "Subió el precio de {medicine}",
        "Me cobraron 60 dólares por {medicine}. ¿Hay algo más barato?",
        "Su plan la cambió de lista. Con el código que ya tiene {pharmacy} vuelve a costar unos 10.",
        ("Todavía me dicen 60.", "Tuvieron que pasarla otra vez. Esperé en la línea: 9 dólares con 40."),
    ),
    on(
        TEST,
        "Mi resultado de {test}",
        "Vi que mi resultado de {test} salió en {value}. ¿Está bien así?",
        "Lo vimos junto con el anterior. Seguimos igual y lo repetimos en tres meses.",
        NUMBERS,
    ),
    on(
        TEST,
        "¿Qué quiere decir {value}?",
        "Mi {test} dice {value} y no sé si es bueno o malo.",
        "Es más o menos lo que esperábamos, hoy no hay que cambiar nada. En la próxima cita lo vemos juntos.",
        NUMBERS,
    ),
    on(
        HEALTH,
        "Roncha en el brazo",
        "Tengo una mancha roja que me pica en el brazo desde el domingo, del tamaño de una moneda. No crece. Estuve en el jardín.",
        "Parece de una planta. Crema de hidrocortisona dos veces al día por cinco días. Si crece o supura, mándenos una foto.",
        WORSE,
    ),
    on(
        HEALTH,
        "Gripe que no se quita",
        "Ya son nueve días de gripe. Fiebre no, pero toso de noche. ¿Necesito antibiótico?",
        "Todavía no: sin fiebre diez días es normal. Lavados con agua salada; si hay fiebre o dolor arriba de los ojos, venga.",
        WORSE,
    ),
    on(
        HEALTH,
        "Me despierto a las 3",
        "Me despierto a las 3 y ya no duermo hasta las 5, desde hace un mes. No quisiera tomar pastillas.",
        "A mucha gente le ayuda levantarse siempre a la misma hora, sin pantalla en la cama. En Documentos le dejamos un diario del sueño.",
        HOW_LONG,
    ),
    on(
        HEALTH,
        "Mi presión en casa",
        "Estos son mis números de la semana: 138/84, 142/86, 135/80, 140/88. ¿Están bien?",
        "Un poco más altos de lo que queremos, sin peligro. Mida otra semana, en una silla y después de cinco minutos de descanso.",
        ("¿En qué brazo?", "Siempre en el izquierdo y en la misma silla."),
    ),
    on(
        HEALTH,
        "Me arde el estómago de noche",
        "Agruras todas las noches de esta semana. Sí he cenado tarde. ¿Puedo tomar las masticables diario?",
        "Dos semanas está bien. Nada de comer tres horas antes de acostarse. Si le cuesta tragar, llámenos de inmediato.",
        HOW_LONG,
    ),
    on(
        HEALTH,
        "¿Las dos vacunas juntas?",
        "¿Me pueden poner la de la influenza y la de COVID el mismo día? ¿Necesito cita?",
        "Sí, una en cada brazo, sin cita, de 8 a 11 de la mañana.",
        ("¿Duele más con las dos?", "Un poquito, un día. Mueva el brazo y se pasa."),
    ),
    on(
        AFTER,
        "Después de mi visita",
        "Se me olvidó preguntar: me dijeron que caminara más. ¿Cuánto es más?",
        "Treinta minutos, cinco días a la semana, a paso en que pueda hablar pero no cantar. Empiece con diez.",
        HOW_LONG,
    ),
    on(
        AFTER,
        "Todavía no mejoro mucho",
        "Me dijeron que escribiera si en una semana no mejoraba. Sigo más o menos igual, no peor.",
        "Gracias por escribir. Otra semana está bien si no empeora. Le guardamos una hora {weekday} por si acaso.",
        WORSE,
    ),
];
