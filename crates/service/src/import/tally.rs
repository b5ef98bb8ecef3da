//! Where the time of an import goes: one clock per thread, summed at the end.

use super::report::Phases;
use std::time::Instant;

/// One thread's times.
#[derive(Debug, Default)]
pub struct Clock(pub Phases);

macro_rules! phases {
    ($($name:ident),*) => {$(
        #[doc = concat!("Counts the work's time as `", stringify!($name), "`.")]
        pub fn $name<T>(&mut self, work: impl FnOnce() -> T) -> T {
            let started = Instant::now();
            let value = work();
            self.0.$name += started.elapsed();
            value
        }
    )*};
}

impl Clock {
    phases!(parse, check, resolve, seal);
}

impl Phases {
    /// Adds another thread's times.
    pub fn add(&mut self, other: &Phases) {
        self.read += other.read;
        self.parse += other.parse;
        self.check += other.check;
        self.resolve += other.resolve;
        self.seal += other.seal;
        self.write += other.write;
    }
}
