### The demo's first page.

demo-title = Try Samechart
demo-lead = A made-up clinic with made-up patients. Choose who you want to be; nothing here is about a real person.
demo-day = Today at { $clinic }: { $sites ->
    [one] one site
   *[other] { $sites } sites
}, { $patients } patients, a staff of { $staff }. { $open ->
    [0] No conversation waits
    [one] One conversation waits
   *[other] { $open } conversations wait
} with { $pool }, { $overdue ->
    [0] none of them longer than promised.
    [one] one of them longer than promised.
   *[other] { $overdue } of them longer than promised.
}
demo-clock = The clinic has a clock of its own, so that it opens on a working day: here it is { $at } on { $day }.
demo-old = This clinic was made more than a day ago and goes on where it stopped. For a new day, stop it and start it with --fresh.
demo-enter = Open as { $who }
demo-others = More people
demo-doors = Patients and the care team have separate doors: be a patient in one tab and her nurse in another.
demo-tour = The tour, in five minutes
demo-tour-ask = Be Rosa Delgado, 71. Her first page says that there is 1 new test result and 1 answer from her care team. Open Potassium: a little above the usual range, four points on a line, not yet reviewed. Choose “Ask about this” and type one sentence.
demo-tour-to-do = In a second tab open this page again and be Maya Chen, nurse. Her list has 24 conversations; Rosa’s comes in as “1 new” and moves nothing.
demo-tour-open = Open it. Who Rosa is stays on top; her medicines and that potassium stand beside her words. In Rosa’s tab it now says that a nurse has opened it.
demo-tour-close = Write an internal note to Dr. Okafor, then answer with “Reply and close”. The next conversation opens by itself.
demo-tour-looked = Back to Rosa: the answer is there. Under More, “Who has looked” tells her who read what, and when.
demo-tour-numbers = Be Nadia Haddad, analyst: who writes and who does not, month by month, without a name. Peter Lang, privacy officer, finds every line that you have just left; Helen Marsh, administrator, finds no patient.
demo-tour-kill = In the terminal: end the server with kill -9 and start it again. The conversation is there, once, and the check whose command the terminal prints finds every chain whole.
