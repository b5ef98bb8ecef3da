//! What is wrong and where; the path text is built only when something is.

use std::fmt;

/// One thing wrong with a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// As in `Observation.component[2].valueQuantity.value`.
    pub path: String,
    /// What was expected; quotes no value of the resource.
    pub reason: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

/// The way from the root to a value, linked through the walker's stack frames.
#[derive(Clone, Copy)]
pub struct Path<'a> {
    pub parent: Option<&'a Path<'a>>,
    pub name: &'a str,
    pub index: Option<usize>,
}

impl<'a> Path<'a> {
    pub fn root(name: &'a str) -> Self {
        Path { parent: None, name, index: None }
    }

    pub fn member(&'a self, name: &'a str) -> Self {
        Path { parent: Some(self), name, index: None }
    }

    pub fn item(&self, index: usize) -> Self {
        Path { index: Some(index), ..*self }
    }
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            write!(f, "{parent}.")?;
        }
        f.write_str(self.name)?;
        self.index.map_or(Ok(()), |index| write!(f, "[{index}]"))
    }
}
