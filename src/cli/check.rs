//! `check`: what is wrong with a plan, as the window shows it.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use serde_json::{Value, json};

use crate::model::Plan;
use crate::rules::{self, Facts, Finding, Findings, Scope, Severity};
use crate::share::conflict_sentences;

use super::{Failure, Outcome, OutputFormat, stage_place};

/// Above this many systems fixes are listed without trying each one out first.
const SYSTEMS_TO_TRY_FIXES_ON: usize = 300;

/// Says what is wrong with a plan. Exits with 1 where something is, at or above a level, and where a merge
/// left conflicts to decide.
#[derive(Debug, Args)]
pub struct Check {
    /// The plan file.
    plan: PathBuf,
    /// One stage only: today, target, a wave's id or its number. All stages where absent.
    #[arg(long)]
    stage: Option<String>,
    /// How to print the findings.
    #[arg(long, value_enum, default_value_t)]
    format: OutputFormat,
    /// The least severity that fails the check: error, warning or advice.
    #[arg(long, default_value_t = Severity::Error, value_name = "SEVERITY")]
    fail_on: Severity,
}

impl Check {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let plan = crate::plan_file::open(&self.plan)?;
        let at = self.stage.as_deref().map(|wanted| stage_place(&plan, wanted)).transpose()?;
        let facts = Facts::new(&plan);
        let findings = rules::check(&facts, Scope::AllStages);
        let findings = match at {
            Some(at) => findings.seen_at(at),
            None => findings,
        };
        let conflicts = conflict_sentences(&plan).map_err(|error| Failure::Other(error.to_string()))?;
        match self.format {
            OutputFormat::Text => {
                for (_, sentence) in &conflicts {
                    writeln!(out, "conflict {sentence}")?;
                }
                print_text(out, &facts, &findings)?;
            }
            OutputFormat::Json => {
                let mut report = self.json(&plan, &facts, &findings);
                report["conflicts"] = json_conflicts(&conflicts);
                writeln!(out, "{report:#}")?;
            }
        }
        let counts = |finding: &&Finding| !finding.is_information();
        let is_found = findings.list.iter().filter(counts).any(|finding| finding.severity >= self.fail_on);
        Ok(if is_found || !conflicts.is_empty() { Outcome::Found } else { Outcome::Clean })
    }

    fn json(&self, plan: &Plan, facts: &Facts<'_>, findings: &Findings) -> Value {
        let list: Vec<_> =
            findings.list.iter().map(|finding| json_finding(facts, findings, finding)).collect();
        json!({
            "plan": plan.name,
            "stage": self.stage.as_deref().unwrap_or("all"),
            "findings": list,
            "errors": findings.count(Severity::Error),
            "warnings": findings.count(Severity::Warning),
            "advice": findings.count(Severity::Advice),
        })
    }
}

fn json_conflicts(conflicts: &[(String, String)]) -> Value {
    conflicts.iter().map(|(place, message)| json!({ "place": place, "message": message })).collect()
}

fn json_finding(facts: &Facts<'_>, findings: &Findings, finding: &Finding) -> Value {
    let subjects: Vec<_> = finding.subjects.iter().map(ToString::to_string).collect();
    let stages: Vec<_> =
        finding.stages.iter().map(|&at| facts.index.timeline.stage(at).to_string()).collect();
    json!({
        "rule": finding.rule.id,
        "severity": finding.severity,
        "subjects": subjects,
        "stages": stages,
        "message": finding.message,
        "fixes": fix_titles(facts, findings, finding),
        "waived": false,
    })
}

fn fix_titles(facts: &Facts<'_>, findings: &Findings, finding: &Finding) -> Vec<String> {
    if facts.plan().systems.len() > SYSTEMS_TO_TRY_FIXES_ON {
        return rules::proposed_fixes(facts, finding).into_iter().map(|fix| fix.title).collect();
    }
    rules::offered_fixes(facts, findings, finding).into_iter().map(|(fix, _)| fix.title).collect()
}

fn print_text(out: &mut dyn Write, facts: &Facts<'_>, findings: &Findings) -> Result<(), Failure> {
    let target = facts.index.timeline.target();
    for finding in &findings.list {
        let subjects: Vec<_> = finding.subjects.iter().map(ToString::to_string).collect();
        let stages: Vec<_> =
            finding.stages.iter().map(|&at| facts.index.timeline.stage(at).to_string()).collect();
        writeln!(out, "{:<8} {:<26} {}", finding.severity, finding.rule.id, finding.message)?;
        let presence = findings.presence_words(finding, target);
        let presence = if presence.is_empty() { String::new() } else { format!(" · {presence}") };
        writeln!(out, "{:<35} {}{presence} ({})", "", subjects.join(" "), stages.join(", "))?;
    }
    let counted =
        [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| findings.count(severity));
    let today_only = findings.list.iter().filter(|finding| finding.is_information()).count();
    let [errors, warnings, advice] = counted;
    write!(
        out,
        "{errors} {}, {warnings} {}, {advice} advice",
        plural(errors, "error"),
        plural(warnings, "warning")
    )?;
    if today_only > 0 {
        write!(out, "; {today_only} more that hold today only")?;
    }
    writeln!(out)?;
    Ok(())
}

fn plural(count: usize, word: &str) -> String {
    format!("{word}{}", if count == 1 { "" } else { "s" })
}
