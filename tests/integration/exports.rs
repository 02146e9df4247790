//! The document and the pictures: the same bytes each time, nothing that people type is markup, and a
//! text that somebody has read line by line.

use std::collections::BTreeSet;

use hybridscape::export::{html, markdown, summary};
use hybridscape::model::{DataDomain, Flow, Payload, Plan, Stage, System, Wave};
use hybridscape::rules::{self, Facts, Scope};
use hybridscape::{generate, model};

use crate::samples::{sample, sample_names};

fn document(plan: &Plan) -> summary::Document {
    let mut facts = Facts::new(plan);
    let gates = rules::gates(&mut facts);
    summary::document(&facts, &rules::check(&facts, Scope::AllStages), &gates, None)
}

/// A plan in which every text is one that would do harm where it is not escaped.
fn hostile() -> Plan {
    let names = [
        "<script>alert(1)</script>",
        "a|b",
        "*x* _y_ `z`",
        "[l](javascript:alert(1))",
        "\"><img src=x>",
        "# head",
        "1. one",
        "two\nlines",
        "hidden\u{202e}txt",
        "nul\u{0}byte",
        "</svg><script>",
        "${{ x }} {% raw %}",
        "&lt;b&gt;",
        "]]>",
        "--> <!--",
        "顧客 é ß",
    ];
    let mut plan = Plan::named(names[0]);
    plan.client = names[1].into();
    plan.notes = names.join("\n");
    plan.waves.insert(
        "w".into(),
        Wave { name: names[4].to_owned(), notes: names[5].to_owned(), ..Wave::default() }.into(),
    );
    for (number, name) in names.iter().enumerate() {
        let mut system = System::named(name);
        system.owner_business = (*name).into();
        system.notes = (*name).into();
        plan.systems.insert(model::Id::new(&format!("s{number}")), system.into());
        let mut domain = DataDomain::named(name);
        domain.key = (*name).into();
        domain.truth = vec![model::Claim::whole("s0".into(), Stage::Today)];
        plan.domains.insert(model::Id::new(&format!("d{number}")), domain.into());
        let mut flow = Flow::between("s0".into(), model::Id::new(&format!("s{number}")));
        flow.carries = vec![Payload::of(model::Id::new(&format!("d{number}")))];
        flow.owner = (*name).into();
        plan.flows.insert(model::Id::new(&format!("f{number}<b>")), flow.into());
    }
    plan
}

fn all_plans() -> Vec<Plan> {
    let samples = sample_names();
    samples
        .iter()
        .map(|name| sample(name))
        .chain([hostile(), Plan::named("Empty"), generate::plan(40, 7)])
        .collect()
}

#[test]
fn the_article_reads_as_somebody_would_write_it() {
    let text = markdown::write(&document(&sample("article")), "article").text;
    let is_fingerprint = |line: &&str| !line.contains("SHA-256");
    insta::assert_snapshot!(text.lines().filter(is_fingerprint).collect::<Vec<_>>().join("\n"));
}

#[test]
fn the_same_plan_gives_the_same_bytes() {
    for plan in all_plans() {
        let (one, other) = (document(&plan), document(&plan.clone()));
        assert_eq!(markdown::write(&one, "x"), markdown::write(&other, "x"), "{}", plan.name);
        assert_eq!(html::write(&one), html::write(&other), "{}", plan.name);
    }
}

#[test]
fn no_section_is_empty_and_no_anchor_stands_twice() {
    for plan in all_plans() {
        let blocks = document(&plan).blocks;
        let mut anchors = BTreeSet::new();
        for (place, block) in blocks.iter().enumerate() {
            if let summary::Block::Section(heading) | summary::Block::Part(heading) = block {
                assert!(anchors.insert(heading.anchor.clone()), "{}: {}", plan.name, heading.anchor);
            }
            if let summary::Block::Section(heading) = block {
                let next = blocks.get(place + 1);
                assert!(
                    next.is_some_and(|next| !matches!(next, summary::Block::Section(_))),
                    "{}",
                    heading.text
                );
            }
            if let summary::Block::Table(table) = block {
                assert!(
                    !table.rows.is_empty() && table.rows.iter().all(|row| row.len() == table.columns.len())
                );
            }
        }
    }
}

#[test]
fn html_is_well_formed_and_its_ids_are_its_own() {
    for plan in all_plans() {
        let page = html::write(&document(&plan));
        let ids = well_formed(&page);
        let unique: BTreeSet<_> = ids.iter().collect();
        assert_eq!(unique.len(), ids.len(), "{}: an id stands twice", plan.name);
        let targets = page
            .match_indices("href=\"#")
            .map(|(at, start)| page[at + start.len()..].split('"').next().unwrap());
        for target in targets {
            assert!(unique.contains(&target.to_owned()), "{}: nothing is called {target}", plan.name);
        }
    }
}

#[test]
fn html_asks_for_nothing_and_runs_nothing() {
    for plan in all_plans() {
        let page = html::write(&document(&plan));
        for refused in ["<script", "<img", "<link", "<iframe", "<object", "<b>", "url(", "@import", " src=\""]
        {
            assert!(!page.contains(refused), "{}: {refused}", plan.name);
        }
        assert!(page.contains("content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\""));
        assert!(!page.contains('\u{202e}') && !page.contains('\u{0}'));
    }
}

#[test]
fn markdown_escapes_what_people_type() {
    let export = markdown::write(&document(&hostile()), "x");
    for line in export.text.lines() {
        let bare = line.replace("\\<", "").replace("\\>", "").replace("\\`", "").replace("\\*", "");
        assert!(!bare.contains('<') && !bare.contains('>'), "{line}");
        assert!(!bare.contains("*x*") && !bare.contains("`z`"), "{line}");
        assert!(!line.replace("\\]", "").contains("](javascript"), "{line}");
        assert!(!line.starts_with("# head") && !line.starts_with("1. one"), "{line}");
    }
    let tables = export.text.split("\n\n").filter(|part| part.starts_with('|'));
    for table in tables {
        let columns = |row: &str| row.replace("\\|", "").matches('|').count();
        let width = columns(table.lines().next().unwrap());
        assert!(table.lines().all(|row| columns(row) == width), "{table}");
    }
    assert!(export.text.contains("hidden\\[U+202E\\]txt"));
    assert_eq!(export.pictures.len(), 2);
}

/// Reads a page tag by tag; panics where one is not closed in its turn. Gives all ids.
fn well_formed(page: &str) -> Vec<String> {
    const VOID: [&str; 2] = ["meta", "br"];
    let (mut open, mut ids, mut rest) = (Vec::<String>::new(), Vec::new(), page);
    while let Some(start) = rest.find('<') {
        let inside = &rest[start + 1..];
        let end = inside.find('>').expect("a tag that ends");
        let tag = &inside[..end];
        rest = &inside[end + 1..];
        assert!(!tag.contains('<'), "a tag in a tag: {tag}");
        assert_eq!(tag.matches('"').count() % 2, 0, "an open quote: {tag}");
        if let Some((_, id)) = tag.split_once(" id=\"") {
            ids.push(id.split('"').next().unwrap().to_owned());
        }
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name));
        } else if !tag.starts_with('!') && !tag.ends_with('/') {
            let name = tag.split(char::is_whitespace).next().unwrap();
            if !VOID.contains(&name) {
                open.push(name.to_owned());
            }
        }
    }
    assert!(open.is_empty(), "{open:?} is not closed");
    ids
}

#[test]
fn what_is_hidden_in_the_target_is_not_called_solved() {
    let plan = sample("article");
    let facts = Facts::new(&plan);
    let findings = rules::check(&facts, Scope::AllStages);
    let target = facts.index.timeline.target();
    let find = |rule: &str, subject: &str| {
        let subject = subject.parse().unwrap();
        let is_meant = |f: &&rules::Finding| f.rule.id == rule && f.subjects.contains(&subject);
        findings.list.iter().find(is_meant).unwrap()
    };
    let account = find("conflict-rule-missing", "domain:account");
    assert!(account.holds_at(0) && !account.holds_at(target));
    assert_eq!(findings.presence(account, target), rules::Presence::Stays);
    assert_eq!(findings.cause_at_target(account, target).unwrap().rule.id, "truth-leaves");
    let opportunity = find("conflict-rule-missing", "domain:opportunity");
    assert_eq!(findings.presence(opportunity, target), rules::Presence::SolvedByThePlan);
}

#[test]
fn an_accepted_finding_is_told_apart_with_its_reason() {
    let plan = sample("article");
    let found = rules::check(&Facts::new(&plan), Scope::AllStages).list;
    let edits = rules::waive(&plan, &found[0], "two plants", "Ada", "2027-12-31".parse().ok());
    let plan = hybridscape::edit::apply(&plan, edits).unwrap();
    let text = markdown::write(&document(&plan), "article").text;
    assert!(text.contains("Accepted: 1 finding"), "{text}");
    assert!(text.contains("Accepted by Ada until 2027-12-31: two plants."), "{text}");
}
