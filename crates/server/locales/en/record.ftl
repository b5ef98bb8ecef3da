# The record's pages, and what a patient says and sees besides: 6th-grade words.
as-told = { $told }
review-not-yet = Not yet reviewed by { $relation ->
    [self] your
   *[other] { $name }’s
} care team here.
review-opened = { $relation ->
    [self] Your
   *[other] { $name }’s
} care team opened this { $at }.
reported-by = Reported by { $who }.
range-little-above = A little above the usual range
range-little-below = A little below the usual range

thanks-ask = Does this answer your question?
thanks = That answers it, thank you
done-thanked = Thank you. Your care team knows that this is done.
status-settled = You said { $at } that this was answered.
event-thanked = { $who } said: that answers it, thank you.
event-thanked-me = You said: that answers it, thank you.
live-answer = Something new is in this conversation.
did-settle-thread = Said that the answer was enough
did-read-entry = Opened a part of the record
did-read-message-and = Read { $relation ->
    [self] your
   *[other] { $name }’s
} message and { $item } result
did-read-message-beside = Read { $relation ->
    [self] your
   *[other] { $name }’s
} message, with { $item } beside it
looked-role-physician = doctor
looked-role-nurse = nurse
looked-role-pharmacist = pharmacist
looked-role-front-desk = front desk
looked-role-administrator = administrator
looked-role-privacy-officer = privacy officer
looked-role-analyst = analyst

hub-found = Results and visits
hub-health = Health
hub-care = Care
source-old = This may be out of date. Tell the care team if something has changed.
section-visits = Visits
section-documents = Notes and letters
section-vitals = Vital signs
section-procedures = Procedures
section-careplans = Care plans and goals
section-careteams = Care team
section-coverage = Insurance

visits = Visits
visits-title = { $relation ->
    [self] Your visits
   *[other] { $name }’s visits
}
older-visits = Show older visits
visits-empty = No visits are on record yet.
visits-empty-how = After a visit you find here who you saw, why, and what was noted.
visit-for = For: { $reason }.
visit-when = When
visit-who = Seen by
visit-where = Where
visit-why = Why
visit-setting-office = Office visit
visit-setting-hospital = Hospital stay
visit-setting-emergency = Emergency visit
visit-setting-home = Home visit
visit-setting-remote = Phone or video visit
visit-setting-unknown = Visit
visit-status = { $status ->
    [planned] Planned
    [arrived] Going on now
    [in-progress] Going on now
    [cancelled] Canceled
   *[other] Done
}
ask-visit = Ask about this visit
visit-bare = The record holds nothing more about this visit.
visit-bare-how = If you miss a note or a result, ask the care team.
visit-notes = Notes from this visit
visit-problems = Health problems noted
visit-procedures = What was done
visit-medicines = Medicines prescribed
visit-vaccines = Vaccines given
visit-in-record = See in the record

notes = Notes and letters
notes-title = Notes and letters
older-notes = Show older notes
notes-empty = No notes or letters are on record yet.
notes-empty-how = What the care team writes about a visit shows up here.
note-unnamed = Note
note-visit = The visit
note-hint = Written by the care team for its own work. Ask if something is not clear.
note-file = We cannot show this file here.
note-file-how = It is of the kind { $kind }. Ask the care team for a copy.
note-absent = The text of this note is not in this record.
note-absent-how = Ask the care team for a copy.
ask-note = Ask about this note

vitals = Vital signs
vitals-title = { $relation ->
    [self] Your vital signs
   *[other] { $name }’s vital signs
}
vitals-empty = No vital signs are on record yet.
vitals-empty-how = Blood pressure, weight and the like are added when they are measured at a visit.
vitals-times = { $count ->
    [one] 1 value
   *[other] { $count } values
}

procedures = Procedures
procedures-title = { $relation ->
    [self] Your procedures
   *[other] { $name }’s procedures
}
procedures-empty = No procedures are on record.
procedures-empty-how = Operations and other treatments show up here. Those done elsewhere may be missing.
procedures-times = { $count } times in all

plans = Care plans and goals
plans-title = Care plans and goals
plans-empty = No care plans or goals are on record.
plans-empty-how = When you and the care team agree on steps or on something to reach, it is written down here.
care-plans = Care plans
plans-past = Past care plans ({ $count })
plan-active = Going on
plan-past = Ended
goals = Goals
goal-target = To reach: { $target }
goal-due = By
goal-achievement = { $word ->
    [in-progress] On the way
    [improving] Getting better
    [worsening] Getting worse
    [no-change] No change
    [achieved] Reached
    [sustaining] Reached and kept
    [not-achieved] Not reached
    [not-attainable] Cannot be reached
   *[other] On the way
}
step-status = { $status ->
    [not-started] not started
    [scheduled] planned
    [on-hold] on hold
    [completed] done
    [cancelled] canceled
    [stopped] stopped
   *[other] going on
}

care-team = Care team
care-team-title = { $relation ->
    [self] Your care team
   *[other] { $name }’s care team
}
care-team-write = Who you can write to
message-them = Message them
care-team-people = Who is on record
care-team-unnamed = Care team
care-team-none = The record names no care team yet.
care-team-past = Past care teams ({ $count })

coverage = Insurance
coverage-title = { $relation ->
    [self] Your insurance
   *[other] { $name }’s insurance
}
coverage-empty = No insurance is on record.
coverage-empty-how = If there is one, please tell { $clinic }:
coverage-ended = Ended
coverage-plan = Plan
coverage-number = Member number
coverage-until = Until
coverage-bill = Taken from a bill of
