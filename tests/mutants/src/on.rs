//! Which mutant is on: the module `switch` of the core that is tested.

extern crate std;

use std::cell::Cell;
use std::env;
use std::fs::{File, OpenOptions};
use std::io::{Read as _, Write as _};
use std::str;
use std::sync::{Mutex, OnceLock};
use std::thread;

/// What the variables say.
struct Run {
    on: u32,
    reach: Option<File>,
}

static RUN: OnceLock<Run> = OnceLock::new();

/// Room for the environment: neither on the heap nor on a stack, since tests count the one and run short of the other.
static ENVIRONMENT: Mutex<[u8; 1 << 17]> = Mutex::new([0; 1 << 17]);

impl Run {
    fn read() -> Self {
        let mut environment = ENVIRONMENT.lock().expect("nobody panics with it");
        let Ok(mut file) = File::open("/proc/self/environ") else {
            // A test has used up all descriptors, and counts no allocations.
            let on = env::var("WHARF_MUTANT").ok().and_then(|id| id.parse().ok()).unwrap_or(0);
            return Self { on, reach: None };
        };
        let mut len = 0;
        loop {
            match file.read(&mut environment[len..]).expect("it can be read") {
                0 => break,
                count => len += count,
            }
        }
        assert!(len < environment.len(), "the environment is longer than there is room");
        // Its descriptor may be the last.
        drop(file);
        let variable = |name: &str| {
            let value =
                environment[..len].split(|byte| *byte == 0).find_map(|entry| entry.strip_prefix(name.as_bytes()));
            value.and_then(|value| str::from_utf8(value).ok())
        };
        let reach = variable("WHARF_MUTANT_REACH=")
            .map(|path| OpenOptions::new().append(true).create(true).open(path).expect("the file can be written"));
        Self { on: variable("WHARF_MUTANT=").and_then(|id| id.parse().ok()).unwrap_or(0), reach }
    }
}

std::thread_local! {
    /// The switches that this thread has been at, a bit each.
    static BEEN: [Cell<u64>; 128] = const { [const { Cell::new(0) }; 128] };
}

/// Whether the mutant is the one of this run.
#[inline(never)]
pub(crate) fn on(id: u32) -> bool {
    let run = RUN.get_or_init(Run::read);
    if let Some(file) = &run.reach {
        if first(id) {
            note(id, file);
        }
    }
    run.on == id
}

/// Whether this thread has not been at the switch; true also of what there are no bits for.
fn first(id: u32) -> bool {
    let first = BEEN.try_with(|been| {
        let word = been.get(id as usize / 64)?;
        let before = word.get();
        word.set(before | 1 << (id % 64));
        Some(before != word.get())
    });
    first.ok().flatten().unwrap_or(true)
}

/// Notes the switch and the test that got there, in one write, as other threads do; without an allocation.
fn note(id: u32, mut file: &File) {
    let mut line = [0; 512];
    let len = line.len();
    let mut left = &mut line[..];
    let thread = thread::current();
    writeln!(left, "{id} {}", thread.name().unwrap_or("?")).expect("the names of tests are shorter");
    let len = len - left.len();
    file.write_all(&line[..len]).expect("the file can be written");
}
