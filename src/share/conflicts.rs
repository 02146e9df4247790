//! Conflicts in words, and deciding them.

use serde_json::Value;

use super::narrow;
use super::place::Place;
use super::schema;
use super::tree::{Tree, TreeError, read_value};
use super::words::{Names, in_short, kind};
use crate::model::{Conflict, Plan};

/// What to make of a conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// Our value.
    Ours,
    /// Their value.
    Theirs,
    /// Both: the members of two lists, the lines of two texts.
    Both,
    /// Another value, as it would stand in a plan file; texts may do without quotes.
    Value(String),
}

/// Why a conflict was not decided. The plan is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ResolveError {
    /// There is none at the place.
    #[error("the plan has no conflict at this place; it may have been decided meanwhile: {place}")]
    NoConflict {
        /// The place that was asked for.
        place: String,
    },
    /// The two values cannot stand side by side.
    #[error("only lists and texts can keep both values; choose one of the two or type another: {place}")]
    NotBoth {
        /// The place of the conflict.
        place: String,
    },
    /// The value does not fit the place.
    #[error("the value does not fit ({reason}); choose one of the two or type another: {place}")]
    NoFit {
        /// What does not fit.
        reason: String,
        /// The place of the conflict.
        place: String,
    },
}

/// The plan with one conflict decided.
///
/// Where the choice is what the plan holds already, what was done to it since the merge stays.
pub fn resolve(plan: &Plan, place: &str, choice: &Choice) -> Result<Plan, ResolveError> {
    let no_fit = |reason: String| ResolveError::NoFit { reason, place: place.to_owned() };
    let no_tree = |error: TreeError| no_fit(error.to_string());
    let mut resolved = plan.clone();
    let conflict = resolved
        .conflicts
        .remove(place)
        .ok_or_else(|| ResolveError::NoConflict { place: place.to_owned() })?;
    let chosen = match choice {
        Choice::Ours => conflict.ours.clone(),
        Choice::Theirs => conflict.theirs.clone(),
        Choice::Both => None,
        Choice::Value(text) => Some(as_notation(text, &conflict)),
    };
    let is_held = conflict.ours.is_some() && chosen == conflict.ours;
    if is_held && *choice != Choice::Both {
        return Ok(resolved);
    }
    let not_both = || ResolveError::NotBoth { place: place.to_owned() };
    let value = match choice {
        Choice::Both => Some(both(&conflict).map_err(no_fit)?.ok_or_else(not_both)?),
        _ => chosen.as_deref().map(read_value).transpose().map_err(no_fit)?,
    };
    let path = Place::from_text(place);
    let narrowed = narrow::only(&resolved, path.names());
    let mut tree = Tree::of(&narrowed).map_err(no_tree)?;
    let is_deletion = value.is_none();
    let is_set = set(&mut tree, path.names(), 0, value.map(Tree::of_json)).is_some();
    if !is_set && !is_deletion {
        return Err(no_fit("what it belongs to was deleted meanwhile".to_owned()));
    }
    let became = tree.plan();
    let became = became.map_err(|error| if *choice == Choice::Both { not_both() } else { no_tree(error) })?;
    Ok(narrow::widened(became, &resolved, &[narrowed]))
}

/// A text that a person typed without quotes where a text belongs gets them.
fn as_notation(typed: &str, conflict: &Conflict) -> String {
    let values = [&conflict.base, &conflict.ours, &conflict.theirs].into_iter().flatten();
    let is_text = values.clone().any(|value| value.starts_with('"'));
    if is_text && !typed.trim_start().starts_with('"') {
        return super::tree::written(&Tree::Text(typed.to_owned()));
    }
    typed.to_owned()
}

/// Both values in one; `None` where they are no lists and no texts.
fn both(conflict: &Conflict) -> Result<Option<Value>, String> {
    let (Some(ours), Some(theirs)) = (&conflict.ours, &conflict.theirs) else { return Ok(None) };
    Ok(match (read_value(ours)?, read_value(theirs)?) {
        (Value::String(ours), Value::String(theirs)) => Some(Value::String(format!("{ours}\n{theirs}"))),
        (Value::Array(mut ours), Value::Array(theirs)) => {
            let new: Vec<_> = theirs.into_iter().filter(|member| !ours.contains(member)).collect();
            ours.extend(new);
            Some(Value::Array(ours))
        }
        _ => None,
    })
}

/// Puts a value at a place below a tree, or takes away what is there; `None` where the place is gone: its
/// element was deleted meanwhile.
fn set(tree: &mut Tree, names: &[String], at: usize, value: Option<Tree>) -> Option<()> {
    let name = names.get(at)?;
    if let Tree::List(members) = tree {
        let schema::Members::By(fields) = schema::members(&names[..at]) else { return None };
        let found = members.iter().position(|member| schema::key(member, fields) == *name);
        match (found, at + 1 == names.len(), value) {
            (Some(place), true, None) => drop(members.remove(place)),
            (Some(place), true, Some(value)) => members[place] = value,
            (None, true, value) => members.extend(value),
            (Some(place), false, value) => set(&mut members[place], names, at + 1, value)?,
            (None, false, _) => return None,
        }
        return Some(());
    }
    let can_begin = matches!(tree, Tree::Fields { .. }) && at + 2 == names.len();
    let entries = tree.entries_mut()?;
    if at + 1 == names.len() {
        match value {
            Some(value) => drop(entries.insert(name.clone(), value)),
            None => drop(entries.remove(name)),
        }
        return Some(());
    }
    if !entries.contains_key(name) && can_begin {
        // Fields that all held their default were left out.
        let is_list = matches!(schema::members(&names[..=at]), schema::Members::By(_));
        let empty = if is_list { Tree::List(Vec::new()) } else { Tree::no_fields() };
        entries.insert(name.clone(), empty);
    }
    set(entries.get_mut(name)?, names, at + 1, value)
}

/// A conflict for people who decide it: what it is about and what each side made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConflictWords {
    /// Its place in the plan, as [`resolve`] takes it.
    pub place: String,
    /// What it is about: "ERP → Shop, until".
    pub what: String,
    /// What it was; absent where it was not there, or is more than a line can hold.
    pub base: Option<String>,
    /// What our side says.
    pub ours: String,
    /// What their side says.
    pub theirs: String,
    /// Whether both can be kept.
    pub can_keep_both: bool,
}

/// The conflicts that stand in a plan, in words.
pub fn conflicts_in_words(plan: &Plan) -> Result<Vec<ConflictWords>, TreeError> {
    if plan.conflicts.is_empty() {
        return Ok(Vec::new());
    }
    let names = Names::of(plan);
    Ok(plan.conflicts.iter().map(|(place, conflict)| in_words(names, place, conflict)).collect())
}

/// A sentence for each conflict that stands in a plan, with its place, which the sentence ends with.
pub fn conflict_sentences(plan: &Plan) -> Result<Vec<(String, String)>, TreeError> {
    let sentences = conflicts_in_words(plan)?.into_iter().map(|words| {
        let ConflictWords { place, what, base, ours, theirs, .. } = words;
        let base = base.map(|base| format!(" was {base};")).unwrap_or_default();
        let sentence = format!("{what}:{base} our side {ours}, their side {theirs}. Place: {place}");
        (place, sentence)
    });
    Ok(sentences.collect())
}

fn in_words(names: Names<'_>, place_text: &str, conflict: &Conflict) -> ConflictWords {
    let place = Place::from_text(place_text);
    let path: Vec<_> = place.names().iter().map(String::as_str).collect();
    let is_element = schema::is_keyed(path[0]) && path.len() > 1;
    let what = match path.as_slice() {
        [part, id] if is_element => format!("The {} {}", kind(part), names.element(part, id)),
        [part, id, field @ ..] if is_element => {
            format!("{}, {}", names.element(part, id), names.field(field))
        }
        field => format!("The plan's {}", names.field(field)),
    };
    let words = |value: &Option<String>| said(names, &path, value.as_deref());
    let base = match words(&conflict.base) {
        Said::Value(value) => Some(value),
        Said::Much => None,
        Said::Nothing if is_element && path.len() == 2 => None,
        Said::Nothing => Some(schema::unsaid_word(&path).unwrap_or("not set").to_owned()),
    };
    let side = |value: &Option<String>| match words(value) {
        Said::Value(value) => format!("says {value}"),
        Said::Much if conflict.base.is_none() => "filled it in".to_owned(),
        Said::Much => "changed it or refers to it now".to_owned(),
        Said::Nothing => "deleted it".to_owned(),
    };
    ConflictWords {
        place: place_text.to_owned(),
        what,
        base,
        ours: side(&conflict.ours),
        theirs: side(&conflict.theirs),
        can_keep_both: can_keep_both(&path, conflict),
    }
}

/// Whether both values side by side make sense: members of lists, and texts of several words. Names and
/// words of a closed set do not.
fn can_keep_both(path: &[&str], conflict: &Conflict) -> bool {
    let is_name = path.last().is_some_and(|field| schema::is_name(field));
    let values = [&conflict.base, &conflict.ours, &conflict.theirs].into_iter().flatten();
    let has_words =
        || values.filter_map(|value| read_value(value).ok()).any(|value| is_several_words(&value));
    match both(conflict) {
        Ok(Some(Value::Array(_))) => true,
        Ok(Some(_)) => !is_name && schema::refers_to(path).is_none() && has_words(),
        _ => false,
    }
}

fn is_several_words(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.contains(char::is_whitespace))
}

enum Said {
    Value(String),
    /// More than a sentence can hold.
    Much,
    Nothing,
}

fn said(names: Names<'_>, path: &[&str], text: Option<&str>) -> Said {
    match text.map(|text| (text, read_value(text))) {
        None => Said::Nothing,
        Some((_, Ok(Value::Object(_)))) => Said::Much,
        Some((_, Ok(Value::String(text)))) if text.is_empty() => Said::Value("nothing".to_owned()),
        Some((_, Ok(Value::String(text)))) => {
            let is_free = schema::refers_to(path).is_none() && text.contains(char::is_whitespace);
            let words = in_short(&names.value(path, &Value::String(text)));
            Said::Value(if is_free { format!("\"{words}\"") } else { words })
        }
        Some((_, Ok(value))) => Said::Value(in_short(&names.value(path, &value))),
        Some((text, Err(_))) => Said::Value(in_short(text)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan_file::read;
    use crate::share::merge;

    fn merged(fields: [&str; 3]) -> Plan {
        let [base, ours, theirs] = fields.map(|fields| {
            read(&format!(
                r#"(format: 1, waves: {{"wave-1": (name: "Spring")}},
                systems: {{"erp": (name: "ERP"), "crm": (name: "CRM"), "shop": (name: "Shop")}}, {fields})"#
            ))
            .unwrap()
        });
        merge(&base, &ours, &theirs).unwrap().plan
    }

    fn flow(fields: [&str; 3]) -> Plan {
        let flows = fields.map(|fields| format!(r#"flows: {{"f": (from: "erp", to: "shop"{fields})}}"#));
        merged([&flows[0], &flows[1], &flows[2]])
    }

    #[test]
    fn each_conflict_is_a_sentence_with_names_and_the_place_last() {
        let plan = flow([", until: \"wave-1\"", "", ", until: \"wave-2\", via: [\"crm\"]"]);
        let mut sentences = conflict_sentences(&plan).unwrap();
        let plan = merged([
            "domains: {\"d\": (name: \"D\")}",
            "aim: \"build\"",
            "aim: \"review\", domains: {\"d\": (name: \"E\")}",
        ]);
        sentences.extend(conflict_sentences(&plan).unwrap());
        let plan = merged(["notes: \"a\"", "notes: \"two words\"", "notes: \"three more words\""]);
        sentences.extend(conflict_sentences(&plan).unwrap());
        let sentences: Vec<_> = sentences.into_iter().map(|(_, sentence)| sentence).collect();
        insta::assert_snapshot!(sentences.join("\n"), @r#"
        ERP → Shop, until: was Spring; our side deleted it, their side says wave-2. Place: flows/f/until
        The plan's aim: was draft; our side says build, their side says review. Place: aim
        The domain E: our side deleted it, their side changed it or refers to it now. Place: domains/d
        The plan's notes: was a; our side says "two words", their side says "three more words". Place: notes
        "#);
    }

    #[test]
    fn both_is_offered_for_lists_and_texts_alone() {
        let offered = |fields: [&str; 3]| conflicts_in_words(&flow(fields)).unwrap()[0].can_keep_both;
        assert!(offered(["", ", notes: \"our words\"", ", notes: \"their words\""]));
        assert!(offered([", via: [\"a\"]", ", via: [\"a\", \"b\"]", ", via: [\"c\", \"a\"]"]));
        assert!(!offered([", mapping: \"draft\"", ", mapping: \"agreed\"", ", mapping: \"done\""]));
        let names = ["(name: \"Two words\")", "(name: \"Our name\")", "(name: \"Their name\")"];
        let names = names.map(|system| format!("domains: {{\"d\": {system}}}"));
        let plan = merged(names.each_ref().map(String::as_str));
        assert!(!conflicts_in_words(&plan).unwrap()[0].can_keep_both);
    }

    #[test]
    fn any_side_can_be_taken_and_the_conflict_is_gone() {
        let plan = flow([", mapping: \"draft\"", ", mapping: \"agreed\"", ", mapping: \"done\""]);
        let decided = |choice| {
            let plan = resolve(&plan, "flows/f/mapping", &choice).unwrap();
            assert!(plan.conflicts.is_empty());
            plan.flows["f"].mapping.unwrap().word()
        };
        assert_eq!(decided(Choice::Ours), "agreed");
        assert_eq!(decided(Choice::Theirs), "done");
        assert_eq!(decided(Choice::Value("none".into())), "none");
        assert_eq!(decided(Choice::Value("\"draft\"".into())), "draft");
    }

    #[test]
    fn what_cannot_be_decided_so_is_a_sentence() {
        let plan = flow([", mapping: \"draft\"", ", mapping: \"agreed\"", ", mapping: \"done\""]);
        let refused = |place: &str, choice| resolve(&plan, place, &choice).unwrap_err().to_string();
        assert!(refused("flows/f/mapping", Choice::Both).starts_with("only lists and texts"));
        let sentence = refused("flows/f/mapping", Choice::Value("perfect".into()));
        assert!(sentence.contains("\"perfect\"") && sentence.ends_with(": flows/f/mapping"), "{sentence}");
        assert!(refused("aim", Choice::Ours).ends_with(": aim"));
        let mut plan = plan;
        plan.flows.clear();
        let gone = resolve(&plan, "flows/f/mapping", &Choice::Theirs).unwrap_err().to_string();
        assert!(gone.contains("deleted meanwhile"), "{gone}");
        assert_eq!(resolve(&plan, "flows/f/mapping", &Choice::Ours).unwrap().flows.len(), 0);
    }

    #[test]
    fn a_field_of_fields_that_hold_nothing_yet_can_be_decided() {
        let plan = merged(["org: (users: 1)", "", "org: (users: 2)"]);
        assert_eq!(resolve(&plan, "org/users", &Choice::Ours).unwrap().org.users, None);
        assert_eq!(resolve(&plan, "org/users", &Choice::Value("3".into())).unwrap().org.users, Some(3));
    }

    #[test]
    fn both_keeps_the_members_of_lists_and_the_lines_of_texts() {
        let plan = flow([", via: [\"a\"]", ", via: [\"a\", \"b\"]", ", via: [\"c\", \"a\"]"]);
        let plan = resolve(&plan, "flows/f/via", &Choice::Both).unwrap();
        assert_eq!(
            plan.flows["f"].via.iter().map(crate::model::Id::as_str).collect::<Vec<_>>(),
            ["a", "b", "c"]
        );
        let plan = flow(["", ", notes: \"ours\"", ", notes: \"theirs\""]);
        assert_eq!(resolve(&plan, "flows/f/notes", &Choice::Both).unwrap().flows["f"].notes, "ours\ntheirs");
    }

    #[test]
    fn a_deletion_can_be_taken_and_a_system_of_a_claim_exchanged() {
        let domain = |inside: &str| format!("domains: {{\"d\": ({inside})}}");
        let claim = |system: &str| domain(&format!("name: \"D\", truth: [(system: \"{system}\")]"));
        let plan = merged(["erp", "crm", "shop"].map(claim).each_ref().map(String::as_str));
        let plan = resolve(&plan, "domains/d/truth/today/system", &Choice::Theirs).unwrap();
        assert_eq!(plan.domains["d"].truth[0].system.as_str(), "shop");

        let bus = |inside: &str| format!("systems: {{\"bus\": (name: \"{inside}\", hub: ())}}");
        let [base, theirs] =
            [bus("Bus"), bus("B")].map(|text| read(&format!("(format: 1, {text})")).unwrap());
        let plan = merge(&base, &Plan::default(), &theirs).unwrap().plan;
        assert!(resolve(&plan, "systems/bus", &Choice::Theirs).unwrap().systems["bus"].hub.is_some());

        let plan = merged([&domain("name: \"D\""), "", &domain("name: \"E\"")]);
        assert!(resolve(&plan, "domains/d", &Choice::Ours).unwrap().domains.is_empty());
        assert_eq!(resolve(&plan, "domains/d", &Choice::Theirs).unwrap().domains["d"].name, "E");
    }
}
