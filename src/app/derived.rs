//! What follows from the plan: findings, numbers, ownership, the picture. Computed when the plan or
//! the shown stage changes; for large plans on a thread of its own, with the last result shown as stale.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use crate::landscape::{Authority, Index, Landscape};
use crate::model::{DomainId, Plan, Role, Stage, SystemId};
use crate::numbers;
use crate::rules::{self, Facts, Finding, Findings, Fix, Preview, Scope, StageNumbers, Subject};
use crate::scene::{FindingMarks, Layout, Options, Scene, View};

/// Above this many systems everything is computed on a thread of its own.
const SYSTEMS_IN_A_FRAME: usize = 120;

/// The fixes of a stage's first findings are worked out with them, those of the others when asked for.
const FINDINGS_WITH_FIXES: usize = 1_000;

/// What a cell of the ownership matrix says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell {
    /// The source of truth.
    Truth,
    /// The source of truth until an earlier stage.
    WasTruth,
    /// A declared role.
    Role(Role),
    /// It sends or receives the domain, and nothing is declared.
    Undeclared,
}

/// A row of the ownership matrix at a stage.
#[derive(Clone, Debug)]
pub struct OwnershipRow {
    /// The domain.
    pub domain: DomainId,
    /// The sources of truth.
    pub truths: Vec<SystemId>,
    /// Whether claims exclude each other; claims on different parts do not.
    pub is_claimed_twice: bool,
    /// Why it is contested, in a few words; empty where it is not.
    pub conflict: &'static str,
    /// What systems do with it.
    pub cells: BTreeMap<SystemId, Cell>,
}

/// What is known of a plan, whatever is shown.
#[derive(Debug)]
pub struct Knowledge {
    /// The plan's revision.
    pub revision: u64,
    /// The stages in order.
    pub stages: Vec<Stage>,
    /// What is wrong.
    pub findings: Findings,
    /// The numbers of shape at each stage.
    pub row: Vec<StageNumbers>,
    /// The ownership matrix at each stage.
    pub ownership: Vec<Vec<OwnershipRow>>,
    /// The systems that stand at each stage.
    pub standing: Vec<std::collections::BTreeSet<SystemId>>,
    /// Where the cards stand.
    pub layout: Layout,
}

/// What the picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sight {
    /// The stage, by its place.
    pub stage: usize,
    /// Whether it is compared with today.
    pub difference: bool,
    /// Hubs shown or hidden.
    pub view: View,
}

/// Everything that is derived from a plan for a frame.
#[derive(Clone, Debug)]
pub struct Derived {
    /// What is known.
    pub knowledge: Arc<Knowledge>,
    /// The picture.
    pub scene: Arc<Scene>,
    /// The fixes of the findings of the shown stage and of the target.
    pub fixes: Arc<Fixes>,
    sight: Sight,
}

/// What tells one finding from another: its rule and its subjects.
type FindingKey = (&'static str, Vec<Subject>);

/// Fixes by rule and subjects, for the stages that were shown; untried in large plans.
#[derive(Clone, Debug, Default)]
pub struct Fixes {
    by_stage: BTreeMap<usize, BTreeMap<FindingKey, Vec<Fix>>>,
}

impl Fixes {
    /// The fixes of a finding as seen at its stage.
    #[must_use]
    pub fn of(&self, finding: &Finding) -> &[Fix] {
        let key = (finding.rule.id, finding.subjects.clone());
        self.by_stage.get(&finding.seen_at).and_then(|fixes| fixes.get(&key)).map_or(&[], Vec::as_slice)
    }

    fn add_stage(&mut self, facts: &Facts<'_>, findings: &Findings, at: usize) {
        let known = findings.at(at).take(FINDINGS_WITH_FIXES);
        let fixes = known
            .map(|finding| ((finding.rule.id, finding.subjects.clone()), fixes(facts, findings, finding)));
        self.by_stage.insert(at, fixes.collect());
    }
}

impl Derived {
    /// Derives everything; what is known of the same revision is taken over.
    #[must_use]
    pub fn new(plan: &Plan, revision: u64, sight: Sight, known: Option<&Self>) -> Self {
        let known = known.filter(|known| known.knowledge.revision == revision);
        let knowledge = known.map(|known| Arc::clone(&known.knowledge));
        let knowledge = knowledge.unwrap_or_else(|| Arc::new(Knowledge::new(plan, revision)));
        let scene = Arc::new(scene(plan, &knowledge, sight));
        let mut fixes = known.map(|known| Arc::clone(&known.fixes)).unwrap_or_default();
        let target = knowledge.stages.len() - 1;
        for at in [sight.stage.min(target), target] {
            if !fixes.by_stage.contains_key(&at) {
                Arc::make_mut(&mut fixes).add_stage(&Facts::new(plan), &knowledge.findings, at);
            }
        }
        Self { knowledge, scene, fixes, sight }
    }

    fn is_of(&self, revision: u64, sight: Sight) -> bool {
        self.knowledge.revision == revision && self.sight == sight
    }
}

impl Knowledge {
    fn new(plan: &Plan, revision: u64) -> Self {
        let facts = Facts::new(plan);
        let findings = rules::check(&facts, Scope::AllStages);
        let places = 0..facts.stages.len();
        let holders = holders(&facts.index);
        Self {
            revision,
            stages: facts.index.timeline.stages().to_vec(),
            row: numbers::row(&facts),
            ownership: places.clone().map(|at| ownership(&facts, at, &holders)).collect(),
            standing: places.map(|at| standing(&facts, at)).collect(),
            layout: Layout::new(&facts.index),
            findings,
        }
    }
}

fn standing(facts: &Facts<'_>, at: usize) -> std::collections::BTreeSet<SystemId> {
    let stands = |place: &usize| facts.stages[at].landscape.stands(*place);
    (0..facts.index.systems.len()).filter(stands).map(|place| facts.index.systems[place].id.clone()).collect()
}

fn fixes(facts: &Facts<'_>, findings: &Findings, finding: &Finding) -> Vec<Fix> {
    if facts.plan().systems.len() > SYSTEMS_IN_A_FRAME {
        return rules::proposed_fixes(facts, finding);
    }
    rules::offered_fixes(facts, findings, finding).into_iter().map(|(fix, _)| fix).collect()
}

/// The fixes of one finding with what each would change, tried on the plan as it is.
#[must_use]
pub fn fixes_with_previews(plan: &Plan, finding: &Finding) -> Vec<(Fix, Option<Preview>)> {
    let facts = Facts::new(plan);
    let findings = rules::check(&facts, Scope::AllStages);
    rules::offered_fixes(&facts, &findings, finding)
}

/// The systems with a declared role, by domain.
fn holders(index: &Index<'_>) -> Vec<Vec<usize>> {
    let mut holders = vec![Vec::new(); index.domains.len()];
    for (system, entry) in index.systems.iter().enumerate() {
        for domain in entry.system.holdings.keys().filter_map(|id| index.domain(id)) {
            holders[domain].push(system);
        }
    }
    holders
}

fn ownership(facts: &Facts<'_>, at: usize, holders: &[Vec<usize>]) -> Vec<OwnershipRow> {
    let authorities = facts.stages[at].authorities.iter();
    authorities.map(|authority| row(facts, at, authority, &holders[authority.domain])).collect()
}

fn row(facts: &Facts<'_>, at: usize, authority: &Authority<'_>, holders: &[usize]) -> OwnershipRow {
    let index = &facts.index;
    let (id, domain) = index.domains[authority.domain];
    let mut cells = BTreeMap::new();
    for &user in &authority.users {
        cells.insert(index.systems[user].id.clone(), Cell::Undeclared);
    }
    let began =
        |claim: &&crate::model::Claim| index.timeline.place(&claim.from).is_some_and(|from| from <= at);
    let claimants = domain.truth.iter().filter(began).filter_map(|claim| index.system(&claim.system));
    for system in claimants {
        cells.insert(index.systems[system].id.clone(), Cell::WasTruth);
    }
    for &system in holders {
        let entry = &index.systems[system];
        let declared = entry.system.holdings.get(id).and_then(|holding| holding.role);
        if let Some(role) = declared.map(|declared| authority.role(index, system).unwrap_or(declared)) {
            cells.insert(entry.id.clone(), Cell::Role(role));
        }
    }
    for &truth in &authority.truths {
        cells.insert(index.systems[truth].id.clone(), Cell::Truth);
    }
    OwnershipRow {
        domain: id.clone(),
        truths: authority.truths.iter().map(|&truth| index.systems[truth].id.clone()).collect(),
        is_claimed_twice: authority.contests().next().is_some(),
        conflict: conflict(index, authority),
        cells,
    }
}

fn conflict(index: &Index<'_>, authority: &Authority<'_>) -> &'static str {
    if authority.claims.is_empty() && authority.users.len() >= 2 {
        "none decides"
    } else if authority.contests().next().is_some() {
        "several claim it"
    } else if authority.lacks_conflict_rule(index) {
        "no rule who wins"
    } else {
        ""
    }
}

fn scene(plan: &Plan, knowledge: &Knowledge, sight: Sight) -> Scene {
    let index = Index::new(plan);
    let at = sight.stage.min(index.timeline.target());
    let now = Landscape::new(&index, at);
    let before = (sight.difference && at > 0).then(|| Landscape::new(&index, 0));
    let marks = FindingMarks::at(&knowledge.findings, at);
    let options = Options { view: sight.view, ..Options::default() };
    Scene::new(&index, &knowledge.layout, &now, before.as_ref(), &marks, &options)
}

/// Keeps what is derived up to date.
#[derive(Debug, Default)]
pub struct Deriver {
    latest: Option<Derived>,
    pending: Option<(u64, Sight, Receiver<Derived>)>,
}

impl Deriver {
    /// What is derived for this revision and sight, or the last that was.
    pub fn update(&mut self, ctx: &egui::Context, plan: &Arc<Plan>, revision: u64, sight: Sight) {
        self.take_result();
        if self.latest.as_ref().is_some_and(|latest| latest.is_of(revision, sight)) {
            return;
        }
        let known = self.latest.clone();
        if plan.systems.len() <= SYSTEMS_IN_A_FRAME || self.latest.is_none() && plan.systems.is_empty() {
            self.pending = None;
            self.latest = Some(Derived::new(plan, revision, sight, known.as_ref()));
        } else if self.pending.is_none() {
            let (sender, receiver) = channel();
            let (plan, ctx) = (Arc::clone(plan), ctx.clone());
            std::thread::spawn(move || {
                let derived = Derived::new(&plan, revision, sight, known.as_ref());
                // A window that was closed meanwhile does not want the result.
                let _ = sender.send(derived);
                ctx.request_repaint();
            });
            self.pending = Some((revision, sight, receiver));
        }
    }

    fn take_result(&mut self) {
        if let Some((_, _, receiver)) = &self.pending {
            match receiver.try_recv() {
                Ok(derived) => {
                    self.latest = Some(derived);
                    self.pending = None;
                }
                Err(std::sync::mpsc::TryRecvError::Empty) => {}
                Err(std::sync::mpsc::TryRecvError::Disconnected) => self.pending = None,
            }
        }
    }

    /// What is derived, if anything is yet.
    #[must_use]
    pub const fn latest(&self) -> Option<&Derived> {
        self.latest.as_ref()
    }

    /// Whether something newer is being worked out.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.pending.is_some()
    }
}
