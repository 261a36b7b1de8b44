//! Buffers shared by many connections, most of them idle.

use alloc::boxed::Box;
use alloc::sync::Arc;
use alloc::vec;
use alloc::vec::Vec;
use core::fmt;
use core::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{Exhausted, Storage};

/// A bounded set of buffers of one length, shared by threads.
///
/// Buffers are made on demand, zeroed once, and kept for reuse.
/// Its lock is held for as long as it takes to push or pop a pointer, never across I/O or the making of a buffer.
///
/// ```
/// use wharf::storage::{Pool, Storage};
///
/// let pool = Pool::new(64 * 1024, 2);
/// let mut lease = pool.lease();
/// assert_eq!(pool.in_use(), 0, "a lease at rest holds no buffer");
/// lease.acquire()?;
/// assert_eq!((lease.bytes().len(), pool.in_use()), (64 * 1024, 1));
/// lease.rest(0..0);
/// assert_eq!(pool.in_use(), 0);
/// # Ok::<(), wharf::storage::Exhausted>(())
/// ```
#[derive(Clone)]
pub struct Pool {
    shared: Arc<Shared>,
}

struct Shared {
    len: usize,
    max: usize,
    state: Mutex<State>,
}

struct State {
    /// Invariant: `free.len() + in_use <= max`.
    free: Vec<Box<[u8]>>,
    in_use: usize,
}

impl Pool {
    /// A pool of at most `max` buffers of `len` bytes; none is made before it is needed.
    pub fn new(len: usize, max: usize) -> Self {
        let state = Mutex::new(State { free: Vec::new(), in_use: 0 });
        Self { shared: Arc::new(Shared { len, max, state }) }
    }

    /// A connection's claim on a buffer; it holds none yet.
    pub fn lease(&self) -> Lease {
        Lease { pool: self.clone(), held: Held::Nothing }
    }

    /// Length of each buffer in bytes.
    pub fn buffer_len(&self) -> usize {
        self.shared.len
    }

    /// Buffers that leases hold now.
    pub fn in_use(&self) -> usize {
        self.state().in_use
    }

    /// Buffers that are kept for reuse now.
    pub fn free(&self) -> usize {
        self.state().free.len()
    }

    /// Frees the buffers that are kept for reuse.
    pub fn trim(&self) {
        let free = core::mem::take(&mut self.state().free);
        drop(free);
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No code that can panic runs under the lock, so a poisoned one is whole.
        self.shared.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self) -> Result<Box<[u8]>, Exhausted> {
        {
            let mut state = self.state();
            if state.in_use >= self.shared.max {
                return Err(Exhausted);
            }
            state.in_use += 1;
            if let Some(buffer) = state.free.pop() {
                return Ok(buffer);
            }
        }
        Ok(vec![0; self.shared.len].into_boxed_slice())
    }

    fn put(&self, buffer: Box<[u8]>) {
        let mut state = self.state();
        state.in_use -= 1;
        state.free.push(buffer);
    }
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool")
            .field("buffer_len", &self.buffer_len())
            .field("max", &self.shared.max)
            .field("in_use", &self.in_use())
            .finish_non_exhaustive()
    }
}

/// A connection's claim on a buffer of a [`Pool`].
///
/// It holds a buffer from the first byte received until nothing is retained; up to [`Lease::INLINE`] bytes of an
/// unfinished packet are kept in the lease itself, so a connection that stopped in the middle of a head or of a
/// short packet holds no buffer either. [`park`](Self::park) does the same for longer ones, at the price of an
/// allocation of just their length.
pub struct Lease {
    pool: Pool,
    held: Held,
}

enum Held {
    Nothing,
    Buffer(Box<[u8]>),
    /// Few bytes, which stand at `start` in the buffer.
    Inline {
        start: usize,
        len: u8,
        bytes: [u8; Lease::INLINE],
    },
    /// More bytes, which stand at `start` in the buffer.
    Parked {
        start: usize,
        bytes: Box<[u8]>,
    },
}

impl Lease {
    /// Most bytes of an unfinished packet that are kept without a buffer.
    pub const INLINE: usize = 30;

    /// The pool.
    pub fn pool(&self) -> &Pool {
        &self.pool
    }

    /// Gives the buffer back although `retained` is still needed, which is kept in an allocation of its own
    /// length.
    pub fn park(&mut self, retained: Range<usize>) {
        self.rest(retained.clone());
        if let Held::Buffer(buffer) = &mut self.held {
            let bytes = Box::from(&buffer[retained.clone()]);
            let buffer = core::mem::take(buffer);
            self.held = Held::Parked { start: retained.start, bytes };
            self.pool.put(buffer);
        }
    }
}

impl Storage for Lease {
    #[inline]
    fn bytes(&self) -> &[u8] {
        if let Held::Buffer(buffer) = &self.held { buffer } else { &[] }
    }

    #[inline]
    fn bytes_mut(&mut self) -> &mut [u8] {
        if let Held::Buffer(buffer) = &mut self.held { buffer } else { &mut [] }
    }

    fn capacity(&self) -> usize {
        self.pool.buffer_len()
    }

    #[inline]
    fn acquire(&mut self) -> Result<(), Exhausted> {
        if matches!(self.held, Held::Buffer(_)) {
            return Ok(());
        }
        let mut buffer = self.pool.take()?;
        match &self.held {
            Held::Inline { start, len, bytes } => {
                let len = usize::from(*len);
                buffer[*start..start + len].copy_from_slice(&bytes[..len]);
            }
            Held::Parked { start, bytes } => buffer[*start..start + bytes.len()].copy_from_slice(bytes),
            Held::Nothing | Held::Buffer(_) => {}
        }
        self.held = Held::Buffer(buffer);
        Ok(())
    }

    fn rest(&mut self, retained: Range<usize>) {
        let Held::Buffer(buffer) = &mut self.held else { return };
        let rest = match u8::try_from(retained.len()) {
            Ok(len) if retained.len() <= Self::INLINE => {
                let mut bytes = [0; Self::INLINE];
                bytes[..retained.len()].copy_from_slice(&buffer[retained.clone()]);
                Held::Inline { start: retained.start, len, bytes }
            }
            _ => return,
        };
        let buffer = core::mem::take(buffer);
        self.held = rest;
        self.pool.put(buffer);
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        if let Held::Buffer(buffer) = core::mem::replace(&mut self.held, Held::Nothing) {
            self.pool.put(buffer);
        }
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = match &self.held {
            Held::Nothing => 0,
            Held::Buffer(buffer) => buffer.len(),
            Held::Inline { len, .. } => usize::from(*len),
            Held::Parked { bytes, .. } => bytes.len(),
        };
        f.debug_struct("Lease").field("held", &held).finish_non_exhaustive()
    }
}
