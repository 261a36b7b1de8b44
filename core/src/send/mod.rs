//! The sending side: packets in, byte chunks out.
//!
//! ```text
//! enqueue(&packet) ──► Serializer ──► Outgoing ──► chunks() ──► one vectored write ──► sent(n)
//! ```

mod queue;

pub use self::queue::Outgoing;

use core::convert::Infallible;
use core::fmt;

use bytes::Bytes;

use self::queue::Queue;
use crate::{Encode, Enframe, FrameError, Raw};

/// Writes packets as bytes.
pub trait Serializer<P: ?Sized> {
    /// Why a packet cannot be written.
    type Error;

    /// Appends `packet` to what is to be sent.
    ///
    /// # Errors
    ///
    /// Where the packet cannot be written; what was appended of it is then taken away by the [`Sender`].
    fn serialize(&mut self, packet: &P, out: &mut Outgoing<'_>) -> Result<(), Self::Error>;
}

/// Why a packet was not queued; the queue is as it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SendError<E = Infallible> {
    /// The queue holds as much as it may: send first.
    Full {
        /// Bytes that are queued.
        queued: usize,
        /// Most bytes that may be queued.
        limit: usize,
    },
    /// The packet cannot be written.
    Refused(E),
}

impl<E: fmt::Display> fmt::Display for SendError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Full { queued, limit } => write!(f, "send queue is full: {queued} bytes of {limit}"),
            Self::Refused(error) => write!(f, "packet not sent: {error}"),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for SendError<E> {}

/// Why a framing and an encoder cannot write a packet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum SerializeError<P = Infallible> {
    /// A receiver would not find the packet's end, or not take a packet so long.
    Frame(FrameError),
    /// The encoder has no way to write it.
    Payload(P),
}

impl<P: fmt::Display> fmt::Display for SerializeError<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Frame(error) => error.fmt(f),
            Self::Payload(error) => error.fmt(f),
        }
    }
}

impl<P: fmt::Debug + fmt::Display> core::error::Error for SerializeError<P> {}

/// A framing and an encoder, as a serializer: what [`Framed`](crate::Framed) is to the receiving side.
#[derive(Debug, Clone)]
pub struct Framer<F, C = Raw> {
    framing: F,
    codec: C,
}

impl<F: Enframe> Framer<F> {
    /// Sends payloads of bytes.
    pub fn new(framing: F) -> Self {
        Self { framing, codec: Raw }
    }
}

impl<F: Enframe, C> Framer<F, C> {
    /// Sends what `codec` writes.
    pub fn with_codec(framing: F, codec: C) -> Self {
        Self { framing, codec }
    }
}

impl<P: ?Sized, F: Enframe, C: Encode<P>> Serializer<P> for Framer<F, C> {
    type Error = SerializeError<C::Error>;

    #[inline]
    fn serialize(&mut self, packet: &P, out: &mut Outgoing<'_>) -> Result<(), Self::Error> {
        let bytes = out.bytes();
        let start = bytes.len();
        let room = self.framing.max_head_len();
        bytes.resize(start + room, 0);
        self.codec.encode(packet, bytes).map_err(SerializeError::Payload)?;
        let (head, payload) = bytes[start..].split_at_mut(room);
        let head = self.framing.head(payload, head).map_err(SerializeError::Frame)?;
        if head < room {
            // A head of varying length: the payload stands behind room for the longest.
            bytes.copy_within(start + room.., start + head);
            bytes.truncate(bytes.len() - (room - head));
        }
        bytes.extend_from_slice(self.framing.tail());
        Ok(())
    }
}

/// A bounded queue of serialized packets, and the serializer that fills it.
///
/// ```
/// use wharf::{Lines, send::{Framer, Sender}};
///
/// let mut sender = Sender::new(Framer::new(Lines::new(80)), 4096);
/// sender.enqueue("hello")?;
/// sender.enqueue("world")?;
/// assert!(sender.enqueue("two\nlines").is_err(), "never sent as two packets");
///
/// // A socket that takes eight bytes, then the rest.
/// assert_eq!(sender.chunks().collect::<Vec<_>>().concat(), b"hello\nworld\n");
/// sender.sent(8);
/// assert_eq!(sender.chunks().collect::<Vec<_>>().concat(), b"rld\n");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Sender<S> {
    serializer: S,
    queue: Queue,
    limit: usize,
}

impl<S> Sender<S> {
    /// An empty queue that takes packets while it holds less than `limit` bytes.
    ///
    /// It holds at most that and one packet.
    pub fn new(serializer: S, limit: usize) -> Self {
        Self { serializer, queue: Queue::default(), limit }
    }

    /// Queues `packet`, whole or not at all.
    ///
    /// # Errors
    ///
    /// If the queue is full, or the packet cannot be written; the queue is then as it was.
    #[inline]
    pub fn enqueue<P: ?Sized>(&mut self, packet: &P) -> Result<(), SendError<S::Error>>
    where
        S: Serializer<P>,
    {
        self.with_room()?;
        let Self { serializer, queue, .. } = self;
        queue.append(|out| serializer.serialize(packet, out)).map_err(SendError::Refused)
    }

    fn with_room<E>(&self) -> Result<(), SendError<E>> {
        let queued = self.queue.len();
        if queued >= self.limit {
            return Err(SendError::Full { queued, limit: self.limit });
        }
        Ok(())
    }

    /// Bytes that are queued.
    #[inline]
    pub fn len(&self) -> usize {
        self.queue.len()
    }

    /// Whether there is nothing to send.
    pub fn is_empty(&self) -> bool {
        self.queue.len() == 0
    }

    /// The queued bytes from the front, in chunks for one vectored write; none of them is empty.
    pub fn chunks(&self) -> impl Iterator<Item = &[u8]> {
        self.queue.chunks()
    }

    /// Takes back how many bytes of the front were sent.
    ///
    /// # Panics
    ///
    /// If `len` is more than is queued.
    #[inline]
    pub fn sent(&mut self, len: usize) {
        self.queue.sent(len);
    }

    /// Frees the memory of an empty queue; to be called where the caller is about to wait.
    pub fn rest(&mut self) {
        if self.is_empty() {
            self.queue = Queue::default();
        }
    }

    /// The serializer, to change its options between packets.
    pub fn serializer_mut(&mut self) -> &mut S {
        &mut self.serializer
    }
}

impl<F: Enframe, C> Sender<Framer<F, C>> {
    /// Queues `payload` in its frame without copying it.
    ///
    /// # Errors
    ///
    /// As [`enqueue`](Self::enqueue).
    pub fn enqueue_bytes(&mut self, payload: Bytes) -> Result<(), SendError<SerializeError>> {
        self.with_room()?;
        let Self { serializer: Framer { framing, .. }, queue, .. } = self;
        queue
            .append(|out| {
                let bytes = out.bytes();
                let start = bytes.len();
                bytes.resize(start + framing.max_head_len(), 0);
                let head = framing.head(&payload, &mut bytes[start..])?;
                bytes.truncate(start + head);
                out.share(payload);
                out.bytes().extend_from_slice(framing.tail());
                Ok(())
            })
            .map_err(|error| SendError::Refused(SerializeError::Frame(error)))
    }
}
