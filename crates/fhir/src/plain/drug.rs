//! RxNorm's drug names as people write them: "amLODIPine 2.5 MG Oral Tablet" is "Amlodipine 2.5 mg tablet".
//! Numbers and their order stay as they are; only spelling changes, never a strength.

/// Units of strength and amount in RxNorm's spelling.
const UNITS: [(&str, &str); 14] = [
    ("MG", "mg"),
    ("ML", "mL"),
    ("MCG", "mcg"),
    ("MEQ", "mEq"),
    ("UNT", "units"),
    ("ACTUAT", "puffs"),
    ("MG/ML", "mg/mL"),
    ("MCG/ML", "mcg/mL"),
    ("MEQ/ML", "mEq/mL"),
    ("UNT/ML", "units/mL"),
    ("MG/HR", "mg/hour"),
    ("MG/ACTUAT", "mg/puff"),
    ("MCG/ACTUAT", "mcg/puff"),
    ("MG/MG", "mg/mg"),
];

/// Dose forms; the longer ones stand before those that they end with.
const FORMS: [(&str, &str); 20] = [
    ("Extended Release Oral Tablet", "long-acting tablet"),
    ("Extended Release Oral Capsule", "long-acting capsule"),
    ("Delayed Release Oral Tablet", "coated tablet"),
    ("Delayed Release Oral Capsule", "coated capsule"),
    ("Disintegrating Oral Tablet", "melting tablet"),
    ("Sublingual Tablet", "tablet under the tongue"),
    ("Chewable Tablet", "chewable tablet"),
    ("Oral Tablet", "tablet"),
    ("Oral Capsule", "capsule"),
    ("Oral Solution", "liquid"),
    ("Oral Suspension", "liquid"),
    ("Inhalation Solution", "liquid to breathe in"),
    ("Metered Dose Inhaler", "inhaler"),
    ("Dry Powder Inhaler", "inhaler"),
    ("Transdermal System", "skin patch"),
    ("Topical Cream", "cream"),
    ("Topical Ointment", "ointment"),
    ("Injectable Solution", "injection"),
    ("Injectable Suspension", "injection"),
    ("Injection", "injection"),
];

/// The plain spelling of a drug name; nothing where the text does not tell a strength as RxNorm does.
pub(super) fn name(text: &str) -> Option<String> {
    let tokens: Vec<&str> = text.split_whitespace().collect();
    let is_strength = |pair: &[&str]| is_number(pair[0]) && unit(pair[1]).is_some();
    if !tokens.windows(2).any(is_strength) {
        return None;
    }
    let mut words = Vec::with_capacity(tokens.len());
    let mut before = "";
    for token in tokens {
        words.push(word(token, is_number(before)));
        before = token;
    }
    // The licence number in front of some names says nothing to a reader.
    words.retain(|word| word.strip_prefix("NDA").is_none_or(|rest| rest.parse::<u32>().is_err()));
    let mut name = words.join(" ");
    for (form, plain) in FORMS {
        name = name.replace(form, plain);
    }
    let mut letters = name.chars();
    let first = letters.next()?;
    Some(first.to_uppercase().chain(letters).collect())
}

fn word(token: &str, is_after_number: bool) -> String {
    match unit(token).filter(|_| is_after_number) {
        Some(unit) => unit.to_owned(),
        None if token == "HR" && is_after_number => "hour".to_owned(),
        None if is_tall_man(token) => token.to_lowercase(),
        None => token.to_owned(),
    }
}

fn unit(token: &str) -> Option<&'static str> {
    UNITS.iter().find(|(rxnorm, _)| *rxnorm == token).map(|(_, plain)| *plain)
}

fn is_number(token: &str) -> bool {
    token.parse::<f64>().is_ok()
}

/// Capitals inside a word, which tell look-alike names apart for those who dispense: "predniSONE".
fn is_tall_man(token: &str) -> bool {
    let capitals = token.chars().skip(1).filter(|c| c.is_uppercase()).count();
    capitals >= 2 && token.len() >= 6 && token.chars().all(char::is_alphabetic)
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn drug_names_are_written_as_on_a_label_and_strengths_stay() {
        for (rxnorm, plain) in [
            ("lisinopril 10 MG Oral Tablet", "Lisinopril 10 mg tablet"),
            (
                "24 HR Metformin hydrochloride 500 MG Extended Release Oral Tablet",
                "24 hour Metformin hydrochloride 500 mg long-acting tablet",
            ),
            (
                "NDA020503 200 ACTUAT Albuterol 0.09 MG/ACTUAT Metered Dose Inhaler",
                "200 puffs Albuterol 0.09 mg/puff inhaler",
            ),
            (
                "Acetaminophen 325 MG / HYDROcodone Bitartrate 7.5 MG Oral Tablet",
                "Acetaminophen 325 mg / hydrocodone Bitartrate 7.5 mg tablet",
            ),
            ("Acetaminophen 325 MG Oral Tablet [Tylenol]", "Acetaminophen 325 mg tablet [Tylenol]"),
            (
                "0.4 ML Enoxaparin sodium 100 MG/ML Prefilled Syringe",
                "0.4 mL Enoxaparin sodium 100 mg/mL Prefilled Syringe",
            ),
        ] {
            assert_eq!(name(rxnorm).as_deref(), Some(plain));
        }
        for other in ["Errin 28 Day Pack", "Lisinopril 10 mg tablet", "MG of what", "Vitamin D 1000 IU"] {
            assert_eq!(name(other), None);
        }
    }
}
