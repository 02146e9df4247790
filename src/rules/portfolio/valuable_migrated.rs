//! A good system with something of its own that the plan gives up.

use crate::model::{Disposition, System};
use crate::rules::disposition_changes::change_to;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "valuable-migrated",
    title: "Good system given up",
    family: Family::Portfolio,
    severity: "warning",
    pillar: Pillar::ResourceAndCost,
    when: "A system migrates although its technical and its functional fit are 3 or more of 4 and it is \
           recorded as specialised, and no reason for the decision is recorded.",
    why: "What it does better has to be built again, at a risk, where it stood already.",
    what_to_do: "Keep it and integrate it, or record why it goes.",
    not_when: "A strategic exit from its maker: record the reason.",
    source: "Existing systems still deliver value; do you need specialized functionality?",
    thresholds: &[Threshold {
        name: "fit",
        default: 3.0,
        unit: "of 4",
        reason: "the upper half of the scale, as in TIME",
    }],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let bar = view.threshold("fit");
    for (place, entry) in index.systems.iter().enumerate() {
        if is_given_up(entry.system, bar) {
            let (name, focal) = (&entry.system.name, index.plan.focal_name());
            let message =
                format_args!("{name} works well and does something {focal} does not, yet it migrates.");
            report.add(Severity::Warning, [view.system(place)], message);
        }
    }
}

fn is_given_up(system: &System, bar: f64) -> bool {
    let fits = [system.technical_fit, system.functional_fit];
    system.disposition == Disposition::Migrate
        && system.specialised == Some(true)
        && fits.into_iter().all(|fit| fit.is_some_and(|fit| f64::from(fit) >= bar))
        && system.assessment.override_reason.trim().is_empty()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let plan = view.index().plan;
    let name = plan.system_name(id);
    let keep = change_to(plan, id, Disposition::Integrate, |name, with| {
        format!("Keep {name} and integrate it{with}")
    });
    let why = Fix::open(format!("Say why {name} goes"), Place::Inspector(Subject::System(id.clone())));
    keep.into_iter().chain([why]).collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    const GOOD: &str = "migrate, into sf, at 1, approach phased";

    #[test]
    fn a_good_specialised_system_that_migrates_is_found() {
        let text = format!("focal sf\ncpq: {GOOD}, technical_fit 3, functional_fit 3, specialised");
        assert_findings(&RULE, &format!("{text} !! valuable-migrated warning"));
        let said = "cpq works well and does something sf does not, yet it migrates.";
        assert_eq!(messages(&RULE, &text), [said]);
    }

    #[test]
    fn every_condition_is_needed() {
        for other in [
            "technical_fit 2, functional_fit 4, specialised",
            "technical_fit 4, functional_fit 2, specialised",
            "technical_fit 4, specialised",
            "technical_fit 4, functional_fit 4, specialised false",
            "technical_fit 4, functional_fit 4",
            "technical_fit 4, functional_fit 4, specialised, integrate",
            "technical_fit 4, functional_fit 4, specialised, assessment.override_reason the vendor stops",
        ] {
            assert_findings(&RULE, &format!("cpq: {GOOD}, {other}"));
        }
    }

    #[test]
    fn it_can_be_kept() {
        let before = format!("cpq: {GOOD}, exit 1, technical_fit 4, functional_fit 3, specialised");
        assert_eq!(fix_titles(&RULE, &before), ["Keep cpq and integrate it", "Say why cpq goes"]);
        let after = before.replace("migrate,", "integrate,").replace(" exit 1,", "");
        assert_fix(&RULE, &before, "Keep cpq and integrate it", &after);
    }
}
