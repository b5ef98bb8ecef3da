//! From a record's rows to the files of a report. Deterministic: the ids of the rows, which differ from run to
//! run and from store to store, order nothing and stand nowhere.

use super::{Asked, PROGRAM};
use crate::studies::extract::{Extract, Row};
use store::study_run::ReportFile;
use study::grouped_file::GroupedFile;
use study::protocol::Protocol;
use study::report::{self, Material, Provenance};
use study::source::{Columns, Left, MemoryRow, Reading, group};

/// What the report says of its data.
pub(super) struct Source {
    /// Whose record it is.
    pub clinic: String,
    /// The day of the data, ISO.
    pub day: String,
}

/// Fits the study; `Err` is why the record does not answer it.
pub(super) fn files(asked: &Asked, extract: &Extract, source: Source) -> Result<Vec<ReportFile>, String> {
    let protocol = &asked.protocol;
    let columns = protocol.columns();
    let reading = grouped(protocol, extract, &columns)?;
    let clusters = reading.grouped.clusters.len();
    let mut file = GroupedFile::new(reading, &columns, Some(protocol), "");
    file.grouped = file.grouped.by_content();
    steps(extract, &mut file);
    let others = report::others(protocol, |columns| {
        grouped(protocol, extract, columns).map(|reading| reading.grouped.by_content())
    });
    let provenance = Provenance {
        program: PROGRAM.to_owned(),
        data: format!("the record of {}", source.clinic),
        data_date: Some(source.day),
        exact_counts: false,
        selects: true,
        rows_per_person: extract.rows_per_person,
        counted: extract.attrition.first().map(|step| step.name.to_owned()).unwrap_or_default(),
        notes: notes(protocol, extract, clusters),
    };
    let material = Material { protocol, file: &file, others: &others, provenance: &provenance };
    let report = report::build(&material).map_err(|error| error.to_string())?;
    let files = report::files(&report).map_err(|error| error.to_string())?;
    Ok(files.into_iter().map(|(name, text)| ReportFile { name: name.to_owned(), text }).collect())
}

/// The rows with the columns of one analysis.
fn grouped(protocol: &Protocol, extract: &Extract, columns: &Columns) -> Result<Reading, String> {
    let place = |column: &String| {
        let found = extract.columns.iter().position(|known| known == column);
        found.ok_or_else(|| format!("the record has no column {column}"))
    };
    let wanted = columns.covariates.iter().map(|covariate| place(&covariate.column));
    let wanted = wanted.collect::<Result<Vec<usize>, String>>()?;
    // The readings of a time have another outcome than the protocol's.
    let is_own = columns.outcome == protocol.outcome.column;
    let outcome = if is_own { None } else { Some(place(&columns.outcome)?) };
    let happened = |row: &Row| outcome.map_or(row.has_outcome, |at| row.values[at].as_deref() == Some("1"));
    let rows = extract.rows.iter().map(|row| MemoryRow {
        cluster: &row.cluster,
        has_outcome: happened(row),
        values: wanted.iter().map(|at| row.values[*at].as_deref()).collect(),
    });
    group(columns, rows).map_err(|error| error.to_string())
}

/// The record's own steps stand before those of the rows.
fn steps(extract: &Extract, file: &mut GroupedFile) {
    let pairs = extract.attrition.windows(2);
    let before = pairs.map(|pair| Left {
        name: pair[1].name.to_owned(),
        is_missing: false,
        rows: pair[0].remaining - pair[1].remaining,
    });
    file.left = before.chain(std::mem::take(&mut file.left)).collect();
    file.rows = extract.attrition.first().map_or(file.rows, |step| step.remaining);
}

fn notes(protocol: &Protocol, extract: &Extract, clusters: usize) -> Vec<String> {
    let all =
        [Some(eligibility(extract)), straddling(protocol, extract, clusters), repeated(protocol, extract)];
    all.into_iter().flatten().collect()
}

/// Rows of one person are no people of their own.
fn repeated(protocol: &Protocol, extract: &Extract) -> Option<String> {
    let (rows, unit) = (extract.rows_per_person?.get(), &protocol.unit);
    let limit = protocol.minimum_cell * rows;
    Some(format!(
        "One person has up to {rows} of the {unit}. So that no count can be of fewer than {} people, counts of {unit} \
         below {limit} are withheld like small counts of people; in one month nobody counts twice.",
        protocol.minimum_cell
    ))
}

/// The protocol's words on eligibility are its authors'; these are the steps that the record applied.
fn eligibility(extract: &Extract) -> String {
    let steps: Vec<&str> = extract.attrition.iter().skip(1).map(|step| step.name).collect();
    format!("Eligibility as the record applied it: {}.", steps.join("; "))
}

/// A mechanical bias that a reader must know of (the share leaves out the person's own messages).
fn straddling(protocol: &Protocol, extract: &Extract, providers: usize) -> Option<String> {
    let count = extract.straddlers.len();
    let has_share = protocol.covariates.iter().any(|it| it.measure.as_deref() == Some("provider-share"));
    (count > 0 && has_share).then(|| {
        format!(
            "{count} of {providers} providers have patients in two bands of the share, only because each patient's \
             own messages are left out of it: there the share differs with the outcome itself. Compare the analysis \
             with the share of the year before."
        )
    })
}
