//! Keeps what is derived up to date, off the frame where it takes long.

use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use crate::model::Plan;

use super::super::comparing::ComparedPlan;
use super::fixes::FixesJob;
use super::{Derived, Drawn, Fixes, Known, Sight};

/// Up to this many systems the picture is drawn in the frame itself, so that a card stays where it is dropped.
const SYSTEMS_DRAWN_IN_A_FRAME: usize = 120;

/// How long a frame waits for the rules.
const PATIENCE: Duration = Duration::from_millis(4);

/// A result on its way.
#[derive(Debug)]
enum Pending {
    /// What the rules say of a revision, compared with another plan or not.
    Known(Wanted, Receiver<Known>),
    /// Everything, for a large plan.
    Whole(Receiver<Derived>),
}

/// A revision, and which comparison.
type Wanted = (u64, Option<(u64, bool)>);

/// Keeps what is derived up to date.
#[derive(Debug, Default)]
pub struct Deriver {
    latest: Option<Derived>,
    pending: Option<Pending>,
    fixes: FixesJob,
    is_stale: bool,
}

impl Deriver {
    /// What is derived for this revision and sight, or the last that was. `with` is the plan that the sight
    /// compares.
    pub fn update(
        &mut self,
        ctx: &egui::Context,
        plan: &Arc<Plan>,
        revision: u64,
        sight: Sight,
        with: Option<&ComparedPlan>,
    ) {
        let systems = plan.systems.len() + with.map_or(0, |with| with.plan.systems.len());
        if systems > SYSTEMS_DRAWN_IN_A_FRAME {
            self.update_whole(ctx, plan, revision, &sight, with);
        } else {
            self.update_in_frame(ctx, plan, revision, &sight, with);
        }
        let latest = self.latest.as_ref().filter(|latest| latest.knowledge.revision == revision);
        let stage = sight.stage;
        let wanted = Drawn::wanted(revision, sight);
        self.is_stale = latest.is_none_or(|latest| latest.drawn != wanted);
        if let Some(latest) = latest {
            self.fixes.update(ctx, plan, &latest.knowledge, stage);
        }
    }

    /// The rules on a thread, the picture here.
    fn update_in_frame(
        &mut self,
        ctx: &egui::Context,
        plan: &Arc<Plan>,
        revision: u64,
        sight: &Sight,
        with: Option<&ComparedPlan>,
    ) {
        let wanted = (revision, sight.compared);
        if self.known_now() != Some(wanted) && self.known_on_its_way() != Some(wanted) {
            let (plan, ctx, with) = (Arc::clone(plan), ctx.clone(), with.cloned());
            let earlier = self.latest.as_ref().map(Derived::known);
            let work = move || Known::new(&plan, revision, with.as_ref(), earlier.as_ref());
            self.pending = Some(Pending::Known(wanted, on_a_thread(&ctx, work)));
        }
        let mut known = self.latest.as_ref().map(Derived::known);
        if let Some(Pending::Known(_, receiver)) = &self.pending {
            // The first look waits: there is nothing older to show.
            let result = match &known {
                Some(_) => receiver.recv_timeout(PATIENCE),
                None => receiver.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            if let Ok(result) = result {
                known = Some(result);
                self.pending = None;
            } else if result.err() == Some(RecvTimeoutError::Disconnected) {
                self.pending = None;
            }
        }
        let Some(known) = known else { return };
        let drawn = Drawn::of(revision, &known, sight.clone());
        if self.latest.as_ref().is_none_or(|latest| latest.drawn != drawn) {
            self.latest = Some(Derived::new(plan, revision, known, sight, self.latest.as_ref()));
        }
    }

    fn known_now(&self) -> Option<Wanted> {
        let latest = self.latest.as_ref()?;
        let revision = latest.knowledge.revision;
        let compared = latest.compared.as_ref().filter(|compared| compared.revision == revision);
        Some((revision, compared.map(|compared| compared.key())))
    }

    fn known_on_its_way(&self) -> Option<Wanted> {
        match &self.pending {
            Some(Pending::Known(wanted, _)) => Some(*wanted),
            _ => None,
        }
    }

    /// Rules and picture on a thread; what is under way is waited for before something newer begins.
    fn update_whole(
        &mut self,
        ctx: &egui::Context,
        plan: &Arc<Plan>,
        revision: u64,
        sight: &Sight,
        with: Option<&ComparedPlan>,
    ) {
        match &self.pending {
            Some(Pending::Whole(receiver)) => match receiver.recv_timeout(Duration::ZERO) {
                Ok(derived) => {
                    self.latest = Some(derived);
                    self.pending = None;
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => self.pending = None,
            },
            _ => self.pending = None,
        }
        let wanted = Drawn::wanted(revision, sight.clone());
        let is_done = self.latest.as_ref().is_some_and(|latest| latest.drawn == wanted);
        if is_done || self.pending.is_some() {
            return;
        }
        let (plan, earlier, with) = (Arc::clone(plan), self.latest.clone(), with.cloned());
        let sight = sight.clone();
        let receiver = on_a_thread(ctx, move || {
            let known = earlier.as_ref().map(Derived::known);
            let is_known = known.as_ref().filter(|known| {
                known.knowledge.revision == revision && Drawn::of(revision, known, sight.clone()) == wanted
            });
            let known = is_known
                .cloned()
                .unwrap_or_else(|| Known::new(&plan, revision, with.as_ref(), known.as_ref()));
            Derived::new(&plan, revision, known, &sight, earlier.as_ref())
        });
        self.pending = Some(Pending::Whole(receiver));
    }

    /// What is derived, if anything is yet.
    #[must_use]
    pub const fn latest(&self) -> Option<&Derived> {
        self.latest.as_ref()
    }

    /// The fixes that are known.
    #[must_use]
    pub const fn fixes(&self) -> &Arc<Fixes> {
        self.fixes.latest()
    }

    /// Whether something newer is being worked out than is shown.
    #[must_use]
    pub const fn is_stale(&self) -> bool {
        self.is_stale
    }

    /// Whether anything is being worked out, fixes too.
    #[must_use]
    pub const fn is_busy(&self) -> bool {
        self.is_stale || self.fixes.is_busy()
    }
}

fn on_a_thread<T: Send + 'static>(
    ctx: &egui::Context,
    job: impl FnOnce() -> T + Send + 'static,
) -> Receiver<T> {
    let (sender, receiver) = channel();
    let ctx = ctx.clone();
    std::thread::spawn(move || {
        // A window that was closed meanwhile does not want the result.
        let _ = sender.send(job());
        ctx.request_repaint();
    });
    receiver
}
