//! What a mode costs: from memory, where nothing but the mode is measured, and over a socket under each driver.

use std::error::Error;
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::{Duration, Instant};

use stats_alloc::Region;
use wharf::Receiver;
use wharf::flat::{Greedy, Writer, flat_packets, flat_sender};
use wharf::send::Sender;
use wharf_drivers::blocking::Connection;

use crate::HEAP;
use crate::modes::{MODES, Mode};
use crate::schema::{Monster, Reply, monster};
use crate::serve::{Driver, LIMIT};

/// Different monsters, and how often all of them are read from memory and sent over a socket.
const KINDS: i16 = 200;
const ROUNDS: u32 = 400;
const ROUNDS_SENT: usize = 20;
/// Monsters that are sent before their answers are read.
const AHEAD: usize = 20;

pub(crate) fn measure() -> Result<(), Box<dyn Error>> {
    let pairs: Vec<(Monster, Reply)> = (0..KINDS).map(monster).collect();
    println!("Monsters of 4 KiB at most, size-prefixed FlatBuffers; each is read twice and answered once.\n");
    println!("                       from memory, a packet           packets a second over loopback TCP");
    println!("mode              nanoseconds  allocations   bytes      blocking         mio    async-io");
    println!("───────────────────────────────────────────────────────────────────────────────────────────");
    for mode in &MODES {
        let cost = from_memory(mode, &pairs)?;
        print!("{:<16}  {:>11.0}  {:>11.2}  {:>6.0}", mode.name, cost.nanoseconds, cost.allocations, cost.bytes);
        for (_, driver) in Driver::ALL {
            print!("  {:>10.0}", over_socket(mode, driver, &pairs)?);
        }
        println!();
    }
    println!(
        "\nAllocations and bytes are those of reading and of the answer's name, which takes one each.\n\
         Every answer was right."
    );
    Ok(())
}

struct Cost {
    nanoseconds: f64,
    allocations: f64,
    bytes: f64,
}

/// Reads every monster in this mode, out of memory.
fn from_memory(mode: &Mode, pairs: &[(Monster, Reply)]) -> Result<Cost, Box<dyn Error>> {
    let mut writer = Writer::new().prefixed();
    let mut frames = Vec::new();
    for (monster, _) in pairs {
        let mut frame = Vec::new();
        writer.append(monster, &mut frame)?;
        frames.push(frame);
    }
    for (frame, (_, expected)) in frames.iter_mut().zip(pairs) {
        let reply = (mode.read)(frame)?;
        if reply != *expected {
            return Err(format!("{}: {reply:?} where {expected:?} is right", mode.name).into());
        }
    }
    let region = Region::new(HEAP);
    let begun = Instant::now();
    for _ in 0..ROUNDS {
        for frame in &mut frames {
            std::hint::black_box((mode.read)(std::hint::black_box(frame))?);
        }
    }
    let elapsed = begun.elapsed();
    let heap = region.change();
    let count = f64::from(ROUNDS) * f64::from(KINDS);
    Ok(Cost {
        nanoseconds: elapsed.as_secs_f64() * 1e9 / count,
        allocations: heap.allocations as f64 / count,
        bytes: heap.bytes_allocated as f64 / count,
    })
}

/// Sends every monster to a server in this mode under this driver, and checks every answer.
fn over_socket(mode: &'static Mode, driver: Driver, pairs: &[(Monster, Reply)]) -> Result<f64, Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let stream = TcpStream::connect(listener.local_addr()?)?;
    // A server that does not answer is a failure, and not a hang.
    stream.set_read_timeout(Some(Duration::from_secs(10)))?;
    stream.set_nodelay(true)?;
    let (served, _) = listener.accept()?;
    let server = thread::spawn(move || (mode.serve)(driver, served, &|_| {}).map_err(|error| error.to_string()));
    let receiver = Receiver::new(flat_packets::<Reply, Greedy>(LIMIT), vec![0; 4 * LIMIT])?;
    let mut client = Connection::new(stream, receiver, Sender::new(flat_sender::<Monster>(LIMIT), 64 * LIMIT));
    let begun = Instant::now();
    for _ in 0..ROUNDS_SENT {
        for batch in pairs.chunks(AHEAD) {
            for (monster, _) in batch {
                client.enqueue(monster)?;
            }
            client.flush()?;
            for (_, expected) in batch {
                let reply = client.recv()?.ok_or("the server closed the connection")?;
                if *reply != *expected {
                    return Err(format!("{}: {reply:?} where {expected:?} is right", mode.name).into());
                }
            }
        }
    }
    let elapsed = begun.elapsed();
    client.finish()?;
    server.join().map_err(|_| "the server panicked")??;
    Ok((ROUNDS_SENT * pairs.len()) as f64 / elapsed.as_secs_f64())
}
