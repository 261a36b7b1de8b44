//! Work is counted and not timed: heap allocations, bytes moved, bytes looked at.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use wharf::storage::Storage;
use wharf::{Deserializer, Found, Framing, Ready, Receiver};

/// The system's allocator, which counts what each thread asks of it.
///
/// ```
/// use wharf_tests::work::{CountingAllocator, heap};
///
/// #[global_allocator]
/// static ALLOCATOR: CountingAllocator = CountingAllocator;
///
/// let (used, _) = heap(|| vec![0_u8; 100]);
/// assert_eq!((used.allocations, used.peak), (1, 100));
/// ```
#[derive(Debug, Clone, Copy, Default)]
pub struct CountingAllocator;

/// What was asked of the heap.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heap {
    /// Allocations; one that grows counts again.
    pub allocations: u64,
    /// Bytes that are held and were not before; less than 0 if some were given back.
    pub live: isize,
    /// Most bytes that were held at a time, over those that were held before.
    pub peak: isize,
}

std::thread_local! {
    static HEAP: Cell<Heap> = const { Cell::new(Heap { allocations: 0, live: 0, peak: 0 }) };
}

/// Layouts are never longer than `isize::MAX`.
fn count(allocations: u64, bytes: isize) {
    // A thread that is being torn down is nobody's measurement.
    let _ = HEAP.try_with(|cell| {
        let heap = cell.get();
        let live = heap.live + bytes;
        cell.set(Heap { allocations: heap.allocations + allocations, live, peak: heap.peak.max(live) });
    });
}

#[expect(unsafe_code, reason = "an allocator that counts can only be written so")]
// SAFETY: every call is passed on to the system's allocator.
unsafe impl GlobalAlloc for CountingAllocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(1, layout.size() as isize);
        // SAFETY: the caller's contract is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, bytes: *mut u8, layout: Layout) {
        count(0, -(layout.size() as isize));
        // SAFETY: the caller's contract is the system's.
        unsafe { System.dealloc(bytes, layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(1, layout.size() as isize);
        // SAFETY: the caller's contract is the system's.
        unsafe { System.alloc_zeroed(layout) }
    }
}

/// What this thread has asked of the heap so far.
///
/// The binary must have made a [`CountingAllocator`] its global allocator.
pub fn so_far() -> Heap {
    HEAP.get()
}

/// What `run` asks of the heap on this thread, and what it returns; as with [`so_far`].
pub fn heap<R>(run: impl FnOnce() -> R) -> (Heap, R) {
    let before = HEAP.get();
    HEAP.set(Heap { peak: before.live, ..before });
    let returned = run();
    let after = HEAP.get();
    HEAP.set(Heap { peak: before.peak.max(after.peak), ..after });
    let used = Heap {
        allocations: after.allocations - before.allocations,
        live: after.live - before.live,
        peak: after.peak - before.live,
    };
    (used, returned)
}

/// A framing that counts the bytes that it is asked to look at for the first time.
///
/// A byte that the engine hands over again as unseen counts again: that is how a rule becomes quadratic.
#[derive(Debug, Clone)]
pub struct Counting<F> {
    framing: F,
    scanned: u64,
    scans: u64,
}

impl<F> Counting<F> {
    /// Counts for `framing`.
    pub fn new(framing: F) -> Self {
        Self { framing, scanned: 0, scans: 0 }
    }

    /// Bytes that were handed over as unseen.
    pub fn scanned(&self) -> u64 {
        self.scanned
    }

    /// How often the framing was asked.
    pub fn scans(&self) -> u64 {
        self.scans
    }
}

impl<F: Framing> Framing for Counting<F> {
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found {
        self.scans += 1;
        let found = self.framing.scan(unread, seen, eof);
        // What lies behind a packet isn't looked at.
        let looked_at = match &found {
            Found::Packet { len, .. } => *len,
            Found::Skip { len, .. } => usize::try_from(*len).map_or(unread.len(), |len| len.min(unread.len())),
            Found::More { .. } | Found::Fatal(_) => unread.len(),
        };
        self.scanned += looked_at.saturating_sub(seen) as u64;
        found
    }

    fn max_len(&self) -> usize {
        self.framing.max_len()
    }
}

/// What came of a stream.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Packets that were lent.
    pub packets: u64,
    /// Packets that were refused.
    pub rejects: u64,
    /// Windows that were received into.
    pub receives: u64,
    /// The shortest window that was offered.
    pub shortest: usize,
}

/// Receives `stream` in pieces of at most `len` bytes, and drops its packets.
///
/// # Panics
///
/// If the boundary is lost or the stream ends.
#[track_caller]
pub fn pump<D: Deserializer, B: Storage>(receiver: &mut Receiver<D, B>, stream: &[u8], len: usize) -> Tally {
    let mut tally = Tally { shortest: usize::MAX, ..Tally::default() };
    let mut rest = stream;
    loop {
        match receiver.ready() {
            Ready::Receive if rest.is_empty() => return tally,
            Ready::Receive => {
                let window = receiver.window().expect("there is a buffer");
                tally.shortest = tally.shortest.min(window.len());
                let count = window.len().min(len).min(rest.len());
                window[..count].copy_from_slice(&rest[..count]);
                receiver.received(count);
                rest = &rest[count..];
                tally.receives += 1;
            }
            Ready::Packet => match receiver.packet() {
                Ok(_) => tally.packets += 1,
                Err(_) => tally.rejects += 1,
            },
            Ready::Reject(_) => tally.rejects += 1,
            Ready::Fatal(_) | Ready::End(_) => panic!("the stream is over, {} bytes before its end", rest.len()),
        }
    }
}
