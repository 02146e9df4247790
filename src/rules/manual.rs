//! The manual, made from the rules' records: one page a rule, one catalogue of all.

use std::fmt::Write as _;

use super::{ALL, Rule};

/// The manual page of a rule, as Markdown.
#[must_use]
pub fn manual_page(rule: &Rule) -> String {
    let mut page = String::new();
    let Rule { id, title, family, severity, pillar, when, why, what_to_do, not_when, source, .. } = rule;
    let _ = write!(
        page,
        "## `{id}` {title}\n\n*Family* {family} · *Severity* {severity} · *Pillar* {pillar}\n\n\
         **When.** {when}\n\n**Why.** {why}\n\n**What to do.** {what_to_do}\n\n\
         **Not when.** {not_when}\n\n**From.** {source}\n"
    );
    if !rule.thresholds.is_empty() {
        page.push_str("\n| threshold | default | unit | reason |\n|---|---|---|---|\n");
    }
    for threshold in rule.thresholds {
        let _ = writeln!(
            page,
            "| `{id}.{}` | {} | {} | {} |",
            threshold.name, threshold.default, threshold.unit, threshold.reason
        );
    }
    page
}

/// The catalogue of all rules, as Markdown.
#[must_use]
pub fn manual() -> String {
    let mut manual = String::from("# Rules\n");
    for rule in ALL {
        manual.push('\n');
        manual.push_str(&manual_page(rule));
    }
    manual
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manual_has_a_page_for_each_rule_and_a_table_where_it_has_thresholds() {
        let manual = manual();
        for rule in ALL {
            let page = manual_page(rule);
            assert!(page.starts_with(&format!("## `{}` {}\n", rule.id, rule.title)), "{page}");
            assert!(page.contains(rule.when) && page.contains(rule.what_to_do), "{page}");
            assert_eq!(page.contains("| threshold |"), !rule.thresholds.is_empty(), "{page}");
            assert!(manual.contains(&page), "{} has no page", rule.id);
        }
    }
}
