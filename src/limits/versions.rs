//! How old a version of the focal platform's API is.

use crate::model::Plan;

use super::table::{general, knows_edition};

const MONTHS_PER_YEAR: f64 = 12.0;

/// The age in years of a version (`61.0`, `v61`) on the day on which the plan is true. `None` where that
/// day or the platform's edition is not known, or the text is no version.
#[must_use]
pub fn api_version_age_years(plan: &Plan, version: &str) -> Option<f64> {
    let as_of = plan.as_of.filter(|_| knows_edition(plan))?;
    let version: f64 = version.trim().trim_start_matches(['v', 'V']).parse().ok()?;
    let months = |year: f64, month: f64| year * MONTHS_PER_YEAR + month;
    let newest = months(general(plan, "api-version-newest-year"), general(plan, "api-version-newest-month"));
    let behind = general(plan, "api-version-newest") - version.floor();
    let came = newest - behind * general(plan, "api-version-months-apart");
    let today = months(f64::from(as_of.year()), f64::from(as_of.month()));
    Some((today - came) / MONTHS_PER_YEAR)
}

/// For how many years a version is supported at least.
#[must_use]
pub fn supported_years(plan: &Plan) -> f64 {
    general(plan, "api-version-supported-years")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_ages_from_its_release_to_the_day_of_the_plan() {
        let mut plan = Plan { as_of: "2026-12-01".parse().ok(), ..Plan::default() };
        assert_eq!(api_version_age_years(&plan, "67.0"), None);
        plan.org.edition = "Enterprise".to_owned();
        assert_eq!(api_version_age_years(&plan, "67.0"), Some(0.5));
        assert_eq!(api_version_age_years(&plan, "v61"), Some(2.5));
        assert_eq!(api_version_age_years(&plan, "58.0"), Some(3.5));
        assert_eq!(api_version_age_years(&plan, "new"), None);
        plan.as_of = None;
        assert_eq!(api_version_age_years(&plan, "58.0"), None);
    }

    #[test]
    fn a_year_later_a_version_is_a_year_older() {
        let mut plan = Plan { as_of: "2027-12-01".parse().ok(), ..Plan::default() };
        plan.org.edition = "Enterprise".to_owned();
        assert_eq!(api_version_age_years(&plan, "67.0"), Some(1.5));
    }
}
