# For a team's lead: how its conversations go.
board-nav = Your team
board-title = How your team answers
board-lead = { $team } beside all teams together. Each adult who wrote counts once a quarter, with the first conversation that they began.
did-read-team-board = Read a team's figures
did-make-lead = Made somebody the lead of a team
did-end-lead = Ended somebody's lead of a team
board-warned = Messages with warning words
board-warned-what = Conversations whose first message has words such as "chest pain", beside all others: they stand first in the list and should be opened first.
board-work = What is read, and when it is written
