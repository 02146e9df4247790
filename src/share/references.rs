//! What in a plan refers to what, by the few words of the schema.

use super::schema;
use super::tree::Tree;

/// Says every reference below a tree: the part of the plan that holds what is meant, its id, and the place
/// of the text that refers. `names` is where the tree stands.
pub(super) fn references<'t>(
    tree: &'t Tree,
    names: &mut Vec<&'t str>,
    say: &mut dyn FnMut(&'static str, &'t str, &[&'t str]),
) {
    match tree {
        Tree::Text(id) => {
            if let Some(part) = schema::refers_to(names) {
                say(part, id, names);
            }
        }
        Tree::List(members) => members.iter().for_each(|member| references(member, names, say)),
        Tree::Fields { fields: entries, .. } | Tree::Map(entries) => {
            let part = names.last().and_then(|name| schema::keys_refer_to(name));
            for (name, value) in entries {
                if let Some(part) = part {
                    say(part, name, names);
                }
                names.push(name);
                references(value, names, say);
                names.pop();
            }
        }
        _ => {}
    }
}
