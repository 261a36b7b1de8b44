//! The ends of the connections: what they send, what they check, what they count.

use std::io;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use wharf::Receiver;
use wharf::send::Sender;
use wharf::storage::{Lease, Pool, Storage};

use super::traffic::{self, Traffic};
use crate::format::{Deserializer, Format, Serializer};
use crate::options::Driver;

/// Connections for each framing.
const CONNECTIONS: usize = 2;

/// Length of a receive buffer in bytes.
const BUFFER: usize = 64 * 1024;

/// Bytes that are queued before they are sent.
pub(crate) const BATCH: usize = 16 * 1024;

/// Most bytes that are queued.
pub(crate) const QUEUE: usize = 64 * 1024;

/// One exchange over many connections.
#[derive(Debug)]
pub(crate) struct Run {
    pool: Pool,
    stopped: AtomicBool,
    tallies: Mutex<Vec<Arc<Tally>>>,
}

/// What one end has received.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) packets: AtomicU64,
    pub(crate) bytes: AtomicU64,
    pub(crate) moved: AtomicU64,
    pub(crate) calls: Arc<AtomicU64>,
}

impl Tally {
    /// Counts a packet; only one thread does, so this isn't contended.
    pub(crate) fn packet(&self) {
        self.packets.store(self.packets.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    }

    /// Takes down what a receiver has done in all.
    pub(crate) fn finish<B: Storage>(&self, receiver: &Receiver<Deserializer, B>) {
        self.bytes.store(receiver.position(), Ordering::Relaxed);
        self.moved.store(receiver.deserializer().moved(), Ordering::Relaxed);
    }
}

impl Run {
    pub(crate) fn new() -> Self {
        let ends = 2 * CONNECTIONS * traffic::formats().len();
        let run = Self {
            pool: Pool::new(BUFFER, ends),
            stopped: AtomicBool::new(false),
            tallies: Mutex::new(Vec::with_capacity(ends)),
        };
        // All buffers are made now, so that none is while allocations are counted.
        let mut leases: Vec<Lease> = (0..ends).map(|_| run.pool.lease()).collect();
        for lease in &mut leases {
            lease.acquire().expect("there are as many buffers as leases");
        }
        run
    }

    /// Clients are to send nothing more.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }

    fn tally(&self) -> Arc<Tally> {
        let tally = Arc::new(Tally::default());
        self.tallies.lock().unwrap_or_else(PoisonError::into_inner).push(Arc::clone(&tally));
        tally
    }

    /// The sum of one count over all ends.
    pub(crate) fn sum(&self, count: impl Fn(&Tally) -> &AtomicU64) -> u64 {
        let tallies = self.tallies.lock().unwrap_or_else(PoisonError::into_inner);
        tallies.iter().map(|tally| count(tally).load(Ordering::Relaxed)).sum()
    }

    /// Packets received at all ends so far.
    pub(crate) fn packets(&self) -> u64 {
        self.sum(|tally| &tally.packets)
    }
}

/// A connection with both its ends.
#[derive(Debug)]
pub(crate) struct Pair {
    pub(crate) client: End,
    pub(crate) server: End,
}

/// One end of a connection, which no driver has yet.
#[derive(Debug)]
pub(crate) struct End {
    pub(crate) format: Format,
    pub(crate) stream: TcpStream,
    pub(crate) tally: Arc<Tally>,
    pool: Pool,
}

impl Pair {
    /// Connects the clients to the server.
    pub(crate) fn all(run: &Run) -> io::Result<Vec<Self>> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let mut pairs = Vec::new();
        for format in traffic::formats() {
            for _ in 0..CONNECTIONS {
                let (client, server) = connect(&listener)?;
                let end = |stream| End { format: format.clone(), stream, tally: run.tally(), pool: run.pool.clone() };
                pairs.push(Self { client: end(client), server: end(server) });
            }
        }
        Ok(pairs)
    }
}

/// Connects to `listener`; returns the client's end and the server's.
pub(crate) fn connect(listener: &TcpListener) -> io::Result<(TcpStream, TcpStream)> {
    let client = TcpStream::connect(listener.local_addr()?)?;
    loop {
        let (server, peer) = listener.accept()?;
        // Anyone may connect to a port, so it is made sure that it was us.
        if peer == client.local_addr()? {
            client.set_nodelay(true)?;
            server.set_nodelay(true)?;
            return Ok((client, server));
        }
    }
}

impl End {
    pub(crate) fn receiver(&self) -> Receiver<Deserializer, Lease> {
        self.format.receiver(traffic::LIMIT, self.pool.lease()).expect("the limit fits the buffer")
    }

    pub(crate) fn sender(&self) -> Sender<Serializer> {
        self.format.sender(traffic::LIMIT, QUEUE).expect("the formats are valid")
    }
}

/// The packets that a client sends.
#[derive(Debug)]
pub(crate) struct Source {
    traffic: Traffic,
    sent: u64,
    packet: Vec<u8>,
}

impl Source {
    pub(crate) fn new(format: &Format) -> Self {
        Self { traffic: Traffic::new(format), sent: 0, packet: Vec::with_capacity(traffic::LIMIT) }
    }

    pub(crate) fn packet(&mut self) -> &[u8] {
        self.sent += 1;
        self.traffic.packet(self.sent - 1, &mut self.packet)
    }

    /// Packets sent.
    pub(crate) fn sent(&self) -> u64 {
        self.sent
    }
}

/// The packets that must come back to a client.
#[derive(Debug)]
pub(crate) struct Check {
    traffic: Traffic,
    received: u64,
    /// The first packet that isn't what it should be.
    wrong: Option<u64>,
    packet: Vec<u8>,
}

impl Check {
    pub(crate) fn new(format: &Format) -> Self {
        let packet = Vec::with_capacity(traffic::LIMIT);
        Self { traffic: Traffic::new(format), received: 0, wrong: None, packet }
    }

    pub(crate) fn packet(&mut self, packet: &[u8]) {
        let expected = self.traffic.packet(self.received, &mut self.packet);
        if packet != expected && self.wrong.is_none() {
            self.wrong = Some(self.received);
        }
        self.received += 1;
    }

    /// What became of a connection over which so many packets were sent.
    pub(crate) fn finish(&self, format: &Format, sent: u64) -> Exchanged {
        Exchanged { format: format.clone(), sent, received: self.received, wrong: self.wrong }
    }
}

/// What became of the packets of one connection.
#[derive(Debug)]
pub(crate) struct Exchanged {
    format: Format,
    sent: u64,
    received: u64,
    wrong: Option<u64>,
}

impl Exchanged {
    /// What is wrong with it, if anything is.
    pub(crate) fn fault(&self, driver: Driver) -> Option<String> {
        let Self { format, sent, received, wrong } = self;
        let driver = driver.name();
        if let Some(index) = wrong {
            return Some(format!("{driver}, {format}: packet {index} was altered, lost or out of order"));
        }
        (sent != received).then(|| format!("{driver}, {format}: {sent} packets were sent, {received} came back"))
    }
}
