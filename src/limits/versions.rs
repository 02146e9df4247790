//! How old a version of the focal platform's API is.

use crate::model::Plan;

use super::table::{general, knows_edition};

const MONTHS_PER_YEAR: f64 = 12.0;

/// The versions of the focal platform's API, seen from the day on which a plan is true.
#[derive(Clone, Copy, Debug)]
pub struct ApiVersions {
    newest: f64,
    months_apart: f64,
    /// How many months ago the newest came.
    months_since_newest: f64,
    /// For how many years a version is supported at least.
    pub supported_years: f64,
}

impl ApiVersions {
    /// The versions as the limits table has them; `None` where the plan's day or the platform's edition is not
    /// known.
    #[must_use]
    pub fn of(plan: &Plan) -> Option<Self> {
        let as_of = plan.as_of.filter(|_| knows_edition(plan))?;
        let months = |year: f64, month: f64| year * MONTHS_PER_YEAR + month;
        let newest =
            months(general(plan, "api-version-newest-year"), general(plan, "api-version-newest-month"));
        Some(Self {
            newest: general(plan, "api-version-newest"),
            months_apart: general(plan, "api-version-months-apart"),
            months_since_newest: months(f64::from(as_of.year()), f64::from(as_of.month())) - newest,
            supported_years: general(plan, "api-version-supported-years"),
        })
    }

    /// The age in years of a version (`61.0`, `v61`); `None` where the text is no version.
    #[must_use]
    pub fn age_years(&self, version: &str) -> Option<f64> {
        let version: f64 = version.trim().trim_start_matches(['v', 'V']).parse().ok()?;
        let behind = self.newest - version.floor();
        Some((self.months_since_newest + behind * self.months_apart) / MONTHS_PER_YEAR)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn age(plan: &Plan, version: &str) -> Option<f64> {
        ApiVersions::of(plan)?.age_years(version)
    }

    #[test]
    fn a_version_ages_from_its_release_to_the_day_of_the_plan() {
        let mut plan = Plan { as_of: "2026-12-01".parse().ok(), ..Plan::default() };
        assert_eq!(age(&plan, "67.0"), None);
        plan.org.edition = "Enterprise".to_owned();
        assert_eq!(age(&plan, "67.0"), Some(0.5));
        assert_eq!(age(&plan, "v61"), Some(2.5));
        assert_eq!(age(&plan, "58.0"), Some(3.5));
        assert_eq!(age(&plan, "new"), None);
        plan.as_of = None;
        assert_eq!(age(&plan, "58.0"), None);
    }

    #[test]
    fn a_year_later_a_version_is_a_year_older() {
        let mut plan = Plan { as_of: "2027-12-01".parse().ok(), ..Plan::default() };
        plan.org.edition = "Enterprise".to_owned();
        assert_eq!(age(&plan, "67.0"), Some(1.5));
    }
}
