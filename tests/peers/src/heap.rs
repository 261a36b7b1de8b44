//! An allocator that counts, per thread.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

struct Counting;

thread_local! {
    static COUNT: Cell<Heap> = const { Cell::new(Heap { allocations: 0, allocated: 0, held: 0 }) };
}

/// What a thread has had of the heap.
#[derive(Debug, Clone, Copy, Default)]
pub struct Heap {
    /// Calls that allocated or grew a block.
    pub allocations: u64,
    /// Bytes that those calls asked for.
    pub allocated: u64,
    /// Bytes that are held now.
    pub held: i64,
}

impl Heap {
    /// What this thread has had so far.
    pub fn now() -> Self {
        COUNT.get()
    }

    /// What it has had since `earlier`.
    #[must_use]
    pub fn since(self, earlier: Self) -> Self {
        Self {
            allocations: self.allocations - earlier.allocations,
            allocated: self.allocated - earlier.allocated,
            held: self.held - earlier.held,
        }
    }
}

fn count(allocations: u64, allocated: usize, freed: usize) {
    // While a thread ends, its count is gone already.
    let _ = COUNT.try_with(|count| {
        let mut heap = count.get();
        heap.allocations += allocations;
        heap.allocated += allocated as u64;
        heap.held += i64::try_from(allocated).unwrap_or(i64::MAX) - i64::try_from(freed).unwrap_or(i64::MAX);
        count.set(heap);
    });
}

#[expect(unsafe_code, reason = "an allocator that counts can only be written so")]
// SAFETY: every call is passed on to the system's allocator.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(1, layout.size(), 0);
        // SAFETY: the caller's contract is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(1, layout.size(), 0);
        // SAFETY: the caller's contract is the system's.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, bytes: *mut u8, layout: Layout, len: usize) -> *mut u8 {
        count(1, len, layout.size());
        // SAFETY: the caller's contract is the system's.
        unsafe { System.realloc(bytes, layout, len) }
    }

    unsafe fn dealloc(&self, bytes: *mut u8, layout: Layout) {
        count(0, 0, layout.size());
        // SAFETY: the caller's contract is the system's.
        unsafe { System.dealloc(bytes, layout) }
    }
}

#[global_allocator]
static COUNTING: Counting = Counting;
