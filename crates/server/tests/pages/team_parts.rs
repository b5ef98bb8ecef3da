//! Parts of the team's pages that leave them: the note for another record, and what an open
//! conversation fetches.

use crate::people::Reader;
use crate::people::id;
use crate::team_samples::{entries_part, inbox, samples};
use domain::id::ThreadId;
use domain::inbox::View;
use server::web::team::place::next;

fn page(reader: Reader, name: &str) -> String {
    samples(reader).into_iter().find(|(known, _)| known == name).unwrap().1
}

/// The text of the note, as a browser gives it to the clipboard.
fn note(reader: Reader, name: &str) -> String {
    let html = page(reader, name);
    let text = html.split("<textarea id=\"note-text\"").nth(1).unwrap();
    let text = text.split_once('>').unwrap().1.split("</textarea>").next().unwrap();
    text.replace("&#39;", "'").replace("&#60;", "<").replace("&#62;", ">").replace("&#38;", "&")
}

#[test]
fn a_copied_note_says_who_when_and_what_and_leaves_out_what_is_internal() {
    let [english, _, spanish, _] = Reader::ALL;
    let text = note(english, "team-copy");
    for part in [
        "Patient: Rosa Alvarez (called Rosie), born April 2, 1961 (65 years), MRN MRN-004211",
        "Subject: Potassium",
        "About: Potassium 5.4 mmol/L, usual range 3.5 to 5.1",
        "Rosa Alvarez (Patient)\nIs this number anything",
        "Nadia Okafor (Nurse)\nGood news",
        "Ana Ruiz for Rosa Alvarez\nThank you",
        "Copied by Nadia Okafor, November 23, 2026, 12:41 PM",
    ] {
        assert!(text.contains(part), "{part:?} stands in\n{text}");
    }
    for internal in ["Dr. Lund wants a repeat", "Wrong button", "<time"] {
        assert!(!text.contains(internal), "{internal:?} does not stand in\n{text}");
    }
    assert!(note(spanish, "team-copy").contains("nacimiento 2 de abril de 1961 (65 años)"));
    let bare = note(english, "team-copy-bare");
    assert!(bare.contains("Patient: Grace O'Neil <b>\n"), "{bare}");
}

#[test]
fn an_open_page_fetches_the_same_entries_that_it_shows_and_nothing_of_list_or_chart() {
    for reader in Reader::ALL {
        let part = entries_part(reader);
        let list = |html: &str| {
            html.split("<ol").nth(1).and_then(|rest| rest.split("</ol>").next()).map(str::to_owned)
        };
        assert!(list(&part).is_some_and(|entries| entries.contains("Is this number anything")));
        assert_eq!(list(&part), list(&page(reader, "team-thread")));
        assert!(!part.contains("data-list") && !part.contains("MRN-004211"));
    }
}

#[test]
fn after_an_answer_the_row_below_opens_at_the_end_the_first_and_at_last_the_list() {
    let thread = |n: u128| ThreadId(id(100 + n));
    let elsewhere = ThreadId(id(900));
    let three = inbox(View::Mine, 3);
    assert_eq!(next(&three, thread(0), None), Some(thread(1)));
    assert_eq!(next(&three, thread(2), Some(elsewhere)), Some(thread(0)), "the list goes round");
    assert_eq!(next(&inbox(View::Mine, 1), thread(0), Some(elsewhere)), None, "nothing is left in this list");
    assert_eq!(
        next(&three, elsewhere, Some(thread(7))),
        Some(thread(7)),
        "it was opened from beside the list"
    );
}
