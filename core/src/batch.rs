//! Several packets lent at once.

use crate::receiver::Pending;
use crate::{Codec, Error, Framed, Framing, PollError, Raw, Span};

/// The complete packets of a buffer, lent at once: an iterator that stops where more bytes are needed.
#[derive(Debug)]
pub struct Batch<'b, F, C = Raw> {
    engine: &'b mut Framed<F, C>,
    buffer: &'b [u8],
    /// What the receiver has been told already, where there is one.
    pending: Option<&'b mut Pending<Span>>,
}

impl<'b, F: Framing, C: Codec> Batch<'b, F, C> {
    pub(crate) fn new(engine: &'b mut Framed<F, C>, buffer: &'b [u8], pending: Option<&'b mut Pending<Span>>) -> Self {
        Self { engine, buffer, pending }
    }
}

impl<'b, F: Framing, C: Codec> Iterator for Batch<'b, F, C> {
    type Item = Result<&'b [u8], PollError<Error<C::Error>>>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        match self.pending.as_deref_mut() {
            None | Some(Pending::Nothing) => {}
            Some(Pending::Window(_)) => return None,
            Some(pending @ &mut Pending::Packet(span)) => {
                *pending = Pending::Nothing;
                return Some(Ok(&self.buffer[span.range()]));
            }
        }
        match self.engine.next_in(self.buffer)? {
            Ok(span) => Some(Ok(&self.buffer[span.range()])),
            Err(error) => Some(Err(error)),
        }
    }
}
