//! The journal: every step of a document on disk before the next, so that a crash costs nothing.
//!
//! It is written on a thread of its own; the window only hands over the plan. It holds what is
//! not saved and is gone when nothing is.

mod log;
mod record;
mod recovery;
mod slot;
mod step;
#[cfg(test)]
mod tests;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::{StateFolder, Version};
use crate::model::Plan;
pub(super) use log::Log;
pub use log::Replay;
pub use recovery::{Recoverable, Recovery, recoverable};
#[cfg(test)]
pub(super) use slot::free as free_slot;

/// How long a step waits at most until it is made to survive a power cut: a second less than
/// the five that are promised, for the disk to do it.
const SYNC_AFTER: Duration = Duration::from_secs(4);

/// The journal of an open document.
///
/// When it is dropped, what is not saved stays on disk for [`recoverable`].
#[derive(Debug)]
pub struct Journal {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    problem: Arc<Mutex<Option<io::Error>>>,
}

enum Message {
    Step(String, Arc<Plan>),
    Saved(Arc<Plan>, PathBuf, Version),
    Follows(Arc<Plan>, Version),
    Discard(Sender<io::Result<()>>),
    Remove,
    Flush(Sender<()>),
}

impl Journal {
    /// The journal of a plan that was just opened from a file, or that never had one. Nothing is
    /// written until the first step.
    ///
    /// # Errors
    /// What the system said when there is no room for another journal in the state folder.
    pub fn begin(state: &StateFolder, plan: &Arc<Plan>, file: Option<(&Path, Version)>) -> io::Result<Self> {
        let (journal, lock) = slot::free(state)?;
        let present = Replay {
            path: file.map(|(path, _)| std::path::absolute(path)).transpose()?,
            base: file.map(|(_, version)| version),
            base_plan: file.map(|_| Arc::clone(plan)),
            steps: 0,
            label: String::new(),
            plan: Arc::clone(plan),
        };
        Ok(Self::start(Log::new(state.clone(), journal, lock, present), None))
    }

    fn start(log: Log, error: Option<io::Error>) -> Self {
        let (sender, receiver) = channel();
        let problem = Arc::new(Mutex::new(error));
        let problem_of_thread = Arc::clone(&problem);
        let thread = std::thread::Builder::new().name("journal".to_owned());
        let thread = thread.spawn(move || write_down(log, &receiver, &problem_of_thread));
        if let Err(error) = &thread {
            note(&problem, Err(io::Error::new(error.kind(), error.to_string())));
        }
        Self { sender: Some(sender), thread: thread.ok(), problem }
    }

    /// Notes the step that led to this plan, also where it is Undo or Redo.
    pub fn record(&self, label: &str, plan: &Arc<Plan>) {
        self.send(Message::Step(label.to_owned(), Arc::clone(plan)));
    }

    /// Notes that a plan, perhaps no longer the present one, is in a file.
    pub fn saved(&self, plan: &Arc<Plan>, path: &Path, version: Version) {
        let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        self.send(Message::Saved(Arc::clone(plan), path, version));
    }

    /// Notes that the file of the plan holds this now, and that what it holds is in the steps: somebody else
    /// wrote it, and it was merged.
    pub fn follows(&self, in_file: &Arc<Plan>, version: Version) {
        self.send(Message::Follows(Arc::clone(in_file), version));
    }

    /// Ends the journal of a plan that is not to be saved. The work becomes a version that is
    /// marked so.
    ///
    /// # Errors
    /// What the system said; the work is then found again by [`recoverable`].
    pub fn discard(self) -> io::Result<()> {
        let (sender, receiver) = channel();
        self.send(Message::Discard(sender));
        receiver.recv().unwrap_or_else(|_| Err(io::Error::other("the journal ended early")))
    }

    /// Ends the journal of a plan in which nothing is unsaved, or of which nothing is worth keeping.
    pub fn end(self) {
        self.send(Message::Remove);
    }

    /// Waits until everything is written that was handed over.
    pub fn flush(&self) {
        let (sender, receiver) = channel();
        self.send(Message::Flush(sender));
        // The thread answers, or has ended and answers no more.
        let _ = receiver.recv();
    }

    /// What went wrong since somebody asked, as a sentence. Until it is put right, work since the
    /// last save is lost in a crash; the next step tries again.
    #[must_use]
    pub fn problem(&self) -> Option<String> {
        let error = self.problem.lock().unwrap_or_else(PoisonError::into_inner).take()?;
        Some(format!(
            "Steps are not protected against a crash, because the journal could not be written ({error}). Save \
             the plan, and check whether the disk of your settings is full or protected."
        ))
    }

    fn send(&self, message: Message) {
        if let Some(sender) = &self.sender {
            // Where the thread could not be started, `problem` said so.
            let _ = sender.send(message);
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        self.sender = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// The journal's thread: writes what comes in, at once, and makes it last a little later.
fn write_down(mut log: Log, receiver: &Receiver<Message>, problem: &Mutex<Option<io::Error>>) {
    let mut sync_at: Option<Instant> = None;
    loop {
        let wait = sync_at.map_or(Duration::MAX, |at| at.saturating_duration_since(Instant::now()));
        match receiver.recv_timeout(wait) {
            Ok(message) => {
                note(problem, take(&mut log, message));
                sync_at.get_or_insert_with(|| Instant::now() + SYNC_AFTER);
            }
            Err(RecvTimeoutError::Timeout) => {
                note(problem, log.sync());
                sync_at = None;
            }
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    note(problem, log.sync());
}

fn take(log: &mut Log, message: Message) -> io::Result<()> {
    match message {
        Message::Step(label, plan) => log.record(&label, &plan),
        Message::Saved(plan, path, version) => log.saved(&plan, &path, version),
        Message::Follows(in_file, version) => log.follows(in_file, version),
        Message::Remove => log.remove(),
        Message::Discard(answer) => {
            let _ = answer.send(log.discard());
            Ok(())
        }
        Message::Flush(answer) => {
            let _ = answer.send(());
            Ok(())
        }
    }
}

fn note(problem: &Mutex<Option<io::Error>>, result: io::Result<()>) {
    if let Err(error) = result {
        *problem.lock().unwrap_or_else(PoisonError::into_inner) = Some(error);
    }
}
