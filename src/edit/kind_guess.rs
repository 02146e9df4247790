//! What a system is for, guessed from its name, so that a new card has the right icon at once.

use crate::model::Kind;

/// Words in names, the more specific first.
const WORDS: &[(&str, Kind)] = &[
    ("salesforce", Kind::Crm),
    ("crm", Kind::Crm),
    ("dynamics", Kind::Crm),
    ("hubspot", Kind::Crm),
    ("mulesoft", Kind::IntegrationPlatform),
    ("boomi", Kind::IntegrationPlatform),
    ("workato", Kind::IntegrationPlatform),
    ("hub", Kind::IntegrationPlatform),
    ("esb", Kind::IntegrationPlatform),
    ("ipaas", Kind::IntegrationPlatform),
    ("integration platform", Kind::IntegrationPlatform),
    ("kafka", Kind::EventBus),
    ("event bus", Kind::EventBus),
    ("data cloud", Kind::DataPlatform),
    ("data lake", Kind::DataPlatform),
    ("lakehouse", Kind::DataPlatform),
    ("data warehouse", Kind::Warehouse),
    ("snowflake", Kind::Warehouse),
    ("bigquery", Kind::Warehouse),
    ("warehouse", Kind::Wms),
    ("wms", Kind::Wms),
    ("erp", Kind::Erp),
    ("sap", Kind::Erp),
    ("netsuite", Kind::Erp),
    ("accounting", Kind::Accounting),
    ("ledger", Kind::Accounting),
    ("datev", Kind::Accounting),
    ("billing", Kind::Billing),
    ("marketing", Kind::Marketing),
    ("campaign", Kind::Marketing),
    ("shop", Kind::Commerce),
    ("commerce", Kind::Commerce),
    ("order management", Kind::Oms),
    ("oms", Kind::Oms),
    ("point of sale", Kind::Pos),
    ("pos", Kind::Pos),
    ("pim", Kind::Pim),
    ("product information", Kind::Pim),
    ("service desk", Kind::Service),
    ("helpdesk", Kind::Service),
    ("zendesk", Kind::Service),
    ("ticket", Kind::Service),
    ("hr", Kind::Hr),
    ("workday", Kind::Hr),
    ("portal", Kind::Portal),
    ("identity", Kind::Identity),
    ("okta", Kind::Identity),
    ("mdm", Kind::Mdm),
    ("master data", Kind::Mdm),
    ("excel", Kind::Spreadsheet),
    ("sheet", Kind::Spreadsheet),
    ("core banking", Kind::CoreBanking),
    ("ehr", Kind::Ehr),
    ("patient", Kind::Ehr),
    ("student", Kind::Sis),
];

/// The kind that a name suggests; `other` where it suggests none.
#[must_use]
pub fn guess_kind(name: &str) -> Kind {
    let name = format!(" {} ", name.to_lowercase().replace(['-', '_', '/', '(', ')'], " "));
    // Short words count whole only: "pos" is not in "deposit".
    let is_in = |word: &str| {
        if word.len() <= 3 { name.contains(&format!(" {word} ")) } else { name.contains(word) }
    };
    WORDS.iter().find(|(word, _)| is_in(word)).map_or(Kind::Other, |(_, kind)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_suggest_kinds() {
        assert_eq!(guess_kind("Legacy CRM"), Kind::Crm);
        assert_eq!(guess_kind("SAP S/4"), Kind::Erp);
        assert_eq!(guess_kind("Data warehouse"), Kind::Warehouse);
        assert_eq!(guess_kind("Sales sheets"), Kind::Spreadsheet);
        assert_eq!(guess_kind("Deposit engine"), Kind::Other);
    }
}
