//! Figures and names without which checks cannot run: asked for, element by element.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{change_flow, change_system};
use crate::landscape::Authority;
use crate::limits::without_figure;
use crate::model::{Flow, Mark, Mechanism, System};
use crate::rules::{
    Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View, listed,
};

/// The rule.
pub static RULE: Rule = Rule {
    id: "inputs-missing",
    title: "Inputs missing for a check",
    family: Family::Completeness,
    severity: "advice",
    pillar: Pillar::OperationalExcellence,
    when: "A system has no owner; or no declared role for a domain that it sends or receives in the target, \
           without a claim on it in force and without looking it up virtually; or no region where it uses a \
           domain in the target that may lie only in some; or no run cost where it migrates or retires; or, for \
           the focal system, the limits table has no figure of an edition or a licence that is named. A \
           flow that stands in the target has no owner; or no records a day where an end is the focal \
           system, unless it polls and its runs a day and records a run are known. One finding for each \
           system or flow. Not where the field is marked as not known \
           (`owner_business`, `holdings.DOMAIN.role`, `region`, `run_cost_year`, `org`; `owner`, \
           `records_per_day`).",
    why: "A check without its input is silent, and silence reads like health.",
    what_to_do: "Fill in what is missing, or record that nobody knows.",
    not_when: "Somebody asked and nobody knows: record it as not known; it is listed, and reported no more.",
    source: "Unknown is never zero: what was not told is asked for instead of guessed.",
    thresholds: &[],
    looks_at: LooksAt::Target,
    check,
    fixes,
};

/// The field under which it is marked that nobody knows the figures of the focal system's subscription.
const SUBSCRIPTION: &str = "org";

/// One input that is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Missing {
    /// The fields, as they are marked.
    fields: Vec<String>,
    /// What it is called: "owner".
    name: String,
    /// What cannot be checked without it.
    check: String,
}

impl Missing {
    fn new(field: &str, name: &str, check: impl Into<String>) -> Self {
        Self { fields: vec![field.to_owned()], name: name.to_owned(), check: check.into() }
    }
}

fn is_open(marks: &BTreeMap<String, Mark>, field: &str) -> bool {
    marks.get(field) != Some(&Mark::NotKnown)
}

fn check(view: &View<'_, '_>, report: &mut Report) {
    let index = view.index();
    let domains = domains_by_system(view);
    for (place, entry) in index.systems.iter().enumerate() {
        let missing = of_system(view, place, &domains[place]);
        add(report, view.system(place), &entry.system.name, &missing);
    }
    for &place in &view.landscape().flows {
        let entry = &index.flows[place];
        let missing = of_flow(view, entry.flow);
        if !missing.is_empty() {
            add(report, view.flow(place), &index.flow_name(entry), &missing);
        }
    }
}

fn add(report: &mut Report, subject: Subject, name: &str, missing: &[Missing]) {
    if missing.is_empty() {
        return;
    }
    let nothing: Vec<_> = missing.iter().map(|missing| format!("no {}", missing.name)).collect();
    let nothing = listed(&nothing.iter().map(String::as_str).collect::<Vec<_>>());
    let checks = listed(&missing.iter().map(|missing| missing.check.as_str()).collect::<Vec<_>>());
    let message = format_args!("{name} has {nothing} recorded, so {checks} cannot be checked.");
    report.add(Severity::Advice, [subject], message);
}

/// What a system does with a domain in the target that asks for more to be known.
#[derive(Default)]
struct Asks {
    /// Domains that it sends or receives without a role.
    roles: BTreeSet<usize>,
    /// Domains that it uses and that may lie only in some regions.
    restricted: BTreeSet<usize>,
}

fn domains_by_system(view: &View<'_, '_>) -> Vec<Asks> {
    let index = view.index();
    let mut asks: Vec<_> = index.systems.iter().map(|_| Asks::default()).collect();
    for authority in view.authorities() {
        let edges = &view.landscape().edges_by_domain[authority.domain];
        let ends: BTreeSet<_> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        for end in ends.into_iter().filter(|&end| lacks_role(view, authority, end)) {
            asks[end].roles.insert(authority.domain);
        }
        if !index.domains[authority.domain].1.regions.is_empty() {
            for &user in &authority.users {
                asks[user].restricted.insert(authority.domain);
            }
        }
    }
    asks
}

/// The same for one system, without looking at what the others do.
fn asks_of(view: &View<'_, '_>, place: usize) -> Asks {
    let index = view.index();
    let is_end = |authority: &&Authority<'_>| {
        let edges = &view.landscape().edges_by_domain[authority.domain];
        edges.iter().any(|edge| edge.from == place || edge.to == place)
    };
    let is_restricted = |authority: &&Authority<'_>| {
        let is_user = authority.users.binary_search(&place).is_ok();
        is_user && !index.domains[authority.domain].1.regions.is_empty()
    };
    let authorities = || view.authorities().iter();
    let sent = authorities().filter(is_end).filter(|authority| lacks_role(view, authority, place));
    Asks {
        roles: sent.map(|authority| authority.domain).collect(),
        restricted: authorities().filter(is_restricted).map(|authority| authority.domain).collect(),
    }
}

fn lacks_role(view: &View<'_, '_>, authority: &Authority<'_>, system: usize) -> bool {
    let holdings = &view.index().systems[system].system.holdings;
    let holding = holdings.get(view.index().domains[authority.domain].0);
    authority.role(view.index(), system).is_none()
        && !authority.is_truth(system)
        && holding.is_none_or(|holding| !holding.is_virtual)
}

fn of_system(view: &View<'_, '_>, place: usize, asks: &Asks) -> Vec<Missing> {
    let index = view.index();
    let system: &System = index.systems[place].system;
    let mut missing = Vec::new();
    if system.owner().trim().is_empty() {
        missing.push(Missing::new("owner_business", "owner", "who is to act"));
    }
    missing.extend(roles(view, system, &asks.roles));
    if !asks.restricted.is_empty() && system.region.trim().is_empty() {
        let names: Vec<_> = asks.restricted.iter().map(|&domain| index.domain_name(domain)).collect();
        let check = format!("whether {} may lie there", listed(&names));
        missing.push(Missing::new("region", "region", check));
    }
    if system.disposition.leaves() && system.run_cost_year.is_none() {
        missing.push(Missing::new("run_cost_year", "run cost", "what its exit saves"));
    }
    missing.extend(subscription(view, place));
    missing.retain(|missing| missing.fields.iter().any(|field| is_open(&system.marks, field)));
    missing
}

/// The figures that are missing of what the focal system's subscription names, as one input.
fn subscription(view: &View<'_, '_>, place: usize) -> Option<Missing> {
    let names = (view.index().focal() == Some(place)).then(|| without_figure(view.index().plan))?;
    let names: Vec<_> = names.iter().map(ToString::to_string).collect();
    let names = listed(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let figure = format!("figure for {names}");
    (!names.is_empty()).then(|| Missing::new(SUBSCRIPTION, &figure, "what it has to bear"))
}

/// The roles that are missing, as one input.
fn roles(view: &View<'_, '_>, system: &System, domains: &BTreeSet<usize>) -> Option<Missing> {
    let index = view.index();
    let mark = |domain: usize| format!("holdings.{}.role", index.domains[domain].0);
    let open = domains.iter().filter(|&&domain| is_open(&system.marks, &mark(domain)));
    let open: Vec<_> = open.copied().collect();
    let names = listed(&open.iter().map(|&domain| index.domain_name(domain)).collect::<Vec<_>>());
    let check = match open.as_slice() {
        [] => return None,
        [_] => format!("who may change {names}"),
        _ => "who may change them".to_owned(),
    };
    Some(Missing { fields: open.into_iter().map(mark).collect(), name: format!("role for {names}"), check })
}

fn of_flow(view: &View<'_, '_>, flow: &Flow) -> Vec<Missing> {
    let mut missing = Vec::new();
    if flow.owner.trim().is_empty() {
        missing.push(Missing::new("owner", "owner", "who is to act"));
    }
    let focal = view.index().plan.focal_system.as_ref();
    let is_at_focal = Some(&flow.from) == focal || Some(&flow.to) == focal;
    if is_at_focal && flow.records_per_day.is_none() && !has_volume_of_polling(flow) {
        let limits = format!("what {} has to bear", view.index().plan.focal_name());
        missing.push(Missing::new("records_per_day", "records a day", limits));
    }
    missing.retain(|missing| missing.fields.iter().any(|field| is_open(&flow.marks, field)));
    missing
}

/// Whether a flow polls so often and so much that its calls follow without records a day.
fn has_volume_of_polling(flow: &Flow) -> bool {
    let is_poll = flow.mechanism == Some(Mechanism::Poll);
    is_poll && flow.runs_per_day.is_some() && flow.records_per_run.is_some()
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let index = view.index();
    let [subject] = finding.subjects.as_slice() else { return Vec::new() };
    let (name, missing) = match subject {
        Subject::System(id) => {
            let Some(place) = index.system(id) else { return Vec::new() };
            let missing = of_system(view, place, &asks_of(view, place));
            (index.system_name(place).to_owned(), missing)
        }
        Subject::Flow(id) => {
            let Some(flow) = index.plan.flows.get(id) else { return Vec::new() };
            (index.plan.flow_name(id), of_flow(view, flow))
        }
        _ => return Vec::new(),
    };
    let is_of_subscription = |missing: &&Missing| missing.fields == [SUBSCRIPTION];
    let mut fixes = Vec::new();
    if missing.iter().any(|missing| !is_of_subscription(&missing)) {
        let names = names(missing.iter().filter(|missing| !is_of_subscription(missing)));
        fixes.push(Fix::open(format!("Fill in {names} of {name}"), Place::Inspector(subject.clone())));
    }
    if missing.iter().any(|missing| is_of_subscription(&missing)) {
        let title = format!("Say which edition and licences {name} has, or what they allow");
        fixes.push(Fix::open(title, Place::Inspector(Subject::Landscape)));
    }
    let fields = missing.iter().flat_map(|missing| missing.fields.clone());
    let marks = fields.map(|field| (field, Mark::NotKnown));
    let edit = match subject {
        Subject::System(id) => change_system(index.plan, id, |system| system.marks.extend(marks)),
        Subject::Flow(id) => change_flow(index.plan, id, |flow| flow.marks.extend(marks)),
        _ => None,
    };
    let title = format!("Record that {} of {name} {} not known", names(&missing), is_or_are(&missing));
    fixes.push(Fix::edits(title, edit));
    fixes
}

fn names<'m>(missing: impl IntoIterator<Item = &'m Missing>) -> String {
    listed(&missing.into_iter().map(|missing| missing.name.as_str()).collect::<Vec<_>>())
}

const fn is_or_are(missing: &[Missing]) -> &'static str {
    if missing.len() == 1 { "is" } else { "are" }
}

#[cfg(test)]
mod tests;
