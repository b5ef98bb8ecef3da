//! The syntax of R4 primitive types (datatypes 2.24.0.1), matched by hand.

use crate::date;
use serde_json::{Number, Value};

/// A primitive datatype.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Primitive {
    Base64Binary,
    Boolean,
    Code,
    Date,
    DateTime,
    Decimal,
    Id,
    Instant,
    Integer,
    Oid,
    PositiveInt,
    /// string and markdown
    Text,
    Time,
    UnsignedInt,
    /// uri, url and canonical
    Uri,
    Uuid,
    Xhtml,
}

/// R4: strings shall not exceed 1 MB.
const LONGEST_STRING: usize = 1024 * 1024;

impl Primitive {
    /// The primitive of an R4 type name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name {
            "base64Binary" => Primitive::Base64Binary,
            "boolean" => Primitive::Boolean,
            "code" => Primitive::Code,
            "date" => Primitive::Date,
            "dateTime" => Primitive::DateTime,
            "decimal" => Primitive::Decimal,
            "id" => Primitive::Id,
            "instant" => Primitive::Instant,
            "integer" => Primitive::Integer,
            "oid" => Primitive::Oid,
            "positiveInt" => Primitive::PositiveInt,
            "string" | "markdown" => Primitive::Text,
            "time" => Primitive::Time,
            "unsignedInt" => Primitive::UnsignedInt,
            "uri" | "url" | "canonical" => Primitive::Uri,
            "uuid" => Primitive::Uuid,
            "xhtml" => Primitive::Xhtml,
            _ => return None,
        })
    }

    /// Whether a JSON value is a valid one of this type.
    pub fn accepts(self, value: &Value) -> bool {
        match (self, value) {
            (Primitive::Boolean, Value::Bool(_)) | (Primitive::Decimal, Value::Number(_)) => true,
            (Primitive::Integer, Value::Number(n)) => integer(n).is_some_and(|i| i >= i64::from(i32::MIN)),
            (Primitive::UnsignedInt, Value::Number(n)) => integer(n).is_some_and(|i| i >= 0),
            (Primitive::PositiveInt, Value::Number(n)) => integer(n).is_some_and(|i| i >= 1),
            (_, Value::String(text)) => self.accepts_text(text),
            _ => false,
        }
    }

    fn accepts_text(self, text: &str) -> bool {
        match self {
            Primitive::Text => is_string(text),
            Primitive::Code => is_code(text),
            Primitive::Uri => is_uri(text),
            Primitive::Id => is_id(text),
            Primitive::Date => date::parts(text).is_some_and(|p| p.time.is_none()),
            Primitive::DateTime => is_date_time(text),
            Primitive::Instant => is_date_time(text) && text.contains('T'),
            Primitive::Time => is_time(text),
            Primitive::Base64Binary => is_base64(text),
            Primitive::Oid => is_oid(text),
            Primitive::Uuid => text.strip_prefix("urn:uuid:").is_some_and(is_uuid),
            Primitive::Xhtml => is_xhtml(text),
            _ => false,
        }
    }

    /// What to say was expected; never quotes the value.
    pub fn expected(self) -> &'static str {
        match self {
            Primitive::Base64Binary => "expected base64 text",
            Primitive::Boolean => "expected true or false",
            Primitive::Code => "expected a code: text without leading, trailing or double spaces",
            Primitive::Date => "expected a date: YYYY, YYYY-MM or YYYY-MM-DD of a real day",
            Primitive::DateTime => "expected a date, or a date with time, seconds and zone, of a real day",
            Primitive::Decimal => "expected a number",
            Primitive::Id => "expected an id: 1 to 64 letters, digits, '-' or '.'",
            Primitive::Instant => "expected a date with time, seconds and zone",
            Primitive::Integer => "expected a whole number of 32 bits",
            Primitive::Oid => "expected urn:oid: and an OID",
            Primitive::PositiveInt => "expected a whole number of 1 or more",
            Primitive::Text => "expected text that is not empty and has no control characters",
            Primitive::Time => "expected a time of day: hh:mm:ss",
            Primitive::UnsignedInt => "expected a whole number of 0 or more",
            Primitive::Uri => "expected a URI without spaces",
            Primitive::Uuid => "expected urn:uuid: and a UUID",
            Primitive::Xhtml => "expected an XHTML div",
        }
    }
}

/// Whether the text is an R4 id.
pub fn is_id(text: &str) -> bool {
    let bytes = text.as_bytes();
    (1..=64).contains(&bytes.len())
        && bytes.iter().all(|b| matches!(b, b'-' | b'.' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z'))
}

/// Whether the text is a UUID in lower or upper case, without prefix.
pub fn is_uuid(text: &str) -> bool {
    let is_dash = |at| matches!(at, 8 | 13 | 18 | 23);
    let fits = |(at, b): (usize, &u8)| if is_dash(at) { *b == b'-' } else { b.is_ascii_hexdigit() };
    text.len() == 36 && text.as_bytes().iter().enumerate().all(fits)
}

fn integer(number: &Number) -> Option<i64> {
    number.as_i64().filter(|&i| i <= i64::from(i32::MAX))
}

fn is_string(text: &str) -> bool {
    let is_control = |b: u8| b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r');
    !text.is_empty()
        && text.len() <= LONGEST_STRING
        && !text.bytes().fold(false, |found, b| found | is_control(b))
}

fn is_code(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_space = |b: &u8| b.is_ascii_whitespace();
    let ends = bytes.first().zip(bytes.last());
    ends.is_some_and(|(first, last)| !is_space(first) && !is_space(last))
        && !bytes.windows(2).any(|pair| is_space(&pair[0]) && is_space(&pair[1]))
        && is_string(text)
}

fn is_uri(text: &str) -> bool {
    !text.is_empty() && !text.bytes().fold(false, |found, b| found | (b <= b' '))
}

fn is_date_time(text: &str) -> bool {
    let Some(parts) = date::parts(text) else { return false };
    let Some(time) = parts.time else { return true };
    // The seconds are required where there is a time, and a zone.
    time.precision < 60_000_000 && parts.offset.is_some()
}

fn is_time(text: &str) -> bool {
    let time = date::time(text.as_bytes());
    time.is_some_and(|(time, length)| length == text.len() && time.precision < 60_000_000)
}

fn is_base64(text: &str) -> bool {
    let (mut digits, mut padding) = (0_usize, 0_usize);
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'+' | b'/' if padding == 0 => digits += 1,
            b'=' => padding += 1,
            b' ' | b'\t' | b'\n' | b'\r' => {}
            _ => return false,
        }
    }
    digits > 0 && (digits + padding).is_multiple_of(4) && padding <= 2
}

fn is_oid(text: &str) -> bool {
    let Some(rest) = text.strip_prefix("urn:oid:") else { return false };
    let mut arcs = rest.split('.');
    let is_number = |arc: &str| {
        !arc.is_empty() && arc.bytes().all(|b| b.is_ascii_digit()) && (arc == "0" || !arc.starts_with('0'))
    };
    matches!(arcs.next(), Some("0" | "1" | "2")) && rest.contains('.') && arcs.all(is_number)
}

fn is_xhtml(text: &str) -> bool {
    let text = text.trim();
    text.starts_with("<div") && (text.ends_with("</div>") || text.ends_with("/>"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn check(name: &str, good: &[Value], bad: &[Value]) {
        let primitive = Primitive::named(name).unwrap();
        for value in good {
            assert!(primitive.accepts(value), "{name} must accept {value}");
        }
        for value in bad {
            assert!(!primitive.accepts(value), "{name} must refuse {value}");
        }
    }

    #[test]
    fn times_follow_the_standard() {
        check(
            "date",
            &[json!("1905"), json!("1905-08"), json!("2020-02-29")],
            &[json!("2021-02-29"), json!(1905)],
        );
        let bad = [json!("2015-02-07T13:28Z"), json!("2015-02-07T13:28:17"), json!("2015-02-30T13:28:17Z")];
        check("dateTime", &[json!("2018"), json!("2015-02-07T13:28:17-05:00")], &bad);
        check("instant", &[json!("2015-02-07T13:28:17.239+02:00")], &[json!("2015-02-07"), json!("2015")]);
        check(
            "time",
            &[json!("23:59:60"), json!("00:00:00.1")],
            &[json!("24:00:00"), json!("12:00"), json!("1:00:00")],
        );
    }

    #[test]
    fn numbers_follow_the_standard() {
        check("integer", &[json!(-5), json!(2147483647)], &[json!(2147483648_i64), json!(1.5), json!("1")]);
        check("positiveInt", &[json!(1)], &[json!(0), json!(-1)]);
        check("unsignedInt", &[json!(0)], &[json!(-1), json!(true)]);
        check("decimal", &[json!(1.5), json!(-3)], &[json!("1.5")]);
        check("boolean", &[json!(true)], &[json!("true"), json!(1)]);
    }

    #[test]
    fn texts_follow_the_standard() {
        check("code", &[json!("a b")], &[json!(" a"), json!("a  b"), json!(""), json!("a ")]);
        check("string", &[json!("a\nb"), json!(" ñ")], &[json!(""), json!("a\u{1}b"), json!(1), json!(null)]);
        check("id", &[json!("a.b-1")], &[json!("a_b"), json!("x".repeat(65)), json!("")]);
        check("uri", &[json!("urn:x:1")], &[json!("a b"), json!("")]);
        check(
            "oid",
            &[json!("urn:oid:1.2.3")],
            &[json!("1.2.3"), json!("urn:oid:3.1"), json!("urn:oid:1.02"), json!("urn:oid:1")],
        );
        check(
            "uuid",
            &[json!("urn:uuid:c757873d-ec9a-4326-a141-556f43239520")],
            &[json!("urn:uuid:c757873d")],
        );
        check(
            "base64Binary",
            &[json!("QUJD"), json!("QUJD\nQUI=")],
            &[json!("QUJ"), json!("Q=JD"), json!("QU*D"), json!("")],
        );
        check("xhtml", &[json!("<div>a</div>")], &[json!("a"), json!("<p>a</p>")]);
    }
}
