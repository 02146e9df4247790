//! From text to plan.

use std::thread;

use super::check::check;
use super::error::{Fault, PlanFileError};
use super::format::FormatField;
use super::{notation, ron_fault};
use crate::model::Plan;

/// Room for the nesting that the limits allow, also in a build that is not optimised.
const STACK: usize = 8 * 1024 * 1024;

/// The plan that a text describes.
///
/// A byte-order mark and Windows line ends are accepted. References to what is not there are
/// kept as they are.
///
/// # Errors
/// The first fault of the text, with its line, its place and what to do about it.
pub fn read(text: &str) -> Result<Plan, PlanFileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let format = FormatField::find(text);
    if let Some(format) = &format {
        format.check(text)?;
    }
    check(text)?;
    let Some(format) = format else { return Err(PlanFileError::at(Fault::NoFormat, text, 0, Vec::new())) };
    // Line ends inside of texts are meant as line ends too, whatever a version control made of them.
    let mut for_ron = format.blanked_out(text);
    if for_ron.contains('\r') {
        for_ron = for_ron.replace("\r\n", "\n");
    }
    let parsed = with_room(|| notation().from_str::<Plan>(&for_ron)).map_err(|error| unreadable(&error))?;
    parsed.map_err(|error| ron_fault::plan_file_error(text, &error))
}

/// Does something on a thread of its own, where nested brackets do not exhaust the stack.
///
/// # Errors
/// Why there is no result, in words.
pub(super) fn with_room<T: Send>(read: impl FnOnce() -> T + Send) -> Result<T, String> {
    thread::scope(|scope| {
        let thread = thread::Builder::new().name("read plan".to_owned()).stack_size(STACK);
        let reading = thread.spawn_scoped(scope, read).map_err(|error| error.to_string())?;
        reading.join().map_err(|_| "reading it failed unexpectedly".to_owned())
    })
}

fn unreadable(reason: &str) -> PlanFileError {
    PlanFileError::of_file(Fault::Unreadable { reason: reason.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::SystemId;

    #[test]
    fn a_byte_order_mark_and_windows_line_ends_are_accepted() {
        let text = "\u{feff}(\r\n    format: 1,\r\n    name: \"Shop\",\r\n)\r\n";
        assert_eq!(read(text), Ok(Plan::named("Shop")));
        let two_lines = read("(\r\n    format: 1,\r\n    notes: \"one\r\ntwo\",\r\n)\r\n").unwrap();
        assert_eq!(two_lines.notes, "one\ntwo");
    }

    #[test]
    fn some_may_be_written_and_comments_may_stand_anywhere() {
        let text = "#![enable(implicit_some)]\nPlan( // ours\nname: \"Shop\", focal_system: Some(\"erp\"), \
                    format: 1 /* the first */)";
        let focal_system = Some(SystemId::new("erp"));
        assert_eq!(read(text), Ok(Plan { focal_system, ..Plan::named("Shop") }));
    }

    #[test]
    fn references_to_what_is_not_there_are_kept() {
        let plan = read("(format: 1, flows: { \"f\": (from: \"ghost\", to: \"ghost-2\") })").unwrap();
        assert_eq!(plan.flows["f"].from.as_str(), "ghost");
    }
}
