//! `rules`: the catalogue.

use std::io::Write;

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::rules::{ALL, Rule, manual};

use super::{Failure, Outcome};

/// How the catalogue is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum CatalogueFormat {
    /// One line a rule.
    #[default]
    Text,
    /// For machines.
    Json,
    /// The whole manual.
    Markdown,
}

/// Lists all rules.
#[derive(Debug, Args)]
pub struct Rules {
    /// How to print them.
    #[arg(long, value_enum, default_value_t)]
    format: CatalogueFormat,
}

impl Rules {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        match self.format {
            CatalogueFormat::Text => {
                for rule in ALL {
                    writeln!(out, "{:<16} {:<28} {}", rule.family, rule.id, rule.title)?;
                }
            }
            CatalogueFormat::Json => {
                writeln!(out, "{:#}", ALL.iter().map(|rule| json_rule(rule)).collect::<Value>())?;
            }
            CatalogueFormat::Markdown => write!(out, "{}", manual())?,
        }
        Ok(Outcome::Clean)
    }
}

fn json_rule(rule: &Rule) -> Value {
    let thresholds = rule.thresholds.iter().map(|threshold| {
        json!({
            "key": format!("{}.{}", rule.id, threshold.name),
            "default": threshold.default,
            "unit": threshold.unit,
            "reason": threshold.reason,
        })
    });
    json!({
        "rule": rule.id,
        "title": rule.title,
        "family": rule.family,
        "severity": rule.severity,
        "pillar": rule.pillar,
        "when": rule.when,
        "why": rule.why,
        "what_to_do": rule.what_to_do,
        "not_when": rule.not_when,
        "source": rule.source,
        "thresholds": thresholds.collect::<Value>(),
    })
}
