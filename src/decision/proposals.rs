//! Answers that the plan's own facts propose. What is not known proposes nothing.
//!
//! * *Still valuable*: a functional fit of 1, 2, 3, 4 proposes 0, 1, 3, 4; the middle is left to people.
//! * *Outdated*: a technical fit of 1, 2, 3, 4 proposes 4, 3, 1, 0.
//! * *Specialised*: yes 3, no 0.
//! * *Overlap*: the share of its capabilities that the focal system has too, times 4.
//! * *History*: the share of its records that are history, times 4; by domains where a number of records is
//!   not known. Of a system that collects data for analysis, where that share is not known: 4 where some is
//!   history, 3 where nothing is said, nothing where some is in daily work.
//! * *Volume*: its records at [`RECORD_KB`] against the free storage: from a twentieth on 1, a quarter 2, a
//!   half 3, all of it 4.
//! * *Active use*: no users and no flows 0; from one user or flow on 1, from 10 users or 2 flows on 2, from
//!   50 users or 5 flows on 3, from 200 users on 4; the higher of both counts. Where the number of users is
//!   not known, a single flow does not say that the use is low.

use crate::landscape::Index;
use crate::model::{Answer, Question, Role, System};

/// Storage that a record takes in the focal system, in kilobytes: what the platform of the article counts
/// for most kinds of records, whatever their size.
pub const RECORD_KB: f64 = 2.0;

const KB_PER_GB: f64 = 1024.0 * 1024.0;
/// Shares of the free storage from which on the volume is answered with 1, 2, 3 and 4.
const VOLUME_STEPS: [f64; 4] = [0.05, 0.25, 0.5, 1.0];
/// Users from which on the use is answered with 1, 2, 3 and 4.
const USER_STEPS: [u32; 4] = [1, 10, 50, 200];
/// Flows from which on the use is answered with 1, 2 and 3.
const FLOW_STEPS: [usize; 3] = [1, FLOWS_OF_USE, 5];
/// So many flows say by themselves that a system is used.
const FLOWS_OF_USE: usize = 2;

/// An answer that the plan's facts propose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Proposal {
    pub question: Question,
    pub answer: Answer,
    /// The fact, in a sentence; empty where the question's own words say it.
    pub because: String,
}

/// What is known around a system that its own record does not say.
#[derive(Clone, Copy, Debug)]
pub(super) struct Surroundings<'a, 'p> {
    pub index: &'a Index<'p>,
    /// Flows that touch it today; `None` where it does not stand today.
    pub flows: Option<usize>,
    /// Free storage of the focal system, in gigabytes.
    pub free_storage_gb: Option<f64>,
}

/// All answers that the facts about the system at a place propose.
pub(super) fn proposals(around: Surroundings<'_, '_>, place: usize) -> Vec<Proposal> {
    let system = around.index.systems[place].system;
    let fits = [
        system.functional_fit.and_then(|fit| plain(Question::StillValuable, answer_of_fit(fit))),
        system.technical_fit.and_then(|fit| plain(Question::Outdated, 4 - answer_of_fit(fit))),
        system.specialised.and_then(|is_so| plain(Question::Specialised, if is_so { 3 } else { 0 })),
    ];
    let facts = [overlap(around, place), history(system), volume(around, system), active_use(around, system)];
    fits.into_iter().chain(facts).flatten().collect()
}

fn plain(question: Question, answer: u8) -> Option<Proposal> {
    Some(Proposal { question, answer: Answer::new(answer)?, because: String::new() })
}

/// A fit of 1 to 4 as an answer: 0, 1, 3, 4.
fn answer_of_fit(fit: u8) -> u8 {
    match fit {
        0 | 1 => 0,
        2 => 1,
        3 => 3,
        _ => 4,
    }
}

/// A share as an answer: all of it is the most, halves to even.
fn answer_of_share(share: f64) -> Option<Answer> {
    #[expect(clippy::cast_sign_loss, reason = "shares lie between 0 and 1")]
    let answer = (share * f64::from(Answer::MOST)).round_ties_even() as u8;
    Answer::new(answer)
}

/// The number of steps that are reached.
fn answer_of_steps<T: PartialOrd + Copy>(value: T, steps: &[T]) -> Option<Answer> {
    u8::try_from(steps.iter().filter(|&&step| value >= step).count()).ok().and_then(Answer::new)
}

fn overlap(around: Surroundings<'_, '_>, place: usize) -> Option<Proposal> {
    let focal_place = around.index.focal().filter(|&focal| focal != place)?;
    let (own, focal) = (around.index.systems[place].system, around.index.systems[focal_place].system);
    if own.capabilities.is_empty() || focal.capabilities.is_empty() {
        return None;
    }
    let all = own.capabilities.len();
    let shared = own.capabilities.keys().filter(|name| focal.capabilities.contains_key(*name)).count();
    let because = match all {
        1 if shared == 0 => format!("Its capability does not exist in {}.", focal.name),
        1 => format!("Its capability exists in {} too.", focal.name),
        _ => format!("{shared} of its {all} capabilities exist in {}.", focal.name),
    };
    let answer = answer_of_share(shared as f64 / all as f64)?;
    Some(Proposal { question: Question::Overlap, answer, because })
}

/// The share of what a system holds that is history; `None` where it is not known of every holding.
fn share_of_history(system: &System) -> Option<f64> {
    let holdings: Vec<_> = system.holdings.values().filter(|holding| !holding.is_virtual).collect();
    let has_records = holdings.iter().all(|holding| holding.records.is_some_and(|records| records > 0));
    let (mut history, mut all) = (0.0, 0.0);
    for holding in &holdings {
        let size = holding.records.filter(|_| has_records).map_or(1.0, |records| records as f64);
        let is_archive = holding.role == Some(Role::Archive);
        all += size;
        history += if holding.history.or(is_archive.then_some(true))? { size } else { 0.0 };
    }
    (all > 0.0).then_some(history / all)
}

fn history(system: &System) -> Option<Proposal> {
    let question = Question::History;
    if let Some(share) = share_of_history(system) {
        let because = format!("{:.0} % of what it holds is history that is read.", 100.0 * share);
        return Some(Proposal { question, answer: answer_of_share(share)?, because });
    }
    // Some of it is known to be history, or nothing is known: collecting data to read it is what it is for.
    let is_in_work = system.holdings.values().any(|holding| holding.history == Some(false));
    if !system.kind.is_analytical() || is_in_work {
        return None;
    }
    let has_history = system.holdings.values().any(|holding| holding.history == Some(true));
    let answer = Answer::new(if has_history { 4 } else { 3 })?;
    Some(Proposal { question, answer, because: "It collects data that is only read.".to_owned() })
}

fn volume(around: Surroundings<'_, '_>, system: &System) -> Option<Proposal> {
    let free = around.free_storage_gb?.max(0.0);
    let copies = system.holdings.values().filter(|holding| !holding.is_virtual);
    let records: Vec<u64> = copies.map(|holding| holding.records).collect::<Option<_>>()?;
    if records.is_empty() {
        return None;
    }
    let gb = records.iter().sum::<u64>() as f64 * RECORD_KB / KB_PER_GB;
    // Where nothing is free any volume reaches the last step; none by none is no number and reaches none.
    let answer = answer_of_steps(gb / free, &VOLUME_STEPS)?;
    let because = format!("{} GB against {} GB of free storage.", rounded(gb), rounded(free));
    Some(Proposal { question: Question::Volume, answer, because })
}

/// Gigabytes as people say them: one digit after the point below ten.
fn rounded(gb: f64) -> String {
    if gb < 10.0 { format!("{gb:.1}") } else { format!("{gb:.0}") }
}

fn active_use(around: Surroundings<'_, '_>, system: &System) -> Option<Proposal> {
    let flows = around.flows.unwrap_or_default();
    if system.users.is_none() && flows < FLOWS_OF_USE {
        return None;
    }
    let by_users = answer_of_steps(system.users.unwrap_or_default(), &USER_STEPS)?;
    let by_flows = answer_of_steps(flows, &FLOW_STEPS)?;
    let because = match (system.users, flows) {
        (Some(1), _) => "One person uses it.".to_owned(),
        (Some(users), _) if users > 0 => format!("{users} people use it."),
        (Some(_), 0) => "Nobody uses it, and no flow touches it.".to_owned(),
        (_, 1) => "Nobody uses it, but one flow touches it.".to_owned(),
        (_, flows) => format!("{flows} flows touch it."),
    };
    Some(Proposal { question: Question::ActiveUse, answer: by_users.max(by_flows), because })
}
