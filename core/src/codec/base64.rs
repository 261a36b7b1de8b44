//! Payloads in base64.

use ::base64::engine::GeneralPurpose;
use ::base64::engine::general_purpose::{STANDARD, URL_SAFE};
use ::base64::{DecodeError, DecodeSliceError, Engine};

#[cfg(feature = "alloc")]
use crate::Encode;
use crate::codec::WrapError;
use crate::{Codec, Raw};

/// Characters that are decoded at a time, and the bytes that those are.
const CHARACTERS: usize = 1024;
const BYTES: usize = CHARACTERS / 4 * 3;

/// Which characters stand for 62 and 63.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "RFC 4648 has these two")]
pub enum Alphabet {
    /// `+` and `/` ([RFC 4648 §4](https://www.rfc-editor.org/rfc/rfc4648#section-4)).
    #[default]
    Standard,
    /// `-` and `_` ([RFC 4648 §5](https://www.rfc-editor.org/rfc/rfc4648#section-5)).
    UrlSafe,
}

impl Alphabet {
    const fn engine(self) -> &'static GeneralPurpose {
        match self {
            Self::Standard => &STANDARD,
            Self::UrlSafe => &URL_SAFE,
        }
    }
}

/// Payloads in base64 ([RFC 4648]), with their padding.
///
/// ```text
/// payload   = *(4character) [2character "==" / 3character "="]     ; unused bits are zero
/// character = ALPHA / DIGIT / "+" / "/"                           ; or "-" and "_"
/// ```
///
/// Strict: any other character, line breaks too, missing padding or unused bits that are set cost the packet, so
/// no two payloads are the same packet.
/// Decoded in place: nothing is allocated, and `inner` reads three quarters of the payload.
///
/// ```
/// use wharf::codec::{Base64, Utf8};
/// use wharf::{Event, Framed, Lines, Receiver};
///
/// let lines = Framed::with_codec(Lines::new(80), Base64::standard(Utf8));
/// let mut receiver = Receiver::new(lines, [0; 128])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(b"Zm9vYg==\n");
/// }
/// assert!(matches!(receiver.poll()?, Event::Packet("foob")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 4648]: https://www.rfc-editor.org/rfc/rfc4648
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Base64<C = Raw> {
    alphabet: Alphabet,
    inner: C,
}

impl<C> Base64<C> {
    /// Decodes payloads, which `inner` then reads.
    pub const fn new(alphabet: Alphabet, inner: C) -> Self {
        Self { alphabet, inner }
    }

    /// Decodes payloads of the standard alphabet.
    pub const fn standard(inner: C) -> Self {
        Self::new(Alphabet::Standard, inner)
    }

    /// Decodes payloads of the alphabet that is safe in URLs and file names.
    pub const fn url_safe(inner: C) -> Self {
        Self::new(Alphabet::UrlSafe, inner)
    }
}

/// Decodes `payload` in place and returns how many bytes it is, or where it is wrong.
fn decode_in_place(engine: &GeneralPurpose, payload: &mut [u8]) -> Result<usize, usize> {
    // Invariant: `written <= read`: four characters are three bytes.
    let (mut read, mut written) = (0, 0);
    let mut bytes = [0; BYTES];
    while read < payload.len() {
        let end = payload.len().min(read + CHARACTERS);
        let len = engine.decode_slice(&payload[read..end], &mut bytes).map_err(|error| match error {
            DecodeSliceError::DecodeError(
                DecodeError::InvalidByte(offset, _) | DecodeError::InvalidLastSymbol { offset, .. },
            ) => read + offset,
            // The end is not as it must be.
            DecodeSliceError::DecodeError(_) | DecodeSliceError::OutputSliceTooSmall => end,
        })?;
        if end < payload.len() && len < BYTES {
            // Padding that is followed by more.
            return Err(end - (BYTES - len));
        }
        payload[written..written + len].copy_from_slice(&bytes[..len]);
        read = end;
        written += len;
    }
    Ok(written)
}

impl<C: Codec> Codec for Base64<C> {
    type Packet<'b>
        = C::Packet<'b>
    where
        Self: 'b;
    type Error = WrapError<C::Error>;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<C::Packet<'b>, Self::Error> {
        let len = decode_in_place(self.alphabet.engine(), payload)
            .map_err(|offset| WrapError::Malformed { expected: "padded base64", offset })?;
        self.inner.decode(&mut payload[..len]).map_err(WrapError::Inner)
    }
}

#[cfg(feature = "alloc")]
impl<P: ?Sized, C: Encode<P>> Encode<P> for Base64<C> {
    type Error = C::Error;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), C::Error> {
        let start = payload.len();
        self.inner.encode(packet, payload)?;
        let plain = payload.len() - start;
        payload.resize(start + plain.div_ceil(3) * 4, 0);
        // Backwards, since the characters of one chunk lie over the bytes of those behind it.
        let mut bytes = [0; BYTES];
        for index in (0..plain.div_ceil(BYTES)).rev() {
            let from = index * BYTES;
            let chunk = &mut bytes[..BYTES.min(plain - from)];
            chunk.copy_from_slice(&payload[start + from..start + from + chunk.len()]);
            let characters = &mut payload[start + index * CHARACTERS..];
            // Invariant: the payload was made as long as all characters are.
            let _ = self.alphabet.engine().encode_slice(&*chunk, characters);
        }
        Ok(())
    }
}
