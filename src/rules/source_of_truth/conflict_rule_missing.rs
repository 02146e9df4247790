//! Several systems that update a domain without a rule for conflicts.

use crate::edit::change_domain;
use crate::model::{ConflictKind, ConflictRule, SystemId};
use crate::rules::flow_changes::make_readers;
use crate::rules::{Family, Finding, Fix, LooksAt, Pillar, Place, Report, Rule, Severity, Subject, View};

/// The rule.
pub static RULE: Rule = Rule {
    id: "conflict-rule-missing",
    title: "Several writers, no winner",
    family: Family::SourceOfTruth,
    severity: "error",
    pillar: Pillar::Reliability,
    when: "Two or more standing systems have a claim in force or the role author, and no conflict rule is \
           set, and they are not all truths of scopes that do not overlap. Field mastership decides only \
           between systems with a claim, of which one at least is scoped: without any scoped claim, or with \
           an author that has no claim, it counts as no rule. Hidden by a missing or contested truth.",
    why: "When two people change the same record in two systems, chance decides which change survives, and \
          nobody notices.",
    what_to_do: "Say who wins: the source of truth, the master of each field, the last writer or a person.",
    not_when: "Writers whose operations are disjoint, because one creates and the other updates: the one that \
               only creates is a system of entry.",
    source: "How conflicts are resolved when records are updated from several sources is part of the design \
             of an integration; survivorship rules of master data management.",
    thresholds: &[],
    looks_at: LooksAt::EachStage,
    check,
    fixes,
};

fn check(view: &View<'_, '_>, report: &mut Report) {
    for authority in view.authorities().iter().filter(|authority| authority.lacks_conflict_rule(view.index()))
    {
        let follows_from = [authority.domain].into_iter().chain(authority.writers.iter().copied());
        report.add_once(follows_from, |report| {
            let writers: Vec<_> = authority.writers.iter().map(|&writer| view.system(writer)).collect();
            report.add_related(
                Severity::Error,
                [view.domain(authority.domain)],
                writers,
                format_args!(
                    "{} systems update {} ({}) and no rule says who wins.",
                    authority.writers.len(),
                    view.index().domain_name(authority.domain),
                    view.names(&authority.writers)
                ),
            );
        });
    }
}

fn fixes(view: &View<'_, '_>, finding: &Finding) -> Vec<Fix> {
    let [Subject::Domain(id)] = finding.subjects.as_slice() else { return Vec::new() };
    let Some(place) = view.index().domain(id) else { return Vec::new() };
    let (index, authority) = (view.index(), &view.authorities()[place]);
    let rule = |title: String, rule: ConflictRule| {
        Fix::edits(title, change_domain(index.plan, id, |domain| domain.conflict_rule = Some(rule)))
    };
    let matrix = |title: &str| Fix::open(title, Place::OwnershipRow(id.clone()));
    let mut fixes = Vec::new();
    let truth = authority.main_truth(index).filter(|truth| authority.writers.contains(truth));
    let others: Vec<_> = authority.writers.iter().copied().filter(|&writer| Some(writer) != truth).collect();
    let ids = |places: &[usize]| -> Vec<SystemId> {
        places.iter().map(|&place| index.systems[place].id.clone()).collect()
    };
    let last = view.facts.target().authorities[place].main_truth(index);
    if last != truth && last.is_some() && truth.is_some() {
        // An order of systems would outlive the handover.
        fixes.push(rule(
            "Source priority: the source of truth wins at each stage".into(),
            ConflictRule::of(ConflictKind::SourcePriority),
        ));
    } else if let Some(truth) = truth {
        let order = ids(&[truth]).into_iter().chain(ids(&others)).collect();
        let priority = ConflictRule { order, ..ConflictRule::of(ConflictKind::SourcePriority) };
        fixes.push(rule(format!("Source priority: {} wins", index.system_name(truth)), priority));
    }
    if authority.has_scopes() {
        fixes
            .push(rule("Field by field, as claimed".into(), ConflictRule::of(ConflictKind::FieldMastership)));
    }
    fixes.push(matrix("Decide field by field"));
    fixes.push(rule("Last writer wins".into(), ConflictRule::of(ConflictKind::LastWriter)));
    let steward = &index.domains[place].1.steward;
    if steward.is_empty() {
        fixes.push(matrix("Name a steward who decides conflicts"));
    } else {
        let manual = ConflictRule { steward: steward.clone(), ..ConflictRule::of(ConflictKind::Manual) };
        fixes.push(rule(format!("Send conflicts to {steward}"), manual));
    }
    if let Some(truth) = truth.filter(|_| others.iter().all(|&other| !authority.is_truth(other))) {
        let title = format!("Make all but {} readers", index.system_name(truth));
        fixes.push(Fix::edits(title, make_readers(index.plan, id, &ids(&others))));
    }
    fixes
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::sketch::{assert_findings, assert_fix, fix_titles, messages};

    #[test]
    fn several_writers_without_a_rule_are_found() {
        assert_findings(
            &RULE,
            "contact = truth sf     !! conflict-rule-missing error
             mkt.contact: author
             sf <-> mkt : contact
             stock =                !! conflict-rule-missing error
             wms.stock: author
             erp.stock: author",
        );
    }

    #[test]
    fn a_rule_an_entry_a_reader_and_one_that_does_not_stand_are_silence() {
        assert_findings(
            &RULE,
            "contact = truth sf, rule last-writer
             mkt.contact: author
             order = truth erp
             shop.order: entry
             bi.order: reader
             case = truth sf
             desk: retire, exit 1
             desk.case: author",
        );
    }

    #[test]
    fn truths_of_scopes_that_do_not_overlap_need_no_rule() {
        assert_findings(
            &RULE,
            "account = truth sf group sales, truth erp group billing
             price = truth sap1 partition DE, truth sap2 partition FR
             order = truth sap1 partition DE, truth sap2 partition FR    !! conflict-rule-missing
             shop.order: author
             stock = truth wms, truth erp partition DE                   !! conflict-rule-missing",
        );
    }

    #[test]
    fn field_mastership_needs_a_scoped_claim_and_covers_no_writer_outside() {
        assert_findings(
            &RULE,
            "a = truth sf, rule field-mastership                              !! conflict-rule-missing
             erp.a: author
             b = truth sf, truth erp group billing, rule field-mastership
             c = truth sf, truth erp group billing, rule field-mastership     !! conflict-rule-missing
             shop.c: author",
        );
    }

    #[test]
    fn a_writer_that_comes_later_counts_from_then() {
        let text = "contact = truth sf
             mkt: from 1
             mkt.contact: author
             sf <-> mkt : contact | since 1";
        assert_findings(&RULE, &format!("{text}\nlook at today"));
        assert_eq!(
            messages(&RULE, text),
            ["2 systems update contact (mkt and sf) and no rule says who wins."]
        );
    }

    #[test]
    fn each_way_to_say_who_wins_is_offered() {
        let text = "contact = truth sf, steward Ada
             mkt.contact: author
             sf <-> mkt : contact";
        let titles = [
            "Source priority: sf wins",
            "Decide field by field",
            "Last writer wins",
            "Send conflicts to Ada",
            "Make all but sf readers",
        ];
        assert_eq!(fix_titles(&RULE, text), titles);
    }

    #[test]
    fn the_source_of_truth_wins() {
        assert_fix(
            &RULE,
            "contact = truth sf
             mkt.contact: author
             sf <-> mkt : contact",
            "Source priority: sf wins",
            "contact = truth sf, rule source-priority sf mkt
             mkt.contact: author
             sf <-> mkt : contact",
        );
    }

    #[test]
    fn the_others_become_readers_and_stop_writing() {
        assert_fix(
            &RULE,
            "contact = truth sf
             mkt.contact: author
             sf <-> mkt : contact | id sync",
            "Make all but sf readers",
            "contact = truth sf
             mkt.contact: reader
             sf -> mkt : contact | id sync",
        );
    }

    #[test]
    fn a_known_steward_can_decide() {
        let text = "contact = truth sf, steward Ada
             mkt.contact: author
             sf <-> mkt : contact | guard both";
        let decided = text.replace("steward Ada", "steward Ada, rule manual Ada");
        assert_fix(&RULE, text, "Send conflicts to Ada", &decided);
    }
}
