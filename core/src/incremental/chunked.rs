//! From windows to slices.

use core::fmt;

use crate::storage::Storage;
use crate::{ConfigError, Deserializer, End, PollError, Ready, Receiver};

/// What came of the slices that a [`Chunked`] was fed.
#[must_use]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum Chunk<'a, D: Deserializer + 'a> {
    /// A packet, lent until it is dropped.
    Packet(D::Packet<'a>),
    /// All bytes were taken, and the packet isn't complete.
    More,
    /// The stream has ended.
    End(End),
}

impl<'a, D: Deserializer<Packet<'a>: fmt::Debug>> fmt::Debug for Chunk<'a, D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Packet(packet) => f.debug_tuple("Packet").field(packet).finish(),
            Self::More => f.write_str("More"),
            Self::End(end) => f.debug_tuple("End").field(end).finish(),
        }
    }
}

/// Any [`Deserializer`], fed slices, for bytes that come out of something else: a decoder, a test, another buffer.
///
/// ```
/// use wharf::incremental::{Chunk, Chunked};
/// use wharf::{Framed, Lines};
///
/// let mut lines = Chunked::new(Framed::new(Lines::new(16)), [0; 32])?;
/// let mut bytes = &b"one\ntwo\nthr"[..];
/// let mut count = 0;
/// while let Chunk::Packet(line) = lines.next(&mut bytes)? {
///     assert_eq!(line.len(), 3);
///     count += 1;
/// }
/// assert_eq!((count, bytes), (2, &b""[..]));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Chunked<D: Deserializer, B> {
    receiver: Receiver<D, B>,
}

impl<D: Deserializer, B: Storage> Chunked<D, B> {
    /// Pairs a deserializer with the buffer that slices are copied into.
    ///
    /// # Errors
    ///
    /// If the buffer cannot hold the longest packet that the deserializer's limits allow.
    pub fn new(deserializer: D, storage: B) -> Result<Self, ConfigError> {
        Ok(Self { receiver: Receiver::new(deserializer, storage)? })
    }

    /// Takes bytes from the front of `bytes` until there is a packet, or until all are taken.
    ///
    /// To be called until it says [`Chunk::More`]: there may be more packets in bytes that were taken.
    ///
    /// # Errors
    ///
    /// As [`Receiver::poll`].
    pub fn next(&mut self, bytes: &mut &[u8]) -> Result<Chunk<'_, D>, PollError<D::Error>> {
        loop {
            match self.receiver.ready() {
                Ready::Receive => match self.receiver.feed(bytes) {
                    Ok(0) if bytes.is_empty() => return Ok(Chunk::More),
                    Ok(count) => *bytes = &bytes[count..],
                    Err(exhausted) => return Err(PollError::Exhausted(exhausted)),
                },
                Ready::Packet => return self.receiver.packet().map(Chunk::Packet).map_err(PollError::Reject),
                Ready::Reject(error) => return Err(PollError::Reject(error)),
                Ready::Fatal(error) => return Err(PollError::Fatal(error)),
                Ready::End(end) => return Ok(Chunk::End(end)),
            }
        }
    }

    /// Says that no more bytes will come; [`next`](Self::next) then ends.
    ///
    /// # Errors
    ///
    /// As [`Receiver::finish`].
    pub fn finish(&mut self) -> Result<(), crate::storage::Exhausted> {
        self.receiver.finish()
    }

    /// The receiver, for all else.
    pub fn receiver(&self) -> &Receiver<D, B> {
        &self.receiver
    }

    /// The receiver itself.
    pub fn into_receiver(self) -> Receiver<D, B> {
        self.receiver
    }
}
