# For the analyst: published-grade numbers and what they mean.
study-nav = Tableros
study-title = Quién usa los mensajes
study-lead = Personas adultas del registro, y cuántas de ellas escribieron a su equipo de atención.
study-empty = Las primeras cifras están en camino.
study-empty-how = Un mes se cuenta cuando ha terminado. El próximo se completa el { $day }.
study-empty-what = Entonces esta página muestra cuántas de cada 1,000 personas adultas escribieron, mes a mes, y después de un trimestre completo quién escribe y quién no, por edad, sexo, seguro, idioma y número de enfermedades crónicas.
study-months = Personas que escribieron por cada 1,000 adultas, por mes
study-months-what = Cada persona cuenta una vez al mes, sin importar cuántos mensajes se enviaron.
study-months-summary = Personas que escribieron por cada 1,000 adultas, de { $from } a { $to }. En { $month }: { $share }.
study-months-none = En ningún mes escribieron suficientes personas para mostrar la cifra.
study-months-picture = Los meses en una imagen
study-table = Las cifras en una tabla
study-month = Mes
study-people = Adultas
study-wrote = Escribieron
study-share = Por 1,000
study-suppressed = no se muestra
study-groups = Quién escribe y quién no
study-groups-what = Los grupos son los del primer día del trimestre.
study-quarters = Trimestres
study-quarter = { $number ->
    [1] Enero a marzo de { $year }
    [2] Abril a junio de { $year }
    [3] Julio a septiembre de { $year }
   *[other] Octubre a diciembre de { $year }
}
study-total = por cada 1,000 personas adultas escribieron ({ $wrote } de { $people }).
study-total-suppressed = Escribieron muy pocas personas, o muy pocas no escribieron, para mostrar alguna cifra de este trimestre.
study-no-quarter = Los grupos siguen cuando termine el primer trimestre completo.
study-rules = Cómo leer esto
study-rules-small = Una cifra no se muestra cuando hay menos de { $limit } personas detrás de ella: en el grupo, entre quienes escribieron o entre quienes no. Otras se omiten con ella si de ellas se pudiera calcular. Los conteos llevan tres dígitos.
study-rules-kept = Una cifra se fija una sola vez, después de su mes o trimestre, y no cambia más tarde. El próximo mes sigue el { $day }.
study-variable-age = Edad
study-variable-sex = Sexo
study-variable-insurance = Seguro
study-variable-language = Idioma
study-variable-morbidity = Enfermedades crónicas
study-age-18-39 = 18 a 39
study-age-40-64 = 40 a 64
study-age-65-74 = 65 a 74
study-age-75-plus = 75 o más
study-sex-female = Femenino
study-sex-male = Masculino
study-sex-other = Otro o sin registrar
study-insurance-commercial = Comercial
study-insurance-medicare = Medicare
study-insurance-medicaid = Medicaid
study-insurance-dual = Medicare y Medicaid
study-insurance-public = Otro público
study-insurance-none = Sin seguro
study-insurance-unknown = Sin registrar
study-language-en = Inglés
study-language-es = Español
study-language-other = Otro idioma
study-language-unknown = Sin registrar
study-morbidity-very-low = Ninguna
study-morbidity-low = 1 o 2
study-morbidity-moderate = 3 a 5
study-morbidity-high = 6 a 9
study-morbidity-very-high = 10 o más
did-read-study = Leyó cifras del estudio
did-extract-study = Tomó filas para un estudio, sin nombres
