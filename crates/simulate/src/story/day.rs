//! The open threads of the day with Riverbend Nurses, in English: together with those of
//! `okafor.rs` and `day_spanish.rs` there are 24, staged so that each kind of work is among them.

use super::{About, Act, Conversation, patient, patient_reads, simple, staff, thread};
use crate::days::Days;

pub fn conversations(days: &Days) -> Vec<Conversation> {
    let mut all = of_yesterday(days);
    all.extend(of_this_morning(days));
    all.extend([owens_first_weeks(days), lindas_tablets(days), vernons_chest(days)]);
    all
}

fn of_yesterday(days: &Days) -> Vec<Conversation> {
    let yesterday = |time| days.workdays_ago(1, time);
    vec![
        harolds_weight(days),
        marcuss_leave(days),
        simple(
            ("darnell", "general_question", "Blood pressure at home"),
            None,
            yesterday((19, 12)),
            "I bought the cuff Dr. Okafor told me about. Three evenings in a row it says 158/96, 155/94 and 160/95. I \
             take the losartan every day, I have not missed any. I feel okay, just a headache now and then. What do \
             you want me to do?",
        ),
        simple(
            ("betty", "refill", "Atorvastatin, 4 pills left"),
            Some(About::Medicine("Atorvastatin 40 mg tablet")),
            yesterday((20, 30)),
            "The pharmacy says there are no refills left on the atorvastatin and that they sent you a fax on Monday. I \
             have 4 pills. I leave to see my sister on Saturday, so if I could pick it up Friday that would be \
             wonderful. Betty Lawson",
        ),
        simple(
            ("kayla", "medicine", "Spotting on the new pill"),
            Some(About::Medicine("Norethindrone and ethinyl estradiol tablet")),
            yesterday((21, 5)),
            "Hi, I am on my second pack and I have been spotting for about a week. No pain, nothing heavy. Is it \
             normal this long or should I switch? I take it at 9 every night, maybe an hour late twice.",
        ),
    ]
}

fn harolds_weight(days: &Days) -> Conversation {
    let at = |time| days.workdays_ago(1, time);
    let conversation = thread(
        ("harold", "riverbend"),
        ("general_question", "Dad is up four pounds"),
        None,
        vec![
            patient(
                at((13, 20)),
                "I am writing for Dad because he does not like to type. His weight was 184 on Friday and 188 this \
                 morning. His ankles are puffy by evening. He sleeps flat and is not short of \
                 breath. The sheet you gave us says to call at 3 pounds. Should he take the water pill twice?",
            ),
            staff("boateng", at((16, 40)), Act::Read),
            staff(
                "boateng",
                at((16, 46)),
                Act::Note(
                    "Tried the home number twice, no answer. Furosemide 40 once a day, potassium 4.2 and creatinine 1.1 \
                     a month ago. Dr. Brandt is back at 11 today: first thing, please."
                        .into(),
                ),
            ),
        ],
    );
    Conversation { proxy: Some("ellen_finch"), ..conversation }
}

fn marcuss_leave(days: &Days) -> Conversation {
    let at = |time| days.workdays_ago(1, time);
    thread(
        ("marcus", "riverbend"),
        ("form_or_letter", "Leave papers for my knee surgery"),
        None,
        vec![
            patient(
                at((13, 50)),
                "My job needs the medical leave form before the 30th. Surgery is on the 4th and the surgeon says 6 weeks. \
                 I can drop the pages off or take a picture, whatever is easier for you.",
            ),
            staff("luis", at((14, 12)), Act::Read),
            staff("luis", at((14, 13)), Act::Assign("luis")),
        ],
    )
}

fn of_this_morning(days: &Days) -> Vec<Conversation> {
    let ago = |minutes| days.minutes_ago(minutes);
    vec![
        simple(
            ("tanya", "general_question", "Burning again since last night"),
            None,
            ago(149),
            "It burns when I pee and I have to go every half hour, it started around midnight. Feels exactly like the \
             infection in spring. No fever, no back pain. Last time the sulfa pills gave me that rash, so not those \
             please. Do I have to come in or can somebody call something in?",
        ),
        simple(
            ("susan", "referral", "Dermatology has not called"),
            None,
            ago(141),
            "Dr. Lindgren sent me to the skin doctor about the mole on my back. That was more than three weeks ago and \
             I have not heard a thing. Is there a number I can call myself?",
        ),
        simple(
            ("walter", "medicine", "Toe is on fire"),
            Some(About::Medicine("Allopurinol 100 mg tablet")),
            ago(133),
            "Gout is back in the left big toe since Sunday night, red and I can't stand the sheet on it. Do I stop the \
             allopurinol while it is bad or keep taking it? I have ibuprofen in the house. Walt",
        ),
        ruthanns_dizziness(days),
        simple(
            ("linh", "test_result", "Is 6.1 bad?"),
            Some(About::Result("Hemoglobin A1c")),
            ago(104),
            "My A1c went from 5.9 to 6.1 and I have been walking every day since last year. My mother has diabetes. Is \
             this still the \"pre\" kind? I would rather not start a pill if I can help it.",
        ),
        simple(
            ("patricia", "visit_follow_up", "Still coughing"),
            None,
            ago(83),
            "You saw me two weeks ago for bronchitis. The fever is gone but the cough is not, mostly at night, and I am \
             using the inhaler three or four times a day now. Is that too much?",
        ),
        simple(
            ("joseph", "general_question", "Shots for Ghana in January"),
            None,
            ago(77),
            "We are going to see my parents in Accra from January 8 to 30. Which shots do I need besides the ones I \
             have, and can I get the malaria pills from you or do I need a travel clinic?",
        ),
        simple(
            ("george", "appointment", "Metformin and the colonoscopy"),
            None,
            ago(58),
            "The colonoscopy is Thursday at 9. The prep sheet says clear liquids all day Wednesday and to ask about \
             diabetes pills. Do I skip the metformin Wednesday night, Thursday, or both?",
        ),
        simple(
            ("mei", "medicine", "Thyroid pill and calcium together?"),
            Some(About::Medicine("Levothyroxine 75 mcg tablet")),
            ago(24),
            "Since the bone scan I take calcium at breakfast. I read that it should not be taken with levothyroxine. How \
             many hours apart, and which one first? Thank you, Mei",
        ),
    ]
}

fn ruthanns_dizziness(days: &Days) -> Conversation {
    let ago = |minutes| days.minutes_ago(minutes);
    thread(
        ("ruthann", "riverbend"),
        ("medicine", "Dizzy when I stand up"),
        Some(About::Medicine("Amlodipine 10 mg tablet")),
        vec![
            patient(
                ago(112),
                "Since the stronger amlodipine I get dizzy when I stand up, and yesterday I had to hold on to the sink. \
                 This morning it was 104 over 58. I have not fallen. Should I go back to the small ones? I still have \
                 a bottle of those. Ruth Ann",
            ),
            staff("hallander", ago(66), Act::Read),
            staff(
                "hallander",
                ago(64),
                Act::Note(
                    "Called her: sitting, fine, will not drive. 104/58 again. Dr. Okafor, back to 5 mg?"
                        .into(),
                ),
            ),
            staff("hallander", ago(63), Act::Assign("okafor")),
        ],
    )
}

/// Begun by staff; the patient has answered.
fn owens_first_weeks(days: &Days) -> Conversation {
    thread(
        ("owen", "riverbend"),
        ("visit_follow_up", "Two weeks on sertraline"),
        Some(About::Medicine("Sertraline 50 mg tablet")),
        vec![
            staff(
                "maya",
                days.workdays_ago(2, (10, 15)),
                Act::Write(
                    "Hello Owen, you have been on sertraline for two weeks now. How are you sleeping, and is anything \
                     bothering you, stomach or otherwise? A few lines are enough. Maya"
                        .into(),
                ),
            ),
            patient_reads(days.workdays_ago(2, (18, 22))),
            patient(
                days.minutes_ago(33),
                "Hi Maya, sorry for the late answer. Sleep is better, I am up once instead of all night. Stomach was \
                 off the first week and is fine now. The worry is maybe a third less? Dr. Desai said we could go up \
                 after two weeks, is that still the plan?",
            ),
        ],
    )
}

/// Answered yesterday; something new came up.
fn lindas_tablets(days: &Days) -> Conversation {
    thread(
        ("linda", "riverbend"),
        ("medicine", "Sumatriptan at the pharmacy"),
        Some(About::Medicine("Sumatriptan 50 mg tablet")),
        vec![
            patient(
                days.workdays_ago(1, (9, 10)),
                "The pharmacy says my insurance pays for only 4 of the migraine tablets a month. I had 7 bad days in \
                 October. Can you do something?",
            ),
            staff("jonas", days.workdays_ago(1, (10, 31)), Act::Read),
            staff(
                "jonas",
                days.workdays_ago(1, (11, 20)),
                Act::Write(
                    "Hello Linda, yes. I have asked your plan to allow 9 a month and sent them your headache diary. They \
                     usually answer in a day. Jonas"
                        .into(),
                ),
            ),
            patient_reads(days.workdays_ago(1, (12, 4))),
            patient(
                days.minutes_ago(52),
                "Thank you Jonas. They called: they want Dr. Lindgren to fill in a page first and will fax it to you \
                 today. I am out of tablets, can I get the 4 meanwhile?",
            ),
        ],
    )
}

/// A warning sign, answered in time and closed.
fn vernons_chest(days: &Days) -> Conversation {
    let ago = |minutes| days.minutes_ago(minutes);
    thread(
        ("vernon", "riverbend"),
        ("general_question", "Tightness in my chest"),
        None,
        vec![
            patient(
                ago(95),
                "I have had a tight feeling across my chest since I carried the groceries in, maybe 20 minutes. It goes \
                 into the left arm a little. Probably nothing but my wife says to write.",
            ),
            staff("jonas", ago(93), Act::Read),
            staff(
                "jonas",
                ago(91),
                Act::Note("Called at once. Wife is with him, 911 called while I was on the line, ambulance there in 6 minutes.".into()),
            ),
            staff(
                "jonas",
                ago(84),
                Act::WriteAndClose(
                    "Mr. Pope, we have just spoken by phone and the ambulance is with you. I have told the emergency room at \
                     Valley Hospital that you are coming and Dr. Brandt knows. For a feeling like this please call 911 \
                     first, always. Jonas"
                        .into(),
                    "handled_by_phone",
                ),
            ),
        ],
    )
}
