//! Too many direct links for the number of systems.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeSet;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use foldhash::HashMap;

use crate::edit::{Edit, apply};
use crate::rules::hubs::{Detour, can_be_led, counted};
use crate::rules::{
    Facts, Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, Threshold, View,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "p2p-sprawl",
    title: "Point-to-point sprawl",
    family: Family::Sprawl,
    severity: "warning, error",
    pillar: Pillar::OperationalExcellence,
    when: "Let L be the distinct pairs of systems linked directly and S the systems with such a link; hubs are \
           none of them, and the systems of one suite count as one. Warning: S ≥ 5 and L > S. Error: \
           S ≥ 8 and L ≥ 2S, or S ≥ 5 and L fills half of all pairs or more.",
    why: "Links between each pair grow quadratically, n(n−1)/2: ten systems can have 45, twenty 190. A change \
          in any system can break several of them.",
    what_to_do: "Lead the links of shared data through a hub, or accept them for now with a date. For mappings a \
                 hub pays only where many publish and many subscribe, (publishers−1)·(subscribers−1) > 1: the \
                 fix takes such domains first and tells the numbers before and after.",
    not_when: "Two or three stable systems. Products of one vendor's suite with native connectors: give them \
               the same `suite`.",
    source: "Hub-and-spoke instead of point-to-point; a hub pays once three or more systems share data \
             (DAMA-DMBOK), in practice above four.",
    thresholds: &[
        Threshold { name: "systems", default: 5.0, unit: "systems", reason: "below, direct links are fine" },
        Threshold {
            name: "error-systems",
            default: 8.0,
            unit: "systems",
            reason: "a landscape of some size",
        },
        Threshold {
            name: "error-ratio",
            default: 2.0,
            unit: "links per system",
            reason: "twice what a hub needs",
        },
        Threshold {
            name: "error-fill",
            default: 0.5,
            unit: "share of all pairs",
            reason: "half of a full mesh",
        },
    ],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    let links = DirectLinks::of(view);
    let Some(severity) = links.severity(view) else { return };
    let (count, systems) = (links.flows_of.len(), links.links_of.len());
    let message = format!("{count} direct links between {systems} systems. A hub would need {systems}.");
    report.add_related(severity, [Subject::Landscape], linked_systems(view), message);
}

/// The systems with a direct link, each product of a suite by itself.
fn linked_systems(view: &View<'_, '_>) -> Vec<Subject> {
    let linked = view.landscape().flows.iter().filter(|&&flow| direct_link(view, flow).is_some());
    let ends = linked.flat_map(|&flow| [view.index().flows[flow].from, view.index().flows[flow].to]);
    let mut is_linked = vec![false; view.index().systems.len()];
    ends.flatten().for_each(|place| is_linked[place] = true);
    (0..is_linked.len()).filter(|&place| is_linked[place]).map(|place| view.system(place)).collect()
}

/// A system, or a suite as one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Node<'p> {
    System(usize),
    Suite(&'p str),
}

type Link<'p> = (Node<'p>, Node<'p>);

/// The direct links of a stage, counted so that flows can be taken out one by one.
struct DirectLinks<'p> {
    flows_of: HashMap<Link<'p>, usize>,
    links_of: HashMap<Node<'p>, usize>,
}

impl<'p> DirectLinks<'p> {
    fn of(view: &View<'_, 'p>) -> Self {
        let mut links = Self { flows_of: HashMap::default(), links_of: HashMap::default() };
        for (a, b) in view.landscape().flows.iter().filter_map(|&flow| direct_link(view, flow)) {
            let flows = links.flows_of.entry((a, b)).or_default();
            *flows += 1;
            if *flows == 1 {
                *links.links_of.entry(a).or_default() += 1;
                *links.links_of.entry(b).or_default() += 1;
            }
        }
        links
    }

    fn take_out(&mut self, view: &View<'_, 'p>, flow: usize) {
        let Some((a, b)) = direct_link(view, flow) else { return };
        if is_last(&mut self.flows_of, (a, b)) {
            is_last(&mut self.links_of, a);
            is_last(&mut self.links_of, b);
        }
    }

    fn severity(&self, view: &View<'_, '_>) -> Option<Severity> {
        let (count, ends) = (self.flows_of.len() as f64, self.links_of.len() as f64);
        let is_dense = ends >= view.threshold("systems")
            && count / (ends * (ends - 1.0) / 2.0) >= view.threshold("error-fill");
        let is_large =
            ends >= view.threshold("error-systems") && count >= view.threshold("error-ratio") * ends;
        if is_dense || is_large {
            Some(Severity::Error)
        } else {
            (ends >= view.threshold("systems") && count > ends).then_some(Severity::Warning)
        }
    }
}

/// Counts one off and says whether none is left.
fn is_last<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: K) -> bool {
    let Entry::Occupied(mut entry) = counts.entry(key) else { return false };
    *entry.get_mut() -= 1;
    let is_last = *entry.get() == 0;
    if is_last {
        entry.remove();
    }
    is_last
}

fn direct_link<'p>(view: &View<'_, 'p>, flow: usize) -> Option<Link<'p>> {
    let index = view.index();
    let node = |place: usize| {
        let system = index.systems[place].system;
        let node = if system.suite.is_empty() { Node::System(place) } else { Node::Suite(&system.suite) };
        (!system.is_hub()).then_some(node)
    };
    let entry = &index.flows[flow];
    let (a, b) = (node(entry.from?)?, node(entry.to?)?);
    (entry.flow.is_direct() && a != b).then(|| (a.min(b), a.max(b)))
}

fn fixes(view: &View<'_, '_>, _: &Finding) -> Vec<Fix> {
    re_route(view).into_iter().chain([choose_links(view)]).collect()
}

/// Leads as many flows as are needed through a hub.
fn re_route(view: &View<'_, '_>) -> Option<Fix> {
    let led = flows_to_lead(view)?;
    let detour = Detour::through_best_hub(view, &led);
    let links: BTreeSet<_> = led.iter().filter_map(|&flow| direct_link(view, flow)).collect();
    let what = if detour.is_new() {
        format!("Insert a hub and re-route these {}", counted(links.len(), "link"))
    } else {
        format!("Lead {} through {}", counted(led.len(), "flow"), detour.name)
    };
    let edits = detour.edits(view, &led);
    let outcome = outcome(view, &edits).map(|outcome| format!(" ({outcome})"));
    Some(Fix::edits(what + &outcome.unwrap_or_default(), edits))
}

/// Shows the flows of the direct links, for somebody to choose among them.
fn choose_links(view: &View<'_, '_>) -> Fix {
    let flows = view.landscape().flows.iter().copied();
    let (subjects, links): (Vec<_>, BTreeSet<_>) =
        flows.filter_map(|flow| Some((view.flow(flow), direct_link(view, flow)?))).unzip();
    let title = format!("Choose which of the {} direct links to re-route", links.len());
    Fix::open(title, Place::Selection { at: view.at, subjects })
}

/// The numbers before and after: what a hub saves in links it often costs in mappings, and then that is said.
fn outcome(view: &View<'_, '_>, edits: &[Edit]) -> Option<String> {
    let plan = apply(view.index().plan, edits.iter().cloned()).ok()?;
    let facts = Facts::new(&plan);
    let (before, after) = (view.structure(), facts.structure(view.at));
    let change = |what: &str, before: usize, after: usize| match before.cmp(&after) {
        Ordering::Less => format!("{what} rise from {before} to {after}"),
        Ordering::Equal => format!("{what} stay at {before}"),
        Ordering::Greater => format!("{what} fall from {before} to {after}"),
    };
    Some(format!(
        "{}, {}, {}",
        change("direct links", before.direct_links, after.direct_links),
        change("all links", before.links, after.links),
        change("mappings", before.mappings, after.mappings)
    ))
}

/// What a hub could take over of one domain.
#[derive(Default)]
struct Share {
    flows: BTreeSet<usize>,
    pairs: BTreeSet<(usize, usize)>,
}

impl Share {
    /// Whether one mapping for each publisher and each subscriber is less than one for each pair. Where all
    /// are paired that is p·s > p + s, or (p−1)·(s−1) > 1; sparse pairs need a hub less.
    fn pays(&self) -> bool {
        let publishers: BTreeSet<_> = self.pairs.iter().map(|(from, _)| from).collect();
        let subscribers: BTreeSet<_> = self.pairs.iter().map(|(_, to)| to).collect();
        self.pairs.len() > publishers.len() + subscribers.len()
    }
}

/// The flows whose way through a hub ends the sprawl: domain by domain, those for which the hub pays first,
/// then the one with most flows. Flows on which somebody waits and virtual ones stay direct.
fn flows_to_lead(view: &View<'_, '_>) -> Option<Vec<usize>> {
    let index = view.index();
    let mut shares: Vec<_> = index.domains.iter().map(|_| Share::default()).collect();
    for edge in view.landscape().edges().filter(|edge| can_be_led(index.flows[edge.flow].flow)) {
        let share = &mut shares[edge.domain];
        share.flows.insert(edge.flow);
        share.pairs.insert((edge.from, edge.to));
    }
    shares.sort_by_cached_key(|share| Reverse((share.pays(), share.flows.len())));
    let (mut led, mut links) = (BTreeSet::new(), DirectLinks::of(view));
    for share in shares {
        for flow in share.flows {
            if led.insert(flow) {
                links.take_out(view, flow);
            }
        }
        if links.severity(view).is_none() {
            return Some(led.into_iter().collect());
        }
    }
    None
}

#[cfg(test)]
mod tests;
