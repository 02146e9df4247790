//! What one rule says at the stages at which it looks: each statement once, and which of them are one
//! finding.

use std::sync::Arc;

use super::finding::Statement;
use super::{Facts, LooksAt, Report, Rule, View};

/// What one rule says.
#[derive(Debug)]
pub(super) struct Run {
    /// The rule.
    pub rule: &'static Rule,
    /// What it says, as it came.
    pub statements: Vec<Arc<Statement>>,
    /// By statement: the number of its finding. Statements about the same subjects are one finding; findings
    /// are numbered in the order of their subjects.
    pub finding_of: Vec<usize>,
    /// How many findings there are.
    pub findings: usize,
    /// By stage: what it says there, as places in `statements`, as it came.
    pub by_stage: Vec<Vec<usize>>,
}

impl Run {
    /// Runs a rule at each stage that is wanted and at which it looks.
    pub fn new(facts: &Facts<'_>, rule: &'static Rule, is_wanted: impl Fn(usize) -> bool) -> Self {
        let target = facts.index.timeline.target();
        let mut report = Report::default();
        let mut said_at = |at: usize| {
            if is_wanted(at) && (at == target || rule.looks_at == LooksAt::EachStage) {
                (rule.check)(&View::new(facts, at, rule), &mut report);
            }
            report.take_said()
        };
        let by_stage = (0..=target).map(&mut said_at).collect();
        let statements = report.into_statements();
        let (finding_of, findings) = findings(&statements);
        Self { rule, statements, finding_of, findings, by_stage }
    }
}

/// For each statement the number of its finding, and how many findings there are.
fn findings(statements: &[Arc<Statement>]) -> (Vec<usize>, usize) {
    let subjects = |place: usize| statements[place].subjects.as_slice();
    let mut places: Vec<_> = (0..statements.len()).collect();
    // Checks go through the plan in the order of its ids, so this merges a few sorted runs.
    places.sort_by(|&a, &b| subjects(a).cmp(subjects(b)));
    let mut finding_of = vec![0; statements.len()];
    let mut findings = 0;
    for same in places.chunk_by(|&a, &b| subjects(a) == subjects(b)) {
        for &place in same {
            finding_of[place] = findings;
        }
        findings += 1;
    }
    (finding_of, findings)
}
