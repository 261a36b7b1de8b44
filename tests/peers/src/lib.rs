//! Benchmarks of wharf beside what people use today.
//!
//! `cargo bench -p wharf-peers` runs them all and writes `tests/results`; `-- --short` only proves that they run.
//! Every contender reads the same bytes in one process, and they take turns round by round, so that what the
//! machine does meanwhile hits all of them alike.
//!
//! | bench | what is measured |
//! |---|---|
//! | `framing` | packets from memory: time, heap and moved bytes; one long line in small pieces |
//! | `sockets` | packets over Unix socket pairs and loopback TCP, driver by driver |
//! | `sending` | the sending side, with calls per packet |
//! | `idle` | heap per connection that waits |
//! | `instructions` | instruction counts under callgrind, against the committed baseline |
//! | `flatbuffers` | FlatBuffers in every mode |
//!
//! A bench by itself: `cargo bench -p wharf-peers --bench sockets`.
#![allow(
    clippy::std_instead_of_core,
    clippy::std_instead_of_alloc,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::exhaustive_enums,
    clippy::exhaustive_structs,
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    missing_debug_implementations,
    reason = "a program that measures: it prints, and stops at the first thing that is not as it should be"
)]

pub mod cases;
pub mod clock;
pub mod contenders;
pub mod heap;
pub mod net;
pub mod report;
pub mod rounds;
pub mod sink;
pub mod stream;
pub mod tally;

/// What a bench was asked for on the command line.
#[derive(Debug, Clone)]
pub struct Options {
    /// Only prove that it runs.
    pub short: bool,
    /// What is left of the arguments.
    pub rest: Vec<String>,
}

impl Options {
    /// Reads the command line.
    pub fn from_args() -> Self {
        let rest: Vec<_> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
        let short = rest.iter().any(|arg| arg == "--short");
        Self { short, rest: rest.into_iter().filter(|arg| arg != "--short").collect() }
    }

    /// `long`, or `short` where that was asked for.
    pub fn pick<T>(&self, long: T, short: T) -> T {
        if self.short { short } else { long }
    }
}
