//! Numbers for names, in the order in which they are met.

use super::hash::FastMap;

/// Distinct texts, numbered from 0.
#[derive(Default)]
pub struct Names {
    numbers: FastMap<Box<[u8]>, u32>,
    names: Vec<Box<[u8]>>,
    last: u32,
}

impl Names {
    /// The number of a name, new or known; `None` when it is not UTF-8 or the numbers are used up.
    pub fn number(&mut self, name: &[u8]) -> Option<u32> {
        // Files are often sorted by cluster.
        if self.names.get(self.last as usize).is_some_and(|last| **last == *name) {
            return Some(self.last);
        }
        if let Some(&number) = self.numbers.get(name) {
            self.last = number;
            return Some(number);
        }
        std::str::from_utf8(name).ok()?;
        let number = u32::try_from(self.names.len()).ok().filter(|number| *number < u32::MAX)?;
        self.names.push(name.into());
        self.numbers.insert(name.into(), number);
        self.last = number;
        Some(number)
    }

    pub fn len(&self) -> usize {
        self.names.len()
    }

    pub fn name(&self, number: u32) -> &[u8] {
        &self.names[number as usize]
    }
}
