//! What a run has of its connection: the buffer, and a way to have it filled.

use alloc::boxed::Box;
use alloc::sync::Arc;
use core::fmt;
use core::future::Future;
use core::ops::{Deref, DerefMut, Range};
use core::pin::Pin;
use core::task::{Context, Poll};

use spin::mutex::{SpinMutex, SpinMutexGuard};

use super::buffer::Buffer;
use super::outcome::{Accepted, At, Outcome, Refused, Remainder};
use crate::storage::Storage;

/// Where a run and its machine hand the buffer to each other.
///
/// They take turns, on one thread at a time, so the lock is always free; it is there because safe code must show
/// it to the compiler. A spinning one needs no operating system.
pub(super) struct Exchange<B>(Arc<SpinMutex<Handed<B>>>);

/// What is handed over.
pub(super) struct Handed<B> {
    /// The buffer, unless one of the two has it.
    pub(super) buffer: Option<Box<Buffer<B>>>,
    pub(super) demand: Demand,
}

/// What a run waits for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Demand {
    Nothing,
    /// Bytes in this window, by its place in the storage.
    Receive(Range<usize>),
    /// A window that isn't in the buffer.
    Outside(At),
    /// Nothing more: so many bytes were received.
    Received(usize),
}

impl<B> Exchange<B> {
    pub(super) fn new() -> Self {
        Self(Arc::new(SpinMutex::new(Handed { buffer: None, demand: Demand::Nothing })))
    }

    #[inline]
    pub(super) fn lock(&self) -> SpinMutexGuard<'_, Handed<B>> {
        self.0.lock()
    }

    #[inline]
    pub(super) fn hand(&self, buffer: Box<Buffer<B>>, demand: Demand) {
        *self.lock() = Handed { buffer: Some(buffer), demand };
    }
}

impl<B> Clone for Exchange<B> {
    #[inline]
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

/// A run's hold on the buffer, which it reads and changes like a slice.
///
/// The bytes are the run's alone while it runs, and the receiver's alone while it awaits
/// [`write_at`](Self::write_at); the compiler checks it:
///
/// ```compile_fail,E0502
/// # use wharf::authored::{At, Io};
/// async fn keeps_a_view<B: wharf::storage::Storage>(mut io: Io<B>) {
///     let head = &io[..4];
///     io.write_at(At::Offset(4)).await;
///     drop(head);
/// }
/// ```
///
/// What stands in the buffer when a run begins is not specified; it may be prepared before the first write.
pub struct Io<B: Storage> {
    exchange: Exchange<B>,
    /// None while it is handed over.
    pub(super) buffer: Option<Box<Buffer<B>>>,
}

impl<B: Storage> Io<B> {
    #[inline]
    pub(super) fn new(exchange: Exchange<B>) -> Self {
        Self { exchange, buffer: None }
    }

    /// Says that the bytes that were given so far are dealt with, as when an over-long packet is skipped: they aren't
    /// kept if the run fails or the stream ends, and they are no part of the
    /// [remainder](crate::Receiver::remainder).
    pub fn discard(&mut self) {
        if let Some(buffer) = &mut self.buffer {
            buffer.discard();
        }
    }

    /// Ends the run with a packet; the next run is given `remainder` first.
    ///
    /// # Errors
    ///
    /// Never.
    #[inline]
    pub fn packet<P, E>(self, packet: P, remainder: impl Into<Remainder>) -> Outcome<P, E, B> {
        Ok(Accepted { io: self, packet, remainder: remainder.into() })
    }

    /// Ends the run without a packet; the next run is given `remainder` first.
    ///
    /// # Errors
    ///
    /// Always: it makes one.
    pub fn refuse<P, E>(self, error: E, remainder: impl Into<Remainder>) -> Outcome<P, E, B> {
        Err(Refused { io: self, error, remainder: remainder.into(), fatal: false })
    }

    /// Ends the stream: where the next packet begins isn't known any more.
    ///
    /// # Errors
    ///
    /// Always: it makes one.
    pub fn abort<P, E>(self, error: E, remainder: impl Into<Remainder>) -> Outcome<P, E, B> {
        Err(Refused { io: self, error, remainder: remainder.into(), fatal: true })
    }

    /// Receives into the buffer from `at` to its end, and says how many bytes were written at `at`.
    ///
    /// The first bytes are those that the run before left, and need not be received.
    /// 0 means that the stream has ended: then the run should end, too; asking again ends the stream as
    /// [truncated](crate::End::Truncated).
    ///
    /// A position outside the buffer is a fatal [`Failure::Position`](crate::authored::Failure::Position), and the
    /// run goes no further. Dropping the future that this returns loses no byte: the next write gets them.
    #[inline]
    pub fn write_at(&mut self, at: At) -> WriteAt<'_, B> {
        WriteAt { io: self, at, asked: false }
    }
}

impl<B: Storage> Deref for Io<B> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        self.buffer.as_ref().map_or(&[], |buffer| buffer.seen())
    }
}

impl<B: Storage> DerefMut for Io<B> {
    #[inline]
    fn deref_mut(&mut self) -> &mut [u8] {
        self.buffer.as_mut().map_or(&mut [], |buffer| buffer.seen_mut())
    }
}

impl<B: Storage> Drop for Io<B> {
    /// Gives the buffer back, also when the run panics or is dropped.
    #[inline]
    fn drop(&mut self) {
        if let Some(buffer) = self.buffer.take() {
            self.exchange.hand(buffer, Demand::Nothing);
        }
    }
}

impl<B: Storage> fmt::Debug for Io<B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Io").field("len", &self.len()).finish_non_exhaustive()
    }
}

/// The wait for received bytes: what [`Io::write_at`] returns.
#[must_use = "nothing is received until it is awaited"]
#[derive(Debug)]
pub struct WriteAt<'io, B: Storage> {
    io: &'io mut Io<B>,
    at: At,
    /// Whether the buffer was handed over.
    asked: bool,
}

impl<B: Storage> WriteAt<'_, B> {
    /// Gives the run what there is already, or hands the buffer over to be received into.
    #[inline]
    fn ask(&mut self) -> Poll<usize> {
        let Some(buffer) = &mut self.io.buffer else { return Poll::Pending };
        let demand = match buffer.resolve(self.at) {
            None => Demand::Outside(self.at),
            Some(offset) => match buffer.serve(offset) {
                Some(count) => return Poll::Ready(count),
                None => Demand::Receive(buffer.window(offset)),
            },
        };
        let Some(buffer) = self.io.buffer.take() else { return Poll::Pending };
        self.io.exchange.hand(buffer, demand);
        self.asked = true;
        Poll::Pending
    }
}

impl<B: Storage> Future for WriteAt<'_, B> {
    type Output = usize;

    #[inline]
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<usize> {
        if !self.asked {
            return self.ask();
        }
        let mut handed = self.io.exchange.lock();
        let Demand::Received(count) = handed.demand else { return Poll::Pending };
        handed.demand = Demand::Nothing;
        let buffer = handed.buffer.take();
        drop(handed);
        self.io.buffer = buffer;
        self.asked = false;
        Poll::Ready(count)
    }
}

impl<B: Storage> Drop for WriteAt<'_, B> {
    /// Takes the buffer back if the wait was given up.
    fn drop(&mut self) {
        if !self.asked {
            return;
        }
        let mut handed = self.io.exchange.lock();
        let Some(mut buffer) = handed.buffer.take() else { return };
        let demand = core::mem::replace(&mut handed.demand, Demand::Nothing);
        drop(handed);
        if let Demand::Received(count @ 1..) = demand {
            buffer.take_back(count);
        }
        self.io.buffer = Some(buffer);
    }
}
