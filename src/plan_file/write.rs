//! From plan to text, the same text for the same plan.

use ron::ser::PrettyConfig;

use super::format::with_format;
use super::normal::normalised;
use super::notation;
use crate::model::Plan;

/// The plan as canonical text: one field a line, sorted, only what differs from the default.
#[must_use]
pub fn write(plan: &Plan) -> String {
    let layout = PrettyConfig::new().new_line("\n").indentor("    ");
    // Writing texts, numbers and lists into memory does not fail; if it ever did, saving would
    // refuse the empty text, because it cannot be read back.
    let text = notation().to_string_pretty(&normalised(plan), layout).unwrap_or_default();
    with_format(&text) + "\n"
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::model::{Hub, Position, System, SystemId};

    #[test]
    fn only_what_somebody_said_is_written() {
        let mut plan = Plan::named("Shop");
        let mut bus = System { availability: Some(99.9), hub: Some(Hub::default()), ..System::named("Bus") };
        bus.notes = "Two\nlines \"quoted\"".to_owned();
        plan.systems.insert(SystemId::new("bus"), Arc::new(bus));
        plan.drawing.positions.insert(SystemId::new("bus"), Position(100, -40));
        insta::assert_snapshot!(write(&plan), @r#"
        (
            format: 1,
            name: "Shop",
            systems: {
                "bus": (
                    name: "Bus",
                    availability: 99.9,
                    hub: (),
                    notes: "Two\nlines \"quoted\"",
                ),
            },
            drawing: (
                positions: {
                    "bus": (100, -40),
                },
            ),
        )
        "#);
    }
}
