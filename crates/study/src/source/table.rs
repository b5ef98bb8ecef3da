//! Cells found by cluster and pattern: open addressing, one cell to look at in most cases, so one cache line.

use super::hash;
use crate::grouped::Cell;

const FREE: Cell = Cell { cluster: 0, pattern: 0, n: 0, events: 0 };
const FIRST_PLACES: usize = 16;

/// A place is free where `n` is 0; the number of places is a power of two, a quarter of them always free.
pub struct Table {
    places: Vec<Cell>,
    used: usize,
}

impl Table {
    pub fn new() -> Table {
        Table { places: vec![FREE; FIRST_PLACES], used: 0 }
    }

    /// Mixed bits of a key: the high ones are for the partition, the low ones for the place.
    pub fn hash(cluster: u32, pattern: u32) -> u64 {
        hash::mix(u64::from(cluster) << 32 | u64::from(pattern))
    }

    pub fn bytes(&self) -> usize {
        self.places.len() * size_of::<Cell>()
    }

    pub fn is_full(&self) -> bool {
        self.used >= self.places.len() / 4 * 3
    }

    /// The cell of the key, or the free one that it would take.
    pub fn find(&mut self, cluster: u32, pattern: u32) -> &mut Cell {
        let last = self.places.len() - 1;
        let mut at = Table::hash(cluster, pattern) as usize & last;
        loop {
            let cell = &self.places[at];
            if cell.n == 0 || (cell.cluster, cell.pattern) == (cluster, pattern) {
                return &mut self.places[at];
            }
            at = (at + 1) & last;
        }
    }

    /// Takes a place that [`Table::find`] said is free.
    pub fn take(&mut self, cell: Cell) {
        *self.find(cell.cluster, cell.pattern) = cell;
        self.used += 1;
    }

    /// Twice as many places.
    pub fn grow(&mut self) {
        let places = vec![FREE; self.places.len() * 2];
        let before = std::mem::replace(&mut self.places, places);
        for cell in before.into_iter().filter(|cell| cell.n > 0) {
            *self.find(cell.cluster, cell.pattern) = cell;
        }
    }

    pub fn cells(&self) -> impl Iterator<Item = Cell> {
        self.places.iter().copied().filter(|cell| cell.n > 0)
    }

    pub fn clear(&mut self) {
        self.places.fill(FREE);
        self.used = 0;
    }
}
