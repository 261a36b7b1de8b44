//! What is printed, and how.

use std::fmt;
use std::io::{self, ErrorKind, Write};
use std::process::ExitCode;

use crate::format::Format;

/// Why a command failed: a line for the user, and an exit code.
#[derive(Debug)]
pub(crate) struct Failure {
    pub(crate) message: String,
    pub(crate) code: u8,
}

impl Failure {
    /// Something went wrong at run time.
    pub(crate) fn new(what: &str, error: impl fmt::Display) -> Self {
        Self { message: format!("{what}: {error}"), code: 1 }
    }

    /// The command line makes no sense.
    pub(crate) fn usage(message: String) -> Self {
        Self { message, code: 2 }
    }

    /// Standard output failed; if nobody reads it any more, there is nothing to say and nothing wrong.
    pub(crate) fn output(error: &io::Error) -> Self {
        match error.kind() {
            ErrorKind::BrokenPipe => Self { message: String::new(), code: 0 },
            _ => Self::new("cannot write to standard output", error),
        }
    }

    /// Tells the user.
    pub(crate) fn report(self) -> ExitCode {
        if !self.message.is_empty() {
            complain(format_args!("packets: {}", self.message));
        }
        self.code.into()
    }
}

/// Prints a line to standard error, if there is anyone to read it.
pub(crate) fn complain(line: fmt::Arguments<'_>) {
    let line = format!("{line}\n");
    drop(io::stderr().write_all(line.as_bytes()));
}

/// Standard output, a packet a line.
#[derive(Debug)]
pub(crate) struct Output {
    json: bool,
    /// Write each line at once.
    live: bool,
    pending: Vec<u8>,
}

/// Bytes that wait before a write, where lines need not be written at once.
const BLOCK: usize = 32 * 1024;

impl Output {
    pub(crate) fn new(format: &Format, live: bool) -> Self {
        Self { json: *format == Format::Json, live, pending: Vec::new() }
    }

    /// Prints any text.
    pub(crate) fn say(&mut self, text: &str) -> io::Result<()> {
        self.pending.extend_from_slice(text.as_bytes());
        self.flush()
    }

    /// Prints a packet, behind the number of its connection where there are several.
    pub(crate) fn packet(&mut self, connection: Option<u64>, packet: &[u8]) -> io::Result<()> {
        if let Some(number) = connection {
            write!(self.pending, "{number}: ")?;
        }
        escape(packet, self.json, &mut self.pending)?;
        self.pending.push(b'\n');
        if self.live || self.pending.len() >= BLOCK { self.flush() } else { Ok(()) }
    }

    pub(crate) fn flush(&mut self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        let written = stdout.write_all(&self.pending).and_then(|()| stdout.flush());
        self.pending.clear();
        written
    }
}

/// Writes `packet` so that it is one line, and does nothing to a terminal.
///
/// ```text
/// plain text        as it is
/// \                 \\          (JSON has its own)
/// control, unseen   \n \t \u{7f}   in JSON: \u007f
/// no UTF-8          \xNN
/// ```
fn escape(packet: &[u8], json: bool, out: &mut Vec<u8>) -> io::Result<()> {
    for chunk in packet.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                ' '..='~' if json || c != '\\' => out.push(c as u8),
                '"' | '\'' => out.push(c as u8),
                _ if c.escape_debug().len() == 1 => write!(out, "{c}")?,
                _ if json => c.encode_utf16(&mut [0; 2]).iter().try_for_each(|unit| write!(out, "\\u{unit:04x}"))?,
                _ => write!(out, "{}", c.escape_debug())?,
            }
        }
        for byte in chunk.invalid() {
            write!(out, "\\x{byte:02x}")?;
        }
    }
    Ok(())
}
