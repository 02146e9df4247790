//! SVG is well-formed, the same twice, and holds every text as text.

use super::*;
use crate::model::{Plan, System, SystemId};
use crate::scene::Options;
use crate::scene::tests::{scene_at, small_plan};

/// The tags of a document, checked for order and nesting; panics where it is no XML.
fn tags(document: &str) -> Vec<String> {
    let mut open: Vec<String> = Vec::new();
    let mut all = Vec::new();
    for piece in document.split('<').skip(1) {
        let (tag, text) = piece.split_once('>').expect("a tag ends");
        assert!(!text.contains('>') && !tag.contains('<'), "{piece}");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        for entity in text.split('&').skip(1).chain(tag.split('&').skip(1)) {
            assert!(
                ["amp;", "lt;", "gt;", "quot;", "#39;"].iter().any(|known| entity.starts_with(known)),
                "{piece}"
            );
        }
        let name = tag.split([' ', '/']).find(|name| !name.is_empty()).unwrap_or_default().to_owned();
        if tag.starts_with('/') {
            assert_eq!(open.pop().as_ref(), Some(&name));
        } else if !tag.ends_with('/') {
            open.push(name.clone());
        }
        all.push(name);
    }
    assert!(open.is_empty(), "{open:?}");
    all
}

fn document(plan: &Plan) -> String {
    let options = Options { shows_legend: true, ..Options::default() };
    svg(&scene_at(plan, plan.waves.len() + 1, Some(0), &options), Theme::light())
}

#[test]
fn a_document_is_well_formed_and_the_same_twice() {
    let document = document(&small_plan());
    let tags = tags(&document);
    assert_eq!(tags.first().map(String::as_str), Some("svg"));
    assert!(document.contains("Small &lt;plan&gt; &amp; more"));
    assert!(document.contains(">Old CRM</text>"));
    assert_eq!(document, self::document(&small_plan()));
}

#[test]
fn hostile_names_stay_names() {
    let mut plan = small_plan();
    let name = "</text><script>alert(1)</script>\u{0}\u{1b}\"'&";
    plan.systems.insert(SystemId::new("\"><x"), System::named(name).into());
    let document = document(&plan);
    assert!(!tags(&document).contains(&"script".to_owned()));
    assert!(!document.contains(['\u{0}', '\u{1b}']));
}

#[test]
fn an_empty_plan_is_a_document() {
    tags(&document(&Plan::default()));
}

#[test]
fn ids_are_used_once() {
    let document = document(&small_plan());
    let mut ids: Vec<&str> =
        document.split(" id=\"").skip(1).filter_map(|rest| rest.split_once('"').map(|(id, _)| id)).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
}
