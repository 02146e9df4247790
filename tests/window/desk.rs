//! A window to tell stories in: a folder of its own, no dialogs of the system, nothing of the user's.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT, Queryable};
use hybridscape::app::Window;
use hybridscape::model::Plan;
use hybridscape::plan_file::StateFolder;

/// How often a story waits for work off the frame before it gives up. Each turn is one frame.
const MOST_FRAMES: usize = 20_000;

/// A window and a folder for its files.
pub struct Desk {
    pub window: Harness<'static, Window>,
    pub folder: tempfile::TempDir,
}

impl Desk {
    /// A window with an empty plan.
    pub fn new() -> Self {
        Self::at(tempfile::tempdir().unwrap(), None, egui::Theme::Light)
    }

    /// A window that opens a sample, in the story's folder: what git says of the package's own is no part of it.
    pub fn with_sample(name: &str, theme: egui::Theme) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let plan = folder.path().join(format!("{name}.plan.ron"));
        std::fs::copy(sample(name), &plan).unwrap();
        Self::at(folder, Some(plan), theme)
    }

    fn at(folder: tempfile::TempDir, plan: Option<PathBuf>, theme: egui::Theme) -> Self {
        let state = StateFolder::at(folder.path().join("state"));
        let builder = Harness::builder().with_size([1440.0, 900.0]).with_theme(theme).with_max_steps(64);
        let window = builder.build_eframe(|creation| {
            let ctx = &creation.egui_ctx;
            Window::new(ctx, plan, None)
                .with_state_folder(ctx, state)
                .without_system_dialogs()
                .looking_when_asked()
        });
        let mut desk = Self { window, folder };
        desk.settle();
        desk
    }

    /// The window is gone without being closed, as when the program is killed; another one is opened.
    pub fn crash(self) -> Self {
        let Self { window, folder } = self;
        drop(window);
        Self::at(folder, None, egui::Theme::Light)
    }

    /// Asks the window to close, as its cross does.
    pub fn close(&mut self) {
        let viewports = &mut self.window.input_mut().viewports;
        viewports.entry(egui::ViewportId::ROOT).or_default().events.push(egui::ViewportEvent::Close);
        self.settle();
    }

    /// A person is away long enough for the window to look at its file.
    pub fn wait(&mut self) {
        self.window.state_mut().look_now();
        self.window.run_steps(16);
        self.settle();
    }

    /// Runs a command by its name.
    pub fn run(&mut self, command: &str) {
        self.press_with(Modifiers::COMMAND, Key::K);
        self.type_text(command);
        self.press(Key::Enter);
    }

    /// Opens a file.
    pub fn open(&mut self, path: &Path) {
        self.press_with(Modifiers::COMMAND, Key::O);
        self.type_over(&path.display().to_string());
        self.press(Key::Enter);
    }

    /// Saves under a name.
    pub fn save_as(&mut self, path: &Path) {
        self.press_with(Modifiers::COMMAND.plus(Modifiers::SHIFT), Key::S);
        self.type_over(&path.display().to_string());
        self.press(Key::Enter);
    }

    /// Runs frames until nothing is under way.
    pub fn settle(&mut self) {
        for _ in 0..MOST_FRAMES {
            self.window.step();
            if !self.window.state().is_busy() {
                self.window.run_steps(3);
                return;
            }
            std::thread::yield_now();
        }
        panic!("the window is still busy after {MOST_FRAMES} frames");
    }

    /// Presses a key.
    pub fn press(&mut self, key: Key) {
        self.press_with(Modifiers::NONE, key);
    }

    /// Presses a key with modifiers.
    pub fn press_with(&mut self, modifiers: Modifiers, key: Key) {
        self.window.key_press_modifiers(modifiers, key);
        self.settle();
    }

    /// Types a text where the keyboard is.
    pub fn type_text(&mut self, text: &str) {
        self.window.event(egui::Event::Text(text.to_owned()));
        self.settle();
    }

    /// Types over what stands in the field.
    pub fn type_over(&mut self, text: &str) {
        self.press_with(Modifiers::COMMAND, Key::A);
        self.type_text(text);
    }

    /// Clicks what has this label.
    pub fn click(&mut self, label: &str) {
        self.window.get_by_label(label).click();
        self.settle();
    }

    /// Clicks the last of several that have this label.
    pub fn click_last(&mut self, label: &str) {
        self.window.query_all_by_label(label).last().unwrap().click();
        self.settle();
    }

    /// Drops a file on the window.
    pub fn drop_file(&mut self, path: &Path) {
        self.window.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path.to_owned())));
        self.settle();
    }

    /// Moves the keyboard to what has this label.
    pub fn focus(&mut self, label: &str) {
        self.window.get_by_label(label).focus();
        self.settle();
    }

    /// Lists the findings that hold these words.
    pub fn filter_findings(&mut self, words: &str) {
        self.focus("Filter findings");
        self.type_over(words);
    }

    /// Whether something with this text is there.
    pub fn sees(&self, text: &str) -> bool {
        self.window.query_all_by_label_contains(text).next().is_some()
    }

    /// The whole label that begins like this.
    pub fn label_with(&self, begin: &str) -> String {
        let nodes = self.window.query_all_by_label_contains(begin);
        nodes.filter_map(|node| node.accesskit_node().label()).find(|it| it.starts_with(begin)).unwrap()
    }

    /// The labels of all buttons with this text.
    pub fn labels_with(&self, text: &str) -> Vec<String> {
        let nodes = self.window.query_all_by_label_contains(text).map(|node| node.accesskit_node());
        nodes.filter(|node| node.role() == egui::Role::Button).filter_map(|node| node.label()).collect()
    }

    /// The plan as the window has it.
    pub fn plan(&self) -> &Plan {
        self.window.state().plan()
    }

    /// A path in the story's folder.
    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }
}

/// A file that a person drops on the window.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

/// The file of a sample.
pub fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("sample_landscapes/{name}.plan.ron"))
}
