//! Copies of the committed tree: one to put switches into and build, one for cargo-mutants to change.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Result;
use crate::blame::blame;
use crate::mutant::Mutant;
use crate::programs::Program;
use crate::switch::switch;

/// Where the module of the switches is declared.
const LIB: &str = "core/src/lib.rs";
const MODULE: &str = "\nmod switch;\n";

/// A copy of the committed tree.
#[derive(Debug)]
pub(crate) struct Tree {
    root: PathBuf,
}

impl Tree {
    /// Unpacks what is committed in `repository`, in place of what was at `root`.
    pub(crate) fn unpack(repository: &Path, root: PathBuf) -> Result<Self> {
        if root.exists() {
            fs::remove_dir_all(&root)?;
        }
        fs::create_dir_all(&root)?;
        let mut archive =
            Command::new("git").args(["archive", "HEAD"]).current_dir(repository).stdout(Stdio::piped()).spawn()?;
        let packed = archive.stdout.take().ok_or("git has no output")?;
        // What is built already may be newer than the commit, but not than now.
        let unpacked = Command::new("tar").args(["-x", "-m", "-C"]).arg(&root).stdin(packed).status()?;
        if !archive.wait()?.success() || !unpacked.success() {
            return Err("the committed tree can't be unpacked".into());
        }
        Ok(Self { root })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A command of cargo in this tree. What is built stays for the next run, beside the tree.
    pub(crate) fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.arg(command).current_dir(&self.root).env("CARGO_TARGET_DIR", self.root.with_file_name("build"));
        cargo
    }

    /// Puts mutants behind switches, but for those that don't compile there; which were.
    pub(crate) fn switch(&self, mutants: &[Mutant]) -> Result<BTreeSet<u32>> {
        let files: BTreeSet<_> = mutants.iter().map(|mutant| &mutant.file).collect();
        let files = files.into_iter().map(|file| Ok((file, fs::read_to_string(self.root.join(file))?)));
        let files = files.collect::<Result<Vec<_>>>()?;
        let lib = self.root.join(LIB);
        fs::write(self.root.join("core/src/switch.rs"), include_str!("on.rs"))?;
        fs::write(&lib, fs::read_to_string(&lib)? + MODULE)?;
        let mut left_out = BTreeSet::new();
        loop {
            let (mut switched, mut insertions) = (BTreeSet::new(), Vec::new());
            for (file, text) in &files {
                let of = |mutant: &&Mutant| mutant.file == **file && !left_out.contains(&mutant.id);
                let done = switch(text, &mutants.iter().filter(of).collect::<Vec<_>>())?;
                let module = if *file == LIB { MODULE } else { "" };
                fs::write(self.root.join(file), done.text + module)?;
                switched.extend(done.insertions.iter().flat_map(|place| &place.mutants).map(|(_, id)| *id));
                insertions.push((file.as_str(), done.insertions));
            }
            let (messages, failure) = self.compile(self.cargo("check").args(["-p", "wharf", "--all-features"]))?;
            let Some(failure) = failure else { return Ok(switched) };
            let errors = messages.iter().map(|message| &message["message"]).filter(|error| error["level"] == "error");
            let blamed: BTreeSet<_> = errors.flat_map(|error| blame(error, &insertions)).collect();
            if blamed.is_empty() {
                return Err(format!("the core doesn't compile with switches:\n{failure}").into());
            }
            eprintln!("  {} of {} don't compile so", blamed.len(), switched.len());
            left_out.extend(blamed);
        }
    }

    /// The tests that need nothing but the core: neither those that look at the tree nor those that start programs.
    pub(crate) fn tests(&self) -> Result<Vec<String>> {
        let output = self.cargo("metadata").args(["--no-deps", "--format-version", "1"]).output()?;
        let metadata: Value = serde_json::from_slice(&output.stdout)?;
        let packages = metadata["packages"].as_array().ok_or("no packages")?;
        let package = packages.iter().find(|package| package["name"] == "wharf-tests").ok_or("no wharf-tests")?;
        let targets = package["targets"].as_array().ok_or("no targets")?.iter();
        let tests = targets.filter(|target| target["kind"][0] == "test").filter_map(|target| target["name"].as_str());
        Ok(tests.filter(|name| !matches!(*name, "tidy" | "tool")).map(str::to_owned).collect())
    }

    /// Builds the core's own tests and those named.
    pub(crate) fn build(&self, tests: &[String]) -> Result<Vec<Program>> {
        let mut cargo = self.cargo("test");
        cargo.args(["-p", "wharf", "-p", "wharf-tests", "--no-run", "--lib"]);
        cargo.args(tests.iter().map(|test| format!("--test={test}")));
        let (messages, failure) = self.compile(&mut cargo)?;
        if let Some(failure) = failure {
            return Err(format!("the tests don't compile with switches:\n{failure}").into());
        }
        let built = messages.iter().filter(|message| message["profile"]["test"] == true);
        let programs = built.filter_map(|message| {
            let name = message["target"]["name"].as_str()?;
            let folder = Path::new(message["manifest_path"].as_str()?).parent()?;
            Some(Program::new(name, message["executable"].as_str()?, folder))
        });
        Ok(programs.collect())
    }

    /// Compiles; all messages, and what a reader would have seen if it fails.
    fn compile(&self, cargo: &mut Command) -> Result<(Vec<Value>, Option<String>)> {
        cargo.args(["-q", "--message-format=json"]).env("RUSTFLAGS", "--cap-lints allow");
        let output = cargo.env("CARGO_PROFILE_DEV_DEBUG", "false").output()?;
        let lines = output.stdout.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
        let messages: Vec<Value> = lines.map(serde_json::from_slice).collect::<std::result::Result<_, _>>()?;
        let failure = (!output.status.success()).then(|| {
            let rendered = messages.iter().filter_map(|message| message["message"]["rendered"].as_str());
            rendered.collect::<String>() + &String::from_utf8_lossy(&output.stderr)
        });
        Ok((messages, failure))
    }
}
