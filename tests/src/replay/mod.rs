//! Case files: bytes in pieces as data, and what must come out of them.
//!
//! ```text
//! FILE ──► case   one case, every field checked ──► deserializers   the one that it names
//!                                                         │
//!          told   a packet, an error ◄── drive   receives the pieces, cut in every way
//! ```
//!
//! A deserializer is one arm in [`deserializers`](mod@deserializers) and, where its packets or errors are of a new
//! type, an implementation of a trait in [`told`].

mod case;
mod deserializers;
mod drive;
mod fields;
mod told;

use std::fmt;
use std::io::{self, Write};
use std::panic::{self, AssertUnwindSafe};
use std::path::Path;

use serde_json::Value;

use self::case::Case;
use self::fields::Fields;

/// What a case file or a case has wrong with its form.
#[derive(Debug)]
pub struct BadField {
    /// Which field, with those that it lies in; empty for the file itself.
    pub field: String,
    /// What is wrong with it.
    pub wrong: String,
}

impl fmt::Display for BadField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.field.is_empty() { f.write_str(&self.wrong) } else { write!(f, "{}: {}", self.field, self.wrong) }
    }
}

/// How many cases did what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Cases that held.
    pub passed: usize,
    /// Cases that did not.
    pub failed: usize,
    /// Files and cases that could not be read.
    pub unreadable: usize,
}

/// Runs the cases of `files`, says on `out` how each went and on `complaints` what could not be read.
///
/// # Errors
///
/// If either cannot be written to.
pub fn replay<P: AsRef<Path>>(files: &[P], out: &mut dyn Write, complaints: &mut dyn Write) -> io::Result<Tally> {
    let mut tally = Tally::default();
    for file in files {
        let file = file.as_ref();
        match std::fs::read_to_string(file) {
            Ok(text) => replay_text(&file.display().to_string(), &text, &mut tally, out, complaints)?,
            Err(error) => {
                tally.unreadable += 1;
                writeln!(complaints, "{}: {error}", file.display())?;
            }
        }
    }
    writeln!(out, "{} passed, {} failed", tally.passed, tally.failed)?;
    Ok(tally)
}

/// Runs the cases of a file that has been read.
fn replay_text(
    file: &str,
    text: &str,
    tally: &mut Tally,
    out: &mut dyn Write,
    complaints: &mut dyn Write,
) -> io::Result<()> {
    let mut complain = |tally: &mut Tally, what: String| {
        tally.unreadable += 1;
        writeln!(complaints, "{file}: {what}")
    };
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => return complain(tally, error.to_string()),
    };
    let cases = match cases(&document) {
        Ok(cases) => cases,
        Err(error) => return complain(tally, error.to_string()),
    };
    for (index, case) in cases.iter().enumerate() {
        let name = case.get("name").and_then(Value::as_str);
        let name = name.map_or_else(|| format!("number {}", index + 1), |name| format!("'{name}'"));
        match Case::read(case) {
            Err(error) => complain(tally, format!("case {name}: {error}"))?,
            Ok(case) => match verdict(&case) {
                Ok(()) => {
                    tally.passed += 1;
                    writeln!(out, "ok {}", case.name)?;
                }
                Err(why) => {
                    tally.failed += 1;
                    writeln!(out, "FAIL {}: {why}", case.name)?;
                }
            },
        }
    }
    Ok(())
}

fn cases(document: &Value) -> Result<&Vec<Value>, BadField> {
    let fields = Fields::of("", document)?;
    fields.note("source")?;
    let cases = fields.required("cases")?;
    fields.finish()?;
    cases.as_array().ok_or_else(|| fields.wrong("cases", "expected a list"))
}

/// Runs a case; a panic fails it, and no other.
fn verdict(case: &Case) -> Result<(), String> {
    panic::catch_unwind(AssertUnwindSafe(|| case.run())).unwrap_or_else(|payload| {
        let message = payload.downcast_ref::<String>().map(String::as_str);
        let message = message.or_else(|| payload.downcast_ref::<&str>().copied());
        Err(format!("panicked: {}", message.unwrap_or("without a message")))
    })
}
