use crate::tampering::expect;
use crate::world::World;
use store::check::{SEALED_COLUMNS, SealedColumn};
use store::db::{Row, StoreError, Tx, Value};
use store::testing::each_migrated;

/// Byte columns that hold ids, hashes and macs, and nothing of a person.
const NOT_SEALED: &[&str] = &[
    "wrapped",
    "token_hash",
    "code_hash",
    "fingerprint",
    "opened_by",
    "closed_by",
    "on_behalf_of",
    "recorded_by",
    "ended_by",
    "client_key",
    "slot",
    "mac",
    "head",
    "heads_hash",
    "holder",
    "file_hash",
    "id",
];

fn key_part(row: &Row<'_>, index: usize) -> Result<Value, StoreError> {
    row.get::<Vec<u8>>(index).map(Value::from).or_else(|_| row.get::<i64>(index).map(Value::from))
}

/// The first rows of a sealed column: key and value.
fn rows(tx: &mut Tx<'_>, column: &SealedColumn) -> Result<Vec<(Vec<Value>, Vec<u8>)>, StoreError> {
    let keys = column.key.len();
    let sql = format!(
        "SELECT {}, {} FROM {} WHERE {} IS NOT NULL ORDER BY 1",
        column.key.join(", "),
        column.column,
        column.table,
        column.column
    );
    tx.query(&sql, &[], |row| {
        let key = (0..keys).map(|index| key_part(row, index)).collect::<Result<_, _>>()?;
        Ok((key, row.get(keys)?))
    })
}

fn write(tx: &mut Tx<'_>, column: &SealedColumn, key: &[Value], sealed: Vec<u8>) -> Result<(), StoreError> {
    let place: Vec<String> =
        column.key.iter().enumerate().map(|(at, name)| format!("{name} = ${}", at + 1)).collect();
    let sql = format!(
        "UPDATE {} SET {} = ${} WHERE {}",
        column.table,
        column.column,
        key.len() + 1,
        place.join(" AND ")
    );
    let mut values = key.to_vec();
    values.push(Value::from(sealed));
    assert_eq!(tx.execute(&sql, &values)?, 1);
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_changed_byte_and_a_moved_value_of_every_sealed_column_are_named() {
    each_migrated(|db| async move {
        let world = World::sealed(db).await;
        for column in SEALED_COLUMNS {
            for byte in ["first", "middle", "last"] {
                let report = world
                    .tampered(move |tx| {
                        let (key, mut sealed) = rows(tx, column)?.remove(0);
                        let at = match byte {
                            "first" => 0,
                            "middle" => sealed.len() / 2,
                            _ => sealed.len() - 1,
                        };
                        sealed[at] ^= 1;
                        write(tx, column, &key, sealed)
                    })
                    .await;
                expect(&report, &[column.table, column.column, "changed"], byte);
            }
            let report = world
                .tampered(move |tx| {
                    let mut rows = rows(tx, column)?;
                    assert!(rows.len() > 1, "one row of {} only", column.table);
                    let (first, last) = (rows.remove(0), rows.pop().unwrap());
                    write(tx, column, &first.0, last.1)?;
                    write(tx, column, &last.0, first.1)
                })
                .await;
            let caught = report.faults.iter().filter(|fault| fault.table == column.table).count();
            assert!(caught >= 2, "swapped values of {}: {:#?}", column.table, report.faults);
        }
        assert!(world.check().await.holds());
    })
    .await;
}

#[test]
fn every_column_of_bytes_in_the_schema_is_sealed_and_checked_or_known_to_hold_nothing_of_a_person() {
    let mut table = String::new();
    let mut missing = Vec::new();
    for line in store::schema::migrations().iter().flat_map(|step| step.sql.lines()) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words[..] {
            ["CREATE", "TABLE", name, ..] => table = name.to_owned(),
            [column, "BYTEA" | "BYTEA,", ..] => {
                let is_checked =
                    SEALED_COLUMNS.iter().any(|known| known.table == table && known.column == column);
                if !is_checked && !column.ends_with("_id") && !NOT_SEALED.contains(&column) {
                    missing.push(format!("{table}.{column}"));
                }
            }
            _ => {}
        }
    }
    assert!(missing.is_empty(), "sealed columns that no check opens: {missing:?}");
}
