//! How much a reading looks at: counted, not timed. However a text is made, twice of it is twice the work.

use super::rules::RedFlags;
use std::cell::Cell;

thread_local! {
    /// Phrases that were held against a place of a text.
    pub(super) static LOOKS: Cell<u64> = const { Cell::new(0) };
}

fn looks_at(text: &str) -> u64 {
    let before = LOOKS.get();
    let _ = RedFlags::built_in().read(text);
    LOOKS.get() - before
}

#[test]
fn a_sentence_that_never_ends_costs_what_its_words_cost() {
    for phrase in [
        "no chest pain ",
        "no chest pain, ",
        "chest pain in 1990 ",
        "no fever, chest pain or cough, ",
        "chest x ray pain no ",
        "chest chest chest pain pain no ",
        "i took no pills ",
        "nunca dolor de pecho pero ",
    ] {
        let (once, twice) = (looks_at(&phrase.repeat(400)), looks_at(&phrase.repeat(800)));
        assert!(once > 0 && twice <= once * 21 / 10, "{phrase:?}: {once}, then {twice}");
    }
}
