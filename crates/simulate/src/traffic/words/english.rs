//! Refills, visits, referrals and forms, in English.

use crate::traffic::phrase::{Exchange, Needs, on};

const REFILL: (&str, Needs) = ("refill", Needs::Medicine);
const VISIT: (&str, Needs) = ("appointment", Needs::Nothing);
const REFERRAL: (&str, Needs) = ("referral", Needs::Nothing);
const FORM: (&str, Needs) = ("form_or_letter", Needs::Nothing);

const NOT_THERE: (&str, &str) = (
    "I was just there and they say they have nothing for me.",
    "I called them: it was filed under your old telephone number. It is ready now.",
);
const OTHER_TIME: (&str, &str) =
    ("Sorry, could it be an hour later?", "Yes, we moved it an hour back. No need to answer.");
const STILL_NO_CALL: (&str, &str) = (
    "I called, they say they never got the papers.",
    "We have faxed them once more and waited on the line until they had them. They will call you today.",
);
const BY_MAIL: (&str, &str) =
    ("Could you mail it to me instead?", "It went out with today's mail to the address that we have.");

pub const OFFICE: [Exchange; 22] = [
    on(
        REFILL,
        "{medicine} refill",
        "I am down to my last week of {medicine}. Could you send a refill to {pharmacy}?",
        "It is at {pharmacy} now, 90 days with three refills. Give them until tomorrow morning.",
        NOT_THERE,
    ),
    on(
        REFILL,
        "No refills left on {medicine}",
        "The bottle of {medicine} says no refills left and I have about five days. Same place as always, {pharmacy}.",
        "Done, it went to {pharmacy} just now. The next blood test for it is due in spring.",
        NOT_THERE,
    ),
    on(
        REFILL,
        "New pharmacy",
        "I changed to {pharmacy} last month and they do not have my {medicine}. Can you send it there instead?",
        "Sent to {pharmacy}, and your chart has the new pharmacy, so the next ones go there too.",
        NOT_THERE,
    ),
    on(
        REFILL,
        "Going away, need more {medicine}",
        "I will be at my son's for six weeks and need enough {medicine} to take along. Is that possible?",
        "Yes. Your plan allows a vacation supply: {pharmacy} fills 60 days at once when you tell them your dates.",
        ("Do they need anything from me?", "Only the dates of your trip. They have everything else."),
    ),
    on(
        REFILL,
        "90 days instead of 30",
        "It would be so much easier to get {medicine} for three months at a time. Can you change it?",
        "Changed to 90 days from the next fill on. It often costs less that way, too.",
        NOT_THERE,
    ),
    on(
        REFILL,
        "Lost my {medicine}",
        "I think I left my {medicine} on the bus. I still have today's. What do I do?",
        "That happens. A new one is at {pharmacy}, marked as a replacement so that the plan pays.",
        NOT_THERE,
    ),
    on(
        REFILL,
        "More {medicine} by {weekday}?",
        "Can I get more {medicine} by {weekday}? I go away for the weekend and just saw that there are only two left.",
        "It is sent as urgent, so {weekday} is fine.",
        NOT_THERE,
    ),
    on(
        VISIT,
        "Moving my appointment",
        "I have to work on {weekday} when I am supposed to see {doctor}. Is there anything the week after, early if you can?",
        "You have the week after, the same weekday, at 8:20. Your old time is given away.",
        OTHER_TIME,
    ),
    on(
        VISIT,
        "Next free visit",
        "My shoulder has been bothering me again. When could I see {doctor}? It is not urgent.",
        "The first free time is next {weekday} at 10:40, and it is yours. Call us if it gets worse before.",
        OTHER_TIME,
    ),
    on(
        VISIT,
        "Please cancel {weekday}",
        "Please cancel my visit on {weekday}, I am feeling fine again and somebody else can have it.",
        "Cancelled, and good to hear. Somebody from the waiting list has it already.",
        (
            "Oh, was I due for a shot anyway?",
            "Yes, for the flu shot. You can walk in for that any morning before 11.",
        ),
    ),
    on(
        VISIT,
        "Do I come without breakfast?",
        "For the blood work on {weekday}: do I have to come without breakfast, and may I drink coffee?",
        "No food for ten hours before. Water and black coffee are fine. Bring something to eat for afterwards.",
        ("And my morning pills?", "Take them as always, with water."),
    ),
    on(
        VISIT,
        "By video this time?",
        "Could my next visit be by video? The drive is hard for me at the moment.",
        "Yes, this one can. You get a text with the link ten minutes before. Please have a list of your questions ready.",
        ("Does it work on my phone?", "Yes, on any phone with a camera. If it does not, we simply call you."),
    ),
    on(
        VISIT,
        "15 minutes late on {weekday}",
        "My ride can only get me there 15 minutes late on {weekday}. Will you still see me?",
        "We moved you twenty minutes back, so nobody has to hurry.",
        OTHER_TIME,
    ),
    on(
        REFERRAL,
        "Eye doctor",
        "{doctor} wanted me to see an eye doctor this year. Do I need a referral, and who takes my plan?",
        "The referral to Valley Eye Center is in, and they take your plan. They call you within a week.",
        STILL_NO_CALL,
    ),
    on(
        REFERRAL,
        "No word from physical therapy",
        "You sent me to physical therapy two weeks ago and nobody has called.",
        "They had a wrong number for you. It is corrected and they promised to call by {weekday}.",
        STILL_NO_CALL,
    ),
    on(
        REFERRAL,
        "Second opinion on my hip",
        "Before I say yes to the hip surgery I would like another surgeon to look. Would you send me to somebody?",
        "That is a good idea, and usual. The referral is to Dr. Whitlock at the university; your pictures go along.",
        STILL_NO_CALL,
    ),
    on(
        REFERRAL,
        "Stomach doctor: which one?",
        "The stomach doctor you sent me to is not taking anybody new until next year. Is there another one?",
        "Yes, the clinic across the river sees you next month. Their number is (555) 010-0186.",
        STILL_NO_CALL,
    ),
    on(
        FORM,
        "Note for work",
        "I was home sick for three days and went back on {weekday}. My boss wants a note. Could you write one?",
        "The note is under Documents in your record, and a signed copy is at the front desk.",
        BY_MAIL,
    ),
    on(
        FORM,
        "School form for my daughter",
        "The school wants the yearly form with the vaccines by {weekday}. Can I pick it up?",
        "It is filled in and signed, at the front desk until 5.",
        BY_MAIL,
    ),
    on(
        FORM,
        "Handicap placard",
        "My placard ends this month. Do I need to come in, or can you just renew the form?",
        "No need to come. The form is signed and waits at the front desk. You send it to the DMV yourself.",
        BY_MAIL,
    ),
    on(
        FORM,
        "Copy of my records",
        "I am moving to Oregon in spring. How do I get a copy of my records for the new doctor?",
        "We can send everything as soon as you tell us where: there is a one-page form at the front desk, or by mail.",
        BY_MAIL,
    ),
    on(
        FORM,
        "Gym wants a letter",
        "My plan pays for the gym if {doctor} writes that I should exercise. Would you?",
        "Gladly. The letter is in your record under Documents.",
        BY_MAIL,
    ),
];
