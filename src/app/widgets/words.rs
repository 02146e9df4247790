//! What people read for the closed words of the model, and the stages and waves to choose from.

use crate::landscape::Timeline;
use crate::model::{Flow, Plan, Stage, WaveId};
use crate::rules::Severity;

/// A word of a plan file as people read it: `request-reply` is "Request reply".
pub fn readable(word: &str) -> String {
    match word {
        "sync" => "Synchronous".to_owned(),
        "async" => "Asynchronous".to_owned(),
        "rest" | "soap" | "hl7" | "saml" => word.to_uppercase(),
        "cdc" => "Change data capture".to_owned(),
        "odata" => "OData".to_owned(),
        "oauth" => "OAuth".to_owned(),
        "mutual-tls" => "Mutual TLS".to_owned(),
        "api-key" => "API key".to_owned(),
        word => {
            let mut letters = word.chars();
            let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
            first + &letters.as_str().replace('-', " ")
        }
    }
}

/// A severity in the singular.
pub const fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "Error",
        Severity::Warning => "Warning",
        Severity::Advice => "Advice",
    }
}

/// The domains that a flow carries: "Order, Customer".
pub fn flow_words(plan: &Plan, flow: &Flow) -> String {
    let mut names: Vec<_> = flow.carries.iter().map(|payload| plan.domain_name(&payload.domain)).collect();
    names.dedup();
    names.join(", ")
}

/// Every stage with its name.
pub fn stage_options(plan: &Plan) -> Vec<(Stage, String)> {
    let timeline = Timeline::new(plan);
    timeline.stages().iter().map(|stage| (stage.clone(), plan.stage_name(stage).to_owned())).collect()
}

/// No wave, then every wave with its name.
pub fn wave_options(plan: &Plan, none: &str) -> Vec<(Option<WaveId>, String)> {
    let waves = plan.waves_in_order().into_iter().map(|id| (Some(id.clone()), plan.waves[id].name.clone()));
    std::iter::once((None, none.to_owned())).chain(waves).collect()
}
