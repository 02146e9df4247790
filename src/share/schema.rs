//! The little that a merge must be told about the model: which lists go by a key, which keep their
//! order, what refers to what, what is only drawn. Everything else follows from the tree itself.

use super::tree::Tree;

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
    let is = |name: Option<&T>, known: &[&str]| name.is_some_and(|name| known.contains(&name.as_ref()));
    is(place.first(), &["drawing"]) || is(place.last(), &["position", "size", "bounds"])
}

/// The field that holds the name of an element of a kind.
pub(super) fn is_name(field: &str) -> bool {
    matches!(field, "name" | "title")
}
