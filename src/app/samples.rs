//! The sample landscapes that ship with the program.

/// A sample landscape.
#[derive(Debug)]
pub struct Sample {
    /// Its file name.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it shows.
    pub story: &'static str,
    /// The plan file.
    pub text: &'static str,
}

/// Every sample.
pub const ALL: &[Sample] = &[
    Sample {
        name: "article",
        title: "Legacy CRM, as found",
        story: "Six systems, a CRM that moves into the focal platform, and everything that goes wrong with it.",
        text: include_str!("../../sample_landscapes/article.plan.ron"),
    },
    Sample {
        name: "article-healthy",
        title: "Legacy CRM, done well",
        story: "The same landscape with a hub, one truth for each domain and a way back.",
        text: include_str!("../../sample_landscapes/article-healthy.plan.ron"),
    },
    Sample {
        name: "retail",
        title: "Omnichannel retailer",
        story: "Fifteen systems, thirty direct flows, and customers that everybody edits.",
        text: include_str!("../../sample_landscapes/retail.plan.ron"),
    },
    Sample {
        name: "bank",
        title: "Retail bank",
        story: "Seventeen systems around a service bus, with data that must stay in its region.",
        text: include_str!("../../sample_landscapes/bank.plan.ron"),
    },
    Sample {
        name: "scale-up",
        title: "SaaS scale-up",
        story: "Eleven tools, each team's own, that sync both ways until the calls run out.",
        text: include_str!("../../sample_landscapes/scale-up.plan.ron"),
    },
    Sample {
        name: "manufacturer",
        title: "Manufacturer after acquisitions",
        story: "Three ERPs and two CRMs become one of each, region by region, in an order that does not work yet.",
        text: include_str!("../../sample_landscapes/manufacturer.plan.ron"),
    },
    Sample {
        name: "hospital",
        title: "Hospital group",
        story: "Care stays in the patient record, the referral desk moves, and patients' data must stay in the EU.",
        text: include_str!("../../sample_landscapes/hospital.plan.ron"),
    },
    Sample {
        name: "university",
        title: "University",
        story: "Thirteen systems, and three offices that each know the same person best.",
        text: include_str!("../../sample_landscapes/university.plan.ron"),
    },
    Sample {
        name: "agency",
        title: "Public agency before its review",
        story: "A core from 1994, data that may not leave the country, and decisions that are due.",
        text: include_str!("../../sample_landscapes/agency.plan.ron"),
    },
    Sample {
        name: "telecom",
        title: "Telecom operator",
        story: "Sixty systems: sprawl today, a hub and an event bus in the target, four waves by region and product.",
        text: include_str!("../../sample_landscapes/telecom.plan.ron"),
    },
];

/// The sample with a file name.
#[must_use]
pub fn find(name: &str) -> Option<&'static Sample> {
    ALL.iter().find(|sample| sample.name == name)
}
