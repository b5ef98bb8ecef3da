//! Medicines, results, symptoms and what comes after a visit, in English.

use crate::traffic::phrase::{Exchange, Needs, on};

const MEDICINE: (&str, Needs) = ("medicine", Needs::Medicine);
const TEST: (&str, Needs) = ("test_result", Needs::Test);
const HEALTH: (&str, Needs) = ("general_question", Needs::Nothing);
const AFTER: (&str, Needs) = ("visit_follow_up", Needs::Visit);

const HOW_LONG: (&str, &str) = (
    "How long until I should notice something?",
    "Give it two weeks. If nothing has changed by then, write again.",
);
const WORSE: (&str, &str) = (
    "It is a little worse today, should I wait?",
    "Please do not wait. We have kept a time for you tomorrow morning at 9.",
);
const NUMBERS: (&str, &str) =
    ("Where can I see the older numbers?", "On the page of the result: all of them stand there in one line.");

pub const CARE: [Exchange; 25] = [
    on(
        MEDICINE,
        "Forgot a dose",
        "I forgot my {medicine} yesterday. Do I take two today?",
        "No, never two. Go on with the next one at the usual time. One missed dose does no harm.",
        (
            "Good. It happens about once a week, to be honest.",
            "Thank you for saying so. A weekly pill box from {pharmacy} costs 3 dollars and helps most people.",
        ),
    ),
    on(
        MEDICINE,
        "Is this from the {medicine}?",
        "Since a week or so after I started {medicine} I feel queasy in the mornings. Could it be that?",
        "It can be. Take it with a little food for now. If it is no better by {weekday}, write to us and we will look for another one.",
        HOW_LONG,
    ),
    on(
        MEDICINE,
        "Cold medicine with {medicine}",
        "I have a bad cold. What can I take over the counter together with {medicine}?",
        "Plain acetaminophen and a saline spray. Please leave out anything with a decongestant.",
        ("Is honey all right?", "Yes, and warm drinks. Rest is the real medicine here."),
    ),
    on(
        MEDICINE,
        "Pills look different",
        "The {medicine} from {pharmacy} looks different this time. Is it the same?",
        "It is the same medicine by another maker; {pharmacy} read me the print on it. You can take it.",
        HOW_LONG,
    ),
    on(
        MEDICINE,
        "{medicine} got expensive",
        "They wanted 60 dollars for the {medicine} this time. Is there anything cheaper?",
        "Your plan has moved it to another list. With the code that {pharmacy} has now it is about 10 again.",
        (
            "They still say 60.",
            "They had to run it a second time. I stayed on the line: 9 dollars and 40 cents.",
        ),
    ),
    on(
        MEDICINE,
        "Which time of day?",
        "Does it matter when I take {medicine}? Mornings are chaos here and I forget.",
        "For this one please keep to the time on the label. Many people put the bottle beside the coffee and set an alarm.",
        HOW_LONG,
    ),
    on(
        MEDICINE,
        "Surgery and {medicine}",
        "I have a small surgery on my hand on {weekday}. Do I go on with {medicine}?",
        "We asked the surgeon: yes, with a sip of water in the morning, nothing else to drink.",
        ("And the evening before?", "As always."),
    ),
    on(
        TEST,
        "About my {test}",
        "I saw that the {test} came back at {value}. Is that where you want it?",
        "We have looked at it beside the one before. The plan stays as it is, and we check again in three months.",
        NUMBERS,
    ),
    on(
        TEST,
        "What does {value} mean?",
        "My {test} says {value}. I do not know what to make of it. Good, bad, so-so?",
        "It is about what we expected, so nothing has to change today. At your next visit we go through it together.",
        NUMBERS,
    ),
    on(
        TEST,
        "{test}: again so soon?",
        "I had the {test} done, {value}. When is the next one, do I really need it every time?",
        "Twice a year is enough for you now. The order for the next one is in, no visit needed for it.",
        NUMBERS,
    ),
    on(
        TEST,
        "{test} since last time",
        "The {test} is {value} now. Did it move since the last one, and did the walking help?",
        "Walking always helps, keep at it. The number alone does not tell much yet; after the next one we see the trend.",
        NUMBERS,
    ),
    on(
        HEALTH,
        "Rash on my arm",
        "I have an itchy red patch on my left arm since the weekend, about the size of a coin. It does not spread. I did some gardening.",
        "That sounds like a plant. Hydrocortisone cream from the pharmacy, twice a day for five days. If it spreads or oozes, send us a picture.",
        WORSE,
    ),
    on(
        HEALTH,
        "Cold that will not go",
        "Day nine of this cold. No fever, but my nose is still stuffed and I cough at night. Time for antibiotics?",
        "Not yet: without fever ten days are usual and antibiotics do nothing for it. Salt water rinses, and come in if you get a fever or it hurts over the eyes.",
        WORSE,
    ),
    on(
        HEALTH,
        "Awake at 3",
        "I wake up at 3 and lie there until 5, most nights for a month now. I would rather not take anything. Ideas?",
        "Many people do well with this: same time up every day, no screen in bed, get up after 20 minutes awake. We have put a sleep diary under Documents for you.",
        HOW_LONG,
    ),
    on(
        HEALTH,
        "Blood pressure at home",
        "My home numbers this week: 138/84, 142/86, 135/80, 140/88. Is that all right?",
        "A bit higher than we would like, not dangerous. Please measure another week, sitting, five minutes of rest first, and send them.",
        ("Which arm?", "Always the left one, and the same chair."),
    ),
    on(
        HEALTH,
        "Knee after the stairs",
        "My knee is swollen since I carried boxes upstairs on {weekday}. It bends, it just aches. Ice or heat?",
        "Ice for 15 minutes four times a day, leg up, and no stairs you do not need. If you cannot put weight on it, come in the same day.",
        WORSE,
    ),
    on(
        HEALTH,
        "Flu and COVID shot together?",
        "Can I get both shots in one visit, and do I need an appointment?",
        "Yes, both, one in each arm. Walk in any morning from 8 to 11.",
        ("Is the sore arm worse with two?", "A little, for a day. Move it and it passes."),
    ),
    on(
        HEALTH,
        "Ear feels full",
        "My right ear feels full since I flew home. Hearing is dull, no pain. How long do I wait?",
        "Up to two weeks is normal after a flight. Chew gum, and a saline spray. Pain, fever or dizziness: come in.",
        WORSE,
    ),
    on(
        HEALTH,
        "Heartburn at night",
        "Heartburn every night this week. I did eat late a lot. Can I take the chewable ones every day?",
        "For two weeks that is fine. Nothing to eat three hours before bed, head of the bed up. Trouble swallowing or black stools: call us right away.",
        HOW_LONG,
    ),
    on(
        HEALTH,
        "Should my husband be tested?",
        "The lady at work has shingles and sat next to me all day. Can I bring it home?",
        "Shingles does not spread through the air. If you had chickenpox you are fine. The shot is free for you from 50 on.",
        HOW_LONG,
    ),
    on(
        AFTER,
        "After my visit",
        "I forgot to ask: you said walk more. How much is more?",
        "Thirty minutes on five days, fast enough that you can talk but not sing. Start with ten.",
        HOW_LONG,
    ),
    on(
        AFTER,
        "Doing better",
        "Just to let you know, I am doing much better since I saw {doctor}. Do I still need the check next month?",
        "That is lovely to read. Please keep the visit: it is short, and we want to listen once more.",
        OK_THEN,
    ),
    on(
        AFTER,
        "Not much better yet",
        "You said to write if it was not better in a week. It is about the same. Not worse.",
        "Thank you for writing. One more week is fine as long as it is not worse. We have kept a time on {weekday} in case.",
        WORSE,
    ),
    on(
        AFTER,
        "What was the name again?",
        "What was the name of the exercise video {doctor} told me about? I lost the paper.",
        "It is the one of the back school, 12 minutes. The link is in the summary of your visit, at the end.",
        OK_THEN,
    ),
    on(
        AFTER,
        "Bill from my visit",
        "I got a bill for the last visit, but my plan should pay for a yearly check-up.",
        "You are right, it had the wrong code. It is corrected and you owe nothing. Please throw the bill away.",
        OK_THEN,
    ),
];

const OK_THEN: (&str, &str) =
    ("Great, will do. One more thing: do I need blood work before?", "No, not this time.");
