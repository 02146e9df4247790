//! A system at its end that the plan keeps and connects.

use crate::model::{Date, Disposition, Lifecycle, Plan, System, SystemId};
use crate::rules::disposition_changes::change_to;
use crate::rules::hubs::ends;
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "obsolete-kept",
    title: "Integrating something at its end",
    family: Family::Portfolio,
    severity: "warning",
    pillar: Pillar::ResourceAndCost,
    when: "A system that is to be integrated stands in the target, and it is being phased out or at the end \
           of its life, or its maker's support ends before the day 12 months after the cutover of the last \
           wave (a year alone is its last day; where that wave has no date: before the year after the base \
           year, or else after the year of the plan's date), or its technical fit is 1.",
    why: "What is built to it is thrown away with it, and until then it is the weakest part of the landscape.",
    what_to_do: "Migrate or retire it. Where it must stay, put a facade before it, so that only the facade \
                 changes when it goes.",
    not_when: "Regulated core systems that must stay: encapsulate them and accept the finding until a date.",
    source: "Legacy systems are obsolete. TIME: low technical fit is migrate or eliminate.",
    thresholds: &[
        Threshold {
            name: "months",
            default: 12.0,
            unit: "months",
            reason: "a year of use is the least that a connection must earn",
        },
        Threshold { name: "technical_fit", default: 1.0, unit: "of 4", reason: "the lowest mark there is" },
    ],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let end = EndOfUse::of(index.plan, view.threshold("months"));
    let technical_fit = view.threshold("technical_fit");
    for (place, entry) in index.systems.iter().enumerate() {
        let is_kept = entry.system.disposition == Disposition::Integrate && view.landscape().stands(place);
        if !is_kept {
            continue;
        }
        let reasons = reasons(entry.system, end, technical_fit);
        if !reasons.is_empty() {
            let why = listed(&reasons.iter().map(String::as_str).collect::<Vec<_>>());
            let name = &entry.system.name;
            let message = format_args!("{name} is at its end ({why}), yet the plan keeps and connects it.");
            report.add(Severity::Warning, [view.system(place)], message);
        }
    }
}

/// Until when support must last.
#[derive(Clone, Copy)]
enum EndOfUse {
    /// To this day.
    Day(Date),
    /// Into this year, where the plan has no day to count from.
    Year(u16),
}

impl EndOfUse {
    /// The end of use of what a plan connects; `None` where it has no date to count from.
    fn of(plan: &Plan, months: f64) -> Option<Self> {
        #[expect(clippy::cast_sign_loss, reason = "a threshold below zero counts as none")]
        let months = months.max(0.0) as u32;
        let last = plan.waves_in_order().last().and_then(|wave| plan.waves[*wave].cutover);
        if let Some(cutover) = last {
            return Some(Self::Day(cutover.plus_months(months)));
        }
        let base = plan.base_year.or(plan.as_of.map(Date::year))?;
        Some(Self::Year(Date::year_only(base).plus_months(months).year()))
    }

    fn is_after(self, support: Date) -> bool {
        match self {
            Self::Day(day) => support.days_until(day) > 0,
            Self::Year(year) => support.year() < year,
        }
    }
}

/// Why it is at its end, in words.
fn reasons(system: &System, end: Option<EndOfUse>, technical_fit: f64) -> Vec<String> {
    let lifecycle = match system.lifecycle {
        Some(Lifecycle::PhaseOut) => Some("it is being phased out".to_owned()),
        Some(Lifecycle::EndOfLife) => Some("it is at the end of its life".to_owned()),
        _ => None,
    };
    let support = system.end_of_support.filter(|support| end.is_some_and(|end| end.is_after(*support)));
    let fit = system.technical_fit.filter(|&fit| f64::from(fit) <= technical_fit);
    [
        lifecycle,
        support.map(|day| format!("its support ends {day}")),
        fit.map(|fit| format!("its technical fit is {fit} of 4")),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::System(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let plan = view.index().plan;
    let name = plan.system_name(id);
    let mut fixes = Vec::new();
    if let Some(focal) = plan.focal_system.as_ref().filter(|focal| *focal != id) {
        let into = plan.systems.get(id).and_then(|system| system.migration.as_ref()?.into.as_ref());
        let into = plan.system_name(into.unwrap_or(focal)).to_owned();
        fixes.extend(change_to(plan, id, Disposition::Migrate, |name, with| {
            format!("Migrate {name} into {into}{with}")
        }));
        fixes.extend(change_to(plan, id, Disposition::Retire, |name, with| format!("Retire {name}{with}")));
    }
    let inspector = Place::Inspector(Subject::System(id.clone()));
    fixes.push(Fix::open(
        format!("Put a facade before {name} and record which interface it offers"),
        inspector,
    ));
    fixes.extend(limit_to_bridges(view, id));
    fixes.push(Fix::open(format!("Ask the questions for {name}"), Place::Questions(id.clone())));
    fixes
}

/// Shows the flows of the target to and from a system that could be bridges.
fn limit_to_bridges(view: &View<'_, '_>, id: &SystemId) -> Option<Fix> {
    let index = view.index();
    let system = index.system(id)?;
    let lasting: Vec<_> = view
        .landscape()
        .flows
        .iter()
        .copied()
        .filter(|&flow| {
            let entry = &index.flows[flow];
            ends(entry).any(|end| end == system) && !entry.flow.bridge
        })
        .collect();
    let name = index.system_name(system);
    let title = match lasting.len() {
        1 => format!("Limit {name} to bridges: say until which wave its flow is needed"),
        flows => format!("Limit {name} to bridges: say until which wave its {flows} flows are needed"),
    };
    let subjects: Vec<_> = lasting.into_iter().map(|flow| view.flow(flow)).collect();
    (!subjects.is_empty()).then(|| Fix::open(title, Place::Selection { at: view.at, subjects }))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn each_sign_of_the_end_is_found() {
        let text = "pos: lifecycle phase-out             !! obsolete-kept warning
             mes: lifecycle end-of-life           !! obsolete-kept warning
             core: technical_fit 1                !! obsolete-kept warning
             fax: end_of_support 2028-02-28       !! obsolete-kept warning
             wave 1: cutover 2027-03-01";
        assert_findings(&RULE, text);
        assert_eq!(
            messages(&RULE, "pos: lifecycle phase-out, technical_fit 1"),
            [
                "pos is at its end (it is being phased out and its technical fit is 1 of 4), yet the plan keeps \
              and connects it."
            ]
        );
    }

    #[test]
    fn support_that_lasts_a_year_beyond_the_last_wave_is_long_enough() {
        let waves = "wave 1: cutover 2026-03-01\nwave 2: cutover 2027-03-01\n";
        assert_findings(&RULE, &format!("{waves}erp: end_of_support 2028-03-01"));
        assert_findings(&RULE, &format!("{waves}erp: end_of_support 2028-02-29 !! obsolete-kept"));
        assert_findings(&RULE, &format!("{waves}erp: end_of_support 2027 !! obsolete-kept"));
        let year = "wave 1: cutover 2027\n";
        assert_findings(&RULE, &format!("{year}erp: end_of_support 2028-12-31"));
        assert_findings(&RULE, &format!("{year}erp: end_of_support 2028"));
        assert_findings(&RULE, &format!("{year}erp: end_of_support 2028-12-30 !! obsolete-kept"));
        let december = "wave 1: cutover 2027-12-31\n";
        assert_findings(&RULE, &format!("{december}erp: end_of_support 2028"));
        assert_findings(&RULE, &format!("{december}erp: end_of_support 2027 !! obsolete-kept"));
    }

    #[test]
    fn without_a_date_of_the_last_wave_the_base_year_counts_and_else_the_plans_date() {
        let of = |plan: &str, year: &str| {
            let waves = "wave 1: cutover 2026-03-01\nwave 2: notes later\n";
            messages(&RULE, &format!("{waves}{plan}\nerp: end_of_support {year}")).len()
        };
        let base = "plan: base_year 2027";
        assert_eq!([of(base, "2027"), of(base, "2027-12-31")], [1, 1]);
        assert_eq!([of(base, "2028"), of(base, "2028-01-01")], [0, 0]);
        let both = "plan: base_year 2027, as_of 2030-05-05";
        assert_eq!([of(both, "2027"), of(both, "2028")], [1, 0]);
        let as_of = "plan: as_of 2027-05-05";
        assert_eq!([of(as_of, "2027"), of(as_of, "2028")], [1, 0]);
        assert_eq!(of("plan: org.users 1", "2020"), 0);
    }

    #[test]
    fn what_goes_is_federated_undecided_or_well_is_silence() {
        assert_findings(
            &RULE,
            "old: lifecycle end-of-life, migrate, into erp, at 1
             tool: technical_fit 1, retire
             lake: lifecycle phase-out, federate
             crm: lifecycle phase-out, undecided
             fax: lifecycle phase-out, exit 1
             erp: lifecycle active, technical_fit 2
             new: lifecycle phase-in",
        );
    }

    #[test]
    fn where_it_must_stay_a_facade_and_bridges_are_asked_for() {
        let facade = "Put a facade before pos and record which interface it offers";
        let titles = |flows: &str| fix_titles(&RULE, &format!("pos: lifecycle phase-out\n{flows}"));
        let questions = "Ask the questions for pos";
        assert_eq!(titles(""), [facade, questions]);
        assert_eq!(titles("pos -> erp : sale | bridge\nerp -> crm : sale"), [facade, questions]);
        let one = "Limit pos to bridges: say until which wave its flow is needed";
        assert_eq!(titles("pos -> erp : sale"), [facade, one, questions]);
        let two = "Limit pos to bridges: say until which wave its 2 flows are needed";
        assert_eq!(titles("pos -> erp : sale\nerp -> pos : price"), [facade, two, questions]);
    }

    #[test]
    fn it_can_be_retired_or_asked_about() {
        let before = "focal sf\nsf -> erp : order\norder = truth erp\npos: lifecycle phase-out";
        // A migration without wave and approach can be another rule's error.
        let titles = fix_titles(&RULE, before);
        assert!(titles.contains(&"Retire pos".to_owned()), "{titles:?}");
        assert_eq!(titles.last().unwrap(), "Ask the questions for pos");
        assert_fix(&RULE, before, "Retire pos", &before.replace("pos: ", "pos: retire, "));
        let ready = before.replace("pos: ", "pos: at 1, approach phased, ");
        let after = ready.replace("pos: ", "pos: migrate, into sf, ");
        assert_fix(&RULE, &ready, "Migrate pos into sf", &after);
    }
}
