//! Threads of Dr. Okafor's patients with Riverbend Nurses.

use super::{About, Act, Conversation, patient, patient_reads, staff, thread};
use crate::days::Days;

pub fn conversations(days: &Days) -> Vec<Conversation> {
    vec![
        rosas_refill(days),
        rosas_visit(days),
        tyrones_mornings(days),
        jamess_inhaler(days),
        eleanors_dentist(days),
        miguels_readings(days),
        aishas_thyroid(days),
        graces_mammogram(days),
        daniels_note(days),
    ]
}

fn rosas_refill(days: &Days) -> Conversation {
    let day = |time| days.about_days_ago(21, time);
    thread(
        ("rosa", "riverbend"),
        ("refill", "Lisinopril is almost gone"),
        Some(About::Medicine("Lisinopril 20 mg tablet")),
        vec![
            patient(
                day((8, 12)),
                "Good morning. I have five lisinopril pills left, and there are no refills on the bottle. Could you \
                 send a new prescription to the pharmacy on Ferry Street? I feel fine on it. Thank you, Rosa",
            ),
            staff("maya", day((9, 31)), Act::Read),
            staff(
                "maya",
                day((15, 34)),
                Act::WriteAndClose(
                    "Good afternoon, Rosa. Dr. Okafor has sent it: lisinopril 20 mg, one tablet every morning, enough \
                     for 90 days. It should be ready after 5 PM. She would also like a potassium test before your \
                     visit, because this medicine can raise potassium. Maya".into(),
                    "refill_done",
                ),
            ),
            patient_reads(day((18, 2))),
        ],
    )
}

/// Answered this morning; she has not seen it yet.
fn rosas_visit(days: &Days) -> Conversation {
    thread(
        ("rosa", "riverbend"),
        ("appointment", "My visit on the 8th"),
        None,
        vec![
            patient(
                days.workdays_ago(1, (15, 20)),
                "Could my visit on the 8th be in the afternoon? The early bus does not run that week. Any time after 1 is \
                 fine. Rosa Delgado",
            ),
            staff("luis", days.workdays_ago(1, (15, 51)), Act::Read),
            staff(
                "luis",
                days.minutes_ago(76),
                Act::Write(
                    "Good morning, Mrs. Delgado. You now have 1:40 in the afternoon on the 8th, the same day with Dr. \
                     Okafor. Please bring your pill bottles. Luis, front desk"
                        .into(),
                ),
            ),
        ],
    )
}

fn tyrones_mornings(days: &Days) -> Conversation {
    thread(
        ("tyrone", "riverbend"),
        ("medicine", "My sugar is low in the morning"),
        Some(About::Medicine("Insulin glargine pen, 100 units/mL")),
        vec![patient(
            days.workdays_ago(1, (9, 18)),
            "Since last week my sugar is between 66 and 74 when I wake up. I feel shaky until I eat something. I take \
             18 units of the insulin at bedtime like you told me. Should I take less?",
        )],
    )
}

fn jamess_inhaler(days: &Days) -> Conversation {
    thread(
        ("james", "riverbend"),
        ("refill", "Albuterol inhaler"),
        Some(About::Medicine("Albuterol inhaler, 90 mcg a puff")),
        vec![patient(
            days.minutes_ago(128),
            "My albuterol counter shows 12 puffs. I used it more than usual because of the smoke this month. Can I \
             get another one? Same pharmacy.",
        )],
    )
}

fn eleanors_dentist(days: &Days) -> Conversation {
    thread(
        ("eleanor", "riverbend"),
        ("medicine", "Eliquis before the dentist"),
        Some(About::Medicine("Apixaban (Eliquis) 5 mg tablet")),
        vec![
            patient(
                days.minutes_ago(96),
                "The dentist will pull a tooth next Tuesday and asked if I should stop Eliquis before. I do not want \
                 to do that without hearing from you. My daughter can drive me if you need to see me.",
            ),
            staff("maya", days.minutes_ago(71), Act::Read),
            staff(
                "maya",
                days.minutes_ago(69),
                Act::Note(
                    "One tooth, no sedation, I called the dentist's office. Creatinine 1.0, hemoglobin 12.6 in the \
                     last check. Dr. Okafor, keep going or skip the morning dose?".into(),
                ),
            ),
            staff("maya", days.minutes_ago(68), Act::Assign("okafor")),
        ],
    )
}

fn miguels_readings(days: &Days) -> Conversation {
    thread(
        ("miguel", "riverbend"),
        ("general_question", "Mi presión en la casa"),
        None,
        vec![patient(
            days.minutes_ago(41),
            "Buenos días. Medí mi presión en la casa toda la semana, como me pidieron: casi siempre sale 150/92 por \
             la mañana y 140/86 por la noche. Tomo la amlodipina todos los días. ¿Hace falta cambiar algo antes de mi \
             cita? Gracias, Miguel Santos",
        )],
    )
}

fn aishas_thyroid(days: &Days) -> Conversation {
    thread(
        ("aisha", "riverbend"),
        ("test_result", "Thyroid stimulating hormone (TSH)"),
        Some(About::Result("Thyroid stimulating hormone (TSH)")),
        vec![
            patient(
                days.workdays_ago(1, (8, 41)),
                "I saw that my TSH is 2.9 now. Does that mean that the dose is right? I still get tired in the \
                 afternoon.",
            ),
            staff("jonas", days.workdays_ago(1, (10, 5)), Act::Read),
            staff(
                "okafor",
                days.workdays_ago(1, (11, 47)),
                Act::Write(
                    "Yes, 2.9 is where we want it, so please stay on 75 mcg. Being tired can take some weeks longer \
                     than the number. If it is not better by the end of next month, write to us here and we will \
                     look at iron and sleep as well. Grace Okafor".into(),
                ),
            ),
        ],
    )
}

fn graces_mammogram(days: &Days) -> Conversation {
    thread(
        ("grace", "riverbend"),
        ("appointment", "Time for your yearly mammogram"),
        None,
        vec![
            staff(
                "maya",
                days.workdays_ago(3, (14, 20)),
                Act::Write(
                    "Hello Grace, your last mammogram was in fall of last year, so the next one is due. You can call \
                     the imaging center at (555) 010-0177; the order is there. Write to us if the times do not work \
                     for you. Maya".into(),
                ),
            ),
            patient_reads(days.workdays_ago(3, (19, 40))),
        ],
    )
}

fn daniels_note(days: &Days) -> Conversation {
    thread(
        ("daniel", "riverbend"),
        ("form_or_letter", "Note for work"),
        None,
        vec![
            patient(
                days.workdays_ago(6, (12, 3)),
                "My boss needs a note that I should not lift more than 20 pounds until my back is checked again. \
                 Could you write one? I can pick it up.",
            ),
            staff("maya", days.workdays_ago(6, (12, 50)), Act::Read),
            staff("maya", days.workdays_ago(6, (12, 52)), Act::Assign("luis")),
            staff(
                "okafor",
                days.workdays_ago(6, (14, 10)),
                Act::Note(
                    "Fine with me: no lifting over 20 lb for 4 weeks. Luis, the letter is signed.".into(),
                ),
            ),
            staff(
                "luis",
                days.workdays_ago(6, (15, 26)),
                Act::WriteAndClose(
                    "Hello Daniel, the letter is at the front desk. We are here until 5 PM. Luis".into(),
                    "form_done",
                ),
            ),
            patient_reads(days.workdays_ago(6, (15, 44))),
        ],
    )
}
