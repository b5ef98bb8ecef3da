use store::keys::{DataKey, KeyError, KeyOwner, RootKey, RootKeys, wrapped_root_key_id};
use store::seal::{Dictionary, Place, open, seal};

use crate::patient;

const OWNER: KeyOwner = KeyOwner::Organisation;

fn roots() -> RootKeys {
    RootKeys::new(RootKey::generate().unwrap())
}

fn opens_what(first: &DataKey, second: &DataKey) -> bool {
    let place = Place { patient: first.owner().uuid(), ..Place::of_organisation("t", b"r", "c") };
    let sealed = seal(first, place, Dictionary::Raw, b"proof").unwrap();
    open(second, place, &sealed).is_ok()
}

#[test]
fn a_wrapped_key_comes_back_and_seals_the_same() {
    let roots = roots();
    for owner in [OWNER, KeyOwner::Patient(patient(1))] {
        let key = DataKey::generate(owner, 3).unwrap();
        let wrapped = key.wrap(roots.current()).unwrap();
        assert_eq!(wrapped.len(), 69);
        let again = DataKey::unwrap(&roots, owner, 3, &wrapped).unwrap();
        assert_eq!((again.owner(), again.number()), (owner, 3));
        assert!(opens_what(&key, &again));
    }
}

#[test]
fn a_wrapped_key_given_to_another_owner_or_number_is_refused() {
    let roots = roots();
    let key = DataKey::generate(KeyOwner::Patient(patient(1)), 1).unwrap();
    let wrapped = key.wrap(roots.current()).unwrap();
    let claims = [
        (KeyOwner::Patient(patient(2)), 1),
        (KeyOwner::Patient(patient(1)), 2),
        (KeyOwner::Patient(uuid::Uuid::nil()), 1),
        (OWNER, 1),
    ];
    for (owner, number) in claims {
        let refused = DataKey::unwrap(&roots, owner, number, &wrapped);
        assert!(matches!(refused, Err(KeyError::Unwrap)), "{owner:?} {number}");
    }
}

#[test]
fn the_organisations_key_is_not_the_key_of_a_patient_with_the_nil_id() {
    let roots = roots();
    let wrapped = DataKey::generate(OWNER, 1).unwrap().wrap(roots.current()).unwrap();
    let nil = KeyOwner::Patient(uuid::Uuid::nil());
    assert!(DataKey::unwrap(&roots, nil, 1, &wrapped).is_err());
}

#[test]
fn a_flipped_bit_anywhere_in_a_wrapped_key_is_refused() {
    let roots = roots();
    let wrapped = DataKey::generate(OWNER, 1).unwrap().wrap(roots.current()).unwrap();
    for bit in 0..wrapped.len() * 8 {
        let mut damaged = wrapped.clone();
        damaged[bit / 8] ^= 1 << (bit % 8);
        assert!(DataKey::unwrap(&roots, OWNER, 1, &damaged).is_err(), "bit {bit}");
    }
    for length in 0..wrapped.len() {
        assert!(DataKey::unwrap(&roots, OWNER, 1, &wrapped[..length]).is_err());
    }
}

#[test]
fn a_rotation_rewraps_data_keys_and_then_forgets_the_former_root_key() {
    let mut roots = roots();
    let key = DataKey::generate(OWNER, 1).unwrap();
    let old = key.wrap(roots.current()).unwrap();
    roots.rotate(RootKey::generate().unwrap());
    assert_ne!(wrapped_root_key_id(&old), Some(roots.current().id()));

    let during = DataKey::unwrap(&roots, OWNER, 1, &old).unwrap();
    let new = during.wrap(roots.current()).unwrap();
    assert_eq!(wrapped_root_key_id(&new), Some(roots.current().id()));

    roots.forget_former();
    let after = DataKey::unwrap(&roots, OWNER, 1, &new).unwrap();
    assert!(opens_what(&key, &after));
    let lost = DataKey::unwrap(&roots, OWNER, 1, &old);
    assert!(matches!(lost, Err(KeyError::UnknownRootKey(_))));
}
