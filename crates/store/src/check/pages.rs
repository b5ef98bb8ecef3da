//! A long ordered list, read page by page: the next row can be looked at before it is taken.

use crate::db::{StoreError, Tx};
use std::collections::VecDeque;

/// Rows of one page.
pub(super) const PAGE: usize = 1000;

/// Reads the page that begins after a row, or the first one.
type Load<T> = fn(&mut Tx<'_>, Option<&T>) -> Result<Vec<T>, StoreError>;

pub(super) struct Pages<T> {
    rows: VecDeque<T>,
    last: Option<T>,
    is_over: bool,
    load: Load<T>,
}

impl<T: Clone> Pages<T> {
    pub fn new(load: Load<T>) -> Self {
        Pages { rows: VecDeque::new(), last: None, is_over: false, load }
    }

    pub fn peek(&mut self, tx: &mut Tx<'_>) -> Result<Option<&T>, StoreError> {
        if self.rows.is_empty() && !self.is_over {
            self.rows = (self.load)(tx, self.last.as_ref())?.into();
            self.is_over = self.rows.len() < PAGE;
            self.last = self.rows.back().cloned().or(self.last.take());
        }
        Ok(self.rows.front())
    }

    pub fn next_if(&mut self, tx: &mut Tx<'_>, wanted: impl Fn(&T) -> bool) -> Result<Option<T>, StoreError> {
        let is_wanted = self.peek(tx)?.is_some_and(wanted);
        Ok(if is_wanted { self.rows.pop_front() } else { None })
    }

    pub fn next(&mut self, tx: &mut Tx<'_>) -> Result<Option<T>, StoreError> {
        self.next_if(tx, |_| true)
    }
}
