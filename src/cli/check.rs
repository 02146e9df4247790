//! `check`: what is wrong with a plan, as the window shows it.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::export::{self, findings::Checked};
use crate::model::Aim;
use crate::rules::{self, Facts, Finding, Findings, Gate, Scope, Severity};
use crate::share::conflict_sentences;

use super::{Failure, Outcome, stage_place};

/// Above this many systems fixes are listed without trying each one out first.
const SYSTEMS_TO_TRY_FIXES_ON: usize = 300;

/// How findings can be printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum FindingsFormat {
    /// For people.
    #[default]
    Text,
    /// For programs; the schema is docs/schemas/findings.schema.json.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
    /// `JUnit` XML, for build servers.
    Junit,
}

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
    format: FindingsFormat,
    /// The least severity that fails the check: error, warning or advice.
    #[arg(long, default_value_t = Severity::Error, value_name = "SEVERITY")]
    fail_on: Severity,
    /// Looks at the plan as if it worked towards this gate: draft, review, build or cutover.
    #[arg(long, value_name = "GATE")]
    gate: Option<Aim>,
}

impl Check {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let plan = crate::plan_file::open(&self.plan)?;
        let at = self.stage.as_deref().map(|wanted| stage_place(&plan, wanted)).transpose()?;
        let mut facts = Facts::new(&plan);
        facts.aim = self.gate.unwrap_or(plan.aim);
        let gates = rules::gates(&mut facts);
        let findings = rules::check(&facts, Scope::AllStages);
        let findings = match at {
            Some(at) => findings.seen_at(at),
            None => findings,
        };
        let conflicts = conflict_sentences(&plan).map_err(|error| Failure::Other(error.to_string()))?;
        self.print(out, &facts, &findings, &gates, &conflicts)?;
        let is_found =
            findings.list.iter().any(|finding| finding.is_open() && finding.severity >= self.fail_on);
        Ok(if is_found || !conflicts.is_empty() { Outcome::Found } else { Outcome::Clean })
    }

    fn print(
        &self,
        out: &mut dyn Write,
        facts: &Facts<'_>,
        findings: &Findings,
        gates: &[Gate],
        conflicts: &[(String, String)],
    ) -> Result<(), Failure> {
        // The text only says in which lines elements stand; the plan is already read.
        let text = std::fs::read_to_string(&self.plan).unwrap_or_default();
        let checked = Checked {
            path: &self.plan,
            text: &text,
            facts,
            findings,
            gates,
            conflicts,
            stage: self.stage.as_deref(),
            fixes: fix_titles,
        };
        match self.format {
            FindingsFormat::Text => {
                for (_, sentence) in conflicts {
                    writeln!(out, "conflict {sentence}")?;
                }
                print_text(out, facts, findings, gates)?;
            }
            FindingsFormat::Json => write!(out, "{}", export::findings::json(&checked))?,
            FindingsFormat::Sarif => write!(out, "{}", export::findings::sarif(&checked))?,
            FindingsFormat::Junit => write!(out, "{}", export::findings::junit(&checked, self.fail_on))?,
        }
        Ok(())
    }
}

fn fix_titles(facts: &Facts<'_>, findings: &Findings, finding: &Finding) -> Vec<String> {
    if facts.plan().systems.len() > SYSTEMS_TO_TRY_FIXES_ON {
        return rules::proposed_fixes(facts, finding).into_iter().map(|fix| fix.title).collect();
    }
    rules::offered_fixes(facts, findings, finding).into_iter().map(|(fix, _)| fix.title).collect()
}

fn print_text(
    out: &mut dyn Write,
    facts: &Facts<'_>,
    findings: &Findings,
    gates: &[Gate],
) -> Result<(), Failure> {
    let target = facts.index.timeline.target();
    for finding in &findings.list {
        let subjects: Vec<_> = finding.subjects.iter().map(ToString::to_string).collect();
        let stages: Vec<_> =
            finding.stages.iter().map(|&at| facts.index.timeline.stage(at).to_string()).collect();
        writeln!(out, "{:<8} {:<26} {}", finding.severity, finding.rule.id, finding.message)?;
        let presence = findings.presence_words(finding, target);
        let presence = if presence.is_empty() { String::new() } else { format!(" · {presence}") };
        writeln!(out, "{:<35} {}{presence} ({})", "", subjects.join(" "), stages.join(", "))?;
        if let Some(waiver) = finding.waiver.as_ref().and_then(|id| facts.plan().waivers.get(id)) {
            writeln!(out, "{:<35} accepted by {}: {}", "", waiver.person, waiver.reason)?;
        }
    }
    let counted =
        [Severity::Error, Severity::Warning, Severity::Advice].map(|severity| findings.count(severity));
    let today_only = findings.list.iter().filter(|finding| finding.is_information()).count();
    let accepted = findings.list.iter().filter(|finding| finding.waiver.is_some()).count();
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
    if accepted > 0 {
        write!(out, "; {accepted} accepted")?;
    }
    writeln!(out)?;
    for gate in gates {
        let missing = gate.findings.len() + gate.undecided.len();
        let state = if gate.is_open() { "yes".to_owned() } else { format!("no, {missing} in the way") };
        writeln!(out, "{}: {state}", gate.name(facts.plan()))?;
    }
    Ok(())
}

fn plural(count: usize, word: &str) -> String {
    format!("{word}{}", if count == 1 { "" } else { "s" })
}
