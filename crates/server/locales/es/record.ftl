# Las páginas del expediente y lo demás que un paciente dice y ve: palabras sencillas.
as-told = { $told }
review-not-yet = { $relation ->
    [self] Su equipo médico
   *[other] El equipo médico de { $name }
} todavía no lo ha revisado aquí.
review-opened = { $relation ->
    [self] Su equipo médico
   *[other] El equipo médico de { $name }
} lo abrió { $at }.
reported-by = Informado por { $who }.
range-little-above = Un poco más alto de lo normal
range-little-below = Un poco más bajo de lo normal

thanks-ask = ¿Esto responde a su pregunta?
thanks = Sí, con eso basta, gracias
done-thanked = Gracias. Su equipo médico sabe que esto quedó resuelto.
status-settled = Usted dijo { $at } que con eso bastaba.
event-thanked = { $who } dijo: con eso basta, gracias.
event-thanked-me = Usted dijo: con eso basta, gracias.
live-answer = Hay algo nuevo en esta conversación.
did-settle-thread = Dijo que la respuesta bastaba
did-read-entry = Abrió una parte del expediente
did-read-message-and = Leyó { $relation ->
    [self] su mensaje
   *[other] el mensaje de { $name }
} y el resultado: { $item }
did-read-message-beside = Leyó { $relation ->
    [self] su mensaje
   *[other] el mensaje de { $name }
} y vio al lado: { $item }
looked-role-physician = médico
looked-role-nurse = enfermería
looked-role-pharmacist = farmacia
looked-role-front-desk = recepción
looked-role-administrator = administración
looked-role-privacy-officer = privacidad
looked-role-analyst = análisis

hub-found = Resultados y visitas
hub-health = Salud
hub-care = Atención
source-old = Esto puede no estar al día. Avísele al equipo médico si algo ha cambiado.
section-visits = Visitas
section-documents = Notas y cartas
section-vitals = Signos vitales
section-procedures = Procedimientos
section-careplans = Planes y metas
section-careteams = Equipo médico
section-coverage = Seguro médico

visits = Visitas
visits-title = { $relation ->
    [self] Sus visitas
   *[other] Visitas de { $name }
}
older-visits = Ver visitas más antiguas
visits-empty = Todavía no hay visitas en el expediente.
visits-empty-how = Después de una visita verá aquí con quién fue, por qué y qué se anotó.
visit-for = Por: { $reason }.
visit-when = Cuándo
visit-who = Con
visit-where = Dónde
visit-why = Por qué
visit-setting-office = Visita al consultorio
visit-setting-hospital = Estancia en el hospital
visit-setting-emergency = Visita a emergencias
visit-setting-home = Visita en casa
visit-setting-remote = Visita por teléfono o video
visit-setting-unknown = Visita
visit-status = { $status ->
    [planned] Programada
    [arrived] En curso
    [in-progress] En curso
    [cancelled] Cancelada
   *[other] Terminada
}
ask-visit = Preguntar sobre esta visita
visit-bare = El expediente no tiene nada más sobre esta visita.
visit-bare-how = Si falta una nota o un resultado, pregunte al equipo médico.
visit-notes = Notas de esta visita
visit-problems = Problemas de salud anotados
visit-procedures = Lo que se hizo
visit-medicines = Medicamentos recetados
visit-vaccines = Vacunas puestas
visit-in-record = Ver en el expediente

notes = Notas y cartas
notes-title = Notas y cartas
older-notes = Ver notas más antiguas
notes-empty = Todavía no hay notas ni cartas en el expediente.
notes-empty-how = Lo que el equipo médico escribe sobre una visita aparece aquí.
note-unnamed = Nota
note-visit = La visita
note-hint = La escribió el equipo médico para su propio trabajo. Pregunte si algo no está claro.
note-file = No podemos mostrar este archivo aquí.
note-file-how = Es del tipo { $kind }. Pida una copia al equipo médico.
note-absent = El texto de esta nota no está en este expediente.
note-absent-how = Pida una copia al equipo médico.
ask-note = Preguntar sobre esta nota

vitals = Signos vitales
vitals-title = { $relation ->
    [self] Sus signos vitales
   *[other] Signos vitales de { $name }
}
vitals-empty = Todavía no hay signos vitales en el expediente.
vitals-empty-how = La presión, el peso y otros datos se agregan cuando se miden en una visita.
vitals-times = { $count ->
    [one] 1 valor
   *[other] { $count } valores
}

procedures = Procedimientos
procedures-title = { $relation ->
    [self] Sus procedimientos
   *[other] Procedimientos de { $name }
}
procedures-empty = No hay procedimientos en el expediente.
procedures-empty-how = Las operaciones y otros tratamientos aparecen aquí. Los hechos en otro lugar pueden faltar.
procedures-times = { $count } veces en total

plans = Planes y metas
plans-title = Planes y metas
plans-empty = No hay planes ni metas en el expediente.
plans-empty-how = Cuando usted y el equipo médico acuerdan pasos o algo por lograr, queda escrito aquí.
care-plans = Planes de atención
plans-past = Planes anteriores ({ $count })
plan-active = En marcha
plan-past = Terminado
goals = Metas
goal-target = Por lograr: { $target }
goal-due = Para el
goal-achievement = { $word ->
    [in-progress] En camino
    [improving] Mejorando
    [worsening] Empeorando
    [no-change] Sin cambio
    [achieved] Lograda
    [sustaining] Lograda y mantenida
    [not-achieved] No lograda
    [not-attainable] No se puede lograr
   *[other] En camino
}
step-status = { $status ->
    [not-started] sin empezar
    [scheduled] programado
    [on-hold] en pausa
    [completed] hecho
    [cancelled] cancelado
    [stopped] detenido
   *[other] en marcha
}

care-team = Equipo médico
care-team-title = { $relation ->
    [self] Su equipo médico
   *[other] Equipo médico de { $name }
}
care-team-write = A quién puede escribir
message-them = Escribirles
care-team-people = Quién está en el expediente
care-team-unnamed = Equipo médico
care-team-none = Todavía no hay un equipo médico en el expediente.
care-team-past = Equipos anteriores ({ $count })

coverage = Seguro médico
coverage-title = { $relation ->
    [self] Su seguro médico
   *[other] Seguro médico de { $name }
}
coverage-empty = No hay un seguro médico en el expediente.
coverage-empty-how = Si lo hay, avise a { $clinic }:
coverage-ended = Terminó
coverage-plan = Plan
coverage-number = Número de miembro
coverage-until = Hasta
coverage-bill = Tomado de una factura del
