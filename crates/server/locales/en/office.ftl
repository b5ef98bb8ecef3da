# The office: administrators and privacy officers. Short, exact words.
office-nav-teams = Teams
office-nav-staff = Staff
office-nav-organisation = Organization
office-nav-audit = Audit
office-nav-emergencies = Emergencies
office-nav-chains = Seal

office-teams = Teams
office-teams-lead = Who answers patients, when they work and what waits. No patient is named here.
office-teams-none = There is no team yet
office-teams-none-how = A team is a shared inbox. It is made at the command line of the server:
office-teams-how = Teams, hours and quick replies are changed at the command line:
office-on-duty = On duty
office-off-duty = Off duty
office-default = for patients without a team
office-open = Open
office-unassigned = Without an owner
office-hours-title = Hours
office-hours = { $from } to { $to }, { $opens } to { $closes }
office-hours-day = { $from }, { $opens } to { $closes }
office-hours-none = No hours: nothing is promised
office-zone = Time zone
office-promise = Promise
office-promise-hours = An answer within { $count ->
    [one] 1 working hour
   *[other] { $count } working hours
}
office-promise-minutes = An answer within { $count ->
    [one] 1 working minute
   *[other] { $count } working minutes
}
office-holiday = Next holiday
office-members = { $count ->
    [one] 1 member
   *[other] { $count } members
}
office-members-none = Nobody is in this team: its messages are read by no one.

office-staff = Staff
office-staff-lead = Everyone with a role. Open a name to see teams and sessions.
office-staff-none = Nobody has an account yet
office-staff-how = Accounts are made and ended at the command line:
office-ended = Account ended
office-ended-what = This account has ended. Nobody can sign in with it; what it wrote keeps its name.
office-invited = Invited
office-invited-what = No password has been set yet. The link that was given out is good for 24 hours.
office-sessions-count = { $count ->
    [one] 1 open session
   *[other] { $count } open sessions
}
office-last-sign-in = Last signed in { $at }
office-never-signed-in = Never signed in
office-account = Account
office-roles = Roles
office-created = Made on
office-signed-in-last = Last sign-in
office-in-no-team = In no team.
office-owns = { $count ->
    [0] No open conversation is assigned here.
    [one] 1 open conversation is assigned here.
   *[other] { $count } open conversations are assigned here.
}
office-take-out = Take out
office-take-out-of = Take out of { $team }
office-take-out-what = { $who } will not see this team’s messages any more. What is assigned goes back to the team, and each conversation says so.
office-sessions = Open sessions
office-no-session = Not signed in anywhere.
office-sessions-yours = These are your own sessions, the one you are in among them.
office-session-since = Signed in { $at }
office-session-used = Last used { $at }
office-end = End
office-end-all = End all sessions
office-deactivate = To end this account for good:
problem-pool-name-taken = This site has a team of this name already. Choose another name.
done-member-left = Taken out of the team.
done-sessions-ended = The session has ended.

office-organisation = Organization
office-since = Here since
office-key = Root key
office-key-copied = Copied elsewhere on { $day }
office-key-demo = A demo’s key needs no copy
office-key-not-copied = Not copied yet: without it every backup is unreadable
office-is-demo = This is a demo: its settings are made with it.
office-organisation-how = Name, phone and time zone are set here and taken over at the next start:
office-sites = Sites
office-sites-none = There is no site yet. The first team makes one.
office-go-live = Patients write since { $day }
office-not-live = Patients cannot write yet

office-audit = Audit
office-audit-lead = Who did what, about whom, when and why. Names here lead to everything about that person.
office-by-patient = Patient’s record number
office-by-staff = Staff: name or sign-in name
office-by-day = Day
office-filters = This list shows only
office-take-away = Show all again
office-audit-none = No such act
office-audit-none-how = Every reading, change and refusal leaves a line. Take a filter away, or choose another day.
office-audit-yours = What you read here is written down as well. Patients find it under “Who has looked”.
office-operator = { $who }, at the server
office-deleted = A patient whose record was deleted
office-and-others = { $count ->
    [one] and 1 other patient
   *[other] and { $count } other patients
}
office-query = Typed: “{ $words }”
office-reason = Reason given: “{ $reason }”
office-outcome-invalid = Was not complete
office-outcome-conflict = Was not done
office-outcome-not-found = Was not found
office-door-patient = Patient’s page
office-door-team = Team’s page
office-door-api = Another program
office-door-cli = Command line

office-emergencies = Emergency accesses
office-emergencies-lead = Charts that were opened without a care relationship in the last 30 days, and attempts to. Each lasts 4 hours; the patient sees it too.
office-emergencies-none = None in the last 30 days
office-emergencies-none-how = When a clinician opens a chart in an emergency, it stands here at once, with the reason.

office-chains = The audit’s seal
office-chains-lead = Every line of the audit is linked to the one before it. Where a line is changed or missing, the links do not fit any more.
office-sealed = Sealed
office-sealed-last = { $events ->
    [one] Batch { $no } sealed 1 line,
   *[other] Batch { $no } sealed { $events } lines,
}
office-head = The head of the chain. Whoever has a copy can later prove that nothing before it was changed.
office-sealed-none = Nothing is sealed yet.
office-tail = Not sealed yet
office-tail-none = Nothing: every line is sealed.
office-tail-some = { $count ->
    [one] 1 line; it has waited { $waited }.
   *[other] { $count } lines; the oldest has waited { $waited }.
}
office-tail-why = Lines are sealed about every second. Lists and refusals wait a minute, so that repeats are counted.
office-tail-late = This is longer than it should be. Ask the operator whether the server’s sealer runs.
office-seconds = { $count ->
    [one] 1 second
   *[other] { $count } seconds
}
office-minutes = { $count ->
    [one] 1 minute
   *[other] { $count } minutes
}
office-hours-long = { $count ->
    [one] 1 hour
   *[other] { $count } hours
}
office-anchor = Anchor file
office-anchor-what = Heads of the chain, kept outside the database. It shows when the database was turned back; have it copied to another machine.
office-anchor-agrees = The database agrees with its last line, batch { $no },
office-anchor-differs = The database does not hold batch { $no } as the file has it. It was turned back, or one of the two was changed.
office-anchor-empty = No line yet.
office-anchor-absent = This server writes none.
office-anchor-unreadable = It cannot be read.
office-check = This page shows where the sealing stands. The proof over every line is a command, which works on a copy too:

problem-record-unknown = No one record has this number. Type it as it stands in the chart.
problem-staff-unknown = Nobody on the staff is called so.
problem-staff-not-one = More than one person is called so. Type the full name or the sign-in name.

did-read-audit = Read the audit
did-read-settings = Read settings or accounts
did-end-sessions = Ended open sessions
did-remove-member = Took somebody out of a team
event-owner-left = { $who } has left the team; this belongs to everybody again.
