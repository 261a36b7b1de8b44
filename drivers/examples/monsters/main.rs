//! Monsters: FlatBuffers received in every deserialization mode, under every driver.
//!
//! Without arguments it exchanges monsters over loopback TCP, checks every answer, and prints what each mode costs.
//! `monsters listen ADDR --driver DRIVER --mode MODE` answers clients until it is killed.
//!
//! ```text
//! schema.rs    the monsters and the answers, as plain Rust
//! modes.rs     a packet in each mode, and the answer to it
//! serve.rs     one connection, under each driver
//! measure.rs   what a mode costs, from memory and over a socket
//! ```

mod measure;
mod modes;
mod schema;
mod serve;

use std::io::Write;
use std::net::TcpListener;
use std::process::ExitCode;
use std::{error, io, thread};

use lexopt::{Arg, Parser, ValueExt};
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use self::serve::Driver;

#[global_allocator]
static HEAP: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

const HELP: &str = "\
FlatBuffers received in every deserialization mode, under every driver.

Usage: monsters                           exchange monsters over loopback, and print what each mode costs
       monsters listen ADDR [OPTION …]    answer clients until killed; monsters are size-prefixed (monster.fbs)

Options:
      --driver DRIVER  blocking, mio or async-io [blocking]
      --mode MODE      lazy, property-cache, vector-cache, progressive, greedy, greedy-mutable, verified or
                       write-through [lazy]
  -h, --help           show this
";

enum Command {
    Help,
    Measure,
    Listen { address: String, driver: Driver, mode: &'static modes::Mode },
}

fn parse(mut parser: Parser) -> Result<Command, lexopt::Error> {
    let (mut words, mut driver, mut mode) = (Vec::new(), Driver::Blocking, &modes::MODES[0]);
    while let Some(arg) = parser.next()? {
        match arg {
            Arg::Short('h') | Arg::Long("help") => return Ok(Command::Help),
            Arg::Long("driver") => driver = parser.value()?.parse_with(Driver::named)?,
            Arg::Long("mode") => mode = parser.value()?.parse_with(modes::named)?,
            Arg::Value(word) => words.push(word.string()?),
            other => return Err(other.unexpected()),
        }
    }
    match &words[..] {
        [] => Ok(Command::Measure),
        [listen, address] if listen == "listen" => Ok(Command::Listen { address: address.clone(), driver, mode }),
        [word, ..] if word != "listen" => Err(format!("unknown command '{word}'").into()),
        _ => Err("'listen' takes one address".into()),
    }
}

fn main() -> ExitCode {
    let command = match parse(Parser::from_env()) {
        Ok(command) => command,
        Err(error) => {
            eprintln!("monsters: {error}; see monsters --help");
            return ExitCode::from(2);
        }
    };
    let done = match command {
        Command::Help => io::stdout().write_all(HELP.as_bytes()).map_err(Into::into),
        Command::Measure => measure::measure(),
        Command::Listen { address, driver, mode } => listen(&address, driver, mode),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("monsters: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Answers clients until killed, each in a thread of its own.
fn listen(address: &str, driver: Driver, mode: &'static modes::Mode) -> Result<(), Box<dyn error::Error>> {
    let listener = TcpListener::bind(address).map_err(|error| format!("{address}: {error}"))?;
    println!("listening on {}", listener.local_addr()?);
    for stream in listener.incoming() {
        let stream = match stream {
            Ok(stream) => stream,
            Err(error) => {
                eprintln!("cannot accept: {error}");
                thread::sleep(std::time::Duration::from_millis(100)); // descriptors may have run out
                continue;
            }
        };
        thread::spawn(move || {
            let seen = |reply: &schema::Reply| println!("{} hp {} damage {}", reply.name, reply.hp, reply.damage);
            if let Err(error) = (mode.serve)(driver, stream, &seen) {
                eprintln!("{error}");
            }
        });
    }
    Ok(())
}
