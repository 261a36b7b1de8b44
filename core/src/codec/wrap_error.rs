//! What a codec that wraps another refuses.

use core::fmt;

/// Why a payload is refused by a codec that takes a wrapping off, or by the codec inside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum WrapError<E> {
    /// The payload isn't wrapped as it must be.
    Malformed {
        /// What the wrapping wants.
        expected: &'static str,
        /// Where that was missed, in bytes from the start of the wrapped payload.
        offset: usize,
    },
    /// What is inside is longer than the caller's policy allows.
    LimitExceeded {
        /// Most bytes that are allowed inside.
        limit: u64,
    },
    /// The digest or the authentication code isn't that of the payload.
    Checksum,
    /// The wrapping is sound, and the codec inside refuses what is in it.
    Inner(E),
}

impl<E: fmt::Display> fmt::Display for WrapError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed { expected, offset } => {
                write!(f, "malformed payload: expected {expected} at byte {offset} of it")
            }
            Self::LimitExceeded { limit } => write!(f, "unwrapped payload exceeds the limit of {limit} bytes"),
            Self::Checksum => f.write_str("checksum is not that of the payload"),
            Self::Inner(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for WrapError<E> {}
