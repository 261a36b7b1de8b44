//! Many connections and packets with cuts, stalls, kills and resets, each checked: `soak --help`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it tells what it did")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::process::ExitCode;
use std::sync::atomic::{AtomicIsize, Ordering};
use std::time::Duration;

use wharf_tests::drivers::Driver;
use wharf_tests::soak::{Plan, run};

const HELP: &str = "\
Exchanges numbered packets with a server in each driver, over loopback TCP, and checks each.
Most connections finish; some are reset, dropped, or half-closed inside a packet.

Usage: soak [--connections N] [--packets N] [--seconds N] [--seed N] [--driver blocking|mio|async-io]

  --connections N   connections to each driver at once [200]
  --packets N       packets of each connection [1000]
  --seconds N       no packet is begun after so many seconds in all, a quarter of it to warm up [60]
  --seed N          what happens when [1]
  --driver D        only this driver

Prints how each kind of connection fared. Exits with 1 if anything was lost, altered or reordered, or if descriptors,
heap or resident memory did not come back: the last to within 1 % (or 64 pages) of what it was when the same had been done before.";

/// The system's allocator, which knows how much the whole process holds.
struct Held;

static HELD: AtomicIsize = AtomicIsize::new(0);
static PEAK: AtomicIsize = AtomicIsize::new(0);

#[expect(unsafe_code, reason = "an allocator that counts can only be written so")]
// SAFETY: every call is passed on to the system's allocator.
unsafe impl GlobalAlloc for Held {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // Layouts are never longer than `isize::MAX`.
        let held = HELD.fetch_add(layout.size() as isize, Ordering::Relaxed) + layout.size() as isize;
        PEAK.fetch_max(held, Ordering::Relaxed);
        // SAFETY: the caller's contract is the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, bytes: *mut u8, layout: Layout) {
        HELD.fetch_sub(layout.size() as isize, Ordering::Relaxed);
        // SAFETY: the caller's contract is the system's.
        unsafe { System.dealloc(bytes, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Held = Held;

/// What the reactor and the standard library may keep for the next time.
const SLACK: isize = 64 * 1024;

/// Pages that code, stacks and what the allocator can't give back may take.
const PAGES: usize = 64;

struct Options {
    plan: Plan,
    seconds: u64,
    drivers: Vec<Driver>,
}

fn options(mut arguments: impl Iterator<Item = String>) -> Result<Options, String> {
    let plan = Plan { connections: 200, packets: 1000, seed: 1, time: Duration::ZERO };
    let mut options = Options { plan, seconds: 60, drivers: Driver::ALL.to_vec() };
    while let Some(option) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{option} wants a value"))?;
        let number = value.parse::<u32>().ok().filter(|number| *number > 0);
        let number = number.ok_or_else(|| format!("{option} wants a number above 0, not {value:?}"));
        match &*option {
            "--connections" => options.plan.connections = number?,
            "--packets" => options.plan.packets = number?.into(),
            "--seconds" => options.seconds = number?.into(),
            "--seed" => options.plan.seed = number?.into(),
            "--driver" => {
                let driver = Driver::ALL.into_iter().find(|driver| driver.name() == value);
                options.drivers = vec![driver.ok_or_else(|| format!("there is no driver {value:?}"))?];
            }
            _ => return Err(format!("there is no option {option:?}")),
        }
    }
    options.plan.time =
        Duration::from_secs(options.seconds) * 3 / 4 / u32::try_from(options.drivers.len()).unwrap_or(1);
    Ok(options)
}

fn descriptors() -> usize {
    std::fs::read_dir("/proc/self/fd").map_or(0, Iterator::count)
}

/// Pages of this process that are in memory, if the system tells, once the allocator has given back what is free.
fn resident() -> Option<usize> {
    give_back();
    std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()
}

#[cfg(target_env = "gnu")]
fn give_back() {
    #[expect(unsafe_code, reason = "the C library has no other way to be asked")]
    // SAFETY: it takes any number, and leaves what is in use as it is.
    unsafe {
        unsafe extern "C" {
            fn malloc_trim(pad: usize) -> core::ffi::c_int;
        }
        malloc_trim(0);
    }
}

#[cfg(not(target_env = "gnu"))]
fn give_back() {}

/// Runs a driver; what is wrong with it.
fn soak(driver: Driver, plan: &Plan) -> Vec<String> {
    // What is made once and kept, the reactor and threads' stacks for two, is no loss: it is done twice, and what is
    // held after each is compared.
    run(driver, &Plan { time: plan.time / 3, ..plan.clone() });
    let (fds, held, pages) = (descriptors(), HELD.load(Ordering::Relaxed), resident());
    PEAK.store(held, Ordering::Relaxed);
    let mut done = run(driver, plan);
    println!("{}\n  {done}", driver.name());
    let (fds_after, kept) = (descriptors(), HELD.load(Ordering::Relaxed) - held);
    let peak = (PEAK.load(Ordering::Relaxed) - held) / 1024;
    println!("  descriptors {fds} before, {fds_after} after; heap {peak} KiB at most, {kept} bytes kept");
    if let (Some(before), Some(after)) = (pages, resident()) {
        println!("  resident: {before} pages before, {after} after");
        if after > before + (before / 100).max(PAGES) {
            done.wrong.push(format!("{after} pages are resident, and {before} were before"));
        }
    }
    if fds_after != fds {
        done.wrong.push(format!("{fds_after} descriptors are open, and {fds} were before"));
    }
    let reports = done.wrong.iter().map(|wrong| wrong.capacity() as isize).sum::<isize>();
    if kept - reports > SLACK {
        done.wrong.push(format!("{kept} bytes of heap did not come back"));
    }
    done.wrong
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    let options = match options(arguments.into_iter()) {
        Ok(options) => options,
        Err(error) => {
            eprintln!("soak: {error}");
            return ExitCode::from(2);
        }
    };
    let mut failed = false;
    for driver in options.drivers {
        for wrong in soak(driver, &options.plan) {
            failed = true;
            eprintln!("{}: {wrong}", driver.name());
        }
    }
    println!("{}", if failed { "FAILED" } else { "nothing lost, altered or reordered" });
    ExitCode::from(u8::from(failed))
}
