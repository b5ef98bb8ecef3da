//! What is wrong with a form, field by field: the first bad field gets the focus, and the typed text
//! stays where it was.

use domain::draft::FieldProblem;

/// Problems of one form, in the order of its fields.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Problems(Vec<(&'static str, &'static str)>);

impl Problems {
    pub fn of(problems: &[FieldProblem]) -> Problems {
        Problems(problems.iter().map(|problem| (problem.field(), problem.key())).collect())
    }

    /// One problem: a field's name and a sentence's key.
    pub fn one(field: &'static str, key: &'static str) -> Problems {
        Problems(vec![(field, key)])
    }

    /// The same problems where the page has another field of that kind.
    pub fn renamed(self, from: &str, to: &'static str) -> Problems {
        Problems(
            self.0.into_iter().map(|(field, key)| (if field == from { to } else { field }, key)).collect(),
        )
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The key of the sentence about a field.
    pub fn on(&self, field: &str) -> Option<&'static str> {
        self.0.iter().find(|(bad, _)| *bad == field).map(|(_, key)| *key)
    }

    /// Attributes of a field: marked and described when it is bad, focused when it is the first.
    pub fn mark(&self, field: &str) -> String {
        match self.0.iter().position(|(bad, _)| *bad == field) {
            Some(0) => format!(" aria-invalid=true aria-describedby=problem-{field} autofocus"),
            Some(_) => format!(" aria-invalid=true aria-describedby=problem-{field}"),
            None => String::new(),
        }
    }
}
