//! Findings of one plan that other plans do not have.

use std::collections::BTreeSet;

use crate::rules::Finding;

/// The findings that are in none of the other lists, in their order.
pub(super) fn not_among(findings: &[Finding], others: &[&[Finding]]) -> Vec<Finding> {
    let key = |finding: &'_ Finding| (finding.rule.id, finding.subjects.clone());
    let known: BTreeSet<_> = others.iter().copied().flatten().map(key).collect();
    findings.iter().filter(|finding| !known.contains(&key(finding))).cloned().collect()
}
