//! Payloads that are CBOR, read and written with serde.

use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use ciborium::{de, ser};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{Codec, Encode};

/// A CBOR data item ([RFC 8949]) as a value of type `T`, which owns its data.
///
/// Bytes behind the item are refused; so are more levels than [`max_depth`](Self::max_depth) allows.
///
/// ```
/// use wharf::codec::Cbor;
/// use wharf::{CborItems, Event, Framed, Receiver};
///
/// let deserializer = Framed::with_codec(CborItems::new(1024), Cbor::<Vec<(u8, String)>>::new());
/// let mut receiver = Receiver::new(deserializer, [0; 2048])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(b"\x81\x82\x07\x63ada\x80");
/// }
/// let Event::Packet(packet) = receiver.poll()? else { panic!("the item is complete") };
/// assert_eq!(packet, [(7, "ada".to_owned())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 8949]: https://www.rfc-editor.org/rfc/rfc8949
pub struct Cbor<T> {
    max_depth: usize,
    packet: PhantomData<fn() -> T>,
}

/// Why an item can't be read or written as the type that is wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CborError {
    /// The payload ends inside the item.
    Truncated,
    /// The item is malformed, or its text isn't UTF-8.
    Syntax {
        /// Where, in bytes from the payload's start.
        offset: usize,
    },
    /// The item isn't of the type that is wanted.
    Type {
        /// What was wanted, and what there is.
        message: String,
    },
    /// The item is nested deeper than the codec allows.
    DepthExceeded {
        /// Most levels that are allowed.
        limit: usize,
    },
    /// There are bytes behind the item.
    TrailingBytes {
        /// How many.
        count: usize,
    },
    /// The value can't be written.
    Unwritable {
        /// Why.
        message: String,
    },
}

impl fmt::Display for CborError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("CBOR item ends early"),
            Self::Syntax { offset } => write!(f, "malformed CBOR at byte {offset} of the payload"),
            Self::Type { message } => write!(f, "CBOR item of another type: {message}"),
            Self::DepthExceeded { limit } => write!(f, "CBOR item exceeds the limit of {limit} levels"),
            Self::TrailingBytes { count } => write!(f, "{count} bytes behind the CBOR item"),
            Self::Unwritable { message } => write!(f, "value can't be written as CBOR: {message}"),
        }
    }
}

impl core::error::Error for CborError {}

impl<T> Cbor<T> {
    /// Levels of arrays, maps and tags, unless [`max_depth`](Self::max_depth) says otherwise.
    pub const MAX_DEPTH: usize = 128;

    /// Items of type `T`.
    pub const fn new() -> Self {
        Self { max_depth: Self::MAX_DEPTH, packet: PhantomData }
    }

    /// Sets how many levels an item may have; each takes room on the stack while the item is read.
    #[must_use]
    pub fn max_depth(mut self, levels: usize) -> Self {
        self.max_depth = levels;
        self
    }
}

impl<T: DeserializeOwned> Codec for Cbor<T> {
    type Packet<'b>
        = T
    where
        Self: 'b;
    type Error = CborError;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<T, CborError> {
        let mut rest = &*payload;
        let packet = de::from_reader_with_recursion_limit(&mut rest, self.max_depth).map_err(|error| match error {
            // A slice can't fail but by its end.
            de::Error::Io(_) => CborError::Truncated,
            de::Error::Syntax(offset) => CborError::Syntax { offset },
            de::Error::Semantic(_, message) => CborError::Type { message },
            de::Error::RecursionLimitExceeded => CborError::DepthExceeded { limit: self.max_depth },
        })?;
        if !rest.is_empty() {
            return Err(CborError::TrailingBytes { count: rest.len() });
        }
        Ok(packet)
    }
}

impl<T: Serialize> Encode<T> for Cbor<T> {
    type Error = CborError;

    fn encode(&mut self, packet: &T, payload: &mut Vec<u8>) -> Result<(), CborError> {
        ser::into_writer(packet, payload).map_err(|error| match error {
            ser::Error::Io(error) => CborError::Unwritable { message: error.to_string() },
            ser::Error::Value(message) => CborError::Unwritable { message },
        })
    }
}

impl<T> Clone for Cbor<T> {
    fn clone(&self) -> Self {
        Self { max_depth: self.max_depth, packet: PhantomData }
    }
}

impl<T> Default for Cbor<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Cbor<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cbor").field("max_depth", &self.max_depth).finish_non_exhaustive()
    }
}
