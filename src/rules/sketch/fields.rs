//! Any field of an element by its name: `users 500`, `rollback.tested false`, `regions EU&CH`, `capabilities
//! invoices&orders`. What stands after the name is tried as a number or yes/no, as text, as a set, as a map.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// Sets a field, also one of a part: `migration.trial_runs`. Alone, a name means `true`.
pub(super) fn set_field<T: Serialize + DeserializeOwned>(element: &mut T, fact: &str) {
    let (path, text) = fact.split_once(' ').unwrap_or((fact, "true"));
    let whole = serde_json::to_value(&*element).expect("an element is a value");
    let changed = readings(text.trim()).find_map(|reading| {
        let mut value = whole.clone();
        *field(&mut value, path) = reading;
        serde_json::from_value(value).ok()
    });
    *element = changed.unwrap_or_else(|| panic!("cannot read \"{fact}\""));
}

fn field<'v>(value: &'v mut Value, path: &str) -> &'v mut Value {
    path.split('.').fold(value, |value, name| {
        if value.is_null() {
            *value = Value::Object(Map::new());
        }
        value
            .as_object_mut()
            .unwrap_or_else(|| panic!("{path} is no part"))
            .entry(name)
            .or_insert(Value::Null)
    })
}

fn readings(text: &str) -> impl Iterator<Item = Value> {
    let items = || text.split('&').map(str::to_owned);
    let plain = serde_json::from_str::<Value>(text).ok();
    let as_text = Value::String(text.to_owned());
    let as_list = Value::Array(items().map(Value::String).collect());
    let as_map = Value::Object(items().map(|item| (item, Value::String(String::new()))).collect());
    plain.into_iter().chain([as_text, as_list, as_map])
}
