//! What is found for a search parameter; slices of the resource, nothing copied.

/// One value of one search parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Indexed<'a> {
    /// The parameter's name, as in `birthdate`.
    pub param: &'static str,
    pub value: IndexValue<'a>,
}

/// A value by which a search can find the resource.
#[derive(Clone, Debug, PartialEq)]
pub enum IndexValue<'a> {
    Token {
        system: Option<&'a str>,
        code: Option<&'a str>,
    },
    /// A reference to a resource of this store.
    Reference {
        resource_type: &'a str,
        id: &'a str,
    },
    /// Any other reference: absolute, urn:, canonical, or conditional while not yet resolved.
    ReferenceUrl(&'a str),
    Str(&'a str),
    /// `lo` included, `hi` not; i64::MIN and i64::MAX for an open Period.
    Date {
        lo_micros: i64,
        hi_micros: i64,
    },
    /// A number as it is written; a plain number has no unit.
    Quantity {
        value: &'a str,
        system: Option<&'a str>,
        code: Option<&'a str>,
        unit: Option<&'a str>,
    },
    Uri(&'a str),
}
