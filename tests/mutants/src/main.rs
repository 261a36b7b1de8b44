//! Changes the core in every way that a test should notice, and says which changes none noticed: `mutants --help`.
//!
//! A build takes seconds and a run of the tests that matter takes milliseconds, so all changes are built at once, each
//! behind a switch that an environment variable turns on.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it tells what it does")]

mod blame;
mod classic;
mod mutant;
#[cfg(test)]
mod on;
mod programs;
mod report;
mod switch;
mod tree;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, thread};

use mutant::{Mutant, Verdict};
use programs::Program;
use tree::Tree;

const HELP: &str = "\
Changes the core in every way that a test should notice, and says which changes none noticed.

Usage: .ci/mutants [--shard K/N] [FILE …]

  --shard K/N   every N-th mutant, from the K-th on, which is counted from 0
  FILE          a path or a glob [core/src/**/*.rs]

What is committed is tested. Lists are written to target/mutants: caught and timeout, with the program that noticed;
missed by the tests that get there; unreached by any; unviable, since it does not compile. Prints how many were noticed.
Exits with 1 if it could not tell.";

type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

struct Options {
    shard: (usize, usize),
    files: Vec<String>,
}

fn options(arguments: impl Iterator<Item = String>) -> Result<Options> {
    let mut arguments = arguments.peekable();
    let mut shard = (0, 1);
    if arguments.next_if_eq("--shard").is_some() {
        let value = arguments.next().ok_or("--shard wants K/N")?;
        let numbers = value.split_once('/').and_then(|(k, n)| Some((k.parse().ok()?, n.parse().ok()?)));
        shard = numbers.filter(|(k, n)| k < n).ok_or_else(|| format!("--shard wants K/N with K < N, not {value:?}"))?;
    }
    let mut files: Vec<_> = arguments.collect();
    if let Some(option) = files.iter().find(|file| file.starts_with('-')) {
        return Err(format!("there is no option {option:?}").into());
    }
    if files.is_empty() {
        files.push("core/src/**/*.rs".to_owned());
    }
    Ok(Options { shard, files })
}

/// Runs mutants on all processors.
fn run(programs: &[Program], mutants: &[&Mutant]) -> Result<Vec<(u32, Verdict)>> {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut verdicts = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(mutant) = mutants.get(at) else { return Ok(verdicts) };
            if at > 0 && at % 100 == 0 {
                eprintln!("  {at} of {}", mutants.len());
            }
            verdicts.push((mutant.id, programs::run(programs, mutant.id)?));
        }
    };
    thread::scope(|scope| {
        let workers = thread::available_parallelism().map_or(1, usize::from);
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().map(|worker| worker.join().map_err(|_| "a worker panicked")?);
        Ok(done.collect::<Result<Vec<_>>>()?.concat())
    })
}

fn mutants(Options { shard: (k, n), files }: &Options) -> Result<()> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).ok_or("no repository")?;
    let out = repository.join("target/mutants");
    let plain = Tree::unpack(repository, out.join("plain"))?;
    let mutants = classic::list(&plain, files)?;
    if mutants.is_empty() {
        return Err(format!("there is nothing to change in {}", files.join(", ")).into());
    }
    let mutants: Vec<_> = mutants.into_iter().skip(*k).step_by(*n).collect();
    eprintln!("{} mutants", mutants.len());

    eprintln!("putting them behind switches");
    let tree = Tree::unpack(repository, out.join("switched"))?;
    let on = tree.switch(&mutants)?;
    let (switched, others): (Vec<_>, Vec<_>) = mutants.iter().partition(|mutant| on.contains(&mutant.id));

    eprintln!("compiling {} others one by one", others.len());
    let unviable = classic::check(&plain, &others)?;
    let plainly: Vec<_> = others.into_iter().filter(|mutant| !unviable.contains(&mutant.id)).collect();
    let mut verdicts: BTreeMap<_, _> = unviable.into_iter().map(|id| (id, Verdict::Unviable)).collect();

    eprintln!("building the tests with {} switches", switched.len());
    let tests = tree.tests()?;
    let mut programs = tree.build(&tests)?;
    eprintln!("running them with none on");
    programs::explore(&mut programs, &out.join("reach"))?;
    eprintln!("running them with one on");
    verdicts.extend(run(&programs, &switched)?);

    eprintln!("building and running {} others one by one", plainly.len());
    verdicts.extend(classic::test(&plain, &plainly, &tests)?);

    let judged = mutants.iter().map(|mutant| {
        let verdict = verdicts.remove(&mutant.id).ok_or_else(|| format!("nothing is known of {}", mutant.name))?;
        Ok((mutant, verdict))
    });
    let judged = judged.collect::<Result<Vec<_>>>()?;
    report::write(&out, &judged)?;
    print!("{}", report::table(&judged));
    Ok(())
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let result = options(arguments.into_iter()).and_then(|options| mutants(&options));
    if let Err(error) = &result {
        eprintln!("mutants: {error}");
    }
    ExitCode::from(u8::from(result.is_err()))
}

#[test]
fn nothing_is_on_without_the_variable() {
    assert!(!on::on(1));
}
