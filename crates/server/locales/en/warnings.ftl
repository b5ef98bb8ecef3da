# Warning words. First what their writer is told: short, calm, what to do now.
warn-title-911 = Call 911 now
warn-title-988 = Call or text 988 now
warn-title-poison = Call poison control now
warn-title-clinic = Call the clinic now
warn-found = You wrote about: { $signs }.
warn-do-911 = { $relation ->
    [self] If this is happening to you now, call 911.
   *[other] If this is happening to { $name } now, call 911.
} Do not wait for an answer here.
warn-do-988 = { $relation ->
    [self] You do not have to be alone with this.
   *[other] { $name } does not have to be alone with this.
} Call or text 988. It is free, day and night. If someone is in danger right now, call 911.
warn-do-poison = Call poison control. It is free, day and night. Call 911 if { $relation ->
    [self] you feel faint
   *[other] { $name } feels faint
} or cannot breathe well.
warn-do-clinic = Call { $clinic } now. If you cannot reach us, go to the emergency room.
warn-call-911 = Call 911
warn-call-988 = Call 988
warn-text-988 = Text 988
warn-call-poison = Call { $phone }
warn-call-clinic = Call { $phone }
warn-not-fast = A message may not be read for hours. It is not a way to get help fast.
warn-choose = What do you want to do?
warn-will-call = I will call
warn-send = Send the message all the same
warn-kept = Your message was not sent. It is kept as a draft.
warn-will-keep = Your message is safe. It is kept as a draft until you send it.
warn-go-on = Back to your message
warn-still = You can still send your message.
warn-your-message = Your message
warn-standing = Your message is at the top of the care team’s list. If this is happening now, do not wait for an answer here.

did-warn-of-emergency = Was shown what to do in an emergency
did-choose-to-call = Chose to call and did not send

# Then what the care team reads.
flag-words = Warning words: { $signs }
flag-words-only = Warning words
flag-had = Had warning words: { $signs }
flag-had-only = Had warning words
flag-first-read = First read { $at }.
flag-not-read = You are the first to read it.
event-red-flag = Warning words: { $signs }.
event-red-flag-advised = Warning words: { $signs }. { $who } was told what to do now and chose to send it all the same.
