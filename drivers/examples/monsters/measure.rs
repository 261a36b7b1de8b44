//! What a mode costs: from memory, where nothing but the mode is measured, and over a socket under each driver.

use std::error::Error;
use std::fmt::Debug;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use stats_alloc::Region;
use wharf::Receiver;
use wharf::flat::{Greedy, GreedyMutable, WriteError, Writer, flat_packets, flat_sender, read_prefixed};
use wharf::send::Sender;
use wharf_drivers::blocking::Connection;

use crate::HEAP;
use crate::modes::{MODES, Mode};
use crate::schema::{Monster, Reply, monster};
use crate::serve::{Driver, LIMIT};

/// Different monsters.
const KINDS: i16 = 200;
/// How often a monster is looked at, for each column.
const LOOKS: [u32; 3] = [1, 2, 5];
/// Passes over all monsters from memory; the fastest counts, since other programs only make it slower.
const PASSES: usize = 60;
/// Runs over a socket, of which the fastest counts, and passes over all monsters in each.
const RUNS: usize = 3;
const PASSES_SENT: usize = 10;
/// Monsters that are sent before their answers are read.
const AHEAD: usize = 20;

pub(crate) fn measure() -> Result<(), Box<dyn Error>> {
    let pairs: Vec<(Monster, Reply)> = (0..KINDS).map(monster).collect();
    let costs = from_memory(&pairs)?;
    let rates = over_sockets(&pairs)?;
    let len = frames(&pairs)?.concat().len() / pairs.len();
    println!("Monsters with up to 39 weapons, as size-prefixed FlatBuffers of {len} bytes on average.\n");
    println!("                    heap a packet       nanoseconds a packet      packets a second over loopback");
    println!("mode              allocations  bytes   1 look  2 looks  5 looks   blocking        mio   async-io");
    println!("{}", "─".repeat(94));
    for ((mode, cost), rates) in MODES.iter().zip(costs).zip(rates) {
        print!("{:<16}  {:>11.1}  {:>5.0}", mode.name, cost.allocations, cost.bytes);
        for nanoseconds in cost.nanoseconds {
            print!("  {nanoseconds:>7.0}");
        }
        for rate in rates {
            print!("  {rate:>9.0}");
        }
        println!();
    }
    println!(
        "\nA look reads every field. Heap and nanoseconds are those of opening and reading a packet in memory, in the\n\
         fastest of {PASSES} passes. Over a socket each packet is looked at twice and answered; most of that time is the\n\
         client's and the system's. Every answer was right."
    );
    Ok(())
}

fn frames(pairs: &[(Monster, Reply)]) -> Result<Vec<Vec<u8>>, WriteError> {
    let mut writer = Writer::new().prefixed();
    let write = |(monster, _): &(Monster, Reply)| {
        let mut frame = Vec::new();
        writer.append(monster, &mut frame).map(|_| frame)
    };
    pairs.iter().map(write).collect()
}

/// What reading takes from memory.
#[derive(Clone, Copy)]
struct Cost {
    allocations: f64,
    bytes: f64,
    /// For each of `LOOKS`.
    nanoseconds: [f64; LOOKS.len()],
}

/// Reads every monster out of memory; the modes take turns, so that each has its share of quiet moments.
fn from_memory(pairs: &[(Monster, Reply)]) -> Result<[Cost; MODES.len()], Box<dyn Error>> {
    let count = f64::from(KINDS);
    let none = Cost { allocations: 0.0, bytes: 0.0, nanoseconds: [f64::INFINITY; LOOKS.len()] };
    let mut costs = [none; MODES.len()];
    // Its name grows once, for all.
    let mut reply = Reply { name: String::with_capacity(LIMIT), ..Reply::default() };
    for mode in &MODES {
        check(mode, pairs, &mut reply)?;
    }
    let mut frames = frames(pairs)?;
    for _ in 0..PASSES {
        for (mode, cost) in MODES.iter().zip(&mut costs) {
            for (&looks, nanoseconds) in LOOKS.iter().zip(&mut cost.nanoseconds) {
                let (region, begun) = (Region::new(HEAP), Instant::now());
                (mode.read)(&mut frames, looks, &mut reply)?;
                let (elapsed, heap) = (begun.elapsed(), region.change());
                *nanoseconds = nanoseconds.min(elapsed.as_secs_f64() * 1e9 / count);
                cost.allocations = (heap.allocations + heap.reallocations) as f64 / count;
                cost.bytes = heap.bytes_allocated as f64 / count;
            }
        }
    }
    Ok(costs)
}

/// Checks the answer to every monster, and what is in its frame after that.
fn check(mode: &Mode, pairs: &[(Monster, Reply)], reply: &mut Reply) -> Result<(), Box<dyn Error>> {
    for (frame, (monster, expected)) in frames(pairs)?.chunks_mut(1).zip(pairs) {
        (mode.read)(frame, 2, reply)?;
        compare(mode, reply, expected)?;
        for frame in &*frame {
            let left = read_prefixed::<Monster, GreedyMutable>(frame)?;
            compare(mode, &left, &(mode.leaves)(monster.clone()))?;
        }
    }
    Ok(())
}

fn compare<T: PartialEq + Debug>(mode: &Mode, found: &T, expected: &T) -> Result<(), String> {
    if found != expected {
        return Err(format!("{}: {found:?} where {expected:?} is right", mode.name));
    }
    Ok(())
}

/// Packets a second over a socket, for each mode under each driver, which take turns.
fn over_sockets(pairs: &[(Monster, Reply)]) -> Result<[[f64; Driver::ALL.len()]; MODES.len()], Box<dyn Error>> {
    let mut rates = [[0.0_f64; Driver::ALL.len()]; MODES.len()];
    for _ in 0..RUNS {
        for (mode, rates) in MODES.iter().zip(&mut rates) {
            for ((_, driver), rate) in Driver::ALL.into_iter().zip(rates) {
                *rate = rate.max(over_socket(mode, driver, pairs)?);
            }
        }
    }
    Ok(rates)
}

/// Sends every monster to a server in this mode under this driver, and checks every answer.
fn over_socket(mode: &Mode, driver: Driver, pairs: &[(Monster, Reply)]) -> Result<f64, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let stream = TcpStream::connect(listener.local_addr()?)?;
    // A server that does not answer is a failure, and not a hang.
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.set_nodelay(true)?;
    let (served, _) = listener.accept()?;
    let serve = mode.serve;
    let server = thread::spawn(move || serve(driver, served, &|_| {}).map_err(|error| error.to_string()));
    let receiver = Receiver::new(flat_packets::<Reply, Greedy>(LIMIT), vec![0; 4 * LIMIT])?;
    let mut client = Connection::new(stream, receiver, Sender::new(flat_sender::<Monster>(LIMIT), 64 * LIMIT));
    let begun = Instant::now();
    for _ in 0..PASSES_SENT {
        for batch in pairs.chunks(AHEAD) {
            for (monster, _) in batch {
                client.enqueue(monster)?;
            }
            client.flush()?;
            for (_, expected) in batch {
                let reply = client.recv()?.ok_or("the server closed the connection")?;
                compare(mode, &*reply, expected)?;
            }
        }
    }
    let elapsed = begun.elapsed();
    client.finish()?;
    server.join().map_err(|_| "the server panicked")??;
    Ok((PASSES_SENT * pairs.len()) as f64 / elapsed.as_secs_f64())
}
