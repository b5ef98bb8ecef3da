//! Units of measure (UCUM): a number in another unit of the same kind. The rule: only what is certain, so a
//! unit that is not known here is equal to itself alone, and `U` is never `[IU]`, `%` never `mmol/mol`.
//! Annotations such as `{1.73_m2}` mean nothing to UCUM (section 2.4) and are passed over.

use crate::project::CodeKey;

/// What a unit measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Mass,
    Length,
    Area,
    Volume,
    Amount,
    Equivalents,
    Time,
    Pressure,
    Count,
    International,
    Enzyme,
    Percent,
}

/// Units that take metric prefixes, in grams, metres, litres, moles, seconds and pascals.
const METRIC: [(&str, Kind, f64); 10] = [
    ("g", Kind::Mass, 1.0),
    ("m", Kind::Length, 1.0),
    ("L", Kind::Volume, 1.0),
    ("l", Kind::Volume, 1.0),
    ("mol", Kind::Amount, 1.0),
    ("eq", Kind::Equivalents, 1.0),
    ("Eq", Kind::Equivalents, 1.0),
    ("[IU]", Kind::International, 1.0),
    ("U", Kind::Enzyme, 1.0),
    ("Pa", Kind::Pressure, 1.0),
];

/// Units that take none, and how people spell some of them.
const OTHER: [(&str, Kind, f64); 22] = [
    ("", Kind::Count, 1.0),
    ("1", Kind::Count, 1.0),
    ("10*3", Kind::Count, 1e3),
    ("10*6", Kind::Count, 1e6),
    ("10*9", Kind::Count, 1e9),
    ("10*12", Kind::Count, 1e12),
    ("K", Kind::Count, 1e3),
    ("M", Kind::Count, 1e6),
    ("%", Kind::Percent, 1.0),
    ("s", Kind::Time, 1.0),
    ("min", Kind::Time, 60.0),
    ("h", Kind::Time, 3600.0),
    ("d", Kind::Time, 86_400.0),
    ("m2", Kind::Area, 1.0),
    ("mm[Hg]", Kind::Pressure, 133.322),
    ("mmHg", Kind::Pressure, 133.322),
    ("[lb_av]", Kind::Mass, 453.592_37),
    ("lb", Kind::Mass, 453.592_37),
    ("lbs", Kind::Mass, 453.592_37),
    ("[oz_av]", Kind::Mass, 28.349_523_125),
    ("[in_i]", Kind::Length, 0.0254),
    ("[ft_i]", Kind::Length, 0.3048),
];

const PREFIXES: [(char, f64); 9] = [
    ('k', 1e3),
    ('d', 1e-1),
    ('c', 1e-2),
    ('m', 1e-3),
    ('u', 1e-6),
    ('µ', 1e-6),
    ('n', 1e-9),
    ('p', 1e-12),
    ('f', 1e-15),
];

/// Grams in a mole and charges of the substance that a LOINC code measures, where it is one substance.
/// Weights: IUPAC standard atomic weights; cholesterol and triglycerides (as triolein) by custom of the lipid guidelines.
const SUBSTANCES: [(&[&str], f64, f64); 12] = [
    // Glucose.
    (&["2339-0", "2345-7", "1558-6", "41653-7", "2340-8", "5792-7"], 180.156, 0.0),
    // Cholesterol: total, LDL, HDL.
    (&["2093-3", "18262-6", "13457-7", "2089-1", "2085-9"], 386.65, 0.0),
    // Triglycerides.
    (&["2571-8"], 885.4, 0.0),
    // Creatinine.
    (&["38483-4", "2160-0"], 113.12, 0.0),
    // Urea nitrogen: two atoms of nitrogen in one urea.
    (&["6299-2", "3094-0"], 28.014, 0.0),
    // Bilirubin.
    (&["1975-2", "1968-7"], 584.66, 0.0),
    // Calcium.
    (&["49765-1", "17861-6"], 40.078, 2.0),
    // Magnesium.
    (&["19123-9"], 24.305, 2.0),
    // Uric acid.
    (&["3084-1"], 168.11, 0.0),
    // Iron.
    (&["2498-4"], 55.845, 0.0),
    // Sodium, potassium, chloride.
    (&["2947-0", "2951-2", "6298-4", "2823-3", "2069-3", "2075-0"], 0.0, 1.0),
    // Bicarbonate, measured as total carbon dioxide.
    (&["20565-8", "2028-9", "1960-4", "1963-8"], 0.0, 1.0),
];

/// A value in another unit; `key` says what was measured. Nothing where the units are not of one kind.
pub fn convert(value: f64, from: &str, to: &str, key: &CodeKey) -> Option<f64> {
    if from == to {
        return Some(value);
    }
    if let (Some(from), Some(to)) = (temperature(from), temperature(to)) {
        // Both in degrees: Fahrenheit begins at -32 and has 9 for 5.
        let celsius = if from == Degrees::Fahrenheit { (value - 32.0) / 1.8 } else { value };
        return Some(if to == Degrees::Fahrenheit { celsius * 1.8 + 32.0 } else { celsius });
    }
    let (from, to) = (scale(from)?, scale(to)?);
    let ratio = from.factor / to.factor;
    match (from.over == to.over, from.of == to.of) {
        (true, true) => Some(value * ratio),
        (true, false) => Some(value * ratio * between(from.of, to.of, key)?),
        _ => None,
    }
}

/// What one base unit of `from` is in the base unit of `to`, for the substance of a code.
fn between(from: Kind, to: Kind, key: &CodeKey) -> Option<f64> {
    if key.system_name() != Some("LOINC") {
        return None;
    }
    let is_of = |codes: &[&str]| codes.contains(&key.code.as_str());
    let (_, grams, charges) = SUBSTANCES.iter().find(|(codes, ..)| is_of(codes))?;
    let moles = |kind| match kind {
        Kind::Amount => Some(1.0),
        Kind::Mass if *grams > 0.0 => Some(1.0 / grams),
        Kind::Equivalents if *charges > 0.0 => Some(1.0 / charges),
        _ => None,
    };
    Some(moles(from)? / moles(to)?)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Degrees {
    Celsius,
    Fahrenheit,
}

fn temperature(unit: &str) -> Option<Degrees> {
    match unit {
        "Cel" | "°C" | "C" => Some(Degrees::Celsius),
        "[degF]" | "°F" | "F" => Some(Degrees::Fahrenheit),
        _ => None,
    }
}

/// A unit as what it counts over what, with its size in base units.
struct Scale {
    of: Kind,
    over: Option<Kind>,
    factor: f64,
}

fn scale(unit: &str) -> Option<Scale> {
    let bare = without_annotations(unit)?;
    let bare = bare.trim_end_matches('/');
    let (of, over) = match bare.split_once('/') {
        Some((of, over)) => (atom(of)?, Some(atom(over)?)),
        None => (atom(bare).filter(|_| !bare.is_empty())?, None),
    };
    let factor = of.1 / over.map_or(1.0, |(_, factor)| factor);
    Some(Scale { of: of.0, over: over.map(|(kind, _)| kind), factor })
}

fn without_annotations(unit: &str) -> Option<String> {
    let mut bare = String::with_capacity(unit.len());
    let mut rest = unit;
    while let Some((before, after)) = rest.split_once('{') {
        bare.push_str(before);
        rest = after.split_once('}')?.1;
    }
    bare.push_str(rest);
    Some(bare)
}

/// Kind and size of one unit without a slash.
fn atom(code: &str) -> Option<(Kind, f64)> {
    let exact = |name: &str| {
        let found = OTHER.iter().chain(&METRIC).find(|(known, ..)| *known == name);
        found.map(|(_, kind, factor)| (*kind, *factor))
    };
    exact(code).or_else(|| {
        let prefix = code.chars().next()?;
        let (_, times) = PREFIXES.iter().find(|(known, _)| *known == prefix)?;
        let base = &code[prefix.len_utf8()..];
        let (_, kind, factor) = METRIC.iter().find(|(known, ..)| *known == base)?;
        Some((*kind, factor * times))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn loinc(code: &str) -> CodeKey {
        CodeKey { system: Some("http://loinc.org".to_owned()), code: code.to_owned() }
    }

    fn told(value: f64, from: &str, to: &str, code: &str) -> Option<String> {
        convert(value, from, to, &loinc(code)).map(|value| format!("{value:.2}"))
    }

    #[test]
    fn units_of_one_kind_are_converted() {
        for (value, from, to, expected) in [
            (154.0, "[lb_av]", "kg", "69.85"),
            (70.0, "kg", "lb", "154.32"),
            (65.0, "[in_i]", "cm", "165.10"),
            (98.6, "[degF]", "Cel", "37.00"),
            (37.0, "Cel", "[degF]", "98.60"),
            (13.5, "g/dL", "g/L", "135.00"),
            (250_000.0, "/uL", "10*3/uL", "250.00"),
            (250.0, "10*9/L", "10*3/uL", "250.00"),
            (7.2, "K/uL", "10*3/uL", "7.20"),
            (90.0, "mL/min", "mL/min/{1.73_m2}", "90.00"),
            (16.0, "kPa", "mm[Hg]", "120.01"),
            (30.0, "mg/g", "ug/mg", "30.00"),
            (2.0, "u[IU]/mL", "m[IU]/L", "2.00"),
            (5.0, "{score}", "{score}", "5.00"),
        ] {
            assert_eq!(told(value, from, to, "1-1").as_deref(), Some(expected), "{from} to {to}");
        }
    }

    #[test]
    fn mass_and_amount_are_one_only_for_a_substance_that_is_known() {
        for (value, from, to, code, expected) in [
            (100.0, "mg/dL", "mmol/L", "2345-7", "5.55"),
            (5.2, "mmol/L", "mg/dL", "2093-3", "201.06"),
            (1.7, "mmol/L", "mg/dL", "2571-8", "150.52"),
            (1.0, "mg/dL", "umol/L", "2160-0", "88.40"),
            (14.0, "mg/dL", "mmol/L", "3094-0", "5.00"),
            (1.0, "mg/dL", "umol/L", "1975-2", "17.10"),
            (10.0, "mg/dL", "mmol/L", "17861-6", "2.50"),
            (4.2, "meq/L", "mmol/L", "2823-3", "4.20"),
            (5.0, "meq/L", "mmol/L", "17861-6", "2.50"),
        ] {
            assert_eq!(told(value, from, to, code).as_deref(), Some(expected), "{code}: {from} to {to}");
        }
        let other = CodeKey { system: Some("http://snomed.info/sct".to_owned()), code: "2345-7".to_owned() };
        assert_eq!(convert(100.0, "mg/dL", "mmol/L", &other), None);
    }

    #[test]
    fn what_is_not_certain_is_not_converted() {
        for (from, to, code) in [
            ("%", "mmol/mol", "4548-4"),
            ("U/L", "[IU]/L", "1742-6"),
            ("mg/dL", "mmol/L", "2823-3"),
            ("mg/dL", "mmol/L", "718-7"),
            ("kg", "cm", "29463-7"),
            ("mg/dL", "mg", "2345-7"),
            ("score", "points", "1-1"),
            ("{score}", "%", "1-1"),
            ("", "1", "1-1"),
        ] {
            assert_eq!(told(1.0, from, to, code), None, "{from} to {to}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_a_unit_or_none_and_there_and_back_is_the_same(
            value in 0.001f64..1e6,
            from in "[a-zµ\\[\\]/{}*0-9]{0,8}",
            to in "(mg|g|kg|ug)/(dL|L|mL)",
            back in "(mg|g|kg|ug)/(dL|L|mL)",
        ) {
            let glucose = loinc("2345-7");
            let _ = convert(value, &from, &to, &glucose);
            let there = convert(value, &to, &back, &glucose).unwrap();
            let again = convert(there, &back, &to, &glucose).unwrap();
            prop_assert!((again - value).abs() <= value * 1e-9);
        }
    }
}
