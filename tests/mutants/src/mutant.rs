//! A change to the core, as cargo-mutants describes it, and what became of it.

use serde_json::Value;

use crate::Result;

/// A place in a source: line and column from 1, the column in characters.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// A change: what lies between two places is replaced.
#[derive(Clone, Debug)]
pub(crate) struct Mutant {
    /// The number of its switch; 0 is nobody's.
    pub(crate) id: u32,
    pub(crate) name: String,
    pub(crate) file: String,
    pub(crate) genre: String,
    pub(crate) start: Place,
    pub(crate) end: Place,
    pub(crate) replacement: String,
}

impl Mutant {
    /// Reads an entry of `cargo mutants --list --json`.
    pub(crate) fn read(id: u32, entry: &Value) -> Result<Self> {
        let text = |key: &str| entry[key].as_str().map(str::to_owned).ok_or_else(|| format!("no {key} in {entry}"));
        let number = |place: &Value, key| {
            let number =
                place[key].as_u64().and_then(|number| usize::try_from(number).ok()).filter(|number| *number > 0);
            number.ok_or_else(|| format!("no {key} in {place}"))
        };
        let place =
            |place: &Value| Ok::<_, String>(Place { line: number(place, "line")?, column: number(place, "column")? });
        Ok(Self {
            id,
            name: text("name")?,
            file: text("file")?,
            genre: text("genre")?,
            start: place(&entry["span"]["start"])?,
            end: place(&entry["span"]["end"])?,
            replacement: text("replacement")?,
        })
    }
}

/// What became of a mutant, with the program that noticed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A test failed.
    Caught(String),
    /// A test did not end.
    Timeout(String),
    /// Those that get there passed.
    Missed,
    /// No test gets there.
    Unreached,
    /// It doesn't compile.
    Unviable,
}
