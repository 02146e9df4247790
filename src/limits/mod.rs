//! The limits of the focal system that can be worked out from its subscription: data storage.

use crate::model::Plan;

/// Storage that every organisation has, in gigabytes. Source: "Data and File Storage Allocations",
/// Salesforce Help; check the organisation's own page.
const BASE_GB: f64 = 10.0;
/// Storage added by each user, in gigabytes, by edition: 20 MB, or 120 MB in the two largest. Same source.
const GB_PER_USER: [(&str, f64); 4] =
    [("professional", 0.02), ("enterprise", 0.02), ("unlimited", 0.12), ("performance", 0.12)];
/// Storage taken by a record of most objects, in gigabytes: 2 KB. Person accounts take 4, campaigns 8,
/// campaign members 1, e-mails what they are. Same source.
pub const GB_PER_RECORD: f64 = 2e-6;

/// Free data storage of the focal system, in gigabytes; less than zero where more is used than allowed.
/// `None` where the edition, the users or the storage in use are not known.
#[must_use]
pub fn free_storage_gb(plan: &Plan) -> Option<f64> {
    let edition = plan.org.edition.to_lowercase();
    let (_, per_user) = GB_PER_USER.iter().find(|(name, _)| *name == edition)?;
    Some(BASE_GB + per_user * f64::from(plan.org.users?) - plan.org.storage_used_gb?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Org;

    fn free(edition: &str, users: Option<u32>, storage_used_gb: Option<f64>) -> Option<f64> {
        let org = Org { edition: edition.to_owned(), users, storage_used_gb, ..Org::default() };
        free_storage_gb(&Plan { org, ..Plan::default() }).map(|free| (free * 100.0).round() / 100.0)
    }

    #[test]
    fn free_storage_grows_with_users_and_the_edition() {
        assert_eq!(free("Enterprise", Some(60), Some(2.0)), Some(9.2));
        assert_eq!(free("Unlimited", Some(100), Some(30.0)), Some(-8.0));
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        assert_eq!(free("Starter", Some(60), Some(2.0)), None);
        assert_eq!(free("Enterprise", None, Some(2.0)), None);
        assert_eq!(free("Enterprise", Some(60), None), None);
    }
}
