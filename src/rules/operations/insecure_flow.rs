//! Data on a line that others can read or use.

use std::cmp::Reverse;

use crate::landscape::FlowEntry;
use crate::model::{Auth, DomainClass, Initiator, Mechanism};
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Report, Rule, Severity, View};

use super::{ask, flow_of, name, record, touched};

/// The rule.
pub static RULE: Rule = Rule {
    id: "insecure-flow",
    title: "Sensitive data on a weak line",
    family: Family::Operations,
    severity: "error for sensitive data, else warning",
    pillar: Pillar::Trust,
    when: "A flow of the target is not encrypted on the way and does not stay on a private network, or its \
           two sides know each other not at all, by name and password, or by a shared password. Error where \
           it carries personal, special, payment or confidential data. What nobody recorded counts as no \
           from the gate build on.",
    why: "Whoever reads the line or knows the password has the data, and nobody can tell who it was.",
    what_to_do: "Encrypt it and let the sides know each other by OAuth, with one integration user per flow, or \
                 by certificates.",
    not_when: "Flows that stay on one machine or a private line: mark the private network. They still need to \
               know each other.",
    source: "Secure authentication and encryption are part of every integration; one dedicated integration \
             user per application.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// What is weak about a flow.
struct Weakness {
    is_open: bool,
    auth: Option<&'static str>,
}

fn weakness(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Option<Weakness> {
    let flow = entry.flow;
    let is_open = !flow.private_network && view.is_no(flow.encrypted);
    let auth = match flow.auth {
        Some(Auth::None) => Some("without authentication"),
        None if view.counts_absent() => Some("without recorded authentication"),
        Some(Auth::Basic) => Some("with name and password"),
        Some(Auth::SharedPassword) => Some("with a shared password"),
        _ => None,
    };
    (is_open || auth.is_some()).then_some(Weakness { is_open, auth })
}

/// The most sensitive class of what a flow carries.
fn class(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Option<DomainClass> {
    let classes = entry.carries.iter().filter_map(|(domain, _)| view.index().domains[*domain].1.class);
    let rank = |class: &DomainClass| match class {
        DomainClass::Special => 0,
        DomainClass::Payment => 1,
        DomainClass::Personal => 2,
        DomainClass::Confidential => 3,
        DomainClass::Internal => 4,
        DomainClass::Public => 5,
    };
    classes.max_by_key(|class| Reverse(rank(class)))
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    for &flow in &view.landscape().flows {
        let entry = &view.index().flows[flow];
        let Some(weakness) = weakness(view, entry) else { continue };
        let class = class(view, entry);
        let severity = match class {
            Some(class) if class.is_sensitive() => Severity::Error,
            _ => Severity::Warning,
        };
        let data = class.map_or_else(|| "data".to_owned(), |class| format!("{class} data"));
        let open = weakness.is_open.then_some("without encryption");
        let how: Vec<_> = open.into_iter().chain(weakness.auth).collect();
        let message = format_args!("{} carries {data} {}.", name(view, entry), how.join(" and "));
        report.add_related(severity, [view.flow(flow)], touched(view, entry), message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some(entry) = flow_of(view, finding) else { return Vec::new() };
    let Some(weakness) = weakness(view, entry) else { return Vec::new() };
    let name = name(view, entry);
    let private = || ask(entry, format!("Say that {name} stays on a private network"));
    if weakness.auth.is_none() {
        let encrypt = format!("Encrypt {name} on the way");
        return vec![record(view, entry, encrypt, |flow| flow.encrypted = Some(true)), private()];
    }
    let know = |title: String, auth: Auth| {
        record(view, entry, title, |flow| {
            flow.auth = Some(auth);
            if weakness.is_open {
                flow.encrypted = Some(true);
            }
        })
    };
    let mut fixes = vec![
        know(format!("Use OAuth client credentials with one integration user for {name}"), Auth::Oauth),
        know(format!("Use mutual TLS for {name}"), Auth::MutualTls),
    ];
    fixes.extend(calls_from_focal(view, entry).map(|focal| {
        let title = format!("Give {name} a named credential in {focal} and record how it authenticates");
        ask(entry, title)
    }));
    fixes.extend(
        (entry.flow.auth.is_none())
            .then(|| ask(entry, format!("Record how the sides of {name} know each other"))),
    );
    fixes
}

/// The focal system's name, where it calls the other end itself and so keeps the credential. Its events and
/// its bulk interface are fetched by the others, and people need none.
fn calls_from_focal<'p>(view: &View<'_, 'p>, entry: &FlowEntry<'_>) -> Option<&'p str> {
    let caller = match (entry.flow.mechanism, entry.flow.initiator) {
        (Some(Mechanism::Event | Mechanism::Cdc | Mechanism::Bulk | Mechanism::Manual), _)
        | (_, Initiator::Hub) => None,
        // Who polls asks, whoever is said to begin.
        (Some(Mechanism::Poll), _) | (_, Initiator::To) => entry.to,
        (_, Initiator::From) => entry.from,
    };
    let focal = view.index().focal().filter(|focal| caller == Some(*focal))?;
    Some(view.index().system_name(focal))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn an_open_line_and_each_weak_authentication_are_found() {
        assert_findings(
            &RULE,
            "a -> b : x | encrypted false, auth oauth             !! insecure-flow warning
             a -> c : x | encrypted true, auth none               !! insecure-flow warning
             a -> d : x | encrypted true, auth basic              !! insecure-flow warning
             a -> e : x | encrypted true, auth shared-password    !! insecure-flow warning
             a -> f : x | encrypted true, auth api-key
             a -> g : x | encrypted true, auth mutual-tls",
        );
    }

    #[test]
    fn sensitive_data_makes_it_an_error() {
        assert_findings(
            &RULE,
            "p = class personal
             s = class special
             c = class confidential
             m = class payment
             i = class internal
             a -> b : p, i | auth basic      !! insecure-flow error
             a -> c : s | auth basic         !! insecure-flow error
             a -> d : c | auth basic         !! insecure-flow error
             a -> e : m | encrypted false    !! insecure-flow error
             a -> f : i | auth basic         !! insecure-flow warning",
        );
    }

    #[test]
    fn a_private_network_is_encryption_and_no_authentication() {
        assert_findings(
            &RULE,
            "a -> b : x | private_network true, encrypted false, auth oauth
             a -> c : x | private_network true, auth basic     !! insecure-flow warning",
        );
    }

    #[test]
    fn what_was_never_recorded_counts_before_the_build() {
        assert_findings(&RULE, "aim review \n a -> b : x | auth oauth \n b -> c : x | encrypted true");
        assert_findings(
            &RULE,
            "aim build
             a -> b : x | auth oauth          !! insecure-flow
             b -> c : x | encrypted true      !! insecure-flow
             c -> d : x | private_network true, auth certificate",
        );
    }

    #[test]
    fn the_line_is_made_safe() {
        assert_fix(
            &RULE,
            "a -> b : x | auth basic, encrypted false",
            "Use OAuth client credentials with one integration user for a → b",
            "a -> b : x | auth oauth, encrypted true",
        );
        assert_fix(
            &RULE,
            "a -> b : x | auth basic, encrypted false",
            "Use mutual TLS for a → b",
            "a -> b : x | auth mutual-tls, encrypted true",
        );
        let open = "a -> b : x | auth oauth, encrypted false";
        assert_fix(&RULE, open, "Encrypt a → b on the way", "a -> b : x | auth oauth, encrypted true");
        assert_eq!(fix_titles(&RULE, open)[1..], ["Say that a → b stays on a private network"]);
        let unknown = "aim build \n a -> b : x | encrypted true";
        assert_eq!(fix_titles(&RULE, unknown)[2], "Record how the sides of a → b know each other");
    }

    #[test]
    fn a_named_credential_is_for_what_the_focal_system_calls_itself() {
        let offers = |flow: &str| {
            let titles = fix_titles(&RULE, &format!("focal sf\n{flow}"));
            titles.iter().any(|title| title.contains("a named credential in sf"))
        };
        assert!(offers("sf -> erp : x | auth basic"));
        assert!(offers("erp -> sf : x | auth basic, called-by-to, mechanism rest"));
        assert!(!offers("erp -> sf : x | auth basic"));
        assert!(offers("erp -> sf : x | auth basic, mechanism poll"));
        assert!(!offers("sf -> erp : x | auth basic, mechanism poll"));
        assert!(!offers("erp -> shop : x | auth basic"));
        assert!(!offers("sf -> erp : x | auth basic, initiator hub"));
        assert!(!offers("sf -> erp : x | auth basic, mechanism event"));
        assert!(!offers("sf -> erp : x | auth oauth, encrypted false"));
        assert_eq!(
            fix_titles(&RULE, "focal sf\nsf -> erp : x | auth none, encrypted true")[2],
            "Give sf → erp a named credential in sf and record how it authenticates"
        );
    }

    #[test]
    fn the_message_names_the_most_sensitive_class() {
        let text = "p = class personal \n s = class special \n a -> b : p, s | auth basic, encrypted false";
        assert_eq!(
            messages(&RULE, text),
            ["a → b carries special data without encryption and with name and password."]
        );
        assert_eq!(messages(&RULE, "a -> b | auth none"), ["a → b carries data without authentication."]);
    }
}
