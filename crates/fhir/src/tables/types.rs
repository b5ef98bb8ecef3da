//! What R4 says of a type: its members by JSON name, with cardinality and shape.

use super::names::Names;
use crate::primitive::Primitive;

/// All types and code sets of R4.
pub struct Tables {
    pub(super) types: Vec<Type>,
    pub(super) by_name: Names<u16>,
    pub(super) codes: Vec<CodeSet>,
}

/// A resource, a datatype or a backbone element such as `Observation.component`.
pub struct Type {
    pub name: &'static str,
    pub kind: Kind,
    /// Element names as defined (`value[x]`), inherited ones first; a bit in `required` each.
    pub elements: Vec<&'static str>,
    pub required: u128,
    pub(super) members: Names<Member>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Resource,
    Datatype,
    Backbone,
}

/// One JSON member: `valueQuantity` is a member of the element `value[x]`.
pub struct Member {
    pub name: &'static str,
    /// Index into `Type::elements`.
    pub element: u8,
    pub is_list: bool,
    pub is_choice: bool,
    /// The datatype's name, the backbone's path, `Reference` or `Resource`.
    pub type_name: &'static str,
    pub shape: Shape,
}

/// What a member's value must be.
#[derive(Clone, Copy)]
pub enum Shape {
    Primitive(Primitive),
    /// A code of a required set (index into the sets).
    Code(u16),
    /// An object of a type.
    Object(u16),
    /// A Reference; the allowed target types joined by commas, empty for any.
    Reference(&'static str),
    /// Any resource.
    Resource,
}

/// The codes that a required binding allows, sorted.
pub struct CodeSet {
    pub name: &'static str,
    pub codes: Vec<&'static str>,
}

impl Tables {
    pub fn by_name(&self, name: &str) -> Option<&Type> {
        self.by_name.get(name).map(|&at| self.at(at))
    }

    pub fn at(&self, index: u16) -> &Type {
        &self.types[usize::from(index)]
    }

    /// The type of a concrete resource; nothing for datatypes, abstract and unknown names.
    pub fn resource(&self, name: &str) -> Option<&Type> {
        let found = self.by_name(name)?;
        let is_concrete = found.kind == Kind::Resource && !matches!(name, "Resource" | "DomainResource");
        is_concrete.then_some(found)
    }

    /// The names of all concrete resources.
    pub fn resource_names(&self) -> impl Iterator<Item = &'static str> {
        self.types.iter().map(|one| one.name).filter(|name| self.resource(name).is_some())
    }

    pub fn code_set(&self, index: u16) -> &CodeSet {
        &self.codes[usize::from(index)]
    }
}

impl Type {
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.get(name)
    }

    /// The members that an element `name` or choice `name[x]` may appear as.
    pub fn members_of<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Member> {
        self.members.values().filter(move |member| {
            let element = self.elements[usize::from(member.element)];
            element == name || (member.is_choice && element.trim_end_matches("[x]") == name)
        })
    }

    /// The bit of an element in `required` and in what a walk has seen; 0 where there is none.
    pub fn bit(&self, element: &str) -> u128 {
        self.elements.iter().position(|&name| name == element).map_or(0, |at| 1 << at)
    }

    /// The JSON name for one element as named in `elements`.
    pub fn spelled(&self, index: usize) -> &'static str {
        self.elements.get(index).copied().unwrap_or_default()
    }
}

impl CodeSet {
    pub fn contains(&self, code: &str) -> bool {
        self.codes.binary_search(&code).is_ok()
    }
}
