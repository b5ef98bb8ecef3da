//! What a Consent says on research (FHIR R4 Consent, scope `research`). A word against research counts however narrow
//! it is, a word for it only where nothing narrows it: a person is rather left out of a study than counted against
//! their will.

use super::coded::{codings, text};
use crate::date;
use domain::covariate::{Day, ResearchConsent};
use serde_json::Value;

/// Members of a provision that narrow it to some data, purposes or people.
const NARROWING: [&str; 10] = [
    "actor",
    "action",
    "securityLabel",
    "purpose",
    "class",
    "code",
    "dataPeriod",
    "data",
    "provision",
    "modifierExtension",
];

/// `None` where it says nothing of research, or no more. Codes count of whatever system: rather one too many than a
/// refusal that was not heard.
pub fn consent(consent: &Value) -> Option<ResearchConsent> {
    if !has_code(consent.get("scope"), "research") || text(consent, "status") != Some("active") {
        return None;
    }
    let provision = consent.get("provision");
    let kind = provision.and_then(|provision| text(provision, "type"));
    let is_narrow = provision.is_some_and(|it| NARROWING.iter().any(|member| it.get(member).is_some()));
    let rule = |code: &str| has_code(consent.get("policyRule"), code);
    let may_count = match kind {
        Some("deny") => Some(false),
        Some("permit") if !is_narrow => Some(true),
        _ if rule("OPTOUT") => Some(false),
        None if rule("OPTIN") && !is_narrow => Some(true),
        _ => None,
    }?;
    let day = |value: Option<&Value>| date::first_day(value?.as_str()?);
    let period = provision.and_then(|provision| provision.get("period"));
    let from = day(period.and_then(|period| period.get("start")));
    let until = period.and_then(|period| date::last_day(text(period, "end")?));
    let said = day(consent.get("dateTime")).or_else(|| day(consent.pointer("/meta/lastUpdated")));
    Some(ResearchConsent {
        may_count,
        // Without a date anything that was said counts as newer.
        said: said.or(from).unwrap_or(Day::MIN),
        from,
        until,
    })
}

fn has_code(concept: Option<&Value>, code: &str) -> bool {
    concept.into_iter().flat_map(codings).any(|coding| text(coding, "code") == Some(code))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn with(members: Value) -> Value {
        let mut resource = json!({"resourceType": "Consent", "status": "active", "dateTime": "1970-01-11",
            "scope": {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/consentscope", "code": "research"}]},
            "category": [{"coding": [{"code": "RESEARCH"}]}]});
        let object = resource.as_object_mut().unwrap();
        members.as_object().unwrap().iter().for_each(|(key, value)| {
            object.insert(key.clone(), value.clone());
        });
        resource
    }

    fn said(members: Value) -> Option<bool> {
        consent(&with(members)).map(|it| it.may_count)
    }

    #[test]
    fn a_refusal_counts_however_narrow_and_a_permission_only_where_it_is_whole() {
        assert_eq!(said(json!({"provision": {"type": "deny"}})), Some(false));
        assert_eq!(said(json!({"provision": {"type": "deny", "class": [{"code": "x"}]}})), Some(false));
        assert_eq!(said(json!({"provision": {"type": "permit"}})), Some(true));
        let one_study = json!({"provision": {"type": "permit", "actor": [{"role": {}}]}});
        assert_eq!(said(one_study), None);
        let rule = |code: &str| json!({"coding": [{"code": code}]});
        assert_eq!(said(json!({"policyRule": rule("OPTOUT")})), Some(false));
        assert_eq!(said(json!({"policyRule": rule("OPTIN")})), Some(true));
        let exception = json!({"type": "permit", "purpose": [{"code": "HRESCH"}]});
        assert_eq!(said(json!({"policyRule": rule("OPTOUT"), "provision": exception})), Some(false));
        assert_eq!(said(json!({})), None);
    }

    #[test]
    fn only_an_active_consent_on_research_says_anything() {
        let deny = json!({"provision": {"type": "deny"}});
        for status in ["draft", "proposed", "rejected", "inactive", "entered-in-error"] {
            let mut resource = with(deny.clone());
            resource["status"] = json!(status);
            assert_eq!(consent(&resource), None, "{status}");
        }
        let mut resource = with(deny);
        resource["scope"] = json!({"coding": [{"code": "treatment"}]});
        assert_eq!(consent(&resource), None);
    }

    #[test]
    fn its_days_are_those_of_the_word_and_of_the_provision() {
        let period = json!({"start": "1970-01-21T08:00:00Z", "end": "1970-01-31"});
        let found = consent(&with(json!({"provision": {"type": "deny", "period": period}}))).unwrap();
        assert_eq!((found.said, found.from, found.until), (10, Some(20), Some(30)));
        let whole_year = json!({"provision": {"type": "deny", "period": {"end": "1970"}}});
        assert_eq!(consent(&with(whole_year)).unwrap().until, Some(364));
        let mut undated = with(json!({"provision": {"type": "deny"}}));
        undated.as_object_mut().unwrap().remove("dateTime");
        assert_eq!(consent(&undated).unwrap().said, Day::MIN);
        undated["meta"] = json!({"lastUpdated": "1970-01-06T00:00:00Z"});
        assert_eq!(consent(&undated).unwrap().said, 5);
    }
}
