# Para todas las páginas.
# Solo en papel: de quién es la página y de qué día.
printed = { $who }. Impreso el { $day }.
skip = Ir al contenido principal
languages = Idioma
back-messages = Mensajes
search = Buscar
older = Ver anteriores
ask = Preguntar sobre esto

help-clinic = { $clinic }:
help-emergency = ¿Es una emergencia?
help-call-911 = Llame al 911
help-crisis = ¿Piensa en el suicidio o pasa por una crisis emocional?
help-call-988 = Llame o mande un texto al 988

sign-in = Iniciar sesión
sign-in-title = Iniciar sesión
sign-in-lead = Lea y mande mensajes y consulte el expediente médico.
team-sign-in-title = Acceso del equipo médico
team-sign-in-lead = Para quienes trabajan en el equipo médico.
sign-in-name = Nombre de usuario
password = Contraseña
sign-in-wrong = El nombre de usuario o la contraseña no son correctos. Inténtelo de nuevo.
sign-in-too-many = Demasiados intentos. Espere { $minutes ->
    [one] 1 minuto
   *[other] { $minutes } minutos
} e inténtelo de nuevo.
sign-in-to-go-on = Inicie sesión para seguir a la página que pidió. El mensaje que estaba escribiendo está guardado.
sign-in-expired = Esta página estuvo abierta demasiado tiempo. Inicie sesión de nuevo.
sign-in-no-account = ¿Es su primera vez?
sign-in-activate = Active su cuenta
sign-in-help = ¿No puede entrar? Llame a { $clinic }:
sign-in-to-team = Trabajo en el equipo médico
sign-in-to-patient = Soy paciente
sign-out = Cerrar sesión
signed-in-as = Usted entró como { $who }.
account = Su cuenta

activate-title = Active su cuenta
activate-lead = Necesita el código que le dio la clínica.
activate-code = Su código
activate-code-hint = 12 letras y números, por ejemplo ABCD-EFGH-JKLM.
activate-birth-date = Fecha de nacimiento del paciente
activate-name = Elija un nombre de usuario
activate-name-hint = Su correo electrónico o cualquier nombre de 3 letras o números o más.
activate-password = Elija una contraseña
activate-password-hint = Al menos 10 caracteres. Unas palabras seguidas funcionan bien.
activate-go = Activar mi cuenta
activate-have-account = ¿Ya tiene una cuenta?
activate-wrong = No encontramos ese código con esa fecha de nacimiento. Revise los dos e inténtelo de nuevo.
activate-too-many = Hubo demasiados intentos con este código. Llame a la clínica para pedir otro.
problem-name-missing = Escriba su nombre.
problem-sign-in-name = Use de 3 a 80 letras, números o los signos @ . _ + -
problem-sign-in-name-taken = Elija otro nombre de usuario.
problem-password-too-short = Use al menos 10 caracteres.
problem-password-too-long = Use 200 caracteres como máximo.
problem-password-too-common = Esta contraseña es muy fácil de adivinar. Pruebe con unas palabras seguidas.
problem-birth-date = Escriba la fecha de nacimiento con mes, día y año.
activate-full-name = Su nombre
activate-staff-lead = Elija una contraseña para abrir su cuenta.
activate-admin-lead = Usted es la primera persona administradora. Elija cómo va a entrar.

problem-subject-missing = Escriba en pocas palabras de qué se trata.
problem-subject-too-long = Use 50 caracteres como máximo.
problem-body-missing = Primero escriba su mensaje.
draft-not-saved = Este borrador no está guardado.
problem-body-too-long = El texto es muy largo. Use 20,000 caracteres como máximo.
problem-topic-missing = Elija de qué se trata.
problem-team-missing = Elija quién debe leerlo.
problem-reason-missing = Escriba el motivo.
problem-patient-vague = Escriba el número de expediente, o el nombre y la fecha de nacimiento completa.
problem-patient-unknown = Nadie tiene exactamente estos datos. Revise cómo se escribe el nombre y la fecha de nacimiento.
problem-patient-not-one = Hay más de un paciente con estos datos. Agregue el número de expediente o la fecha de nacimiento.
problem-reason-too-long = Use 500 caracteres como máximo para el motivo.

fault-not-found = No encontramos esta página
fault-not-found-advice = Puede que el enlace sea viejo o que la página sea de otra persona.
fault-denied = No puede hacer esto
fault-denied-advice = Su cuenta no tiene permiso para esto.
fault-conflict = Algo cambió mientras tanto
fault-conflict-advice = No se perdió nada. Regrese y mire la página otra vez.
fault-too-many = Demasiadas veces seguidas
fault-too-many-advice = Espere un minuto e inténtelo de nuevo.
fault-internal = Algo falló de nuestro lado
fault-internal-advice = Inténtelo de nuevo. Si vuelve a pasar, llame a la clínica y deles el número de abajo.
fault-form = No pudimos comprobar este formulario
fault-form-advice = Quizá estuvo abierto demasiado tiempo. Regrese, vuelva a cargar la página y mándelo otra vez. Lo que escribió sigue ahí.
fault-too-large = Es demasiado a la vez
fault-too-large-advice = Mande menos texto, por favor.
fault-request = Número de esta solicitud:
go-start = Ir a la página de inicio
go-back-sign-in = Ir a iniciar sesión

role-physician = Médico
role-nurse = Enfermería
role-pharmacist = Farmacia
role-front-desk = Recepción
role-administrator = Administración
role-privacy-officer = Oficial de privacidad
role-analyst = Análisis

done-sent = Su mensaje se envió.
done-discarded = El borrador se borró.
done-withdrawn = El mensaje se retiró.
done-retracted = El mensaje se anuló. El paciente ve un aviso en su lugar.
done-replied = Respuesta enviada.
done-replied-closed = Respuesta enviada y conversación cerrada.
done-closed = Conversación cerrada.
done-reopened = Conversación abierta de nuevo.
done-noted = Nota interna guardada.
done-assigned = Asignación guardada.
done-language = Su idioma quedó guardado.
done-signed-out = Usted cerró la sesión.
done-glass = El acceso de emergencia queda abierto por 4 horas. El paciente y el oficial de privacidad pueden verlo.

draft-saved = Borrador guardado { $at }
send = Enviar
discard-draft = Borrar el borrador

