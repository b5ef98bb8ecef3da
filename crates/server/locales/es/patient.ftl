# Para pacientes y quienes actúan por ellos: palabras sencillas, de usted. $relation es "self" u
# "other"; $name es el nombre del paciente.
nav = Principal
nav-home = Inicio
nav-messages = Mensajes
nav-record = Expediente
nav-more = Más
nav-new = sin leer
whose = { $name }

home-title = { $relation ->
    [self] Hola, { $name }
   *[other] Páginas de { $name }
}
home-nothing-new = No hay nada nuevo por ahora. { $relation ->
    [self] Su equipo médico está
   *[other] El equipo médico de { $name } está
} a un mensaje de distancia.
write-message = Escribir un mensaje
home-answers = { $count ->
    [one] 1 respuesta { $relation ->
        [self] de su equipo médico
       *[other] del equipo médico de { $name }
    }
   *[other] { $count } respuestas { $relation ->
        [self] de su equipo médico
       *[other] del equipo médico de { $name }
    }
}
home-changes = { $count ->
    [one] Cambió 1 conversación
   *[other] Cambiaron { $count } conversaciones
}
home-new-results = { $count ->
    [one] 1 resultado nuevo
   *[other] { $count } resultados nuevos
}
home-waiting = En espera de respuesta
home-record = { $relation ->
    [self] Su expediente médico
   *[other] Expediente médico de { $name }
}
chip-new-answer = Respuesta nueva
chip-new = Nuevo

messages-title = { $relation ->
    [self] Mensajes
   *[other] Mensajes sobre { $name }
}
messages-empty = { $relation ->
    [self] Todavía no tiene mensajes.
   *[other] Todavía no hay mensajes sobre { $name }.
}
messages-empty-how = Escriba al equipo médico si tiene una pregunta sobre un medicamento, un resultado o una cita. Aquí le va a contestar alguien de enfermería o un médico.
older-messages = Ver mensajes anteriores
search-messages = Buscar en los mensajes
search-nothing = Ningún mensaje tiene todas estas palabras: { $words }
search-nothing-how = Pruebe con menos palabras, o solo con el principio de lo que recuerda.
searched-back = Buscamos hasta el { $date }.
search-on = Seguir buscando hacia atrás

status-sent = Enviado { $at }, en espera de { $team }.
status-opened = { $role ->
    [physician] Un médico lo abrió { $at }.
    [nurse] Alguien de enfermería lo abrió { $at }.
    [pharmacist] Alguien de farmacia lo abrió { $at }.
   *[other] El equipo médico lo abrió { $at }.
}
status-answered = Contestado { $at }.
status-from-team = { $team } escribió { $at }.
status-taken-back = El mensaje se retiró. No queda nada por contestar.
status-closed = { $who } lo cerró { $at }: { $reason }.
next-answer-by = Esperamos contestarle { $by }.
next-late = La respuesta debía llegar { $at }. Sentimos la demora.
next-no-promise = El equipo médico le va a contestar lo antes posible.
next-may-reply = Puede contestar.
next-write-again = Puede escribir de nuevo cuando quiera.
late-advice = Si no puede esperar, llame a la clínica:

author-name = { $who }
author-me = Usted
author-for = { $who } por { $patient }
event-closed = { $who } cerró esta conversación: { $reason }
event-reopened = { $who } abrió esta conversación de nuevo.
event-retracted = { $who } retiró un mensaje.
event-continued = Es continuación de una conversación anterior.
event-continued-link = Leerla
event-withdrawn = { $who } retiró un mensaje.
event-assigned = { $who } se lo asignó a { $to }.
event-unassigned = { $who } lo devolvió al equipo.
entry-withdrawn = Usted retiró este mensaje antes de que alguien lo abriera.
entry-retracted = El equipo médico retiró este mensaje porque se envió por error. Si ya lo leyó, no haga lo que dice. Llame a la clínica si tiene dudas.
withdraw = Retirar

reply-label = Su respuesta
readers = Lo lee: { $readers }
send-reply = Enviar respuesta
conflict-patient = Alguien escribió mientras usted redactaba. Su texto sigue aquí. Lea lo nuevo y envíe el suyo si todavía hace falta.
again-closed = Esta conversación está cerrada. Si tiene otra pregunta, escriba de nuevo: { $team } verá lo que se dijo aquí.
again-old = Esta conversación tiene más de 45 días. Escriba de nuevo: { $team } verá lo que se dijo aquí.
again-not-sent = Su mensaje no se envió. Esta conversación se cerró mientras usted escribía. Para enviar su texto, elija «Escribir de nuevo».
again-kept = Su texto está guardado. Va a aparecer cuando escriba de nuevo:
sent-before = Usted ya envió este mensaje y después lo cambió. Ahora no se envió nada. Su texto sigue aquí. Si lo que envió primero no basta, envíe este también.
write-again = Escribir de nuevo

compose-title = { $relation ->
    [self] Escriba a su equipo médico
   *[other] Escriba al equipo médico de { $name }
}
compose-about-title = Preguntar sobre { $title }
before-what-for = Use los mensajes para preguntas que pueden esperar unos días: un resultado, un medicamento, una cita, cómo sigue { $relation ->
    [self] usted
   *[other] { $name }
}.
before-emergency = ¿Es una emergencia?
before-crisis = ¿Está en crisis?
no-team = { $relation ->
    [self] Todavía no sabemos cuál es su equipo médico, así que no hay a quién escribirle.
   *[other] Todavía no sabemos cuál es el equipo médico de { $name }, así que no hay a quién escribirle.
}
no-team-how = Llame a { $clinic } y pida que le asignen un equipo médico:
continues = Es continuación de «{ $subject }».
compose-to = Para
compose-team = ¿Quién debe leerlo?
own-team = { $relation ->
    [self] Su equipo
   *[other] El equipo de { $name }
}
answer-expected = Esperamos contestar { $by }
compose-topic = ¿De qué se trata?
compose-subject = Asunto
compose-subject-limit = Unas pocas palabras, 50 caracteres como máximo.
compose-left-words = caracteres disponibles
compose-body = Su mensaje
about-item = Sobre
about-changed = El expediente tiene una versión más nueva.

record-title = { $relation ->
    [self] Su expediente médico
   *[other] Expediente médico de { $name }
}
back-record = Expediente
results = Resultados
medicines = Medicamentos
conditions = Problemas de salud
allergies = Alergias
immunizations = Vacunas
source = De { $clinic }. Lo más nuevo: { $newest }.
source-received = Se agregó { $received }.
since = Desde
until = hasta
recorded = Anotado
results-newest = Resultados más nuevos
results-all = Todos los resultados
results-empty = { $relation ->
    [self] Todavía no tiene resultados aquí.
   *[other] Todavía no hay resultados de { $name } aquí.
}
results-empty-how = Cuando un laboratorio manda un resultado, aparece aquí enseguida, muchas veces antes de que el equipo médico lo lea.
medicines-empty = No hay medicamentos anotados. Si { $relation ->
    [self] usted toma
   *[other] { $name } toma
} alguno, dígaselo al equipo médico, también si lo compra sin receta.
medicine-stopped = Ya no lo toma
medicine-last = Última receta:
medicine-times = { $count } recetas
medicine-since = desde
medicine-by = Recetado por { $who }
conditions-empty = No hay problemas de salud anotados.
conditions-past = Problemas de salud pasados ({ $count })
medicines-past = Ya no se toman ({ $count })
allergies-empty = No hay alergias anotadas. Si { $relation ->
    [self] usted tiene
   *[other] { $name } tiene
} alguna, dígaselo al equipo médico.
allergy-high = Puede ser grave
allergy-reactions = Reacción: { $reactions }
immunizations-empty = No hay vacunas anotadas. Pueden faltar las de una farmacia o de otra clínica.
record-wrong = ¿Falta algo o hay un error?
record-wrong-tell = Avise al equipo médico

results-title = { $relation ->
    [self] Resultados
   *[other] Resultados de { $name }
}
older-results = Ver resultados anteriores
usual-range = Valores normales: { $range }
no-range = Esto no trae valores normales.
range-above = Más alto de lo normal
range-below = Más bajo de lo normal
range-abnormal = El laboratorio lo marcó como fuera de lo normal
range-within = Dentro de lo normal
result-status = { $status ->
    [preliminary] Resultado preliminar, puede cambiar
    [registered] Todavía no está listo
    [amended] Modificado por el laboratorio
    [corrected] Corregido por el laboratorio
    [cancelled] Cancelado
    [entered-in-error] Anotado por error
   *[other] Final
}
ordered-by = Pedido por { $who }.
trend = A lo largo del tiempo
trend-range = Valores normales
trend-table = Ver todos los valores
trend-date = Fecha
trend-value = Valor
trend-summary = { $count } valores de { $test } del { $from } al { $to }, entre { $low } y { $high }. El más nuevo es { $newest }.
questions = { $relation ->
    [self] Sus preguntas sobre esto
   *[other] Preguntas sobre esto
}

looked-title = Quién lo ha visto
looked-hint = { $relation ->
    [self] Todas las personas que abrieron su expediente o sus mensajes
   *[other] Todas las personas que abrieron el expediente o los mensajes de { $name }
}
looked-lead = { $relation ->
    [self] Cada vez que alguien abre su expediente o sus mensajes, queda anotado aquí. Nadie puede borrar una línea.
   *[other] Cada vez que alguien abre el expediente o los mensajes de { $name }, queda anotado aquí. Nadie puede borrar una línea.
}
looked-empty = Nadie lo ha visto todavía.
looked-you = Usted
looked-system = El sistema
looked-times = { $count } veces
looked-denied = No se le permitió
looked-emergency = Acceso de emergencia. Motivo: { $reason }
looked-ask = ¿Algo le parece raro?

did-sign-in = Inició sesión
did-sign-out = Cerró sesión
did-activate-account = Activó la cuenta
did-create-account = Creó una cuenta
did-invite-patient = Mandó una invitación
did-read-home = Abrió la primera página
did-list-threads = Abrió la lista de mensajes
did-read-thread = Leyó una conversación
did-search-messages = Buscó en los mensajes
did-send-message = Mandó un mensaje
did-add-note = Escribió una nota para el equipo médico
did-close-thread = Cerró una conversación
did-reopen-thread = Abrió una conversación de nuevo
did-assign-thread = Decidió quién contesta
did-withdraw-message = Retiró un mensaje
did-retract-message = Anuló un mensaje
did-save-draft = Guardó un borrador
did-discard-draft = Borró un borrador
did-read-inbox = Lo vio en la lista del equipo
did-read-chart = Abrió el expediente médico
did-read-results = Abrió la lista de resultados
did-read-result = Abrió un resultado
did-read-demographics = Vio nombre, fecha de nacimiento y datos de contacto
did-find-patient = Encontró el expediente en una búsqueda de pacientes
did-read-access-log = Abrió «Quién lo ha visto»
did-break-glass = Abrió el expediente por una emergencia
did-import-records = Agregó datos al expediente
did-change-settings = Cambió la configuración
did-derive-panel = Determinó el equipo médico
did-follow-updates = Siguió las novedades
did-shred-patient = Borró el expediente para siempre

language-save = Guardar idioma

wait-to-send = Mandó muchos mensajes en poco tiempo. Este no se mandó: queda guardado como borrador. Mándelo más tarde, por favor. Si necesita ayuda ahora, no espere: llame.
