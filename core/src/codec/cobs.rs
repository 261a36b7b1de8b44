//! Consistent overhead byte stuffing.

#[cfg(feature = "alloc")]
use crate::Encode;
use crate::codec::WrapError;
use crate::{Codec, Delimited, Framed, Raw};

/// Bytes of a full block, with its code: 254 bytes that aren't zero, and no zero after them.
const FULL: usize = 255;

/// Payloads without zero bytes, [as Cheshire and Baker stuff them][COBS], between frames that end with one.
///
/// ```text
/// frame = 1*block
/// block = code *OCTET        ; code - 1 octets, none of them zero
///                            ; and a zero follows, unless code is 255 or the block is the last
/// ```
///
/// Decoded in place: nothing is allocated, and the packet is at least one byte shorter than its frame.
///
/// ```
/// use wharf::codec::Cobs;
/// use wharf::{Event, Receiver};
///
/// let mut receiver = Receiver::new(Cobs::framed(64), [0; 128])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(b"\x03ab\x02c\x00");
/// }
/// assert!(matches!(receiver.poll()?, Event::Packet(b"ab\0c")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [COBS]: https://doi.org/10.1109/90.769765
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Cobs<C = Raw> {
    inner: C,
}

impl<C> Cobs<C> {
    /// Unstuffs payloads, which `inner` then reads.
    pub const fn new(inner: C) -> Self {
        Self { inner }
    }

    /// The framing that belongs to it: frames of at most `limit` bytes, stuffed, each followed by a zero byte.
    ///
    /// Zero bytes that follow one another are a gap, as senders use them to flush a line: even an empty packet
    /// has a frame of one byte.
    pub fn framing(limit: usize) -> Delimited<'static> {
        Delimited::with_gaps(&[0], limit)
    }
}

impl Cobs {
    /// The deserializer: frames of at most `limit` bytes, stuffed.
    pub fn framed(limit: usize) -> Framed<Delimited<'static>, Self> {
        Framed::with_codec(Self::framing(limit), Self::new(Raw))
    }
}

/// Unstuffs `frame` in place and returns how long the packet is, or where a code is wrong.
fn unstuff(frame: &mut [u8]) -> Result<usize, usize> {
    // Invariant: `written <= read`: each block has a code, which makes up for the zero.
    let (mut read, mut written) = (0, 0);
    while let Some(&code) = frame.get(read) {
        let code = usize::from(code);
        let end = read + code;
        let block = frame.get(read + 1..end).ok_or(read)?;
        if let Some(zero) = memchr::memchr(0, block) {
            return Err(read + 1 + zero);
        }
        frame.copy_within(read + 1..end, written);
        written += code - 1;
        read = end;
        if code < FULL && read < frame.len() {
            frame[written] = 0;
            written += 1;
        }
    }
    if frame.is_empty() { Err(0) } else { Ok(written) }
}

impl<C: Codec> Codec for Cobs<C> {
    type Packet<'b>
        = C::Packet<'b>
    where
        Self: 'b;
    type Error = WrapError<C::Error>;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<C::Packet<'b>, Self::Error> {
        let expected = "the length of a block without zeros";
        let len = unstuff(payload).map_err(|offset| WrapError::Malformed { expected, offset })?;
        self.inner.decode(&mut payload[..len]).map_err(WrapError::Inner)
    }
}

#[cfg(feature = "alloc")]
impl<P: ?Sized, C: Encode<P>> Encode<P> for Cobs<C> {
    type Error = C::Error;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), C::Error> {
        let start = payload.len();
        self.inner.encode(packet, payload)?;
        let plain = start..payload.len();
        let mut code_at = payload.len();
        payload.push(1);
        for at in plain.clone() {
            let byte = payload[at];
            if byte != 0 {
                payload.push(byte);
                payload[code_at] += 1;
            }
            // A full block at the very end is not followed by another.
            if byte == 0 || usize::from(payload[code_at]) == FULL && at + 1 < plain.end {
                code_at = payload.len();
                payload.push(1);
            }
        }
        payload.drain(plain);
        Ok(())
    }
}
