# For patients and those who act for them: 6th-grade words. $relation is "self" or "other", $name the
# patient's name in speech.
nav = Main
nav-home = Home
nav-messages = Messages
nav-record = Health record
nav-more = More
nav-new = new
whose = { $name }

home-title = { $relation ->
    [self] Hello, { $name }
   *[other] { $name }’s pages
}
home-nothing-new = Nothing new right now. { $relation ->
    [self] Your care team is
   *[other] { $name }’s care team is
} a message away.
write-message = Write a message
home-answers = { $count ->
    [one] 1 answer from { $relation ->
        [self] your
       *[other] { $name }’s
    } care team
   *[other] { $count } answers from { $relation ->
        [self] your
       *[other] { $name }’s
    } care team
}
home-changes = { $count ->
    [one] 1 conversation changed
   *[other] { $count } conversations changed
}
home-new-results = { $count ->
    [one] 1 new test result
   *[other] { $count } new test results
}
home-waiting = Waiting for an answer
home-record = { $relation ->
    [self] Your health record
   *[other] { $name }’s health record
}
chip-new-answer = New answer
chip-new = New

messages-title = { $relation ->
    [self] Messages
   *[other] Messages about { $name }
}
messages-empty = { $relation ->
    [self] You have no messages yet.
   *[other] There are no messages about { $name } yet.
}
messages-empty-how = Write to the care team about a question, a medicine or a test result. A nurse or a doctor will answer here.
older-messages = Show older messages
search-messages = Search messages
search-nothing = No message has all of these words: { $words }
search-nothing-how = Try fewer words, or only the beginning of what you remember.
searched-back = We looked back to { $date }.
search-on = Search further back

status-sent = Sent { $at }, waiting with { $team }.
status-opened = { $role ->
    [physician] Opened by a doctor { $at }.
    [nurse] Opened by a nurse { $at }.
    [pharmacist] Opened by a pharmacist { $at }.
   *[other] Opened by the care team { $at }.
}
status-answered = Answered { $at }.
status-from-team = { $team } wrote { $at }.
status-taken-back = The message was taken back. Nothing waits for an answer.
status-closed = Closed { $at } by { $who }: { $reason }.
next-answer-by = Answer expected { $by }.
next-late = The answer was due { $at }. We are sorry it is late.
next-no-promise = The care team will answer as soon as it can.
next-may-reply = You can reply.
next-write-again = You can write again at any time.
late-advice = If it cannot wait, call the clinic:

author-name = { $who }
author-me = You
author-for = { $who } for { $patient }
event-closed = { $who } closed this conversation: { $reason }
event-reopened = { $who } opened this conversation again.
event-retracted = { $who } took a message back.
event-continued = This continues an earlier conversation.
event-continued-link = Read it
event-withdrawn = { $who } took a message back.
event-assigned = { $who } gave this to { $to }.
event-unassigned = { $who } gave this back to the team.
entry-withdrawn = You took this message back before anyone had opened it.
entry-retracted = The care team took this message back because it was sent by mistake. If you already read it, please do not act on it. Call the clinic if you are not sure.
withdraw = Take back

reply-label = Your reply
readers = Read by: { $readers }
send-reply = Send reply
conflict-patient = Something new was written while you were typing. Your text is still here. Read what is new, then send it if it still fits.
again-closed = This conversation is closed. If you have another question, write again: { $team } will see what was said here.
again-old = This conversation is more than 45 days old. Write again: { $team } will see what was said here.
again-not-sent = Your message was not sent. This conversation was closed while you were typing. To send your text, choose “Write again”.
again-kept = Your text is kept. It will be there when you write again:
sent-before = You have sent this message already and changed it since. Nothing was sent now. Your text is still here. If what you sent first is not enough, send this as well.
write-again = Write again

compose-title = Write to { $relation ->
    [self] your care team
   *[other] { $name }’s care team
}
compose-about-title = Ask about { $title }
before-what-for = Use messages for questions that can wait a few days: a test result, a medicine, a visit, how { $relation ->
    [self] you are
   *[other] { $name } is
} doing.
before-emergency = Emergency?
before-crisis = In a crisis?
no-team = { $relation ->
    [self] We do not know your care team yet, so there is nobody to write to.
   *[other] We do not know { $name }’s care team yet, so there is nobody to write to.
}
no-team-how = Call { $clinic } and ask to be linked to a care team:
continues = This goes on from “{ $subject }”.
compose-to = To
compose-team = Who should read it?
own-team = { $relation ->
    [self] Your team
   *[other] { $name }’s team
}
answer-expected = Answer expected { $by }
compose-topic = What is it about?
compose-subject = Subject
compose-subject-limit = A few words, at most 50 characters.
compose-left-words = characters left
compose-body = Your message
about-item = About
about-changed = The record has a newer version of this.

record-title = { $relation ->
    [self] Your health record
   *[other] { $name }’s health record
}
back-record = Health record
results = Test results
medicines = Medicines
conditions = Health problems
allergies = Allergies
immunizations = Vaccines
source = From { $clinic }. Newest: { $newest }.
source-received = Added { $received }.
since = Since
until = until
recorded = Recorded
results-newest = Newest test results
results-all = All test results
results-empty = { $relation ->
    [self] You have no test results here yet.
   *[other] { $name } has no test results here yet.
}
results-empty-how = When a lab sends a result, it shows up here right away, often before the care team has read it.
medicines-empty = No medicines are on record. If { $relation ->
    [self] you take
   *[other] { $name } takes
} any, tell the care team, also about those bought without a prescription.
medicine-stopped = Not taken now
medicine-last = Last prescribed
medicine-times = Prescribed { $count } times
medicine-since = since
medicine-by = By { $who }
conditions-empty = No health problems are on record.
conditions-past = Past health problems ({ $count })
medicines-past = Not taken now ({ $count })
allergies-empty = No allergies are on record. If { $relation ->
    [self] you have
   *[other] { $name } has
} one, please tell the care team.
allergy-high = Can be serious
allergy-reactions = Reaction: { $reactions }
immunizations-empty = No vaccines are on record. Shots from a pharmacy or another clinic may be missing.
record-wrong = Is something missing or wrong?
record-wrong-tell = Tell the care team

results-title = { $relation ->
    [self] Test results
   *[other] { $name }’s test results
}
older-results = Show older results
usual-range = Usual range: { $range }
no-range = No usual range came with this.
range-above = Above the usual range
range-below = Below the usual range
range-abnormal = Marked by the lab as not usual
range-within = In the usual range
result-status = { $status ->
    [preliminary] Early result, may still change
    [registered] Not ready yet
    [amended] Changed by the lab
    [corrected] Corrected by the lab
    [cancelled] Canceled
    [entered-in-error] Entered by mistake
   *[other] Final
}
ordered-by = Ordered by { $who }.
trend = Over time
trend-range = Usual range
trend-table = Show all values
trend-date = Date
trend-value = Value
trend-summary = { $count } values of { $test } from { $from } to { $to }, between { $low } and { $high }. The newest is { $newest }.
questions = { $relation ->
    [self] Your questions about this
   *[other] Questions about this
}

looked-title = Who has looked
looked-hint = { $relation ->
    [self] Everyone who opened your record or messages
   *[other] Everyone who opened { $name }’s record or messages
}
looked-lead = { $relation ->
    [self] Each time someone opens your record or your messages, it is written down here. Nobody can remove a line.
   *[other] Each time someone opens { $name }’s record or messages, it is written down here. Nobody can remove a line.
}
looked-empty = Nobody has looked yet.
looked-you = You
looked-system = The system
looked-times = { $count } times
looked-denied = Was not allowed
looked-emergency = Emergency access. Reason given: { $reason }
looked-ask = Does something look odd?

did-sign-in = Signed in
did-sign-out = Signed out
did-activate-account = Set up the account
did-create-account = Made an account
did-invite-patient = Sent an invitation
did-read-home = Opened the first page
did-list-threads = Opened the list of messages
did-read-thread = Read a conversation
did-search-messages = Searched messages
did-send-message = Sent a message
did-add-note = Wrote a note for the care team
did-close-thread = Closed a conversation
did-reopen-thread = Opened a conversation again
did-assign-thread = Chose who answers
did-withdraw-message = Took a message back
did-retract-message = Retracted a message
did-save-draft = Saved a draft
did-discard-draft = Deleted a draft
did-read-inbox = Saw this in the team’s list
did-read-chart = Opened the health record
did-read-results = Opened the list of test results
did-read-result = Opened a test result
did-read-demographics = Saw name, birth date and contact data
did-find-patient = Found in a patient search
did-read-access-log = Opened “Who has looked”
did-break-glass = Opened the record in an emergency
did-import-records = Added records
did-change-settings = Changed settings
did-derive-panel = Worked out the care team
did-follow-updates = Followed live updates
did-shred-patient = Deleted the record for good

language-save = Save language

wait-to-send = You have sent many messages in a short time. This one was not sent: it is kept as a draft. Please send it later. If you need help now, do not wait: call.
