//! `packets listen`: serves many connections at once.
//!
//! One file a driver accepts, receives and echoes; what they share is the [`Service`]: who is let in, what is
//! printed, what is counted. The main thread waits for the end.

mod async_io;
mod blocking;
mod mio;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::process::ExitCode;
use std::sync::mpsc::{self, Sender as Stop};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

use wharf::send::Sender;
use wharf::storage::{Lease, Pool};
use wharf::{Error, Receiver};
use wharf_drivers::{RecvError, SendError};

use crate::format::{Deserializer, Serializer};
use crate::options::{Driver, Listen};
use crate::output::{Failure, Output, complain};
use crate::read::describe;

/// Bytes that are queued for a peer before its packets are received no longer.
const QUEUE: usize = 64 * 1024;

/// How long to wait before the next accept, when one has failed (no descriptors are left, say).
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Why the server ends.
enum Ended {
    Signal,
    Failed(Failure),
}

pub(crate) fn run(options: Listen) -> Result<ExitCode, Failure> {
    let failed = |error| Failure::new(&format!("cannot listen on {}", options.address.name), error);
    let listener = TcpListener::bind(&*options.address.found).map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let (stop, stopped) = mpsc::channel();
    let signal = stop.clone();
    ctrlc::set_handler(move || drop(signal.send(Ended::Signal)))
        .map_err(|error| Failure::new("cannot watch for signals", error))?;

    let driver = options.driver;
    let service = Arc::new(Service::new(options, stop));
    service.state().output.say(&format!("listening on {address}\n")).map_err(|error| Failure::output(&error))?;
    let serving = Arc::clone(&service);
    thread::spawn(move || {
        let served = match driver {
            Driver::Blocking => blocking::serve(&listener, &serving),
            Driver::Mio => mio::serve(listener, &serving),
            Driver::AsyncIo => async_io::serve(listener, &serving),
        };
        if let Err(error) = served {
            serving.end(Ended::Failed(Failure::new("cannot serve", error)));
        }
    });
    // It never hangs up: the service holds the other end.
    match stopped.recv() {
        Ok(Ended::Failed(failure)) => return Err(failure),
        Ok(Ended::Signal) | Err(_) => {}
    }
    service.close().map_err(|error| Failure::output(&error))?;
    Ok(ExitCode::SUCCESS)
}

/// What all connections share.
struct Service {
    options: Listen,
    /// Invariant: as many buffers as there may be connections, so that it is never exhausted.
    pool: Pool,
    state: Mutex<State>,
    stop: Stop<Ended>,
}

struct State {
    output: Output,
    totals: Totals,
    open: usize,
    accept_failing: bool,
    /// The totals are printed: nothing more is.
    closed: bool,
}

/// What was done since the start.
#[derive(Default)]
struct Totals {
    connections: u64,
    refused: u64,
    packets: u64,
    bytes: u64,
    errors: u64,
}

impl Service {
    fn new(options: Listen, stop: Stop<Ended>) -> Self {
        let output = Output::new(&options.packets.format, true);
        let pool = Pool::new(options.packets.buffer, options.max_connections);
        let state = State { output, totals: Totals::default(), open: 0, accept_failing: false, closed: false };
        Self { options, pool, state: Mutex::new(state), stop }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn end(&self, why: Ended) {
        drop(self.stop.send(why));
    }

    /// Prints the totals, and nothing after them.
    fn close(&self) -> io::Result<()> {
        let mut state = self.state();
        state.closed = true;
        let Totals { connections, refused, packets, bytes, errors } = state.totals;
        let text = format!(
            "{}, {refused} refused; {}, {}; {}\n",
            counted(connections, "connection"),
            counted(packets, "packet"),
            counted(bytes, "byte"),
            counted(errors, "error")
        );
        state.output.say(&text)
    }

    /// Lets a connection in, by number, if there are not too many.
    fn admit(&self, peer: SocketAddr) -> Option<u64> {
        let mut state = self.state();
        state.accept_failing = false;
        let most = self.options.max_connections;
        if state.open >= most {
            state.totals.refused += 1;
            complain(format_args!(
                "connection from {peer} refused: {most} are open, as many as --max-connections allows"
            ));
            return None;
        }
        state.open += 1;
        state.totals.connections += 1;
        let number = state.totals.connections;
        complain(format_args!("connection {number}: opened from {peer}"));
        Some(number)
    }

    /// A connection could not be accepted; to be tried again after [`ACCEPT_PAUSE`].
    fn accept_failed(&self, error: &io::Error) {
        let mut state = self.state();
        if !state.accept_failing {
            complain(format_args!("cannot accept connections, trying again: {error}"));
        }
        state.accept_failing = true;
    }

    fn receiver(&self) -> Receiver<Deserializer, Lease> {
        let packets = &self.options.packets;
        packets.format.receiver(packets.limit, self.pool.lease()).expect("checked with the command line")
    }

    fn sender(&self) -> Sender<Serializer> {
        let packets = &self.options.packets;
        packets.format.sender(packets.limit, QUEUE).expect("checked with the command line")
    }

    /// Counts a packet, and prints it unless it is echoed.
    fn packet(&self, number: u64, packet: &[u8]) {
        let mut state = self.state();
        if state.closed {
            return;
        }
        state.totals.packets += 1;
        state.totals.bytes += packet.len() as u64;
        if !self.options.echo {
            if let Err(error) = state.output.packet(Some(number), packet) {
                state.closed = true;
                self.end(Ended::Failed(Failure::output(&error)));
            }
        }
    }

    /// A packet was not received; returns whether the connection goes on.
    fn not_received(&self, number: u64, error: &RecvError<Error<serde_json::Error>>, position: u64) -> bool {
        self.failed(number, &describe(error, position));
        matches!(error, RecvError::Reject(_))
    }

    /// A packet was not echoed; returns whether the connection goes on.
    fn not_sent<E: std::fmt::Display>(&self, number: u64, error: &SendError<E>) -> bool {
        self.failed(number, &error.to_string());
        matches!(error, SendError::Queue(_))
    }

    fn failed(&self, number: u64, what: &str) {
        let mut state = self.state();
        if !state.closed {
            state.totals.errors += 1;
            complain(format_args!("connection {number}: {what}"));
        }
    }

    /// A connection is gone.
    fn leave(&self, number: u64) {
        let mut state = self.state();
        state.open -= 1;
        if !state.closed {
            complain(format_args!("connection {number}: closed"));
        }
    }
}

/// `1 packet`, `2 packets`.
fn counted(count: impl Into<u128>, what: &str) -> String {
    let count = count.into();
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}
