//! Deleting systems, flows and domains together with what makes no sense without them.

use std::collections::BTreeSet;

use crate::model::{DomainId, FlowId, Plan, SystemId};

use super::{Change, Edit, change_domain, change_flow, change_system};

/// A deletion worked out: one step, and what it says before it is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Deletion {
    /// The step's name: "Delete ERP".
    pub label: String,
    /// What goes with it: "3 flows, 1 claim"; empty where nothing does.
    pub goes_with_it: String,
    /// The step.
    pub edits: Vec<Edit>,
}

/// Works out what deleting these takes with it: flows of the systems, claims, holdings, payloads and
/// every mention in a migration. Ids that the plan does not have are passed over.
#[must_use]
pub fn delete(
    plan: &Plan,
    systems: &BTreeSet<SystemId>,
    flows: &BTreeSet<FlowId>,
    domains: &BTreeSet<DomainId>,
) -> Deletion {
    let mut work = Work { plan, systems, domains, edits: Vec::new(), tally: Tally::default() };
    let gone_flows = work.remove_flows(flows);
    work.change_flows(&gone_flows);
    work.change_domains();
    work.change_systems();
    if plan.focal_system.as_ref().is_some_and(|focal| systems.contains(focal)) {
        work.edits.push(Edit::FocalSystem(None));
    }
    let label = format!("Delete {}", named(plan, systems, flows, domains));
    Deletion { label, goes_with_it: work.tally.in_words(), edits: work.edits }
}

struct Work<'a> {
    plan: &'a Plan,
    systems: &'a BTreeSet<SystemId>,
    domains: &'a BTreeSet<DomainId>,
    edits: Vec<Edit>,
    tally: Tally,
}

#[derive(Default)]
struct Tally {
    flows: usize,
    claims: usize,
    holdings: usize,
}

impl Tally {
    fn in_words(&self) -> String {
        let counted = [(self.flows, "flow"), (self.claims, "claim"), (self.holdings, "role")];
        let words: Vec<_> = counted
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, word)| format!("{count} {word}{}", if *count == 1 { "" } else { "s" }))
            .collect();
        words.join(", ")
    }
}

impl Work<'_> {
    fn remove_flows(&mut self, chosen: &BTreeSet<FlowId>) -> BTreeSet<FlowId> {
        let mut gone = BTreeSet::new();
        for (id, flow) in &self.plan.flows {
            let loses_an_end = self.systems.contains(&flow.from) || self.systems.contains(&flow.to);
            if chosen.contains(id) || loses_an_end {
                self.tally.flows += usize::from(!chosen.contains(id));
                self.edits.push(Edit::Flow(id.clone(), Box::new(Change::Remove)));
                gone.insert(id.clone());
            }
        }
        gone
    }

    /// Flows that stay lose their mention of what goes: hubs, payloads, replaced flows.
    fn change_flows(&mut self, gone: &BTreeSet<FlowId>) {
        for (id, flow) in self.plan.flows.iter().filter(|(id, _)| !gone.contains(*id)) {
            let mentions = flow.via.iter().any(|hub| self.systems.contains(hub))
                || flow.carries.iter().any(|payload| self.domains.contains(&payload.domain))
                || flow.replaces.iter().any(|replaced| gone.contains(replaced));
            if mentions {
                self.edits.extend(change_flow(self.plan, id, |flow| {
                    flow.via.retain(|hub| !self.systems.contains(hub));
                    flow.carries.retain(|payload| !self.domains.contains(&payload.domain));
                    flow.replaces.retain(|replaced| !gone.contains(replaced));
                }));
            }
        }
    }

    fn change_domains(&mut self) {
        for (id, domain) in &self.plan.domains {
            if self.domains.contains(id) {
                self.tally.claims += domain.truth.len();
                self.edits.push(Edit::Domain(id.clone(), Box::new(Change::Remove)));
                continue;
            }
            let claims = domain.truth.iter().filter(|claim| self.systems.contains(&claim.system)).count();
            let is_ranked =
                domain.conflict_rule.iter().flat_map(|rule| &rule.order).any(|s| self.systems.contains(s));
            let loses_a_parent = domain.parents.iter().any(|parent| self.domains.contains(parent));
            self.tally.claims += claims;
            if claims > 0 || is_ranked || loses_a_parent {
                self.edits.extend(change_domain(self.plan, id, |domain| {
                    domain.truth.retain(|claim| !self.systems.contains(&claim.system));
                    domain.parents.retain(|parent| !self.domains.contains(parent));
                    if let Some(rule) = &mut domain.conflict_rule {
                        rule.order.retain(|system| !self.systems.contains(system));
                    }
                }));
            }
        }
    }

    fn change_systems(&mut self) {
        for (id, system) in &self.plan.systems {
            if self.systems.contains(id) {
                self.tally.holdings += system.holdings.len();
                self.edits.push(Edit::System(id.clone(), Box::new(Change::Remove)));
                self.edits.push(Edit::Place(id.clone(), None));
                self.edits.push(Edit::Pin(id.clone(), false));
                continue;
            }
            let holdings = system.holdings.keys().filter(|domain| self.domains.contains(*domain)).count();
            let migrates_there = system.migration.iter().any(|migration| {
                migration.into.iter().chain(&migration.after).any(|other| self.systems.contains(other))
            });
            self.tally.holdings += holdings;
            if holdings > 0 || migrates_there {
                self.edits.extend(change_system(self.plan, id, |system| {
                    system.holdings.retain(|domain, _| !self.domains.contains(domain));
                    if let Some(migration) = &mut system.migration {
                        migration.into.take_if(|into| self.systems.contains(into));
                        migration.after.retain(|other| !self.systems.contains(other));
                    }
                }));
            }
        }
    }
}

fn named(
    plan: &Plan,
    systems: &BTreeSet<SystemId>,
    flows: &BTreeSet<FlowId>,
    domains: &BTreeSet<DomainId>,
) -> String {
    let names = systems.iter().map(|id| plan.system_name(id).to_owned());
    let names = names.chain(domains.iter().map(|id| plan.domain_name(id).to_owned()));
    let names: Vec<_> = names.chain(flows.iter().map(|id| plan.flow_name(id))).collect();
    match names.as_slice() {
        [only] => only.clone(),
        several => format!("{} elements", several.len()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edit::apply;
    use crate::model::{Claim, DataDomain, Flow, Holding, Payload, Stage, System};

    #[test]
    fn deleting_a_system_takes_its_flows_claims_and_roles_and_says_so() {
        let mut plan = Plan::named("Test");
        let mut erp = System::named("ERP");
        erp.holdings.insert("order".into(), Holding::default());
        plan.systems.insert("erp".into(), erp.into());
        plan.systems.insert("crm".into(), System::named("CRM").into());
        let mut order = DataDomain::named("Order");
        order.truth.push(Claim::whole("erp".into(), Stage::Today));
        plan.domains.insert("order".into(), order.into());
        let mut flow = Flow::between("erp".into(), "crm".into());
        flow.carries.push(Payload::of("order".into()));
        plan.flows.insert("erp-to-crm-order".into(), flow.into());

        let deletion = delete(&plan, &["erp".into()].into(), &BTreeSet::new(), &BTreeSet::new());
        assert_eq!(deletion.label, "Delete ERP");
        assert_eq!(deletion.goes_with_it, "1 flow, 1 claim, 1 role");
        let after = apply(&plan, deletion.edits).unwrap();
        assert!(after.flows.is_empty());
        assert!(after.domains[&DomainId::new("order")].truth.is_empty());
        assert_eq!(after.systems.keys().map(SystemId::as_str).collect::<Vec<_>>(), ["crm"]);
    }
}
