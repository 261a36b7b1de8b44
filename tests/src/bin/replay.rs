//! Runs case files: bytes in pieces, and what must come out of them.
#![expect(clippy::print_stderr, reason = "it is a program")]

use std::io::{self, Write};
use std::panic;
use std::process::ExitCode;

use wharf_tests::replay::replay;

const USAGE: &str =
    "usage: replay FILE…\n\nRuns the cases of each FILE and says `ok NAME` or `FAIL NAME: why` for each.
Exits with 1 if any failed, and with 2 if a file or a case could not be read.";

fn main() -> ExitCode {
    let files: Vec<_> = std::env::args_os().skip(1).collect();
    match files.first().and_then(|first| first.to_str()) {
        Some("-h" | "--help") => return if writeln!(io::stdout(), "{USAGE}").is_ok() { 0.into() } else { 2.into() },
        Some(option) if option.starts_with('-') => {
            eprintln!("replay: unknown option '{option}'\n{USAGE}");
            return 2.into();
        }
        None if files.is_empty() => {
            eprintln!("{USAGE}");
            return 2.into();
        }
        _ => {}
    }
    // A panic is told as the reason why its case fails.
    panic::set_hook(Box::new(|_| {}));
    match replay(&files, &mut io::stdout().lock(), &mut io::stderr().lock()) {
        Ok(tally) if tally.unreadable > 0 => 2.into(),
        Ok(tally) if tally.failed > 0 => 1.into(),
        Ok(_) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("replay: {error}");
            2.into()
        }
    }
}
