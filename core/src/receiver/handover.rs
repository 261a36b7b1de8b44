//! A receiver taken apart, switched to another deserializer, or without its buffer for a while.

use core::fmt;
use core::ops::Range;

use super::{Pending, Receiver};
use crate::storage::{Exhausted, Storage};
use crate::{Batch, Codec, ConfigError, Deserializer, Framed, Framing};

/// A protocol upgrade that cannot be, with all that went into it.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers take the parts back")]
pub struct SwitchError<D: Deserializer, N, B> {
    /// Why not.
    pub reason: ConfigError,
    /// The receiver, as it was.
    pub receiver: Receiver<D, B>,
    /// The deserializer that was to follow.
    pub next: N,
}

impl<D: Deserializer, N, B> fmt::Display for SwitchError<D, N, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cannot switch deserializers: {}", self.reason)
    }
}

/// A receiver taken apart.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "these are all the parts there are")]
pub struct Parts<D, B> {
    /// The deserializer.
    pub deserializer: D,
    /// The buffer.
    pub storage: B,
    /// The bytes of it that were received and not read; storage that is at rest has them once it is acquired.
    pub unread: Range<usize>,
}

impl<D: Deserializer, B: Storage> Receiver<D, B> {
    /// Takes the receiver apart.
    ///
    /// # Panics
    ///
    /// If a packet is ready and has not been taken: it would be lost.
    pub fn into_parts(self) -> Parts<D, B> {
        self.assert_no_packet();
        // Where nothing is unread, there may be no buffer left for it to lie in.
        let unread = Some(self.deserializer.retained()).filter(|unread| !unread.is_empty()).unwrap_or_default();
        Parts { deserializer: self.deserializer, storage: self.storage, unread }
    }

    /// Goes on with another deserializer: a protocol upgrade.
    ///
    /// Bytes that were received and not read stay where they are, and are the first that it reads.
    ///
    /// # Errors
    ///
    /// If the buffer cannot hold the longest packet that its limits allow, the pool has no buffer for what is
    /// retained, or that is in a buffer of the deserializer's own; the receiver and the other deserializer are given back.
    ///
    /// # Panics
    ///
    /// If a packet is ready and has not been taken: it would be lost.
    pub fn switch<N: Deserializer>(mut self, mut next: N) -> Result<Receiver<N, B>, SwitchError<D, N, B>> {
        self.assert_no_packet();
        let (needed, had) = (next.buffer_len(0), self.storage.capacity());
        let retained = self.deserializer.retained();
        let reason = if had < needed {
            Some(ConfigError::BufferTooSmall { needed, had })
        } else if retained.is_empty() {
            None
        } else if let Err(error) = self.storage.acquire().and_then(|()| next.acquire()) {
            Some(ConfigError::Exhausted(error))
        } else if !self.reads_from_storage() {
            Some(ConfigError::Invalid { option: "deserializer", expected: "one that reads from the receiver's buffer" })
        } else {
            None
        };
        if let Some(reason) = reason {
            return Err(SwitchError { reason, receiver: self, next });
        }
        next.adopt(retained, self.deserializer.position());
        Ok(Receiver { deserializer: next, storage: self.storage, pending: Pending::Nothing, ended: self.ended })
    }

    pub(crate) fn assert_no_packet(&self) {
        assert!(!matches!(self.pending, Pending::Packet(_)), "a packet is ready and has not been taken");
    }
}

impl<D: Deserializer, B: Storage + Default> Receiver<D, B> {
    /// Lends the whole buffer out, for I/O that owns it while it runs (io_uring), after [`Ready::Receive`](crate::Ready::Receive).
    ///
    /// Give it back with [`restore`](Self::restore), also if the operation failed or was cancelled; until then,
    /// nothing else can be done with the receiver.
    ///
    /// # Errors
    ///
    /// If the pool has no buffer now; nothing is lost.
    pub fn lend(&mut self) -> Result<Lent<B>, Exhausted> {
        self.acquire_window()?;
        let Pending::Window(at) = &self.pending else { return Ok(Lent { buffer: B::default(), at: 0..0 }) };
        Ok(Lent { buffer: core::mem::take(&mut self.storage), at: at.clone() })
    }

    /// Takes the buffer back; what was written to it is said with [`received`](Self::received).
    ///
    /// # Panics
    ///
    /// If it is shorter than the window that was lent.
    pub fn restore(&mut self, buffer: B) {
        if let Pending::Window(at) = &self.pending {
            assert!(buffer.bytes().len() >= at.end, "the buffer that comes back isn't the one that was lent");
        }
        self.storage = buffer;
    }
}

/// A buffer lent out whole.
#[derive(Debug)]
#[expect(clippy::exhaustive_structs, reason = "callers take the parts")]
pub struct Lent<B> {
    /// The buffer; only [`at`](Self::at) may be written to.
    pub buffer: B,
    /// The window to receive into.
    pub at: Range<usize>,
}

impl<F: Framing, C: Codec, B: Storage> Receiver<Framed<F, C>, B> {
    /// The complete packets that are in the buffer, all lent at once, as they lie there.
    ///
    /// The iterator stops where more bytes are needed; packets that it has not yielded when it is dropped are
    /// kept. No codec is applied.
    pub fn batch(&mut self) -> Batch<'_, F, C> {
        Batch::new(&mut self.deserializer, self.storage.bytes(), Some(&mut self.pending))
    }
}

/// How much longer than the longest packet a new block of `BytesMut` is.
#[cfg(feature = "alloc")]
const BLOCK: usize = 64 * 1024;

#[cfg(feature = "alloc")]
impl<F: Framing, C: Codec> Receiver<Framed<F, C>, bytes::BytesMut> {
    /// Splits the packet that [`ready`](Self::ready) found off the buffer, as bytes that can be kept and shared,
    /// without a copy. No codec is applied.
    ///
    /// When the rest of the block becomes short, a new one is taken that is 64 KiB longer than the longest packet;
    /// the old one is freed, or reused, with its last packet.
    /// The packets behind it are not [`aligned`](Framed::aligned): the room to move them is gone with it.
    ///
    /// # Panics
    ///
    /// If `ready` did not just say [`Ready::Packet`](crate::Ready::Packet).
    pub fn packet_bytes(&mut self) -> bytes::Bytes {
        let Pending::Packet(span) = self.pending else { panic!("no packet is ready to be lent") };
        self.pending = Pending::Nothing;
        let unread = self.deserializer.retained();
        let mut read = self.storage.split_to(unread.start);
        let needed = self.deserializer.buffer_len(0);
        if self.storage.len() < needed.saturating_add(BLOCK / 16) {
            self.storage.truncate(unread.len());
            self.storage.resize(needed.saturating_add(BLOCK), 0);
        }
        self.deserializer.adopt(0..unread.len(), self.deserializer.position());
        read.split_to(span.range().end).freeze().slice(span.range().start..)
    }
}
