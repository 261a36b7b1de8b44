//! A deserializer and its buffer, driven with one call.

mod handover;

pub use self::handover::{Lent, Parts, SwitchError};

use core::fmt;
use core::ops::Range;

use crate::storage::{Exhausted, Storage};
use crate::{ConfigError, Deserializer, End, Step};

/// What is to be done now, as [`Receiver::ready`] says it. Plain data: it borrows nothing.
#[must_use = "the stream stalls until what it says is carried out"]
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum Ready<E> {
    /// Receive into [`Receiver::window`], then say [`Receiver::received`].
    Receive,
    /// [`Receiver::packet`] lends a packet.
    Packet,
    /// One packet was refused; the stream is still in step: go on.
    Reject(E),
    /// The boundary is lost; nothing more will come.
    Fatal(E),
    /// The stream has ended.
    End(End),
}

/// What is to be done now, as [`Receiver::poll`] says it, with what is needed for it.
#[must_use = "the stream stalls until the event is handled"]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum Event<'a, D: Deserializer + 'a, B> {
    /// A packet, lent until it is dropped.
    Packet(D::Packet<'a>),
    /// Receive into this.
    Receive(Window<'a, D, B>),
    /// The stream has ended.
    End(End),
}

impl<'a, D: Deserializer<Packet<'a>: fmt::Debug>, B> fmt::Debug for Event<'a, D, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Packet(packet) => f.debug_tuple("Packet").field(packet).finish(),
            Self::Receive(_) => f.write_str("Receive(..)"),
            Self::End(end) => f.debug_tuple("End").field(end).finish(),
        }
    }
}

/// Why [`Receiver::poll`] has neither a packet nor a window, and what can be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum PollError<E> {
    /// One packet was refused; the stream is still in step: poll again.
    Reject(E),
    /// The boundary is lost; nothing more will come: close.
    Fatal(E),
    /// The pool has no buffer to receive into: poll again later.
    Exhausted(Exhausted),
}

impl<E: fmt::Display> fmt::Display for PollError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reject(error) => write!(f, "packet refused: {error}"),
            Self::Fatal(error) => write!(f, "stream out of step: {error}"),
            Self::Exhausted(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> core::error::Error for PollError<E> {}

/// A deserializer and the buffer that it works on.
///
/// One call says what to do now:
///
/// ```
/// use std::io::Read;
/// use wharf::{Event, Framed, Lines, Receiver};
///
/// let mut socket = &b"hello\nworld\n"[..];
/// let mut receiver = Receiver::new(Framed::new(Lines::new(80)), [0; 128])?;
/// let mut lines = Vec::new();
/// loop {
///     match receiver.poll()? {
///         Event::Packet(line) => lines.push(line.to_vec()),
///         Event::Receive(mut window) => {
///             let count = socket.read(window.bytes())?;
///             window.received(count);
///         }
///         Event::End(_) => break,
///     }
/// }
/// assert_eq!(lines, [b"hello", b"world"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// A packet borrows the receiver, so nothing can be received over it:
///
/// ```compile_fail,E0499
/// # use wharf::{Event, Framed, Lines, Receiver};
/// # let mut receiver = Receiver::new(Framed::new(Lines::new(80)), [0; 128]).unwrap();
/// let Ok(Event::Packet(line)) = receiver.poll() else { return };
/// let next = receiver.poll();
/// println!("{line:?}");
/// ```
#[derive(Debug)]
pub struct Receiver<D: Deserializer, B> {
    deserializer: D,
    storage: B,
    pending: Pending<D::Span>,
    /// The end of the stream has been received.
    ended: bool,
}

/// What the caller has been told and has not carried out yet.
#[derive(Debug)]
pub(crate) enum Pending<S> {
    Nothing,
    /// A window has been offered; empty if the storage was at rest.
    Window(Range<usize>),
    /// A packet is complete and has not been taken.
    Packet(S),
}

/// A window to receive into.
///
/// Dropping it without [`received`](Self::received) changes nothing: the same window is offered again.
#[must_use = "the stream stalls until something is received"]
#[derive(Debug)]
pub struct Window<'a, D: Deserializer, B> {
    receiver: &'a mut Receiver<D, B>,
}

impl<D: Deserializer, B: Storage> Window<'_, D, B> {
    /// The bytes to write to; never empty.
    pub fn bytes(&mut self) -> &mut [u8] {
        self.receiver.offered()
    }

    /// Says how many bytes were written at the start of the window; 0 means the end of the stream.
    ///
    /// # Panics
    ///
    /// If `count` is larger than the window.
    pub fn received(self, count: usize) {
        self.receiver.received(count);
    }

    /// Copies as many of `bytes` into the window as find room, says that they were received, and returns how
    /// many those were. No bytes at all are not the end of the stream.
    pub fn feed(self, bytes: &[u8]) -> usize {
        self.receiver.copy_in(bytes)
    }
}

impl<D: Deserializer, B: Storage> Receiver<D, B> {
    /// Pairs a deserializer with a buffer.
    ///
    /// # Errors
    ///
    /// If the buffer cannot hold the longest packet that the deserializer's limits allow.
    pub fn new(deserializer: D, storage: B) -> Result<Self, ConfigError> {
        let (needed, had) = (deserializer.buffer_len(0), storage.capacity());
        if had < needed {
            return Err(ConfigError::BufferTooSmall { needed, had });
        }
        Ok(Self { deserializer, storage, pending: Pending::Nothing, ended: false })
    }

    /// Says what is to be done now, with what is needed for it.
    ///
    /// A window that is dropped without [`received`](Window::received) changes nothing.
    ///
    /// # Errors
    ///
    /// A refused packet, a lost boundary, or a pool without a free buffer. No error costs a byte that is not
    /// named in it: polling again goes on.
    #[inline]
    pub fn poll(&mut self) -> Result<Event<'_, D, B>, PollError<D::Error>> {
        match self.step() {
            Step::Packet(span) => {
                let packet = self.deserializer.view(self.storage.bytes_mut(), span);
                packet.map(Event::Packet).map_err(PollError::Reject)
            }
            Step::Receive { at } => {
                self.pending = Pending::Window(at);
                self.acquire_window().map_err(PollError::Exhausted)?;
                if let Pending::Nothing = self.pending {
                    return self.poll_again();
                }
                Ok(Event::Receive(Window { receiver: self }))
            }
            Step::Reject(error) => Err(PollError::Reject(error)),
            Step::Fatal(error) => Err(PollError::Fatal(error)),
            Step::End(end) => Ok(Event::End(end)),
        }
    }

    /// Says what the bytes make that a buffer was taken hold of for. Apart, so that [`poll`](Self::poll) is inlined.
    #[cold]
    #[inline(never)]
    fn poll_again(&mut self) -> Result<Event<'_, D, B>, PollError<D::Error>> {
        self.poll()
    }

    /// Says what is to be done now.
    ///
    /// The first half of the two-step form: since the answer borrows nothing, loops, `?` and `await` work
    /// around it. It says the same until that is done: a packet is never stepped over.
    #[inline]
    pub fn ready(&mut self) -> Ready<D::Error> {
        match self.step() {
            Step::Packet(span) => {
                self.pending = Pending::Packet(span);
                Ready::Packet
            }
            Step::Receive { at } => {
                self.pending = Pending::Window(at);
                Ready::Receive
            }
            Step::Reject(error) => Ready::Reject(error),
            Step::Fatal(error) => Ready::Fatal(error),
            Step::End(end) => Ready::End(end),
        }
    }

    /// Takes what is to be done now: what the caller has been told already, or else the deserializer's next step.
    ///
    /// Inlined, and built anew from its parts, so that a packet's place never goes through memory: moving the
    /// whole enum would cost as much as all the rest of the way from one short packet to the next.
    #[inline(always)]
    fn step(&mut self) -> Step<D::Span, D::Error> {
        match &self.pending {
            &Pending::Packet(span) => {
                self.pending = Pending::Nothing;
                return Step::Packet(span);
            }
            // Invariant: the stream has not ended, else no window would be pending.
            Pending::Window(at) => return Step::Receive { at: at.clone() },
            Pending::Nothing => {}
        }
        match self.deserializer.step(self.storage.bytes_mut()) {
            Step::Packet(span) => Step::Packet(span),
            Step::Receive { .. } if self.ended => self.end(),
            Step::Receive { at } => Step::Receive { at },
            Step::Reject(error) => Step::Reject(error),
            Step::Fatal(error) => Step::Fatal(error),
            Step::End(end) => Step::End(end),
        }
    }

    /// Tells the deserializer that the stream has ended: for good, whatever deserializer reads it.
    #[cold]
    fn end(&mut self) -> Step<D::Span, D::Error> {
        self.deserializer.received(0);
        match step_again(&mut self.deserializer, &mut self.storage) {
            Step::Receive { .. } => {
                let had = self.deserializer.retained().len() as u64;
                Step::End(if had == 0 { End::Clean } else { End::Truncated { had, missing: 1 } })
            }
            step => step,
        }
    }

    /// The window to receive into, after [`Ready::Receive`]; empty if that isn't what is due.
    ///
    /// A buffer that is at rest is taken hold of here.
    ///
    /// # Errors
    ///
    /// If the pool has no buffer now; nothing is lost.
    #[inline]
    pub fn window(&mut self) -> Result<&mut [u8], Exhausted> {
        self.acquire_window()?;
        Ok(self.offered())
    }

    /// Takes hold of the buffer and of the window's place in it, unless there are bytes in it to be read first.
    fn acquire_window(&mut self) -> Result<(), Exhausted> {
        let Pending::Window(at) = &self.pending else { return Ok(()) };
        let is_due = at.start < at.end;
        let reads_first = !is_due && self.reads_first();
        self.storage.acquire()?;
        self.deserializer.acquire()?;
        if is_due {
            return Ok(());
        }
        if reads_first {
            self.pending = Pending::Nothing;
        } else if let Step::Receive { at } = step_again(&mut self.deserializer, &mut self.storage) {
            self.pending = Pending::Window(at);
        }
        Ok(())
    }

    /// The window that is offered now.
    fn offered(&mut self) -> &mut [u8] {
        let Pending::Window(at) = &self.pending else { return &mut [] };
        self.deserializer.window(self.storage.bytes_mut(), at.clone())
    }

    /// Takes back how many bytes were written at the start of the window; 0 means the end of the stream.
    ///
    /// # Panics
    ///
    /// If `count` is larger than the window.
    #[inline]
    pub fn received(&mut self, count: usize) {
        self.ended |= count == 0;
        if count == 0 && matches!(self.pending, Pending::Packet(_)) {
            // The packet is still to be lent; the deserializer is told of the end when it asks for more.
            return;
        }
        self.deserializer.received(count);
        self.pending = Pending::Nothing;
    }

    /// Says that the stream has ended, when that is known without a receive of 0 bytes.
    ///
    /// # Errors
    ///
    /// If the storage is at rest with bytes of an unfinished packet, and the pool has no buffer to read them in
    /// now; try again later.
    pub fn finish(&mut self) -> Result<(), Exhausted> {
        if !self.deserializer.retained().is_empty() {
            self.storage.acquire()?;
            self.deserializer.acquire()?;
        }
        if let Pending::Window(_) = self.pending {
            // It is no longer due, so there is nothing to rest for.
            self.pending = Pending::Nothing;
        }
        self.ended = true;
        Ok(())
    }

    /// Lends the packet that [`ready`](Self::ready) found.
    ///
    /// # Errors
    ///
    /// If the payload is refused; that costs this one packet.
    ///
    /// # Panics
    ///
    /// If `ready` did not just say [`Ready::Packet`].
    #[inline]
    pub fn packet(&mut self) -> Result<D::Packet<'_>, D::Error> {
        let Pending::Packet(span) = self.pending else { panic!("no packet is ready to be lent") };
        self.pending = Pending::Nothing;
        self.deserializer.view(self.storage.bytes_mut(), span)
    }

    /// Receives bytes that are already in hand, after [`Ready::Receive`]; returns how many of them found room.
    ///
    /// 0 says that something else is due first. No bytes at all are not the end of the stream.
    ///
    /// # Errors
    ///
    /// If the pool has no buffer now; nothing is lost.
    pub fn feed(&mut self, bytes: &[u8]) -> Result<usize, Exhausted> {
        if bytes.is_empty() || self.ended {
            // Not to take hold of a buffer for nothing.
            return Ok(0);
        }
        self.acquire_window()?;
        Ok(self.copy_in(bytes))
    }

    fn copy_in(&mut self, bytes: &[u8]) -> usize {
        let window = self.offered();
        let count = window.len().min(bytes.len());
        window[..count].copy_from_slice(&bytes[..count]);
        if count > 0 {
            self.received(count);
        }
        count
    }

    /// Lets the storage go to rest, if nothing that it holds is needed.
    ///
    /// To be called where the caller is about to wait, or has met the end; the buffer is taken hold of again by
    /// [`window`](Self::window). Before the bytes that are there have been read, it does nothing.
    pub fn rest(&mut self) {
        match self.pending {
            Pending::Packet(_) => return,
            Pending::Nothing if !self.deserializer.retained().is_empty() => return,
            Pending::Nothing | Pending::Window(_) => self.deserializer.rest(),
        }
        let retained = self.deserializer.retained();
        if retained.is_empty() && matches!(self.pending, Pending::Window(_)) {
            self.pending = Pending::Window(0..0);
        }
        // What is retained in a buffer of the deserializer's own is nothing to the storage.
        self.storage.rest(if self.reads_from_storage() { retained } else { 0..0 });
    }

    /// The part of the buffer whose bytes are still needed; empty means idle.
    pub fn retained(&self) -> Range<usize> {
        self.deserializer.retained()
    }

    /// Bytes that were received and belong to no packet yet; empty while the storage is at rest.
    pub fn remainder(&self) -> &[u8] {
        if self.storage_is_at_rest() { &[] } else { self.deserializer.unread(self.storage.bytes()) }
    }

    /// Whether the stream stands between two packets; a deadline for a packet runs while it does not.
    pub fn is_between_packets(&self) -> bool {
        self.deserializer.is_between_packets()
    }

    /// Whether no buffer is held now, nor wanted before something comes.
    pub fn is_at_rest(&self) -> bool {
        self.storage_is_at_rest() || self.deserializer.is_at_rest() && !self.reads_first()
    }

    /// Whether a deserializer whose own buffer is at rest has bytes to read in it before any are received.
    fn reads_first(&self) -> bool {
        self.deserializer.is_at_rest() && !self.deserializer.retained().is_empty()
    }

    /// Whether the retained bytes are in the storage, and not in a buffer of the deserializer's own.
    fn reads_from_storage(&self) -> bool {
        let bytes = self.storage.bytes();
        let retained = bytes.get(self.deserializer.retained());
        retained.is_some_and(|retained| core::ptr::eq(retained, self.deserializer.unread(bytes)))
    }

    fn storage_is_at_rest(&self) -> bool {
        self.storage.bytes().is_empty() && self.storage.capacity() > 0
    }

    /// Where the first byte of [`remainder`](Self::remainder) stands, in bytes from the stream's start.
    pub fn position(&self) -> u64 {
        self.deserializer.position()
    }

    /// The deserializer.
    pub fn deserializer(&self) -> &D {
        &self.deserializer
    }

    /// The deserializer, to change its options between packets.
    pub fn deserializer_mut(&mut self) -> &mut D {
        &mut self.deserializer
    }

    /// The buffer.
    pub fn storage(&self) -> &B {
        &self.storage
    }
}

/// Steps where no packet is expected, out of the way of the steps that find one.
#[cold]
fn step_again<D: Deserializer>(deserializer: &mut D, storage: &mut impl Storage) -> Step<D::Span, D::Error> {
    deserializer.step(storage.bytes_mut())
}
