//! The connection's buffer, and what stands where in it.
//!
//! A run sees a half of the storage, which begins at `base`. Bytes that no run was given yet stand outside of it:
//!
//! ```text
//!                  base                      base + len
//!   storage ┌────────┬───────────┬──────────────┬────────┬────────────┐
//!           │        │  written  │    window    │  rest  │            │
//!           └────────┴───────────┴──────────────┴────────┴────────────┘
//!                    ╰───── what the run sees ──╯
//! ```
//!
//! The next run's half is laid so that the rest stands already where that run wants its first bytes.
//! So packets that came together are read where they lie, and a remainder is moved only where the storage ends,
//! or where a run has changed the buffer before its first write.

use core::ops::Range;

use bytes::{Buf, Bytes, BytesMut};

use super::outcome::{At, Failure, Remainder};
use crate::storage::Storage;

/// A rest is moved to the front early if at least this many times its length was read before it.
const CHEAP_MOVE: usize = 64;

/// The connection's buffer.
#[derive(Debug)]
pub(super) struct Buffer<B> {
    storage: B,
    /// Bytes that a run sees. Invariant: `2 * len <= storage.capacity()`.
    len: usize,
    /// Where they begin. Invariant: `base + len <= storage.capacity()`.
    base: usize,
    /// Whether `base` is settled for this run; the rest then stands outside of what it sees.
    settled: bool,
    /// The bytes last written without a gap in this run, by their place in the storage.
    written: Range<usize>,
    /// Bytes that this run was given.
    given: u64,
    /// Whether any of them were just received, and not left by an earlier run.
    fresh: bool,
    rest: Rest,
    /// Bytes of the rest that were moved so far.
    moved: u64,
}

/// Bytes that were received and that no run was given.
#[derive(Debug)]
enum Rest {
    /// In the storage; at most `len` bytes.
    Stored(Range<usize>),
    Own(Bytes),
}

impl<B: Storage> Buffer<B> {
    pub(super) fn new(storage: B) -> Self {
        let len = storage.capacity() / 2;
        Self {
            storage,
            len,
            base: 0,
            settled: false,
            written: 0..0,
            given: 0,
            fresh: false,
            rest: Rest::Stored(0..0),
            moved: 0,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }

    pub(super) fn storage(&self) -> &B {
        &self.storage
    }

    pub(super) fn storage_mut(&mut self) -> &mut B {
        &mut self.storage
    }

    pub(super) fn is_at_rest(&self) -> bool {
        self.storage.bytes().is_empty()
    }

    pub(super) fn given(&self) -> u64 {
        self.given
    }

    pub(super) fn moved(&self) -> u64 {
        self.moved
    }

    /// Begins a run.
    pub(super) fn begin(&mut self) {
        (self.settled, self.written, self.given, self.fresh) = (false, 0..0, 0, false);
        if self.rest_len() == 0 {
            (self.settled, self.base) = (true, 0);
        }
    }

    /// What the run sees.
    #[inline]
    pub(super) fn seen(&self) -> &[u8] {
        self.storage.bytes().get(self.base..self.base + self.len).unwrap_or_default()
    }

    /// What the run sees, to be changed; the rest is out of its reach.
    #[inline]
    pub(super) fn seen_mut(&mut self) -> &mut [u8] {
        if !self.settled {
            self.settle_beside_rest();
        }
        self.storage.bytes_mut().get_mut(self.base..self.base + self.len).unwrap_or_default()
    }

    /// Gives the run bytes of the rest, if there are any, and says how many.
    ///
    /// `offset` lies within what the run sees.
    #[inline]
    pub(super) fn serve(&mut self, offset: usize) -> Option<usize> {
        let room = self.len - offset;
        let count = match &mut self.rest {
            Rest::Stored(Range { start, end }) if start == end => return None,
            Rest::Stored(rest) if !self.settled => {
                let rest = rest.clone();
                self.settle_around(rest, offset);
                return Some(self.written.len());
            }
            Rest::Stored(rest) => {
                let count = rest.len().min(room);
                let bytes = rest.start..rest.start + count;
                rest.start += count;
                self.storage.bytes_mut().copy_within(bytes, self.base + offset);
                self.moved += count as u64;
                count
            }
            Rest::Own(own) if own.is_empty() => return None,
            Rest::Own(own) => {
                let count = own.len().min(room);
                let start = self.base + offset;
                own.copy_to_slice(&mut self.storage.bytes_mut()[start..start + count]);
                self.moved += count as u64;
                count
            }
        };
        self.note(offset, count);
        Some(count)
    }

    /// Lays what the run sees so that the rest stands at `offset` of it, and gives it as much as has room.
    #[inline]
    fn settle_around(&mut self, rest: Range<usize>, offset: usize) {
        let room = self.len - offset;
        let cheap = rest.start > offset && rest.start >= rest.len().saturating_mul(CHEAP_MOVE);
        let fits = rest.len() <= room;
        let in_place = rest.start >= offset && rest.start - offset + self.len <= self.storage.bytes().len();
        if in_place && !(cheap && fits) {
            self.base = rest.start - offset;
        } else if fits {
            self.base = 0;
            self.storage.bytes_mut().copy_within(rest.clone(), offset);
            self.moved += rest.len() as u64;
        } else {
            self.settle_beside_rest();
            let _ = self.serve(offset);
            return;
        }
        self.settled = true;
        let count = rest.len().min(room);
        self.rest = Rest::Stored(rest.start + count..rest.end);
        self.note(offset, count);
    }

    /// Lays what the run sees so that no byte of the rest is in it.
    #[cold]
    fn settle_beside_rest(&mut self) {
        self.settled = true;
        self.base = 0;
        let Rest::Stored(rest) = &mut self.rest else { return };
        let bytes = self.storage.bytes_mut();
        if rest.start >= self.len || rest.start == rest.end {
            return;
        }
        if rest.end + self.len <= bytes.len() {
            self.base = bytes.len() - self.len;
            return;
        }
        // It lies across the middle, and is at most half as long as the storage.
        let start = bytes.len() - rest.len();
        bytes.copy_within(rest.clone(), start);
        self.moved += rest.len() as u64;
        *rest = start..bytes.len();
    }

    /// The window that begins at `offset` of what the run sees, by its place in the storage.
    #[inline]
    pub(super) fn window(&mut self, offset: usize) -> Range<usize> {
        self.settled = true;
        self.base + offset..self.base + self.len
    }

    /// Takes note of bytes that were received into `window`.
    #[inline]
    pub(super) fn received(&mut self, window: Range<usize>, count: usize) {
        self.fresh |= count > 0;
        self.note(window.start - self.base, count);
    }

    #[inline]
    fn note(&mut self, offset: usize, count: usize) {
        if count == 0 {
            return;
        }
        let start = self.base + offset;
        if self.written.is_empty() || self.written.end != start {
            self.written = start..start;
        }
        self.written.end += count;
        self.given += count as u64;
    }

    /// Forgets the bytes that the run was given.
    pub(super) fn discard(&mut self) {
        self.written = 0..0;
    }

    /// Takes back bytes of which the run was never told.
    #[cold]
    pub(super) fn take_back(&mut self, count: usize) {
        let start = self.written.end - count;
        self.written.end = start;
        self.given -= count as u64;
        let bytes = Bytes::copy_from_slice(&self.storage.bytes()[start..start + count]);
        self.put_back_own(bytes);
    }

    /// Ends a run, which leaves `remainder`.
    #[inline]
    pub(super) fn end<E>(&mut self, remainder: Remainder) -> Result<(), Failure<E>> {
        if self.given == 0 {
            return Err(Failure::NoProgress);
        }
        match remainder {
            Remainder::None => {}
            Remainder::Range(Range { start, end }) => {
                if start > end || end > self.len {
                    return Err(Failure::Remainder { start, end, len: self.len });
                }
                if (end - start) as u64 >= self.given {
                    return Err(Failure::NoProgress);
                }
                self.put_back(self.base + start..self.base + end);
            }
            Remainder::Bytes(bytes) => {
                if bytes.len() as u64 >= self.given && !self.fresh {
                    return Err(Failure::NoProgress);
                }
                if !bytes.is_empty() {
                    self.put_back_own(bytes);
                }
            }
        }
        (self.written, self.given) = (0..0, 0);
        Ok(())
    }

    /// Ends a run that failed: all that it was given last, without a gap, is kept.
    #[cold]
    pub(super) fn abandon(&mut self) {
        let written = core::mem::replace(&mut self.written, 0..0);
        self.put_back(written);
        self.given = 0;
    }

    /// Puts bytes of the storage before the rest.
    #[inline]
    fn put_back(&mut self, first: Range<usize>) {
        match &self.rest {
            _ if first.is_empty() => {}
            Rest::Own(own) if !own.is_empty() => {
                let bytes = Bytes::copy_from_slice(&self.storage.bytes()[first]);
                self.put_back_own(bytes);
            }
            Rest::Stored(rest) if !rest.is_empty() => self.rest = Rest::Stored(self.join(first, rest.clone())),
            Rest::Own(_) | Rest::Stored(_) => self.rest = Rest::Stored(first),
        }
    }

    /// Puts bytes of the deserializer's own before the rest.
    #[cold]
    fn put_back_own(&mut self, first: Bytes) {
        let rest = self.rest();
        self.rest = Rest::Own(if rest.is_empty() {
            first
        } else {
            let mut joined = BytesMut::with_capacity(first.len() + rest.len());
            joined.extend_from_slice(&first);
            joined.extend_from_slice(rest);
            joined.freeze()
        });
    }

    /// Makes one run of bytes of two that don't overlap.
    #[cold]
    fn join(&mut self, first: Range<usize>, second: Range<usize>) -> Range<usize> {
        self.moved += first.len() as u64;
        let bytes = self.storage.bytes_mut();
        if first.end <= second.start {
            let start = second.start - first.len();
            bytes.copy_within(first, start);
            return start..second.end;
        }
        let end = second.end + first.len();
        bytes.copy_within(first, second.end);
        bytes[second.start..end].rotate_left(second.len());
        second.start..end
    }

    /// Begins with bytes that an earlier deserializer left.
    #[cold]
    pub(super) fn adopt(&mut self, bytes: &[u8]) {
        if bytes.len() <= self.len && !self.is_at_rest() {
            self.storage.bytes_mut()[..bytes.len()].copy_from_slice(bytes);
            self.rest = Rest::Stored(0..bytes.len());
        } else {
            self.rest = Rest::Own(Bytes::copy_from_slice(bytes));
        }
    }

    #[inline]
    pub(super) fn rest_len(&self) -> usize {
        match &self.rest {
            Rest::Stored(rest) => rest.len(),
            Rest::Own(own) => own.len(),
        }
    }

    fn rest(&self) -> &[u8] {
        match &self.rest {
            Rest::Stored(rest) => self.storage.bytes().get(rest.clone()).unwrap_or_default(),
            Rest::Own(own) => own,
        }
    }

    /// The part of the storage whose bytes are still needed; bytes of the deserializer's own count from 0.
    pub(super) fn retained(&self) -> Range<usize> {
        match &self.rest {
            _ if self.given > 0 => self.written.clone(),
            Rest::Stored(rest) => rest.clone(),
            Rest::Own(own) => 0..own.len(),
        }
    }

    /// The bytes that are still needed.
    pub(super) fn unread(&self) -> &[u8] {
        if self.given > 0 { &self.storage.bytes()[self.written.clone()] } else { self.rest() }
    }

    /// Lets the storage go to rest between two runs.
    pub(super) fn rest_storage(&mut self) {
        let needed = match &self.rest {
            Rest::Stored(rest) => rest.clone(),
            Rest::Own(_) => 0..0,
        };
        self.storage.rest(needed);
    }

    /// Takes it apart: the storage, and the unread bytes in it; the buffer itself, if they don't fit in.
    pub(super) fn into_parts(mut self) -> Result<(B, Range<usize>), Self> {
        self.abandon();
        if let Rest::Own(own) = &self.rest {
            let Some(front) = self.storage.bytes_mut().get_mut(..own.len()) else { return Err(self) };
            front.copy_from_slice(own);
            self.rest = Rest::Stored(0..own.len());
        }
        let unread = self.retained();
        Ok((self.storage, unread))
    }

    /// Where a run wants to write, as an offset into what it sees.
    #[inline]
    pub(super) fn resolve(&self, at: At) -> Option<usize> {
        at.resolve(self.len)
    }
}
