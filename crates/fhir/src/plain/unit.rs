//! Units as people write them; UCUM's own spelling is for machines.

use std::borrow::Cow;

/// A UCUM unit as people write it; unchanged where it is plain already.
pub fn unit(ucum: &str) -> Cow<'_, str> {
    Cow::Borrowed(match ucum {
        "mm[Hg]" => "mmHg",
        "Cel" => "°C",
        "[degF]" => "°F",
        "[lb_av]" => "lb",
        "[in_i]" => "in",
        "[IU]/L" => "IU/L",
        "[IU]/mL" => "IU/mL",
        "kg/m2" => "kg/m²",
        "m[IU]/L" => "mIU/L",
        "u[IU]/mL" => "µIU/mL",
        "ug/L" => "µg/L",
        "ug/mL" => "µg/mL",
        "umol/L" => "µmol/L",
        _ => return powers(ucum),
    })
}

/// `10*3/uL` counts thousands in a microlitre.
fn powers(ucum: &str) -> Cow<'_, str> {
    let Some((power, rest)) = ucum.strip_prefix("10*").and_then(|rest| rest.split_once('/')) else {
        return Cow::Borrowed(ucum);
    };
    let raised = match power {
        "3" => "³",
        "6" => "⁶",
        "9" => "⁹",
        "12" => "¹²",
        _ => return Cow::Borrowed(ucum),
    };
    Cow::Owned(format!("×10{raised}/{}", if rest == "uL" { "µL" } else { rest }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_written_as_people_write_them() {
        let all = ["mm[Hg]", "Cel", "10*3/uL", "mg/dL", "10*5/uL"].map(|ucum| unit(ucum).into_owned());
        assert_eq!(all, ["mmHg", "°C", "×10³/µL", "mg/dL", "10*5/uL"]);
    }
}
