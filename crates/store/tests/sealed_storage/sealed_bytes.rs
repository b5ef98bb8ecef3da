use proptest::prelude::*;
use store::keys::{DataKey, KeyOwner, OrganisationKeys};
use store::seal::{Dictionary, Place, SealError, open, seal, sealed_key_no};
use uuid::Uuid;

use crate::{key_of, patient};

const NOTE: &[u8] = b"My chest feels tight when I climb the stairs, should I come in tomorrow?";

fn place() -> Place<'static> {
    Place::of(patient(1), "message", b"row-1", "body")
}

fn any_dictionary() -> impl Strategy<Value = Dictionary> {
    prop_oneof![Just(Dictionary::Raw), Just(Dictionary::Record), Just(Dictionary::Message)]
}

#[test]
fn the_same_text_sealed_twice_gives_different_bytes_that_open_to_the_text() {
    let key = key_of(1);
    let first = seal(&key, place(), Dictionary::Message, NOTE).unwrap();
    let second = seal(&key, place(), Dictionary::Message, NOTE).unwrap();
    assert_ne!(first, second);
    assert_ne!(first[15..], second[15..]);
    assert_eq!(open(&key, place(), &first).unwrap(), NOTE);
    assert_eq!(open(&key, place(), &second).unwrap(), NOTE);
}

#[test]
fn a_flipped_bit_anywhere_in_the_sealed_bytes_is_refused() {
    let key = key_of(1);
    for dictionary in [Dictionary::Raw, Dictionary::Record, Dictionary::Message] {
        let sealed = seal(&key, place(), dictionary, NOTE).unwrap();
        for bit in 0..sealed.len() * 8 {
            let mut damaged = sealed.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert!(open(&key, place(), &damaged).is_err(), "bit {bit} of {dictionary:?}");
        }
    }
}

#[test]
fn sealed_bytes_cut_short_or_drawn_out_are_refused() {
    let key = key_of(1);
    let sealed = seal(&key, place(), Dictionary::Record, NOTE).unwrap();
    for length in 0..sealed.len() {
        assert!(open(&key, place(), &sealed[..length]).is_err());
    }
    let longer = [&sealed[..], b"x"].concat();
    assert_eq!(open(&key, place(), &longer), Err(SealError::Rejected));
}

#[test]
fn sealed_bytes_moved_to_another_place_are_refused() {
    let key = key_of(1);
    let sealed = seal(&key, place(), Dictionary::Message, NOTE).unwrap();
    let elsewhere = [
        Place { table: "thread", ..place() },
        Place { row: b"row-2", ..place() },
        Place { column: "subject", ..place() },
        place().version(2),
        // The same letters, divided otherwise.
        Place { table: "messager", row: b"ow-1", ..place() },
        Place { row: b"row-1b", column: "ody", ..place() },
    ];
    for other in elsewhere {
        assert_eq!(open(&key, other, &sealed), Err(SealError::Rejected), "{other:?}");
    }
}

#[test]
fn another_patients_key_or_a_newer_key_of_the_same_patient_does_not_open() {
    let sealed = seal(&key_of(1), place(), Dictionary::Message, NOTE).unwrap();
    assert_eq!(open(&key_of(1), place(), &sealed), Err(SealError::Rejected));
    assert_eq!(open(&key_of(2), place(), &sealed), Err(SealError::ForeignKey));
    let newer = DataKey::generate(KeyOwner::Patient(patient(1)), 2).unwrap();
    let refused = Err(SealError::OtherKey { sealed: 1, given: 2 });
    assert_eq!(open(&newer, place(), &sealed), refused);
}

#[test]
fn a_patients_data_cannot_be_sealed_under_the_organisations_key() {
    let organisation = DataKey::generate(KeyOwner::Organisation, 1).unwrap();
    let refused = seal(&organisation, place(), Dictionary::Message, NOTE);
    assert_eq!(refused, Err(SealError::ForeignKey));
    let ours = Place::of_organisation("account", b"row-1", "mail");
    let sealed = seal(&organisation, ours, Dictionary::Message, NOTE).unwrap();
    assert_eq!(open(&organisation, ours, &sealed).unwrap(), NOTE);
}

#[test]
fn each_study_has_its_own_key_and_the_same_one_after_a_restart() {
    let roots = store::keys::RootKeys::new(store::keys::RootKey::generate().unwrap());
    let data = DataKey::generate(KeyOwner::Organisation, 1).unwrap();
    let wrapped = data.wrap(roots.current()).unwrap();
    let again = DataKey::unwrap(&roots, KeyOwner::Organisation, 1, &wrapped).unwrap();
    let (before, after) = (OrganisationKeys::derive(data).unwrap(), OrganisationKeys::derive(again).unwrap());
    let row = Place::of_organisation("covariate", b"subject-7", "row");
    let study = Uuid::from_u128(7);
    let sealed = seal(&before.study(study).unwrap(), row, Dictionary::Record, NOTE).unwrap();
    assert_eq!(open(&after.study(study).unwrap(), row, &sealed).unwrap(), NOTE);
    let other = after.study(Uuid::from_u128(8)).unwrap();
    assert_eq!(open(&other, row, &sealed), Err(SealError::Rejected));
}

#[test]
fn the_key_number_is_read_from_the_sealed_bytes() {
    for number in [0, 1, 127, 128, 16_384, u32::MAX] {
        let key = DataKey::generate(KeyOwner::Patient(patient(1)), number).unwrap();
        let sealed = seal(&key, place(), Dictionary::Message, NOTE).unwrap();
        assert_eq!(sealed_key_no(&sealed), Some(number));
        assert_eq!(open(&key, place(), &sealed).unwrap(), NOTE);
    }
    assert_eq!(sealed_key_no(b""), None);
    assert_eq!(sealed_key_no(b"{\"resourceType\":\"Patient\"}"), None);
    assert_eq!(sealed_key_no(&[1, 0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01]), None);
    assert_eq!(sealed_key_no(&[1, 0, 0xff, 0xff, 0xff, 0xff, 0x1f]), None);
}

#[test]
fn a_dictionary_that_this_version_does_not_know_is_refused() {
    let key = key_of(1);
    let mut sealed = seal(&key, place(), Dictionary::Record, NOTE).unwrap();
    sealed[1] = 120;
    assert!(open(&key, place(), &sealed).is_err());
}

#[test]
fn short_content_costs_no_more_than_the_header_and_tag() {
    let sealed = seal(&key_of(1), place(), Dictionary::Message, b"ok").unwrap();
    assert_eq!(sealed.len(), 3 + 12 + 2 + 16);
}

#[test]
fn content_of_more_than_64_mebibytes_is_not_sealed() {
    let large = vec![0; 64 * 1024 * 1024 + 1];
    let refused = seal(&key_of(1), place(), Dictionary::Record, &large);
    assert_eq!(refused, Err(SealError::TooLarge(64 * 1024 * 1024)));
    let fits = seal(&key_of(1), place(), Dictionary::Record, &large[1..]);
    assert!(fits.unwrap().len() < 100_000);
}

#[test]
fn a_note_inside_a_record_packs_as_the_text_that_it_is() {
    use base64::Engine;
    let key = key_of(1);
    let note = String::from_utf8_lossy(NOTE).repeat(3);
    let data = base64::engine::general_purpose::STANDARD.encode(&note);
    let record = format!(r#"{{"content":[{{"attachment":{{"data":"{data}"}}}}]}}"#);
    let sealed = seal(&key, place(), Dictionary::Record, record.as_bytes()).unwrap();
    assert!(sealed.len() < record.len() / 2, "{} of {}", sealed.len(), record.len());
    assert_eq!(open(&key, place(), &sealed).unwrap(), record.as_bytes());
}

#[test]
fn what_only_looks_like_base64_stays_as_it_is_written() {
    let key = key_of(1);
    let long = "QUJD".repeat(20);
    let texts = [
        r#"{"data":"""#.to_owned(),
        format!(r#"{{"data":"{long}"#),
        format!(r#"{{"data":"{long}="}}"#),
        format!(r#"{{"data":"{long}QUI="}}"#),
        format!(r#"{{"data":"{long}QUJ="}}"#),
        format!(r#"{{"data":"{long}QQ"}}"#),
        format!(r#"{{"data":"{long}\n{long}"}}"#),
        format!(r#"{{"data":"1.2 E L 3.4 {long}","data":"{long}"}}"#),
        format!(r#"{{"data":"{long}","data":"data","x":[{{"data":"{long}"}}],"data":"{long}"#),
    ];
    for text in texts {
        let sealed = seal(&key, place(), Dictionary::Record, text.as_bytes()).unwrap();
        assert_eq!(open(&key, place(), &sealed).unwrap(), text.as_bytes(), "{text}");
    }
}

proptest! {
    #[test]
    fn records_with_any_attachments_come_back_as_they_were(
        files in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..200), 0..6),
        noise in "[\"a-zA-Z0-9+/=:]{0,60}",
    ) {
        use base64::Engine;
        let key = key_of(1);
        let members: Vec<String> = files
            .iter()
            .map(|file| base64::engine::general_purpose::STANDARD.encode(file))
            .map(|data| format!(r#"{{"data":"{data}"}}{noise}"#))
            .collect();
        let record = members.join(",");
        let sealed = seal(&key, place(), Dictionary::Record, record.as_bytes()).unwrap();
        prop_assert_eq!(open(&key, place(), &sealed).unwrap(), record.as_bytes());
    }

    #[test]
    fn any_bytes_come_back_as_they_were(
        plain in proptest::collection::vec(any::<u8>(), 0..4000),
        repeat in 1usize..40,
        dictionary in any_dictionary(),
    ) {
        let key = key_of(1);
        let plain = plain.repeat(repeat);
        let sealed = seal(&key, place(), dictionary, &plain).unwrap();
        prop_assert!(sealed.len() <= plain.len() + 31);
        prop_assert_eq!(open(&key, place(), &sealed).unwrap(), plain);
    }

    #[test]
    fn no_word_of_six_letters_of_the_text_is_in_the_sealed_bytes(
        words in proptest::collection::vec("[a-z]{6,12}", 1..60),
        dictionary in any_dictionary(),
    ) {
        let text = words.join(" ");
        let sealed = seal(&key_of(1), place(), dictionary, text.as_bytes()).unwrap();
        let lower = sealed.to_ascii_lowercase();
        for word in &words {
            let found = lower.windows(word.len()).any(|part| part == word.as_bytes());
            prop_assert!(!found, "{} is readable", word);
        }
    }

    #[test]
    fn arbitrary_bytes_never_open(
        bytes in proptest::collection::vec(any::<u8>(), 0..300),
        packing in any::<u8>(),
    ) {
        let key = key_of(1);
        prop_assert!(open(&key, place(), &bytes).is_err());
        let with_header = [&[1, packing, 1][..], &bytes].concat();
        prop_assert!(open(&key, place(), &with_header).is_err());
    }

    #[test]
    fn places_that_differ_in_any_part_do_not_open_each_others_bytes(
        left in ("[a-c]{0,3}", "[a-c]{0,3}", "[a-c]{0,3}", 0i64..3),
        right in ("[a-c]{0,3}", "[a-c]{0,3}", "[a-c]{0,3}", 0i64..3),
    ) {
        let key = key_of(1);
        let at = |parts: &(String, String, String, i64)| -> Vec<u8> {
            let place = Place::of(patient(1), &parts.0, parts.1.as_bytes(), &parts.2);
            seal(&key, place.version(parts.3), Dictionary::Raw, NOTE).unwrap()
        };
        let sealed = at(&left);
        let other = Place::of(patient(1), &right.0, right.1.as_bytes(), &right.2).version(right.3);
        prop_assert_eq!(open(&key, other, &sealed).is_ok(), left == right);
    }
}
