use store::keys::DataKey;
use store::seal::{CHUNK_BYTES, ChunkOpener, FileKey, Place, SealError};

use crate::{key_of, patient};

fn place() -> Place<'static> {
    Place::of(patient(1), "attachment", b"file-1", "file_key")
}

fn file_of(length: usize) -> Vec<u8> {
    (0..length).map(|at| (at * 31 % 251) as u8).collect()
}

fn sealed_file(key: &DataKey, file: &[u8]) -> (ChunkOpener, Vec<Vec<u8>>) {
    let file_key = FileKey::generate().unwrap();
    let wrapped = file_key.wrap(key, place()).unwrap();
    let chunks = file_key.sealer().unwrap().seal_all(file).unwrap();
    (ChunkOpener::unwrap(key, place(), &wrapped).unwrap(), chunks)
}

#[test]
fn files_of_every_awkward_length_come_back() {
    let key = key_of(1);
    let lengths = [
        (0, 1),
        (1, 1),
        (CHUNK_BYTES - 1, 1),
        (CHUNK_BYTES, 1),
        (CHUNK_BYTES + 1, 2),
        (3 * CHUNK_BYTES, 3),
        (3 * CHUNK_BYTES + 7, 4),
    ];
    for (length, count) in lengths {
        let file = file_of(length);
        let (opener, chunks) = sealed_file(&key, &file);
        assert_eq!(chunks.len(), count, "a file of {length} bytes");
        assert_eq!(opener.open_all(&chunks).unwrap(), file);
    }
}

#[test]
fn a_file_streamed_chunk_by_chunk_is_the_same_file() {
    let key = key_of(1);
    let file = file_of(2 * CHUNK_BYTES + 10);
    let file_key = FileKey::generate().unwrap();
    let wrapped = file_key.wrap(&key, place()).unwrap();
    let mut sealer = file_key.sealer().unwrap();
    let first = sealer.seal_chunk(&file[..CHUNK_BYTES]).unwrap();
    let second = sealer.seal_chunk(&file[CHUNK_BYTES..2 * CHUNK_BYTES]).unwrap();
    let last = sealer.seal_last(&file[2 * CHUNK_BYTES..]).unwrap();
    let opener = ChunkOpener::unwrap(&key, place(), &wrapped).unwrap();
    assert_eq!(opener.open_all([first, second.clone(), last]).unwrap(), file);
    let middle = opener.open_chunk(1, false, &second).unwrap();
    assert_eq!(middle, file[CHUNK_BYTES..2 * CHUNK_BYTES]);
}

#[test]
fn swapped_repeated_dropped_and_cut_off_chunks_are_refused() {
    let key = key_of(1);
    let (opener, chunks) = sealed_file(&key, &file_of(3 * CHUNK_BYTES + 5));
    let order = |indices: &[usize]| {
        opener.open_all(indices.iter().map(|&index| chunks[index].clone()).collect::<Vec<_>>())
    };
    assert!(order(&[0, 1, 2, 3]).is_ok());
    assert_eq!(order(&[1, 0, 2, 3]), Err(SealError::Rejected), "swapped");
    assert_eq!(order(&[0, 0, 2, 3]), Err(SealError::Rejected), "repeated");
    assert_eq!(order(&[0, 2, 3]), Err(SealError::Rejected), "one dropped");
    assert_eq!(order(&[0, 1, 2]), Err(SealError::Rejected), "the last dropped");
    assert_eq!(order(&[0, 1, 2, 3, 3]), Err(SealError::Rejected), "one added");
    assert_eq!(order(&[]), Err(SealError::WrongEnd), "none left");
}

#[test]
fn a_chunk_cut_short_or_damaged_is_refused() {
    let (opener, chunks) = sealed_file(&key_of(1), &file_of(1000));
    let chunk = &chunks[0];
    for length in 0..chunk.len() {
        assert!(opener.open_chunk(0, true, &chunk[..length]).is_err());
    }
    for byte in 0..chunk.len() {
        let mut damaged = chunk.clone();
        damaged[byte] ^= 0x10;
        assert!(opener.open_chunk(0, true, &damaged).is_err());
    }
}

#[test]
fn chunks_of_another_file_are_refused_even_under_one_data_key() {
    let key = key_of(1);
    let file = file_of(CHUNK_BYTES + 1);
    let (_, chunks) = sealed_file(&key, &file);
    let (other, _) = sealed_file(&key, &file);
    assert_eq!(other.open_all(&chunks), Err(SealError::Rejected));
}

#[test]
fn a_file_key_moved_to_another_file_is_refused() {
    let key = key_of(1);
    let wrapped = FileKey::generate().unwrap().wrap(&key, place()).unwrap();
    let other = Place { row: b"file-2", ..place() };
    assert!(matches!(ChunkOpener::unwrap(&key, other, &wrapped), Err(SealError::Rejected)));
}

#[test]
fn chunks_of_the_wrong_size_are_not_sealed() {
    let mut sealer = FileKey::generate().unwrap().sealer().unwrap();
    assert_eq!(sealer.seal_chunk(b"short"), Err(SealError::WrongEnd));
    let large = file_of(CHUNK_BYTES + 1);
    assert!(matches!(sealer.seal_last(&large), Err(SealError::TooLarge(_))));
}
