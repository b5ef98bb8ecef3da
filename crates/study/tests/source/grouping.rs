//! Over invented tables: the reader counts as a person would, with any number of threads, any memory and in any order.

use crate::by_hand::{Row, columns, group};
use parquet::basic::Encoding;
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, Int64Type};
use parquet::file::properties::{WriterProperties, WriterVersion};
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use proptest::prelude::*;
use std::path::Path;
use std::sync::Arc;
use study::grouped::Grouped;
use study::source::{Limits, Reading, read};

fn write(path: &Path, rows: &[Row]) {
    let mut text = "x,messaged,y,pcp\n".to_owned();
    for (pcp, levels, event) in rows {
        let quoted = levels[0].replace('"', "\"\"");
        text.push_str(&format!("\"{quoted}\",{event},{},{pcp}\n", levels[1]));
    }
    std::fs::write(path, text).unwrap();
}

fn read_with(path: &Path, threads: usize, memory_bytes: usize) -> Reading {
    let limits = Limits { threads, memory_bytes, problems: 20 };
    read(path, &columns(&["x", "y"]), &limits, &|_| {}).unwrap()
}

fn row() -> impl Strategy<Value = Row> {
    let x = prop::sample::select(vec!["a", "b,c", "d\"e", "f\ng", "ü"]);
    ("p[0-9]{1,2}", x, 0..40u8, any::<bool>())
        .prop_map(|(pcp, x, y, event)| (pcp, vec![x.to_owned(), y.to_string()], event))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn grouping_equals_counting_by_hand(rows in prop::collection::vec(row(), 0..400), threads in 1..4usize) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("cohort.csv");
        write(&path, &rows);
        let reading = read_with(&path, threads, 1 << 30);
        prop_assert_eq!(&reading.grouped, &group("messaged", "pcp", &["x", "y"], &rows));
        let spilled = read_with(&path, threads, 0);
        prop_assert_eq!(&spilled.grouped, &reading.grouped);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn neither_order_nor_threads_nor_memory_nor_the_form_of_the_file_change_the_cohort(
        rows in Just(many_rows()).prop_shuffle(),
        threads in 1..5usize,
        memory_bits in 10..28u32,
        form in forms(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let (text, table) = (folder.path().join("cohort.csv"), folder.path().join("cohort.parquet"));
        write(&text, &rows);
        write_parquet(&table, &rows, form);
        let by_hand = group("messaged", "pcp", &["x", "y"], &many_rows());
        for path in [text, table] {
            prop_assert_eq!(&read_with(&path, threads, 1 << memory_bits).grouped, &by_hand);
        }
    }
}

/// How a Parquet file is laid out.
fn forms() -> impl Strategy<Value = WriterProperties> {
    let encoding = prop::sample::select(vec![Encoding::PLAIN, Encoding::DELTA_BYTE_ARRAY]);
    let version = prop::sample::select(vec![WriterVersion::PARQUET_1_0, WriterVersion::PARQUET_2_0]);
    (any::<bool>(), 100..50_000usize, 1..20_000usize, encoding, version).prop_map(
        |(has_dictionary, dictionary_bytes, page_rows, encoding, version)| {
            // Small dictionaries are given up in the middle of a column.
            WriterProperties::builder()
                .set_writer_version(version)
                .set_dictionary_enabled(has_dictionary)
                .set_dictionary_page_size_limit(dictionary_bytes / 10)
                .set_data_page_row_count_limit(page_rows)
                .set_write_batch_size(page_rows.min(1024))
                .set_column_encoding("pcp".into(), encoding)
                .build()
        },
    )
}

/// Row groups of 70,000 rows; the outcome is a boolean, `y` a whole number, the others text.
fn write_parquet(path: &Path, rows: &[Row], form: WriterProperties) {
    let schema = "message rows { required boolean messaged; optional binary x (utf8); optional binary pcp (utf8); required int64 y; }";
    let schema = Arc::new(parse_message_type(schema).unwrap());
    let file = std::fs::File::create(path).unwrap();
    let mut writer = SerializedFileWriter::new(file, schema, Arc::new(form)).unwrap();
    let text = |text: &str| ByteArray::from(text);
    for rows in rows.chunks(70_000) {
        let present = vec![1; rows.len()];
        let events: Vec<bool> = rows.iter().map(|row| row.2).collect();
        let names: Vec<ByteArray> = rows.iter().map(|row| text(&row.0)).collect();
        let x: Vec<ByteArray> = rows.iter().map(|row| text(&row.1[0])).collect();
        let y: Vec<i64> = rows.iter().map(|row| row.1[1].parse().unwrap()).collect();
        let mut group = writer.next_row_group().unwrap();
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<BoolType>().write_batch(&events, None, None).unwrap();
        column.close().unwrap();
        for texts in [x, names] {
            let mut column = group.next_column().unwrap().unwrap();
            column.typed::<ByteArrayType>().write_batch(&texts, Some(&present), None).unwrap();
            column.close().unwrap();
        }
        let mut column = group.next_column().unwrap().unwrap();
        column.typed::<Int64Type>().write_batch(&y, None, None).unwrap();
        column.close().unwrap();
        group.close().unwrap();
    }
    writer.close().unwrap();
}

fn many_rows() -> Vec<Row> {
    let mut state = 1u64;
    let mut next = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let row = |_| {
        let (pcp, x, y) = (next(500), next(9), next(40));
        (format!("p{pcp}"), vec![format!("x{x}"), y.to_string()], next(3) == 0)
    };
    (0..200_000).map(row).collect()
}

#[test]
fn a_cohort_that_does_not_fit_in_memory_is_spilled_and_comes_out_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cohort.csv");
    let rows = many_rows();
    write(&path, &rows);
    let by_hand: Grouped = group("messaged", "pcp", &["x", "y"], &rows);
    for (threads, memory_bytes) in [(1, 1 << 30), (2, 1 << 30), (1, 1 << 18), (2, 1 << 20), (4, 1 << 20)] {
        let reading = read_with(&path, threads, memory_bytes);
        assert_eq!(
            reading.spilled_bytes > 0,
            memory_bytes < 1 << 30,
            "{threads} threads, {memory_bytes} bytes"
        );
        assert_eq!(reading.grouped, by_hand, "{threads} threads, {memory_bytes} bytes");
    }
}
