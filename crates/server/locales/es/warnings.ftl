# Palabras de alarma. Primero lo que se le dice a quien las escribe: breve, con calma, qué hacer ahora.
warn-title-911 = Llame al 911 ahora
warn-title-988 = Llame o mande un texto al 988 ahora
warn-title-poison = Llame ahora al centro de control de envenenamiento
warn-title-clinic = Llame a la clínica ahora
warn-found = Usted escribió sobre: { $signs }.
warn-do-911 = { $relation ->
    [self] Si esto le pasa ahora, llame al 911.
   *[other] Si esto le pasa ahora a { $name }, llame al 911.
} No espere aquí la respuesta.
warn-do-988 = { $relation ->
    [self] No tiene que pasar por esto a solas.
   *[other] { $name } no tiene que pasar por esto a solas.
} Llame o mande un texto al 988. Es gratis, de día y de noche. Si alguien corre peligro ahora, llame al 911.
warn-do-poison = Llame al centro de control de envenenamiento. Es gratis, de día y de noche. Llame al 911 si { $relation ->
    [self] siente que se va a desmayar
   *[other] { $name } siente que se va a desmayar
} o no respira bien.
warn-do-clinic = Llame ahora a { $clinic }. Si no logra comunicarse, vaya a la sala de emergencias.
warn-call-911 = Llamar al 911
warn-call-988 = Llamar al 988
warn-text-988 = Mandar un texto al 988
warn-call-poison = Llamar al { $phone }
warn-call-clinic = Llamar al { $phone }
warn-not-fast = Un mensaje puede tardar horas en leerse. No sirve para pedir ayuda rápida.
warn-choose = ¿Qué quiere hacer?
warn-will-call = Voy a llamar
warn-send = Mandar el mensaje de todos modos
warn-kept = Su mensaje no se mandó. Está guardado como borrador.
warn-will-keep = Su mensaje está a salvo. Queda guardado como borrador hasta que lo mande.
warn-go-on = Volver a su mensaje
warn-still = Todavía puede mandar su mensaje.
warn-your-message = Su mensaje
warn-standing = Su mensaje está al principio de la lista del equipo. Si esto pasa ahora, no espere aquí la respuesta.

did-warn-of-emergency = Leyó qué hacer en una emergencia
did-choose-to-call = Prefirió llamar y no mandó el mensaje

# Luego lo que lee el equipo.
flag-words = Palabras de alarma: { $signs }
flag-words-only = Palabras de alarma
flag-had = Tuvo palabras de alarma: { $signs }
flag-had-only = Tuvo palabras de alarma
flag-first-read = Se leyó por primera vez { $at }.
flag-not-read = Usted es la primera persona que lo lee.
event-red-flag = Palabras de alarma: { $signs }.
event-red-flag-advised = Palabras de alarma: { $signs }. A { $who } se le dijo qué hacer ahora y decidió mandarlo de todos modos.
