//! `packets` without arguments: clients and a server exchange packets over loopback with each driver, all is
//! checked, and a table says what it took.
//!
//! ```text
//! a client ── Source ──► sends ─────────► receives ──► the server echoes
//!             Check  ◄── receives ◄────── sends
//! ```

mod async_io;
mod blocking;
mod counted;
mod ends;
mod idle;
mod mio;
mod table;
mod traffic;

use std::error::Error;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

use self::ends::{Exchanged, Pair, Run};
use self::table::Row;
use crate::format::Format;
use crate::options::Driver;
use crate::output::{Failure, Output, complain};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<std::alloc::System> = &INSTRUMENTED_SYSTEM;

/// Anything that ends an exchange before its time.
type Fault = Box<dyn Error + Send + Sync>;

/// How long packets are exchanged before it is measured, so that all memory that is reused is there.
const WARM_UP: Duration = Duration::from_millis(250);

/// How long it is measured.
const MEASURED: Duration = Duration::from_millis(1000);

/// How long the last packets may take to arrive.
const PATIENCE: Duration = Duration::from_secs(20);

/// Connections that are left idle, where the system allows so many descriptors.
const IDLE: usize = 1000;

/// Descriptors for all else.
const SPARE: usize = 128;

pub(crate) fn run() -> Result<ExitCode, Failure> {
    let failed = |error: Fault| Failure::new("cannot exchange packets", error);
    let idle = idle_connections();
    let mut rows = Vec::new();
    let mut faults = Vec::new();
    for driver in Driver::ALL {
        progress(&format!("{}: exchanging packets …", driver.name()));
        let (mut row, exchanged) = exchange(driver).map_err(failed)?;
        progress(&format!("{}: {idle} idle connections …", driver.name()));
        row.idle = Some(idle::measure(driver, idle).map_err(|error| failed(error.into()))?);
        rows.push(row);
        faults.extend(exchanged.iter().filter_map(|one| one.fault(driver)));
    }
    progress("");
    let mut output = Output::new(&Format::Lines, true);
    output.say(&table::print(&rows, idle)).map_err(|error| Failure::output(&error))?;
    if faults.is_empty() {
        output.say("\nEvery packet came back whole and in order.\n").map_err(|error| Failure::output(&error))?;
        return Ok(ExitCode::SUCCESS);
    }
    for fault in faults {
        complain(format_args!("packets: {fault}"));
    }
    Ok(ExitCode::FAILURE)
}

/// How many connections can be left idle: both ends of each are here.
fn idle_connections() -> usize {
    let allowed = rlimit::increase_nofile_limit((2 * IDLE + SPARE) as u64).unwrap_or_default();
    let allowed = usize::try_from(allowed).unwrap_or(usize::MAX);
    (allowed.saturating_sub(SPARE) / 2).clamp(1, IDLE)
}

/// Shows what is being done, if anyone looks.
fn progress(what: &str) {
    let mut stderr = io::stderr().lock();
    if stderr.is_terminal() {
        // Erases the line before.
        drop(write!(stderr, "\r\x1b[K{what}").and_then(|()| stderr.flush()));
    }
}

/// Exchanges packets and measures that.
fn exchange(driver: Driver) -> Result<(Row, Vec<Exchanged>), Fault> {
    let run = Arc::new(Run::new());
    let pairs = Pair::all(&run)?;
    let shared = Arc::clone(&run);
    let exchange = thread::spawn(move || match driver {
        Driver::Blocking => blocking::exchange(pairs, &shared),
        Driver::Mio => mio::exchange(pairs, &shared),
        Driver::AsyncIo => async_io::exchange(pairs, &shared),
    });
    thread::sleep(WARM_UP);
    let (begun, packets, allocations) = (Instant::now(), run.packets(), allocations());
    thread::sleep(MEASURED);
    let (elapsed, packets, allocations) = (begun.elapsed(), run.packets() - packets, self::allocations() - allocations);
    run.stop();
    let exchanged = join(exchange)??;
    Ok((Row::new(driver, &run, packets, elapsed, allocations), exchanged))
}

/// Waits for the end of an exchange, but not for ever: lost bytes would make it wait so long.
fn join<T>(thread: JoinHandle<T>) -> Result<T, Fault> {
    let due = Instant::now() + PATIENCE;
    while !thread.is_finished() {
        if Instant::now() > due {
            return Err(format!("not all packets came back in {PATIENCE:?}").into());
        }
        thread::sleep(Duration::from_millis(2));
    }
    thread.join().map_err(|_| "a thread has panicked".into())
}

/// Heap allocations of all threads so far.
fn allocations() -> usize {
    let stats = ALLOCATOR.stats();
    stats.allocations + stats.reallocations
}

/// Bytes of heap that are in use by all threads.
fn heap() -> usize {
    let stats = ALLOCATOR.stats();
    stats.bytes_allocated - stats.bytes_deallocated
}
