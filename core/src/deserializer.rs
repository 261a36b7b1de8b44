//! The heart: what every deserializer does, whoever does the I/O.

use core::ops::Range;

use crate::storage::Exhausted;

/// What a deserializer says is to be done now. Plain data: it borrows nothing.
#[must_use = "the stream stalls until the step is carried out"]
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum Step<S, E> {
    /// Receive into the window `at`, then say [`received`](Deserializer::received).
    ///
    /// Never empty while the buffer is as long as [`buffer_len`](Deserializer::buffer_len) wants.
    Receive {
        /// The window: where in the buffer to write.
        at: Range<usize>,
    },
    /// A packet is complete; [`view`](Deserializer::view) lends it.
    Packet(S),
    /// One packet was refused; the stream is still in step: go on.
    Reject(E),
    /// The boundary is lost; nothing more will come.
    Fatal(E),
    /// The stream has ended.
    End(End),
}

/// How a stream ended.
#[must_use]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum End {
    /// On a packet boundary.
    Clean,
    /// Inside a packet.
    Truncated {
        /// Bytes of the unfinished packet that had come.
        had: u64,
        /// Bytes that were missing at least.
        missing: u64,
    },
    /// The end, or a fatal error, was reported before.
    Fused,
}

/// A state machine that turns received bytes into packets, without doing any I/O.
///
/// It owns no bytes: the buffer is the caller's, and is handed in at each call.
/// The caller repeats [`step`](Self::step) and does what it says:
///
/// ```text
///            ┌────────────────────────── received(n) ◄──────── recv into buffer[at]
///            ▼                                                        ▲
///   ┌──────► step ──► Receive { at } ─────────────────────────────────┘
///   │         ├─────► Packet(span) ──► view(buffer, span): the packet, lent
///   └─────────┼─────► Reject(error)    the stream is in step: go on
///             ├─────► Fatal(error)     the boundary is lost: close
///             └─────► End(end)         clean, or inside a packet
/// ```
///
/// Most users write a [`Framing`](crate::Framing) and let [`Framed`](crate::Framed) keep the laws,
/// and drive it with a [`Receiver`](crate::Receiver), which pairs it with a buffer.
/// An implementation by hand must keep the [laws](crate#the-twelve-laws).
pub trait Deserializer {
    /// A plain description of a complete packet.
    type Span: Copy + core::fmt::Debug;
    /// What the user is lent.
    type Packet<'b>
    where
        Self: 'b;
    /// Why a packet is refused.
    type Error;

    /// Length of the buffer that this deserializer wants, in bytes, if about `size_hint` are convenient.
    ///
    /// `buffer_len(0)` is the least that it can work with.
    fn buffer_len(&self, size_hint: usize) -> usize;

    /// Says what is to be done now.
    ///
    /// `buffer` is the buffer of all earlier calls; where [`retained`](Self::retained) is empty it may be
    /// another one, or empty, and then a window that is due is offered as `Receive { at: 0..0 }`.
    /// Calling it again without carrying out a `Receive` says the same again.
    fn step(&mut self, buffer: &mut [u8]) -> Step<Self::Span, Self::Error>;

    /// Takes back how many bytes were written at the start of the window; 0 means the end of the stream.
    ///
    /// # Panics
    ///
    /// If `count` is larger than the window that was offered.
    fn received(&mut self, count: usize);

    /// Lends the packet that `span` describes.
    ///
    /// To be called at most once, before the next `step`, on the same buffer.
    ///
    /// # Errors
    ///
    /// Where the payload is refused; the stream is still in step.
    fn view<'b>(&'b mut self, buffer: &'b mut [u8], span: Self::Span) -> Result<Self::Packet<'b>, Self::Error>;

    /// The part of the buffer whose bytes are still needed; empty means idle.
    ///
    /// A packet between `step` and `view` isn't counted.
    fn retained(&self) -> Range<usize>;

    /// Whether the stream stands between two packets.
    ///
    /// A refused packet that is still being skipped counts, although nothing of it is retained.
    fn is_between_packets(&self) -> bool {
        self.retained().is_empty()
    }

    /// Whether no byte beyond the current packet may be received, not even ahead of a window.
    fn is_exact(&self) -> bool {
        false
    }

    /// Where the first retained byte stands, in bytes from the stream's start.
    fn position(&self) -> u64;

    /// Begins with bytes that an earlier deserializer of the same stream left in the buffer.
    ///
    /// `unread` are the bytes, `position` is where the first of them stands in the stream.
    /// To be called before the first `step`.
    fn adopt(&mut self, unread: Range<usize>, position: u64);

    /// The window itself; for a deserializer that has a buffer of its own.
    fn window<'b>(&'b mut self, buffer: &'b mut [u8], at: Range<usize>) -> &'b mut [u8] {
        &mut buffer[at]
    }

    /// The retained bytes themselves; for a deserializer that has a buffer of its own.
    fn unread<'b>(&'b self, buffer: &'b [u8]) -> &'b [u8] {
        &buffer[self.retained()]
    }

    /// Takes hold of the buffer; for a deserializer that has a buffer of its own.
    ///
    /// Once it has one it offers room in it, or says what the bytes in it make: it is asked until it does either.
    ///
    /// # Errors
    ///
    /// If there is no buffer to be had now; nothing is lost.
    fn acquire(&mut self) -> Result<(), Exhausted> {
        Ok(())
    }

    /// Lets the buffer go to rest if nothing that it holds is needed; for a deserializer that has one of its own.
    ///
    /// A window that was offered is then due anew.
    fn rest(&mut self) {}

    /// Whether it holds no buffer now; for a deserializer that has one of its own.
    fn is_at_rest(&self) -> bool {
        false
    }
}
