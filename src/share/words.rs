//! Places and values in words: names instead of ids, yes and no, "not set".

use serde_json::{Map, Value};

use super::schema;
use crate::model::{FlowId, Plan};

/// How long a value in a sentence may be, in characters.
const LONGEST_IN_A_SENTENCE: usize = 80;

/// Names of what a plan holds.
#[derive(Clone, Copy)]
pub(super) struct Names<'a> {
    plan: &'a Plan,
}

impl<'a> Names<'a> {
    /// The names of a plan.
    pub const fn of(plan: &'a Plan) -> Self {
        Self { plan }
    }

    /// The name of an element, or its id where it has none or is not there.
    pub fn element(self, part: &str, id: &str) -> String {
        if part == "flows" {
            return self.plan.flow_name(&FlowId::new(id));
        }
        schema::name(self.plan, part, id).unwrap_or(id).to_owned()
    }

    /// A field inside an element or the plan: `migration › wave`, with names in the place of ids.
    pub fn field(self, names: &[&str]) -> String {
        let words = names.iter().enumerate().map(|(at, name)| {
            let part = at.checked_sub(1).and_then(|before| schema::keys_refer_to(names[before]));
            part.map_or_else(|| name.replace('_', " "), |part| self.element(part, name))
        });
        words.collect::<Vec<_>>().join(" › ")
    }

    /// A value at a place; several with commas.
    pub fn value(self, place: &[&str], value: &Value) -> String {
        match value {
            Value::Null => "not set".to_owned(),
            Value::Bool(yes) => if *yes { "yes" } else { "no" }.to_owned(),
            Value::Number(number) => number.to_string(),
            Value::String(text) => {
                schema::refers_to(place).map_or_else(|| text.clone(), |part| self.element(part, text))
            }
            Value::Array(members) if members.is_empty() => "not set".to_owned(),
            Value::Array(members) => {
                members.iter().map(|member| self.value(place, member)).collect::<Vec<_>>().join(", ")
            }
            Value::Object(fields) => self.fields(place, fields),
        }
    }

    /// What an object is about first, the rest in brackets: `Order (part status)`.
    fn fields(self, place: &[&str], fields: &Map<String, Value>) -> String {
        const HEADS: [&str; 4] = ["system", "domain", "name", "title"];
        let head = HEADS.into_iter().find(|head| fields.contains_key(*head));
        let inside = |field: &str, value: &Value| self.value(&[place, &[field]].concat(), value);
        let rest = fields.iter().filter(|(field, _)| Some(field.as_str()) != head);
        let rest: Vec<_> = rest
            .map(|(field, value)| format!("{} {}", field.replace('_', " "), inside(field, value)))
            .collect();
        match (head.and_then(|head| Some(inside(head, fields.get(head)?))), rest.is_empty()) {
            (Some(head), true) => head,
            (Some(head), false) => format!("{head} ({})", rest.join(", ")),
            (None, true) => "given".to_owned(),
            (None, false) => rest.join(", "),
        }
    }
}

/// The word for one element of a part of the plan: `systems` holds a `system`.
pub(super) fn kind(part: &str) -> &str {
    part.strip_suffix('s').unwrap_or(part)
}

/// A text in one line, cut where it is long.
pub(super) fn in_short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LONGEST_IN_A_SENTENCE {
        return line;
    }
    let start: String = line.chars().take(LONGEST_IN_A_SENTENCE - 1).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::plan_file::read;

    #[test]
    fn values_name_what_they_refer_to() {
        let plan = read(
            "(format: 1, waves: {\"wave-1\": (name: \"Spring\")}, domains: {\"order\": (name: \"Order\")},
             systems: {\"erp\": (name: \"ERP\")})",
        )
        .unwrap();
        let names = Names::of(&plan);
        let claims =
            json!([{"system": "erp"}, {"system": "ghost", "from": "wave-1", "scope": {"group": "web"}}]);
        let words = names.value(&["domains", "order", "truth"], &claims);
        assert_eq!(words, "ERP, ghost (from Spring, scope group web)");
        assert_eq!(names.value(&["flows", "f", "since"], &json!("target")), "target");
        assert_eq!(names.field(&["holdings", "order", "max_age_min"]), "holdings › Order › max age min");
        assert_eq!(in_short(&"word \n".repeat(40)).chars().count(), 80);
    }
}
