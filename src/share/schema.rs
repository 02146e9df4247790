//! The little that a merge must be told about the model: which lists go by a key, which keep their
//! order, what refers to what, what is only drawn. Everything else follows from the tree itself.

use super::tree::Tree;
use crate::model::Plan;

/// How the members of a list are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Members {
    /// By these fields of theirs; a dot leads further in.
    By(&'static [&'static str]),
    /// By their place: the list is one decision.
    InOrder,
    /// By themselves, where the list is sorted as sets are; else by their place.
    Alone,
}

/// What tells payloads apart.
const PAYLOAD: &[&str] = &["domain", "part"];
/// What tells claims apart.
const CLAIM: &[&str] = &["from", "scope.group", "scope.partition", "scope.record_state"];

/// How the members of the list at a place are told apart.
pub(super) fn members<T: AsRef<str>>(place: &[T]) -> Members {
    let names: Vec<_> = place.iter().map(AsRef::as_ref).collect();
    match names.as_slice() {
        ["flows", _, "carries"] => Members::By(PAYLOAD),
        ["domains", _, "truth"] => Members::By(CLAIM),
        [.., "via" | "order"] => Members::InOrder,
        _ => Members::Alone,
    }
}

/// The key of a member: its key fields with colons between them, empty ones at the end left out.
pub(super) fn key(member: &Tree, fields: &[&str]) -> String {
    let value = |path: &str| {
        let value = path.split('.').try_fold(member, |tree, name| tree.get(name)).and_then(Tree::text);
        value.unwrap_or(unsaid_text(path)).replace('~', "~0").replace(':', "~2")
    };
    let key: Vec<_> = fields.iter().map(|path| value(path)).collect();
    key.join(":").trim_end_matches(':').to_owned()
}

/// What a field that is not there stands for, where it stands for something.
fn unsaid_text(field: &str) -> &'static str {
    if field == "from" { "today" } else { "" }
}

/// What a field says that nobody filled in, where that is not "not known".
pub(super) fn unsaid_word<T: AsRef<str>>(place: &[T]) -> Option<&'static str> {
    match place.last()?.as_ref() {
        "disposition" => Some("undecided"),
        "since" | "introduced" => Some("today"),
        "aim" => Some("draft"),
        "initiator" => Some("from"),
        "guards" => Some("none"),
        "bridge" | "standalone" | "shared_extract" | "is_virtual" => Some("no"),
        _ => None,
    }
}

/// The part of the plan that holds what the text at a place refers to, if it refers to anything.
/// Members of a list stand at the place of the list.
pub(super) fn refers_to<T: AsRef<str>>(place: &[T]) -> Option<&'static str> {
    let kind = place.first()?.as_ref();
    match place.last()?.as_ref() {
        "from" if kind == "domains" => Some("waves"),
        "from" | "to" if kind == "flows" => Some("systems"),
        "system" | "systems" | "focal_system" | "into" | "after" | "via" | "order" => Some("systems"),
        "domain" | "domains" | "parents" => Some("domains"),
        "flow" | "flows" | "replaces" => Some("flows"),
        "wave" | "waves" | "exit_wave" | "until" | "since" | "introduced" | "parallel_until" => Some("waves"),
        "area" => Some("areas"),
        "unit" => Some("units"),
        _ => None,
    }
}

/// The part of the plan that holds what the keys of a map refer to, by the map's name.
pub(super) fn keys_refer_to(map: &str) -> Option<&'static str> {
    match map {
        "holdings" => Some("domains"),
        _ => None,
    }
}

/// Whether a place is about the drawing alone: two people who move one card do not contradict each other.
pub(super) fn is_drawn<T: AsRef<str>>(place: &[T]) -> bool {
    place.first().is_some_and(|part| part.as_ref() == "drawing")
}

/// The name of an element of a part of the plan, where it is there and has one. Flows are called after
/// their ends.
pub(super) fn name<'a>(plan: &'a Plan, part: &str, id: &str) -> Option<&'a str> {
    match part {
        "areas" => plan.areas.get(id).map(|area| &area.name),
        "decisions" => plan.decisions.get(id).map(|decision| &decision.title),
        "domains" => plan.domains.get(id).map(|domain| &domain.name),
        "systems" => plan.systems.get(id).map(|system| &system.name),
        "waves" => plan.waves.get(id).map(|wave| &wave.name),
        _ => None,
    }
    .map(String::as_str)
}

/// Whether a part of the plan is a map: what stands in it has an id or another key.
pub(super) fn is_keyed(part: &str) -> bool {
    const KEYED: [&str; 11] = [
        "answers",
        "areas",
        "conflicts",
        "decisions",
        "domains",
        "flows",
        "systems",
        "thresholds",
        "waivers",
        "waves",
        "weights",
    ];
    KEYED.contains(&part)
}

/// The field that holds the name of an element of a kind.
pub(super) fn is_name(field: &str) -> bool {
    matches!(field, "name" | "title")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_part_of_the_plan_that_has_keys_or_names_is_known() {
        let text = r#"(format: 1, thresholds: {"a": 1.0}, weights: {"a": 1.0}, answers: {"outdated": 1},
            decisions: {"a": (title: "A")}, waivers: {"a": (rule: "A")}, areas: {"a": (name: "A")},
            waves: {"a": (name: "A")}, domains: {"a": (name: "A")}, systems: {"a": (name: "A")},
            flows: {"a": (from: "a", to: "a")}, conflicts: {"a": ()}, name: "A", org: (users: 1))"#;
        let plan = crate::plan_file::read(text).unwrap_or_else(|error| panic!("{error}"));
        for (part, tree) in Tree::of(&plan).unwrap().entries().unwrap() {
            assert_eq!(is_keyed(part), matches!(tree, Tree::Map(_)), "{part}");
            let Tree::Map(elements) = tree else { continue };
            let (id, element) = elements.first_key_value().unwrap();
            let fields = element.entries().into_iter().flatten();
            let in_tree = fields.filter(|(field, _)| is_name(field)).find_map(|(_, name)| name.text());
            assert_eq!(name(&plan, part, id), in_tree, "{part}");
        }
    }
}
