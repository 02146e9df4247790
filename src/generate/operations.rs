//! How made-up flows are run: mostly well; some alerts, dates and volumes are wrong or missing.

use std::sync::Arc;

use super::random::Random;
use crate::model::{Auth, DomainClass, Flow, Plan};

const REGIONS: [&str; 3] = ["EU", "US", "UK"];

/// Records alerts, end dates, versions, busy hours and regions. The last to draw, so that nothing else
/// changes with it.
pub(super) fn add(plan: &mut Plan, random: &mut Random) {
    for flow in plan.flows.values_mut() {
        add_alerts(random, Arc::make_mut(flow));
    }
    for system in plan.systems.values_mut().filter(|system| !system.is_hub()) {
        let region = random.weighted(&[(6, REGIONS[0]), (1, REGIONS[1]), (1, REGIONS[2]), (2, "")]);
        let system = Arc::make_mut(system);
        region.unwrap_or_default().clone_into(&mut system.region);
        system.rate_limit = random.chance(4).then(|| 10_000 * (1 + random.below(20)) as u64);
    }
    for domain in
        plan.domains.values_mut().filter(|domain| domain.class.is_some_and(DomainClass::is_sensitive))
    {
        if random.chance(20) {
            Arc::make_mut(domain).regions.insert(REGIONS[0].to_owned());
        }
    }
}

fn add_alerts(random: &mut Random, flow: &mut Flow) {
    flow.failure_alert = random.record(50, 20);
    flow.volume_alert = random.record(40, 10);
    flow.dead_letter = random.record(40, 30);
    let has_credential = flow.auth.is_some_and(|auth| auth != Auth::None);
    let ends = ["2027-02-01", "2028-06-30", "2029", ""];
    let end = random.pick(&ends).filter(|_| has_credential);
    flow.credential_end = end.and_then(|end| end.parse().ok());
    if random.chance(10) {
        flow.api_version = format!("{}.0", 50 + random.below(18));
    }
    flow.peak_per_hour = flow.records_per_day.filter(|_| random.chance(30)).map(|records| records / 8);
}
