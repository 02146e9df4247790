//! What people read and see for the closed words of the model: names and icons.

use lucide_icons::Icon;

use crate::model::{Disposition, Kind};

/// What a person calls systems of a kind.
#[must_use]
pub const fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Crm => "CRM",
        Kind::Service => "Customer service",
        Kind::Marketing => "Marketing automation",
        Kind::Commerce => "Web shop",
        Kind::Erp => "ERP",
        Kind::Accounting => "Accounting",
        Kind::Billing => "Billing",
        Kind::Oms => "Order management",
        Kind::Pos => "Point of sale",
        Kind::Pim => "Product information",
        Kind::Wms => "Warehouse management",
        Kind::Hr => "Human resources",
        Kind::Portal => "Portal",
        Kind::Identity => "Identity and access",
        Kind::Mdm => "Master data",
        Kind::Warehouse => "Data warehouse",
        Kind::DataPlatform => "Data platform",
        Kind::Spreadsheet => "Spreadsheets",
        Kind::CoreBanking => "Core banking",
        Kind::Ehr => "Health records",
        Kind::Sis => "Student information",
        Kind::IntegrationPlatform => "Integration platform",
        Kind::EventBus => "Event bus",
        Kind::Custom => "Built in house",
        Kind::Other => "System",
    }
}

/// The icon of a kind, as its character in the icon font.
#[must_use]
pub fn kind_icon(kind: Kind) -> char {
    char::from(match kind {
        Kind::Crm => Icon::ContactRound,
        Kind::Service => Icon::Headset,
        Kind::Marketing => Icon::Megaphone,
        Kind::Commerce => Icon::ShoppingCart,
        Kind::Erp => Icon::Factory,
        Kind::Accounting => Icon::Calculator,
        Kind::Billing => Icon::ReceiptText,
        Kind::Oms => Icon::PackageCheck,
        Kind::Pos => Icon::Store,
        Kind::Pim => Icon::Tags,
        Kind::Wms => Icon::Warehouse,
        Kind::Hr => Icon::Users,
        Kind::Portal => Icon::Globe,
        Kind::Identity => Icon::KeyRound,
        Kind::Mdm => Icon::Combine,
        Kind::Warehouse => Icon::Database,
        Kind::DataPlatform => Icon::Layers,
        Kind::Spreadsheet => Icon::Table2,
        Kind::CoreBanking => Icon::Landmark,
        Kind::Ehr => Icon::HeartPulse,
        Kind::Sis => Icon::GraduationCap,
        Kind::IntegrationPlatform => Icon::Workflow,
        Kind::EventBus => Icon::Waypoints,
        Kind::Custom => Icon::Code,
        Kind::Other => Icon::Box,
    })
}

/// What a person calls a disposition.
#[must_use]
pub const fn disposition_word(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Integrate => "Integrate",
        Disposition::Migrate => "Migrate",
        Disposition::Federate => "Federate",
        Disposition::Retire => "Retire",
        Disposition::Undecided => "Undecided",
    }
}

/// The icon of a disposition, as its character in the icon font.
#[must_use]
pub fn disposition_icon(disposition: Disposition) -> char {
    char::from(match disposition {
        Disposition::Integrate => Icon::ArrowLeftRight,
        Disposition::Migrate => Icon::ArrowRightToLine,
        Disposition::Federate => Icon::Eye,
        Disposition::Retire => Icon::PowerOff,
        Disposition::Undecided => Icon::CircleQuestionMark,
    })
}
