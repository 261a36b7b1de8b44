//! The three drivers behind one face, so that a scenario is written once and run over each.
//!
//! ```text
//! scenario ──► dyn Peer ──┬─ blocking::Connection
//!                         ├─ mio_1::Connection, with a poll of its own
//!                         └─ async_io_2::Connection, with async-io's executor
//! ```

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod async_io_2;
mod blocking;
mod driven;
mod faulty;
mod mio_1;
mod scripted;
mod tally;

pub use self::driven::{Driven, Incoming, Outgoing, Settings};
pub use self::faulty::{Fault, Faulty};
pub use self::scripted::{Call, Calls, Scripted, State};
pub use self::tally::Tally;

use std::fmt::Debug;
use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::os::fd::AsFd;
use std::os::unix::net::UnixStream;
use std::time::Duration;

use mio::event::Source;
use wharf::storage::Storage;
use wharf::{Enframe, Framed, Framing};
use wharf_drivers::RecvError;

/// A driver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Driver {
    /// `wharf_drivers::blocking`.
    Blocking,
    /// `wharf_drivers::mio_1`.
    Mio,
    /// `wharf_drivers::async_io_2`.
    AsyncIo,
}

impl Driver {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Blocking, Self::Mio, Self::AsyncIo];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Blocking => "blocking",
            Self::Mio => "mio",
            Self::AsyncIo => "async-io",
        }
    }

    /// A connection over `stream`, whose send queue takes packets while it holds less than `limit` bytes.
    pub fn open<S, F, B>(self, stream: S, framed: Framed<F>, storage: B, limit: usize) -> Box<dyn Peer>
    where
        S: Stream,
        for<'s> &'s S: Read + Write,
        F: Framing + Enframe + Clone + Debug + Send + 'static,
        B: Storage + Debug + Send + 'static,
    {
        match self {
            Self::Blocking => blocking::open(stream, framed, storage, limit),
            Self::Mio => mio_1::open(stream, framed, storage, limit),
            Self::AsyncIo => async_io_2::open(stream, framed, storage, limit),
        }
    }
}

/// What a scenario does with a connection.
pub trait Peer: Send {
    /// Waits for what comes next.
    fn recv(&mut self) -> Outcome;
    /// Takes what comes next, unless that had to be waited for; what waits is cancelled.
    fn try_recv(&mut self) -> Outcome;
    /// Queues a packet; how many bytes are queued if that is too many.
    ///
    /// # Errors
    ///
    /// What the sender says.
    fn enqueue(&mut self, packet: &[u8]) -> Result<(), String>;
    /// Sends all that is queued, and waits for it.
    ///
    /// # Errors
    ///
    /// If the socket fails.
    fn flush(&mut self) -> io::Result<()>;
    /// Sends what is taken without waiting; whether that is all.
    ///
    /// # Errors
    ///
    /// If the socket fails.
    fn try_flush(&mut self) -> io::Result<bool>;
    /// Sends all that is queued, then closes the sending half.
    ///
    /// # Errors
    ///
    /// If the socket fails.
    fn finish(&mut self) -> io::Result<()>;
    /// Bytes that are queued.
    fn queued(&self) -> usize;
    /// Gives a packet this long.
    fn set_packet_deadline(&mut self, allowed: Duration);
    /// Bytes that belong to no packet yet.
    fn remainder(&self) -> Vec<u8>;
    /// Whether no buffer is held.
    fn is_at_rest(&self) -> bool;
    /// Frees what an idle connection doesn't need.
    fn rest(&mut self);
}

/// What came of receiving.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// A packet.
    Packet(Vec<u8>),
    /// A packet was refused.
    Reject(String),
    /// The stream is out of step.
    Fatal(String),
    /// The stream ended inside a packet.
    Truncated {
        /// Bytes that had come.
        had: u64,
        /// Bytes that were missing.
        missing: u64,
    },
    /// A packet took too long.
    Deadline {
        /// Where it began.
        position: u64,
    },
    /// The pool had no buffer.
    Exhausted,
    /// The socket failed.
    Io(ErrorKind),
    /// The stream has ended.
    Ended,
    /// It would have to be waited for.
    Waits,
}

impl Outcome {
    /// A packet of these bytes.
    pub fn packet(bytes: impl AsRef<[u8]>) -> Self {
        Self::Packet(bytes.as_ref().to_vec())
    }
}

impl<'b, E: std::fmt::Display> From<Result<Option<&'b [u8]>, RecvError<E>>> for Outcome {
    fn from(received: Result<Option<&'b [u8]>, RecvError<E>>) -> Self {
        match received {
            Ok(Some(packet)) => Self::Packet(packet.to_vec()),
            Ok(None) => Self::Ended,
            Err(RecvError::Io(error)) => Self::Io(error.kind()),
            Err(RecvError::Reject(error)) => Self::Reject(error.to_string()),
            Err(RecvError::Fatal(error)) => Self::Fatal(error.to_string()),
            Err(RecvError::Truncated { had, missing }) => Self::Truncated { had, missing },
            Err(RecvError::Deadline { position, .. }) => Self::Deadline { position },
            Err(RecvError::Exhausted(_)) => Self::Exhausted,
        }
    }
}

/// A stream that every driver can have.
pub trait Stream: Read + Write + AsFd + wharf_drivers::blocking::Socket + Send + Sync + Sized + 'static
where
    Self: wharf_drivers::async_io_2::Socket,
{
    /// The same in mio.
    type Mio: Source + Read + Write + wharf_drivers::mio_1::Socket + Send + 'static;

    /// Makes it mio's, where it must not block.
    fn into_mio(self) -> Self::Mio;

    /// Makes it block, or not.
    fn set_nonblocking(&self, nonblocking: bool);
}

impl Stream for TcpStream {
    type Mio = mio::net::TcpStream;

    fn into_mio(self) -> Self::Mio {
        Stream::set_nonblocking(&self, true);
        mio::net::TcpStream::from_std(self)
    }

    fn set_nonblocking(&self, nonblocking: bool) {
        Self::set_nonblocking(self, nonblocking).unwrap();
    }
}

impl Stream for UnixStream {
    type Mio = mio::net::UnixStream;

    fn into_mio(self) -> Self::Mio {
        Stream::set_nonblocking(&self, true);
        mio::net::UnixStream::from_std(self)
    }

    fn set_nonblocking(&self, nonblocking: bool) {
        Self::set_nonblocking(self, nonblocking).unwrap();
    }
}

/// Two ends of a TCP connection over loopback.
pub fn tcp_pair() -> (TcpStream, TcpStream) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let ours = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let (theirs, from) = listener.accept().unwrap();
    assert_eq!(from, ours.local_addr().unwrap());
    ours.set_nodelay(true).unwrap();
    (ours, theirs)
}

/// Closes a TCP connection so that its peer is told of a reset.
pub fn reset(stream: TcpStream) {
    socket2::SockRef::from(&stream).set_linger(Some(Duration::ZERO)).unwrap();
    drop(stream);
}
