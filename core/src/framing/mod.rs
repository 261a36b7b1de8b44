//! Where a packet ends: one rule a file.

mod cbor;
mod delimited;
mod fixed;
mod items;
mod json;
mod length_prefixed;
mod lines;
mod messagepack;
mod netstring;
mod size_prefixed;

pub use self::cbor::CborItems;
pub use self::delimited::Delimited;
pub use self::fixed::Fixed;
pub use self::json::JsonDocuments;
pub(crate) use self::length_prefixed::Head;
pub use self::length_prefixed::{Endian, LengthPrefixed, Width};
pub use self::lines::{Ending, FinalLine, Lines};
pub use self::messagepack::MessagePackItems;
pub use self::netstring::Netstring;
pub use self::size_prefixed::SizePrefixed;

use core::ops::Range;

use crate::FrameError;

/// What a framing found in the unread bytes. Plain data: it borrows nothing.
#[must_use]
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "the engine handles every outcome")]
pub enum Found {
    /// The first `len` unread bytes are one packet.
    Packet {
        /// Bytes of the packet on the wire, at least 1.
        len: usize,
        /// The part of them that is the payload.
        payload: Range<usize>,
    },
    /// The packet isn't complete; it takes at least `need` bytes, which is more than are unread.
    More {
        /// Bytes of the packet on the wire, at least.
        need: usize,
    },
    /// The first `len` bytes, which may be more than have arrived, are to be thrown away.
    Skip {
        /// Bytes to throw away.
        len: u64,
        /// Why, if a packet is refused with them; said once a packet.
        error: Option<FrameError>,
        /// Whether the refused packet goes on behind these bytes.
        more: bool,
    },
    /// The boundary is lost for good.
    Fatal(FrameError),
}

/// A rule that finds where a packet ends.
///
/// [`Framed`](crate::Framed) makes a deserializer of it and owns all that is hard: the cursor, the resume offset,
/// compaction, skipping and the end of the stream. What the payload *is* is the business of a
/// [`Codec`](crate::Codec).
pub trait Framing {
    /// Looks for the end of the packet that begins at `unread[0]`.
    ///
    /// - `seen` of the unread bytes were there at an earlier call that said [`Found::More`]; it is 0 at a
    ///   packet's first call. A rule that looks again only at what came since is linear at any cut.
    /// - `eof` says that no more bytes will come; `More` then means that the packet is truncated.
    ///
    /// What is found must depend on the bytes alone, never on how they were cut.
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found;

    /// The longest packet that the limits allow, in bytes on the wire.
    ///
    /// `scan` says [`Found::More`] only while fewer bytes than these are unread.
    fn max_len(&self) -> usize;
}

/// Encloses a payload in its frame: the sending side of a [`Framing`].
pub trait Enframe {
    /// Most bytes that stand before the payload.
    fn max_head_len(&self) -> usize {
        0
    }

    /// Checks `payload` and writes what stands before it to the front of `head`, which is
    /// [`max_head_len`](Self::max_head_len) bytes long; returns how many bytes it wrote.
    ///
    /// # Errors
    ///
    /// If the payload exceeds the limit, or if a receiver would not find its end (it holds the delimiter).
    fn head(&self, payload: &[u8], head: &mut [u8]) -> Result<usize, FrameError>;

    /// What stands behind the payload.
    fn tail(&self) -> &[u8] {
        &[]
    }
}

impl<F: Framing + ?Sized> Framing for &mut F {
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found {
        (**self).scan(unread, seen, eof)
    }

    fn max_len(&self) -> usize {
        (**self).max_len()
    }
}

#[cfg(feature = "alloc")]
impl<F: Framing + ?Sized> Framing for alloc::boxed::Box<F> {
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found {
        (**self).scan(unread, seen, eof)
    }

    fn max_len(&self) -> usize {
        (**self).max_len()
    }
}

#[cfg(feature = "alloc")]
impl<F: Enframe + ?Sized> Enframe for alloc::boxed::Box<F> {
    fn max_head_len(&self) -> usize {
        (**self).max_head_len()
    }

    fn head(&self, payload: &[u8], head: &mut [u8]) -> Result<usize, FrameError> {
        (**self).head(payload, head)
    }

    fn tail(&self) -> &[u8] {
        (**self).tail()
    }
}
