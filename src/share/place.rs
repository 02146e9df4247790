//! Places in a plan, written as paths: `systems/erp/migration/wave`.

use std::fmt;

/// Where something stands in a plan: names of fields and keys, from the outside in.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place(Vec<String>);

impl Place {
    /// A place one step further in.
    pub fn join(&self, name: &str) -> Self {
        let mut names = Vec::with_capacity(self.0.len() + 1);
        names.extend_from_slice(&self.0);
        names.push(name.to_owned());
        Self(names)
    }

    /// The steps from the outside in.
    pub fn names(&self) -> &[String] {
        &self.0
    }

    /// The place that a text describes.
    pub fn from_text(text: &str) -> Self {
        Self(text.split('/').map(|name| name.replace("~1", "/").replace("~0", "~")).collect())
    }
}

/// The text of a place, from the outside in.
pub(super) fn place_text(names: &[&str]) -> String {
    names.iter().fold(Place::default(), |place, name| place.join(name)).to_string()
}

/// With slashes; a slash in an id is written `~1` and a tilde `~0`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, name) in self.0.iter().enumerate() {
            let slash = if at > 0 { "/" } else { "" };
            write!(f, "{slash}{}", name.replace('~', "~0").replace('/', "~1"))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_id_can_be_part_of_a_place() {
        let place = Place::default().join("systems").join("a/b~1").join("");
        assert_eq!(place.to_string(), "systems/a~1b~01/");
        assert_eq!(Place::from_text(&place.to_string()), place);
    }
}
