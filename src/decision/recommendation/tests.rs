//! Which answers hold, what the facts propose, and how it is explained.

use super::*;
use crate::decision::Outcome;
use crate::model::{Disposition, Flow, Holding, Kind};

fn answer(value: u8) -> Answer {
    Answer::new(value).unwrap()
}

/// A plan with a focal system "Dynamics" and the system to decide on, under the id `it`.
fn plan_with(change: impl FnOnce(&mut System)) -> Plan {
    let mut plan = Plan::named("Test");
    let mut focal = System::named("Dynamics");
    focal.capabilities = ["cases", "contacts"].map(|name| (name.to_owned(), String::new())).into();
    plan.systems.insert("dynamics".into(), focal.into());
    plan.focal_system = Some("dynamics".into());
    let mut system = System::named("It");
    change(&mut system);
    plan.systems.insert("it".into(), system.into());
    plan
}

fn recommended(plan: &Plan, free_storage_gb: Option<f64>) -> Recommendation {
    let index = Index::new(plan);
    let place = index.system(&"it".into()).unwrap();
    Recommender::new(&index, free_storage_gb).recommend(place)
}

/// The proposed answer to a question and what it says.
fn proposed(plan: &Plan, question: Question) -> Option<(u8, String)> {
    let given = recommended(plan, Some(10.0)).answers.remove(&question)?;
    assert_eq!(given.source, Source::Proposed);
    Some((given.answer.value(), given.says))
}

#[test]
fn a_system_of_which_nothing_is_known_has_no_answers() {
    let recommendation = recommended(&plan_with(|_| ()), None);
    assert_eq!(recommendation.answers, BTreeMap::new());
    assert_eq!(recommendation.score.outcome, Outcome::NotEnoughAnswers);
    assert_eq!(recommendation.open_questions().count(), 15);
}

#[test]
fn its_own_answer_goes_before_the_plans_and_that_before_what_the_facts_propose() {
    let mut plan = plan_with(|it| it.users = Some(500));
    let given = |plan: &Plan| {
        let given = recommended(plan, None).answers.remove(&Question::ActiveUse).unwrap();
        (given.answer.value(), given.source.word(), given.says)
    };
    assert_eq!(given(&plan), (4, "proposed", "500 people use it.".to_owned()));
    plan.answers.insert(Question::ActiveUse, answer(3));
    assert_eq!(given(&plan), (3, "plan", "It is in active use.".to_owned()));
    let mut own = System::clone(&plan.systems["it"]);
    own.assessment.answers.insert(Question::ActiveUse, answer(1));
    plan.systems.insert("it".into(), own.into());
    assert_eq!(given(&plan), (1, "system", "Hardly anybody uses it.".to_owned()));
}

#[test]
fn fits_and_specialities_propose_the_first_three_answers() {
    let of = |functional, technical, is_special| {
        let plan = plan_with(|it| {
            it.functional_fit = Some(functional);
            it.technical_fit = Some(technical);
            it.specialised = Some(is_special);
        });
        [Question::StillValuable, Question::Outdated, Question::Specialised]
            .map(|question| proposed(&plan, question).unwrap().0)
    };
    assert_eq!(of(1, 1, true), [0, 4, 3]);
    assert_eq!(of(2, 2, false), [1, 3, 0]);
    assert_eq!(of(3, 3, true), [3, 1, 3]);
    assert_eq!(of(4, 4, true), [4, 0, 3]);
}

#[test]
fn overlap_is_the_share_of_capabilities_that_the_focal_system_has_too() {
    let with = |names: &[&str]| {
        let names = names.iter().map(|name| ((*name).to_owned(), String::new())).collect();
        proposed(&plan_with(|it| it.capabilities = names), Question::Overlap)
    };
    assert_eq!(with(&[]), None);
    assert_eq!(with(&["cases"]), Some((4, "Its capability exists in Dynamics too.".to_owned())));
    assert_eq!(with(&["loyalty"]), Some((0, "Its capability does not exist in Dynamics.".to_owned())));
    let half = with(&["cases", "loyalty"]);
    assert_eq!(half, Some((2, "1 of its 2 capabilities exist in Dynamics.".to_owned())));
}

fn holding(records: Option<u64>, history: Option<bool>) -> Holding {
    Holding { records, history, ..Holding::default() }
}

fn holding_these(kind: Kind, holdings: &[Holding]) -> Plan {
    plan_with(|it| {
        it.kind = kind;
        it.holdings = (0..).map(|n| format!("d{n}").as_str().into()).zip(holdings.iter().cloned()).collect();
    })
}

#[test]
fn history_is_its_share_of_the_records() {
    let share =
        |holdings: &[Holding]| Some(proposed(&holding_these(Kind::Crm, holdings), Question::History)?.0);
    assert_eq!(share(&[]), None);
    assert_eq!(share(&[holding(Some(90), Some(true)), holding(Some(10), Some(false))]), Some(4));
    assert_eq!(share(&[holding(None, Some(true)), holding(Some(10), Some(false))]), Some(2));
    assert_eq!(share(&[holding(Some(90), Some(true)), holding(Some(10), None)]), None);
    let archive = Holding { role: Some(crate::model::Role::Archive), ..Holding::default() };
    assert_eq!(share(&[archive]), Some(4));
}

#[test]
fn what_collects_data_for_analysis_is_taken_for_history_unless_it_says_otherwise() {
    let of = |holdings: &[Holding]| {
        Some(proposed(&holding_these(Kind::Warehouse, holdings), Question::History)?.0)
    };
    assert_eq!(of(&[]), Some(3));
    assert_eq!(of(&[holding(None, Some(true)), holding(None, None)]), Some(4));
    assert_eq!(of(&[holding(None, Some(false)), holding(None, None)]), None);
}

#[test]
fn volume_is_what_its_records_take_of_the_free_storage() {
    // At 2 KB each, 524 288 records are a gigabyte; ten are free.
    let of = |records| proposed(&holding_these(Kind::Crm, &[holding(Some(records), None)]), Question::Volume);
    let steps = [262_143, 262_144, 1_310_720, 2_621_440, 5_242_880].map(|records| of(records).unwrap().0);
    assert_eq!(steps, [0, 1, 2, 3, 4]);
    assert_eq!(of(2_883_584).unwrap().1, "5.5 GB against 10 GB of free storage.");
    let unknown = holding_these(Kind::Crm, &[holding(Some(7), None), holding(None, None)]);
    assert_eq!(proposed(&unknown, Question::Volume), None);
    let plan = holding_these(Kind::Crm, &[holding(Some(7), None)]);
    assert!(!recommended(&plan, None).answers.contains_key(&Question::Volume));
    for free in [0.0, -3.0] {
        assert_eq!(recommended(&plan, Some(free)).answers[&Question::Volume].answer, answer(4));
        let nothing = holding_these(Kind::Crm, &[holding(Some(0), None)]);
        assert_eq!(recommended(&nothing, Some(free)).answers[&Question::Volume].answer, answer(0));
    }
}

#[test]
fn use_is_told_by_users_and_by_the_flows_of_today() {
    let of = |users, flows| {
        let mut plan = plan_with(|it| it.users = users);
        for number in 0..flows {
            let flow = Flow::between("it".into(), "dynamics".into());
            plan.flows.insert(format!("f{number}").as_str().into(), flow.into());
        }
        proposed(&plan, Question::ActiveUse)
    };
    assert_eq!(of(None, 0), None);
    assert_eq!(of(Some(0), 0), Some((0, "Nobody uses it, and no flow touches it.".to_owned())));
    assert_eq!([1, 9, 10, 50, 199, 200].map(|users| of(Some(users), 0).unwrap().0), [1, 1, 2, 3, 3, 4]);
    assert_eq!([2, 4, 5].map(|flows| of(None, flows).unwrap().0), [2, 2, 3]);
    assert_eq!(of(None, 1), None);
    assert_eq!(of(Some(0), 1), Some((1, "Nobody uses it, but one flow touches it.".to_owned())));
    assert_eq!(of(None, 2), Some((2, "2 flows touch it.".to_owned())));
    assert_eq!(of(Some(3), 5), Some((3, "3 people use it.".to_owned())));
}

#[test]
fn flows_that_come_later_say_nothing_about_the_use_today() {
    let mut plan = plan_with(|_| ());
    let flow = Flow { since: crate::model::Stage::Target, ..Flow::between("it".into(), "dynamics".into()) };
    plan.flows.insert("f".into(), flow.into());
    assert_eq!(proposed(&plan, Question::ActiveUse), None);
}

#[test]
fn hubs_and_the_focal_system_are_not_decided_on() {
    let mut plan = plan_with(|_| ());
    let hub = System { kind: Kind::EventBus, ..System::named("Bus") };
    plan.systems.insert("bus".into(), hub.into());
    let asked = plan.systems.iter().filter(|(id, system)| is_decided_on(&plan, id, system));
    assert_eq!(asked.map(|(id, _)| id.as_str()).collect::<Vec<_>>(), ["it"]);
}

/// The half specialised case tool, with every answer of its own.
fn case_tool() -> Plan {
    let values = [3, 3, 2, 3, 2, 2, 3, 0, 1, 4, 3, 1, 2, 2, 2];
    plan_with(|it| {
        it.assessment.answers = Question::ALL.iter().copied().zip(values.map(answer)).collect();
        for domain in ["case", "contact"] {
            it.holdings.insert(domain.into(), Holding::default());
        }
    })
}

#[test]
fn the_strongest_pushes_each_way_are_told_in_words() {
    let plan = case_tool();
    let recommendation = recommended(&plan, None);
    let explanation = recommendation.explanation(&Weights::proposed());
    assert_eq!(explanation.of, Some(Disposition::Migrate));
    let told = |pushes: &[crate::decision::Push]| {
        pushes.iter().map(|push| (push.strength, push.says.clone())).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&explanation.towards),
        [
            (2.0, "What it holds is in daily work.".to_owned()),
            (2.0, "Nothing obliges anybody to keep it.".to_owned()),
            (1.5, "It is outdated; connecting it only prolongs the cost.".to_owned()),
        ]
    );
    assert_eq!(
        told(&explanation.against),
        [
            (-0.5, "It still delivers value; keep and connect it.".to_owned()),
            (-0.5, "Several teams depend on it.".to_owned()),
        ]
    );
}

#[test]
fn one_changed_answer_that_changes_the_outcome_is_told() {
    let plan = case_tool();
    let recommendation = recommended(&plan, None);
    assert_eq!(recommendation.score.outcome, Outcome::Hybrid);
    let flips = recommendation.explanation(&Weights::proposed()).flips;
    let told: Vec<_> = flips
        .iter()
        .map(|flip| {
            let (from, to) = (flip.from.value(), flip.to.value());
            format!("{} {from} to {to}: {}", flip.question, flip.outcome.words())
        })
        .collect();
    assert!(told.contains(&"outdated 3 to 4: migrate".to_owned()), "{told:#?}");
    assert!(!told.iter().any(|flip| flip.starts_with("outdated 3 to 2")), "{told:#?}");
    for flip in flips {
        let mut answers = recommendation.answers.clone();
        answers.get_mut(&flip.question).unwrap().answer = flip.to;
        let changed = answers.iter().map(|(question, given)| (*question, given.answer)).collect();
        let weights = Weights::proposed();
        let input = Input { answers: &changed, weights: &weights, has_interface: true, domains: 2 };
        assert_eq!(score(input).outcome, flip.outcome);
    }
}

#[test]
fn claims_count_as_domains_that_can_be_split() {
    let mut plan = plan_with(|it| {
        it.holdings.insert("case".into(), Holding::default());
    });
    for domain in ["case", "contact"] {
        let claim = crate::model::Claim::whole("it".into(), crate::model::Stage::Today);
        let domain_entry =
            crate::model::DataDomain { truth: vec![claim], ..crate::model::DataDomain::named(domain) };
        plan.domains.insert(domain.into(), domain_entry.into());
    }
    assert_eq!(recommended(&plan, None).domains, 2);
}

#[test]
fn history_is_a_share_of_domains_where_a_number_of_records_says_nothing() {
    let holds = |records: u64, is_history: bool| Holding {
        records: Some(records),
        history: Some(is_history),
        ..Holding::default()
    };
    let plan = plan_with(|it| {
        it.holdings = [("case".into(), holds(0, true)), ("order".into(), holds(100, false))].into();
    });
    assert_eq!(proposed(&plan, Question::History).map(|(answer, _)| answer), Some(2));
}

#[test]
fn what_collects_data_is_history_unless_some_of_it_is_in_work() {
    let warehouse = |history: [Option<bool>; 2]| {
        let holds = |history| Holding { history, ..Holding::default() };
        let plan = plan_with(|it| {
            it.kind = Kind::Warehouse;
            let [first, second] = history.map(holds);
            it.holdings = [("case".into(), first), ("order".into(), second)].into();
        });
        proposed(&plan, Question::History).map(|(answer, _)| answer)
    };
    assert_eq!(warehouse([None, None]), Some(3));
    assert_eq!(warehouse([Some(true), None]), Some(4));
    assert_eq!(warehouse([Some(false), None]), None);
}

#[test]
fn the_answers_of_each_source_are_counted() {
    let mut plan = plan_with(|it| {
        it.users = Some(500);
        it.specialised = Some(true);
        it.assessment.answers.insert(Question::MustStay, answer(1));
    });
    plan.answers.insert(Question::Growth, answer(3));
    let recommendation = recommended(&plan, None);
    let counts = [Source::Proposed, Source::System, Source::Plan].map(|source| recommendation.count(source));
    assert_eq!(counts, [2, 1, 1]);
}

#[test]
fn a_domain_that_is_held_and_claimed_is_one() {
    let mut plan = plan_with(|it| it.holdings = [("case".into(), Holding::default())].into());
    for id in ["case", "order"] {
        let mut domain = crate::model::DataDomain::named(id);
        domain.truth.push(crate::model::Claim::whole("it".into(), crate::model::Stage::Today));
        plan.domains.insert(id.into(), domain.into());
    }
    assert_eq!(recommended(&plan, None).domains, 2);
}

#[test]
fn a_domain_that_a_system_holds_and_claims_counts_once() {
    let plan = crate::rules::parse_sketch(
        "order = truth it
         case = truth erp, truth it from 1
         stock = truth it
         it.order: author
         it.note: reader",
    )
    .plan;
    assert_eq!(recommended(&plan, None).domains, 4);
}
