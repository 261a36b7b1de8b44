//! IP over serial lines.

use memchr::memchr2;

#[cfg(feature = "alloc")]
use crate::Encode;
use crate::codec::WrapError;
use crate::{Codec, Delimited, Framed, Raw};

const END: u8 = 0xC0;
const ESC: u8 = 0xDB;
const ESC_END: u8 = 0xDC;
const ESC_ESC: u8 = 0xDD;

/// SLIP packets ([RFC 1055]).
///
/// ```text
/// frame   = 1*(octet / ESC ESC_END / ESC ESC_ESC) END
/// octet   = %x00-BF / %xC1-DA / %xDC-FF
/// END     = %xC0          ESC     = %xDB
/// ESC_END = %xDC          ESC_ESC = %xDD
/// ```
///
/// Decoded in place: nothing is allocated. An ESC before anything else costs one packet: the RFC leaves it to the
/// receiver, and to deliver what the sender never wrote would be worse.
///
/// ```
/// use wharf::codec::Slip;
/// use wharf::{Event, Receiver};
///
/// let mut receiver = Receiver::new(Slip::framed(64), [0; 128])?;
/// if let Event::Receive(window) = receiver.poll()? {
///     window.feed(b"\xC0one\xDB\xDCtwo\xC0");
/// }
/// assert!(matches!(receiver.poll()?, Event::Packet(b"one\xC0two")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 1055]: https://www.rfc-editor.org/rfc/rfc1055
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slip<C = Raw> {
    inner: C,
}

impl<C> Slip<C> {
    /// Takes the escapes out of payloads, which `inner` then reads.
    pub const fn new(inner: C) -> Self {
        Self { inner }
    }

    /// The framing that belongs to it: frames of at most `limit` bytes, with their escapes, each followed by END.
    ///
    /// ENDs that follow one another are a gap between packets: the RFC has senders begin packets with an END, too.
    /// So there is no empty packet.
    pub fn framing(limit: usize) -> Delimited<'static> {
        Delimited::with_gaps(&[END], limit)
    }
}

impl Slip {
    /// The deserializer: frames of at most `limit` bytes, with their escapes.
    pub fn framed(limit: usize) -> Framed<Delimited<'static>, Self> {
        Framed::with_codec(Self::framing(limit), Self::new(Raw))
    }
}

/// Takes the escapes out in place and returns how long the packet is, or where an escape is wrong.
fn unescape(frame: &mut [u8]) -> Result<usize, usize> {
    // Invariant: `written <= read`: an escape is two bytes for one.
    let (mut read, mut written) = (0, 0);
    while let Some(plain) = memchr2(ESC, END, &frame[read..]) {
        let escape = read + plain;
        let byte = match (frame[escape], frame.get(escape + 1)) {
            (ESC, Some(&ESC_END)) => END,
            (ESC, Some(&ESC_ESC)) => ESC,
            _ => return Err(escape),
        };
        frame.copy_within(read..escape, written);
        frame[written + plain] = byte;
        written += plain + 1;
        read = escape + 2;
    }
    frame.copy_within(read.., written);
    Ok(written + frame.len() - read)
}

impl<C: Codec> Codec for Slip<C> {
    type Packet<'b>
        = C::Packet<'b>
    where
        Self: 'b;
    type Error = WrapError<C::Error>;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<C::Packet<'b>, Self::Error> {
        let expected = "an octet, or DC or DD behind DB";
        let len = unescape(payload).map_err(|offset| WrapError::Malformed { expected, offset })?;
        self.inner.decode(&mut payload[..len]).map_err(WrapError::Inner)
    }
}

#[cfg(feature = "alloc")]
impl<P: ?Sized, C: Encode<P>> Encode<P> for Slip<C> {
    type Error = C::Error;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), C::Error> {
        let start = payload.len();
        self.inner.encode(packet, payload)?;
        let plain = start..payload.len();
        for at in plain.clone() {
            match payload[at] {
                END => payload.extend_from_slice(&[ESC, ESC_END]),
                ESC => payload.extend_from_slice(&[ESC, ESC_ESC]),
                octet => payload.push(octet),
            }
        }
        payload.drain(plain);
        Ok(())
    }
}
