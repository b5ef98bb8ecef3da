//! A site's own table of areas, read from CSV: `area,deprivation,distance_km`, in any order, with a header line. An area
//! is a postal code, one of the United States by its first five digits. The whole file is taken, or nothing of it.

use crate::ctx::Ctx;
use crate::error::ServiceError;
use crate::service::Service;
use domain::access::{Capability, Item};
use domain::audit::AuditAction;
use domain::covariate::{AreaFacts, area};
use domain::id::PatientId;
use std::collections::BTreeMap;

/// Lines that are named at most.
const NAMED: usize = 20;
/// Kilometres; half way around the world.
const FARTHEST: f64 = 20_040.0;

/// A line that cannot be used: its number and why.
pub type Refused = (u64, &'static str);

/// What of a file stands in the record now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreasRead {
    /// The number of areas.
    Kept(u64),
    /// Nothing was changed; the first lines that are wrong.
    Refused(Vec<Refused>),
}

impl Service {
    /// Puts a site's areas in the place of those that were there.
    pub async fn load_areas(&self, ctx: &Ctx, text: &[u8]) -> Result<AreasRead, ServiceError> {
        let areas = match read(text) {
            Ok(areas) => areas,
            Err(refused) => return Ok(AreasRead::Refused(refused)),
        };
        let count = areas.len() as u64;
        let mut act = self.act(ctx, AuditAction::LoadAreas);
        act.detail().count = i64::try_from(count).ok();
        self.change(act, move |tx, act| {
            act.about(PatientId::ORGANISATION, None);
            act.allow(tx, Capability::ManageSettings, Item::default())?;
            Ok(store::study_area::replace(tx, &areas)?)
        })
        .await?;
        Ok(AreasRead::Kept(count))
    }
}

fn read(text: &[u8]) -> Result<Vec<(String, AreaFacts)>, Vec<Refused>> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    let mut reader = csv::ReaderBuilder::new().flexible(true).trim(csv::Trim::All).from_reader(text);
    let header = reader.headers().map_err(|_| vec![(1, "the header line cannot be read")])?;
    let place = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
    let places = [place("area"), place("deprivation"), place("distance_km")];
    if places[0].is_none() || (places[1].is_none() && places[2].is_none()) {
        return Err(vec![(1, "the header needs area, and deprivation or distance_km")]);
    }
    let (mut areas, mut refused) = (BTreeMap::new(), Vec::new());
    for (record, guess) in reader.into_records().zip(2u64..) {
        let number = record.as_ref().ok().and_then(|record| record.position()).map_or(guess, |at| at.line());
        let line = record.map_err(|_| "the line cannot be read as CSV in UTF-8").and_then(|record| {
            line(|at: usize| places[at].and_then(|place| record.get(place)).unwrap_or(""))
        });
        match line {
            Ok((area, facts)) => {
                if areas.insert(area, facts).is_some() {
                    refused.push((number, "the area stands in the file twice"));
                }
            }
            Err(reason) => refused.push((number, reason)),
        }
    }
    refused.truncate(NAMED);
    if refused.is_empty() { Ok(areas.into_iter().collect()) } else { Err(refused) }
}

fn line<'a>(field: impl Fn(usize) -> &'a str) -> Result<(String, AreaFacts), &'static str> {
    let area = area(field(0)).ok_or("area is no postal code")?;
    let distance_km = match field(2) {
        "" => None,
        text => {
            let distance: f64 = text.parse().map_err(|_| "distance_km is no number")?;
            Some(distance)
                .filter(|km| (0.0..=FARTHEST).contains(km))
                .map(Some)
                .ok_or("distance_km is not between 0 and 20,040")?
        }
    };
    let deprivation = Some(field(1).to_owned()).filter(|level| !level.is_empty());
    Ok((area, AreaFacts { deprivation, distance_km }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_may_come_in_any_order_and_postal_codes_are_folded() {
        let text = b"\xef\xbb\xbfDistance_km,Area,deprivation\n4.2,98101-1234,3\n,v6b 1a1,most deprived\n";
        let facts = |deprivation: &str, distance_km| AreaFacts {
            deprivation: Some(deprivation.to_owned()),
            distance_km,
        };
        assert_eq!(
            read(text).unwrap(),
            [("98101".into(), facts("3", Some(4.2))), ("V6B1A1".into(), facts("most deprived", None))]
        );
    }

    #[test]
    fn a_file_with_a_wrong_line_is_refused_whole_and_every_line_named() {
        let text = b"area,distance_km\n98101,near\n98102,4\n,4\n98102,5\n98103,-1\n98104,NaN\n";
        let lines: Vec<u64> = read(text).unwrap_err().into_iter().map(|(line, _)| line).collect();
        assert_eq!(lines, [2, 4, 5, 6, 7]);
        assert_eq!(read(b"area,income\n98101,1\n").unwrap_err()[0].0, 1);
        assert_eq!(read(b"").unwrap_err()[0].0, 1);
    }
}
