//! `packets connect`: sends the lines of standard input as packets, and prints what comes back.
//!
//! One file a driver; what they share is the [`Session`]: what is printed, and whether anything failed.

mod async_io;
mod blocking;
mod mio;

use std::fmt::Display;
use std::io::{self, ErrorKind, StdinLock};
use std::net::TcpStream;
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use wharf::send::Sender;
use wharf::{Error, Framed, Lines, Receiver};
use wharf_drivers::blocking::Connection;
use wharf_drivers::{RecvError, SendError};

use crate::format::{Deserializer, Payload, Serializer};
use crate::options::{Connect, Driver, Packets};
use crate::output::{Failure, Output, complain};
use crate::read::describe;

/// Bytes that are queued for the peer at most, and one packet.
const QUEUE: usize = 64 * 1024;

pub(crate) fn run(options: Connect) -> Result<ExitCode, Failure> {
    let failed = |error| Failure::new(&format!("cannot connect to {}", options.address.name), error);
    let stream = TcpStream::connect(&*options.address.found).map_err(failed)?;
    stream.set_nodelay(true).map_err(failed)?;
    let session = Arc::new(Session::new(options.packets));
    match options.driver {
        Driver::Blocking => blocking::talk(stream, &session),
        Driver::Mio => mio::talk(stream, &session),
        Driver::AsyncIo => async_io::talk(stream, &session),
    }?;
    Ok(if session.failed.load(Ordering::Relaxed) { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What both directions of the connection share.
struct Session {
    packets: Packets,
    output: Mutex<Output>,
    failed: AtomicBool,
    /// All of standard input is sent, or given up.
    sent: AtomicBool,
}

impl Session {
    fn new(packets: Packets) -> Self {
        let output = Mutex::new(Output::new(&packets.format, true));
        Self { packets, output, failed: AtomicBool::new(false), sent: AtomicBool::new(false) }
    }

    fn receiver(&self) -> Receiver<Deserializer, Vec<u8>> {
        let Packets { format, limit, buffer } = &self.packets;
        format.receiver(*limit, vec![0; *buffer]).expect("checked with the command line")
    }

    fn sender(&self) -> Sender<Serializer> {
        self.packets.format.sender(self.packets.limit, QUEUE).expect("checked with the command line")
    }

    /// Standard input.
    fn input(&self) -> Input {
        let receiver = self.packets.format.input(self.packets.limit).expect("checked with the command line");
        Connection::new(io::stdin().lock(), receiver, ())
    }

    /// Hands each line of standard input to `send` until that says that it is in vain; returns whether it isn't.
    fn each_line(&self, mut send: impl FnMut(&[u8]) -> bool) -> bool {
        let mut input = self.input();
        loop {
            match input.recv() {
                Ok(Some(line)) if send(line) => {}
                Ok(Some(_)) => return false,
                Ok(None) => return true,
                Err(error) => {
                    let what = describe(&error, input.receiver().position());
                    self.complain(&format_args!("standard input: {what}"));
                    if !matches!(error, RecvError::Reject(_)) {
                        return true;
                    }
                }
            }
        }
    }

    /// All is sent: the peer is told so by `finish`.
    fn finished(&self, finish: io::Result<()>) {
        if let Err(error) = finish {
            // A peer that is gone needn't be told.
            if error.kind() != ErrorKind::NotConnected {
                self.complain(&format_args!("cannot send: {error}"));
            }
        }
    }

    fn received(&self, packet: &[u8]) -> Result<(), Failure> {
        let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
        output.packet(None, packet).map_err(|error| Failure::output(&error))
    }

    /// A packet was not received; returns whether there may be more.
    fn not_received(&self, error: &RecvError<Error<serde_json::Error>>, position: u64) -> bool {
        self.complain(&describe(error, position));
        matches!(error, RecvError::Reject(_))
    }

    /// A packet was not sent; returns whether more may be.
    fn not_sent<E: Display>(&self, error: &SendError<E>) -> bool {
        self.complain(error);
        matches!(error, SendError::Queue(_))
    }

    fn complain(&self, what: &dyn Display) {
        self.failed.store(true, Ordering::Relaxed);
        complain(format_args!("packets: {what}"));
    }

    /// The peer has ended; what is left of standard input is sent.
    fn peer_ended(&self) {
        if !self.sent.load(Ordering::Acquire) {
            complain(format_args!("packets: the peer sends nothing more; still sending standard input until its end"));
        }
    }
}

type Input = Connection<StdinLock<'static>, Receiver<Framed<Lines, Payload>, Vec<u8>>>;
