//! Credentials and versions that end one day, and nobody knows when.

use crate::landscape::FlowEntry;
use crate::limits::ApiVersions;
use crate::model::{Auth, Date};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Threshold, View};

use super::{ask, flow_of, hubs, name, touched};

/// The rule.
pub static RULE: Rule = Rule {
    id: "expiry-untracked",
    title: "End dates nobody knows",
    family: Family::Operations,
    severity: "advice; warning where the end is near or over",
    pillar: Pillar::OperationalExcellence,
    when: "A flow of the target has an authentication, and nobody recorded when its credential ends; what \
           nobody recorded counts from the gate cutover on. Warning where the end is less than 60 days after \
           the day on which the plan is true, or before it; or where the flow uses a version of the focal \
           system's API that is older than the limits table says it is supported. A flow that does not say \
           takes the earliest end of its hubs' credentials.",
    why: "One morning the flow stands still, and nobody remembers who made the certificate.",
    what_to_do: "Record the date, name who renews it, and write it into the run book.",
    not_when: "Flows managed by a hub inherit the hub's date.",
    source: "A token expires, a version of an API is deprecated, a mapping breaks. A version is supported for \
             at least three years, with one year's notice.",
    thresholds: &[Threshold {
        name: "days",
        default: 60.0,
        unit: "days",
        reason: "a renewal takes weeks where several parties sign",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// What is wrong with an end.
enum Fault {
    Near(Date, i64),
    /// In years: how old, and for how long support is sure.
    OldVersion {
        age: f64,
        sure: f64,
    },
    Unrecorded,
}

fn fault(view: &View<'_, '_>, entry: &FlowEntry<'_>, versions: Option<ApiVersions>) -> Option<Fault> {
    let (plan, flow) = (view.index().plan, entry.flow);
    let end = flow.credential_end.or_else(|| hubs(view, entry).filter_map(|hub| hub.credential_end).min());
    if let (Some(end), Some(today)) = (end, plan.as_of) {
        let days = today.days_until(end);
        if (days as f64) < view.threshold("days") {
            return Some(Fault::Near(end, days));
        }
    }
    let focal = view.index().focal();
    if focal.is_some() && (entry.from == focal || entry.to == focal) {
        let age = |versions: ApiVersions| {
            let sure = versions.supported_years;
            versions.age_years(&flow.api_version).filter(|age| *age > sure).map(|age| (age, sure))
        };
        if let Some((age, sure)) = versions.and_then(age) {
            return Some(Fault::OldVersion { age, sure });
        }
    }
    let is_known = flow.auth.is_some_and(|auth| auth != Auth::None);
    (is_known && end.is_none() && view.counts_absent()).then_some(Fault::Unrecorded)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let versions = ApiVersions::of(view.index().plan);
    for &flow in &view.landscape().flows {
        let entry = &view.index().flows[flow];
        let Some(fault) = fault(view, entry, versions) else { continue };
        let name = name(view, entry);
        let (severity, message) = match fault {
            Fault::Unrecorded => {
                (Severity::Advice, format!("The credential of {name} has no recorded end date."))
            }
            Fault::Near(end, days) => (Severity::Warning, near(&name, end, days)),
            Fault::OldVersion { age, sure } => {
                let version = &entry.flow.api_version;
                let message = format!(
                    "The API version {version} of {name} is {age:.1} years old; only {sure} years of support are sure."
                );
                (Severity::Warning, message)
            }
        };
        report.add_related(severity, [view.flow(flow)], touched(view, entry), message);
    }
}

fn near(name: &str, end: Date, days: i64) -> String {
    match days {
        ..0 => format!("The credential of {name} ended on {end}."),
        0 => format!("The credential of {name} ends today."),
        1 => format!("The credential of {name} ends tomorrow, on {end}."),
        days => format!("The credential of {name} ends in {days} days, on {end}."),
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some(entry) = flow_of(view, finding) else { return Vec::new() };
    let name = name(view, entry);
    let fix = match fault(view, entry, ApiVersions::of(view.index().plan)) {
        None => return Vec::new(),
        Some(Fault::OldVersion { .. }) => ask(entry, format!("Move {name} to a newer version of the API")),
        Some(Fault::Near(..)) => ask(entry, format!("Renew the credential of {name} and record its new end")),
        Some(Fault::Unrecorded) => match entry.via.iter().flatten().next() {
            Some(&hub) => Fix::open(
                format!("Record when the credential of {} ends", view.index().system_name(hub)),
                Place::Inspector(view.system(hub)),
            ),
            None => ask(entry, format!("Record when the credential of {name} ends")),
        },
    };
    vec![fix]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, fix_titles, messages};

    #[test]
    fn a_credential_without_an_end_counts_before_the_cutover() {
        assert_findings(&RULE, "aim build \n a -> b : x | auth oauth");
        assert_findings(
            &RULE,
            "aim cutover
             a -> b : x | auth oauth          !! expiry-untracked advice
             b -> c : x | auth none
             c -> d : x
             d -> e : x | auth certificate, credential_end 2030",
        );
    }

    #[test]
    fn a_hub_passes_its_date_on() {
        assert_findings(
            &RULE,
            "aim cutover
             plan: as_of 2027-01-01
             bus: hub, hub.credential_end 2030
             esb: hub, hub.credential_end 2027-02-01
             old: hub
             a -> b via bus : x | auth oauth
             a -> c via old : x | auth oauth         !! expiry-untracked advice
             a -> d via bus esb : x | auth oauth     !! expiry-untracked warning
             a -> e via esb : x | auth oauth, credential_end 2031",
        );
    }

    #[test]
    fn an_end_that_is_near_or_over_is_a_warning_in_every_plan() {
        assert_findings(
            &RULE,
            "plan: as_of 2027-01-01
             a -> b : x | credential_end 2027-03-01     !! expiry-untracked warning
             a -> c : x | credential_end 2027-03-02
             a -> d : x | credential_end 2026           !! expiry-untracked warning",
        );
        assert_findings(&RULE, "a -> d : x | credential_end 2020");
    }

    #[test]
    fn an_old_version_of_the_focal_systems_api_is_a_warning() {
        let org = "focal sf \n plan: as_of 2026-12-01, org.edition Enterprise";
        assert_findings(
            &RULE,
            &format!(
                "{org}
                 a -> sf : x | api_version 58.0     !! expiry-untracked warning
                 sf -> b : x | api_version v58      !! expiry-untracked warning
                 sf -> c : x | api_version 60.0
                 a -> b : x | api_version 58.0",
            ),
        );
        assert_findings(&RULE, "focal sf \n plan: as_of 2026-12-01 \n a -> sf : x | api_version 58.0");
        assert_findings(
            &RULE,
            "plan: as_of 2026-12-01, org.edition Enterprise \n a -> b : x | api_version 58.0",
        );
    }

    #[test]
    fn the_message_says_what_ends_when() {
        let ends = |end: &str| {
            messages(&RULE, &format!("plan: as_of 2027-01-01 \n a -> b : x | credential_end {end}"))
        };
        assert_eq!(ends("2027-01-31"), ["The credential of a → b ends in 30 days, on 2027-01-31."]);
        assert_eq!(ends("2027-01-02"), ["The credential of a → b ends tomorrow, on 2027-01-02."]);
        assert_eq!(ends("2027-01-01"), ["The credential of a → b ends today."]);
        assert_eq!(ends("2026-12-31"), ["The credential of a → b ended on 2026-12-31."]);
        let old =
            "focal sf \n plan: as_of 2026-12-01, org.edition Enterprise \n a -> sf : x | api_version 58.0";
        assert_eq!(
            messages(&RULE, old),
            ["The API version 58.0 of a → sf is 3.5 years old; only 3 years of support are sure."]
        );
    }

    #[test]
    fn it_asks_where_the_date_belongs() {
        let asks =
            |text: &str| fix_titles(&RULE, &format!("aim cutover \n plan: as_of 2027-01-01 \n {text}"));
        assert_eq!(asks("a -> b : x | auth oauth"), ["Record when the credential of a → b ends"]);
        assert_eq!(
            asks("bus: hub \n a -> b via bus : x | auth oauth"),
            ["Record when the credential of bus ends"]
        );
        assert_eq!(
            asks("a -> b : x | auth oauth, credential_end 2026"),
            ["Renew the credential of a → b and record its new end"]
        );
    }
}
