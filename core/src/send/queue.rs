//! Bytes that wait to be sent: copied ones in one block, shared ones between them.

use alloc::collections::VecDeque;
use alloc::vec::Vec;
use core::mem;

use bytes::{Buf, Bytes};

/// Bytes that wait to be sent.
///
/// ```text
/// block   sent│ aaaaaaa │ bbbb │ cccccc │
///             front     shared[0].at    block.len()
/// ```
#[derive(Debug, Default)]
pub(super) struct Queue {
    block: Vec<u8>,
    /// First byte of the block that is not sent. Invariant: `front <= shared[0].at <= .. <= block.len()`.
    front: usize,
    shared: VecDeque<Shared>,
    /// Bytes of `shared` that are not sent.
    shared_len: usize,
}

/// Bytes that go out between two of the block.
#[derive(Debug)]
struct Shared {
    at: usize,
    bytes: Bytes,
}

/// Sent bytes are cut off the block's front once they are at least this many, and half of it.
const CUT: usize = 4096;

impl Queue {
    #[inline]
    pub(super) fn len(&self) -> usize {
        self.block.len() - self.front + self.shared_len
    }

    /// Appends what `write` writes, or nothing if it fails.
    #[inline]
    pub(super) fn append<E>(&mut self, write: impl FnOnce(&mut Outgoing<'_>) -> Result<(), E>) -> Result<(), E> {
        let (block_len, shared_count) = (self.block.len(), self.shared.len());
        // A panic in `write` must leave the queue as it was, too.
        let undo = Undo { queue: self, block_len, shared_count };
        write(&mut Outgoing { queue: undo.queue })?;
        mem::forget(undo);
        Ok(())
    }

    /// The bytes from the front.
    #[inline]
    pub(super) fn chunks(&self) -> Chunks<'_> {
        Chunks { queue: self, from: self.front, index: 0, between: &[] }
    }

    #[inline]
    pub(super) fn sent(&mut self, len: usize) {
        let queued = self.len();
        assert!(len <= queued, "{len} bytes sent of {queued} that were queued");
        if len < queued || !self.shared.is_empty() {
            self.advance(len);
        }
        if len == queued {
            self.block.clear();
            self.front = 0;
        }
    }

    /// Takes `len` bytes off the front.
    fn advance(&mut self, len: usize) {
        let mut left = len;
        loop {
            let own = self.shared.front().map_or(self.block.len(), |shared| shared.at) - self.front;
            let cut = left.min(own);
            self.front += cut;
            left -= cut;
            let Some(shared) = self.shared.front_mut().filter(|_| cut == own) else { break };
            let cut = left.min(shared.bytes.len());
            shared.bytes.advance(cut);
            self.shared_len -= cut;
            left -= cut;
            if !shared.bytes.is_empty() {
                break;
            }
            self.shared.pop_front();
        }
        if self.front >= CUT && self.front >= self.block.len() / 2 {
            self.block.drain(..self.front);
            for shared in &mut self.shared {
                shared.at -= self.front;
            }
            self.front = 0;
        }
    }
}

/// The queued bytes from the front, in chunks of which none is empty.
#[derive(Debug)]
pub(super) struct Chunks<'q> {
    queue: &'q Queue,
    /// First byte of the block that is not given yet.
    from: usize,
    /// The first of the shared bytes that are not given yet.
    index: usize,
    /// Shared bytes that are due next, if not empty.
    between: &'q [u8],
}

impl<'q> Iterator for Chunks<'q> {
    type Item = &'q [u8];

    #[inline]
    fn next(&mut self) -> Option<&'q [u8]> {
        loop {
            if !self.between.is_empty() {
                return Some(mem::take(&mut self.between));
            }
            let shared = self.queue.shared.get(self.index);
            let to = shared.map_or(self.queue.block.len(), |shared| shared.at);
            let own = &self.queue.block[self.from..to];
            self.from = to;
            self.index += 1;
            self.between = shared.map_or(&[], |shared| &shared.bytes);
            if !own.is_empty() {
                return Some(own);
            }
            shared?;
        }
    }
}

/// Takes an unfinished packet back out of the queue.
struct Undo<'q> {
    queue: &'q mut Queue,
    block_len: usize,
    shared_count: usize,
}

impl Drop for Undo<'_> {
    #[cold]
    fn drop(&mut self) {
        let Self { queue, block_len, shared_count } = self;
        queue.block.truncate(*block_len);
        let undone: usize = queue.shared.drain(*shared_count..).map(|shared| shared.bytes.len()).sum();
        queue.shared_len -= undone;
    }
}

/// Where a [`Serializer`](super::Serializer) writes a packet.
#[derive(Debug)]
pub struct Outgoing<'q> {
    queue: &'q mut Queue,
}

impl Outgoing<'_> {
    /// The bytes so far, to append to; what stands there already must not be changed or taken away.
    pub fn bytes(&mut self) -> &mut Vec<u8> {
        &mut self.queue.block
    }

    /// Appends bytes without copying them.
    pub fn share(&mut self, bytes: Bytes) {
        let at = self.queue.block.len();
        self.queue.shared_len += bytes.len();
        self.queue.shared.push_back(Shared { at, bytes });
    }
}
