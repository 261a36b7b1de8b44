//! Bytes that wait to be sent: copied ones in one block, shared ones between them.

use alloc::collections::VecDeque;
use alloc::vec::Vec;

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
    /// Bytes in all that are not sent.
    len: usize,
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
    pub(super) fn len(&self) -> usize {
        self.len
    }

    /// Appends what `write` writes, or nothing if it fails.
    pub(super) fn append<E>(&mut self, write: impl FnOnce(&mut Outgoing<'_>) -> Result<(), E>) -> Result<(), E> {
        let (block_len, shared_count) = (self.block.len(), self.shared.len());
        // A panic in `write` must leave the queue as it was, too.
        let mut undo = Undo { queue: self, block_len, shared_count, done: false };
        write(&mut Outgoing { queue: undo.queue })?;
        undo.done = true;
        let queue = &mut *undo.queue;
        let shared: usize = queue.shared.range(shared_count..).map(|shared| shared.bytes.len()).sum();
        queue.len += queue.block.len() - block_len + shared;
        Ok(())
    }

    /// The bytes from the front.
    pub(super) fn chunks(&self) -> impl Iterator<Item = &[u8]> {
        let mut from = self.front;
        let before = self.shared.iter().flat_map(move |shared| {
            let own = &self.block[from..shared.at];
            from = shared.at;
            [own, &shared.bytes[..]]
        });
        let last = self.shared.back().map_or(self.front, |shared| shared.at);
        before.chain([&self.block[last..]]).filter(|chunk| !chunk.is_empty())
    }

    pub(super) fn sent(&mut self, len: usize) {
        assert!(len <= self.len, "{len} bytes sent of {} that were queued", self.len);
        self.len -= len;
        let mut left = len;
        loop {
            let own = self.shared.front().map_or(self.block.len(), |shared| shared.at) - self.front;
            let cut = left.min(own);
            self.front += cut;
            left -= cut;
            let Some(shared) = self.shared.front_mut() else { break };
            if cut < own || left == 0 && !shared.bytes.is_empty() {
                break;
            }
            let cut = left.min(shared.bytes.len());
            shared.bytes.advance(cut);
            left -= cut;
            if !shared.bytes.is_empty() {
                break;
            }
            self.shared.pop_front();
        }
        if self.len == 0 {
            self.block.clear();
            self.shared.clear();
            self.front = 0;
        } else if self.front >= CUT && self.front >= self.block.len() / 2 {
            self.block.drain(..self.front);
            for shared in &mut self.shared {
                shared.at -= self.front;
            }
            self.front = 0;
        }
    }
}

/// Takes an unfinished packet back out of the queue.
struct Undo<'q> {
    queue: &'q mut Queue,
    block_len: usize,
    shared_count: usize,
    done: bool,
}

impl Drop for Undo<'_> {
    fn drop(&mut self) {
        if !self.done {
            self.queue.block.truncate(self.block_len);
            self.queue.shared.truncate(self.shared_count);
        }
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
        self.queue.shared.push_back(Shared { at, bytes });
    }
}
