//! A plan as a tree of values, made from the model through serde alone.
//!
//! Difference and merge work on this tree, so that a new field of the model is compared and merged
//! without a line of code here. It keeps what JSON would lose and a merge needs to know: whether an
//! entry is a field or a key, and whether fields as a whole may be absent.

mod notation;
mod serialize;

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Number, Value};

use crate::model::Plan;

pub(super) use notation::{read_value, written};
use serialize::TreeSerializer;

/// A value of a plan.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Tree {
    /// Named fields, those that hold their default left out.
    Fields {
        /// Whether the model may also have nothing in their place.
        is_optional: bool,
        fields: BTreeMap<String, Tree>,
    },
    /// Entries by id or by name.
    Map(BTreeMap<String, Tree>),
    /// A set or a list.
    List(Vec<Tree>),
    /// A fixed number of values: a position.
    Tuple(Vec<Tree>),
    /// One of several forms, with what belongs to it.
    Form(String, Option<Box<Tree>>),
    Text(String),
    YesNo(bool),
    Number(Number),
    Nothing,
}

/// Why a plan and its tree do not match.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct TreeError(String);

impl Tree {
    /// The tree of a plan.
    pub fn of(plan: &Plan) -> Result<Self, TreeError> {
        plan.serialize(TreeSerializer)
    }

    /// The plan of a tree.
    pub fn plan(self) -> Result<Plan, TreeError> {
        serde_json::from_value(self.into_json()).map_err(|error| TreeError(error.to_string()))
    }

    /// No fields at all.
    pub const fn no_fields() -> Self {
        Self::Fields { is_optional: false, fields: BTreeMap::new() }
    }

    /// The fields or entries by name, where it has any.
    pub const fn entries(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Fields { fields, .. } | Self::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The fields or entries by name, to change them.
    pub const fn entries_mut(&mut self) -> Option<&mut BTreeMap<String, Self>> {
        match self {
            Self::Fields { fields, .. } | Self::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The value of a field or entry.
    pub fn get(&self, name: &str) -> Option<&Self> {
        self.entries()?.get(name)
    }

    /// The text, where it is one.
    pub const fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The members of a list.
    pub const fn members(&self) -> &[Self] {
        match self {
            Self::List(members) => members.as_slice(),
            _ => &[],
        }
    }

    /// What stands in a field's place when nothing was said: nothing, or an empty value of this form.
    pub fn unsaid(&self) -> Option<Self> {
        match self {
            Self::Fields { is_optional: false, .. } => Some(Self::no_fields()),
            Self::Map(_) => Some(Self::Map(BTreeMap::new())),
            Self::List(_) => Some(Self::List(Vec::new())),
            _ => None,
        }
    }

    /// The tree of a value that somebody typed; what are fields and what are keys is not told apart.
    pub fn of_json(value: Value) -> Self {
        match value {
            Value::Null => Self::Nothing,
            Value::Bool(yes) => Self::YesNo(yes),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text),
            Value::Array(members) => Self::List(members.into_iter().map(Self::of_json).collect()),
            Value::Object(fields) => {
                let fields = fields.into_iter().map(|(name, value)| (name, Self::of_json(value))).collect();
                Self::Fields { is_optional: false, fields }
            }
        }
    }

    /// The value that serde reads.
    pub fn into_json(self) -> Value {
        match self {
            Self::Fields { fields, .. } | Self::Map(fields) => object(fields),
            Self::List(members) | Self::Tuple(members) => members.into_iter().map(Self::into_json).collect(),
            Self::Form(name, None) | Self::Text(name) => Value::String(name),
            Self::Form(name, Some(content)) => {
                Value::Object(std::iter::once((name, content.into_json())).collect())
            }
            Self::YesNo(yes) => Value::Bool(yes),
            Self::Number(number) => Value::Number(number),
            Self::Nothing => Value::Null,
        }
    }
}

fn object(entries: BTreeMap<String, Tree>) -> Value {
    let entries: Map<_, _> = entries.into_iter().map(|(name, value)| (name, value.into_json())).collect();
    Value::Object(entries)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;

    #[test]
    fn a_plan_comes_back_from_its_tree() {
        for seed in 0..20 {
            let plan = generate::plan(30, seed);
            assert_eq!(Tree::of(&plan).unwrap().plan(), Ok(plan));
        }
    }

    #[test]
    fn fields_keys_and_what_may_be_absent_are_told_apart() {
        let plan = crate::plan_file::read(
            "(format: 1, org: (users: 3), systems: {\"bus\": (name: \"Bus\", hub: ())},
              drawing: (positions: {\"bus\": (1, -2)}))",
        );
        let tree = Tree::of(&plan.unwrap()).unwrap();
        assert!(matches!(tree.get("org"), Some(Tree::Fields { is_optional: false, .. })));
        let bus = tree.get("systems").unwrap().get("bus").unwrap();
        assert!(matches!(bus.get("hub"), Some(Tree::Fields { is_optional: true, .. })));
        assert!(matches!(tree.get("systems"), Some(Tree::Map(_))));
        let position = tree.get("drawing").unwrap().get("positions").unwrap().get("bus").unwrap();
        assert_eq!(written(position), "(1, -2)");
    }
}
