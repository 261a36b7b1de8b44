//! Case files: bytes in pieces, and what must come out of them.
//!
//! A case is run as it is given, in one piece, byte by byte, and cut in two at every offset; what comes out must be
//! the same each time.
//!
//! ```text
//! case.rs           a case file, read
//! options.rs        what a deserializer is told, every option of it known
//! deserializers.rs  one arm a deserializer: options in, outcome out
//! scripted.rs       an async fn that follows a script
//! outcome.rs        what came out of one run, and whether it is what was expected
//! ```

pub mod case;
mod deserializers;
mod options;
mod outcome;
mod scripted;

use core::fmt;
use std::path::Path;
use std::{fs, panic};

use self::case::{Case, File};
use self::outcome::Outcome;

/// A file that can't be read as cases: where, and what is wrong there.
#[derive(Debug)]
pub struct Unreadable(String);

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl core::error::Error for Unreadable {}

/// Reads a case file.
///
/// # Errors
///
/// If it isn't there, isn't JSON, or has a field that no case has; with the case and the field, where it has one.
pub fn read(path: &Path) -> Result<File, Unreadable> {
    let unreadable = |error: &dyn fmt::Display| Unreadable(format!("{}: {error}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| unreadable(&error))?;
    let file = File::parse(&text).map_err(|error| unreadable(&error))?;
    for case in &file.cases {
        // Options are read before anything runs, so that an unknown one is an unreadable file and not a failed case.
        deserializers::check(case).map_err(|error| unreadable(&format_args!("case '{}': {error}", case.name)))?;
    }
    Ok(file)
}

/// Runs a case in every way that it allows. A panic fails the case, and no other.
///
/// # Errors
///
/// What came out and was not expected.
pub fn replay(case: &Case) -> Result<(), String> {
    panic::catch_unwind(|| in_every_way(case)).unwrap_or_else(|payload| {
        let message = payload.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| payload.downcast_ref::<&str>().copied());
        Err(format!("it panicked: {}", message.unwrap_or("without a message")))
    })
}

fn in_every_way(case: &Case) -> Result<(), String> {
    let given: Vec<&[u8]> = case.chunks.iter().map(|chunk| &chunk.0[..]).collect();
    run(case, &given).and_then(|outcome| outcome.compare(case, true)).map_err(|why| format!("as given: {why}"))?;
    if case.only_as_given {
        return Ok(());
    }
    let whole = given.concat();
    let check = |how: &str, chunks: &[&[u8]]| {
        run(case, chunks).and_then(|outcome| outcome.compare(case, false)).map_err(|why| format!("{how}: {why}"))
    };
    check("in one piece", &[&whole])?;
    check("byte by byte", &whole.chunks(1).collect::<Vec<_>>())?;
    for at in 1..whole.len() {
        let (head, tail) = whole.split_at(at);
        check(&format!("cut at {at}"), &[head, tail])?;
    }
    Ok(())
}

fn run(case: &Case, chunks: &[&[u8]]) -> Result<Outcome, String> {
    deserializers::run(case, chunks)
}
