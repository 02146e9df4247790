//! The built program while the kernel refuses its calls one after the other, or kills it there.
//!
//! The same on a simulated disk, and far more of it, stands in `src/plan_file/faults.rs`; this
//! shows that the real calls are as they are thought to be. Skipped where there is no `strace`.

use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use hybridscape::plan_file::{read, write};

const OLD: &str = "(format: 1, name: \"Shop\", systems: {\"erp\": (name: \"ERP\")})";
/// The calls that saving makes, and some that starting and reading make.
const CALLS: [&str; 9] =
    ["openat", "read", "statx", "write", "fsync", "rename", "readlink", "lseek", "unlink"];

/// Runs `hybridscape format` while something is injected into its system calls.
fn format_with(injected: &str, plan: &Path) -> ExitStatus {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq", "-o", "/dev/null", "-e"]).arg(format!("inject={injected}"));
    command.arg(env!("CARGO_BIN_EXE_hybridscape")).arg("format").arg(plan);
    command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap()
}

fn has_strace() -> bool {
    let version = Command::new("strace").arg("-V").stdout(Stdio::null()).stderr(Stdio::null()).status();
    let traces = || format_with("write:delay_enter=0:when=1", Path::new("none")).code() == Some(2);
    version.is_ok_and(|status| status.success()) && traces()
}

#[test]
fn no_refused_call_and_no_kill_tears_a_file_or_is_called_success() {
    if !has_strace() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let plan = folder.path().join("shop.plan.ron");
    let new = write(&read(OLD).unwrap());
    let (mut faults, mut kept) = (0, 0);
    for call in CALLS {
        for how in ["error=ENOSPC", "error=EIO", "signal=KILL"] {
            // Until the calls with these numbers no longer come; a single one may not matter.
            let mut successes = 0;
            for number in 1..40 {
                std::fs::write(&plan, OLD).unwrap();
                let status = format_with(&format!("{call}:{how}:when={number}"), &plan);
                let found = std::fs::read_to_string(&plan).unwrap();
                let what = format!("{call} {number} {how}: {status}");
                assert!(found == OLD || found == new, "{what}: torn");
                assert!(found == new || !status.success(), "{what}: called success");
                successes = if status.success() { successes + 1 } else { 0 };
                if successes == 3 {
                    break;
                }
                faults += usize::from(!status.success());
                kept += usize::from(found == OLD);
            }
        }
    }
    std::fs::write(&plan, OLD).unwrap();
    assert!(!format_with("rename:retval=0", &plan).success(), "a rename that did nothing is called success");
    println!("{faults} calls refused or killed, 0 torn, 0 wrongly called success, {kept} times the old file");
    assert!(faults >= 50, "{faults}");
}
