# For the care team: short, exact words.
team-nav-inbox = Inbox
team-nav-patients = Patients
team-nav-search = Search messages

view-to-do = To do
view-mine = Mine
view-unassigned = Unassigned
view-waiting = Waiting
view-overdue = Overdue
view-closed = Closed
view-empty-to-do = Nothing to do. Every patient has an answer.
view-empty-mine = Nothing is assigned to you.
view-empty-unassigned = Everything open has an owner.
view-empty-waiting = No answer waits to be read.
view-empty-overdue = Nothing is overdue.
view-empty-closed = No closed conversations yet.
views = Views
pools = Teams
list-new-words = new
list-show = Show
list-more = Show more
unread = Unread
overdue = Overdue
owner-me = Mine
age = { $age ->
    [one] 1 year
   *[other] { $age } years
}

conversation = Conversation
choose-conversation = Choose a conversation
choose-how = Use j and k to move and Enter to open.
state-open = Open for us
state-waiting = Waiting for the patient
state-closed = Closed
waits-since = Waiting since { $since }.
due = Answer due { $by }.

called = called { $preferred }
deceased = Deceased
born = Born
sex = Sex
sex-word = { $sex ->
    [female] female
    [male] male
    [other] other
   *[unknown] unknown
}
mrn = MRN
speaks = Language
language-en = English
language-es = Spanish
phone = Phone
provider = PCP
allergies-none = none recorded
none-recorded = None recorded.
times = { $count } times
chart = Chart
chart-close = Close chart
chart-not-yours = You cannot see this chart.

assigned-to = Assigned to
nobody = Not assigned
that-is-me = (me)
assign = Assign
take = Take it
patient-word = Patient
internal-word = Internal: care team only
team-entry-withdrawn = Taken back by its author before anyone had opened it.
team-entry-retracted = Retracted: the patient sees a notice in its place.
retract = Retract
retract-why = Why is it retracted?
retract-hint = The patient may have read it. It stays in the record with your reason.
retract-go = Retract message

team-reply = Reply to { $who }
team-readers = { $who } and the care team will read this.
reply = Reply
reply-and-close = Reply and close
close-as = Close as
note-add = Internal note
note-label = Note for the care team
note-save = Save note
close-without = Close without an answer
close-go = Close conversation
reopen-why = Why is it reopened?
reopen = Reopen
conflict-team = Somebody has written or changed this since you opened it. Nothing was sent. Read what is new above; your text is still here.

find-patient = Find a patient
find-label = Name, birth date, MRN or phone
find-what = Type what you know of the patient
find-how = The beginning of a name, a birth date such as 3/2/1955, a record number, a phone number, or several of them.
find-nothing = Nobody found
find-nothing-how = Try the beginning of the name, or a birth date such as 3/2/1955. You find the patients you may see.
find-more = There are more. Add a first name or a birth date.
begin-message = Begin a message
begin-message-not = An emergency look does not begin a conversation. Ask a team that cares for this patient.
begin-title = New message to { $who }
begin-from = From
begin-topic = Topic
begin-body = Message
team-questions = Asked about this
team-search = Search messages
team-search-what = Type words that you remember
team-search-how = It finds messages of your teams that have all of them, newest first.
team-search-label = Words in messages of your teams

glass-title = Open a chart in an emergency
glass-lead = For a patient who is not yours, when care cannot wait.
glass-who = Who is the patient?
glass-who-hint = Record number, or name and birth date: Rosa Delgado 3/2/1955
glass-what = The chart opens for 4 hours. The patient will see your name, the time and the reason, and the audit keeps them.
glass-reason = Reason
glass-go = Open the chart
glass-offer = Not your patient, and it cannot wait?
glass-back = Back to patient search

keys-title = Keys
keys-move = Next and previous conversation
keys-open = Open
keys-reply = Reply
keys-note = Internal note
keys-close = Close
keys-search = Search messages
keys-help = Show this list
keys-done = Done

office-title = You are signed in
office-what = You are not in a team that answers messages, so there is no inbox for you.
office-how = An operator adds people to teams and changes settings at the command line.

# A row of a list: its second half, in a few words.
age-short = { $age } y
row-by = by { $who }
row-due = Due
row-open = Open since
row-answered = Answered
row-closed = Closed
row-left = No longer in this list
due-soon = Due soon
was-due = Was due: { $at }.
list-first = Back to the top
view-how-to-do = New messages appear here by themselves. “Waiting” holds what patients have not answered yet.
view-how-mine = Open a conversation and press a, or “Take it”, and it stands here for you.
view-how-unassigned = A new message has no owner until somebody takes it.
view-how-waiting = An answer waits here until the patient writes again or somebody closes it.
view-how-overdue = What was promised and is late stands here first.
view-how-closed = A closed conversation keeps who closed it and why, and can be opened again.

# Who else is here, and what has come since.
present = { $who } has this open.
moved-on = Something new stands above. Read it before you send.

quick-replies = Quick replies
close-readers = { $who } is told this reason.
reopen-readers = Only the care team reads this reason.

# A conversation as text for another record.
copy-note = Copy as note
copy-done = Copied. Paste it into the other record.
copy-how = Select the text and copy it. Internal notes are left out. The patient sees that it was copied.
copy-back = Back to the conversation
copy-title = Patient message, { $clinic }
copy-patient = Patient: { $who }
copy-born = born { $date }
copy-subject = Subject: { $subject }
copy-topic = Topic: { $topic }. Team: { $team }
copy-about = About: { $title } { $detail }
copy-for = for { $patient }
copy-taken-back = taken back
copy-by = Copied by { $who }, { $at }
did-copy-thread = Copied a conversation for another record

me-title = Your account
me-language-what = The language of your pages. What you write to patients stays as you write it.

keys-quick = Put a quick reply into the box
keys-assign = Assign
keys-copy = Copy as note
keys-leave = Leave the text box or the chart
keys-send = Send what you are writing
keys-on = Single-key shortcuts

# Day and clock for text that is read elsewhere and later.
exact = { $month } { $day }, { $year }, { clock }
unsent-text = Not sent: this conversation is closed. Your text is kept. Open the conversation again to send it.
no-reader = Has no account here and cannot read messages. Call or write a letter.
