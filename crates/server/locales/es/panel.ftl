# Grupos de pruebas que se hicieron juntas.
panel-members = Lo que se midió
panel-of = Parte de
panel-count = { $count ->
    [one] Incluye 1 resultado
   *[other] Incluye { $count } resultados
}
