//! Refills, visits, referrals and forms, in Spanish.

use crate::traffic::phrase::{Exchange, Needs, on};

const REFILL: (&str, Needs) = ("refill", Needs::Medicine);
const VISIT: (&str, Needs) = ("appointment", Needs::Nothing);
const REFERRAL: (&str, Needs) = ("referral", Needs::Nothing);
const FORM: (&str, Needs) = ("form_or_letter", Needs::Nothing);

const NOT_THERE: (&str, &str) = (
    "Acabo de ir y me dicen que no tienen nada.",
    "Les hablé por teléfono: estaba con su número anterior. Ya está lista.",
);
const OTHER_TIME: (&str, &str) =
    ("Perdón, ¿podría ser una hora más tarde?", "Sí, la pasamos una hora. No hace falta que conteste.");
const STILL_NO_CALL: (&str, &str) = (
    "Llamé y dicen que nunca recibieron los papeles.",
    "Los mandamos otra vez y esperamos en la línea hasta que los tuvieron. Hoy le llaman.",
);
const BY_MAIL: (&str, &str) =
    ("¿Me la puede mandar por correo?", "Salió hoy por correo a la dirección que tenemos.");

pub const OFFICE: [Exchange; 14] = [
    on(
        REFILL,
        "Resurtido de {medicine}",
        "Me queda una semana de {medicine}. ¿Podría mandar la receta a {pharmacy}?",
        "Ya está en {pharmacy}, para 90 días y con tres resurtidos. Mañana por la mañana la tienen lista.",
        NOT_THERE,
    ),
    on(
        REFILL,
        "Ya no hay resurtidos de {medicine}",
        "El frasco de {medicine} dice que ya no hay resurtidos y tengo para cinco días. Es la misma, {pharmacy}.",
        "Listo, se mandó ahora mismo a {pharmacy}. El próximo examen de sangre le toca en primavera.",
        NOT_THERE,
    ),
    on(
        REFILL,
        "Cambié de farmacia",
        "Cambié a {pharmacy} y no tienen mi {medicine}. ¿La puede mandar ahí?",
        "Se mandó a {pharmacy} y ya quedó en su expediente, así que las siguientes llegan ahí también.",
        NOT_THERE,
    ),
    on(
        REFILL,
        "Voy de viaje, necesito {medicine}",
        "Voy seis semanas con mi familia a México y necesito llevar suficiente {medicine}. ¿Se puede?",
        "Sí. Su plan permite surtir para viaje: dígale las fechas a {pharmacy} y le dan 60 días juntos.",
        ("¿Necesitan algo de mí?", "Solo las fechas. Lo demás ya lo tienen."),
    ),
    on(
        REFILL,
        "¿Para tres meses?",
        "Sería más fácil recibir {medicine} para tres meses y no cada mes. ¿Lo pueden cambiar?",
        "Desde la próxima vez son 90 días. Casi siempre sale más barato.",
        NOT_THERE,
    ),
    on(
        VISIT,
        "Cambiar mi cita",
        "Tengo cita con {doctor} pero ese día trabajo. ¿Hay algo la otra semana, temprano?",
        "Le dimos la otra semana, el mismo día, a las 8:20. La hora anterior ya se liberó.",
        OTHER_TIME,
    ),
    on(
        VISIT,
        "Quisiera una cita",
        "Me volvió a molestar el hombro. ¿Cuándo podría ver a {doctor}? No es urgente.",
        "Lo primero que hay es {weekday} a las 10:40, y ya es suyo. Si empeora antes, llámenos.",
        OTHER_TIME,
    ),
    on(
        VISIT,
        "¿Tengo que ir en ayunas?",
        "Para el examen de sangre, ¿voy sin desayunar? ¿Puedo tomar café?",
        "Nada de comer diez horas antes. Agua y café negro, sí. Traiga algo para después.",
        ("¿Y mis pastillas de la mañana?", "Tómelas como siempre, con agua."),
    ),
    on(
        VISIT,
        "Cancelar {weekday}",
        "Por favor cancelen mi cita, {weekday} no puedo y ya me siento bien.",
        "Cancelada, y qué gusto que esté mejor.",
        (
            "¿Me tocaba alguna vacuna?",
            "Sí, la de la influenza. Puede venir sin cita cualquier mañana antes de las 11.",
        ),
    ),
    on(
        REFERRAL,
        "Doctor de los ojos",
        "{doctor} quería que me revisaran los ojos este año. ¿Necesito un referido? ¿Quién acepta mi plan?",
        "El referido al Valley Eye Center ya está y aceptan su plan. Le llaman en una semana, en español.",
        STILL_NO_CALL,
    ),
    on(
        REFERRAL,
        "No me llaman de terapia",
        "Hace dos semanas me mandaron a terapia física y nadie me ha llamado.",
        "Tenían mal su número. Ya está corregido y prometieron llamar a más tardar {weekday}.",
        STILL_NO_CALL,
    ),
    on(
        FORM,
        "Carta para el trabajo",
        "Falté tres días por la gripe y en el trabajo me piden una carta. ¿Me la puede hacer?",
        "La carta está firmada en la recepción, hasta las 5.",
        BY_MAIL,
    ),
    on(
        FORM,
        "Formulario de la escuela",
        "La escuela de mi hija pide el formulario con las vacunas. ¿Lo puedo recoger {weekday}?",
        "Ya está lleno y firmado, en la recepción.",
        BY_MAIL,
    ),
    on(
        FORM,
        "Copia de mi expediente",
        "¿Cómo pido una copia de mi expediente para la abogada?",
        "Hay que firmar una hoja en la recepción y decir a quién se manda. Tarda unos cinco días.",
        BY_MAIL,
    ),
];
