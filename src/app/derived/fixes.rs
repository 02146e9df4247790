//! The fixes of the listed findings, tried out on a thread of their own: each is offered only where it keeps
//! its promise, and that takes longer than a frame.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use crate::model::{Plan, Subject};
use crate::rules::{self, Facts, Finding, Fix, Preview, Scope};

use super::Knowledge;

/// Above this many systems fixes are offered without trying each one out first; applying one tries it.
const SYSTEMS_TO_TRY_FIXES_ON: usize = 120;

/// The fixes of a stage's first findings are worked out; those of the others when asked for.
const FINDINGS_WITH_FIXES: usize = 1_000;

/// What tells one finding from another: its rule and its subjects.
type FindingKey = (&'static str, Vec<Subject>);

/// Fixes by rule and subjects, for the stages that were shown.
#[derive(Debug, Default)]
pub struct Fixes {
    by_stage: BTreeMap<usize, BTreeMap<FindingKey, Vec<Fix>>>,
}

impl Fixes {
    /// The fixes of a finding as seen at its stage; none until they are worked out.
    #[must_use]
    pub fn of(&self, finding: &Finding) -> &[Fix] {
        let key = (finding.rule.id, finding.subjects.clone());
        self.by_stage.get(&finding.seen_at).and_then(|fixes| fixes.get(&key)).map_or(&[], Vec::as_slice)
    }

    fn new(plan: &Plan, knowledge: &Knowledge, stages: [usize; 2], is_unwanted: &AtomicBool) -> Self {
        let facts = Facts::new(plan);
        let mut by_stage: BTreeMap<usize, BTreeMap<_, _>> = BTreeMap::new();
        for at in stages {
            for finding in knowledge.findings.at(at).take(FINDINGS_WITH_FIXES) {
                if is_unwanted.load(Ordering::Relaxed) {
                    return Self::default();
                }
                let found = if plan.systems.len() > SYSTEMS_TO_TRY_FIXES_ON {
                    rules::proposed_fixes(&facts, finding)
                } else {
                    let offered = rules::offered_fixes(&facts, &knowledge.findings, finding);
                    offered.into_iter().map(|(fix, _)| fix).collect()
                };
                by_stage.entry(at).or_default().insert((finding.rule.id, finding.subjects.clone()), found);
            }
        }
        Self { by_stage }
    }
}

/// The fixes of one finding with what each would change, tried on the plan as it is.
#[must_use]
pub fn fixes_with_previews(plan: &Plan, finding: &Finding) -> Vec<(Fix, Option<Preview>)> {
    let facts = Facts::new(plan);
    let findings = rules::check(&facts, Scope::AllStages);
    rules::offered_fixes(&facts, &findings, finding)
}

/// What fixes are of: the revision of the plan and the stages.
type Wanted = (u64, [usize; 2]);

/// Keeps the fixes up to date.
#[derive(Debug, Default)]
pub(super) struct FixesJob {
    latest: Arc<Fixes>,
    done: Option<Wanted>,
    pending: Option<(Wanted, Arc<AtomicBool>, Receiver<Fixes>)>,
}

impl FixesJob {
    /// The fixes that are known.
    pub const fn latest(&self) -> &Arc<Fixes> {
        &self.latest
    }

    /// Whether fixes are being tried out.
    pub const fn is_busy(&self) -> bool {
        self.pending.is_some()
    }

    /// Takes a result, and starts anew where the plan or the stage is another.
    pub fn update(
        &mut self,
        ctx: &egui::Context,
        plan: &Arc<Plan>,
        knowledge: &Arc<Knowledge>,
        stage: usize,
    ) {
        let target = knowledge.stages.len() - 1;
        let wanted = (knowledge.revision, [stage.min(target), target]);
        if let Some((job, is_unwanted, receiver)) = &self.pending {
            if *job == wanted {
                match receiver.try_recv() {
                    Ok(fixes) => {
                        self.latest = Arc::new(fixes);
                        self.done = Some(wanted);
                        self.pending = None;
                    }
                    Err(TryRecvError::Empty) => return,
                    Err(TryRecvError::Disconnected) => self.pending = None,
                }
            } else {
                is_unwanted.store(true, Ordering::Relaxed);
                self.pending = None;
            }
        }
        if self.done == Some(wanted) {
            return;
        }
        let is_unwanted = Arc::new(AtomicBool::new(false));
        let (sender, receiver) = channel();
        self.pending = Some((wanted, Arc::clone(&is_unwanted), receiver));
        let (plan, knowledge, ctx) = (Arc::clone(plan), Arc::clone(knowledge), ctx.clone());
        std::thread::spawn(move || {
            let fixes = Fixes::new(&plan, &knowledge, wanted.1, &is_unwanted);
            // A window that was closed meanwhile does not want the result.
            let _ = sender.send(fixes);
            ctx.request_repaint();
        });
    }
}
