# Horas en palabras. "at" va dentro de una oración, "by" es un plazo, "stamp" el borde de una lista.
clock = { $hour }:{ $minute } { $half ->
    [am] a. m.
   *[pm] p. m.
}
oclock = { $hour ->
    [1] la
   *[other] las
} { clock }
at-today = a { oclock }
at-yesterday = ayer a { oclock }
at-tomorrow = mañana a { oclock }
at-weekday = el { $weekday } a { oclock }
at-date = el { $day } de { $month } a { oclock }
at-year = el { $day } de { $month } de { $year }
at-full = { $day } de { $month } de { $year }, { clock }
by-today = antes de { oclock }
by-tomorrow = antes de { oclock } de mañana
by-weekday = antes de { oclock } del { $weekday }
by-date = antes de { oclock } del { $day } de { $month }
stamp-today = { clock }
stamp-yesterday = Ayer
stamp-weekday = { $weekdayshort }
stamp-date = { $day } { $monthshort }
stamp-year = { $day } { $monthshort } { $year }
day = { $day } de { $month } de { $year }
bound-day = el { day }
day-month = { $month } de { $year }

weekday-1 = lunes
weekday-2 = martes
weekday-3 = miércoles
weekday-4 = jueves
weekday-5 = viernes
weekday-6 = sábado
weekday-7 = domingo
weekday-short-1 = lun.
weekday-short-2 = mar.
weekday-short-3 = mié.
weekday-short-4 = jue.
weekday-short-5 = vie.
weekday-short-6 = sáb.
weekday-short-7 = dom.
month-1 = enero
month-2 = febrero
month-3 = marzo
month-4 = abril
month-5 = mayo
month-6 = junio
month-7 = julio
month-8 = agosto
month-9 = septiembre
month-10 = octubre
month-11 = noviembre
month-12 = diciembre
month-short-1 = ene
month-short-2 = feb
month-short-3 = mar
month-short-4 = abr
month-short-5 = may
month-short-6 = jun
month-short-7 = jul
month-short-8 = ago
month-short-9 = sept
month-short-10 = oct
month-short-11 = nov
month-short-12 = dic
