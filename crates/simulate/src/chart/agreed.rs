//! What is agreed on at a visit of the crowd, in both languages: the lines of its summary. They promise
//! nothing and name no value, so that they agree with any chart.

/// The same in English and in Spanish.
pub type Both = (&'static str, &'static str);

/// Lines of which a visit takes one or two.
pub type Agreed = &'static [Both];

pub const BLOOD_PRESSURE: Agreed = &[
    (
        "Measure the blood pressure at home twice a week and write it down.",
        "Medir la presión en casa dos veces por semana y anotarla.",
    ),
    ("Use less salt, at the table and in the kitchen.", "Usar menos sal, en la mesa y en la cocina."),
    ("Keep taking the tablets, also on good days.", "Seguir con las tabletas, también en los días buenos."),
];
pub const CHOLESTEROL: Agreed = &[
    ("More vegetables and fish, less fried food.", "Más verdura y pescado, menos frituras."),
    ("Take the tablet at bedtime.", "Tomar la tableta al acostarse."),
];
pub const DIABETES: Agreed = &[
    ("Look at both feet every evening.", "Mirar los dos pies cada noche."),
    ("Have the eyes checked once a year.", "Revisar los ojos una vez al año."),
    ("Walk for 20 minutes after supper.", "Caminar 20 minutos después de cenar."),
];
pub const BLOOD_SUGAR: Agreed = &[
    ("Water in place of sweet drinks.", "Agua en lugar de bebidas dulces."),
    ("Walk for half an hour on most days.", "Caminar media hora casi todos los días."),
];
pub const REFLUX: Agreed = &[
    ("Eat supper early and sleep with the head raised.", "Cenar temprano y dormir con la cabeza más alta."),
    ("Write down which foods make it worse.", "Anotar qué comidas lo empeoran."),
];
pub const MOOD: Agreed = &[
    (
        "Take the tablet at the same time each day; it needs some weeks.",
        "Tomar la tableta a la misma hora; necesita unas semanas.",
    ),
    ("One walk outside every day.", "Una caminata afuera cada día."),
    ("Get up at the same time every day.", "Levantarse a la misma hora todos los días."),
];
pub const WORRY: Agreed = &[
    ("Slow breathing for five minutes, twice a day.", "Respirar despacio cinco minutos, dos veces al día."),
    ("Less coffee after noon.", "Menos café después del mediodía."),
];
pub const JOINTS: Agreed = &[
    (
        "Go on moving: swim, ride a bike or walk.",
        "Seguir en movimiento: nadar, andar en bicicleta o caminar.",
    ),
    (
        "Take the pain tablet with food, and only when it is needed.",
        "Tomar la tableta para el dolor con comida, y solo si hace falta.",
    ),
];
pub const BACK: Agreed = &[
    ("Warmth and short walks rather than lying down.", "Calor y caminatas cortas en vez de estar acostado."),
    ("Bend the knees to lift things.", "Doblar las rodillas para levantar cosas."),
];
pub const ASTHMA: Agreed = &[
    ("Shake the inhaler and breathe in slowly.", "Agitar el inhalador y respirar despacio."),
    ("Count how often it is needed in a week.", "Contar cuántas veces hace falta por semana."),
];
pub const HAY_FEVER: Agreed = &[
    (
        "Begin with the tablet two weeks before the season.",
        "Empezar con la tableta dos semanas antes de la temporada.",
    ),
    ("Keep the windows shut on windy days.", "Cerrar las ventanas en los días de viento."),
];
pub const THYROID: Agreed = &[
    ("Take the tablet half an hour before breakfast.", "Tomar la tableta media hora antes del desayuno."),
    ("Test again in six months.", "Repetir el examen en seis meses."),
];
pub const HEADACHES: Agreed = &[
    ("Keep a headache diary.", "Llevar un diario de los dolores de cabeza."),
    ("Take the tablet as soon as the migraine begins.", "Tomar la tableta en cuanto empieza la migraña."),
];
pub const WEIGHT: Agreed = &[
    ("Smaller plates, and no screen at meals.", "Platos más pequeños, y sin pantallas al comer."),
    ("One pound a week is plenty.", "Media libra o una libra por semana es suficiente."),
];
pub const SLEEP: Agreed = &[
    ("Wear the mask every night, also for naps.", "Usar la mascarilla cada noche, también en la siesta."),
    ("Sleep on the side.", "Dormir de lado."),
];
pub const HEART: Agreed = &[
    ("Chest pain that does not go away: call 911.", "Dolor de pecho que no se quita: llamar al 911."),
    ("Walk every day, as far as it feels good.", "Caminar cada día, hasta donde se sienta bien."),
];
pub const RHYTHM: Agreed = &[
    (
        "Take the blood thinner morning and evening, without gaps.",
        "Tomar el anticoagulante mañana y noche, sin saltarse ninguno.",
    ),
    ("Tell every dentist and doctor about it.", "Avisar a cada dentista y médico."),
];
pub const HEART_FAILURE: Agreed = &[
    ("Step on the scale every morning and write it down.", "Pesarse cada mañana y anotarlo."),
    ("Less salt, and raise the feet in the evening.", "Menos sal, y los pies en alto por la tarde."),
];
pub const BONES: Agreed = &[
    (
        "Take the Sunday tablet with a full glass of water and stay upright.",
        "Tomar la tableta del domingo con un vaso de agua y no acostarse.",
    ),
    ("Clear loose rugs away, so that nobody trips.", "Quitar los tapetes sueltos para no tropezar."),
];
pub const KIDNEYS: Agreed = &[
    (
        "No ibuprofen or naproxen; acetaminophen is fine.",
        "Nada de ibuprofeno ni naproxeno; el acetaminofén está bien.",
    ),
    ("Test the kidneys again in three months.", "Repetir el examen de los riñones en tres meses."),
];
pub const GOUT: Agreed = &[
    ("Drink a lot of water, and little beer.", "Tomar mucha agua, y poca cerveza."),
    ("Test the uric acid again in half a year.", "Repetir el ácido úrico en medio año."),
];
pub const ANEMIA: Agreed = &[
    ("Take the iron with orange juice, not with tea.", "Tomar el hierro con jugo de naranja, no con té."),
    ("Repeat the blood count in two months.", "Repetir el hemograma en dos meses."),
];
pub const CHECK_UP: Agreed = &[
    ("All is well. The next check-up is in a year.", "Todo está bien. El próximo chequeo es en un año."),
    ("Go on with what keeps you moving.", "Seguir con lo que le mantiene en movimiento."),
];
pub const COLD: Agreed = &[
    (
        "Rest and warm drinks. It should pass in a week.",
        "Reposo y bebidas calientes. Debe pasar en una semana.",
    ),
    ("Come back with a high fever or short breath.", "Volver si hay fiebre alta o falta de aire."),
];
pub const RASH: Agreed = &[(
    "A plain cream twice a day, and no scented soap.",
    "Una crema sencilla dos veces al día, y jabón sin perfume.",
)];
pub const SHOULDER: Agreed = &[(
    "Small circles with the arm, three times a day.",
    "Círculos pequeños con el brazo, tres veces al día.",
)];
pub const THROAT: Agreed = &[(
    "Cool drinks and soft food. Come back if it is not better in three days.",
    "Bebidas frescas y comida blanda. Volver si no mejora en tres días.",
)];
pub const ANKLE: Agreed =
    &[("Ice, a wrap, and the foot up for two days.", "Hielo, vendaje y el pie en alto por dos días.")];
pub const SHOTS: Agreed =
    &[("The arm may be sore for a day or two.", "El brazo puede doler uno o dos días.")];
