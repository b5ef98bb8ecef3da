# Grupos de pruebas que se hicieron juntas.
panel-members = Lo que se midió
panel-of = Parte de
panel-count = { $count ->
    [one] 1 resultado adentro
   *[other] { $count } resultados adentro
}
