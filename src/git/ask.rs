//! Runs git and takes what it prints, within bounds of time and size.

use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// How long git may take, in seconds: the history of a large repository is read in less.
const PATIENCE: u64 = 20;

/// The most that is read of what git prints, in bytes; more than a plan file may have.
const MOST_BYTES: u64 = 65 * 1024 * 1024;

/// Why git cannot be asked or told anything.
#[derive(Debug, thiserror::Error)]
pub enum NoGit {
    /// It does not start.
    #[error("git cannot be started ({0}); install it, or put it on the PATH")]
    Missing(std::io::Error),
    /// It takes too long: what it was to do, and how many seconds it had.
    #[error("git took more than {1} seconds to {0}, and was ended")]
    TooSlow(&'static str, u64),
    /// It will not: what it was to do, and its reason.
    #[error("git refused to {0}: {1}")]
    Refused(&'static str, String),
}

/// The git of this machine, which is only asked.
#[derive(Clone, Debug)]
pub struct Git {
    program: PathBuf,
}

impl Default for Git {
    fn default() -> Self {
        Self { program: PathBuf::from("git") }
    }
}

impl Git {
    /// Another program in its place.
    #[cfg(test)]
    pub(super) fn at(program: impl Into<PathBuf>) -> Self {
        Self { program: program.into() }
    }

    /// What git answers, where it does what it is asked. `what` completes "git refused to …".
    pub(super) fn ask<T: AsRef<OsStr>>(
        &self,
        place: &Place,
        what: &'static str,
        arguments: impl IntoIterator<Item = T>,
    ) -> Result<Vec<u8>, NoGit> {
        let mut command = Command::new(&self.program);
        command.args(["--literal-pathspecs", "--no-optional-locks", "--no-pager"]);
        // A repository can name a program here that git would start.
        command.args(["-c", "core.fsmonitor=false"]);
        command.arg("-C").arg(&place.folder).args(arguments);
        command.env("GIT_TERMINAL_PROMPT", "0").env("LC_ALL", "C");
        // What a partial clone left out is not fetched.
        command.env("GIT_NO_LAZY_FETCH", "1").env("GIT_ALLOW_PROTOCOL", "none");
        // The file says which repository is meant.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(name);
        }
        let output = output_of(command, what, Duration::from_secs(PATIENCE))?;
        if output.status.success() || output.stdout.len() as u64 == MOST_BYTES {
            return Ok(output.stdout);
        }
        Err(NoGit::Refused(what, reason(&output.stderr)))
    }
}

/// What git says without its own headings, in one line.
fn reason(said: &[u8]) -> String {
    let said = String::from_utf8_lossy(said);
    let first = said.lines().find(|line| !line.trim().is_empty()).unwrap_or("it gives no reason");
    first.trim().trim_start_matches("fatal: ").trim_start_matches("error: ").to_owned()
}

/// What a program prints; it is ended when its time is over.
pub(super) fn output_of(
    mut command: Command,
    what: &'static str,
    patience: Duration,
) -> Result<Output, NoGit> {
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(NoGit::Missing)?;
    let pipes = [child.stdout.take().map(read), child.stderr.take().map(read)];
    let end = Instant::now() + patience;
    let read = pipes.map(|pipe| {
        let left = end.saturating_duration_since(Instant::now());
        pipe.and_then(|pipe| pipe.recv_timeout(left).ok())
    });
    if let [Some(stdout), Some(stderr)] = read {
        let status = child.wait().map_err(NoGit::Missing)?;
        return Ok(Output { status, stdout, stderr });
    }
    // One that has ended by itself meanwhile cannot be ended, which is as well.
    let _ = child.kill();
    let _ = child.wait();
    Err(NoGit::TooSlow(what, patience.as_secs()))
}

/// Reads a pipe to its end off this thread.
fn read(pipe: impl Read + Send + 'static) -> Receiver<Vec<u8>> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        // What was read before a pipe broke is all there is.
        let _ = pipe.take(MOST_BYTES).read_to_end(&mut bytes);
        // Nobody waits any more where the time was over.
        let _ = sender.send(bytes);
    });
    receiver
}

/// A file as git is told of it: its folder, and its name there.
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub folder: PathBuf,
    pub name: OsString,
}

impl Place {
    /// Where a file really is: git knows a link as a link, and plans are saved to where it leads.
    pub fn of(path: &Path) -> Self {
        let real = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = real.parent().filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        // Windows' longest way of writing a path, which git does not know.
        let plain = folder.to_str().and_then(|folder| folder.strip_prefix(r"\\?\")).map(PathBuf::from);
        let folder = plain.unwrap_or_else(|| folder.to_owned());
        Self { folder, name: real.file_name().unwrap_or_default().to_owned() }
    }

    /// The file in the index or in a commit, as `:1:./name` or `HEAD:./name`.
    pub fn within(&self, tree: &str) -> OsString {
        let mut words = OsString::from(format!("{tree}:./"));
        words.push(&self.name);
        words
    }
}
