//! cargo-mutants itself: it lists the mutants, and runs those that can't be switched, one build each.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::Result;
use crate::mutant::{Mutant, Verdict};
use crate::tree::Tree;

/// Lists the mutants of the core, or of those of its files that the globs name.
pub(crate) fn list(tree: &Tree, files: &[String]) -> Result<Vec<Mutant>> {
    let mut command = tree.cargo("mutants");
    command.args(["--list", "--json", "-p", "wharf"]).args(files.iter().map(|file| format!("--file={file}")));
    let output = command.stderr(Stdio::inherit()).output()?;
    if !output.status.success() {
        return Err("cargo mutants can't list the mutants".into());
    }
    let entries: Vec<Value> = serde_json::from_slice(&output.stdout)?;
    (1..).zip(&entries).map(|(id, entry)| Mutant::read(id, entry)).collect()
}

/// Which of the mutants don't compile.
pub(crate) fn check(tree: &Tree, mutants: &[&Mutant]) -> Result<BTreeSet<u32>> {
    let outcomes = run(tree, mutants, |cargo| {
        cargo.args(["--check", "--all-features"]);
    })?;
    Ok(outcomes.into_iter().filter(|(_, outcome)| *outcome == "unviable").map(|(id, _)| id).collect())
}

/// Runs mutants against all tests.
pub(crate) fn test(tree: &Tree, mutants: &[&Mutant], tests: &[String]) -> Result<BTreeMap<u32, Verdict>> {
    // Tests take up to 100 s with nothing wrong, so that only what takes far longer never ends. They are arguments of
    // the build, which would else make all of them.
    let outcomes = run(tree, mutants, |cargo| {
        cargo.args(["--profile=quick", "--timeout=900", "--test-package=wharf,wharf-tests", "--cargo-arg=--lib"]);
        cargo.args(tests.iter().map(|test| format!("--cargo-arg=--test={test}")));
    })?;
    let verdict = |outcome| match outcome {
        "caught" => Verdict::Caught("cargo test".to_owned()),
        "timeout" => Verdict::Timeout("cargo test".to_owned()),
        "unviable" => Verdict::Unviable,
        _ => Verdict::Missed,
    };
    Ok(outcomes.into_iter().map(|(id, outcome)| (id, verdict(outcome))).collect())
}

const OUTCOMES: [&str; 4] = ["caught", "timeout", "missed", "unviable"];

/// Runs cargo-mutants on mutants; the outcome of each that has one.
fn run(tree: &Tree, mutants: &[&Mutant], options: impl Fn(&mut Command)) -> Result<BTreeMap<u32, &'static str>> {
    if mutants.is_empty() {
        return Ok(BTreeMap::new());
    }
    let mut cargo = tree.cargo("mutants");
    cargo.args(["-p", "wharf", "--in-place", "--baseline=skip", "--build-timeout=1200", "--colors=never", "-o"]);
    cargo.arg(tree.root());
    // It runs those that delete fields whatever the names to run say.
    let files: BTreeSet<_> = mutants.iter().map(|mutant| &mutant.file).collect();
    cargo.args(files.iter().map(|file| format!("--file={file}")));
    cargo.args(mutants.iter().map(|mutant| format!("--re=^{}$", escaped(&mutant.name))));
    options(&mut cargo);
    let status = cargo.stdout(Stdio::null()).status()?;
    // 2 and 3 say that some were missed, or took too long.
    if !matches!(status.code(), Some(0 | 2 | 3)) {
        return Err(format!("cargo mutants fails: {status}").into());
    }
    let mut outcomes = BTreeMap::new();
    for outcome in OUTCOMES {
        let names = fs::read_to_string(tree.root().join("mutants.out").join(outcome).with_extension("txt"))?;
        let names: BTreeSet<_> = names.lines().collect();
        let of = mutants.iter().filter(|mutant| names.contains(&*mutant.name));
        outcomes.extend(of.map(|mutant| (mutant.id, outcome)));
    }
    Ok(outcomes)
}

/// A regular expression that only the text matches.
fn escaped(text: &str) -> String {
    let special = |c| "\\.+*?()|[]{}^$".contains(c);
    text.chars().flat_map(|c| special(c).then_some('\\').into_iter().chain([c])).collect()
}
