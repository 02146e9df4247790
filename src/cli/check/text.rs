//! Findings for people in a terminal.

use std::io::Write;

use crate::export::findings::Checked;
use crate::rules::Severity;

use super::Failure;

/// One plan: each finding, the tally, the gates.
pub(super) fn print(out: &mut dyn Write, checked: &Checked<'_, '_>) -> Result<(), Failure> {
    let Checked { facts, findings, gates, conflicts, .. } = *checked;
    for (_, sentence) in conflicts {
        writeln!(out, "conflict {sentence}")?;
    }
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

/// A folder of plans: a line each, and the sum.
pub(super) fn print_folder(out: &mut dyn Write, all: &[Checked<'_, '_>]) -> Result<(), Failure> {
    let names: Vec<_> = all.iter().map(|checked| checked.path.display().to_string()).collect();
    let widest = names.iter().map(|name| name.chars().count()).max().unwrap_or_default().max(4);
    writeln!(out, "{:<widest$}  errors  warnings  advice  accepted  conflicts  gates passed", "plan")?;
    let mut sum = [0; 3];
    for (checked, name) in all.iter().zip(&names) {
        let counts = [Severity::Error, Severity::Warning, Severity::Advice]
            .map(|severity| checked.findings.count(severity));
        let accepted = checked.findings.list.iter().filter(|finding| finding.waiver.is_some()).count();
        let open = checked.gates.iter().filter(|gate| gate.is_open()).count();
        let [errors, warnings, advice] = counts;
        let (conflicts, gates) = (checked.conflicts.len(), checked.gates.len());
        writeln!(
            out,
            "{name:<widest$}  {errors:>6}  {warnings:>8}  {advice:>6}  {accepted:>8}  {conflicts:>9}  {open} of {gates}"
        )?;
        sum = [sum[0] + errors, sum[1] + warnings, sum[2] + advice];
    }
    let [errors, warnings, advice] = sum;
    writeln!(out, "{:<widest$}  {errors:>6}  {warnings:>8}  {advice:>6}", format!("{} plans", all.len()))?;
    Ok(())
}
