use proptest::prelude::*;
use store::activation_code::ActivationCode;
use store::keys::{DataKey, KeyOwner, OrganisationKeys};
use store::secret_token::SecretToken;

fn organisation() -> OrganisationKeys {
    OrganisationKeys::derive(DataKey::generate(KeyOwner::Organisation, 1).unwrap()).unwrap()
}

#[test]
fn a_session_token_is_recognised_by_its_hash_for_its_own_use_only() {
    let (keys, others) = (organisation(), organisation());
    let token = SecretToken::generate().unwrap();
    let stored = token.hash(keys.pepper(), "session");
    let returned = SecretToken::parse(&token.reveal()).unwrap();
    assert!(returned.matches(keys.pepper(), "session", &stored));
    assert_eq!(returned.hash(keys.pepper(), "session"), stored);
    assert!(!returned.matches(keys.pepper(), "first sign-in", &stored));
    assert!(!returned.matches(others.pepper(), "session", &stored));
    assert!(!returned.matches(keys.pepper(), "session", &stored[..31]));
    assert!(!SecretToken::generate().unwrap().matches(keys.pepper(), "session", &stored));
}

#[test]
fn the_text_of_a_token_has_one_spelling() {
    let text = SecretToken::generate().unwrap().reveal();
    assert_eq!(text.len(), 43);
    assert!(text.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    for other in ["", "x", &text[1..], &format!("{text}A"), &format!("{text}="), &format!(" {text}")] {
        assert!(SecretToken::parse(other).is_none(), "{other:?}");
    }
}

#[test]
fn an_activation_code_is_printed_in_three_groups_and_survives_typing() {
    let keys = organisation();
    for _ in 0..200 {
        let code = ActivationCode::generate().unwrap();
        let stored = code.hash(keys.pepper());
        let printed = code.printed();
        assert_eq!(printed.len(), 14);
        assert_eq!((&printed[4..5], &printed[9..10]), ("-", "-"));
        assert!(!printed.contains(['I', 'L', 'O', 'U']));
        let typed = [
            printed.clone(),
            printed.to_lowercase(),
            printed.replace('-', ""),
            format!("  {} ", printed.replace('-', " – ")),
            printed.replace('0', "O").replace('1', "l"),
            printed.replace('0', "o").replace('1', "I"),
        ];
        for text in typed {
            let read = ActivationCode::parse(&text).unwrap();
            assert!(read.matches(keys.pepper(), &stored), "{text}");
        }
        assert!(!ActivationCode::generate().unwrap().matches(keys.pepper(), &stored));
    }
}

#[test]
fn what_cannot_be_an_activation_code_is_refused() {
    for typed in ["", "ABCD-EFGH-JKM", "ABCD-EFGH-JKMNP", "ABCD-EFGH-JKMU", "ABCD-EFGH-JK\u{141}M"] {
        assert!(ActivationCode::parse(typed).is_none(), "{typed}");
    }
}

#[test]
fn every_letter_of_the_alphabet_is_drawn() {
    let drawn: String = (0..400).map(|_| ActivationCode::generate().unwrap().printed()).collect();
    let letters: std::collections::HashSet<char> = drawn.chars().filter(|c| *c != '-').collect();
    assert_eq!(letters.len(), 32);
}

proptest! {
    #[test]
    fn reading_what_somebody_typed_never_fails_oddly(typed in "\\PC{0,20}") {
        if let Some(code) = ActivationCode::parse(&typed) {
            let printed = code.printed();
            prop_assert!(ActivationCode::parse(&printed).is_some_and(|again| again == code));
        }
        let _ = SecretToken::parse(&typed);
    }
}
