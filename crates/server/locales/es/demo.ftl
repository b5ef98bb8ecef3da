### La primera página de la demostración.

demo-title = Pruebe Samechart
demo-lead = Una clínica inventada con pacientes inventados. Elija quién quiere ser; nada de esto trata de una persona real.
demo-day = Hoy en { $clinic }: { $sites ->
    [one] una sede
   *[other] { $sites } sedes
}, { $patients } pacientes, un personal de { $staff } personas. { $open ->
    [0] Ninguna conversación espera
    [one] Una conversación espera
   *[other] { $open } conversaciones esperan
} en { $pool }, { $overdue ->
    [0] ninguna más de lo prometido.
    [one] una de ellas más de lo prometido.
   *[other] { $overdue } de ellas más de lo prometido.
}
demo-clock = La clínica tiene su propio reloj para abrir en un día de trabajo: aquí es el { $day }, { $at }.
demo-old = Esta clínica se hizo hace más de un día y sigue donde se quedó. Para un día nuevo, deténgala y arránquela con --fresh.
demo-enter = Entrar como { $who }
demo-others = Más personas
demo-doors = Los pacientes y el equipo entran por puertas distintas: sea paciente en una pestaña y su enfermera en otra.
demo-tour = El recorrido, en cinco minutos
demo-tour-ask = Sea Rosa Delgado, de 71 años. Su primera página dice que hay 1 resultado nuevo y 1 respuesta de su equipo. Abra el potasio: un poco más alto de lo normal, cuatro puntos en una línea, todavía sin revisar. Elija «Preguntar sobre esto» y escriba una frase.
demo-tour-to-do = En otra pestaña abra de nuevo esta página y sea Maya Chen, enfermera. Su lista tiene 24 conversaciones; la de Rosa llega como «1 sin ver» y no mueve nada.
demo-tour-open = Ábrala. Arriba queda quién es Rosa; al lado de sus palabras están sus medicinas y ese potasio. En la pestaña de Rosa ahora dice que alguien de enfermería la abrió.
demo-tour-close = Escriba una nota interna a la Dra. Okafor y conteste con «Responder y cerrar». La siguiente conversación se abre sola.
demo-tour-looked = De vuelta con Rosa: la respuesta está ahí. En Más, «Quién lo ha visto» le dice quién leyó qué y cuándo.
demo-tour-numbers = Sea Nadia Haddad, analista: quién escribe y quién no, mes por mes, sin ningún nombre. Peter Lang, de privacidad, encuentra cada línea que usted acaba de dejar; Helen Marsh, de administración, no encuentra a ningún paciente.
demo-tour-kill = En la terminal: termine el servidor con kill -9 y arránquelo de nuevo. La conversación está ahí, una sola vez, y la comprobación, con la orden que la terminal muestra, encuentra enteras todas las cadenas.
