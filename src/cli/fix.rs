//! `fix`: applies what can be mended in one way only.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::edit::{Change, Edit, apply};
use crate::model::{Plan, Subject};
use crate::plan_file;
use crate::rules::{self, Facts, Finding, FixAction, Rule, Scope};

use super::format::comment_that_would_be_lost;
use super::{Failure, Outcome};

/// Applies the fixes of findings that can be mended in one way only, one after the other, and says which. Where
/// there is a choice, an answer is needed or a system would be added, nothing is done.
#[derive(Debug, Args)]
pub struct Fix {
    /// The plan file.
    plan: PathBuf,
    /// The findings of one rule only.
    #[arg(long)]
    rule: Option<String>,
    /// Says what would be done and changes nothing.
    #[arg(long)]
    dry_run: bool,
    /// Drops the comments of the file, which a written plan cannot keep.
    #[arg(long)]
    drop_comments: bool,
}

/// A fix that is the only one of its finding.
struct Only {
    finding: Finding,
    title: String,
    edits: Vec<Edit>,
}

impl Fix {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let rule = self.rule.as_deref().map(known_rule).transpose()?;
        let mut plan = plan_file::open(&self.plan)?;
        if !self.dry_run && !self.drop_comments {
            comment_that_would_be_lost(&self.plan)?;
        }
        // A finding is mended once: where it comes back, its fix and another one would undo each other.
        let mut mended: BTreeSet<(&str, Vec<Subject>)> = BTreeSet::new();
        let mut applied = 0;
        while let Some(Only { finding, title, edits }) = next(&plan, rule, &mended) {
            mended.insert((finding.rule.id, finding.subjects.clone()));
            let Ok(changed) = apply(&plan, edits) else { continue };
            plan = changed;
            applied += 1;
            writeln!(out, "{title}\n    {}: {}", finding.rule.id, finding.message)?;
        }
        let (verb, was) = if self.dry_run { ("would be ", "") } else { ("", " and saved") };
        match applied {
            0 => writeln!(out, "nothing can be mended in one way only")?,
            1 => writeln!(out, "1 fix {verb}applied{was}")?,
            _ => writeln!(out, "{applied} fixes {verb}applied{was}")?,
        }
        if applied > 0 && !self.dry_run {
            plan_file::save(&plan, &self.plan)?;
        }
        Ok(Outcome::Clean)
    }
}

fn known_rule(id: &str) -> Result<&'static Rule, Failure> {
    rules::find(id).ok_or_else(|| Failure::NoRule(id.to_owned()))
}

/// The first finding, in the order in which they are shown, that offers one fix and no question.
fn next(plan: &Plan, rule: Option<&Rule>, mended: &BTreeSet<(&str, Vec<Subject>)>) -> Option<Only> {
    let facts = Facts::new(plan);
    let findings = rules::check(&facts, Scope::AllStages);
    let is_meant = |finding: &&Finding| {
        finding.is_open()
            && rule.is_none_or(|rule| rule.id == finding.rule.id)
            && !mended.contains(&(finding.rule.id, finding.subjects.clone()))
    };
    findings.list.iter().filter(is_meant).find_map(|finding| {
        let [rules::Fix { title, action: FixAction::Edits(edits) }] =
            &rules::proposed_fixes(&facts, finding)[..]
        else {
            return None;
        };
        // A system more is a decision, even where it is the only way.
        let adds_a_system = edits
            .iter()
            .any(|edit| matches!(edit, Edit::System(_, change) if matches!(**change, Change::Add(_))));
        let is_offered = !adds_a_system && rules::offered_fixes(&facts, &findings, finding).len() == 1;
        is_offered.then(|| Only { finding: finding.clone(), title: title.clone(), edits: edits.clone() })
    })
}
