//! What the checks need to know, computed once for a plan.

use std::sync::{Arc, OnceLock};

use crate::decision::Recommender;
use crate::landscape::{
    Authority, DomainGraph, Index, Landscape, LinkGraph, Precedence, Structure, link_graph,
};
use crate::limits::{self, Usage};
use crate::model::{Aim, Plan};

use super::gates::stricter_from;
use super::run::Run;
use super::threads::side_by_side;
use super::{ALL, Rule};

/// The facts of a plan at all its stages.
#[derive(Debug)]
pub struct Facts<'p> {
    /// The plan with its references resolved.
    pub index: Index<'p>,
    /// The facts at each stage, by its place.
    pub stages: Vec<StageFacts<'p>>,
    /// The gate that the plan is looked at for: its own, unless somebody asks for another.
    pub aim: Aim,
    precedence: OnceLock<Precedence<'p>>,
    /// What each rule of the catalogue says at all stages: before the gate from which on it is stricter, and
    /// from there on.
    runs: Vec<[OnceLock<Arc<Run>>; 2]>,
}

/// The numbers of one stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageNumbers {
    /// Of its shape.
    pub structure: Structure,
    /// Of what it uses of the focal system; `None` where the plan has none.
    pub usage: Option<Usage>,
}

/// The facts at one stage.
#[derive(Debug)]
pub struct StageFacts<'p> {
    /// What stands.
    pub landscape: Landscape<'p>,
    /// Who decides about each domain.
    pub authorities: Vec<Authority<'p>>,
    /// By domain: the first stage from which on its edges are the same as at this one.
    graph_from: Vec<usize>,
    graphs: Vec<OnceLock<DomainGraph>>,
    links: OnceLock<LinkGraph>,
    structure: OnceLock<Structure>,
}

impl<'p> Facts<'p> {
    /// The facts of a plan. Graphs and numbers of shape are computed when first asked for.
    #[must_use]
    pub fn new(plan: &'p Plan) -> Self {
        let index = Index::new(plan);
        let mut stages = side_by_side(plan, index.timeline.len(), |at| StageFacts::new(&index, at));
        for at in 1..stages.len() {
            let (before, from) = stages.split_at_mut(at);
            from[0].share_graphs(&before[at - 1]);
        }
        let runs = ALL.iter().map(|_| Default::default()).collect();
        Self { index, stages, aim: plan.aim, precedence: OnceLock::new(), runs }
    }

    /// What a rule says at all stages, for the gate that the plan is looked at for. Run once.
    pub(super) fn run(&self, rule: &'static Rule) -> Arc<Run> {
        let run = || Arc::new(Run::new(self, rule, |_| true));
        let is_strict = self.aim >= stricter_from(rule);
        match ALL.iter().position(|known| std::ptr::eq(*known, rule)) {
            Some(place) => Arc::clone(self.runs[place][usize::from(is_strict)].get_or_init(run)),
            None => run(),
        }
    }

    /// The plan.
    #[must_use]
    pub const fn plan(&self) -> &'p Plan {
        self.index.plan
    }

    /// The facts at the target.
    #[must_use]
    pub fn target(&self) -> &StageFacts<'p> {
        &self.stages[self.index.timeline.target()]
    }

    /// What has to move before what.
    #[must_use]
    pub fn precedence(&self) -> &Precedence<'p> {
        self.precedence.get_or_init(|| Precedence::new(&self.index))
    }

    /// What the answers about each system point to.
    #[must_use]
    pub fn recommender(&self) -> Recommender<'_, 'p> {
        Recommender::new(&self.index, limits::free_storage_gb(self.index.plan))
    }

    /// The numbers of shape at a stage.
    #[must_use]
    pub fn structure(&self, at: usize) -> &Structure {
        let stage = &self.stages[at];
        stage
            .structure
            .get_or_init(|| Structure::new(&self.index, &stage.landscape, &stage.authorities, self.links(at)))
    }

    /// How a domain's records travel at a stage.
    #[must_use]
    pub fn graph(&self, at: usize, domain: usize) -> &DomainGraph {
        let stage = &self.stages[self.stages[at].graph_from[domain]];
        stage.graphs[domain].get_or_init(|| DomainGraph::new(&stage.landscape.edges_by_domain[domain]))
    }

    /// The physical links at a stage.
    #[must_use]
    pub fn links(&self, at: usize) -> &LinkGraph {
        let stage = &self.stages[at];
        stage.links.get_or_init(|| link_graph(&self.index, &stage.landscape))
    }

    /// All numbers of a stage.
    #[must_use]
    pub fn numbers(&self, at: usize) -> StageNumbers {
        let usage = Usage::new(&self.index, &self.stages[at].landscape);
        StageNumbers { structure: self.structure(at).clone(), usage }
    }
}

impl<'p> StageFacts<'p> {
    fn new(index: &Index<'p>, at: usize) -> Self {
        let landscape = Landscape::new(index, at);
        let authorities = Authority::of_all(index, &landscape);
        let graphs = (0..index.domains.len()).map(|_| OnceLock::new()).collect();
        let graph_from = vec![at; index.domains.len()];
        Self {
            landscape,
            authorities,
            graph_from,
            graphs,
            links: OnceLock::new(),
            structure: OnceLock::new(),
        }
    }

    /// Takes the graphs of the stage before for domains that travel as they do there.
    fn share_graphs(&mut self, before: &Self) {
        let edges = self.landscape.edges_by_domain.iter().zip(&before.landscape.edges_by_domain);
        for (domain, (edges, before_edges)) in edges.enumerate() {
            if edges == before_edges {
                self.graph_from[domain] = before.graph_from[domain];
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Facts;
    use crate::rules::sketch::parse;

    #[test]
    fn links_are_a_share_of_the_pairs_of_systems_that_have_one() {
        let fill = |text: &str| {
            let plan = parse(text).plan;
            let facts = Facts::new(&plan);
            facts.structure(facts.index.timeline.target()).fill()
        };
        assert_eq!(fill("lonely: crm"), None);
        assert_eq!(fill("a -> b : x"), Some(1.0));
        assert_eq!(fill("a -> b : x\n b -> c : x\n c -> d : x\n lonely: crm"), Some(0.5));
    }

    #[test]
    fn hubs_and_what_is_gone_belong_to_no_circle() {
        let largest = |text: &str| {
            let plan = parse(text).plan;
            let facts = Facts::new(&plan);
            facts.structure(facts.index.timeline.target()).largest_cyclic_group
        };
        let circle = "bus: pairwise\n a -> b via bus : x\n b -> c via bus : x\n c -> a via bus : x";
        assert_eq!(largest(circle), 3);
        assert_eq!(largest("bus: pairwise"), 0);
        assert_eq!(largest(&format!("{circle}\n gone: retire, exit 1")), 3);
    }
}
