//! The paths of all parameters of a type as one tree, so that a resource is walked once, by the members it
//! has and not by those it might have.

use super::params::Param;
use super::path::{Alternative, Step};
use crate::tables::Names;
use serde_json::Value;

/// A place in a resource.
#[derive(Debug)]
pub struct Node {
    leaves: Vec<Leaf>,
    members: Names<Node>,
    filters: Vec<(Step, Node)>,
}

/// A parameter that a place is a value of.
#[derive(Debug, Clone, Copy)]
pub struct Leaf {
    /// Index into the type's parameters.
    pub param: usize,
    pub datatype: &'static str,
}

type Way<'p> = (Leaf, &'p [Step]);

impl Node {
    pub fn new(params: &[Param]) -> Self {
        let ways = params.iter().enumerate().flat_map(|(at, param)| {
            let way = move |path: &'_ Alternative| Leaf { param: at, datatype: path.leaf };
            param.paths.iter().map(move |path| (way(path), path.steps.as_slice()))
        });
        Node::build(&ways.collect::<Vec<_>>())
    }

    fn build(ways: &[Way]) -> Self {
        let leaves = ways.iter().filter(|(_, steps)| steps.is_empty()).map(|(leaf, _)| *leaf).collect();
        let mut branches: Vec<(&Step, Vec<Way>)> = Vec::new();
        for &(leaf, steps) in ways {
            let Some((first, rest)) = steps.split_first() else { continue };
            match branches.iter_mut().find(|(step, _)| *step == first) {
                Some((_, ways)) => ways.push((leaf, rest)),
                None => branches.push((first, vec![(leaf, rest)])),
            }
        }
        let (mut members, mut filters) = (Vec::new(), Vec::new());
        for (step, ways) in branches {
            match step {
                Step::Member(name) => members.push((*name, Node::build(&ways))),
                filter => filters.push((filter.clone(), Node::build(&ways))),
            }
        }
        Node { leaves, members: Names::new(members), filters }
    }

    /// Calls `seen` with every value in a resource that is one of a parameter's.
    pub fn walk<'a>(&self, value: &'a Value, resource: &'a Value, seen: &mut dyn FnMut(Leaf, &'a Value)) {
        if let Value::Array(items) = value {
            for (step, node) in &self.filters {
                if let (Step::First, Some(first)) = (step, items.first()) {
                    node.walk(first, resource, seen);
                }
            }
            return items.iter().for_each(|item| self.walk(item, resource, seen));
        }
        self.leaves.iter().for_each(|leaf| seen(*leaf, value));
        for (step, node) in self.filters.iter().filter(|(step, _)| *step != Step::First) {
            if let Some(kept) = step.pass(value, resource) {
                node.walk(kept, resource, seen);
            }
        }
        if let (Value::Object(map), false) = (value, self.members.is_empty()) {
            for (name, member) in map {
                if let Some(node) = self.members.get(name) {
                    node.walk(member, resource, seen);
                }
            }
        }
    }
}
