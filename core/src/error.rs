//! What can go wrong with received bytes, and what the caller can do about it.

use core::convert::Infallible;
use core::fmt;

use crate::storage::Exhausted;

/// Why a framing refuses a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum FrameError {
    /// The packet is longer than the caller's policy allows.
    LimitExceeded {
        /// Most bytes that are allowed.
        limit: u64,
        /// Bytes that the packet announced, where it announced them.
        needed: Option<u64>,
    },
    /// The packet is nested deeper than the caller's policy allows.
    DepthExceeded {
        /// Most levels that are allowed.
        limit: u32,
    },
    /// The peer sent bytes that the format forbids.
    Malformed {
        /// What the format wants in their place.
        expected: &'static str,
    },
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LimitExceeded { limit, needed: Some(needed) } => {
                write!(f, "packet of {needed} bytes exceeds the limit of {limit}")
            }
            Self::LimitExceeded { limit, needed: None } => {
                write!(f, "packet exceeds the limit of {limit} bytes")
            }
            Self::DepthExceeded { limit } => write!(f, "packet exceeds the limit of {limit} levels"),
            Self::Malformed { expected } => write!(f, "malformed packet: expected {expected}"),
        }
    }
}

impl core::error::Error for FrameError {}

/// Why a packet was refused: by its framing, or by the codec that reads its payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ErrorKind<P = Infallible> {
    /// The framing refused it.
    Frame(FrameError),
    /// The boundary was found, and the payload codec refused what is inside.
    Payload(P),
}

/// A refused packet: why, and where in the stream it begins.
///
/// It owns its data, so it may be kept after the buffer is received into again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Error<P = Infallible> {
    kind: ErrorKind<P>,
    position: u64,
}

impl<P> Error<P> {
    /// Makes an error about the packet that begins at `position`, in bytes from the stream's start.
    pub const fn new(kind: ErrorKind<P>, position: u64) -> Self {
        Self { kind, position }
    }

    /// Why the packet was refused.
    pub const fn kind(&self) -> &ErrorKind<P> {
        &self.kind
    }

    /// Takes the reason out.
    pub fn into_kind(self) -> ErrorKind<P> {
        self.kind
    }

    /// Where the refused packet begins, in bytes from the stream's start.
    pub const fn position(&self) -> u64 {
        self.position
    }

    /// The same error with another payload error, as wrapping codecs need it.
    pub fn map_payload<Q>(self, map: impl FnOnce(P) -> Q) -> Error<Q> {
        let kind = match self.kind {
            ErrorKind::Frame(error) => ErrorKind::Frame(error),
            ErrorKind::Payload(error) => ErrorKind::Payload(map(error)),
        };
        Error { kind, position: self.position }
    }
}

impl<P: fmt::Display> fmt::Display for Error<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ErrorKind::Frame(error) => error.fmt(f)?,
            ErrorKind::Payload(error) => error.fmt(f)?,
        }
        write!(f, " at byte {}", self.position)
    }
}

impl<P: fmt::Debug + fmt::Display> core::error::Error for Error<P> {}

/// A buffer, or a framing's limit, that cannot work; said at construction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ConfigError {
    /// The buffer cannot hold the longest packet that the limits allow.
    BufferTooSmall {
        /// Bytes that the longest packet takes on the wire.
        needed: usize,
        /// Bytes that the buffer has.
        had: usize,
    },
    /// The pool has no buffer for the bytes that are retained.
    Exhausted(Exhausted),
    /// An option has a value that no stream could satisfy.
    Invalid {
        /// The option.
        option: &'static str,
        /// What it must be.
        expected: &'static str,
    },
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BufferTooSmall { needed, had } => {
                write!(f, "buffer of {had} bytes cannot hold a packet of {needed}")
            }
            Self::Exhausted(error) => error.fmt(f),
            Self::Invalid { option, expected } => write!(f, "{option} must be {expected}"),
        }
    }
}

impl core::error::Error for ConfigError {}
