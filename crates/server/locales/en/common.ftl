# Shared by all pages.
# On paper only: whose page it is, and of which day.
printed = { $who }. Printed { $day }.
skip = Skip to the main part
languages = Language
back-messages = Messages
search = Search
older = Show older
ask = Ask about this

help-clinic = { $clinic }:
help-emergency = Emergency?
help-call-911 = Call 911
help-crisis = Thoughts of suicide or a mental health crisis?
help-call-988 = Call or text 988

sign-in = Sign in
sign-in-title = Sign in
sign-in-lead = Read and send messages and see the health record.
team-sign-in-title = Care team sign-in
team-sign-in-lead = For members of the care team.
sign-in-name = Sign-in name
password = Password
sign-in-wrong = The sign-in name or the password is not right. Please try again.
sign-in-too-many = Too many tries. Please wait { $minutes ->
    [one] 1 minute
   *[other] { $minutes } minutes
}, then try again.
sign-in-to-go-on = Sign in to go on to the page that you asked for. A message that you were writing is kept.
sign-in-expired = This page was open too long. Please sign in again.
sign-in-no-account = First time here?
sign-in-activate = Set up your account
sign-in-help = Trouble signing in? Call { $clinic }:
sign-in-to-team = I work in the care team
sign-in-to-patient = I am a patient
sign-out = Sign out
signed-in-as = You are signed in as { $who }.
account = Your account

activate-title = Set up your account
activate-lead = You need the code that the clinic gave you.
activate-code = Your code
activate-code-hint = 12 letters and numbers, such as ABCD-EFGH-JKLM.
activate-birth-date = The patient's birth date
activate-name = Choose a sign-in name
activate-name-hint = Your email address or any name with at least 3 letters or numbers.
activate-password = Choose a password
activate-password-hint = At least 10 characters. A few words in a row work well.
activate-go = Set up my account
activate-have-account = Already have an account?
activate-wrong = We could not find that code with this birth date. Check both and try again.
activate-too-many = This code has been tried too often. Please call the clinic for a new one.
problem-name-missing = Write your name.
problem-sign-in-name = Use 3 to 80 letters, numbers or the signs @ . _ + -
problem-sign-in-name-taken = Please choose another sign-in name.
problem-password-too-short = Use at least 10 characters.
problem-password-too-long = Use at most 200 characters.
problem-password-too-common = This password is too easy to guess. Try a few words in a row.
problem-birth-date = Give the birth date as month, day and year.
activate-full-name = Your name
activate-staff-lead = Choose a password to open your account.
activate-admin-lead = You are the first administrator. Choose how you will sign in.

problem-subject-missing = Write a few words about what this is.
problem-subject-too-long = Use at most 50 characters here.
problem-body-missing = Write your message first.
draft-not-saved = This draft is not saved.
problem-body-too-long = This is too long. Use at most 20,000 characters.
problem-topic-missing = Choose what this is about.
problem-team-missing = Choose who should read this.
problem-reason-missing = Give a reason.
problem-patient-vague = Type the record number, or the name and the full birth date.
problem-patient-unknown = Nobody has exactly these details. Check the spelling and the birth date.
problem-patient-not-one = More than one patient matches. Add the record number or the birth date.
problem-reason-too-long = Use at most 500 characters for the reason.

fault-not-found = We cannot find this page
fault-not-found-advice = The link may be old, or the page may belong to someone else.
fault-denied = You cannot do this
fault-denied-advice = Your account does not allow this step.
fault-conflict = Something changed in the meantime
fault-conflict-advice = Nothing was lost. Go back and look at the page again.
fault-too-many = That was too often
fault-too-many-advice = Please wait a minute and try again.
fault-internal = Something went wrong on our side
fault-internal-advice = Please try again. If it happens again, call the clinic and give them the number below.
fault-form = This form could not be checked
fault-form-advice = It may have been open too long. Go back, reload the page and send it again. What you typed is still there.
fault-too-large = This is too much at once
fault-too-large-advice = Please send less text.
fault-request = Number of this request:
go-start = Go to the start page
go-back-sign-in = Go to sign-in

role-physician = Doctor
role-nurse = Nurse
role-pharmacist = Pharmacist
role-front-desk = Front desk
role-administrator = Administrator
role-privacy-officer = Privacy officer
role-analyst = Analyst

done-sent = Your message was sent.
done-discarded = The draft was deleted.
done-withdrawn = The message was taken back.
done-retracted = The message was retracted. The patient sees a notice in its place.
done-replied = Reply sent.
done-replied-closed = Reply sent and conversation closed.
done-closed = Conversation closed.
done-reopened = Conversation reopened.
done-noted = Internal note added.
done-assigned = Assignment saved.
done-language = Your language was saved.
done-signed-out = You are signed out.
done-glass = Emergency access is open for 4 hours. The patient and the privacy officer can see it.

draft-saved = Draft saved { $at }
send = Send
discard-draft = Delete draft

