//! The provider's share without the patient, worked by hand.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use proptest::prelude::*;
use study::share::{Band, Encounters, Provider};

fn encounters(messages: u64, others: u64) -> Encounters {
    Encounters { messages, others }
}

/// Dr. Okafor had 2 message encounters and 18 visits with Rosa, Ben and Ana:
///
/// | patient | messages | visits | all others: messages of encounters | share | band |
/// |---|---|---|---|---|---|
/// | Rosa | 2 | 2 | 0 of 16 | 0 % | <= 10 % |
/// | Ben | 0 | 10 | 2 of 10 | 20 % | > 10-20 % |
/// | Ana | 0 | 6 | 2 of 14 | 14.3 % | > 10-20 % |
///
/// With herself Rosa would count 2 of 20, 10 %. Carl, who never came, counts all: 2 of 20, <= 10 %.
fn okafor() -> Provider<&'static str> {
    let mut okafor = Provider::default();
    okafor.add("Rosa", encounters(2, 0));
    okafor.add("Rosa", encounters(0, 2));
    okafor.add("Ben", encounters(0, 10));
    okafor.add("Ana", encounters(0, 6));
    okafor
}

#[test]
fn each_patient_is_left_out_of_their_own_providers_share() {
    let bands = ["Rosa", "Ben", "Ana", "Carl"].map(|patient| okafor().without(&patient));
    assert_eq!(bands, [Band::UpTo10, Band::UpTo20, Band::UpTo20, Band::UpTo10]);
}

#[test]
fn a_provider_whose_patients_fall_into_two_bands_straddles() {
    assert_eq!(okafor().bands(&["Ben", "Ana"]), (vec![Band::UpTo20, Band::UpTo20], false));
    assert_eq!(okafor().bands(&["Rosa", "Ben"]), (vec![Band::UpTo10, Band::UpTo20], true));
    assert_eq!(okafor().bands(&[]), (vec![], false));
}

#[test]
fn a_provider_without_other_encounters_has_a_level_of_its_own() {
    let mut lund = Provider::default();
    assert_eq!(lund.without(&"Rosa"), Band::NoOthers);
    lund.add("Rosa", encounters(5, 5));
    assert_eq!(lund.bands(&["Rosa", "Ben"]), (vec![Band::NoOthers, Band::UpTo50], true));
}

#[test]
fn an_edge_belongs_to_the_band_below() {
    let bands = [(1, 9), (2, 8), (5, 5), (6, 4), (101, 899), (0, 1)].map(|(m, o)| encounters(m, o).band());
    assert_eq!(bands, [Band::UpTo10, Band::UpTo20, Band::UpTo50, Band::Over50, Band::UpTo20, Band::UpTo10]);
}

proptest! {
    #[test]
    fn leaving_one_out_is_summing_over_the_others(all in prop::collection::vec((0..40u64, 0..40u64), 1..30)) {
        let mut provider = Provider::default();
        for (patient, (messages, others)) in all.iter().enumerate() {
            provider.add(patient, encounters(*messages, *others));
        }
        for patient in 0..all.len() {
            let others = all.iter().enumerate().filter(|(other, _)| *other != patient);
            let (messages, visits) = others.fold((0, 0), |sum, (_, one)| (sum.0 + one.0, sum.1 + one.1));
            prop_assert_eq!(provider.without(&patient), encounters(messages, visits).band());
        }
    }
}
