//! From slices to windows.

use core::fmt;
use core::ops::Range;

use super::{Fed, Incremental};
use crate::{Deserializer, End, Error, ErrorKind, FrameError, Step};

/// An [`Incremental`] as a [`Deserializer`]: it is fed what was received into the buffer.
///
/// Nothing is ever moved in the buffer, whose length is for the caller to choose.
/// Bytes of an unfinished packet that the incremental has taken are not part of the
/// [remainder](crate::Receiver::remainder), whatever the cuts.
pub struct Buffered<I: Incremental> {
    incremental: I,
    /// First byte that was not fed. Invariant: `start <= end <= buffer.len()`.
    start: usize,
    /// One past the last received byte.
    end: usize,
    /// Length of the window last offered.
    offered: usize,
    /// Bytes of the unfinished packet that were taken.
    taken: u64,
    /// Stream position of `start`.
    position: u64,
    packet: Option<I::Packet>,
    eof: bool,
    ended: bool,
}

impl<I: Incremental> Buffered<I> {
    /// Feeds `incremental`.
    pub fn new(incremental: I) -> Self {
        Self {
            incremental,
            start: 0,
            end: 0,
            offered: 0,
            taken: 0,
            position: 0,
            packet: None,
            eof: false,
            ended: false,
        }
    }

    /// The incremental.
    pub fn incremental(&self) -> &I {
        &self.incremental
    }

    /// Takes note of a packet's end, and says where it began; `None` if it has no byte.
    fn boundary(&mut self, consumed: usize) -> Option<u64> {
        let unread = self.end - self.start;
        assert!(consumed <= unread, "{consumed} bytes taken of {unread}");
        let start = self.position - self.taken;
        let len = self.taken + consumed as u64;
        self.start += consumed;
        self.position += consumed as u64;
        self.taken = 0;
        (len > 0).then_some(start)
    }

    fn packet(&mut self, packet: I::Packet, consumed: usize) -> Step<(), Error<I::Error>> {
        if self.boundary(consumed).is_none() {
            return self.no_progress();
        }
        self.packet = Some(packet);
        Step::Packet(())
    }

    fn reject(&mut self, error: I::Error, consumed: usize) -> Step<(), Error<I::Error>> {
        match self.boundary(consumed) {
            Some(start) => Step::Reject(Error::new(ErrorKind::Payload(error), start)),
            None => self.no_progress(),
        }
    }

    /// A packet of no byte would come for ever.
    #[cold]
    fn no_progress(&mut self) -> Step<(), Error<I::Error>> {
        self.ended = true;
        let error = FrameError::Malformed { expected: "a packet of at least one byte" };
        Step::Fatal(Error::new(ErrorKind::Frame(error), self.position))
    }

    /// All bytes are fed, and no more will come.
    fn at_end(&mut self) -> Step<(), Error<I::Error>> {
        let had = self.taken;
        let last = if had == 0 { None } else { self.incremental.end() };
        match last {
            Some(Ok(packet)) => self.packet(packet, 0),
            Some(Err(error)) => self.reject(error, 0),
            None => {
                self.ended = true;
                Step::End(if had == 0 { End::Clean } else { End::Truncated { had, missing: 1 } })
            }
        }
    }
}

impl<I: Incremental> Deserializer for Buffered<I> {
    type Span = ();
    type Packet<'b>
        = I::Packet
    where
        Self: 'b;
    type Error = Error<I::Error>;

    /// What is convenient; it works with a byte.
    fn buffer_len(&self, size_hint: usize) -> usize {
        size_hint.max(1)
    }

    fn step(&mut self, buffer: &mut [u8]) -> Step<(), Error<I::Error>> {
        if self.ended {
            return Step::End(End::Fused);
        }
        if self.start < self.end {
            match self.incremental.feed(&buffer[self.start..self.end]) {
                Fed::More => {
                    let taken = self.end - self.start;
                    self.taken += taken as u64;
                    self.position += taken as u64;
                }
                Fed::Packet { packet, consumed } => return self.packet(packet, consumed),
                Fed::Reject { error, consumed } => return self.reject(error, consumed),
                Fed::Fatal { error, consumed } => {
                    self.ended = true;
                    let start = self.boundary(consumed).unwrap_or(self.position);
                    return Step::Fatal(Error::new(ErrorKind::Payload(error), start));
                }
            }
        }
        (self.start, self.end) = (0, 0);
        if self.eof {
            return self.at_end();
        }
        self.offered = buffer.len();
        Step::Receive { at: 0..buffer.len() }
    }

    fn received(&mut self, count: usize) {
        assert!(count <= self.offered, "{count} bytes received into a window of {}", self.offered);
        self.offered = 0;
        self.end += count;
        self.eof |= count == 0;
    }

    fn view<'b>(&'b mut self, _buffer: &'b mut [u8], _span: ()) -> Result<I::Packet, Error<I::Error>> {
        // Invariant: `step` said that a packet is complete.
        Ok(self.packet.take().expect("a packet is lent once"))
    }

    fn retained(&self) -> Range<usize> {
        self.start..self.end
    }

    fn is_between_packets(&self) -> bool {
        self.start == self.end && self.taken == 0
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn adopt(&mut self, unread: Range<usize>, position: u64) {
        (self.start, self.end, self.position) = (unread.start, unread.end, position);
    }
}

impl<I: Incremental + fmt::Debug> fmt::Debug for Buffered<I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Buffered")
            .field("incremental", &self.incremental)
            .field("retained", &self.retained())
            .field("taken", &self.taken)
            .field("position", &self.position)
            .finish_non_exhaustive()
    }
}
