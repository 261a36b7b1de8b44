//! Clients that talk to a server for long, and not all of them to the end.

mod client;

use std::fmt;
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use wharf::{LengthPrefixed, Width};

use self::client::{Client, Fate};
use crate::drivers::Driver;
use crate::server::{Limits, Server};

/// Longest packet, in bytes.
const LONGEST: usize = 20_000;

/// How long a connection may take to end, once no packet is begun any more.
const GRACE: Duration = Duration::from_secs(30);

const THREADS: u32 = 2;

/// How much is to be done.
#[derive(Debug, Clone)]
pub struct Plan {
    /// Connections at once.
    pub connections: u32,
    /// Packets of each.
    pub packets: u64,
    /// What happens when.
    pub seed: u64,
    /// No packet is begun later.
    pub time: Duration,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// Connections that finished.
    pub finished: u64,
    /// Connections that were half-closed inside a packet.
    pub half_closed: u64,
    /// Connections that were reset or dropped.
    pub killed: u64,
    /// Packets that came back to connections that were not killed, each checked.
    pub packets: u64,
    /// Bytes of all connections, there and back.
    pub bytes: u64,
    /// Cuts: writes and reads.
    pub cuts: u64,
    /// Times that a client did nothing for a while.
    pub stalls: u64,
    /// How long it took.
    pub took: Duration,
    /// What was wrong.
    pub wrong: Vec<String>,
}

impl fmt::Display for Done {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { finished, half_closed, killed, packets, bytes, cuts, stalls, took, .. } = self;
        write!(f, "connections: {finished} finished, {half_closed} half-closed inside a packet, {killed} killed\n  ")?;
        write!(f, "{packets} packets echoed and checked, {bytes} bytes in {cuts} cuts, {stalls} stalls, {took:.1?}")
    }
}

/// Carries out the plan on a server in `driver`.
///
/// # Panics
///
/// If the system has no sockets or threads.
pub fn run(driver: Driver, plan: &Plan) -> Done {
    let limits = Limits { buffer: 32 * 1024, buffers: 64, queue: 16 * 1024, patience: Duration::from_secs(60) };
    let framing = LengthPrefixed::new(Width::U32, LONGEST);
    let server = Server::start(driver, framing, limits, true);
    let begun = Instant::now();
    let mut done = Done::default();
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..THREADS)
            .map(|thread| {
                let numbers = (thread..plan.connections).step_by(THREADS as usize);
                let server = &server;
                scope.spawn(move || {
                    talk(numbers.map(|number| Client::new(number, plan, server.connect())).collect(), plan)
                })
            })
            .collect();
        for thread in threads {
            match thread.join() {
                Ok(part) => done.add(part),
                Err(_) => done.wrong.push("a client panicked".into()),
            }
        }
    });
    done.took = begun.elapsed();
    let pool = server.pool.clone();
    let seen = server.stop();
    let count = |counter: &std::sync::atomic::AtomicU64| counter.load(Ordering::Relaxed);
    if let Ok(wrong) = &mut seen.wrong.lock() {
        done.wrong.append(wrong);
    }
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            done.wrong.push(format!("{what}: {seen:?}"));
        }
    };
    expect(count(&seen.packets) >= done.packets, "the server has seen too little");
    expect(count(&seen.failed) <= done.killed, "a connection failed that was not killed");
    expect(count(&seen.truncated) <= done.killed + done.half_closed, "a stream ended early that was not ended");
    let never = [&seen.rejects, &seen.fatals, &seen.deadlines, &seen.stalled].map(count);
    expect(never == [0; 4], "a packet was refused, or a peer given up");
    expect(count(&seen.accepted) == u64::from(plan.connections), "connections were lost");
    expect(count(&seen.closed) == u64::from(plan.connections), "connections stay open");
    expect(pool.in_use() == 0, "buffers are still held");
    done
}

/// Lets every client have its turns until all have ended.
fn talk(mut clients: Vec<Client>, plan: &Plan) -> Done {
    let (mut done, begun) = (Done::default(), Instant::now());
    while !clients.is_empty() {
        let elapsed = begun.elapsed();
        if elapsed > plan.time + GRACE {
            done.wrong.push(format!("{} connections do not end", clients.len()));
            break;
        }
        let mut moved = false;
        clients.retain_mut(|client| {
            let ended = client.turn(elapsed < plan.time);
            moved |= client.has_moved();
            if let Some(ended) = ended {
                done.close(client, ended);
                return false;
            }
            true
        });
        if !moved {
            std::thread::yield_now();
        }
    }
    done
}

impl Done {
    fn close(&mut self, client: &Client, ended: Result<(), String>) {
        if let Err(wrong) = ended {
            self.wrong.push(format!("connection {}: {wrong}", client.number()));
        }
        match client.fate() {
            Fate::Finishes => self.finished += 1,
            Fate::HalfCloses => self.half_closed += 1,
            Fate::Resets | Fate::Drops => self.killed += 1,
        }
        if !client.is_killed() {
            self.packets += client.checked();
        }
        self.bytes += client.bytes;
        self.cuts += client.cuts;
        self.stalls += client.stalls;
    }

    fn add(&mut self, other: Self) {
        self.finished += other.finished;
        self.half_closed += other.half_closed;
        self.killed += other.killed;
        self.packets += other.packets;
        self.bytes += other.bytes;
        self.cuts += other.cuts;
        self.stalls += other.stalls;
        self.wrong.extend(other.wrong);
    }
}
