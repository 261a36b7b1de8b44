//! Bytes that mean it no good, in every format: each case by name, with its outcome, at any cut, in any storage, and
//! within the memory that was configured.

use wharf_tests::work::CountingAllocator;

mod cuts;
mod flat;
mod memory;
mod outcomes;

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;
