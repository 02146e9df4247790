//! `git install`: tells git to compare and merge plans by meaning; and git's own merge of lines, where that is needed.
//! What git is only asked is in the room `git`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use clap::{Args, Subcommand};

use crate::git::NoGit;
use crate::plan_file::write_whole;

use super::{Failure, Outcome, cannot_read};

/// The line of `.gitattributes`.
const ATTRIBUTES: &str = "*.plan.ron text eol=lf merge=hybridscape diff=hybridscape";

/// Where the heading of a change in `git diff` is found: the line with an element's id.
const HEADINGS: &str = "^ {8}\"([^\"]+)\": \\($";

/// Tells git to compare and merge plans by meaning, or to stop.
#[derive(Debug, Args)]
pub struct Git {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Makes Hybridscape git's merge driver for plan files. Does nothing where it is.
    Install(Where),
    /// Takes back what `install` did.
    Uninstall(Where),
}

#[derive(Debug, Args)]
struct Where {
    /// For all repositories of this user, instead of the one around this folder.
    #[arg(long)]
    global: bool,
}

impl Git {
    pub(super) fn run(&self, out: &mut dyn Write) -> Result<Outcome, Failure> {
        let (Action::Install(place) | Action::Uninstall(place)) = &self.action;
        let scope = if place.global { "--global" } else { "--local" };
        let attributes =
            if place.global { global_attributes()? } else { top_level()?.join(".gitattributes") };
        let whose =
            if place.global { "your git configuration" } else { "the repository's git configuration" };
        match self.action {
            Action::Install(_) => install(scope, whose, &attributes, out)?,
            Action::Uninstall(_) => uninstall(scope, whose, &attributes, out)?,
        }
        Ok(Outcome::Clean)
    }
}

fn install(scope: &str, whose: &str, attributes: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let mut changed = 0_usize;
    for (key, value) in settings() {
        let known = git(&["config", scope, "--get", key])?;
        if String::from_utf8_lossy(&known.stdout).trim_end_matches('\n') != value {
            succeeded(&["config", scope, key, &value], "change its configuration")?;
            changed += 1;
        }
    }
    match changed {
        0 => writeln!(out, "{whose} knows Hybridscape already")?,
        _ => writeln!(out, "made Hybridscape the merge driver for plan files in {whose}")?,
    }
    let text = attributes_text(attributes)?;
    if text.lines().any(|line| line.trim_end() == ATTRIBUTES) {
        return Ok(writeln!(out, "plan files are marked already: {}", attributes.display())?);
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    write_attributes(attributes, &format!("{text}{gap}{ATTRIBUTES}\n"))?;
    writeln!(out, "marked plan files in: {}", attributes.display())?;
    if scope == "--local" {
        writeln!(out, "commit that file; everybody who merges runs `hybridscape git install` once")?;
    }
    Ok(())
}

fn uninstall(scope: &str, whose: &str, attributes: &Path, out: &mut dyn Write) -> Result<(), Failure> {
    let mut removed = false;
    for section in ["merge.hybridscape", "diff.hybridscape"] {
        removed |= git(&["config", scope, "--remove-section", section])?.status.success();
    }
    if removed {
        writeln!(out, "took Hybridscape out of {whose}")?;
    } else {
        writeln!(out, "{whose} does not know Hybridscape")?;
    }
    let text = attributes_text(attributes)?;
    let left: String = text.split_inclusive('\n').filter(|line| line.trim_end() != ATTRIBUTES).collect();
    if left == text {
        return Ok(writeln!(out, "plan files are not marked: {}", attributes.display())?);
    }
    if left.trim().is_empty() {
        fs::remove_file(attributes).map_err(|reason| not_written(reason, attributes))?;
    } else {
        write_attributes(attributes, &left)?;
    }
    Ok(writeln!(out, "plan files are no longer marked in: {}", attributes.display())?)
}

/// Keys and values of git's configuration. Where the program has gone, git's own ways are used.
fn settings() -> [(&'static str, String); 4] {
    let program = program();
    let is_there = format!("if command -v {program} >/dev/null 2>&1; then {program}");
    [
        ("merge.hybridscape.name", "merge of plans by meaning".to_owned()),
        (
            "merge.hybridscape.driver",
            format!(
                "{is_there} merge --driver --marker-size %L --path %P -o %A %O %A %B; \
                 else git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; fi"
            ),
        ),
        (
            "diff.hybridscape.textconv",
            format!("show() {{ {is_there} textconv \"$1\"; else cat \"$1\"; fi; }}; show"),
        ),
        ("diff.hybridscape.xfuncname", HEADINGS.to_owned()),
    ]
}

/// How a shell starts this program: by its name where the PATH leads to it, else by its path.
fn program() -> String {
    let Ok(own) = std::env::current_exe().and_then(fs::canonicalize) else { return "hybridscape".to_owned() };
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("hybridscape{}", std::env::consts::EXE_SUFFIX);
    let on_path =
        std::env::split_paths(&folders).map(|folder| folder.join(&name)).find(|path| path.is_file());
    if on_path.and_then(|path| fs::canonicalize(path).ok()).is_some_and(|path| path == own) {
        return "hybridscape".to_owned();
    }
    let path = own.display().to_string();
    let path = path.strip_prefix(r"\\?\").unwrap_or(&path).replace('\\', "/");
    format!("'{}'", path.replace('\'', r"'\''"))
}

fn attributes_text(path: &Path) -> Result<String, Failure> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(String::new()),
        Err(error) => Err(cannot_read(&error, path)),
    }
}

fn write_attributes(path: &Path, text: &str) -> Result<(), Failure> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    folder.and_then(|()| write_whole(path, text.as_bytes())).map_err(|reason| not_written(reason, path))
}

pub(super) fn not_written(reason: std::io::Error, path: &Path) -> Failure {
    Failure::NotWritten { reason, path: path.display().to_string() }
}

fn git(arguments: &[&str]) -> Result<Output, NoGit> {
    Command::new("git").args(arguments).output().map_err(NoGit::Missing)
}

/// What git prints, where it does what it is told.
fn succeeded(arguments: &[&str], what: &'static str) -> Result<String, NoGit> {
    let output = git(arguments)?;
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
    if output.status.success() {
        return Ok(text(&output.stdout));
    }
    Err(NoGit::Refused(what, text(&output.stderr)))
}

/// The folder in which the repository's files lie.
fn top_level() -> Result<PathBuf, Failure> {
    match succeeded(&["rev-parse", "--show-toplevel"], "name its folder") {
        Err(NoGit::Refused(..)) => Err(Failure::Other(format!(
            "this folder is in no git repository; run the command inside of one, or pass --global for all \
             repositories: {}",
            std::env::current_dir().unwrap_or_default().display()
        ))),
        found => Ok(PathBuf::from(found?)),
    }
}

/// The user's own attributes file, whether it is there or not.
fn global_attributes() -> Result<PathBuf, NoGit> {
    let asked = git(&["var", "GIT_ATTR_GLOBAL"])?;
    if asked.status.success() {
        return Ok(PathBuf::from(String::from_utf8_lossy(&asked.stdout).trim_end()));
    }
    // Versions of git before 2.42 do not tell.
    let set = git(&["config", "--global", "--type=path", "core.attributesFile"])?;
    if set.status.success() {
        return Ok(PathBuf::from(String::from_utf8_lossy(&set.stdout).trim_end()));
    }
    let home = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let folder = home("XDG_CONFIG_HOME")
        .or_else(|| Some(home("HOME").or_else(|| home("USERPROFILE"))?.join(".config")));
    let unknown = || NoGit::Refused("name its attributes file", "no home folder is set".to_owned());
    folder.map(|folder| folder.join("git/attributes")).ok_or_else(unknown)
}

/// Merges by line as git does; base, ours, theirs. The result is in the file of ours.
pub(super) fn merge_lines(files: [&Path; 3], marker_size: u32) -> Result<Outcome, Failure> {
    let [base, ours, theirs] = files;
    let mut command = Command::new("git");
    command.arg("merge-file").arg(format!("--marker-size={marker_size}"));
    command.args(["-L", "ours", "-L", "base", "-L", "theirs", "--"]).args([ours, base, theirs]);
    let output = command.output().map_err(NoGit::Missing)?;
    match output.status.code() {
        Some(0) => Ok(Outcome::Clean),
        Some(1..=127) => Ok(Outcome::Found),
        _ => {
            let reason = String::from_utf8_lossy(&output.stderr).trim_end().to_owned();
            Err(NoGit::Refused("merge the lines", reason).into())
        }
    }
}
