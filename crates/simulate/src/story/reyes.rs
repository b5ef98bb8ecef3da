//! Threads of Dr. Reyes's care team.

use super::{About, Act, Conversation, patient, patient_reads, staff, thread};
use crate::days::Days;

pub fn conversations(days: &Days) -> Vec<Conversation> {
    vec![weis_cholesterol(days), sofias_sleep(days), noahs_form(days)]
}

fn weis_cholesterol(days: &Days) -> Conversation {
    thread(
        ("wei", "harbor"),
        ("test_result", "LDL cholesterol"),
        Some(About::Result("LDL cholesterol")),
        vec![
            patient(
                days.minutes_ago(118),
                "LDL went from 171 to 128 with the simvastatin. Is that low enough, or should the dose go up? My \
                 brother had a stent at 57.",
            ),
            staff("ana", days.minutes_ago(62), Act::Read),
            staff("ana", days.minutes_ago(61), Act::Assign("ana")),
        ],
    )
}

fn sofias_sleep(days: &Days) -> Conversation {
    thread(
        ("sofia", "harbor"),
        ("medicine", "Sleeping badly with sertraline"),
        Some(About::Medicine("Sertraline 50 mg tablet")),
        vec![
            patient(
                days.workdays_ago(4, (7, 52)),
                "The sertraline helps, but I wake up at 3 AM most nights since I take it. Is there something I can \
                 do?",
            ),
            staff("ana", days.workdays_ago(4, (8, 40)), Act::Read),
            staff(
                "ana",
                days.workdays_ago(4, (9, 15)),
                Act::Note(
                    "Takes it at night. Suggested mornings by phone, she agrees. Visit booked with Dr. Reyes.".into(),
                ),
            ),
            staff("ana", days.workdays_ago(4, (9, 16)), Act::Close("handled_by_phone")),
            patient_reads(days.workdays_ago(4, (12, 31))),
        ],
    )
}

fn noahs_form(days: &Days) -> Conversation {
    thread(
        ("noah", "harbor"),
        ("form_or_letter", "Form for the rowing team"),
        None,
        vec![
            patient(
                days.workdays_ago(2, (16, 5)),
                "Coach wants the sports form by Friday. It asks about asthma and when I last used my inhaler. I can \
                 bring it in.",
            ),
            staff("ana", days.workdays_ago(1, (8, 25)), Act::Read),
            staff(
                "ana",
                days.workdays_ago(1, (8, 33)),
                Act::Write(
                    "Hi Noah, please bring it any day before noon, Dr. Reyes signs them at lunch. Write down when you \
                     used the inhaler in the last two weeks, and we will fill in the rest. Ana".into(),
                ),
            ),
            patient_reads(days.workdays_ago(1, (9, 2))),
        ],
    )
}
