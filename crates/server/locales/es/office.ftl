# La oficina: administración y privacidad. Palabras cortas y exactas.
office-nav-teams = Equipos
office-nav-staff = Personal
office-nav-organisation = Organización
office-nav-audit = Auditoría
office-nav-emergencies = Emergencias
office-nav-chains = Sello

office-teams = Equipos
office-teams-lead = Quién contesta a los pacientes, en qué horario y qué espera. Aquí no se nombra a ningún paciente.
office-teams-none = Todavía no hay ningún equipo
office-teams-none-how = Un equipo es una bandeja compartida. Se crea en la línea de comandos del servidor:
office-teams-how = Equipos, horarios y respuestas rápidas se cambian en la línea de comandos:
office-on-duty = En horario
office-off-duty = Fuera de horario
office-default = para pacientes sin equipo
office-open = Abiertas
office-unassigned = Sin responsable
office-hours-title = Horario
office-hours = De { $from } a { $to }, { $opens } a { $closes }
office-hours-day = { $from }, { $opens } a { $closes }
office-hours-none = Sin horario: no se promete nada
office-zone = Zona horaria
office-promise = Promesa
office-promise-hours = Una respuesta en { $count ->
    [one] 1 hora de trabajo
   *[other] { $count } horas de trabajo
}
office-promise-minutes = Una respuesta en { $count ->
    [one] 1 minuto de trabajo
   *[other] { $count } minutos de trabajo
}
office-holiday = Próximo feriado
office-members = { $count ->
    [one] 1 miembro
   *[other] { $count } miembros
}
office-members-none = Nadie está en este equipo: nadie lee sus mensajes.

office-staff = Personal
office-staff-lead = Todas las personas con una función. Abra un nombre para ver equipos y sesiones.
office-staff-none = Nadie tiene una cuenta todavía
office-staff-how = Las cuentas se crean y terminan en la línea de comandos:
office-ended = Cuenta terminada
office-ended-what = Esta cuenta terminó. Nadie puede entrar con ella; lo que escribió conserva su nombre.
office-invited = Con invitación
office-invited-what = Todavía no hay contraseña. El enlace que se dio sirve 24 horas.
office-sessions-count = { $count ->
    [one] 1 sesión abierta
   *[other] { $count } sesiones abiertas
}
office-last-sign-in = Último inicio de sesión: { $at }
office-never-signed-in = Nunca ha iniciado sesión
office-account = Cuenta
office-roles = Funciones
office-created = Creada el
office-signed-in-last = Último inicio de sesión
office-in-no-team = En ningún equipo.
office-owns = { $count ->
    [0] No tiene conversaciones abiertas asignadas aquí.
    [one] Tiene 1 conversación abierta asignada aquí.
   *[other] Tiene { $count } conversaciones abiertas asignadas aquí.
}
office-take-out = Sacar
office-take-out-of = Sacar de { $team }
office-take-out-what = { $who } ya no verá los mensajes de este equipo. Lo asignado vuelve al equipo, y cada conversación lo dice.
office-sessions = Sesiones abiertas
office-no-session = Sin ninguna sesión abierta.
office-sessions-yours = Son sus propias sesiones, también la de ahora.
office-session-since = Inició sesión { $at }
office-session-used = Último uso { $at }
office-end = Terminar
office-end-all = Terminar todas las sesiones
office-deactivate = Para terminar esta cuenta del todo:
done-member-left = Ya no está en el equipo.
done-sessions-ended = La sesión terminó.

office-organisation = Organización
office-since = Aquí desde el
office-key = Clave raíz
office-key-copied = Copiada en otro lugar el { $day }
office-key-demo = La clave de una demostración no necesita copia
office-key-not-copied = Sin copia todavía: sin ella no se puede leer ningún respaldo
office-is-demo = Esto es una demostración: sus ajustes se hacen con ella.
office-organisation-how = Nombre, teléfono y zona horaria se ponen aquí y valen desde el próximo arranque:
office-sites = Sedes
office-sites-none = Todavía no hay ninguna sede. El primer equipo crea una.
office-go-live = Los pacientes escriben desde el { $day }
office-not-live = Los pacientes todavía no escriben

office-audit = Auditoría
office-audit-lead = Quién hizo qué, sobre quién, cuándo y por qué. Los nombres llevan a todo lo de esa persona.
office-by-patient = Número de expediente
office-by-staff = Personal: nombre o nombre de usuario
office-by-day = Día
office-filters = Esta lista muestra solo
office-take-away = Mostrar todo de nuevo
office-audit-none = No hay nada así
office-audit-none-how = Cada lectura, cambio y rechazo deja una línea. Quite un filtro o elija otro día.
office-audit-yours = Lo que usted lee aquí también queda escrito. Los pacientes lo encuentran en «Quién lo ha visto».
office-operator = { $who }, en el servidor
office-deleted = Una persona cuyo expediente se borró
office-and-others = { $count ->
    [one] y 1 paciente más
   *[other] y { $count } pacientes más
}
office-query = Escribió: «{ $words }»
office-reason = Motivo dado: «{ $reason }»
office-outcome-invalid = No estaba completo
office-outcome-conflict = No se hizo
office-outcome-not-found = No se encontró
office-door-patient = Página del paciente
office-door-team = Página del equipo
office-door-api = Otro programa
office-door-cli = Línea de comandos

office-emergencies = Accesos de emergencia
office-emergencies-lead = Expedientes que se abrieron sin relación de atención en los últimos 30 días, y los intentos. Cada acceso dura 4 horas; el paciente también lo ve.
office-emergencies-none = Ninguno en los últimos 30 días
office-emergencies-none-how = Cuando alguien abre un expediente por una emergencia, aparece aquí enseguida, con el motivo.

office-chains = El sello de la auditoría
office-chains-lead = Cada línea de la auditoría está unida a la anterior. Si una línea se cambia o falta, las uniones ya no encajan.
office-sealed = Sellado
office-sealed-last = { $events ->
    [one] El lote { $no } selló 1 línea,
   *[other] El lote { $no } selló { $events } líneas,
}
office-head = La cabeza de la cadena. Quien tenga una copia puede probar después que nada anterior se cambió.
office-sealed-none = Todavía no hay nada sellado.
office-tail = Sin sellar todavía
office-tail-none = Nada: todas las líneas están selladas.
office-tail-some = { $count ->
    [one] 1 línea; ha esperado { $waited }.
   *[other] { $count } líneas; la más antigua ha esperado { $waited }.
}
office-tail-why = Las líneas se sellan más o menos cada segundo. Las listas y los rechazos esperan un minuto para contar repeticiones.
office-tail-late = Es más de lo debido. Pregunte al operador si el sellado del servidor funciona.
office-seconds = { $count ->
    [one] 1 segundo
   *[other] { $count } segundos
}
office-minutes = { $count ->
    [one] 1 minuto
   *[other] { $count } minutos
}
office-hours-long = { $count ->
    [one] 1 hora
   *[other] { $count } horas
}
office-anchor = Archivo de anclaje
office-anchor-what = Cabezas de la cadena, guardadas fuera de la base de datos. Muestra si la base volvió a un estado anterior; haga que se copie a otra máquina.
office-anchor-agrees = La base de datos coincide con su última línea, el lote { $no },
office-anchor-differs = La base de datos no tiene el lote { $no } como está en el archivo. La base volvió a un estado anterior, o se cambió uno de los dos.
office-anchor-empty = Todavía sin líneas.
office-anchor-absent = Este servidor no escribe ninguno.
office-anchor-unreadable = No se puede leer.
office-check = Esta página muestra cómo va el sellado. La prueba sobre cada línea es una orden, que también funciona con una copia:

problem-record-unknown = Ningún expediente tiene solo este número. Escríbalo como está en el expediente.
problem-staff-unknown = Nadie del personal se llama así.
problem-staff-not-one = Más de una persona se llama así. Escriba el nombre completo o el nombre de usuario.

did-read-audit = Leyó la auditoría
did-read-settings = Leyó ajustes o cuentas
did-end-sessions = Terminó sesiones abiertas
did-remove-member = Sacó a alguien de un equipo
event-owner-left = { $who } dejó el equipo; esto vuelve a ser de todos.
