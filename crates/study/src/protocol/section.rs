//! A table of the protocol file, read setting by setting; everything wrong is collected with line and column.

use std::cell::RefCell;
use std::fmt;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// One wrong setting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// The setting's path: `covariate.reference`.
    pub setting: String,
    pub reason: String,
}

/// Everything wrong with a protocol, in the order of the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct ProtocolError {
    pub file: String,
    pub problems: Vec<Problem>,
}

impl fmt::Display for ProtocolError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.problems.iter().enumerate() {
            let end = if at == 0 { "" } else { "\n" };
            let Problem { line, column, setting, reason } = problem;
            let setting = if setting.is_empty() { String::new() } else { format!("{setting}: ") };
            write!(out, "{end}{}:{line}:{column}: {setting}{reason}", self.file)?;
        }
        Ok(())
    }
}

/// The text of the file and what was found wrong in it.
pub struct Found<'t> {
    text: &'t str,
    problems: RefCell<Vec<Problem>>,
}

impl<'t> Found<'t> {
    pub fn new(text: &'t str) -> Found<'t> {
        Found { text, problems: RefCell::default() }
    }

    pub fn problem(&self, at: usize, setting: &str, reason: impl Into<String>) {
        let before = &self.text[..at.min(self.text.len())];
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let (setting, reason) = (setting.to_owned(), reason.into());
        self.problems.borrow_mut().push(Problem { line, column, setting, reason });
    }

    pub fn into_problems(self) -> Vec<Problem> {
        let mut problems = self.problems.into_inner();
        problems.sort();
        problems.dedup();
        problems
    }
}

/// A value with its place in the file.
#[derive(Clone, Debug)]
pub struct At<T> {
    pub value: T,
    pub at: usize,
}

/// A table whose settings are taken one by one.
pub struct Section<'f, 't, 'd> {
    found: &'f Found<'t>,
    path: String,
    /// Where the table is.
    pub at: usize,
    table: DeTable<'d>,
    known: RefCell<Vec<&'static str>>,
}

impl<'f, 't, 'd> Section<'f, 't, 'd> {
    pub fn new(found: &'f Found<'t>, path: &str, at: usize, table: DeTable<'d>) -> Section<'f, 't, 'd> {
        Section { found, path: path.to_owned(), at, table, known: RefCell::default() }
    }

    fn setting(&self, key: &str) -> String {
        if self.path.is_empty() { key.to_owned() } else { format!("{}.{key}", self.path) }
    }

    pub fn problem(&self, at: usize, key: &str, reason: impl Into<String>) {
        self.found.problem(at, &self.setting(key), reason);
    }

    fn take(&mut self, key: &'static str) -> Option<(Range<usize>, DeValue<'d>)> {
        self.known.borrow_mut().push(key);
        let value: Spanned<DeValue<'d>> = self.table.remove(key)?;
        Some((value.span(), value.into_inner()))
    }

    fn wrong(&self, key: &str, at: usize, wanted: &str, got: &DeValue<'_>) {
        self.problem(at, key, format!("wants {wanted}, has {}", kind(got)));
    }

    pub fn text(&mut self, key: &'static str) -> Option<At<String>> {
        match self.take(key)? {
            (span, DeValue::String(text)) if !text.trim().is_empty() => {
                Some(At { value: text.trim().to_owned(), at: span.start })
            }
            (span, DeValue::String(_)) => {
                self.problem(span.start, key, "is empty");
                None
            }
            (span, other) => {
                self.wrong(key, span.start, "a text", &other);
                None
            }
        }
    }

    /// A text that must be there; empty, with a problem, where it is not.
    pub fn needed(&mut self, key: &'static str) -> At<String> {
        let is_there = self.table.contains_key(key);
        let text = self.text(key);
        if !is_there {
            self.problem(self.at, key, "is missing");
        }
        text.unwrap_or(At { value: String::new(), at: self.at })
    }

    pub fn number(&mut self, key: &'static str) -> Option<At<f64>> {
        let (span, value) = self.take(key)?;
        let number = number(&value);
        if number.is_none() {
            self.wrong(key, span.start, "a number", &value);
        }
        number.map(|value| At { value, at: span.start })
    }

    /// An ISO date.
    pub fn date(&mut self, key: &'static str) -> Option<At<String>> {
        match self.take(key)? {
            (span, DeValue::Datetime(moment)) if moment.time.is_none() && moment.offset.is_none() => {
                moment.date.map(|date| At { value: date.to_string(), at: span.start })
            }
            (span, other) => {
                self.wrong(key, span.start, "a date such as 2005-03-31, without quotes", &other);
                None
            }
        }
    }

    pub fn texts(&mut self, key: &'static str) -> Option<At<Vec<At<String>>>> {
        let (span, value) = self.take(key)?;
        let DeValue::Array(items) = value else {
            self.wrong(key, span.start, "a list of texts", &value);
            return None;
        };
        let mut texts = Vec::new();
        for item in items {
            let at = item.span().start;
            match item.into_inner() {
                DeValue::String(text) => texts.push(At { value: text.into_owned(), at }),
                other => self.wrong(key, at, "a text", &other),
            }
        }
        Some(At { value: texts, at: span.start })
    }

    pub fn numbers(&mut self, key: &'static str) -> Option<At<Vec<f64>>> {
        let (span, value) = self.take(key)?;
        let DeValue::Array(items) = value else {
            self.wrong(key, span.start, "a list of numbers", &value);
            return None;
        };
        let mut numbers = Vec::new();
        for item in items {
            match number(item.get_ref()) {
                Some(number) => numbers.push(number),
                None => self.wrong(key, item.span().start, "a number", item.get_ref()),
            }
        }
        Some(At { value: numbers, at: span.start })
    }

    pub fn section(&mut self, key: &'static str) -> Option<Section<'f, 't, 'd>> {
        match self.take(key)? {
            (span, DeValue::Table(table)) => {
                Some(Section::new(self.found, &self.setting(key), span.start, table))
            }
            (span, other) => {
                self.wrong(key, span.start, "a table", &other);
                None
            }
        }
    }

    /// The tables of `[[key]]`, or the items of a list, texts among them as tables with only a name.
    pub fn sections(&mut self, key: &'static str) -> Vec<Section<'f, 't, 'd>> {
        let Some((span, value)) = self.take(key) else { return Vec::new() };
        let DeValue::Array(items) = value else {
            self.wrong(key, span.start, "a list of tables", &value);
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items {
            let span = item.span();
            match item.into_inner() {
                DeValue::Table(table) => {
                    sections.push(Section::new(self.found, &self.setting(key), span.start, table));
                }
                DeValue::String(name) => {
                    let name = Spanned::new(span.clone(), DeValue::String(name));
                    let table = DeTable::from_iter([(Spanned::new(span.clone(), "name".into()), name)]);
                    sections.push(Section::new(self.found, &self.setting(key), span.start, table));
                }
                other => self.wrong(key, span.start, "a table or a text", &other),
            }
        }
        sections
    }

    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Whatever was not taken is no setting.
    pub fn end(self) {
        for (key, _) in &self.table {
            let known = self.known.borrow().join(", ");
            self.problem(key.span().start, key.get_ref(), format!("is no setting; here are known: {known}"));
        }
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Integer(number) if number.radix() == 10 => number.as_str().parse().ok(),
        DeValue::Float(number) => number.as_str().parse::<f64>().ok().filter(|number| number.is_finite()),
        _ => None,
    }
}

fn kind(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) | DeValue::Float(_) => "a number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
