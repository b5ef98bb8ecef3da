# Para el equipo médico: palabras cortas y exactas.
team-nav-inbox = Bandeja
team-nav-patients = Pacientes
team-nav-search = Buscar mensajes

view-to-do = Por hacer
view-mine = Míos
view-unassigned = Sin asignar
view-waiting = En espera
view-overdue = Atrasados
view-closed = Cerrados
view-empty-to-do = No hay nada por hacer. Todos los pacientes tienen respuesta.
view-empty-mine = No tiene nada asignado.
view-empty-unassigned = Todo lo abierto tiene responsable.
view-empty-waiting = No hay respuestas sin leer por pacientes.
view-empty-overdue = No hay nada atrasado.
view-empty-closed = Todavía no hay conversaciones cerradas.
views = Vistas
pools = Equipos
list-new-words = sin ver
list-show = Ver
list-more = Ver más
unread = Sin leer
overdue = Atrasado
owner-me = Mío
age = { $age ->
    [one] 1 año
   *[other] { $age } años
}

conversation = Conversación
choose-conversation = Elija una conversación
choose-how = Muévase con j y k y abra con Enter.
state-open = Por contestar
state-waiting = En espera del paciente
state-closed = Cerrada
waits-since = Espera respuesta: llegó { $since }.
due = Contestar { $by }.

called = le dicen { $preferred }
deceased = Falleció
born = Nacimiento
sex = Sexo
sex-word = { $sex ->
    [female] femenino
    [male] masculino
    [other] otro
   *[unknown] no se sabe
}
mrn = Expediente
speaks = Idioma
language-en = inglés
language-es = español
phone = Teléfono
provider = Médico de cabecera
allergies-none = ninguna anotada
none-recorded = Nada anotado.
times = { $count } veces
chart = Expediente
chart-close = Cerrar expediente
chart-not-yours = No puede ver este expediente.

assigned-to = Responsable
nobody = Sin asignar
that-is-me = (yo)
assign = Asignar
take = Tomarlo
patient-word = Paciente
internal-word = Interno: solo el equipo médico
team-entry-withdrawn = Su autor lo retiró antes de que alguien lo abriera.
team-entry-retracted = Anulado: el paciente ve un aviso en su lugar.
retract = Anular
retract-why = ¿Por qué se anula?
retract-hint = Es posible que el paciente lo haya leído. Queda en el expediente con su motivo.
retract-go = Anular el mensaje

team-reply = Responder a { $who }
team-readers = Lo van a leer { $who } y el equipo médico.
reply = Responder
reply-and-close = Responder y cerrar
close-as = Cerrar como
note-add = Nota interna
note-label = Nota para el equipo médico
note-save = Guardar nota
close-without = Cerrar sin responder
close-go = Cerrar la conversación
reopen-why = ¿Por qué se abre de nuevo?
reopen = Abrir de nuevo
conflict-team = Alguien escribió o cambió algo desde que usted abrió esto. No se envió nada. Lea lo nuevo arriba; su texto sigue aquí.

find-patient = Buscar un paciente
find-label = Nombre, fecha de nacimiento, expediente o teléfono
find-what = Escriba lo que sabe del paciente
find-how = El principio de un nombre, una fecha de nacimiento como 2 de marzo de 1955 o 3/2/1955 (mes, día, año), un número de expediente, un teléfono, o varios de ellos.
find-nothing = No encontramos a nadie
find-nothing-how = Pruebe con el principio del nombre o con una fecha como 2 de marzo de 1955. Solo encuentra a los pacientes que puede ver.
find-more = Hay más. Agregue un nombre o una fecha de nacimiento.
begin-message = Empezar un mensaje
begin-message-not = Una consulta de emergencia no inicia una conversación. Pídalo a un equipo que atienda a este paciente.
begin-title = Mensaje nuevo para { $who }
begin-from = De
begin-topic = Tema
begin-body = Mensaje
team-questions = Preguntas sobre esto
team-search = Buscar mensajes
team-search-what = Escriba palabras que recuerde
team-search-how = Encuentra los mensajes de sus equipos que las tienen todas, primero los más nuevos.
team-search-label = Palabras en los mensajes de sus equipos

glass-title = Abrir un expediente en una emergencia
glass-lead = Para un paciente que no es suyo, cuando la atención no puede esperar.
glass-who = ¿Quién es el paciente?
glass-who-hint = Número de expediente, o nombre y fecha de nacimiento: Rosa Delgado, 2 de marzo de 1955
glass-what = El expediente se abre por 4 horas. El paciente verá su nombre, la hora y el motivo, y la auditoría los guarda.
glass-reason = Motivo
glass-go = Abrir el expediente
glass-offer = ¿No es su paciente y no puede esperar?
glass-back = Regresar a la búsqueda

keys-title = Teclas
keys-move = Conversación siguiente y anterior
keys-open = Abrir
keys-reply = Responder
keys-note = Nota interna
keys-close = Cerrar
keys-search = Buscar mensajes
keys-help = Mostrar esta lista
keys-done = Listo

office-title = Ha iniciado sesión
office-what = Usted no está en un equipo que conteste mensajes; por eso no tiene una bandeja de entrada.
office-how = Un operador agrega personas a los equipos y cambia los ajustes en la línea de comandos.

# Una fila de la lista: su segunda mitad, en pocas palabras.
age-short = { $age } a
row-by = por { $who }
row-due = Vence
row-open = Abierto desde
row-answered = Contestado
row-closed = Cerrado
row-left = Ya no está en esta lista
due-soon = Vence pronto
was-due = Había que contestar { $at }.
list-first = Volver al principio
view-how-to-do = Los mensajes nuevos aparecen aquí solos. “En espera” tiene lo que los pacientes aún no contestan.
view-how-mine = Abra una conversación y presione a, o “Tomarlo”, y estará aquí para usted.
view-how-unassigned = Un mensaje nuevo no tiene responsable hasta que alguien lo toma.
view-how-waiting = Una respuesta espera aquí hasta que el paciente escriba otra vez o alguien la cierre.
view-how-overdue = Lo que se prometió y va con retraso está aquí primero.
view-how-closed = Una conversación cerrada guarda quién la cerró y por qué, y se puede abrir de nuevo.

# Quién más está aquí, y lo que ha llegado desde entonces.
present = { $who } tiene esto abierto.
moved-on = Arriba hay algo nuevo. Léalo antes de enviar.

quick-replies = Respuestas rápidas
close-readers = { $who } verá este motivo.
reopen-readers = Solo el equipo médico lee este motivo.

# Una conversación como texto para otro expediente.
copy-note = Copiar como nota
copy-done = Copiado. Péguelo en el otro expediente.
copy-how = Seleccione el texto y cópielo. Las notas internas quedan fuera. El paciente ve que se copió.
copy-back = Volver a la conversación
copy-title = Mensaje del paciente, { $clinic }
copy-patient = Paciente: { $who }
copy-born = nacimiento { $date }
copy-subject = Asunto: { $subject }
copy-topic = Tema: { $topic }. Equipo: { $team }
copy-about = Sobre: { $title } { $detail }
copy-for = en nombre de { $patient }
copy-taken-back = retirado
copy-by = Copiado por { $who }, { $at }
did-copy-thread = Copió una conversación para otro expediente

me-title = Su cuenta
me-language-what = El idioma de sus páginas. Lo que escribe a los pacientes queda como lo escribe.

keys-quick = Poner una respuesta rápida en el cuadro
keys-assign = Asignar
keys-copy = Copiar como nota
keys-leave = Salir del cuadro de texto o del expediente
keys-send = Enviar lo que está escribiendo
keys-on = Atajos de una sola tecla

# Day and clock for text that is read elsewhere and later.
exact = { $day } de { $month } de { $year }, { clock }
unsent-text = No se envió: esta conversación está cerrada. Su texto está guardado. Abra de nuevo la conversación para enviarlo.
no-reader = No tiene cuenta aquí y no puede leer mensajes. Llame o mande una carta.
