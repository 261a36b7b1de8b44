//! What a run ends with, and what can go wrong with it.

use core::fmt;
use core::ops::Range;

use bytes::Bytes;

use super::io::Io;
use crate::storage::Storage;

/// The bytes behind a packet that a run was given and doesn't need.
///
/// They are the first bytes that the next run is given.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a remainder is in the buffer or isn't")]
pub enum Remainder {
    /// There are none.
    None,
    /// They stand in this part of what the deserializer sees of the buffer.
    Range(Range<usize>),
    /// They are bytes of the deserializer's own.
    Bytes(Bytes),
}

impl From<Range<usize>> for Remainder {
    fn from(range: Range<usize>) -> Self {
        Self::Range(range)
    }
}

impl From<Bytes> for Remainder {
    fn from(bytes: Bytes) -> Self {
        Self::Bytes(bytes)
    }
}

impl From<alloc::vec::Vec<u8>> for Remainder {
    fn from(bytes: alloc::vec::Vec<u8>) -> Self {
        Self::Bytes(bytes.into())
    }
}

/// What a run ends with, and the buffer that it gives back: [`Io::packet`], [`Io::refuse`] or [`Io::abort`].
pub type Outcome<P, E, B> = Result<Accepted<P, B>, Refused<E, B>>;

/// A packet, the bytes behind it, and the buffer.
#[must_use]
#[derive(Debug)]
pub struct Accepted<P, B: Storage> {
    pub(super) io: Io<B>,
    pub(super) packet: P,
    pub(super) remainder: Remainder,
}

/// Why a run refuses its packet, the bytes behind it, and the buffer.
#[must_use]
#[derive(Debug)]
pub struct Refused<E, B: Storage> {
    pub(super) io: Io<B>,
    pub(super) error: E,
    pub(super) remainder: Remainder,
    pub(super) fatal: bool,
}

/// Why an async fn made no packet.
///
/// All but [`Refused`](Self::Refused) are mistakes of the deserializer, and fatal: see the
/// [table](crate::authored#what-can-go-wrong).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Failure<E> {
    /// The deserializer itself refused the packet.
    Refused(E),
    /// It wants to write at or beyond the end of the buffer, or before its start.
    Position {
        /// Where it wants to write.
        at: At,
        /// Length of the buffer that it sees, in bytes.
        len: usize,
    },
    /// It ended without consuming a byte, and would do so for ever.
    NoProgress,
    /// It awaits something that isn't [`Io::write_at`](crate::authored::Io::write_at).
    ForeignAwait,
    /// Its remainder isn't a part of the buffer.
    Remainder {
        /// Where the remainder is said to begin, in bytes from the start of the buffer.
        start: usize,
        /// One past its last byte.
        end: usize,
        /// Length of the buffer that it sees, in bytes.
        len: usize,
    },
    /// It panicked.
    Panicked,
    /// It never gave the buffer back.
    BufferLost,
}

impl<E: fmt::Display> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(error) => error.fmt(f),
            Self::Position { at, len } => write!(f, "write position {at} is outside the buffer of {len} bytes"),
            Self::NoProgress => f.write_str("deserializer ended without consuming a byte"),
            Self::ForeignAwait => f.write_str("deserializer awaits something other than received bytes"),
            Self::Remainder { start, end, len } => {
                write!(f, "remainder {start}..{end} is outside the buffer of {len} bytes")
            }
            Self::Panicked => f.write_str("deserializer panicked"),
            Self::BufferLost => f.write_str("deserializer kept the buffer"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for Failure<E> {}

/// Where in the buffer to write what is received next.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a position counts from the start or from the end")]
pub enum At {
    /// At the front: the whole buffer is the window.
    Start,
    /// Behind the first so many bytes.
    Offset(usize),
    /// Into the last so many bytes.
    FromEnd(usize),
}

impl At {
    /// Bytes from the front of a buffer of `len` bytes; `None` outside of it.
    pub(super) fn resolve(self, len: usize) -> Option<usize> {
        match self {
            Self::Start => Some(0),
            Self::Offset(offset) => Some(offset),
            Self::FromEnd(count) => len.checked_sub(count),
        }
        .filter(|&offset| offset < len)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start => f.write_str("0"),
            Self::Offset(offset) => offset.fmt(f),
            Self::FromEnd(count) => write!(f, "-{count}"),
        }
    }
}
