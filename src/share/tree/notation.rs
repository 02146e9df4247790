//! Values as they stand in a plan file, and back.

use ron::extensions::Extensions;
use serde_json::Value;

use super::Tree;

/// A value as it would stand in a plan file, in one line.
pub(in crate::share) fn written(tree: &Tree) -> String {
    let mut text = String::new();
    write(tree, &mut text);
    text
}

fn write(tree: &Tree, text: &mut String) {
    match tree {
        Tree::Fields { fields, .. } => {
            let fields = fields.iter();
            bracketed(text, "()", fields, |(name, value), text| named(name, value, text));
        }
        Tree::Map(entries) => {
            let entries = entries.iter();
            bracketed(text, "{}", entries, |(key, value), text| named(&quoted(key), value, text));
        }
        Tree::List(members) => bracketed(text, "[]", members.iter(), write),
        Tree::Tuple(members) => bracketed(text, "()", members.iter(), write),
        Tree::Form(name, content) => {
            text.push_str(name);
            if let Some(content) = content {
                match **content {
                    Tree::Fields { .. } | Tree::Tuple(_) => write(content, text),
                    _ => bracketed(text, "()", std::iter::once(&**content), write),
                }
            }
        }
        Tree::Text(content) => text.push_str(&quoted(content)),
        Tree::YesNo(yes) => text.push_str(if *yes { "true" } else { "false" }),
        Tree::Number(number) => text.push_str(&number.to_string()),
        Tree::Nothing => text.push_str("()"),
    }
}

fn bracketed<T>(
    text: &mut String,
    brackets: &str,
    parts: impl Iterator<Item = T>,
    write: impl Fn(T, &mut String),
) {
    let (open, close) = brackets.split_at(1);
    text.push_str(open);
    for (place, part) in parts.enumerate() {
        if place > 0 {
            text.push_str(", ");
        }
        write(part, text);
    }
    text.push_str(close);
}

fn named(name: &str, value: &Tree, text: &mut String) {
    text.push_str(name);
    text.push_str(": ");
    write(value, text);
}

fn quoted(text: &str) -> String {
    // Writing a text into memory does not fail.
    ron::to_string(text).unwrap_or_default()
}

/// The value that a text describes; the message says what was expected.
pub(in crate::share) fn read_value(text: &str) -> Result<Value, String> {
    let notation = ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME);
    let mut value = notation.from_str::<Value>(text).map_err(|error| error.code.to_string())?;
    if text.trim() != "None" {
        fill_in(&mut value);
    }
    Ok(value)
}

/// Parentheses without fields between them are a value, all of whose fields hold their default: what is a
/// hub, and nothing more is known of it, has `hub: ()`. To `ron` they are nothing.
fn fill_in(value: &mut Value) {
    match value {
        Value::Null => *value = Value::Object(serde_json::Map::new()),
        Value::Array(members) => members.iter_mut().for_each(fill_in),
        Value::Object(fields) => fields.values_mut().for_each(fill_in),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::generate;

    #[test]
    fn what_is_written_is_read_as_the_same_value() {
        for seed in 0..10 {
            let tree = Tree::of(&generate::plan(12, seed)).unwrap();
            for kind in ["systems", "flows", "domains", "waves"] {
                for element in tree.get(kind).unwrap().entries().unwrap().values() {
                    let text = written(element);
                    assert_eq!(read_value(&text).as_ref(), Ok(&element.clone().into_json()), "{text}");
                }
            }
        }
    }

    #[test]
    fn empty_parentheses_are_a_value_and_none_is_none() {
        assert_eq!(read_value("(name: \"Bus\", hub: ())"), Ok(json!({"name": "Bus", "hub": {}})));
        assert_eq!(read_value("()"), Ok(json!({})));
        assert_eq!(read_value("None"), Ok(json!(null)));
    }

    #[test]
    fn texts_keep_what_would_break_a_line() {
        let text = "one\n\"two\" \\ \u{202e}";
        assert_eq!(read_value(&written(&Tree::Text(text.to_owned()))), Ok(json!(text)));
    }
}
