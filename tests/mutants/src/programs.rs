//! The test programs: which tests get to which switch, and whether one notices a mutant.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::mutant::Verdict;

/// What a program may take of memory, in KiB: far more than any needs, and little enough for a few at once.
const MEMORY: u64 = 4 << 20;

/// A test program.
#[derive(Debug)]
pub(crate) struct Program {
    pub(crate) name: String,
    path: PathBuf,
    folder: PathBuf,
    /// How long it takes with nothing wrong.
    took: Duration,
    /// The tests that get to a switch; none if it isn't known which.
    reach: BTreeMap<u32, BTreeSet<String>>,
}

impl Program {
    pub(crate) fn new(name: &str, path: &str, folder: &Path) -> Self {
        let (took, reach) = (Duration::ZERO, BTreeMap::new());
        Self { name: name.to_owned(), path: path.into(), folder: folder.to_owned(), took, reach }
    }

    /// Runs it with no mutant on, and again to note what its tests get to.
    pub(crate) fn explore(&mut self, notes: &Path) -> Result<()> {
        // It isn't known yet how long it takes.
        let limit = Duration::from_secs(3600);
        let begun = Instant::now();
        self.pass(self.command(0, limit).output()?)?;
        self.took = begun.elapsed();
        if notes.exists() {
            fs::remove_file(notes)?;
        }
        self.pass(self.command(0, limit).env("WHARF_MUTANT_REACH", notes).output()?)?;
        let list = self.command(0, limit).args(["--list", "--format=terse"]).output()?;
        let list = String::from_utf8(list.stdout)?;
        let tests: BTreeSet<_> = list.lines().filter_map(|line| line.strip_suffix(": test")).collect();
        let noted = if notes.exists() { fs::read_to_string(notes)? } else { String::new() };
        let mut unknown = BTreeSet::new();
        for line in noted.lines() {
            let (id, thread) = line.split_once(' ').ok_or("a note without a name")?;
            let id = id.parse()?;
            let reached: &mut BTreeSet<_> = self.reach.entry(id).or_default();
            if tests.contains(thread) {
                reached.insert(thread.to_owned());
            } else {
                unknown.insert(id);
            }
        }
        // A test that starts threads is not known by their names.
        unknown.into_iter().for_each(|id| drop(self.reach.insert(id, BTreeSet::new())));
        Ok(())
    }

    fn pass(&self, output: Output) -> Result<()> {
        if output.status.success() {
            return Ok(());
        }
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        Err(format!("{} fails with no mutant on ({}):\n{out}{err}", self.name, output.status).into())
    }

    /// A run of it with a mutant on: one test at a time, so that times can be compared.
    fn command(&self, id: u32, limit: Duration) -> Command {
        let mut command = Command::new("sh");
        // Its time on a processor is limited too, lest it goes on for ever when this one is killed.
        let seconds = 8 * (limit.as_secs() + 1);
        let limits = format!("ulimit -c 0 && ulimit -t {seconds} && ulimit -v {MEMORY} && exec \"$0\" \"$@\"");
        command.arg("-c").arg(limits).arg(&self.path);
        command.arg("--test-threads=1").current_dir(&self.folder).process_group(0);
        command.env("CARGO_MANIFEST_DIR", &self.folder).env("WHARF_MUTANT", id.to_string()).env("RUST_BACKTRACE", "0");
        command
    }

    /// Whether the tests that get to a mutant notice it.
    fn run(&self, id: u32, tests: &BTreeSet<String>) -> Result<Option<Verdict>> {
        let limit = Duration::from_secs(5) + 10 * self.took;
        let mut command = self.command(id, limit);
        if !tests.is_empty() {
            command.arg("--exact").args(tests);
        }
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let output = BufReader::new(child.stdout.take().ok_or("a program has no output")?);
        let (tell, told) = mpsc::channel();
        let reader = thread::spawn(move || {
            let mut lines = output.split(b'\n').map_while(std::result::Result::ok);
            // Nobody listens any more if it has taken too long.
            let _ = tell.send(lines.any(|line| line.ends_with(b"... FAILED")));
        });
        let failed = told.recv_timeout(limit);
        let verdict = if failed == Ok(false) {
            (!child.wait()?.success()).then(|| Verdict::Caught(self.name.clone()))
        } else {
            let group = child.id().to_string();
            Command::new("sh").args(["-c", "kill -9 -\"$0\"", &group]).stderr(Stdio::null()).status()?;
            child.wait()?;
            let verdict = if failed == Ok(true) { Verdict::Caught } else { Verdict::Timeout };
            Some(verdict(self.name.clone()))
        };
        reader.join().map_err(|_| "a reader panicked")?;
        Ok(verdict)
    }
}

/// Runs a mutant until a program notices it: those that take the least time come first.
pub(crate) fn run(programs: &[Program], id: u32) -> Result<Verdict> {
    let mut verdict = Verdict::Unreached;
    for program in programs {
        let Some(tests) = program.reach.get(&id) else { continue };
        if let Some(noticed) = program.run(id, tests)? {
            return Ok(noticed);
        }
        verdict = Verdict::Missed;
    }
    Ok(verdict)
}

/// Explores all, and puts them in the order in which they are run.
pub(crate) fn explore(programs: &mut [Program], notes: &Path) -> Result<()> {
    for program in programs.iter_mut() {
        program.explore(notes)?;
        eprintln!("  {}: {:.1} s, {} mutants", program.name, program.took.as_secs_f64(), program.reach.len());
    }
    programs.sort_by_key(|program| program.took);
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::os::unix::fs::PermissionsExt;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    use super::*;

    /// One test at a time: a script that is being written while another test starts a program can't be run.
    fn alone() -> MutexGuard<'static, ()> {
        static ALONE: Mutex<()> = Mutex::new(());
        ALONE.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A script in place of a test program, in a folder of its own.
    fn program(name: &str, script: &str) -> Program {
        let folder = env::temp_dir().join(format!("wharf-mutants-{}-{name}", std::process::id()));
        fs::create_dir_all(&folder).expect("a folder");
        let path = folder.join(name);
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).expect("a script");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("it can be run");
        Program::new(name, path.to_str().expect("a path in UTF-8"), &folder)
    }

    fn remove(program: &Program) {
        fs::remove_dir_all(&program.folder).expect("it is there");
    }

    #[test]
    fn program_that_fails_with_no_mutant_on_is_named_with_what_it_says() {
        let _alone = alone();
        let mut fails = program("fails", "echo why; exit 101");
        let error = fails.explore(&fails.folder.join("notes")).expect_err("it fails").to_string();
        assert!(error.starts_with("fails fails with no mutant on") && error.ends_with("why\n"), "{error}");
        remove(&fails);
    }

    #[test]
    fn tests_that_get_to_a_mutant_are_run_and_no_others() {
        let _alone = alone();
        let list = r#"case "$*" in *--list*) printf 'a: test\nb: test\n'; exit;; esac"#;
        let note = r#"[ -z "$WHARF_MUTANT_REACH" ] || printf '1 a\n2 b\n2 worker\n' >> "$WHARF_MUTANT_REACH""#;
        let mut notes = program("notes", &format!("{list}\n{note}\necho \"$WHARF_MUTANT $*\" >> runs"));
        notes.explore(&notes.folder.join("reached")).expect("it passes");
        let programs = [notes];
        let verdicts: Vec<_> = (1..=3).map(|id| run(&programs, id).expect("it runs")).collect();
        assert_eq!(verdicts, [Verdict::Missed, Verdict::Missed, Verdict::Unreached]);
        let runs = fs::read_to_string(programs[0].folder.join("runs")).expect("it writes");
        let expected =
            ["0 --test-threads=1", "0 --test-threads=1", "1 --test-threads=1 --exact a", "2 --test-threads=1"];
        assert_eq!(runs.lines().collect::<Vec<_>>(), expected);
        remove(&programs[0]);
    }

    #[test]
    fn first_failure_ends_a_run_with_all_that_it_started() {
        let _alone = alone();
        let fails = program("ends", "sleep 1000 & echo $! > started; echo 'test a ... FAILED'; sleep 1000");
        let begun = Instant::now();
        assert_eq!(fails.run(1, &BTreeSet::new()).expect("it runs"), Some(Verdict::Caught("ends".to_owned())));
        let started = fs::read_to_string(fails.folder.join("started")).expect("it writes");
        // What was killed takes its time to die, and to be collected.
        let stat = format!("/proc/{}/stat", started.trim());
        while fs::read_to_string(&stat).is_ok_and(|stat| !stat.contains(") Z ")) {
            assert!(begun.elapsed() < Duration::from_secs(100));
            thread::yield_now();
        }
        remove(&fails);
    }
}
