//! Bodies that are larger than the buffer: lent in parts as they come, or received straight into the caller's memory.
//!
//! ```text
//!              a head is complete                     its body's last byte
//!   ┌──► Head ───────────────────► Body ──── part ──┐ has come
//!   │     │                         ▲───────────────┤
//!   │     │ over the limit          └───────────────┤
//!   │     └─────────────────► Skip ─────────────────┤
//!   └───────────────────────────────────────────────┘
//! ```

use core::fmt;
use core::ops::Range;

use crate::framing::Head;
use crate::storage::Storage;
use crate::{Deserializer, End, Error, ErrorKind, Found, FrameError, LengthPrefixed, Receiver, Step};

/// A length-prefixed packet in parts.
#[derive(Debug, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a packet is a head and a body")]
pub enum Part<'b> {
    /// A packet begins. Its body follows in parts, unless it is empty, or
    /// [received directly](Receiver::receive_body).
    Head {
        /// The head, as it lies in the buffer.
        head: &'b [u8],
        /// Bytes of the body.
        len: u64,
    },
    /// Bytes of the body, as they have come; at least one.
    Body {
        /// The bytes.
        bytes: &'b mut [u8],
        /// Where they stand, in bytes from the body's start.
        offset: u64,
        /// Bytes of the body that are still to come; 0 ends the packet.
        left: u64,
    },
}

/// Where a part lies.
#[derive(Debug, Clone, Copy)]
pub struct PartSpan {
    start: usize,
    end: usize,
    /// Bytes of the body before it; `None` for the head.
    offset: Option<u64>,
    /// Bytes of the body behind it.
    left: u64,
}

/// Length-prefixed packets in parts, so that a packet may be larger than the buffer, which need only hold a head.
///
/// How a body is cut into parts depends on the receives; the parts joined do not.
/// The limit of the framing is the longest body; a longer one costs one error and is skipped.
///
/// ```
/// use wharf::{Bodies, Event, LengthPrefixed, Part, Receiver, Width};
///
/// let mut socket = &b"\0\0\0\x12eighteen bytes are\0\0\0\x02ok"[..];
/// let mut receiver = Receiver::new(Bodies::new(LengthPrefixed::new(Width::U32, 1 << 30)), [0; 8])?;
/// let (mut body, mut bodies) = (Vec::new(), Vec::new());
/// loop {
///     match receiver.poll()? {
///         Event::Packet(Part::Head { .. }) => body.clear(),
///         Event::Packet(Part::Body { bytes, left, .. }) => {
///             body.extend_from_slice(bytes); // or write them to a file, or hash them
///             if left == 0 {
///                 bodies.push(String::from_utf8(body.clone())?);
///             }
///         }
///         Event::Receive(mut window) => {
///             let count = std::io::Read::read(&mut socket, window.bytes())?;
///             window.received(count);
///         }
///         Event::End(_) => break,
///     }
/// }
/// assert_eq!(bodies, ["eighteen bytes are", "ok"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Bodies {
    framing: LengthPrefixed,
    state: State,
    /// First unread byte. Invariant: `start <= end <= buffer.len()`.
    start: usize,
    /// One past the last received byte.
    end: usize,
    /// Length of the window last offered.
    offered: usize,
    /// Stream position of `start`.
    position: u64,
    /// Stream position of the packet's first byte.
    packet: u64,
    eof: bool,
    ended: bool,
}

#[derive(Debug, Clone, Copy)]
enum State {
    Head,
    Body {
        len: u64,
        /// Bytes that were not lent yet; at least one.
        left: u64,
    },
    Skip {
        /// Bytes that were not thrown away yet; at least one.
        left: u64,
    },
}

impl Bodies {
    /// Packets of `framing` in parts.
    pub fn new(framing: LengthPrefixed) -> Self {
        Self {
            framing,
            state: State::Head,
            start: 0,
            end: 0,
            offered: 0,
            position: 0,
            packet: 0,
            eof: false,
            ended: false,
        }
    }

    /// Bytes of the body that have been neither lent nor received directly.
    pub fn left(&self) -> u64 {
        if let State::Body { left, .. } = self.state { left } else { 0 }
    }

    fn unread(&self) -> u64 {
        (self.end - self.start) as u64
    }

    /// Takes `count` bytes of the buffer.
    fn consume(&mut self, count: usize) {
        self.start += count;
        self.position += count as u64;
    }

    /// Reads the head, or has it received.
    fn head(&mut self, buffer: &mut [u8]) -> Step<PartSpan, Error> {
        let unread = &buffer[self.start..self.end];
        let Head { len: head, body } = match self.framing.read_head(unread) {
            Ok(Some(head)) if head.len <= unread.len() => head,
            Ok(Some(head)) => return self.more(buffer, head.len as u64),
            Ok(None) => return self.more(buffer, self.unread() + 1),
            Err(error) => return self.fatal(error),
        };
        self.packet = self.position;
        if body > self.framing.limit() as u64 {
            return match self.framing.refuse(body, body.checked_add(head as u64)) {
                Found::Skip { len, error: Some(error), .. } => {
                    self.state = State::Skip { left: len };
                    Step::Reject(Error::new(ErrorKind::Frame(error), self.packet))
                }
                Found::Fatal(error) => self.fatal(error),
                // Invariant: a refusal skips with an error, or is fatal.
                Found::Packet { .. } | Found::More { .. } | Found::Skip { .. } => {
                    self.fatal(FrameError::LimitExceeded { limit: self.framing.limit() as u64, needed: Some(body) })
                }
            };
        }
        let start = self.start;
        self.consume(head);
        self.state = if body == 0 { State::Head } else { State::Body { len: body, left: body } };
        Step::Packet(PartSpan { start, end: start + head, offset: None, left: body })
    }

    /// Offers the window behind the part of a head of `need` bytes that has come.
    fn more(&mut self, buffer: &mut [u8], need: u64) -> Step<PartSpan, Error> {
        let unread = self.end - self.start;
        if self.eof {
            self.packet = self.position;
            return self.end(need - unread as u64);
        }
        buffer.copy_within(self.start..self.end, 0);
        (self.start, self.end) = (0, unread);
        self.offer(buffer)
    }

    /// Offers a window for bytes of which none are kept.
    fn offer(&mut self, buffer: &[u8]) -> Step<PartSpan, Error> {
        self.offered = buffer.len() - self.end;
        Step::Receive { at: self.end..buffer.len() }
    }

    fn end(&mut self, missing: u64) -> Step<PartSpan, Error> {
        self.ended = true;
        let had = self.position + self.unread() - self.packet;
        Step::End(if had == 0 { End::Clean } else { End::Truncated { had, missing } })
    }

    fn fatal(&mut self, error: FrameError) -> Step<PartSpan, Error> {
        self.ended = true;
        Step::Fatal(Error::new(ErrorKind::Frame(error), self.position))
    }

    /// Takes note of bytes of the body that went elsewhere.
    fn took(&mut self, count: u64) {
        if let State::Body { len, left } = self.state {
            self.state = if left == count { State::Head } else { State::Body { len, left: left - count } };
        }
    }
}

impl Deserializer for Bodies {
    type Span = PartSpan;
    type Packet<'b> = Part<'b>;
    type Error = Error;

    /// A head must fit in; a longer buffer makes larger parts.
    fn buffer_len(&self, size_hint: usize) -> usize {
        self.framing.longest_head().max(size_hint)
    }

    fn step(&mut self, buffer: &mut [u8]) -> Step<PartSpan, Error> {
        loop {
            if self.ended {
                return Step::End(End::Fused);
            }
            if self.start == self.end {
                (self.start, self.end) = (0, 0);
            }
            let (len, left, skip) = match self.state {
                State::Head => return self.head(buffer),
                State::Body { len, left } => (len, left, false),
                State::Skip { left } => (left, left, true),
            };
            let count = left.min(self.unread());
            if count == 0 {
                return if self.eof { self.end(left) } else { self.offer(buffer) };
            }
            let start = self.start;
            // No more than the buffer holds.
            let end = start + usize::try_from(count).unwrap_or(buffer.len());
            self.consume(end - start);
            if skip {
                self.state = if left == count { State::Head } else { State::Skip { left: left - count } };
                continue;
            }
            self.took(count);
            return Step::Packet(PartSpan { start, end, offset: Some(len - left), left: left - count });
        }
    }

    fn received(&mut self, count: usize) {
        assert!(count <= self.offered, "{count} bytes received into a window of {}", self.offered);
        self.offered = 0;
        self.end += count;
        self.eof |= count == 0;
    }

    fn view<'b>(&'b mut self, buffer: &'b mut [u8], span: PartSpan) -> Result<Part<'b>, Error> {
        let bytes = &mut buffer[span.start..span.end];
        Ok(match span.offset {
            None => Part::Head { head: bytes, len: span.left },
            Some(offset) => Part::Body { bytes, offset, left: span.left },
        })
    }

    fn retained(&self) -> Range<usize> {
        self.start..self.end
    }

    fn is_between_packets(&self) -> bool {
        self.start == self.end && matches!(self.state, State::Head)
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn adopt(&mut self, unread: Range<usize>, position: u64) {
        (self.start, self.end, self.position) = (unread.start, unread.end, position);
        self.packet = position;
    }
}

impl<B: Storage> Receiver<Bodies, B> {
    /// Receives the rest of the body straight into `memory`, as much of it as has room there.
    ///
    /// What is in the buffer already is copied; all else is never there.
    /// To be called behind [`Part::Head`], or behind any [`Part::Body`].
    ///
    /// # Panics
    ///
    /// If a part is ready and has not been taken.
    ///
    /// ```
    /// use std::io::Read;
    /// use wharf::{Bodies, Event, LengthPrefixed, Part, Receiver, Width};
    ///
    /// let mut socket = &b"\x14twenty bytes of body\x01!"[..];
    /// let mut receiver = Receiver::new(Bodies::new(LengthPrefixed::new(Width::U8, 255)), [0; 8])?;
    /// let mut memory = Vec::new();
    /// loop {
    ///     match receiver.poll()? {
    ///         Event::Packet(Part::Head { len, .. }) => {
    ///             memory.resize(usize::try_from(len)?, 0);
    ///             let mut body = receiver.receive_body(&mut memory);
    ///             while !body.window().is_empty() {
    ///                 let count = socket.read(body.window())?;
    ///                 body.received(count);
    ///             }
    ///             if body.is_complete() {
    ///                 break;
    ///             }
    ///         }
    ///         Event::Packet(_) | Event::End(_) => panic!("the body was received before"),
    ///         Event::Receive(mut window) => {
    ///             let count = socket.read(window.bytes())?;
    ///             window.received(count);
    ///         }
    ///     }
    /// }
    /// assert_eq!(memory, b"twenty bytes of body");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn receive_body<'r>(&'r mut self, memory: &'r mut [u8]) -> Direct<'r, B> {
        self.assert_no_packet();
        let wanted = usize::try_from(self.deserializer().left()).map_or(memory.len(), |left| left.min(memory.len()));
        let memory = &mut memory[..wanted];
        let buffered = self.remainder();
        let filled = buffered.len().min(wanted);
        memory[..filled].copy_from_slice(&buffered[..filled]);
        let bodies = self.deserializer_mut();
        bodies.took(filled as u64);
        bodies.consume(filled);
        Direct { receiver: self, memory, filled }
    }
}

/// A body that is being received straight into the caller's memory.
///
/// Dropping it early loses nothing: what was received is in the memory, and the rest of the body follows in parts.
pub struct Direct<'r, B> {
    receiver: &'r mut Receiver<Bodies, B>,
    /// No longer than what was left of the body.
    memory: &'r mut [u8],
    filled: usize,
}

impl<B: Storage> Direct<'_, B> {
    /// Where to receive to; empty when the memory is full, the body complete, or the stream at its end.
    pub fn window(&mut self) -> &mut [u8] {
        let end = if self.receiver.deserializer().eof { self.filled } else { self.memory.len() };
        &mut self.memory[self.filled..end]
    }

    /// Takes back how many bytes were written at the start of the window; 0 means the end of the stream, which the
    /// receiver will then say.
    ///
    /// # Panics
    ///
    /// If `count` is larger than the window.
    pub fn received(&mut self, count: usize) {
        let window = self.window().len();
        assert!(count <= window, "{count} bytes received into a window of {window}");
        let bodies = self.receiver.deserializer_mut();
        bodies.took(count as u64);
        bodies.position += count as u64;
        self.filled += count;
        if count == 0 && window > 0 {
            bodies.eof = true;
            // Invariant: a body in progress has nothing in the buffer, so none is needed.
            let _ = self.receiver.finish();
        }
    }

    /// Bytes of the memory that have been received.
    pub fn filled(&self) -> usize {
        self.filled
    }

    /// Whether the last byte of the body has been received.
    pub fn is_complete(&self) -> bool {
        self.receiver.deserializer().left() == 0
    }
}

impl<B> fmt::Debug for Direct<'_, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Direct").field("len", &self.memory.len()).field("filled", &self.filled).finish_non_exhaustive()
    }
}
