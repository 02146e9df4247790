//! Colours by role, light and dark, read from `assets/themes`. Nothing else names a colour.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::OnceLock;

use serde::{Deserialize, Deserializer};

use crate::model::Disposition;
use crate::model::vocabulary;

vocabulary! {
    /// What a colour is for.
    Role {
        /// Behind everything.
        Canvas = "canvas",
        /// Behind the cards of an area.
        Area = "area",
        /// The edge of an area.
        AreaBorder = "area-border",
        /// The dots on the canvas.
        Grid = "grid",
        /// Behind lists and forms.
        Panel = "panel",
        /// The face of a card.
        Card = "card",
        /// The edge of a card.
        CardBorder = "card-border",
        /// What a card throws on the canvas.
        Shadow = "shadow",
        /// The face of a card that is not there.
        Ghost = "ghost",
        /// The edge of a card that is not there.
        GhostBorder = "ghost-border",
        /// Names.
        Text = "text",
        /// What explains a name.
        TextMuted = "text-muted",
        /// On the strong colours.
        TextOnStrong = "text-on-strong",
        /// What can be clicked.
        Accent = "accent",
        /// Behind what can be clicked.
        AccentSoft = "accent-soft",
        /// Round what is selected.
        Selection = "selection",
        /// A system that stays and is connected.
        Integrate = "integrate",
        /// Behind it.
        IntegrateSoft = "integrate-soft",
        /// A system that moves.
        Migrate = "migrate",
        /// Behind it.
        MigrateSoft = "migrate-soft",
        /// A system that is read where it stands.
        Federate = "federate",
        /// Behind it.
        FederateSoft = "federate-soft",
        /// A system that goes.
        Retire = "retire",
        /// Behind it.
        RetireSoft = "retire-soft",
        /// A system without a decision.
        Undecided = "undecided",
        /// Behind it.
        UndecidedSoft = "undecided-soft",
        /// The focal system.
        Focal = "focal",
        /// Behind it.
        FocalSoft = "focal-soft",
        /// The plan contradicts itself.
        Error = "error",
        /// Behind it.
        ErrorSoft = "error-soft",
        /// Something is risky.
        Warning = "warning",
        /// Behind it.
        WarningSoft = "warning-soft",
        /// Something could be better.
        Advice = "advice",
        /// Behind it.
        AdviceSoft = "advice-soft",
        /// The source of truth.
        Truth = "truth",
        /// Behind it.
        TruthSoft = "truth-soft",
        /// What a stage adds.
        New = "new",
        /// Behind it.
        NewSoft = "new-soft",
        /// What a stage takes away.
        Gone = "gone",
        /// A flow.
        Flow = "flow",
        /// Behind a flow's label.
        Label = "label",
        /// The edge of a flow's label.
        LabelBorder = "label-border",
    }
}

impl Role {
    /// The colour of a disposition.
    #[must_use]
    pub const fn of_disposition(disposition: Disposition) -> Self {
        match disposition {
            Disposition::Integrate => Self::Integrate,
            Disposition::Migrate => Self::Migrate,
            Disposition::Federate => Self::Federate,
            Disposition::Retire => Self::Retire,
            Disposition::Undecided => Self::Undecided,
        }
    }

    /// The soft colour behind a strong one; the card for those that have none.
    #[must_use]
    pub const fn soft(self) -> Self {
        match self {
            Self::Integrate => Self::IntegrateSoft,
            Self::Migrate => Self::MigrateSoft,
            Self::Federate => Self::FederateSoft,
            Self::Retire => Self::RetireSoft,
            Self::Undecided => Self::UndecidedSoft,
            Self::Focal => Self::FocalSoft,
            Self::Error => Self::ErrorSoft,
            Self::Warning => Self::WarningSoft,
            Self::Advice => Self::AdviceSoft,
            Self::Truth => Self::TruthSoft,
            Self::New => Self::NewSoft,
            Self::Accent => Self::AccentSoft,
            Self::Gone | Self::Flow => Self::Label,
            _ => Self::Card,
        }
    }
}

/// An opaque colour, as sRGB bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Colour(
    /// Red, green and blue.
    pub [u8; 3],
);

impl Colour {
    /// How much lighter one colour is than the other, from 1 (equal) to 21, as in WCAG 2.2.
    #[must_use]
    pub fn contrast(self, other: Self) -> f32 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    fn luminance(self) -> f32 {
        let linear = self.0.map(|byte| {
            let share = f32::from(byte) / 255.0;
            if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

impl<'de> Deserialize<'de> for Colour {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let number = text.strip_prefix('#').filter(|digits| digits.len() == 6);
        let number = number.and_then(|digits| u32::from_str_radix(digits, 16).ok());
        let [_, red, green, blue] = number
            .ok_or_else(|| serde::de::Error::custom(format!("\"{text}\" is no colour, expected #rrggbb")))?
            .to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

/// A colour for every role.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Theme {
    /// What people call it.
    pub name: String,
    /// Whether light stands on dark.
    pub is_dark: bool,
    colours: BTreeMap<Role, Colour>,
}

impl Theme {
    /// Dark on light.
    #[must_use]
    pub fn light() -> &'static Self {
        static LIGHT: OnceLock<Theme> = OnceLock::new();
        LIGHT.get_or_init(|| Self::bundled(include_str!("../../assets/themes/light.ron"), false))
    }

    /// Light on dark.
    #[must_use]
    pub fn dark() -> &'static Self {
        static DARK: OnceLock<Theme> = OnceLock::new();
        DARK.get_or_init(|| Self::bundled(include_str!("../../assets/themes/dark.ron"), true))
    }

    /// A theme from its text.
    pub fn from_ron(text: &str) -> Result<Self, ron::error::SpannedError> {
        ron::from_str(text)
    }

    /// The bundled text is read by a test, so the empty theme is never seen.
    fn bundled(text: &str, is_dark: bool) -> Self {
        Self::from_ron(text).unwrap_or_else(|_| Self {
            name: String::new(),
            is_dark,
            colours: BTreeMap::new(),
        })
    }

    /// The colour of a role; black or white by the theme where it has none.
    #[must_use]
    pub fn colour(&self, role: Role) -> Colour {
        let fallback = Colour(if self.is_dark { [255; 3] } else { [0; 3] });
        self.colours.get(&role).copied().unwrap_or(fallback)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STRONG: [Role; 11] = [
        Role::Integrate,
        Role::Migrate,
        Role::Federate,
        Role::Retire,
        Role::Undecided,
        Role::Focal,
        Role::Error,
        Role::Warning,
        Role::Advice,
        Role::Truth,
        Role::New,
    ];

    fn pairs_with_text() -> Vec<(Role, Role)> {
        let grounds = [Role::Canvas, Role::Area, Role::Panel, Role::Card, Role::Ghost, Role::Label];
        let words = [Role::Text, Role::TextMuted, Role::Accent, Role::Gone];
        let mut pairs: Vec<_> = grounds.iter().flat_map(|ground| words.map(|word| (word, *ground))).collect();
        for strong in STRONG {
            pairs.extend(grounds.map(|ground| (strong, ground)));
            pairs.extend([(strong, strong.soft()), (Role::TextOnStrong, strong)]);
        }
        pairs.extend([(Role::Accent, Role::AccentSoft), (Role::TextOnStrong, Role::Accent)]);
        pairs
    }

    #[test]
    fn both_themes_have_a_colour_for_every_role() {
        for text in
            [include_str!("../../assets/themes/light.ron"), include_str!("../../assets/themes/dark.ron")]
        {
            let theme = Theme::from_ron(text).unwrap();
            let missing: Vec<_> = Role::ALL.iter().filter(|role| !theme.colours.contains_key(role)).collect();
            assert!(missing.is_empty(), "{}: {missing:?}", theme.name);
        }
    }

    #[test]
    fn every_text_can_be_read_on_every_ground_it_stands_on() {
        for theme in [Theme::light(), Theme::dark()] {
            let weak: Vec<_> = pairs_with_text()
                .into_iter()
                .map(|(word, ground)| (word, ground, theme.colour(word).contrast(theme.colour(ground))))
                .filter(|(_, _, contrast)| *contrast < 4.5)
                .collect();
            assert!(weak.is_empty(), "{}: {weak:?}", theme.name);
        }
    }

    #[test]
    fn lines_stand_out_from_the_canvas() {
        for theme in [Theme::light(), Theme::dark()] {
            for role in STRONG.into_iter().chain([Role::Flow, Role::Selection]) {
                for ground in [Role::Canvas, Role::Area] {
                    let contrast = theme.colour(role).contrast(theme.colour(ground));
                    assert!(contrast >= 3.0, "{} {role} on {ground}: {contrast}", theme.name);
                }
            }
        }
    }
}
