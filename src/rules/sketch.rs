//! Small landscapes as text for the rules' tests, with the expected findings marked in place.
//!
//! ```text
//! focal sf
//! crm: crm, migrate, into sf, at 1, approach phased     a system and what is known of it
//! order = truth erp, truth sf from 1, master, key SKU   a domain and its claims
//! crm.order: author, records 500                        what a system does with a domain
//! crm <-> erp via hub : order.status, stock | sync, until 1   !! sync-loop error
//! look at 1                                             the stage at which marks are compared
//! landscape                                             !! p2p-sprawl
//! wave 1: cutover 2027-03-31                            what is known of a wave
//! plan: as_of 2027-01-01, org.users 15                  what is known of the plan
//! erp, shop                                             several systems, as the subjects of a mark
//! ```
//! Any other field is said by its name: `users 500`, `migration.trial_runs 2`, `auth basic`, `regions EU&CH`.
//! Systems stay (`integrate`) unless said otherwise; names are ids; numbers are waves.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Claim, ConflictKind, ConflictRule, DataDomain, Direction, Disposition, DomainId, Flow, FlowId, Hub, Kind,
    Migration, Payload, Plan, Stage, System, SystemId, Wave, WaveId,
};

mod fields;

use fields::set_field;

use super::engine::check_rules;
use super::fix::FixAction;
use super::{Facts, Findings, Rule, Scope, Severity, Subject, offered_fixes};

/// A parsed sketch.
pub struct Sketch {
    pub plan: Plan,
    pub marks: Vec<Mark>,
    look_at: Stage,
}

/// An expected finding.
#[derive(Debug)]
pub struct Mark {
    rule: String,
    severity: Option<Severity>,
    subjects: BTreeSet<Subject>,
}

/// Runs one rule on a sketch and compares what it finds with the marks.
pub fn assert_findings(rule: &'static Rule, text: &str) {
    let sketch = parse(text);
    let facts = Facts::new(&sketch.plan);
    let at = facts.index.timeline.place(&sketch.look_at).expect("the stage to look at");
    let found = check_rules(&facts, Scope::Stage(at), &[rule]);
    for mark in &sketch.marks {
        assert_eq!(mark.rule, rule.id, "a mark of another rule");
        let is_marked = found.list.iter().any(|finding| {
            mark.subjects.iter().all(|subject| finding.touches(subject))
                && finding.subjects.first().is_some_and(|first| mark.subjects.contains(first))
                && mark.severity.is_none_or(|severity| severity == finding.severity)
        });
        assert!(is_marked, "not found: {mark:?}\nfound:\n{}", listed(&found));
    }
    assert_eq!(found.list.len(), sketch.marks.len(), "found:\n{}", listed(&found));
}

/// The messages of what one rule finds on a sketch.
pub fn messages(rule: &'static Rule, text: &str) -> Vec<String> {
    let sketch = parse(text);
    let facts = Facts::new(&sketch.plan);
    let at = facts.index.timeline.place(&sketch.look_at).expect("the stage to look at");
    check_rules(&facts, Scope::Stage(at), &[rule])
        .list
        .iter()
        .map(|finding| finding.message.clone())
        .collect()
}

/// Applies the fix with a title to the first finding of a rule and compares the plan with another sketch.
/// That the finding is gone and no new error has come is what being offered means.
pub fn assert_fix(rule: &'static Rule, before: &str, title: &str, after: &str) {
    let sketch = parse(before);
    let facts = Facts::new(&sketch.plan);
    let findings = super::check(&facts, Scope::AllStages);
    let finding = findings.list.iter().find(|finding| finding.rule.id == rule.id).expect("a finding to fix");
    let offered = offered_fixes(&facts, &findings, finding);
    let titles: Vec<_> = offered.iter().map(|(fix, _)| fix.title.as_str()).collect();
    let Some((fix, preview)) = offered.iter().find(|(fix, _)| fix.title == title) else {
        panic!("no fix \"{title}\" is offered, only {titles:#?}");
    };
    assert!(matches!(fix.action, FixAction::Edits(_)), "this fix opens a place");
    let mut expected = parse(after).plan;
    let fixed = preview.as_ref().map(|preview| preview.plan.clone()).expect("a preview");
    expected.waves.clone_from(&fixed.waves);
    assert_eq!(crate::plan_file::write(&fixed), crate::plan_file::write(&expected));
}

/// The titles of the fixes that are offered for the first finding of a rule.
pub fn fix_titles(rule: &'static Rule, text: &str) -> Vec<String> {
    let sketch = parse(text);
    let facts = Facts::new(&sketch.plan);
    let findings = super::check(&facts, Scope::AllStages);
    let finding = findings.list.iter().find(|finding| finding.rule.id == rule.id).expect("a finding to fix");
    offered_fixes(&facts, &findings, finding).into_iter().map(|(fix, _)| fix.title).collect()
}

/// What hides what at the sketch's stage when all rules run: "truth-leaves hides writer-not-heard".
pub fn hidden(text: &str) -> Vec<String> {
    let sketch = parse(text);
    let facts = Facts::new(&sketch.plan);
    let at = facts.index.timeline.place(&sketch.look_at).expect("the stage to look at");
    let found = super::check(&facts, Scope::Stage(at)).list;
    let pairs = found.iter().flat_map(|finding| finding.hides.iter().map(|(rule, _)| (finding.rule, rule)));
    pairs.map(|(by, rule)| format!("{} hides {}", by.id, rule.id)).collect()
}

fn listed(findings: &Findings) -> String {
    let line = |finding: &super::Finding| {
        let subjects: Vec<_> = finding.subjects.iter().map(ToString::to_string).collect();
        format!("  {} {} [{}] {}", finding.severity, finding.rule.id, subjects.join(" "), finding.message)
    };
    findings.list.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Reads a sketch.
pub fn parse(text: &str) -> Sketch {
    let mut sketch = Sketch { plan: Plan::named("Sketch"), marks: Vec::new(), look_at: Stage::Target };
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//")) {
        let (line, marks) =
            line.split_once("!!").map_or((line, None), |(line, mark)| (line.trim(), Some(mark)));
        let subjects = sketch.read_line(line);
        for mark in marks.into_iter().flat_map(|marks| marks.split("!!")) {
            let mut words = mark.split_whitespace();
            let rule = words.next().expect("a rule after !!").to_owned();
            let severity = words.next().map(|word| word.parse().expect("a severity"));
            sketch.marks.push(Mark { rule, severity, subjects: subjects.clone() });
        }
    }
    sketch
}

impl Sketch {
    fn read_line(&mut self, line: &str) -> BTreeSet<Subject> {
        if let Some(stage) = line.strip_prefix("look at ") {
            self.look_at = self.stage(stage);
            return BTreeSet::new();
        }
        if let Some(focal) = line.strip_prefix("focal ") {
            self.system(focal);
            self.plan.focal_system = Some(focal.into());
            return BTreeSet::new();
        }
        if let Some(aim) = line.strip_prefix("aim ") {
            self.plan.aim = aim.parse().expect("an aim");
            return BTreeSet::new();
        }
        if line == "landscape" {
            return [Subject::Landscape].into();
        }
        if line.contains("->") {
            return self.read_flow(line);
        }
        if let Some((id, facts)) = line.split_once('=') {
            return self.read_domain(id.trim(), facts);
        }
        let Some((id, facts)) = line.split_once(':') else {
            return list(line).map(|id| Subject::System(self.system(id))).collect();
        };
        if id == "plan" {
            list(facts).for_each(|fact| set_field(&mut self.plan, fact));
            return [Subject::Landscape].into();
        }
        if let Some(number) = id.strip_prefix("wave ") {
            return self.read_wave(number, facts);
        }
        match id.trim().split_once('.') {
            Some((system, domain)) => self.read_holding(system, domain, facts),
            None => self.read_system(id.trim(), facts),
        }
    }

    fn system(&mut self, id: &str) -> SystemId {
        let system = || Arc::new(System { disposition: Disposition::Integrate, ..System::named(id) });
        self.plan.systems.entry(id.into()).or_insert_with(system);
        id.into()
    }

    fn domain(&mut self, id: &str) -> DomainId {
        self.plan.domains.entry(id.into()).or_insert_with(|| DataDomain::named(id).into());
        id.into()
    }

    fn stage(&mut self, text: &str) -> Stage {
        match text.trim() {
            "today" => Stage::Today,
            "target" => Stage::Target,
            number => Stage::Wave(self.wave(number)),
        }
    }

    fn wave(&mut self, number: &str) -> WaveId {
        let number: i32 = number.trim().parse().expect("the number of a wave");
        for order in 1..=number {
            let wave = || Wave { name: format!("Wave {order}"), order, ..Wave::default() }.into();
            self.plan.waves.entry(WaveId::new(&format!("wave-{order}"))).or_insert_with(wave);
        }
        WaveId::new(&format!("wave-{number}"))
    }

    fn read_wave(&mut self, number: &str, facts: &str) -> BTreeSet<Subject> {
        let id = self.wave(number);
        let wave = Arc::make_mut(self.plan.waves.get_mut(&id).expect("a wave"));
        list(facts).for_each(|fact| set_field(wave, fact));
        [Subject::Wave(id)].into()
    }

    fn read_system(&mut self, id: &str, facts: &str) -> BTreeSet<Subject> {
        let id = self.system(id);
        let mut system = System::clone(&self.plan.systems[&id]);
        for fact in list(facts) {
            self.read_system_fact(&mut system, fact);
        }
        self.plan.systems.insert(id.clone(), system.into());
        [Subject::System(id)].into()
    }

    fn read_system_fact(&mut self, system: &mut System, fact: &str) {
        let (word, rest) = fact.split_once(' ').unwrap_or((fact, ""));
        let migration = || Migration::default();
        match word {
            "into" => system.migration.get_or_insert_with(migration).into = Some(rest.into()),
            "at" => system.migration.get_or_insert_with(migration).wave = Some(self.wave(rest)),
            "approach" => {
                system.migration.get_or_insert_with(migration).approach =
                    Some(rest.parse().expect("approach"));
            }
            "exit" => system.exit_wave = Some(self.wave(rest)),
            "from" => system.introduced = self.stage(rest),
            "hub" => drop(system.hub.get_or_insert_default()),
            "canonical" => system.hub.get_or_insert_default().canonical = Some(true),
            "pairwise" => system.hub.get_or_insert_default().canonical = Some(false),
            "ha" => {
                system.hub =
                    Some(Hub { highly_available: Some(true), ..system.hub.clone().unwrap_or_default() });
            }
            "not-ha" => {
                system.hub =
                    Some(Hub { highly_available: Some(false), ..system.hub.clone().unwrap_or_default() });
            }
            "name" => rest.clone_into(&mut system.name),
            "recovery" => system.disaster_recovery = Some(true),
            word => match (word.parse::<Disposition>(), word.parse::<Kind>()) {
                (Ok(disposition), _) => system.disposition = disposition,
                (_, Ok(kind)) => system.kind = kind,
                _ => set_field(system, fact),
            },
        }
    }

    fn read_domain(&mut self, id: &str, facts: &str) -> BTreeSet<Subject> {
        let id = self.domain(id);
        let mut domain = DataDomain::clone(&self.plan.domains[&id]);
        for fact in list(facts) {
            let (word, rest) = fact.split_once(' ').unwrap_or((fact, ""));
            match word {
                "truth" => domain.truth.push(self.claim(rest)),
                "rule" => domain.conflict_rule = Some(self.conflict_rule(rest)),
                "parent" => drop(domain.parents.insert(self.domain(rest))),
                word => match word.parse() {
                    Ok(kind) => domain.kind = Some(kind),
                    Err(_) => set_field(&mut domain, fact),
                },
            }
        }
        self.plan.domains.insert(id.clone(), domain.into());
        [Subject::Domain(id)].into()
    }

    /// `erp`, `erp from 1`, `erp group billing from 1`, `erp partition DE`.
    fn claim(&mut self, text: &str) -> Claim {
        let mut words = text.split_whitespace();
        let system = words.next().expect("a system after truth");
        let mut claim = Claim::whole(self.system(system), Stage::Today);
        while let (Some(word), Some(value)) = (words.next(), words.next()) {
            match word {
                "from" => claim.from = self.stage(value),
                "group" => value.clone_into(&mut claim.scope.group),
                "partition" => value.clone_into(&mut claim.scope.partition),
                "state" => value.clone_into(&mut claim.scope.record_state),
                _ => panic!("cannot read \"{text}\" of a claim"),
            }
        }
        claim
    }

    fn conflict_rule(&mut self, text: &str) -> ConflictRule {
        let mut words = text.split_whitespace();
        let winner: ConflictKind = words.next().expect("a rule").parse().expect("a conflict rule");
        let mut rule = ConflictRule::of(winner);
        if winner == ConflictKind::Manual {
            rule.steward = words.collect::<Vec<_>>().join(" ");
        } else {
            rule.order = words.map(|id| self.system(id)).collect();
        }
        rule
    }

    fn read_holding(&mut self, system: &str, domain: &str, facts: &str) -> BTreeSet<Subject> {
        let (system_id, domain_id) = (self.system(system), self.domain(domain));
        let mut system = System::clone(&self.plan.systems[&system_id]);
        let holding = system.holdings.entry(domain_id.clone()).or_default();
        for fact in list(facts) {
            let (word, rest) = fact.split_once(' ').unwrap_or((fact, ""));
            match word {
                "max-age" => holding.max_age_min = rest.parse().ok(),
                "virtual" => holding.is_virtual = true,
                word => match word.parse() {
                    Ok(role) => holding.role = Some(role),
                    Err(_) => set_field(&mut *holding, fact),
                },
            }
        }
        self.plan.systems.insert(system_id.clone(), system.into());
        [Subject::Domain(domain_id), Subject::System(system_id)].into()
    }

    /// `crm -> erp via hub : order.status read, stock back | sync, until 1`; `<->` is two-way.
    fn read_flow(&mut self, line: &str) -> BTreeSet<Subject> {
        let (line, facts) = line.split_once('|').unwrap_or((line, ""));
        let (ends, carried) = line.split_once(':').unwrap_or((line, ""));
        let is_two_way = ends.contains("<->");
        let (from, to) = ends.split_once(if is_two_way { "<->" } else { "->" }).expect("two ends");
        let (to, via) = to.split_once(" via ").unwrap_or((to, ""));
        // An end may be missing from the plan on purpose: "?gone".
        let mut end = |text: &str| match text.trim().strip_prefix('?') {
            Some(missing) => SystemId::new(missing),
            None => self.system(text.trim()),
        };
        let mut flow = Flow::between(end(from), end(to));
        flow.via = via.split_whitespace().map(&mut end).collect();
        for payload in list(carried) {
            flow.carries.push(self.payload(payload, is_two_way));
        }
        flow.carries.sort();
        let mut id = self.plan.free_flow_id(&flow);
        for fact in list(facts) {
            if let Some(wanted) = fact.strip_prefix("id ") {
                id = FlowId::new(wanted);
            } else {
                self.read_flow_fact(&mut flow, fact);
            }
        }
        self.plan.flows.insert(id.clone(), flow.into());
        [Subject::Flow(id)].into()
    }

    fn payload(&mut self, text: &str, is_two_way: bool) -> Payload {
        let mut words = text.split_whitespace();
        let domain = words.next().expect("a domain");
        let (domain, part) = domain.split_once('.').unwrap_or((domain, ""));
        let mut payload = Payload { part: part.to_owned(), ..Payload::of(self.domain(domain)) };
        if is_two_way {
            payload.direction = Direction::Both;
        }
        for word in words {
            match word {
                "read" => payload.writes = false,
                direction => payload.direction = direction.parse().expect("forward, back, both or read"),
            }
        }
        payload
    }

    fn read_flow_fact(&mut self, flow: &mut Flow, fact: &str) {
        let (word, rest) = fact.split_once(' ').unwrap_or((fact, ""));
        match word {
            "since" => flow.since = self.stage(rest),
            "until" => flow.until = Some(self.wave(rest)),
            "replaces" => drop(flow.replaces.insert(rest.into())),
            "bridge" => flow.bridge = true,
            "dropped" => rest.clone_into(&mut flow.dropped_reason),
            "called-by-to" => flow.initiator = crate::model::Initiator::To,
            "latency" => flow.latency_min = rest.parse().ok(),
            "guard" => flow.guards = rest.parse().expect("guards"),
            "shared-extract" => flow.shared_extract = true,
            "bypass" => rest.clone_into(&mut flow.bypass_ok),
            word => match word.parse() {
                Ok(timing) => flow.timing = Some(timing),
                Err(_) => set_field(flow, fact),
            },
        }
    }
}

fn list(text: &str) -> impl Iterator<Item = &str> {
    text.split(',').map(str::trim).filter(|item| !item.is_empty())
}
