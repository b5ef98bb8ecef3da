//! Tables worked by hand.

use study::disclosure::{Counts, Earlier, Limit, NotASplit, Published, Table, rounded, rounded_count};

fn cell(n: u64, events: u64) -> Counts {
    Counts { n, events }
}

fn table(levels: &[Counts]) -> Table {
    let sum = |counts: fn(&Counts) -> u64| levels.iter().map(counts).sum();
    Table::new(cell(sum(|c| c.n), sum(|c| c.events)), vec![levels.to_vec()]).unwrap()
}

fn publish(levels: &[Counts]) -> Published {
    table(levels).publish(&[], Limit::default())
}

#[test]
fn nothing_small_hides_nothing() {
    let published = publish(&[cell(400, 60), cell(300, 0), cell(0, 0)]);
    assert_eq!(published.total, Some(cell(700, 60)));
    assert_eq!(published.by, [[Some(cell(400, 60)), Some(cell(300, 0)), Some(cell(0, 0))]]);
}

#[test]
fn a_small_cell_takes_the_last_level_with_it() {
    // 5 events alone would be 105 minus 100; with the 300 people's 40 it is one of many splits of 45.
    let published = publish(&[cell(600, 60), cell(80, 5), cell(300, 40), cell(0, 0)]);
    assert_eq!(published.by, [[Some(cell(600, 60)), None, None, Some(cell(0, 0))]]);
    assert_eq!(published.total, Some(cell(980, 105)));
}

#[test]
fn few_non_events_are_as_small_as_few_events() {
    let published = publish(&[cell(600, 60), cell(80, 76), cell(300, 40)]);
    assert_eq!(published.by, [[Some(cell(600, 60)), None, None]]);
}

#[test]
fn two_small_cells_need_a_third_if_their_sum_is_small() {
    // 3 and 4 events: the total would tell that they have 7 together.
    let published = publish(&[cell(600, 60), cell(300, 40), cell(50, 3), cell(60, 4)]);
    assert_eq!(published.by, [[Some(cell(600, 60)), None, None, None]]);
}

#[test]
fn of_two_levels_both_go() {
    assert_eq!(publish(&[cell(500, 8), cell(500, 90)]).by, [[None, None]]);
}

#[test]
fn ten_and_ten_are_not_told_by_their_twenty() {
    let published = publish(&[cell(600, 60), cell(300, 10), cell(300, 10)]);
    assert_eq!(published.by, [[None, None, None]]);
    assert_eq!(publish(&[cell(300, 10), cell(300, 10)]).total, None);
}

#[test]
fn a_small_total_takes_every_level_with_it() {
    let published = publish(&[cell(500, 0), cell(500, 8)]);
    assert_eq!(published, Published { total: None, by: vec![vec![None, None]] });
}

#[test]
fn three_more_people_in_the_quarter_than_in_the_month_hide_the_quarter() {
    let month = publish(&[cell(400, 40), cell(400, 60)]);
    let quarter = table(&[cell(400, 43), cell(400, 90)]);
    let beside = quarter.publish(&[Earlier::Within(&month)], Limit::default());
    assert_eq!((beside.total, beside.by), (Some(cell(800, 133)), vec![vec![None, None]]));
}

#[test]
fn three_people_who_wrote_in_both_months_hide_what_the_months_have_together() {
    let (may, june) = (publish(&[cell(400, 40)]), publish(&[cell(400, 60)]));
    let both = table(&[cell(400, 97)]);
    let beside = both.publish(&[Earlier::Parts(&[may.clone(), june])], Limit::default());
    assert_eq!(beside.total, None);
    assert_eq!(both.publish(&[Earlier::Within(&may)], Limit::default()).total, Some(cell(400, 97)));
}

#[test]
fn levels_that_do_not_add_up_are_refused() {
    let levels = vec![vec![cell(10, 1), cell(20, 2)], vec![cell(29, 3)]];
    assert_eq!(Table::new(cell(30, 3), levels), Err(NotASplit { variable: 1 }));
}

#[test]
fn the_limit_is_a_setting() {
    let levels = table(&[cell(80, 5), cell(300, 40)]);
    assert_eq!(levels.publish(&[], Limit(5)).by, [[Some(cell(80, 5)), Some(cell(300, 40))]]);
    assert_eq!(levels.publish(&[], Limit(6)).by, [[None, None]]);
}

#[test]
fn figures_carry_three_digits() {
    assert_eq!([999, 1004, 1005, 179_107, 999_500].map(rounded_count), [999, 1000, 1010, 179_000, 1_000_000]);
    assert_eq!(
        [0.0, 0.123_449, 13.96, 123.5, -179_107.0].map(rounded),
        [0.0, 0.123, 14.0, 124.0, -179_000.0]
    );
    assert!(rounded(f64::NAN).is_nan());
}
