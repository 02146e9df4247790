//! Faulty master data that spreads at once.

use crate::landscape::FlowEntry;
use crate::model::DomainKind;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Threshold, View};

use super::{ask, flow_of, name, record, touched};

/// The rule.
pub static RULE: Rule = Rule {
    id: "quality-gate-missing",
    title: "Bad data in real time",
    family: Family::Operations,
    severity: "warning; advice where the quality is not known",
    pillar: Pillar::OperationalExcellence,
    when: "A flow of the target carries master data in less than 60 minutes at worst from a system whose \
           holding is less than 90 % clean, and does not check records before they are written. Advice where \
           nobody recorded the quality at either end. What nobody recorded counts from the gate cutover on; \
           a latency that is not known is not taken for real time.",
    why: "A fault that a nightly batch would have kept until morning is everywhere before somebody sees it.",
    what_to_do: "Validate before the write, clean the source first, or slow the flow to a checked batch.",
    not_when: "None known.",
    source: "Real-time integration propagates bad data in real time; quality standards hold in both systems \
             before the integration goes live.",
    thresholds: &[
        Threshold {
            name: "latency",
            default: 60.0,
            unit: "minutes",
            reason: "slower flows leave time to look at a batch",
        },
        Threshold {
            name: "quality",
            default: 90.0,
            unit: "%",
            reason: "below, more than every tenth record spreads a fault",
        },
    ],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// Master data that a flow brings from one of its ends to the other.
struct Spread {
    domain: usize,
    from: usize,
    to: usize,
    /// How clean it is where it comes from; `None` where nobody knows at either end.
    quality: Option<f64>,
}

/// The dirtiest master data that a flow carries at once and unchecked, else some of unknown quality.
fn spread(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Option<Spread> {
    let is_quick = f64::from(entry.flow.latency_min?) < view.threshold("latency");
    if !is_quick || !view.is_no(entry.flow.validated) {
        return None;
    }
    let all = spreads(view, entry);
    let dirty =
        all.iter().filter(|spread| spread.quality.is_some_and(|quality| quality < view.threshold("quality")));
    let worst = dirty.min_by(|a, b| a.quality.unwrap_or_default().total_cmp(&b.quality.unwrap_or_default()));
    let unknown = || all.iter().find(|spread| spread.quality.is_none()).filter(|_| view.counts_absent());
    worst.or_else(unknown).map(|found| Spread { ..*found })
}

fn spreads(view: &View<'_, '_>, entry: &FlowEntry<'_>) -> Vec<Spread> {
    let index = view.index();
    let (Some(from), Some(to)) = (entry.from, entry.to) else { return Vec::new() };
    let quality = |system: usize, domain: usize| index.holding(system, domain)?.quality;
    let mut spreads = Vec::new();
    for &(domain, payload) in &entry.carries {
        if index.domains[domain].1.kind != Some(DomainKind::Master) {
            continue;
        }
        let forward = payload.direction.goes_forward().then_some((from, to));
        let back = payload.direction.goes_back().then_some((to, from));
        for (from, to) in forward.into_iter().chain(back) {
            match (quality(from, domain), quality(to, domain)) {
                (None, Some(_)) => {}
                (quality, _) => spreads.push(Spread { domain, from, to, quality }),
            }
        }
    }
    spreads
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    for &flow in &view.landscape().flows {
        let entry = &index.flows[flow];
        let Some(Spread { domain, from, to, quality }) = spread(view, entry) else { continue };
        let (from, to) = (index.system_name(from), index.system_name(to));
        let domain = index.domain_name(domain);
        let (severity, message) = match quality {
            Some(quality) => (
                Severity::Warning,
                format!("{domain} of {from} is {quality} % clean and reaches {to} at once."),
            ),
            None => (
                Severity::Advice,
                format!("{domain} of {from} reaches {to} at once, and nobody knows how clean it is."),
            ),
        };
        report.add_related(severity, [view.flow(flow)], touched(view, entry), message);
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let Some(entry) = flow_of(view, finding) else { return Vec::new() };
    let Some(spread) = spread(view, entry) else { return Vec::new() };
    let index = view.index();
    let (name, from) = (name(view, entry), index.system_name(spread.from));
    let domain = index.domain_name(spread.domain);
    let at_source = match spread.quality {
        Some(_) => format!("Clean {domain} of {from} first"),
        None => format!("Record how clean {domain} of {from} is"),
    };
    vec![
        record(view, entry, format!("Add validation before the write to {name}"), |flow| {
            flow.validated = Some(true);
        }),
        Fix::open(at_source, Place::Inspector(view.system(spread.from))),
        ask(entry, format!("Slow {name} to a checked batch")),
    ]
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const DIRTY: &str = "contact = master
             a.contact: quality 72
             b.contact: quality 95";

    fn finds(flow: &str) {
        assert_findings(&RULE, &format!("{DIRTY}\n{flow}"));
    }

    #[test]
    fn dirty_master_data_that_arrives_at_once_unchecked_is_found() {
        finds("a -> b : contact | latency 59, validated false   !! quality-gate-missing warning");
        finds("a -> b : contact | latency 60, validated false");
        finds("a -> b : contact | validated false");
        finds("a -> b : contact | latency 0, validated true");
        finds("a -> b : contact | latency 0");
        finds("aim cutover \n a -> b : contact | latency 0     !! quality-gate-missing warning");
    }

    #[test]
    fn only_master_data_counts_and_only_where_it_comes_from() {
        finds("a.order: quality 50 \n a -> b : order | latency 0, validated false");
        finds("order = transaction \n a.order: quality 50 \n a -> b : order | latency 0, validated false");
        finds("b -> a : contact | latency 0, validated false");
        finds("a -> b : contact back | latency 0, validated false");
        finds("b <-> a : contact | latency 0, validated false   !! quality-gate-missing warning");
        finds("a.contact: quality 90 \n a -> b : contact | latency 0, validated false");
    }

    #[test]
    fn quality_that_nobody_knows_is_advice_before_the_cutover() {
        let text = "contact = master
             a.contact:
             a -> c : contact | latency 0, validated false";
        assert_findings(&RULE, text);
        assert_findings(&RULE, &format!("aim cutover \n {text}  !! quality-gate-missing advice"));
        assert_findings(&RULE, &format!("aim cutover \n c.contact: quality 99 \n {text}"));
        assert_findings(
            &RULE,
            &format!("aim cutover \n {}", text.replace("validated false", "validated true")),
        );
    }

    #[test]
    fn the_dirtiest_is_named_and_a_check_before_the_write_mends_it() {
        let text = "contact = master
             firm = master
             a.contact: quality 80
             b.firm: quality 70
             a -> b : contact, firm back | latency 0, validated false";
        assert_eq!(messages(&RULE, text), ["firm of b is 70 % clean and reaches a at once."]);
        assert_eq!(
            fix_titles(&RULE, text),
            [
                "Add validation before the write to a ↔ b",
                "Clean firm of b first",
                "Slow a ↔ b to a checked batch"
            ]
        );
        assert_fix(
            &RULE,
            text,
            "Add validation before the write to a ↔ b",
            &text.replace("validated false", "validated true"),
        );
    }
}
