//! `check`: what is wrong with a plan, as the window shows it.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use rayon::prelude::*;

use crate::export::{self, findings::Checked};
use crate::model::{Aim, Plan};
use crate::rules::{self, Facts, Finding, Findings, Gate, Scope, Severity};
use crate::share::conflict_sentences;

use super::folder::{opened, plans_in};
use super::{Failure, Outcome, stage_place};

mod text;

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

/// Says what is wrong with a plan, or with every plan in a folder. Exits with 1 where something is, at or
/// above a level, and where a merge left conflicts to decide.
#[derive(Debug, Args)]
pub struct Check {
    /// The plan file, or a folder of plans.
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

/// A plan that was looked at.
struct Looked<'p> {
    facts: Facts<'p>,
    findings: Findings,
    all: Findings,
    gates: Vec<Gate>,
    conflicts: Vec<(String, String)>,
    /// The file's text, in which the places of findings are looked up; the plan is already read.
    text: String,
}

impl Check {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        if self.plan.is_dir() {
            return self.run_on_folder(out);
        }
        let plan = crate::plan_file::open(&self.plan)?;
        let looked = self.look(&self.plan, &plan)?;
        let checked = self.checked(&self.plan, &looked);
        match self.format {
            FindingsFormat::Text => text::print(out, &checked)?,
            FindingsFormat::Json => write!(out, "{}", export::findings::json(&checked))?,
            FindingsFormat::Sarif => write!(out, "{}", export::findings::sarif(&[checked]))?,
            FindingsFormat::Junit => write!(out, "{}", export::findings::junit(&[checked], self.fail_on))?,
        }
        Ok(self.outcome(&[looked]))
    }

    /// Every plan that can be read is looked at; one that cannot fails the command in the end.
    fn run_on_folder(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let paths = plans_in(&self.plan)?;
        let (mut plans, mut unreadable) = (Vec::new(), Vec::new());
        let read = opened(&paths);
        for (path, plan) in paths.into_iter().zip(read) {
            match plan {
                Ok(plan) => plans.push((path, plan)),
                Err(error) => unreadable.push(error),
            }
        }
        let looked: Vec<_> = plans.par_iter().map(|(path, plan)| self.look(path, plan)).collect();
        // The first failure in the order of the files, whichever thread comes first.
        let looked: Vec<_> = looked.into_iter().collect::<Result<_, _>>()?;
        let all = plans.iter().zip(&looked);
        let all: Vec<_> = all.map(|((path, _), looked)| self.checked(path, looked)).collect();
        match self.format {
            FindingsFormat::Text => text::print_folder(out, &all)?,
            FindingsFormat::Json => write!(out, "{}", export::findings::json_of_folder(&all))?,
            FindingsFormat::Sarif => write!(out, "{}", export::findings::sarif(&all))?,
            FindingsFormat::Junit => write!(out, "{}", export::findings::junit(&all, self.fail_on))?,
        }
        match unreadable.into_iter().next() {
            Some(error) => Err(error.into()),
            None => Ok(self.outcome(&looked)),
        }
    }

    fn look<'p>(&self, path: &Path, plan: &'p Plan) -> Result<Looked<'p>, Failure> {
        let at = self.stage.as_deref().map(|wanted| stage_place(plan, wanted)).transpose()?;
        let mut facts = Facts::new(plan);
        facts.aim = self.gate.unwrap_or(plan.aim);
        let gates = rules::gates(&mut facts);
        let all = rules::check(&facts, Scope::AllStages);
        let findings = at.map_or_else(|| all.clone(), |at| all.clone().seen_at(at));
        let conflicts = conflict_sentences(plan).map_err(|error| Failure::Other(error.to_string()))?;
        let text = std::fs::read_to_string(path).unwrap_or_default();
        Ok(Looked { facts, findings, all, gates, conflicts, text })
    }

    fn checked<'a, 'p>(&'a self, path: &'a Path, looked: &'a Looked<'p>) -> Checked<'a, 'p> {
        Checked {
            path,
            text: &looked.text,
            facts: &looked.facts,
            findings: &looked.findings,
            all: &looked.all,
            gates: &looked.gates,
            conflicts: &looked.conflicts,
            stage: self.stage.as_deref(),
            fixes: fix_titles,
        }
    }

    fn outcome(&self, looked: &[Looked<'_>]) -> Outcome {
        let fails = |finding: &Finding| finding.is_open() && finding.severity >= self.fail_on;
        let is_found =
            |looked: &Looked<'_>| !looked.conflicts.is_empty() || looked.findings.list.iter().any(fails);
        if looked.iter().any(is_found) { Outcome::Found } else { Outcome::Clean }
    }
}

fn fix_titles(facts: &Facts<'_>, findings: &Findings, finding: &Finding) -> Vec<String> {
    if facts.plan().systems.len() > SYSTEMS_TO_TRY_FIXES_ON {
        return rules::proposed_fixes(facts, finding).into_iter().map(|fix| fix.title).collect();
    }
    rules::offered_fixes(facts, findings, finding).into_iter().map(|(fix, _)| fix.title).collect()
}
