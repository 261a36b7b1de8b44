//! Payloads that are text: UTF-8 or ASCII, both strict.

#[cfg(feature = "alloc")]
use core::convert::Infallible;
use core::fmt;

use crate::Codec;
#[cfg(feature = "alloc")]
use crate::Encode;

/// UTF-8 text, lent as it lies in the buffer ([RFC 3629]).
///
/// Overlong forms, surrogates and cut-off characters are refused; nothing is ever replaced.
///
/// ```
/// use wharf::codec::Utf8;
/// use wharf::{Event, Framed, Lines, Receiver};
///
/// let mut receiver = Receiver::new(Framed::with_codec(Lines::new(80), Utf8), [0; 128])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed("grüß dich\n".as_bytes());
/// }
/// assert!(matches!(receiver.poll()?, Event::Packet("grüß dich")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 3629]: https://www.rfc-editor.org/rfc/rfc3629
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing to it but its name")]
pub struct Utf8;

/// ASCII text, lent as it lies in the buffer ([RFC 20]): every byte is below 0x80.
///
/// [RFC 20]: https://www.rfc-editor.org/rfc/rfc20
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_structs, reason = "there is nothing to it but its name")]
pub struct Ascii;

/// A payload that isn't text in the encoding that is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EncodingError {
    encoding: &'static str,
    offset: usize,
}

impl EncodingError {
    /// The encoding that is wanted: `UTF-8` or `ASCII`.
    pub const fn encoding(&self) -> &'static str {
        self.encoding
    }

    /// Where the first byte that isn't text stands, in bytes from the payload's start.
    pub const fn offset(&self) -> usize {
        self.offset
    }
}

impl fmt::Display for EncodingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "text is not {} at byte {} of the payload", self.encoding, self.offset)
    }
}

impl core::error::Error for EncodingError {}

impl Utf8 {
    /// Reads `bytes` as UTF-8.
    ///
    /// # Errors
    ///
    /// At the first byte that isn't part of a whole character.
    #[inline]
    pub fn read(bytes: &[u8]) -> Result<&str, EncodingError> {
        core::str::from_utf8(bytes).map_err(|error| EncodingError { encoding: "UTF-8", offset: error.valid_up_to() })
    }
}

impl Ascii {
    /// Reads `bytes` as ASCII.
    ///
    /// # Errors
    ///
    /// At the first byte above 0x7F.
    #[inline]
    pub fn read(bytes: &[u8]) -> Result<&str, EncodingError> {
        match core::str::from_utf8(bytes) {
            Ok(text) if text.is_ascii() => Ok(text),
            _ => {
                let offset = bytes.iter().take_while(|byte| byte.is_ascii()).count();
                Err(EncodingError { encoding: "ASCII", offset })
            }
        }
    }
}

impl Codec for Utf8 {
    type Packet<'b> = &'b str;
    type Error = EncodingError;

    #[inline]
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<&'b str, EncodingError> {
        Self::read(payload)
    }
}

impl Codec for Ascii {
    type Packet<'b> = &'b str;
    type Error = EncodingError;

    #[inline]
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<&'b str, EncodingError> {
        Self::read(payload)
    }
}

#[cfg(feature = "alloc")]
impl<P: AsRef<str> + ?Sized> Encode<P> for Utf8 {
    type Error = Infallible;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), Infallible> {
        payload.extend_from_slice(packet.as_ref().as_bytes());
        Ok(())
    }
}

#[cfg(feature = "alloc")]
impl<P: AsRef<str> + ?Sized> Encode<P> for Ascii {
    type Error = EncodingError;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), EncodingError> {
        payload.extend_from_slice(Self::read(packet.as_ref().as_bytes())?.as_bytes());
        Ok(())
    }
}
