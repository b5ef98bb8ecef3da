use store::chain::{ChainBreak, ChainHead, ChainKey, Link, StoredRow};
use store::keys::{DataKey, KeyOwner, OrganisationKeys};

fn organisation() -> OrganisationKeys {
    OrganisationKeys::derive(DataKey::generate(KeyOwner::Organisation, 1).unwrap()).unwrap()
}

fn hash_of(number: i64) -> [u8; 32] {
    StoredRow::of("audit").integer(number).text("read").hash()
}

fn links(key: &ChainKey, count: i64) -> (ChainHead, Vec<Link>) {
    let mut head = key.start(b"patient-1");
    let links = (1..=count)
        .map(|number| {
            let hash = hash_of(number);
            head = key.extend(&head, &hash);
            Link { seq: head.seq, hash, mac: head.mac }
        })
        .collect();
    (head, links)
}

#[test]
fn an_untouched_chain_verifies_to_its_head_in_one_go_or_in_parts() {
    let keys = organisation();
    let (head, links) = links(keys.chain(), 20);
    let start = keys.chain().start(b"patient-1");
    assert_eq!(keys.chain().verify(start, links.iter().copied()), Ok(head));
    let middle = keys.chain().verify(start, links[..9].iter().copied()).unwrap();
    assert_eq!(middle.seq, 9);
    assert_eq!(keys.chain().verify(middle, links[9..].iter().copied()), Ok(head));
}

#[test]
fn the_first_changed_missing_added_or_moved_row_is_named() {
    let keys = organisation();
    let (_, good) = links(keys.chain(), 8);
    let check = |links: &[Link]| keys.chain().verify(keys.chain().start(b"patient-1"), links.iter().copied());

    let mut changed = good.clone();
    changed[4].hash = hash_of(99);
    changed[6].hash = hash_of(99);
    assert_eq!(check(&changed), Err(ChainBreak::Changed { seq: 5 }));

    let mut missing = good.clone();
    missing.remove(2);
    assert_eq!(check(&missing), Err(ChainBreak::Gap { expected: 3, found: 4 }));

    let mut renumbered = missing;
    renumbered[2].seq = 3;
    assert_eq!(check(&renumbered), Err(ChainBreak::Changed { seq: 3 }));

    let mut moved = good.clone();
    moved.swap(0, 1);
    assert_eq!(check(&moved), Err(ChainBreak::Gap { expected: 1, found: 2 }));

    let mut added = good.clone();
    added.push(Link { seq: 9, hash: hash_of(9), mac: [7; 32] });
    assert_eq!(check(&added), Err(ChainBreak::Changed { seq: 9 }));
}

#[test]
fn a_chain_of_another_patient_or_another_key_does_not_verify() {
    let keys = organisation();
    let (_, links) = links(keys.chain(), 3);
    let other_patient = keys.chain().start(b"patient-2");
    let broken = Err(ChainBreak::Changed { seq: 1 });
    assert_eq!(keys.chain().verify(other_patient, links.iter().copied()), broken);
    let others = organisation();
    let start = others.chain().start(b"patient-1");
    assert_eq!(others.chain().verify(start, links.iter().copied()), broken);
}

#[test]
fn rows_that_differ_in_kind_order_or_division_hash_differently() {
    let row = || StoredRow::of("audit");
    let hashes = [
        row().hash(),
        StoredRow::of("audit2").hash(),
        row().null().hash(),
        row().text("").hash(),
        row().bytes(b"").hash(),
        row().text("ab").text("c").hash(),
        row().text("a").text("bc").hash(),
        row().text("abc").hash(),
        row().bytes(b"abc").hash(),
        row().integer(1).hash(),
        row().boolean(true).hash(),
        row().integer_or_null(None).integer(1).hash(),
        row().integer(1).text_or_null(None).hash(),
        row().bytes_or_null(Some(b"abd")).hash(),
    ];
    let distinct: std::collections::HashSet<_> = hashes.iter().collect();
    assert_eq!(distinct.len(), hashes.len());
}
