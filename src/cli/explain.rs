//! `explain`: a rule's manual page.

use std::io::Write;

use clap::Args;

use crate::rules;

use super::{Failure, Outcome};

/// Explains a rule: when it speaks, why it matters, what to do, its numbers and its source.
#[derive(Debug, Args)]
pub struct Explain {
    /// The rule's id, for example truth-missing.
    rule: String,
}

impl Explain {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let rule = rules::find(&self.rule).ok_or_else(|| Failure::NoRule(self.rule.clone()))?;
        write!(out, "{}", rules::manual_page(rule))?;
        Ok(Outcome::Clean)
    }
}
