# For a team's lead: how its conversations go.
board-nav = Su equipo
board-title = Cómo responde su equipo
board-lead = { $team } junto a todos los equipos. Cada persona adulta que escribió cuenta una vez por trimestre, con la primera conversación que comenzó.
did-read-team-board = Leyó las cifras de un equipo
did-make-lead = Puso a alguien al frente de un equipo
did-end-lead = Quitó a alguien del frente de un equipo
board-warned = Mensajes con palabras de alarma
board-warned-what = Conversaciones cuyo primer mensaje tiene palabras como "dolor de pecho", junto a todas las demás: están primeras en la lista y deberían abrirse primero.
board-work = Lo que se lee, y cuándo se escribe
