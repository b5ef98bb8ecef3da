//! A protocol as somebody asks to run it on the record: checked as a whole, with everything wrong by line and
//! column, before any data are read.

use crate::studies::extract::{ExtractPlan, PlanError};
use study::disclosure::Limit;
use study::protocol::{Problem, Protocol};

/// Bytes of a protocol.
const LONGEST: usize = 64 * 1024;

/// A protocol that the record answers.
#[derive(Clone, Debug)]
pub struct Asked {
    /// As it was typed, with `\n` at the ends of lines.
    pub text: String,
    pub protocol: Protocol,
    pub plan: ExtractPlan,
}

impl Asked {
    /// `Err` holds everything that is wrong.
    pub fn check(text: &str) -> Result<Asked, Vec<Problem>> {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        if text.len() > LONGEST {
            return Err(vec![problem(1, "", format!("is longer than {} KB", LONGEST / 1024))]);
        }
        let protocol = Protocol::parse(&text, "").map_err(|error| error.problems)?;
        let mut problems = Vec::new();
        let least = Limit::default().0;
        if u64::from(protocol.minimum_cell) < least {
            let reason = format!("wants at least {least} on a record: smaller counts are not published");
            problems.push(problem(line_of(&text, "minimum_cell", ""), "minimum_cell", reason));
        }
        match ExtractPlan::of(&protocol) {
            Ok(plan) if problems.is_empty() => Ok(Asked { text, protocol, plan }),
            Ok(_) => Err(problems),
            Err(PlanError { setting, named, reason }) => {
                let line = line_of(&text, key(setting), &named);
                let setting =
                    if named.is_empty() { setting.to_owned() } else { format!("{setting} {named}") };
                problems.push(problem(line, &setting, reason));
                problems.sort();
                Err(problems)
            }
        }
    }
}

fn problem(line: usize, setting: &str, reason: String) -> Problem {
    Problem { line, column: 1, setting: setting.to_owned(), reason }
}

/// The key whose value finds a setting.
fn key(setting: &str) -> &'static str {
    match setting {
        "outcome" => "measure",
        "time" => "column",
        "index_date" => "index_date",
        _ => "name",
    }
}

/// The first line that sets this key to this value, or the first of all.
fn line_of(text: &str, key: &str, value: &str) -> usize {
    let is_it = |line: &str| line.trim_start().starts_with(key) && line.contains(value);
    text.lines().position(is_it).map_or(1, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::studies::runs::SHIPPED;

    fn paper() -> &'static str {
        SHIPPED.iter().find(|shipped| shipped.name == "ralston-2009").unwrap().text
    }

    fn wrong(text: &str) -> Vec<(usize, String)> {
        let problems = Asked::check(text).unwrap_err();
        problems.into_iter().map(|it| (it.line, format!("{}: {}", it.setting, it.reason))).collect()
    }

    #[test]
    fn the_papers_protocol_is_answered_by_the_record_also_with_the_line_ends_of_a_browser() {
        let asked = Asked::check(&paper().replace('\n', "\r\n")).unwrap();
        assert_eq!(asked.text, paper());
        assert_eq!(asked.protocol.hash(), Asked::check(paper()).unwrap().protocol.hash());
    }

    #[test]
    fn the_record_answers_every_shipped_protocol() {
        for shipped in SHIPPED {
            let asked = Asked::check(shipped.text).unwrap_or_else(|problems| panic!("{problems:?}"));
            assert_eq!(asked.protocol.name, shipped.name);
        }
    }

    #[test]
    fn what_is_wrong_is_told_with_its_line() {
        let text = paper().replace("minimum_cell = 11", "minimum_cell = 5");
        let line = text.lines().position(|line| line.starts_with("minimum_cell")).unwrap() + 1;
        let told = wrong(&text);
        assert_eq!(told.len(), 1);
        assert!(told[0].0 == line && told[0].1.starts_with("minimum_cell: wants at least 11"), "{told:?}");
        let text = paper().replace("measure = \"insurance\"", "measure = \"income\"");
        let told = wrong(&text);
        assert!(told[0].1.starts_with("covariate insurance: the record's measures are"), "{told:?}");
        assert_eq!(text.lines().nth(told[0].0 - 1), Some("name = \"insurance\""));
        let text = paper().replace("index_date = 2005-01-01", "index_date = 2005-01-15");
        let line = text.lines().position(|line| line.starts_with("index_date")).unwrap() + 1;
        let reason =
            "index_date: the record knows ages by the month: it wants a first of a month, such as 2005-01-01";
        assert_eq!(wrong(&text), [(line, reason.to_owned())]);
        assert_eq!(wrong("format = 1\nname = ")[0].0, 2);
        let huge = format!("{}# {}", paper(), "x".repeat(LONGEST));
        assert_eq!(wrong(&huge), [(1, ": is longer than 64 KB".to_owned())]);
    }
}
