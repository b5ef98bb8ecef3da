# Times in words. "at" is an adverb inside a sentence, "by" a promise, "stamp" the edge of a list.
clock = { $hour }:{ $minute } { $half ->
    [am] AM
   *[pm] PM
}
# The clock with its article, where a language has one.
oclock = { clock }
at-today = { clock }
at-yesterday = yesterday at { clock }
at-tomorrow = tomorrow at { clock }
at-weekday = { $weekday } at { clock }
at-date = { $month } { $day } at { clock }
at-year = { $month } { $day }, { $year }
at-full = { $month } { $day }, { $year } at { clock }
by-today = by { clock }
by-tomorrow = by { clock } tomorrow
by-weekday = by { clock } on { $weekday }
by-date = by { clock } on { $month } { $day }
stamp-today = { clock }
stamp-yesterday = Yesterday
stamp-weekday = { $weekdayshort }
stamp-date = { $monthshort } { $day }
stamp-year = { $monthshort } { $day }, { $year }
day = { $month } { $day }, { $year }
bound-day = { day }
day-month = { $month } { $year }

weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
weekday-short-1 = Mon
weekday-short-2 = Tue
weekday-short-3 = Wed
weekday-short-4 = Thu
weekday-short-5 = Fri
weekday-short-6 = Sat
weekday-short-7 = Sun
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
