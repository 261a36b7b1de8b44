//! Counts system calls with strace: one receive a readiness, one more to see that there is nothing left, and no memory
//! asked of the system once warm. `syscalls --help`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "it tells what it did")]

use std::io::Write;
use std::os::fd::AsRawFd;
use std::os::unix::net::UnixStream;
use std::process::{Command, ExitCode};
use std::{env, fs};

use wharf::storage::Pool;
use wharf::{Framed, LengthPrefixed, Width};
use wharf_tests::drivers::{Driver, Outcome};

const HELP: &str = "\
Receives packets over a socket in each driver, in batches that come at once, and counts with strace what is asked of
the system: receive calls a batch, and calls for memory once warm.

Usage: syscalls

Exits with 1 if a driver asks for more than it should. Without strace it does nothing, and says so.";

/// Batches before counting, and while.
const WARM: usize = 50;
const BATCHES: usize = 400;

/// Packets of a batch, and bytes of a packet.
const PACKETS: usize = 16;
const LEN: usize = 100;

/// Where the bytes are kept, by its name on the child's command line.
const STORAGE: [&str; 2] = ["buffer of its own", "buffer of a pool"];

/// The child's part.
fn run(driver: Driver, storage: &str) {
    let (ours, mut theirs) = UnixStream::pair().expect("a pair of sockets");
    let socket = ours.as_raw_fd();
    let pool = Pool::new(4096, 1);
    let framed = Framed::new(LengthPrefixed::new(Width::U32, 1000));
    let mut peer = if storage == STORAGE[0] {
        driver.open(ours, framed, vec![0; 4096], 4096)
    } else {
        driver.open(ours, framed, pool.lease(), 4096)
    };
    let head = u32::try_from(LEN).expect("short packets").to_be_bytes();
    let batch = [&head[..], &[b'x'; LEN]].concat().repeat(PACKETS);
    for round in 0..WARM + BATCHES {
        if round == WARM {
            mark(&format!("begin {socket}"));
        }
        theirs.write_all(&batch).expect("it is read");
        for _ in 0..PACKETS {
            assert!(matches!(peer.recv(), Outcome::Packet(packet) if packet.len() == LEN));
        }
        // A blocking receiver doesn't look whether there is more: it waits for it.
        if driver != Driver::Blocking {
            assert_eq!(peer.try_recv(), Outcome::Waits);
        }
    }
    mark("end ");
}

/// Leaves a mark in the trace, in one call.
fn mark(text: &str) {
    std::io::stderr().write_all(text.as_bytes()).expect("standard error takes it");
}

/// What was asked of the system between the marks.
#[derive(Debug, Default)]
struct Calls {
    receives: usize,
    memory: usize,
}

fn count(driver: Driver, storage: &str) -> Calls {
    let path = env::temp_dir().join(format!("wharf-syscalls-{}", std::process::id()));
    let status = Command::new("strace")
        .args(["-f", "-qq", "-e", "trace=recvfrom,recvmsg,read,readv,mmap,mremap,brk,write", "-o"])
        .arg(&path)
        .arg(env::current_exe().expect("it has a name"))
        .args(["--run", driver.name(), storage])
        .stderr(std::process::Stdio::null())
        .status()
        .expect("strace runs");
    assert!(status.success(), "the receiver fails under strace: {status}");
    let trace = fs::read(&path).expect("strace has written it");
    let _ = fs::remove_file(&path);
    calls(&String::from_utf8_lossy(&trace))
}

/// Reads a trace: a process and a call a line.
fn calls(trace: &str) -> Calls {
    let (mut calls, mut socket) = (Calls::default(), None);
    for line in trace.lines() {
        let call = line.split_once(' ').map_or("", |(_, call)| call.trim_start());
        if let Some(mark) = call.strip_prefix("write(2, \"begin ") {
            socket = mark.split('"').next();
        } else if call.starts_with("write(2, \"end ") {
            assert!(socket.is_some(), "there is no mark where counting begins");
            return calls;
        }
        let Some(socket) = socket else { continue };
        let (name, arguments) = call.split_once('(').unwrap_or_default();
        let receives = matches!(name, "recvfrom" | "recvmsg" | "read" | "readv");
        calls.receives += usize::from(receives && arguments.split([',', ' ']).next() == Some(socket));
        calls.memory += usize::from(matches!(name, "mmap" | "mremap" | "brk"));
    }
    panic!("there is no mark where counting ends");
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match &arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--run", name, storage] => {
            run(Driver::ALL.into_iter().find(|driver| driver.name() == *name).expect("it is a driver"), storage);
            return ExitCode::SUCCESS;
        }
        [] => {}
        _ => {
            println!("{HELP}");
            return ExitCode::from(2);
        }
    }
    if Command::new("strace").arg("--version").output().is_err() {
        eprintln!("syscalls: SKIPPED, strace isn't installed");
        return ExitCode::SUCCESS;
    }
    let mut failed = false;
    println!("{BATCHES} batches of {PACKETS} packets of {LEN} bytes:");
    for (driver, storage) in Driver::ALL.into_iter().flat_map(|driver| STORAGE.map(|storage| (driver, storage))) {
        let Calls { receives, memory } = count(driver, storage);
        // A blocking receiver waits for what comes next, in a buffer of its own, or in a few bytes if it is a pool's.
        let waits = driver == Driver::Blocking && storage == STORAGE[0];
        let most = if waits { BATCHES } else { 2 * BATCHES };
        // Fewer than one a batch would be a trace that wasn't read.
        failed |= !(BATCHES..=most).contains(&receives) || memory > 0;
        let (each, name) = (receives as f64 / BATCHES as f64, driver.name());
        println!("  {name}, {storage}: {each:.2} receive calls a batch; {memory} calls for memory");
    }
    println!("{}", if failed { "FAILED" } else { "no more than is needed" });
    ExitCode::from(u8::from(failed))
}
