//! The subscription of the focal system, from which its limits follow, and the figures of those limits.

use std::collections::BTreeMap;

use egui::{CollapsingHeader, Id, RichText, Ui};

use crate::edit::Edit;
use crate::limits::{Figure, figures};
use crate::model::{Org, Plan};
use crate::scene::Role;
use crate::scene::text::Weight;

use super::super::super::action::{Actions, commit_field};
use super::super::super::shown::Shown;
use super::super::super::theme;
use super::super::super::widgets::{Form, end_of_typing, parsed_ui, row_ui};

/// Edition, licences, users, storage; and below, what the platform allows.
pub fn subscription_ui(ui: &mut Ui, shown: &Shown<'_>, actions: &mut Actions) {
    let title = |words: &str| theme::text(words, Weight::Medium, 12.0);
    let name = format!("Subscription of {}", shown.plan.focal_name());
    CollapsingHeader::new(title(&name))
        .id_salt("subscription")
        .show(ui, |ui| org_ui(ui, shown.plan, actions));
    let changed = figures().filter(|figure| own(shown.plan, figure).is_some()).count();
    let name =
        if changed == 0 { "Limits".to_owned() } else { format!("Limits: {changed} changed for this plan") };
    CollapsingHeader::new(title(&name)).id_salt("limits").show(ui, |ui| {
        for figure in figures() {
            figure_ui(ui, shown.plan, figure, actions);
        }
    });
}

fn org_ui(ui: &mut Ui, plan: &Plan, actions: &mut Actions) {
    let edit = |org| Edit::Org(Box::new(org));
    let mut form =
        Form { element: &plan.org, name: "Subscription", key: "org".to_owned(), edit: &edit, actions };
    form.text_ui(ui, "Edition", |org| &mut org.edition);
    counts_ui(ui, &mut form, "Licences", "salesforce 400", |org| &mut org.licences);
    counts_ui(ui, &mut form, "Add-ons", "api-calls 10000", |org| &mut org.add_ons);
    form.number_ui(ui, "Users", "a whole number", |org| &mut org.users);
    form.number_ui(ui, "Storage used, GB", "a number", |org| &mut org.storage_used_gb);
}

/// Numbers by kind in one line: "salesforce 400, platform-plus 20".
fn counts_ui(
    ui: &mut Ui,
    form: &mut Form<'_, Org>,
    words: &str,
    hint: &str,
    lens: fn(&mut Org) -> &mut BTreeMap<String, u32>,
) {
    let counts = lens(&mut form.element.clone()).clone();
    let text: Vec<_> = counts.iter().map(|(kind, count)| format!("{kind} {count}")).collect();
    row_ui(ui, words, |ui, label| {
        let key = form.key_of(words);
        let typed = parsed_ui(ui, Id::unique(&key), &text.join(", "), hint, counted);
        let edit = typed.value.map(|counts| {
            let mut org = form.element.clone();
            *lens(&mut org) = counts;
            Edit::Org(Box::new(org))
        });
        commit_field(form.actions, format!("Subscription: {}", words.to_lowercase()), key, edit);
        end_of_typing(&typed.response.labelled_by(label), form.actions);
    });
}

fn counted(text: &str) -> Result<BTreeMap<String, u32>, String> {
    let entries = text.split(',').map(str::trim).filter(|entry| !entry.is_empty());
    let counted = |entry: &str| {
        let (kind, count) = entry.rsplit_once(' ')?;
        Some((kind.trim().to_owned(), count.parse().ok()?))
    };
    entries
        .map(|entry| counted(entry).ok_or_else(|| format!("Expected a kind and a number: {entry}")))
        .collect()
}

fn own(plan: &Plan, figure: &Figure) -> Option<f64> {
    plan.thresholds.get(&key_of(figure)).copied()
}

fn key_of(figure: &Figure) -> String {
    format!("limits.{}", figure.name)
}

/// The plan's figure; empty, the table's holds.
fn figure_ui(ui: &mut Ui, plan: &Plan, figure: &Figure, actions: &mut Actions) {
    let key = key_of(figure);
    let own = own(plan, figure);
    let colour = theme::colour(ui, if own.is_some() { Role::Warning } else { Role::TextMuted });
    ui.label(RichText::new(figure.name.replace(['-', '.'], " ")).small().color(colour))
        .on_hover_text(format!("{} · {} · {}", figure.unit, figure.source, figure.collected));
    let parse = |text: &str| match text.trim() {
        "" => Ok(None),
        number => match number.parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Some(number)),
            _ => Err("Expected a number".to_owned()),
        },
    };
    let text = own.map(|value| value.to_string()).unwrap_or_default();
    let typed = parsed_ui(ui, Id::unique(("limit", &key)), &text, &figure.value.to_string(), parse);
    let edit = typed.value.map(|value| Edit::Threshold(key.clone(), value));
    commit_field(actions, format!("Limit {}", figure.name), format!("threshold/{key}"), edit);
    end_of_typing(&typed.response.accessible_name(format!("Limit {}", figure.name)), actions);
}
