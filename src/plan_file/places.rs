//! In which line of a plan file an element stands, for tools that point into files.

use std::collections::BTreeMap;

use super::outline::Outline;
use super::token::{Kind, tokens};

/// The line of each element of a readable text, by its map and id: `("systems", "erp")`. Lines count from 1.
#[must_use]
pub fn element_lines(text: &str) -> BTreeMap<(String, String), usize> {
    let mut lines = BTreeMap::new();
    let mut outline = Outline::new(text);
    let (mut line, mut counted_to) = (1, 0);
    for token in tokens(text) {
        if token.kind == Kind::Open
            && let [map, id] = outline.place().as_slice()
        {
            line += text[counted_to..token.start].matches('\n').count();
            counted_to = token.start;
            lines.insert((map.clone(), id.clone()), line);
        }
        if outline.take(token).is_err() {
            break;
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_element_has_its_line_and_its_parts_have_none() {
        let text = "(\n format: 1,\n systems: {\n  \"erp\": (\n   name: \"ERP\",\n   hub: (),\n  ),\n  \"crm\": (name: \"CRM\"),\n },\n)";
        let lines = element_lines(text);
        let told: Vec<_> = lines.iter().map(|((map, id), line)| (map.as_str(), id.as_str(), *line)).collect();
        assert_eq!(told, [("systems", "crm", 8), ("systems", "erp", 4)]);
    }
}
