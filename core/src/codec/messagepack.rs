//! Payloads that are MessagePack, read and written with serde.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use rmp_serde::{decode, encode};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Lend;
use crate::{Codec, Encode};

/// A MessagePack object as a value of type `T`, which owns its data.
///
/// Bytes behind the object are refused; so are more levels than [`max_depth`](Self::max_depth) allows.
/// Structs are written as maps with the names of their fields, as other languages expect them, and read from maps
/// and from arrays.
///
/// ```
/// use wharf::codec::MessagePack;
/// use wharf::{Event, Framed, MessagePackItems, Receiver};
///
/// let codec = MessagePack::<Vec<(u8, String)>>::new();
/// let mut receiver = Receiver::new(Framed::with_codec(MessagePackItems::new(1024), codec), [0; 2048])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(b"\x91\x92\x07\xa3ada\x90");
/// }
/// let Event::Packet(packet) = receiver.poll()? else { panic!("the object is complete") };
/// assert_eq!(packet, [(7, "ada".to_owned())]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct MessagePack<T> {
    max_depth: usize,
    packet: PhantomData<fn() -> T>,
}

/// A MessagePack object as a value that borrows its strings and bytes from the receive buffer; [`Lend`] names its
/// type.
pub struct MessagePackRef<K> {
    max_depth: usize,
    packet: PhantomData<fn() -> K>,
}

/// Why an object can't be read as the type that is wanted.
#[derive(Debug)]
#[non_exhaustive]
pub enum MessagePackError {
    /// It is malformed, of another type, or too deep.
    Object(decode::Error),
    /// There are bytes behind the object.
    TrailingBytes,
}

impl fmt::Display for MessagePackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Object(error) => write!(f, "MessagePack object of another type: {error}"),
            Self::TrailingBytes => f.write_str("bytes behind the MessagePack object"),
        }
    }
}

impl core::error::Error for MessagePackError {
    fn source(&self) -> Option<&(dyn core::error::Error + 'static)> {
        match self {
            Self::Object(error) => Some(error),
            Self::TrailingBytes => None,
        }
    }
}

/// Levels of arrays and maps, unless a codec is told otherwise.
const MAX_DEPTH: usize = 128;

impl<T> MessagePack<T> {
    /// Objects of type `T`.
    pub const fn new() -> Self {
        Self { max_depth: MAX_DEPTH, packet: PhantomData }
    }

    /// Sets how many levels of arrays and maps an object may have, 128 if not set and 65534 at most; each takes
    /// room on the stack while the object is read.
    #[must_use]
    pub fn max_depth(mut self, levels: usize) -> Self {
        self.max_depth = levels;
        self
    }
}

impl<K: Lend> MessagePackRef<K> {
    /// Objects of the type that `K` names.
    pub const fn new() -> Self {
        Self { max_depth: MAX_DEPTH, packet: PhantomData }
    }

    /// Sets how many levels of arrays and maps an object may have, 128 if not set and 65534 at most; each takes
    /// room on the stack while the object is read.
    #[must_use]
    pub fn max_depth(mut self, levels: usize) -> Self {
        self.max_depth = levels;
        self
    }
}

fn read<'b, T: Deserialize<'b>>(payload: &'b [u8], max_depth: usize) -> Result<T, MessagePackError> {
    let mut deserializer = rmp_serde::Deserializer::from_read_ref(payload);
    // The crate refuses the level at which its count comes down to 0.
    deserializer.set_max_depth(max_depth.saturating_add(1));
    let packet = T::deserialize(&mut deserializer).map_err(MessagePackError::Object)?;
    // It doesn't say where it stopped, but whether it finds the first byte of another object.
    match <()>::deserialize(&mut deserializer) {
        Err(decode::Error::InvalidMarkerRead(_)) => Ok(packet),
        _ => Err(MessagePackError::TrailingBytes),
    }
}

impl<T: DeserializeOwned> Codec for MessagePack<T> {
    type Packet<'b>
        = T
    where
        Self: 'b;
    type Error = MessagePackError;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<T, MessagePackError> {
        read(payload, self.max_depth)
    }
}

impl<K: Lend> Codec for MessagePackRef<K> {
    type Packet<'b>
        = K::Packet<'b>
    where
        Self: 'b;
    type Error = MessagePackError;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<K::Packet<'b>, MessagePackError> {
        read(payload, self.max_depth)
    }
}

impl<T: Serialize> Encode<T> for MessagePack<T> {
    type Error = encode::Error;

    fn encode(&mut self, packet: &T, payload: &mut Vec<u8>) -> Result<(), encode::Error> {
        encode::write_named(payload, packet)
    }
}

impl<T> Clone for MessagePack<T> {
    fn clone(&self) -> Self {
        Self { max_depth: self.max_depth, packet: PhantomData }
    }
}

impl<T> Default for MessagePack<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for MessagePack<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessagePack").field("max_depth", &self.max_depth).finish_non_exhaustive()
    }
}

impl<K> Clone for MessagePackRef<K> {
    fn clone(&self) -> Self {
        Self { max_depth: self.max_depth, packet: PhantomData }
    }
}

impl<K: Lend> Default for MessagePackRef<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K> fmt::Debug for MessagePackRef<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MessagePackRef").field("max_depth", &self.max_depth).finish_non_exhaustive()
    }
}
