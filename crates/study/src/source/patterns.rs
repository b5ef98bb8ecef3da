//! One worker's numbers for covariate patterns: a tree with one table of children per variable, so that any number
//! of variables and levels, known beforehand or not, costs one array look-up per variable and row.

const NONE: u32 = u32::MAX;

/// The nodes above one variable: for node and level the node below.
struct Layer {
    shift: u32,
    below: Vec<u32>,
    /// Of each node below: the node above and the level that leads to it.
    origin: Vec<(u32, u16)>,
}

impl Layer {
    fn new(nodes: usize) -> Layer {
        let shift = 2;
        Layer { shift, below: vec![NONE; nodes << shift], origin: Vec::new() }
    }

    /// Makes room for levels up to this one.
    fn widen(&mut self, level: u16) {
        let shift = u16::BITS - level.leading_zeros();
        let nodes = self.below.len() >> self.shift;
        let mut below = vec![NONE; nodes << shift];
        for node in 0..nodes {
            let old = node << self.shift;
            let width = 1 << self.shift;
            below[node << shift..(node << shift) + width].copy_from_slice(&self.below[old..old + width]);
        }
        (self.shift, self.below) = (shift, below);
    }
}

/// The patterns met so far, numbered from 0.
pub struct Patterns {
    layers: Vec<Layer>,
}

impl Patterns {
    pub fn new(variables: usize) -> Patterns {
        Patterns { layers: (0..variables).map(|depth| Layer::new(usize::from(depth == 0))).collect() }
    }

    /// One step down for many rows: from nodes above this variable to those below. Nodes start at 0; below the last
    /// variable the node is the pattern's number.
    pub fn step(&mut self, variable: usize, nodes: &mut [u32], levels: &[u32]) {
        let layer = &mut self.layers[variable];
        let highest = levels.iter().copied().max().unwrap_or_default() as u16;
        if highest >> layer.shift != 0 {
            layer.widen(highest);
        }
        for (node, &level) in nodes.iter_mut().zip(levels) {
            let at = ((*node as usize) << layer.shift) | level as usize;
            if layer.below[at] == NONE {
                layer.below[at] = layer.origin.len() as u32;
                layer.origin.push((*node, level as u16));
            }
            *node = layer.below[at];
        }
        let nodes = layer.origin.len();
        if let Some(next) = self.layers.get_mut(variable + 1) {
            next.below.resize(nodes << next.shift, NONE);
        }
    }

    pub fn len(&self) -> usize {
        self.layers.last().map_or(1, |last| last.origin.len())
    }

    /// A pattern as the levels of each variable.
    pub fn levels(&self, pattern: u32) -> Box<[u16]> {
        let mut levels = vec![0; self.layers.len()];
        let mut node = pattern;
        for (layer, level) in self.layers.iter().zip(&mut levels).rev() {
            (node, *level) = layer.origin[node as usize];
        }
        levels.into()
    }
}
