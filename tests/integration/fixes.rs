//! What a fix promises: applied, it changes the plan and its finding is gone or holds at fewer stages.

use hybridscape::edit::apply;
use hybridscape::generate;
use hybridscape::model::Plan;
use hybridscape::rules::{self, Facts, Finding, FixAction, Scope};

use crate::samples::{sample, sample_names};

/// Applies every fix that is offered, one at a time; returns how many.
fn every_fix_holds_its_promise(plan: &Plan) -> usize {
    let facts = Facts::new(plan);
    let before = rules::check(&facts, Scope::AllStages);
    let mut applied = 0;
    for finding in &before.list {
        for (fix, _) in rules::offered_fixes(&facts, &before, finding) {
            let FixAction::Edits(edits) = &fix.action else { continue };
            let fixed = apply(plan, edits.iter().cloned()).unwrap();
            assert_ne!(fixed, *plan, "\"{}\" changes nothing", fix.title);
            assert_gone(&fixed, finding, &fix.title);
            applied += 1;
        }
    }
    applied
}

fn assert_gone(fixed: &Plan, finding: &Finding, title: &str) {
    let facts = Facts::new(fixed);
    let after = rules::check(&facts, Scope::AllStages);
    let left = after.same_as(finding).filter(|left| left.stages.len() >= finding.stages.len());
    assert!(left.is_none(), "\"{title}\" leaves {}: {}", finding.rule.id, finding.message);
}

#[test]
fn fixes_of_the_samples_mend_what_they_say() {
    for name in sample_names() {
        let applied = every_fix_holds_its_promise(&sample(&name));
        assert!(applied > 0 || name == "article-healthy", "{name} offers no fix");
    }
}

#[test]
fn fixes_of_made_up_landscapes_mend_what_they_say() {
    let applied: usize = (1..=6).map(|seed| every_fix_holds_its_promise(&generate::plan(12, seed))).sum();
    assert!(applied > 20, "only {applied} fixes were tried");
}
