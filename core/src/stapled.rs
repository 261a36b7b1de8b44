//! Two halves as a whole: receive with one, send with the other.

use crate::{Codec, Enframe, Found, FrameError, Framing};

/// Receives as one framing or codec does, and sends as another.
///
/// ```
/// use wharf::{Enframe, Ending, Found, Framing, Lines, Stapled};
///
/// // Liberal in what is received, strict in what is sent.
/// let mut lines = Stapled::new(Lines::new(80).ending(Ending::Any), Lines::new(80).ending(Ending::CrLf));
/// assert_eq!(lines.scan(b"hello\n", 0, false), Found::Packet { len: 6, payload: 0..5 });
/// assert_eq!(lines.tail(), b"\r\n");
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stapled<R, S> {
    received: R,
    sent: S,
}

impl<R, S> Stapled<R, S> {
    /// Receives as `received` does, and sends as `sent` does.
    pub fn new(received: R, sent: S) -> Self {
        Self { received, sent }
    }

    /// The half that receives.
    pub fn received(&self) -> &R {
        &self.received
    }

    /// The half that sends.
    pub fn sent(&self) -> &S {
        &self.sent
    }
}

impl<R: Framing, S> Framing for Stapled<R, S> {
    #[inline]
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found {
        self.received.scan(unread, seen, eof)
    }

    #[inline]
    fn max_len(&self) -> usize {
        self.received.max_len()
    }
}

impl<R, S: Enframe> Enframe for Stapled<R, S> {
    fn max_head_len(&self) -> usize {
        self.sent.max_head_len()
    }

    fn head(&self, payload: &[u8], head: &mut [u8]) -> Result<usize, FrameError> {
        self.sent.head(payload, head)
    }

    fn tail(&self) -> &[u8] {
        self.sent.tail()
    }
}

impl<R: Codec, S> Codec for Stapled<R, S> {
    type Packet<'b>
        = R::Packet<'b>
    where
        Self: 'b;
    type Error = R::Error;

    #[inline]
    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<R::Packet<'b>, R::Error> {
        self.received.decode(payload)
    }
}

#[cfg(feature = "alloc")]
impl<P: ?Sized, R, S: crate::Encode<P>> crate::Encode<P> for Stapled<R, S> {
    type Error = S::Error;

    fn encode(&mut self, packet: &P, payload: &mut alloc::vec::Vec<u8>) -> Result<(), S::Error> {
        self.sent.encode(packet, payload)
    }
}
