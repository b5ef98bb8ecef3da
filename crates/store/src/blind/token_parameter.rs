//! Tokens of FHIR token parameters (R4 search, 3.1.1.4.10): `code`, `system|code`, `|code` (no
//! system) and `system|`.

use super::BlindIndex;
use super::index::token;

/// A token parameter's value as it is searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenQuery<'a> {
    /// `code`: in any system or none.
    Code(&'a str),
    /// `system|code`.
    SystemAndCode(&'a str, &'a str),
    /// `|code`: a code without a system.
    CodeWithoutSystem(&'a str),
    /// `system|`: any code of the system.
    System(&'a str),
}

impl<'a> TokenQuery<'a> {
    /// Reads the search value, unescaped; `None` where it names neither system nor code.
    pub fn parse(value: &'a str) -> Option<Self> {
        match value.split_once('|') {
            None if value.is_empty() => None,
            None => Some(Self::Code(value)),
            Some(("", "")) => None,
            Some(("", code)) => Some(Self::CodeWithoutSystem(code)),
            Some((system, "")) => Some(Self::System(system)),
            Some((system, code)) => Some(Self::SystemAndCode(system, code)),
        }
    }
}

impl BlindIndex {
    /// The tokens under which a stored coding, identifier or code is found: two to three.
    pub fn coding(&self, parameter: &str, system: Option<&str>, code: &str) -> Vec<i64> {
        let key = self.parameter(parameter);
        let mut tokens =
            vec![token(&key, &["both", system.unwrap_or(""), code]), token(&key, &["code", code])];
        if let Some(system) = system.filter(|system| !system.is_empty()) {
            tokens.push(token(&key, &["system", system]));
        }
        tokens
    }

    /// The one token that a searched value has among [`BlindIndex::coding`]'s.
    pub fn coding_query(&self, parameter: &str, query: TokenQuery<'_>) -> i64 {
        match query {
            TokenQuery::Code(code) => self.token(parameter, &["code", code]),
            TokenQuery::SystemAndCode(system, code) => self.token(parameter, &["both", system, code]),
            TokenQuery::CodeWithoutSystem(code) => self.token(parameter, &["both", "", code]),
            TokenQuery::System(system) => self.token(parameter, &["system", system]),
        }
    }
}
