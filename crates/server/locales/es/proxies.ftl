# Personas que actúan por un paciente, y la lista que el paciente tiene de ellas.
proxy-is-daughter = hija
proxy-is-son = hijo
proxy-is-spouse = cónyuge
proxy-is-mother = madre
proxy-is-father = padre
proxy-is-sister = hermana
proxy-is-brother = hermano
proxy-is-grandchild = nieto o nieta
proxy-is-guardian = tutor legal
proxy-is-friend = amigo o amiga
proxy-is-other = actúa por el paciente
row-by-daughter = de su hija
row-by-son = de su hijo
row-by-spouse = de su cónyuge
row-by-mother = de su madre
row-by-father = de su padre
row-by-sister = de su hermana
row-by-brother = de su hermano
row-by-grandchild = de su nieto o nieta
row-by-guardian = de su tutor legal
row-by-friend = de un amigo o una amiga
row-by-other = de quien actúa por el paciente
author-proxy = { $who } ({ $is }) por { $patient }

choose-title = ¿De quién quiere ver las páginas?
choose-lead = Puede volver aquí cuando quiera, en “Más”.
choose-self = Usted
choose-new = { $count ->
    [one] 1 nuevo
   *[other] { $count } nuevos
}
choose-other = Ver las páginas de otra persona
choose-nobody = Por ahora no hay páginas para usted.
choose-nobody-how = Quizá tuvo acceso al expediente de alguien y ya terminó. La clínica le puede decir más.

people-title = Personas que pueden ver su expediente
people-hint = Quién puede actuar por usted, y cómo quitar ese permiso
people-lead = Estas personas pueden actuar aquí por usted, con su propia cuenta. Lo que hacen lo ve en “Quién lo ha visto”.
people-empty = Nadie más puede ver su expediente.
people-empty-how = Una hija, su pareja u otra persona de confianza puede tener su propia cuenta, si usted quiere.
people-add = Para dar acceso a alguien, llame a la clínica:
people-now = Tiene acceso
people-ended = Terminó
people-scope-all = Puede ver su expediente y leer y escribir mensajes por usted.
people-scope-record = Puede ver su expediente.
people-scope-messages = Puede leer y escribir mensajes por usted.
people-scope-nothing = No puede ver nada.
people-basis-consent = Usted estuvo de acuerdo.
people-basis-guardianship = Por tutela legal.
people-from = Desde el { $from }.
people-until = Hasta el { $until }.
people-was-ended = Terminó el { $at }.
people-end = Quitar el acceso a { $who }
done-proxy-ended = Esa persona ya no puede ver su expediente.

did-grant-proxy = Dio acceso a alguien
did-end-proxy = Quitó el acceso a alguien
did-read-proxies = Abrió la lista de quienes pueden ver el expediente

scope-title = Lo que puede hacer por { $name }
scope-record = Puede ver el expediente médico de { $name }. No puede leer ni escribir mensajes por { $name }.
scope-messages = Puede leer y escribir mensajes por { $name }. No puede ver el expediente médico de { $name }.
scope-change = Solo { $name } puede cambiarlo, llamando a la clínica.
