//! In which lines two protocols differ: a longest common subsequence of their lines, nothing of what both have.

/// A line that only one of two texts has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Of the first text; otherwise of the second.
    pub is_first: bool,
    /// From 1, in its own text.
    pub number: usize,
    pub text: String,
}

/// The lines that differ, in the order of the texts; those of the first before those of the second.
pub fn differences(first: &str, second: &str) -> Vec<Line> {
    let (a, b): (Vec<&str>, Vec<&str>) = (first.lines().collect(), second.lines().collect());
    let start = a.iter().zip(&b).take_while(|(one, other)| one == other).count();
    let ends = a[start..].iter().rev().zip(b[start..].iter().rev());
    let end = ends.take_while(|(one, other)| one == other).count();
    let (mid_a, mid_b) = (&a[start..a.len() - end], &b[start..b.len() - end]);
    let (mut at, mut to) = (0, 0);
    let mut found = Vec::new();
    let lengths = if mid_a.len() * mid_b.len() > MOST_PAIRS { Vec::new() } else { common(mid_a, mid_b) };
    let keeps_first = |at: usize, to: usize| lengths.is_empty() || lengths[at + 1][to] >= lengths[at][to + 1];
    while at < mid_a.len() || to < mid_b.len() {
        let is_inside = at < mid_a.len() && to < mid_b.len();
        if is_inside && !lengths.is_empty() && mid_a[at] == mid_b[to] {
            (at, to) = (at + 1, to + 1);
        } else if to == mid_b.len() || (is_inside && keeps_first(at, to)) {
            found.push(Line { is_first: true, number: start + at + 1, text: mid_a[at].to_owned() });
            at += 1;
        } else {
            found.push(Line { is_first: false, number: start + to + 1, text: mid_b[to].to_owned() });
            to += 1;
        }
    }
    found
}

/// Pairs of lines that are compared at most; beyond that all of one text goes and all of the other comes.
const MOST_PAIRS: usize = 4_000_000;

/// The length of the longest common subsequence of what follows each pair of places.
fn common(a: &[&str], b: &[&str]) -> Vec<Vec<u32>> {
    let mut lengths = vec![vec![0; b.len() + 1]; a.len() + 1];
    for at in (0..a.len()).rev() {
        for to in (0..b.len()).rev() {
            lengths[at][to] = if a[at] == b[to] {
                lengths[at + 1][to + 1] + 1
            } else {
                lengths[at + 1][to].max(lengths[at][to + 1])
            };
        }
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_lines_that_differ_are_told_with_their_numbers() {
        let told = |a: &str, b: &str| -> Vec<String> {
            let mark = |line: Line| {
                format!("{}{} {}", if line.is_first { '-' } else { '+' }, line.number, line.text)
            };
            differences(a, b).into_iter().map(mark).collect()
        };
        assert!(told("a\nb\nc", "a\nb\nc\n").is_empty());
        assert_eq!(told("a\nb\nc", "a\nB\nc"), ["-2 b", "+2 B"]);
        assert_eq!(told("a\nc\nd\nf", "a\nb\nc\nd\ne\nf"), ["+2 b", "+5 e"]);
        assert_eq!(told("", "x"), ["+1 x"]);
        assert_eq!(told("x\ny\nx", "x"), ["-2 y", "-3 x"]);
    }
}
