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

/// How the connections of one fate fared.
#[derive(Debug, Default, Clone, Copy)]
pub struct Fared {
    /// Connections.
    pub connections: u64,
    /// Packets that were sent whole.
    pub sent: u64,
    /// Packets that came back, each checked.
    pub back: u64,
}

/// What was done.
#[derive(Debug, Default)]
pub struct Done {
    /// Connections that sent all their packets.
    pub finished: Fared,
    /// Connections that were half-closed inside a packet.
    pub half_closed: Fared,
    /// Connections that were reset inside a packet.
    pub reset: Fared,
    /// Connections that were dropped inside a packet, with what came back unread.
    pub dropped: Fared,
    /// Connections that the server saw end between two packets, inside one, and fail.
    pub seen: [u64; 3],
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
        let Self { finished, half_closed, reset, dropped, seen: [clean, inside, failed], bytes, cuts, stalls, .. } =
            self;
        writeln!(f, "{:27} {:>11} {:>12} {:>12}", "how it ended", "connections", "packets sent", "came back")?;
        let rows = [
            ("finished", finished),
            ("half-closed inside a packet", half_closed),
            ("reset inside a packet", reset),
            ("dropped inside a packet", dropped),
        ];
        for (fate, Fared { connections, sent, back }) in rows {
            writeln!(f, "  {fate:27} {connections:11} {sent:12} {back:12}")?;
        }
        writeln!(f, "  the server saw {clean} end between packets, {inside} inside one, and {failed} fail")?;
        write!(f, "  {bytes} bytes in {cuts} cuts, {stalls} stalls, {:.1?}", self.took)
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
    let (truncated, failed) = (count(&seen.truncated), count(&seen.failed));
    done.seen = [u64::from(plan.connections).saturating_sub(truncated + failed), truncated, failed];
    let killed = done.reset.connections + done.dropped.connections;
    let (half_closed, back) = (done.half_closed.connections, done.finished.back + done.half_closed.back);
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            done.wrong.push(format!("{what}: {seen:?}"));
        }
    };
    expect(count(&seen.packets) >= back, "the server has seen too little");
    expect(failed <= killed, "a connection failed that was not killed");
    expect(truncated <= killed + half_closed, "a stream ended early that was not ended");
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

impl Fared {
    fn add(&mut self, other: Self) {
        self.connections += other.connections;
        self.sent += other.sent;
        self.back += other.back;
    }
}

impl Done {
    fn close(&mut self, client: &Client, ended: Result<(), String>) {
        if let Err(wrong) = ended {
            self.wrong.push(format!("connection {}: {wrong}", client.number()));
        }
        let fared = match client.fate() {
            Fate::Finishes => &mut self.finished,
            Fate::HalfCloses => &mut self.half_closed,
            Fate::Resets => &mut self.reset,
            Fate::Drops => &mut self.dropped,
        };
        fared.add(Fared { connections: 1, sent: client.sent_whole(), back: client.checked() });
        self.bytes += client.bytes;
        self.cuts += client.cuts;
        self.stalls += client.stalls;
    }

    fn add(&mut self, other: Self) {
        self.finished.add(other.finished);
        self.half_closed.add(other.half_closed);
        self.reset.add(other.reset);
        self.dropped.add(other.dropped);
        self.bytes += other.bytes;
        self.cuts += other.cuts;
        self.stalls += other.stalls;
        self.wrong.extend(other.wrong);
    }
}
