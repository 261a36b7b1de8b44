//! The command line.

use std::ffi::OsString;
use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;
use std::time::Duration;

use lexopt::prelude::{Long, Short, Value, ValueExt};
use wharf::Deserializer as _;
use wharf::storage::Pool;

use crate::format::Format;
use crate::help;

/// What is to be done.
#[derive(Debug)]
pub(crate) enum Command {
    Exchange,
    Listen(Listen),
    Connect(Connect),
    Read(Read),
    /// Print this text.
    Say(String),
}

#[derive(Debug)]
pub(crate) struct Listen {
    pub(crate) address: Address,
    pub(crate) driver: Driver,
    pub(crate) packets: Packets,
    pub(crate) echo: bool,
    pub(crate) max_connections: usize,
    pub(crate) packet_deadline: Option<Duration>,
}

#[derive(Debug)]
pub(crate) struct Connect {
    pub(crate) address: Address,
    pub(crate) driver: Driver,
    pub(crate) packets: Packets,
}

#[derive(Debug)]
pub(crate) struct Read {
    /// `None` is standard input.
    pub(crate) file: Option<PathBuf>,
    pub(crate) packets: Packets,
}

/// An address as it was given, and what it stands for.
#[derive(Debug)]
pub(crate) struct Address {
    pub(crate) name: String,
    pub(crate) found: Vec<SocketAddr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Driver {
    Blocking,
    Mio,
    AsyncIo,
}

impl Driver {
    pub(crate) const ALL: [Self; 3] = [Self::Blocking, Self::Mio, Self::AsyncIo];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Mio => "mio",
            Self::AsyncIo => "async-io",
        }
    }
}

/// How packets are framed, and the room that they have. Invariant: the longest packet fits the buffer.
#[derive(Debug, Clone)]
pub(crate) struct Packets {
    pub(crate) format: Format,
    pub(crate) limit: usize,
    pub(crate) buffer: usize,
}

const DEFAULT: usize = 64 * 1024;

/// Largest number that makes sense for bytes and connections.
const MOST: usize = 1 << 30;

/// All options, as far as they were given.
#[derive(Default)]
struct Given {
    operand: Option<OsString>,
    driver: Option<Driver>,
    format: Option<Format>,
    limit: Option<usize>,
    buffer: Option<usize>,
    echo: bool,
    max_connections: Option<usize>,
    packet_deadline: Option<Duration>,
}

/// Reads the command line; an error is one line for the user.
pub(crate) fn parse(mut arguments: lexopt::Parser) -> Result<Command, String> {
    let Some(first) = arguments.next().map_err(|error| error.to_string())? else { return Ok(Command::Exchange) };
    let command = match first {
        Short('h') | Long("help") => return Ok(Command::Say(help::TOP.to_owned())),
        Short('V') | Long("version") => return Ok(version()),
        Value(name) => name.string().map_err(|error| error.to_string())?,
        other => return Err(format!("{}; see packets --help", other.unexpected())),
    };
    let (text, allowed): (_, &[&str]) = match &*command {
        "listen" => {
            (help::LISTEN, &["driver", "framing", "limit", "buffer", "echo", "max-connections", "packet-deadline"])
        }
        "connect" => (help::CONNECT, &["driver", "framing", "limit", "buffer"]),
        "read" => (help::READ, &["framing", "limit", "buffer"]),
        "help" => return help_for(arguments),
        _ => return Err(format!("there is no command '{command}'; see packets --help")),
    };
    let Some(given) = options(&mut arguments, allowed).map_err(|error| format!("{command}: {error}"))? else {
        return Ok(Command::Say(text.to_owned()));
    };
    command_of(&command, given).map_err(|error| format!("{command}: {error}"))
}

fn version() -> Command {
    Command::Say(format!("packets {}\n", env!("CARGO_PKG_VERSION")))
}

fn help_for(mut arguments: lexopt::Parser) -> Result<Command, String> {
    let topic = arguments.next().map_err(|error| error.to_string())?;
    let text = match topic {
        None => help::TOP,
        Some(Value(name)) if name == "listen" => help::LISTEN,
        Some(Value(name)) if name == "connect" => help::CONNECT,
        Some(Value(name)) if name == "read" => help::READ,
        Some(other) => return Err(format!("there is no help for this: {}", other.unexpected())),
    };
    Ok(Command::Say(text.to_owned()))
}

/// Reads the options of a command; `None` asks for its help.
fn options(arguments: &mut lexopt::Parser, allowed: &[&str]) -> Result<Option<Given>, String> {
    let mut given = Given::default();
    while let Some(argument) = arguments.next().map_err(|error| error.to_string())? {
        let name = match argument {
            Short('h') | Long("help") => return Ok(None),
            Long(name) if allowed.contains(&name) => name.to_owned(),
            Value(operand) if given.operand.is_none() => {
                given.operand = Some(operand);
                continue;
            }
            other => return Err(other.unexpected().to_string()),
        };
        if name == "echo" {
            given.echo = true;
            continue;
        }
        let value = arguments.value().and_then(ValueExt::string).map_err(|error| error.to_string())?;
        set(&mut given, &name, &value).map_err(|error| format!("--{name}: {error}"))?;
    }
    Ok(Some(given))
}

fn set(given: &mut Given, name: &str, value: &str) -> Result<(), String> {
    match name {
        "driver" => given.driver = Some(driver(value)?),
        "framing" => given.format = Some(value.parse()?),
        "limit" => given.limit = Some(count(value)?),
        "buffer" => given.buffer = Some(count(value)?),
        "max-connections" => given.max_connections = Some(count(value)?),
        _ => given.packet_deadline = Some(seconds(value)?),
    }
    Ok(())
}

fn command_of(command: &str, given: Given) -> Result<Command, String> {
    let packets = packets(&given)?;
    let driver = given.driver.unwrap_or(Driver::Blocking);
    Ok(match command {
        "listen" => Command::Listen(Listen {
            address: address(given.operand)?,
            driver,
            packets,
            echo: given.echo,
            max_connections: given.max_connections.unwrap_or(1000),
            packet_deadline: given.packet_deadline,
        }),
        "connect" => Command::Connect(Connect { address: address(given.operand)?, driver, packets }),
        _ => {
            let file = given.operand.ok_or("FILE is missing; - is standard input")?;
            Command::Read(Read { file: (file != "-").then(|| file.into()), packets })
        }
    })
}

/// Checks that limit and buffer go together.
fn packets(given: &Given) -> Result<Packets, String> {
    let format = given.format.clone().unwrap_or(Format::Lines);
    let limit = given.limit.unwrap_or(DEFAULT);
    let deserializer = format.deserializer(limit).map_err(|error| error.to_string())?;
    let buffer = given.buffer.unwrap_or_else(|| deserializer.buffer_len(DEFAULT));
    format.receiver(limit, Pool::new(buffer, 0).lease()).map_err(|error| format!("--buffer: {error}"))?;
    Ok(Packets { format, limit, buffer })
}

fn address(operand: Option<OsString>) -> Result<Address, String> {
    let operand = operand.ok_or("ADDR is missing: HOST:PORT")?;
    let name = operand.to_str().ok_or("ADDR is no text")?.to_owned();
    let found = name.to_socket_addrs().map_err(|error| format!("bad address '{name}': {error}"))?;
    Ok(Address { found: found.collect(), name })
}

fn driver(name: &str) -> Result<Driver, String> {
    let found = Driver::ALL.into_iter().find(|driver| driver.name() == name);
    found.ok_or_else(|| format!("there is no driver '{name}'; choose from blocking, mio, async-io"))
}

pub(crate) fn count(text: &str) -> Result<usize, String> {
    let count = text.parse().ok().filter(|count| (1..=MOST).contains(count));
    count.ok_or_else(|| format!("'{text}' is no whole number from 1 to {MOST}"))
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().ok().filter(|seconds| (0.001..=1e6).contains(seconds));
    seconds
        .map(Duration::from_secs_f64)
        .ok_or_else(|| format!("'{text}' is no number of seconds from 0.001 to 1000000"))
}
