//! Numbers for what workers meet: clusters, levels found, patterns. A number means the same to all workers; each
//! keeps those that it knows and asks here only for new ones.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Arc, Mutex, PoisonError};

/// Distinct sequences, numbered from 0 in the order in which they are first asked for.
pub struct Register<T> {
    most: u32,
    entries: Mutex<Entries<T>>,
}

struct Entries<T> {
    numbers: HashMap<Arc<[T]>, u32>,
    all: Vec<Arc<[T]>>,
}

impl<T: Copy + Eq + Hash> Register<T> {
    /// A register of at most so many entries.
    pub fn new(most: u32) -> Register<T> {
        Register { most, entries: Mutex::new(Entries { numbers: HashMap::new(), all: Vec::new() }) }
    }

    /// The number of an entry, new or known; `None` where there are too many.
    pub fn number(&self, entry: &[T]) -> Option<u32> {
        let mut entries = self.entries.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(&number) = entries.numbers.get(entry) {
            return Some(number);
        }
        let number = u32::try_from(entries.all.len()).ok().filter(|number| *number < self.most)?;
        let shared: Arc<[T]> = entry.into();
        entries.all.push(Arc::clone(&shared));
        entries.numbers.insert(shared, number);
        Some(number)
    }

    /// All entries, by number.
    pub fn all(&self) -> Vec<Arc<[T]>> {
        self.entries.lock().unwrap_or_else(PoisonError::into_inner).all.clone()
    }
}
