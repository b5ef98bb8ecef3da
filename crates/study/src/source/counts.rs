//! How many rows of each cluster show each pattern, in partitions by hash. A worker collects rows in a buffer for each
//! partition and adds a full buffer at once: the partition's table stays in the nearer caches meanwhile, so a row costs
//! the same however many groups there are.

use super::spill::{Extent, Spill};
use super::table::Table;
use crate::grouped::Cell;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

const PARTITION_BITS: u32 = 8;
const PARTITIONS: usize = 1 << PARTITION_BITS;
/// Rows collected before they are added, where memory allows: more save nothing, a quarter of them costs a fifth more.
const MOST_BUFFERED: usize = 1 << 14;
const LEAST_BUFFERED: usize = 16;
/// A packed row has 31 bits for its pattern.
pub const MOST_PATTERNS: u32 = 1 << 31;

/// The counts of all workers.
pub struct Counts {
    partitions: Vec<Mutex<Partition>>,
    /// Rows that a buffer holds.
    buffered: usize,
    /// Bytes by which the tables may still grow.
    room: AtomicUsize,
    spill: Mutex<Spill>,
}

struct Partition {
    table: Table,
    spilled: Vec<Extent>,
}

impl Counts {
    /// No counts yet; at most an eighth of the memory is for the buffers of so many workers, the rest for tables.
    pub fn new(limit_bytes: usize, workers: usize) -> Counts {
        let partition = || Mutex::new(Partition { table: Table::new(), spilled: Vec::new() });
        let buffers = limit_bytes / 8;
        let buffered = buffers / (workers.max(1) * PARTITIONS * size_of::<Row>());
        Counts {
            buffered: buffered.clamp(LEAST_BUFFERED, MOST_BUFFERED),
            partitions: (0..PARTITIONS).map(|_| partition()).collect(),
            room: AtomicUsize::new(limit_bytes - buffers),
            spill: Mutex::default(),
        }
    }

    /// Adds rows that are counted already.
    pub fn add(&self, cell: Cell) -> io::Result<()> {
        let at = partition_of(Table::hash(cell.cluster, cell.pattern));
        self.add_to(&mut lock(&self.partitions[at]), cell)
    }

    fn add_rows(&self, partition: usize, rows: &[Row]) -> io::Result<()> {
        let mut partition = lock(&self.partitions[partition]);
        rows.iter().try_for_each(|row| self.add_to(&mut partition, row.cell()))
    }

    fn add_to(&self, partition: &mut Partition, cell: Cell) -> io::Result<()> {
        let sum = partition.table.find(cell.cluster, cell.pattern);
        if sum.n > 0 {
            return add_up(sum, cell);
        }
        if partition.table.is_full() {
            self.make_room(partition)?;
        }
        partition.table.take(cell);
        Ok(())
    }

    /// A full table doubles, or is written out where there is no memory for that.
    fn make_room(&self, partition: &mut Partition) -> io::Result<()> {
        let more = partition.table.bytes();
        let has_room = self
            .room
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |room| room.checked_sub(more))
            .is_ok();
        if has_room {
            partition.table.grow();
        } else {
            partition.spilled.push(lock(&self.spill).write(partition.table.cells())?);
            partition.table.clear();
        }
        Ok(())
    }

    pub fn spilled_bytes(&self) -> u64 {
        lock(&self.spill).bytes
    }

    /// All cells, each once, its cluster and pattern named by `place`; sorted by them.
    pub fn into_cells(self, place: impl Fn(Cell) -> Cell) -> io::Result<Vec<Cell>> {
        let spill = self.spill.into_inner().unwrap_or_else(PoisonError::into_inner);
        let partitions = self.partitions.into_iter();
        let partitions = partitions.map(|it| it.into_inner().unwrap_or_else(PoisonError::into_inner));
        let mut cells = Vec::new();
        for partition in partitions {
            let start = cells.len();
            cells.extend(partition.table.cells());
            drop(partition.table);
            for extent in &partition.spilled {
                spill.read(*extent, &mut cells)?;
            }
            if !partition.spilled.is_empty() {
                merge(&mut cells, start)?;
            }
        }
        cells.iter_mut().for_each(|cell| *cell = place(*cell));
        cells.sort_unstable_by_key(|cell| (cell.cluster, cell.pattern));
        Ok(cells)
    }
}

/// One worker's rows on their way to the counts.
pub struct Buffers<'a> {
    counts: &'a Counts,
    rows: Vec<Vec<Row>>,
}

/// Cluster, pattern and outcome in one word.
#[derive(Clone, Copy)]
struct Row(u64);

impl Row {
    fn cell(self) -> Cell {
        let Row(word) = self;
        Cell { cluster: (word >> 32) as u32, pattern: word as u32 >> 1, n: 1, events: word as u32 & 1 }
    }
}

impl<'a> Buffers<'a> {
    pub fn new(counts: &'a Counts) -> Buffers<'a> {
        Buffers { counts, rows: vec![Vec::new(); PARTITIONS] }
    }

    pub fn push(&mut self, cluster: u32, pattern: u32, outcome: u32) -> io::Result<()> {
        let at = partition_of(Table::hash(cluster, pattern));
        let rows = &mut self.rows[at];
        rows.push(Row(u64::from(cluster) << 32 | u64::from(pattern << 1 | outcome)));
        if rows.len() < self.counts.buffered {
            return Ok(());
        }
        self.counts.add_rows(at, rows)?;
        rows.clear();
        Ok(())
    }

    /// Adds what is left in the buffers.
    pub fn finish(self) -> io::Result<()> {
        self.rows.iter().enumerate().try_for_each(|(at, rows)| self.counts.add_rows(at, rows))
    }
}

fn partition_of(hash: u64) -> usize {
    (hash >> (u64::BITS - PARTITION_BITS)) as usize
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn add_up(sum: &mut Cell, cell: Cell) -> io::Result<()> {
    let n = sum.n.checked_add(cell.n);
    sum.n = n.ok_or_else(|| io::Error::other("more than 4,294,967,295 rows of one kind"))?;
    sum.events += cell.events;
    Ok(())
}

/// Sorts the cells from `start` on and adds equal ones together.
fn merge(cells: &mut Vec<Cell>, start: usize) -> io::Result<()> {
    cells[start..].sort_unstable_by_key(|cell| (cell.cluster, cell.pattern));
    let mut end = start;
    for at in start..cells.len() {
        let cell = cells[at];
        if end > start && (cells[end - 1].cluster, cells[end - 1].pattern) == (cell.cluster, cell.pattern) {
            add_up(&mut cells[end - 1], cell)?;
        } else {
            cells[end] = cell;
            end += 1;
        }
    }
    cells.truncate(end);
    Ok(())
}
