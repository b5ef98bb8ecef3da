//! What patients write, read by the built-in rules as a clinician would read it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use domain::red_flags::{Advice, Miss, RedFlags, SENTENCES, UNSEEN, sentences};
use proptest::prelude::*;

fn told(misses: &[Miss]) -> String {
    let line = |miss: &Miss| {
        let Miss { sentence, overlooked, invented } = miss;
        format!("line {}: overlooked {overlooked:?}, invented {invented:?}: {}", sentence.line, sentence.text)
    };
    misses.iter().map(line).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_sentence_of_the_table_is_read_as_it_says() {
    let table = sentences(SENTENCES).unwrap();
    let rules = RedFlags::built_in();
    let known = |sign: &String| rules.sign(sign).is_some();
    assert!(table.len() >= 150 && table.iter().all(|one| one.signs.iter().all(known)));
    for sign in rules.signs() {
        for language in ["en", "es"] {
            let speaks = |one: &&domain::red_flags::Sentence| {
                one.language.tag() == language && one.signs.contains(&sign.word)
            };
            assert!(table.iter().filter(speaks).count() >= 2, "{} in {language}", sign.word);
        }
    }
    let measured = rules.measure(&table);
    assert!(
        measured.misses.is_empty(),
        "{} of {}:\n{}",
        measured.misses.len(),
        measured.sentences,
        told(&measured.misses)
    );
}

#[test]
fn of_sentences_that_no_rule_was_made_by_most_are_read_rightly() {
    let measured = RedFlags::built_in().measure(&sentences(UNSEEN).unwrap());
    let all = measured.all();
    let (found, right) = (all.sensitivity().unwrap(), all.predictive_value().unwrap());
    let said = format!("sensitivity {found:.2}, predictive value {right:.2}\n{}", told(&measured.misses));
    assert!(measured.sentences >= 80 && found >= 0.85 && right >= 0.95, "{said}");
    assert_eq!(measured.false_alarms, 0, "{said}");
}

#[test]
fn what_to_do_comes_with_the_sign_the_most_pressing_first() {
    let rules = RedFlags::built_in();
    assert_eq!(rules.advice(&rules.read("I want to kill myself")), [Advice::Call988]);
    let both = rules.read("I took the whole bottle and I can't breathe");
    assert_eq!(both, ["breathing", "overdose"]);
    assert_eq!(rules.advice(&both), [Advice::Call911, Advice::CallPoisonControl]);
    assert_eq!(rules.label("chest_pain").es, "dolor de pecho");
    assert_eq!(rules.label("no_longer_there").en, "no longer there");
}

#[test]
fn a_clinician_can_write_rules_and_is_told_the_line_of_a_slip() {
    let own = "[words]\nfeet: foot, feet\n[context]\nnot before: no\n[feet]\nen: cold feet\nes: pies fríos\ndo: clinic\n";
    let rules = RedFlags::parse(&format!("{own}- cold ~ <feet>\n! cold hands\n")).unwrap();
    assert_eq!(rules.read("My FEET are so cold"), ["feet"]);
    assert!(rules.read("no cold feet").is_empty());
    for (line, slip) in [
        (9, "- cold ~ <foots>"),
        (9, "- cold ~"),
        (9, "do: shout"),
        (9, "cold feet"),
        (9, "[Feet]"),
        (9, "[feet]"),
    ] {
        assert_eq!(RedFlags::parse(&format!("{own}{slip}\n")).unwrap_err().line, line, "{slip}");
    }
    assert!(RedFlags::parse(own).is_err(), "a sign without a rule finds nothing");
    assert!(RedFlags::parse("").is_err());
}

#[test]
fn a_long_letter_is_read_in_a_moment_and_a_word_is_found_at_its_end() {
    let day = "I slept well, took the pills with water and walked to the river with my sister. ";
    let letter = format!("{}My chest hurts.", day.repeat(250));
    assert_eq!(RedFlags::built_in().read(&letter), ["chest_pain"]);
}

proptest! {
    #[test]
    fn no_text_stops_the_reading(text in "\\PC{0,200}") {
        RedFlags::built_in().read(&text);
    }

    #[test]
    fn what_stands_in_another_sentence_does_not_hide_a_sign(before in "[a-z ]{0,60}", after in "[a-z ]{0,60}") {
        let found = RedFlags::built_in().read(&format!("{before}. My chest hurts. {after}"));
        prop_assert!(found.contains(&"chest_pain".to_owned()));
    }
}
