//! Findings as `JUnit` XML, which build servers show as tests: a suite for each family, a test for each rule
//! that found nothing, and a failed one for each finding.

use quick_junit::{NonSuccessKind, Property, Report, TestCase, TestCaseStatus, TestSuite};

use crate::rules::{ALL, Family, Finding, Severity, find};

use super::{Checked, subjects};

/// The findings as `JUnit` XML. Findings at or above `fail_on` are failures, the others are named and pass;
/// accepted ones are skipped with their reason.
#[must_use]
pub fn junit(all: &[Checked<'_, '_>], fail_on: Severity) -> String {
    let name = all.iter().map(|checked| checked.path.to_string_lossy().into_owned()).collect::<Vec<_>>();
    let mut report = Report::new(name.join(", "));
    for checked in all {
        // Among several plans a suite says which one it is of.
        let plan = if all.len() > 1 { format!("{}: ", checked.path.display()) } else { String::new() };
        report.add_test_suites(suites(checked, &plan, fail_on));
    }
    // The library fails only where the writer does, and a text in memory does not.
    report.to_string().unwrap_or_default()
}

fn suites(checked: &Checked<'_, '_>, plan: &str, fail_on: Severity) -> Vec<TestSuite> {
    let mut suites = Vec::new();
    if !checked.conflicts.is_empty() {
        let mut suite = TestSuite::new(format!("{plan}merge-conflicts"));
        suite.add_test_cases(checked.conflicts.iter().map(|(place, message)| {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(message).set_type("merge-conflict");
            TestCase::new(place.as_str(), status)
        }));
        suites.push(suite);
    }
    suites.extend(Family::ALL.iter().map(|family| of_family(checked, plan, *family, fail_on)));
    suites
}

fn of_family(checked: &Checked<'_, '_>, plan: &str, family: Family, fail_on: Severity) -> TestSuite {
    let mut suite = TestSuite::new(format!("{plan}{family}"));
    let changed = checked.plan().thresholds.iter();
    suite.add_properties(changed.map(|(key, value)| Property::new(key.as_str(), value.to_string())));
    let rules = ALL.iter().copied().chain(find("waiver-ended")).filter(|rule| rule.family == family);
    for rule in rules {
        let found = checked.findings.list.iter().filter(|finding| finding.rule.id == rule.id);
        let mut cases: Vec<_> = found.map(|finding| case(checked, finding, fail_on)).collect();
        if cases.is_empty() {
            cases.push(TestCase::new(rule.id, TestCaseStatus::success()));
        }
        for case in &mut cases {
            case.set_classname(format!("{family}.{}", rule.id));
        }
        suite.add_test_cases(cases);
    }
    suite
}

fn case(checked: &Checked<'_, '_>, finding: &Finding, fail_on: Severity) -> TestCase {
    let waiver = finding.waiver.as_ref().and_then(|id| checked.plan().waivers.get(id));
    let status = match waiver {
        Some(waiver) => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(format!("accepted by {}: {}", waiver.person, waiver.reason));
            status
        }
        None if finding.is_open() && finding.severity >= fail_on => {
            let mut status = TestCaseStatus::non_success(NonSuccessKind::Failure);
            status.set_message(&finding.message).set_type(finding.severity.word());
            status
        }
        None => TestCaseStatus::success(),
    };
    let name = format!("{} {}", finding.rule.id, subjects(finding).join(" "));
    let mut case = TestCase::new(name, status);
    case.set_system_out(format!(
        "{}: {} ({})",
        finding.severity,
        finding.message,
        checked.stages(finding).join(", ")
    ));
    case
}
