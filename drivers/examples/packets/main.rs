//! Packets over TCP with each of the drivers: a tool to try them with, and a measurement of them.
//!
//! `cargo run --release -p wharf-drivers --example packets` exchanges packets over loopback and prints a table;
//! with `-- --help` it says what else it does.
//!
//! ```text
//! main ── options ── format: which framing        help, output: text for the user
//!   ├── exchange: no arguments                    one file a driver
//!   ├── listen                                    one file a driver
//!   ├── connect                                   one file a driver
//!   └── read
//! ```
#![forbid(unsafe_code)]

mod connect;
mod exchange;
mod format;
mod help;
mod listen;
mod options;
mod output;
mod read;

use std::process::ExitCode;

use self::options::Command;
use self::output::{Failure, Output};

fn main() -> ExitCode {
    run().unwrap_or_else(Failure::report)
}

fn run() -> Result<ExitCode, Failure> {
    match options::parse(lexopt::Parser::from_env()).map_err(Failure::usage)? {
        Command::Exchange => exchange::run(),
        Command::Listen(options) => listen::run(options),
        Command::Connect(options) => connect::run(options),
        Command::Read(options) => read::run(options),
        Command::Say(text) => {
            let said = Output::new(&format::Format::Lines, true).say(&text);
            said.map(|()| ExitCode::SUCCESS).map_err(|error| Failure::output(&error))
        }
    }
}
