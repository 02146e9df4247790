//! The landscape at one stage: the systems that stand and the flows between them.

use super::Index;

/// One payload in one direction: a directed edge of a data domain. Hubs are no hop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Edge<'p> {
    /// The flow, by its place.
    pub flow: usize,
    /// The sending system.
    pub from: usize,
    /// The receiving system.
    pub to: usize,
    /// The domain.
    pub domain: usize,
    /// The part of the domain; empty for the whole.
    pub part: &'p str,
    /// Whether it changes records at the receiver.
    pub writes: bool,
    /// Whether changes are kept from echoing in this direction.
    pub is_guarded: bool,
}

/// The landscape at one stage.
#[derive(Debug)]
pub struct Landscape<'p> {
    /// The place of the stage.
    pub at: usize,
    /// Flows of which both ends and all hubs stand.
    pub flows: Vec<usize>,
    /// Flows that are declared for this stage, but an end or a hub does not stand.
    pub severed: Vec<usize>,
    /// The standing flows as directed edges, by domain.
    pub edges_by_domain: Vec<Vec<Edge<'p>>>,
    stands: Vec<bool>,
}

impl<'p> Landscape<'p> {
    /// What stands at a stage.
    #[must_use]
    pub fn new(index: &Index<'p>, at: usize) -> Self {
        let stands: Vec<_> = index.systems.iter().map(|entry| entry.life.contains(&at)).collect();
        let mut landscape = Self {
            at,
            flows: Vec::new(),
            severed: Vec::new(),
            edges_by_domain: vec![Vec::new(); index.domains.len()],
            stands,
        };
        for place in 0..index.flows.len() {
            landscape.add_flow(index, place);
        }
        landscape
    }

    fn add_flow(&mut self, index: &Index<'p>, place: usize) {
        let entry = &index.flows[place];
        if !entry.life.contains(&self.at) {
            return;
        }
        let (Some(from), Some(to)) = (entry.from, entry.to) else { return self.severed.push(place) };
        let hubs_stand = entry.via.iter().all(|hub| hub.is_some_and(|hub| self.stands[hub]));
        if !(self.stands[from] && self.stands[to] && hubs_stand) {
            return self.severed.push(place);
        }
        self.flows.push(place);
        for &(domain, payload) in &entry.carries {
            let edge = Edge {
                flow: place,
                from,
                to,
                domain,
                part: &payload.part,
                writes: payload.writes,
                is_guarded: false,
            };
            let edges = &mut self.edges_by_domain[domain];
            if payload.direction.goes_forward() {
                edges.push(Edge { is_guarded: entry.flow.guards.guards_forward(), ..edge });
            }
            if payload.direction.goes_back() {
                edges.push(Edge { from: to, to: from, is_guarded: entry.flow.guards.guards_back(), ..edge });
            }
        }
    }

    /// Whether a system stands.
    #[must_use]
    pub fn stands(&self, system: usize) -> bool {
        self.stands[system]
    }

    /// The systems that stand and are no hub.
    pub fn systems<'a>(&'a self, index: &'a Index<'p>) -> impl Iterator<Item = usize> + 'a {
        (0..self.stands.len()).filter(|&place| self.stands[place] && !index.systems[place].is_hub)
    }

    /// The hubs that stand.
    pub fn hubs<'a>(&'a self, index: &'a Index<'p>) -> impl Iterator<Item = usize> + 'a {
        (0..self.stands.len()).filter(|&place| self.stands[place] && index.systems[place].is_hub)
    }

    /// All directed edges.
    pub fn edges(&self) -> impl Iterator<Item = &Edge<'p>> {
        self.edges_by_domain.iter().flatten()
    }
}
