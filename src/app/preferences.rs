//! What belongs to the person and not to a plan: recent files, theme, which panels show.

use std::path::{Path, PathBuf};

use etcetera::{BaseStrategy, choose_base_strategy};
use serde::{Deserialize, Serialize};

use crate::plan_file::{StateFolder, write_whole};

/// How many files are remembered.
const RECENT_FILES: usize = 10;

/// Where this system keeps what belongs to a plan and not beside it; `None` where there is no such place.
#[must_use]
pub fn state_folder() -> Option<StateFolder> {
    let base = choose_base_strategy().ok()?;
    let folder = base.state_dir().unwrap_or_else(|| base.data_dir());
    Some(StateFolder::at(folder.join("hybridscape")))
}

/// A person's preferences.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Files opened or saved, the last one first.
    pub recent: Vec<PathBuf>,
    /// Always dark or always light; as the system says where absent.
    pub is_dark: Option<bool>,
    /// Whether the outline shows.
    pub shows_outline: bool,
    /// Whether the inspector shows.
    pub shows_inspector: bool,
    /// Whether the lower panel shows.
    pub shows_lower: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            recent: Vec::new(),
            is_dark: None,
            shows_outline: true,
            shows_inspector: true,
            shows_lower: true,
        }
    }
}

impl Preferences {
    /// Where this system keeps preferences; `None` where there is no such place.
    #[must_use]
    pub fn path() -> Option<PathBuf> {
        choose_base_strategy().ok().map(|base| base.config_dir().join("hybridscape").join("preferences.ron"))
    }

    /// The preferences in a file; the defaults where it cannot be read.
    #[must_use]
    pub fn read(path: Option<&Path>) -> Self {
        let text = path.and_then(|path| std::fs::read_to_string(path).ok());
        text.and_then(|text| ron::from_str(&text).ok()).unwrap_or_default()
    }

    /// Writes them; a disk that does not take them costs comfort, not work, so nobody is asked.
    pub fn write(&self, path: Option<&Path>) {
        let Some(path) = path else { return };
        let text = ron::ser::to_string_pretty(self, ron::ser::PrettyConfig::default());
        if let (Ok(text), Some(folder)) = (text, path.parent()) {
            let _ = std::fs::create_dir_all(folder).and_then(|()| write_whole(path, text.as_bytes()));
        }
    }

    /// Remembers a file as the last one used.
    pub fn remember(&mut self, path: &Path) {
        self.recent.retain(|known| known != path);
        self.recent.insert(0, path.to_owned());
        self.recent.truncate(RECENT_FILES);
    }
}
