//! Payloads that are JSON, read and written with serde.

use alloc::vec::Vec;
use core::fmt;
use core::marker::PhantomData;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::Lend;
use crate::{Codec, Encode, Ending, Framed, Lines};

/// A JSON document ([RFC 8259]) as a value of type `T`, which owns its data.
///
/// White space around the document is allowed, anything else behind it is refused; so are more than 127 levels
/// of arrays and objects.
/// What is written is compact: it holds no line feed, so it is fit for lines.
///
/// ```
/// use wharf::codec::Json;
/// use wharf::{Event, Framed, JsonDocuments, PollError, Receiver};
///
/// let deserializer = Framed::with_codec(JsonDocuments::new(1024), Json::<[u8; 2]>::new());
/// let mut receiver = Receiver::new(deserializer, [0; 2048])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(b"[1, 2] [1, 300] [3, 4]");
/// }
/// assert!(matches!(receiver.poll()?, Event::Packet([1, 2])));
/// assert!(matches!(receiver.poll(), Err(PollError::Reject(error)) if error.position() == 7));
/// assert!(matches!(receiver.poll()?, Event::Packet([3, 4])));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 8259]: https://www.rfc-editor.org/rfc/rfc8259
pub struct Json<T> {
    packet: PhantomData<fn() -> T>,
}

impl<T> Json<T> {
    /// Documents of type `T`.
    pub const fn new() -> Self {
        Self { packet: PhantomData }
    }
}

impl<T: DeserializeOwned> Codec for Json<T> {
    type Packet<'b>
        = T
    where
        Self: 'b;
    type Error = serde_json::Error;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<T, serde_json::Error> {
        serde_json::from_slice(payload)
    }
}

impl<T: Serialize> Encode<T> for Json<T> {
    type Error = serde_json::Error;

    fn encode(&mut self, packet: &T, payload: &mut Vec<u8>) -> Result<(), serde_json::Error> {
        #[cfg(feature = "std")]
        serde_json::to_writer(payload, packet)?;
        #[cfg(not(feature = "std"))]
        payload.extend(serde_json::to_vec(packet)?);
        Ok(())
    }
}

/// A JSON document as a value that borrows its strings from the receive buffer; [`Lend`] names its type.
///
/// ```
/// use serde::Deserialize;
/// use wharf::codec::{JsonRef, Lend};
/// use wharf::{Event, Framed, Lines, Receiver};
///
/// #[derive(Deserialize)]
/// struct Login<'b> {
///     user: &'b str,
/// }
///
/// struct Logins;
///
/// impl Lend for Logins {
///     type Packet<'b> = Login<'b>;
/// }
///
/// let deserializer = Framed::with_codec(Lines::new(1024), JsonRef::<Logins>::new());
/// let mut receiver = Receiver::new(deserializer, [0; 2048])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(b"{\"user\":\"ada\"}\n");
/// }
/// let Event::Packet(login) = receiver.poll()? else { panic!("the line is complete") };
/// assert_eq!(login.user, "ada");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct JsonRef<K> {
    packet: PhantomData<fn() -> K>,
}

impl<K: Lend> JsonRef<K> {
    /// Documents of the type that `K` names.
    pub const fn new() -> Self {
        Self { packet: PhantomData }
    }
}

impl<K: Lend> Codec for JsonRef<K> {
    type Packet<'b>
        = K::Packet<'b>
    where
        Self: 'b;
    type Error = serde_json::Error;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<K::Packet<'b>, serde_json::Error> {
        serde_json::from_slice(payload)
    }
}

impl<T: DeserializeOwned> Framed<Lines, Json<T>> {
    /// JSON lines: one document a line, ended by CR LF, of at most 64 KiB.
    ///
    /// A line that isn't such a document costs one error, and the next line is delivered.
    /// For other endings and limits: `Framed::with_codec(Lines::new(limit), Json::new())`.
    ///
    /// ```
    /// use wharf::{Event, Framed, PollError, Receiver};
    ///
    /// let mut receiver = Receiver::new(Framed::json_lines(), vec![0; 64 * 1024 + 2])?;
    /// if let Event::Receive(window) = receiver.poll()? {
    ///     window.feed(b"{\"id\": 1}\r\n{\"id\": \r\n{\"id\": 3}\r\n");
    /// }
    /// let Event::Packet(packet) = receiver.poll()? else { panic!("the first line is complete") };
    /// let packet: serde_json::Value = packet;
    /// assert_eq!(packet["id"], 1);
    ///
    /// let Err(PollError::Reject(error)) = receiver.poll() else { panic!("the second isn't JSON") };
    /// assert_eq!(error.position(), 11);
    ///
    /// let Event::Packet(packet) = receiver.poll()? else { panic!("the third is complete") };
    /// assert_eq!(packet["id"], 3);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn json_lines() -> Self {
        Self::with_codec(Lines::new(64 * 1024).ending(Ending::CrLf), Json::new())
    }
}

impl<T> Clone for Json<T> {
    fn clone(&self) -> Self {
        Self::new()
    }
}

impl<T> Default for Json<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> fmt::Debug for Json<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Json")
    }
}

impl<K> Clone for JsonRef<K> {
    fn clone(&self) -> Self {
        Self { packet: PhantomData }
    }
}

impl<K: Lend> Default for JsonRef<K> {
    fn default() -> Self {
        Self::new()
    }
}

impl<K> fmt::Debug for JsonRef<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JsonRef")
    }
}
