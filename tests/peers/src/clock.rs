//! The time that this thread has spent on a CPU.

use nix::time::{ClockId, clock_gettime};

/// Nanoseconds that this thread has run for; what else the machine does doesn't count.
pub fn thread_cpu() -> u64 {
    let now = clock_gettime(ClockId::CLOCK_THREAD_CPUTIME_ID).unwrap();
    u64::try_from(now.tv_sec() * 1_000_000_000 + now.tv_nsec()).unwrap()
}
