//! An echo server in each driver, for peers that mean it no good, and for the soak.
//!
//! ```text
//! Server::start ──► accept ──┬─ blocking: a thread a connection
//!                            ├─ mio: one thread, one poll
//!                            └─ async-io: one thread, a task a connection
//! ```

#![allow(clippy::unwrap_used, reason = "what fails here fails the test")]

mod async_io_2;
mod blocking;
mod mio_1;

use std::fmt::Debug;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use wharf::send::{Framer, Sender};
use wharf::storage::{Lease, Pool};
use wharf::{Enframe, Framed, Framing, Receiver};

use crate::drivers::{Driver, Outcome, Tally};

/// What a server may spend.
#[derive(Debug, Clone)]
pub struct Limits {
    /// Length of a buffer.
    pub buffer: usize,
    /// Buffers for all connections.
    pub buffers: usize,
    /// Bytes that are queued to one peer before no more is received from it.
    pub queue: usize,
    /// Time for one packet, and for a peer to take what is sent to it.
    pub patience: Duration,
}

/// A server that sends back what it receives, until it is stopped.
#[derive(Debug)]
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    /// What it has seen.
    pub seen: Arc<Seen>,
    /// Its buffers.
    pub pool: Pool,
    thread: JoinHandle<()>,
}

/// What a server has seen.
#[derive(Debug, Default)]
pub struct Seen {
    /// Connections that were accepted.
    pub accepted: AtomicU64,
    /// Connections that are closed.
    pub closed: AtomicU64,
    /// Packets.
    pub packets: AtomicU64,
    /// Packets that were refused.
    pub rejects: AtomicU64,
    /// Connections closed because they were out of step.
    pub fatals: AtomicU64,
    /// Connections that ended inside a packet.
    pub truncated: AtomicU64,
    /// Connections closed because a packet took too long.
    pub deadlines: AtomicU64,
    /// Connections closed because the peer took nothing of what was sent to it.
    pub stalled: AtomicU64,
    /// Connections that failed.
    pub failed: AtomicU64,
    /// Times that there was no buffer.
    pub exhausted: AtomicU64,
    /// Most bytes that were queued to one peer.
    pub queued: AtomicU64,
    /// What was wrong with numbered packets.
    pub wrong: Mutex<Vec<String>>,
    stop: AtomicBool,
}

type Pooled<F> = Receiver<Framed<F>, Lease>;

/// What the server of one driver is given.
struct Config<F> {
    listener: TcpListener,
    framing: F,
    limits: Limits,
    pool: Pool,
    seen: Arc<Seen>,
    numbered: bool,
}

impl<F: Framing + Enframe + Clone> Config<F> {
    fn receiver(&self) -> Pooled<F> {
        Receiver::new(Framed::new(self.framing.clone()), self.pool.lease()).unwrap()
    }

    fn sender(&self) -> Sender<Framer<F>> {
        Sender::new(Framer::new(self.framing.clone()), self.limits.queue)
    }

    fn account(&self) -> Account {
        self.seen.accepted.fetch_add(1, Ordering::Relaxed);
        Account { seen: Arc::clone(&self.seen), numbered: self.numbered, tally: None }
    }

    fn is_stopped(&self) -> bool {
        self.seen.stop.load(Ordering::Relaxed)
    }
}

/// What is known of one connection.
struct Account {
    seen: Arc<Seen>,
    numbered: bool,
    tally: Option<Tally>,
}

impl Account {
    fn packet(&mut self, packet: &[u8]) {
        self.seen.packets.fetch_add(1, Ordering::Relaxed);
        if self.numbered {
            let checked = self.tally.get_or_insert_with(|| Tally::of(packet)).check(packet);
            if let Err(wrong) = checked {
                self.seen.wrong.lock().unwrap().push(wrong);
            }
        }
    }

    fn queued(&self, len: usize) {
        self.seen.queued.fetch_max(len as u64, Ordering::Relaxed);
    }

    fn stalled(&self) {
        self.seen.stalled.fetch_add(1, Ordering::Relaxed);
    }

    fn failed(&self) {
        self.seen.failed.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts what is no packet; whether the connection goes on.
    fn goes_on(&self, outcome: &Outcome) -> bool {
        let (counter, goes_on) = match outcome {
            Outcome::Reject(_) => (&self.seen.rejects, true),
            Outcome::Exhausted => (&self.seen.exhausted, true),
            Outcome::Fatal(_) => (&self.seen.fatals, false),
            Outcome::Truncated { .. } => (&self.seen.truncated, false),
            Outcome::Deadline { .. } => (&self.seen.deadlines, false),
            Outcome::Io(_) => (&self.seen.failed, false),
            Outcome::Packet(_) | Outcome::Waits => return true,
            Outcome::Ended => return false,
        };
        counter.fetch_add(1, Ordering::Relaxed);
        goes_on
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        self.seen.closed.fetch_add(1, Ordering::Relaxed);
    }
}

impl Server {
    /// Starts a server; if packets are `numbered`, by a [`Tally`], it checks each.
    pub fn start<F>(driver: Driver, framing: F, limits: Limits, numbered: bool) -> Self
    where
        F: Framing + Enframe + Clone + Debug + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let (seen, pool) = (Arc::new(Seen::default()), Pool::new(limits.buffer, limits.buffers));
        let config = Config { listener, framing, limits, pool: pool.clone(), seen: Arc::clone(&seen), numbered };
        let thread = std::thread::spawn(move || match driver {
            Driver::Blocking => blocking::serve(&config),
            Driver::Mio => mio_1::serve(&config),
            Driver::AsyncIo => async_io_2::serve(&config),
        });
        Self { address, seen, pool, thread }
    }

    /// Connects to it.
    pub fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_nodelay(true).unwrap();
        stream
    }

    /// Waits for its connections to end, and says what it has seen.
    pub fn stop(self) -> Arc<Seen> {
        self.seen.stop.store(true, Ordering::Relaxed);
        // Whoever waits to accept is woken; one that has seen the sign already doesn't listen any more.
        drop(TcpStream::connect(self.address));
        self.thread.join().unwrap();
        self.seen
    }
}
