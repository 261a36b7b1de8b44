//! What a payload is: one codec a file.

#[cfg(feature = "cbor")]
mod cbor;
#[cfg(feature = "json")]
mod json;
#[cfg(any(feature = "json", feature = "messagepack"))]
mod lend;
#[cfg(feature = "messagepack")]
mod messagepack;
mod text;

#[cfg(feature = "cbor")]
pub use self::cbor::{Cbor, CborError};
#[cfg(feature = "json")]
pub use self::json::{Json, JsonRef};
#[cfg(any(feature = "json", feature = "messagepack"))]
pub use self::lend::Lend;
#[cfg(feature = "messagepack")]
pub use self::messagepack::{MessagePack, MessagePackError, MessagePackRef};
pub use self::text::{Ascii, EncodingError, Utf8};

use core::convert::Infallible;

/// Reads a packet's payload, once, at the moment when it is lent.
///
/// The payload is lent mutably, so a codec may change it in place (unmask, decode base64), and itself, so
/// that it may keep room of its own from packet to packet (inflate). Codecs wrap codecs, to any depth.
pub trait Codec {
    /// What the user is lent.
    type Packet<'b>
    where
        Self: 'b;
    /// Why a payload is refused.
    type Error;

    /// Reads `payload`.
    ///
    /// # Errors
    ///
    /// Where the payload isn't what this codec reads. It costs one packet: the stream stays in step.
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<Self::Packet<'b>, Self::Error>;
}

/// The payload as it lies in the buffer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing to it but its name")]
pub struct Raw;

impl Codec for Raw {
    type Packet<'b> = &'b [u8];
    type Error = Infallible;

    #[inline]
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<&'b [u8], Infallible> {
        Ok(payload)
    }
}

/// The payload as it lies in the buffer, to be changed there: edit and forward.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing to it but its name")]
pub struct Edit;

impl Codec for Edit {
    type Packet<'b> = &'b mut [u8];
    type Error = Infallible;

    #[inline]
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<&'b mut [u8], Infallible> {
        Ok(payload)
    }
}

/// Writes a packet's payload: the sending side of a [`Codec`].
#[cfg(feature = "alloc")]
pub trait Encode<P: ?Sized> {
    /// Why a packet cannot be written.
    type Error;

    /// Appends the payload of `packet` to `payload`.
    ///
    /// # Errors
    ///
    /// Where this codec has no way to write the packet; what was appended is then taken away by the caller.
    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), Self::Error>;
}

#[cfg(feature = "alloc")]
impl<P: AsRef<[u8]> + ?Sized> Encode<P> for Raw {
    type Error = Infallible;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), Infallible> {
        payload.extend_from_slice(packet.as_ref());
        Ok(())
    }
}
