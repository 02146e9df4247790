//! A form over one element of the plan: each field reads the element, and a changed copy of it becomes
//! a step. Letters typed into one field are one step.

use std::fmt::Display;
use std::str::FromStr;

use egui::{Id, Layout, Response, Ui, vec2};

use crate::edit::Edit;

use super::super::action::{Action, Actions};
use super::{Typed, choice_ui, end_of_typing, muted, notes_ui, parsed_ui, readable, text_ui};

/// The width of the words before a field.
const LABEL_WIDTH: f32 = 96.0;

/// A field with words before it. The field gets the id of the words, which name it.
pub fn row_ui<R>(ui: &mut Ui, words: &str, field_ui: impl FnOnce(&mut Ui, Id) -> R) -> R {
    ui.horizontal_top(|ui| {
        let size = vec2(LABEL_WIDTH, ui.spacing().interact_size.y);
        let layout = Layout::left_to_right(egui::Align::Center);
        let label = ui.allocate_ui_with_layout(size, layout, |ui| {
            ui.set_min_size(size);
            ui.add(egui::Label::new(muted(ui, words)).truncate().selectable(false)).id
        });
        field_ui(ui, label.inner)
    })
    .inner
}

/// A place in an element.
type Lens<T, F> = fn(&mut T) -> &mut F;

/// A form over one element.
pub struct Form<'a, T> {
    /// The element.
    pub element: &'a T,
    /// Its name, for the names of steps.
    pub name: &'a str,
    /// What its fields' steps merge by: `system/erp`.
    pub key: String,
    /// The edit that puts a changed copy in its place.
    pub edit: &'a dyn Fn(T) -> Edit,
    /// Where steps go.
    pub actions: &'a mut Actions,
}

impl<T: Clone> Form<'_, T> {
    /// The id of a field, and the key by which its steps merge.
    pub fn key_of(&self, words: &str) -> String {
        format!("{}/{}", self.key, words.to_lowercase())
    }

    fn id_of(&self, words: &str) -> Id {
        Id::unique(self.key_of(words))
    }

    fn read<F: Clone>(&self, lens: Lens<T, F>) -> F {
        lens(&mut self.element.clone()).clone()
    }

    /// A step that changes the element.
    pub fn change(&mut self, words: &str, change: impl FnOnce(&mut T)) {
        self.step(words, None, change);
    }

    fn step(&mut self, words: &str, merge_key: Option<String>, change: impl FnOnce(&mut T)) {
        let mut element = self.element.clone();
        change(&mut element);
        let label = format!("{}: {}", self.name, words.to_lowercase());
        self.actions.push(Action::Commit { label, merge_key, edits: vec![(self.edit)(element)] });
    }

    fn take<F>(&mut self, words: &str, typed: Typed<F>, lens: Lens<T, F>) -> Response {
        let merge_key = Some(self.key_of(words));
        if let Some(value) = typed.value {
            self.step(words, merge_key, |element| *lens(element) = value);
        }
        end_of_typing(&typed.response, self.actions);
        typed.response
    }

    /// The element's name, which must not be empty.
    pub fn name_ui(&mut self, ui: &mut Ui, lens: Lens<T, String>) -> Response {
        let parse = |text: &str| {
            if text.trim().is_empty() { Err("It needs a name".to_owned()) } else { Ok(text.to_owned()) }
        };
        let typed = parsed_ui(ui, self.id_of("name"), &self.read(lens), "Name", parse);
        self.take("name", typed, lens).accessible_name("Name")
    }

    /// A line of text.
    pub fn text_ui(&mut self, ui: &mut Ui, words: &str, lens: Lens<T, String>) -> Response {
        row_ui(ui, words, |ui, label| {
            let typed = text_ui(ui, self.id_of(words), &self.read(lens), "not known");
            self.take(words, typed, lens).labelled_by(label)
        })
    }

    /// A line of text without words before it; `name` names it.
    pub fn bare_text_ui(&mut self, ui: &mut Ui, name: &str, hint: &str, lens: Lens<T, String>) {
        let typed = text_ui(ui, self.id_of(name), &self.read(lens), hint);
        self.take(name, typed, lens).accessible_name(name);
    }

    /// A line of text that stands deeper in the element than a lens reaches.
    pub fn typed_ui(
        &mut self,
        ui: &mut Ui,
        label: Id,
        field: &str,
        text: &str,
        hint: &str,
        change: impl FnOnce(&mut T, String),
    ) {
        let typed = text_ui(ui, self.id_of(field), text, hint);
        let merge_key = Some(self.key_of(field));
        if let Some(value) = typed.value {
            self.step(field, merge_key, |element| change(element, value));
        }
        end_of_typing(&typed.response.labelled_by(label), self.actions);
    }

    /// Several lines of text.
    pub fn notes_ui(&mut self, ui: &mut Ui, lens: Lens<T, String>) {
        let typed = notes_ui(ui, self.id_of("notes"), &self.read(lens));
        self.take("notes", typed, lens).accessible_name("Notes");
    }

    /// A number or a date that may be not known; what is none is refused and never becomes zero.
    pub fn number_ui<N: Clone + FromStr + Display>(
        &mut self,
        ui: &mut Ui,
        words: &str,
        expected: &str,
        lens: Lens<T, Option<N>>,
    ) {
        row_ui(ui, words, |ui, label| {
            self.number_field_ui(ui, words, "not known", expected, lens).labelled_by(label);
        });
    }

    /// The same without words before it; `name` names it.
    pub fn bare_number_ui<N: Clone + FromStr + Display>(
        &mut self,
        ui: &mut Ui,
        name: &str,
        hint: &str,
        expected: &str,
        lens: Lens<T, Option<N>>,
    ) {
        self.number_field_ui(ui, name, hint, expected, lens).accessible_name(name);
    }

    fn number_field_ui<N: Clone + FromStr + Display>(
        &mut self,
        ui: &mut Ui,
        words: &str,
        hint: &str,
        expected: &str,
        lens: Lens<T, Option<N>>,
    ) -> Response {
        let parse = |text: &str| match text.replace([' ', '\u{202f}', '\u{a0}'], "").as_str() {
            "" => Ok(None),
            digits => digits.parse().map(Some).map_err(|_| format!("Expected {expected}")),
        };
        let text = self.read(lens).map(|number| number.to_string()).unwrap_or_default();
        let typed = parsed_ui(ui, self.id_of(words), &text, hint, parse);
        self.take(words, typed, lens)
    }

    /// A word of a closed list, or not known.
    pub fn known_ui<V: Copy + PartialEq + Display>(
        &mut self,
        ui: &mut Ui,
        words: &str,
        all: &[V],
        lens: Lens<T, Option<V>>,
    ) {
        let say = |word: Option<V>| word.map_or("Not known".to_owned(), |word| readable(&word.to_string()));
        let options = || {
            let known = all.iter().map(|word| Some(*word));
            std::iter::once(None).chain(known).map(|word| (word, say(word))).collect()
        };
        let current = say(self.read(lens));
        self.choice_ui(ui, words, &current, options, lens);
    }

    /// One of these.
    pub fn choice_ui<V: Clone + PartialEq>(
        &mut self,
        ui: &mut Ui,
        words: &str,
        current_words: &str,
        options: impl FnOnce() -> Vec<(V, String)>,
        lens: Lens<T, V>,
    ) {
        row_ui(ui, words, |ui, label| {
            let (chosen, response) =
                choice_ui(ui, self.id_of(words), &self.read(lens), current_words, options);
            response.labelled_by(label);
            if let Some(chosen) = chosen {
                self.change(words, |element| *lens(element) = chosen);
            }
        });
    }

    /// Yes, no or not known.
    pub fn yes_no_ui(&mut self, ui: &mut Ui, words: &str, lens: Lens<T, Option<bool>>) {
        let say = |answer: Option<bool>| match answer {
            None => "Not known",
            Some(true) => "Yes",
            Some(false) => "No",
        };
        let options =
            || [None, Some(true), Some(false)].map(|answer| (answer, say(answer).to_owned())).to_vec();
        let current = say(self.read(lens));
        self.choice_ui(ui, words, current, options, lens);
    }

    /// Yes or no, ticked.
    pub fn tick_ui(&mut self, ui: &mut Ui, words: &str, lens: Lens<T, bool>) {
        let mut is_ticked = self.read(lens);
        if ui.checkbox(&mut is_ticked, words).changed() {
            self.change(words, |element| *lens(element) = is_ticked);
        }
    }
}
