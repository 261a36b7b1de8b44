//! What can go wrong between a packet and its socket, and what can be done about it.

use std::fmt;
use std::io;
use std::time::Duration;

use wharf::storage::Exhausted;

/// Why there is no packet, and what can be done about it.
///
/// No error costs a byte that isn't named in it: receiving again goes on where it stopped.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum RecvError<E> {
    /// The socket failed; whether to receive again or to close is the caller's to know.
    Io(io::Error),
    /// One packet was refused; the stream is still in step: receive again.
    Reject(E),
    /// The boundary is lost; nothing more will come: close.
    Fatal(E),
    /// The stream ended inside a packet, whose bytes are in the receiver's remainder.
    Truncated {
        /// Bytes of the unfinished packet that had come.
        had: u64,
        /// Bytes that were missing at least.
        missing: u64,
    },
    /// A packet did not become whole in the time that it was given; what came of it is in the receiver's remainder.
    ///
    /// Receiving again gives it the same time once more.
    Deadline {
        /// The time that it was given.
        allowed: Duration,
        /// Where the packet begins, in bytes from the stream's start.
        position: u64,
    },
    /// The pool has no buffer to receive into: receive again later.
    Exhausted(Exhausted),
}

impl<E: fmt::Display> fmt::Display for RecvError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "cannot receive: {error}"),
            Self::Reject(error) => write!(f, "packet refused: {error}"),
            Self::Fatal(error) => write!(f, "stream out of step: {error}"),
            Self::Truncated { had, missing } => {
                write!(f, "stream ended inside a packet: {had} bytes came, at least {missing} were missing")
            }
            Self::Deadline { allowed, position } => {
                write!(f, "packet at byte {position} did not become whole in {allowed:?}")
            }
            Self::Exhausted(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for RecvError<E> {}

/// Why a packet was not sent.
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum SendError<E> {
    /// The socket failed. The packet is queued; whether to flush again or to close is the caller's to know.
    Io(io::Error),
    /// The packet was not queued.
    Queue(wharf::send::SendError<E>),
}

impl<E: fmt::Display> fmt::Display for SendError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Io(error) => write!(f, "cannot send: {error}"),
            Self::Queue(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for SendError<E> {}
