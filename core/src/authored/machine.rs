//! The machine that runs an async fn once a packet.

use alloc::boxed::Box;
use core::fmt;
use core::future::Future;
use core::ops::Range;
use core::pin::Pin;
use core::task::{Context, Poll, Waker};

use super::buffer::Buffer;
use super::io::{Demand, Exchange, Io};
use super::outcome::{Accepted, Failure, Outcome, Refused};
use crate::storage::{Exhausted, Storage};
use crate::{ConfigError, Deserializer, End, Error, ErrorKind, Parts, Receiver, Step};

/// A deserializer written as an async fn.
///
/// See the [module](crate::authored) for how to write one and for what can go wrong.
///
/// It has a buffer of its own, so the storage that it is [received](Receiver) with is of no length.
/// It is `Send` if the function, its futures, the storage and the packets are.
pub struct Authored<F, T, B: Storage, P> {
    function: F,
    /// The run, in storage that every run reuses.
    run: Pin<Box<Option<T>>>,
    exchange: Exchange<B>,
    /// The next run's hold on the buffer, made anew only if a run was dropped with it.
    io: Option<Io<B>>,
    /// `None` while a run has it.
    buffer: Option<Box<Buffer<B>>>,
    state: State,
    packet: Option<P>,
    /// Unread bytes of an earlier deserializer, in the receiver's storage.
    adopted: Range<usize>,
    /// Bytes of the stream so far.
    received: u64,
    /// Where in the stream the first byte of the run stands.
    start: u64,
    /// A window was due while the storage was at rest, and no run has offered it yet.
    waking: bool,
    eof: bool,
}

#[derive(Debug, Clone)]
enum State {
    /// No run has begun.
    Between,
    /// A run is being polled; found by the next step only if it panicked.
    Polled,
    /// A run waits for bytes in this window.
    Offered(Range<usize>),
    /// A run waits to be told that so many bytes were received into the window.
    Received(usize),
    Ended,
}

/// The deserializer's own error, with the stream position of the packet.
type FailureAt<E> = Error<Failure<E>>;

impl<F, T, B, P, E> Authored<F, T, B, P>
where
    F: FnMut(Io<B>) -> T,
    T: Future<Output = Outcome<P, E, B>>,
    B: Storage,
{
    /// Runs `function` once a packet, on the one buffer `storage`.
    ///
    /// A run sees a half of the storage; in the other half stand the bytes that it isn't to see yet. So `storage`
    /// must be twice as long as the longest packet.
    ///
    /// # Errors
    ///
    /// If half of the storage is no byte long.
    pub fn new(function: F, storage: B) -> Result<Self, ConfigError> {
        let had = storage.capacity();
        if had < 2 {
            return Err(ConfigError::BufferTooSmall { needed: 2, had });
        }
        Ok(Self {
            function,
            run: Box::pin(None),
            exchange: Exchange::new(),
            io: None,
            buffer: Some(Box::new(Buffer::new(storage))),
            state: State::Between,
            packet: None,
            adopted: 0..0,
            received: 0,
            start: 0,
            waking: false,
            eof: false,
        })
    }

    /// Pairs it with the storage of no length that it needs.
    #[expect(clippy::missing_panics_doc, reason = "any storage is long enough")]
    pub fn into_receiver(self) -> Receiver<Self, [u8; 0]> {
        // Invariant: it asks for no buffer.
        Receiver::new(self, []).expect("a deserializer with a buffer of its own needs no storage")
    }

    /// Takes it apart: the function, the storage, and where in the storage the unread bytes are.
    ///
    /// The bytes of a packet that a run has begun are among them, as far as they were written without a gap.
    ///
    /// # Errors
    ///
    /// If the deserializer kept the buffer, or left more bytes of its own than the storage has room for; it comes
    /// back as it was.
    pub fn into_parts(mut self) -> Result<Parts<F, B>, Self> {
        self.stop();
        let Some(buffer) = self.buffer.take() else { return Err(self) };
        match buffer.into_parts() {
            Ok((storage, unread)) => Ok(Parts { deserializer: self.function, storage, unread }),
            Err(buffer) => {
                self.buffer = Some(Box::new(buffer));
                Err(self)
            }
        }
    }

    /// Goes on after a fatal failure: a new run begins with the bytes that are [unread](Deserializer::unread).
    ///
    /// Where it failed for other reasons than those bytes this mends it; else it fails again.
    /// It does nothing unless the deserializer failed.
    pub fn restart(&mut self) {
        if matches!(self.state, State::Ended) && self.buffer.is_some() {
            self.state = State::Between;
        }
    }

    /// Bytes that were moved within the buffer so far, to where a run wanted them.
    pub fn moved(&self) -> u64 {
        self.buffer.as_ref().map_or(0, |buffer| buffer.moved())
    }

    /// The storage, unless a run that panicked has it still.
    pub fn storage(&self) -> Option<&B> {
        self.buffer.as_ref().map(|buffer| buffer.storage())
    }

    /// Begins a run.
    #[inline]
    fn begin(&mut self) -> Step<(), FailureAt<E>> {
        let Some(mut buffer) = self.buffer.take() else { return self.fail(Failure::BufferLost) };
        buffer.begin();
        self.start = self.received.saturating_sub(buffer.rest_len() as u64);
        self.state = State::Polled;
        let mut io = self.io.take().unwrap_or_else(|| Io::new(self.exchange.clone()));
        io.buffer = Some(buffer);
        let run = (self.function)(io);
        self.run.set(Some(run));
        self.poll(false)
    }

    /// Tells the run how many bytes were received.
    #[inline]
    fn resume(&mut self, count: usize) -> Step<(), FailureAt<E>> {
        let Some(mut buffer) = self.buffer.take() else { return self.fail(Failure::BufferLost) };
        if self.run.is_none() {
            // It failed before its first byte, which has come now.
            buffer.abandon();
            self.buffer = Some(buffer);
            return self.between();
        }
        self.exchange.hand(buffer, Demand::Received(count));
        self.state = State::Polled;
        self.poll(count == 0)
    }

    /// Polls the run, until it ends or wants to receive. `told` says whether it was told of the end of the stream.
    #[inline]
    fn poll(&mut self, mut told: bool) -> Step<(), FailureAt<E>> {
        loop {
            let Some(run) = self.run.as_mut().as_pin_mut() else { return self.fail(Failure::BufferLost) };
            if let Poll::Ready(outcome) = run.poll(&mut Context::from_waker(Waker::noop())) {
                return self.finish(outcome);
            }
            match self.reclaim() {
                Demand::Receive(window) if !self.eof => {
                    self.state = State::Offered(window.clone());
                    return Step::Receive { at: window };
                }
                Demand::Receive(_) if !told => {
                    told = true;
                    let Some(buffer) = self.buffer.take() else { return self.fail(Failure::BufferLost) };
                    self.exchange.hand(buffer, Demand::Received(0));
                }
                Demand::Receive(_) => return self.end(),
                Demand::Outside(at) => {
                    let len = self.buffer.as_ref().map_or(0, |buffer| buffer.len());
                    return self.fail(Failure::Position { at, len });
                }
                Demand::Nothing | Demand::Received(_) => return self.fail(Failure::ForeignAwait),
            }
        }
    }

    /// Takes the buffer from the exchange, and says what the run waits for.
    #[inline]
    fn reclaim(&mut self) -> Demand {
        let mut handed = self.exchange.lock();
        if let Some(buffer) = handed.buffer.take() {
            self.buffer = Some(buffer);
        }
        core::mem::replace(&mut handed.demand, Demand::Nothing)
    }

    /// Drops the run, and takes the buffer from it.
    #[cold]
    fn stop(&mut self) {
        self.run.set(None);
        let _ = self.reclaim();
    }

    /// A run has ended with `outcome`.
    #[inline]
    fn finish(&mut self, outcome: Outcome<P, E, B>) -> Step<(), FailureAt<E>> {
        let (mut io, remainder, outcome) = match outcome {
            Ok(Accepted { io, packet, remainder }) => (io, remainder, Ok(packet)),
            Err(Refused { io, error, remainder, fatal }) => (io, remainder, Err((error, fatal))),
        };
        self.buffer = io.buffer.take();
        self.io = Some(io);
        let Some(buffer) = &mut self.buffer else { return self.fail(Failure::BufferLost) };
        if self.eof && buffer.given() == 0 && buffer.rest_len() == 0 {
            return self.end();
        }
        if let Err(failure) = buffer.end(remainder) {
            return self.fail(failure);
        }
        self.state = State::Between;
        match outcome {
            Ok(packet) => {
                self.packet = Some(packet);
                Step::Packet(())
            }
            Err((error, false)) => Step::Reject(self.error(Failure::Refused(error))),
            Err((error, true)) => self.fail(Failure::Refused(error)),
        }
    }

    fn error(&self, failure: Failure<E>) -> FailureAt<E> {
        Error::new(ErrorKind::Payload(failure), self.start)
    }

    /// Ends the stream for good; what the run was given is kept.
    #[cold]
    fn fail(&mut self, failure: Failure<E>) -> Step<(), FailureAt<E>> {
        self.state = State::Ended;
        self.stop();
        if let Some(buffer) = &mut self.buffer {
            buffer.abandon();
        }
        Step::Fatal(self.error(failure))
    }

    /// The stream has ended, and the run wants more of it.
    #[cold]
    fn end(&mut self) -> Step<(), FailureAt<E>> {
        self.state = State::Ended;
        self.stop();
        let had = self.buffer.as_ref().map_or(0, |buffer| buffer.given());
        if let Some(buffer) = &mut self.buffer {
            buffer.abandon();
        }
        Step::End(if had == 0 { End::Clean } else { End::Truncated { had, missing: 1 } })
    }

    /// Takes over what an earlier deserializer left in the receiver's storage.
    #[cold]
    fn take_over(&mut self, storage: &[u8]) {
        let adopted = core::mem::replace(&mut self.adopted, 0..0);
        if let Some(buffer) = &mut self.buffer {
            buffer.adopt(&storage[adopted]);
        }
    }

    /// Whether no byte is there that a run was given, or will be.
    fn is_empty(&self) -> bool {
        self.buffer.as_ref().is_some_and(|buffer| buffer.given() == 0 && buffer.rest_len() == 0)
    }

    /// Goes on, with nothing adopted.
    #[inline]
    fn advance(&mut self) -> Step<(), FailureAt<E>> {
        match &self.state {
            State::Between => self.between(),
            State::Polled => self.fail(Failure::Panicked),
            State::Offered(window) => Step::Receive { at: window.clone() },
            State::Received(count) => {
                let count = *count;
                self.resume(count)
            }
            State::Ended => Step::End(End::Fused),
        }
    }

    /// Begins a run, if there is something for it to do and a buffer to do it in.
    #[inline]
    fn between(&mut self) -> Step<(), FailureAt<E>> {
        if self.eof && self.is_empty() {
            return self.end();
        }
        // Bytes that it left, or that it adopted, are read as soon as there is a buffer.
        if self.is_at_rest() && (self.is_empty() || self.acquire().is_err()) {
            self.waking = self.is_empty();
            return Step::Receive { at: 0..0 };
        }
        self.begin()
    }

    /// Offers the window that was due while the storage was at rest, also if the run fails to: it is tried again
    /// with the bytes.
    #[cold]
    fn wake(&mut self) -> Step<(), FailureAt<E>> {
        let step = self.advance();
        match (&step, &mut self.buffer) {
            (Step::Receive { at }, _) => self.waking = at.start == at.end,
            (Step::Fatal(_), Some(buffer)) => {
                buffer.begin();
                let window = buffer.window(0);
                self.waking = false;
                self.state = State::Offered(window.clone());
                return Step::Receive { at: window };
            }
            _ => self.waking = false,
        }
        step
    }
}

impl<F, T, B, P, E> Deserializer for Authored<F, T, B, P>
where
    F: FnMut(Io<B>) -> T,
    T: Future<Output = Outcome<P, E, B>>,
    B: Storage,
{
    type Span = ();
    type Packet<'b>
        = P
    where
        Self: 'b;
    type Error = FailureAt<E>;

    /// None: it has a buffer of its own.
    fn buffer_len(&self, _size_hint: usize) -> usize {
        0
    }

    #[inline]
    fn step(&mut self, buffer: &mut [u8]) -> Step<(), FailureAt<E>> {
        if !self.adopted.is_empty() {
            self.take_over(buffer);
        }
        if self.waking { self.wake() } else { self.advance() }
    }

    #[inline]
    fn received(&mut self, count: usize) {
        let window = if let State::Offered(window) = &self.state { window.clone() } else { 0..0 };
        assert!(count <= window.len(), "{count} bytes received into a window of {}", window.len());
        self.eof |= count == 0;
        self.received += count as u64;
        if let (State::Offered(_), Some(buffer)) = (&self.state, &mut self.buffer) {
            buffer.received(window, count);
            self.state = State::Received(count);
        }
    }

    #[inline]
    fn view<'b>(&'b mut self, _buffer: &'b mut [u8], _span: ()) -> Result<P, FailureAt<E>> {
        // Invariant: `step` said that a packet is complete.
        Ok(self.packet.take().expect("a packet is lent once"))
    }

    /// Counted in the storage of its own.
    fn retained(&self) -> Range<usize> {
        if !self.adopted.is_empty() {
            return self.adopted.clone();
        }
        self.buffer.as_ref().map_or(0..0, |buffer| buffer.retained())
    }

    fn is_between_packets(&self) -> bool {
        self.adopted.is_empty() && self.is_empty()
    }

    fn position(&self) -> u64 {
        self.received.saturating_sub(self.retained().len() as u64)
    }

    fn adopt(&mut self, unread: Range<usize>, position: u64) {
        self.received = position + unread.len() as u64;
        self.adopted = unread;
    }

    fn window<'b>(&'b mut self, _buffer: &'b mut [u8], at: Range<usize>) -> &'b mut [u8] {
        self.buffer.as_mut().and_then(|buffer| buffer.storage_mut().bytes_mut().get_mut(at)).unwrap_or_default()
    }

    fn unread<'b>(&'b self, buffer: &'b [u8]) -> &'b [u8] {
        if !self.adopted.is_empty() {
            return &buffer[self.adopted.clone()];
        }
        self.buffer.as_ref().map_or(&[], |buffer| buffer.unread())
    }

    fn acquire(&mut self) -> Result<(), Exhausted> {
        self.buffer.as_mut().map_or(Ok(()), |buffer| buffer.storage_mut().acquire())
    }

    fn is_at_rest(&self) -> bool {
        self.buffer.as_ref().is_some_and(|buffer| buffer.is_at_rest())
    }

    fn rest(&mut self) {
        let waits = matches!(self.state, State::Between) || matches!(self.state, State::Offered(_)) && self.is_empty();
        let Some(buffer) = self.buffer.as_mut().filter(|_| waits) else { return };
        buffer.rest_storage();
        if buffer.is_at_rest() && matches!(self.state, State::Offered(_)) {
            // What the run has prepared is gone; it was given nothing, and the next one begins like it.
            self.state = State::Between;
            self.stop();
        }
    }
}

impl<F, T, B: Storage, P> fmt::Debug for Authored<F, T, B, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Authored")
            .field("state", &self.state)
            .field("received", &self.received)
            .field("eof", &self.eof)
            .finish_non_exhaustive()
    }
}
