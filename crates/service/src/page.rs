//! Keyset paging: a page of items and the opaque place after which the next one begins.

use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Items of one page of a patient's list.
pub const PAGE: usize = 25;

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<Cursor>,
}

impl<T> Page<T> {
    /// Cuts a list that was read one item too long, so that "more" needs no count.
    pub fn cut(mut items: Vec<T>, size: usize, place: impl Fn(&T) -> Cursor) -> Page<T> {
        let more = items.len() > size;
        items.truncate(size);
        let next = if more { items.last().map(place) } else { None };
        Page { items, next }
    }

    pub fn map<U>(self, change: impl FnMut(T) -> U) -> Page<U> {
        Page { items: self.items.into_iter().map(change).collect(), next: self.next }
    }
}

/// The sort value and id of the last item shown. Holds nothing about a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub at: i64,
    pub id: Uuid,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}~{}", self.at, self.id.simple())
    }
}

impl FromStr for Cursor {
    type Err = ();

    fn from_str(text: &str) -> Result<Cursor, ()> {
        let (at, id) = text.split_once('~').ok_or(())?;
        Ok(Cursor { at: at.parse().map_err(|_| ())?, id: Uuid::parse_str(id).map_err(|_| ())? })
    }
}
