//! Runs case files: `replay FILE…`.
//!
//! Exits with 1 if a case failed, and with 2 if a file can't be read.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]

use std::path::Path;
use std::process::ExitCode;

use wharf_tests::replay;

fn main() -> ExitCode {
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    if files.is_empty() || files.iter().any(|file| file == "--help" || file == "-h") {
        println!("usage: replay FILE…\n\nRuns the cases of the files, and says of each whether it holds.");
        return if files.is_empty() { ExitCode::from(2) } else { ExitCode::SUCCESS };
    }
    let (mut passed, mut failed, mut unreadable) = (0, 0, false);
    for file in &files {
        let file = match replay::read(Path::new(file)) {
            Ok(file) => file,
            Err(error) => {
                eprintln!("{error}");
                unreadable = true;
                continue;
            }
        };
        for case in &file.cases {
            match replay::replay(case) {
                Ok(()) => {
                    passed += 1;
                    println!("ok {}", case.name);
                }
                Err(why) => {
                    failed += 1;
                    println!("FAIL {}: {why}", case.name);
                }
            }
        }
    }
    println!("{passed} passed, {failed} failed");
    match (unreadable, failed) {
        (true, _) => ExitCode::from(2),
        (false, 0) => ExitCode::SUCCESS,
        (false, _) => ExitCode::FAILURE,
    }
}
