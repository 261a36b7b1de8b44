//! The exchange on mio: a loop for the server and one for the clients.

use std::io::ErrorKind;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use mio::net::TcpStream;
use mio::{Events, Poll, Token};
use wharf::Receiver;
use wharf::send::Sender;
use wharf::storage::Lease;
use wharf_drivers::mio_1::{Connection, Received};

use super::Fault;
use super::counted::Counted;
use super::ends::{BATCH, Check, End, Exchanged, Pair, Run, Source, Tally};
use crate::format::{Deserializer, Format, Serializer};

pub(super) fn exchange(pairs: Vec<Pair>, run: &Run) -> Result<Vec<Exchanged>, Fault> {
    let mut clients = Vec::new();
    let mut servers = Vec::new();
    for Pair { client, server } in pairs {
        let role = Role::Client(Source::new(&client.format), Check::new(&client.format));
        clients.push(Peer::new(client, role)?);
        servers.push(Peer::new(server, Role::Server(Vec::new()))?);
    }
    thread::scope(|scope| {
        let server = scope.spawn(|| all(&mut servers, run));
        all(&mut clients, run)?;
        server.join().map_err(|_| "the server has panicked")?
    })?;
    Ok(clients.iter().filter_map(Peer::exchanged).collect())
}

/// Runs a loop until all connections have ended.
fn all(peers: &mut [Peer], run: &Run) -> Result<(), Fault> {
    let mut poll = Poll::new()?;
    let mut events = Events::with_capacity(peers.len());
    loop {
        for (index, peer) in peers.iter_mut().enumerate().filter(|(_, peer)| peer.is_ready()) {
            peer.turn(run)?;
            let receiving = !peer.ended && peer.has_room();
            peer.connection.register(poll.registry(), Token(index), receiving)?;
        }
        if peers.iter().all(Peer::is_done) {
            return Ok(());
        }
        let wait = peers.iter().any(Peer::is_ready).then_some(Duration::ZERO);
        match poll.poll(&mut events, wait) {
            Err(error) if error.kind() != ErrorKind::Interrupted => return Err(error.into()),
            _ => {}
        }
        for event in &events {
            let peer = &mut peers[event.token().0];
            peer.readable |= event.is_readable();
            peer.writable |= event.is_writable();
        }
    }
}

struct Peer {
    format: Format,
    connection: Connection<Counted<TcpStream>, Receiver<Deserializer, Lease>, Sender<Serializer>>,
    role: Role,
    tally: Arc<Tally>,
    /// There may be bytes to receive.
    readable: bool,
    /// The socket may have room for more.
    writable: bool,
    /// Nothing more will be received.
    ended: bool,
    /// The peer knows that nothing more will be sent.
    finished: bool,
}

enum Role {
    Client(Source, Check),
    /// With the packet that is being echoed, which lies in the connection that it is sent over.
    Server(Vec<u8>),
}

impl Peer {
    fn new(end: End, role: Role) -> Result<Self, Fault> {
        let (receiver, sender) = (end.receiver(), end.sender());
        end.stream.set_nonblocking(true)?;
        let stream = Counted::new(TcpStream::from_std(end.stream), &end.tally.calls);
        let connection = Connection::new(stream, receiver, sender);
        Ok(Self {
            format: end.format,
            connection,
            role,
            tally: end.tally,
            readable: true,
            writable: true,
            ended: false,
            finished: false,
        })
    }

    fn is_done(&self) -> bool {
        self.ended && self.finished
    }

    /// Whether there is something to do without waiting.
    fn is_ready(&self) -> bool {
        let sends = match self.role {
            Role::Client(..) => true,
            Role::Server(_) => self.ended || !self.connection.sender().is_empty(),
        };
        self.readable && !self.ended && self.has_room() || self.writable && !self.finished && sends
    }

    fn exchanged(&self) -> Option<Exchanged> {
        match &self.role {
            Role::Client(source, check) => Some(check.finish(&self.format, source.sent())),
            Role::Server(_) => None,
        }
    }

    /// A server receives no more while its echoes are not read.
    fn has_room(&self) -> bool {
        matches!(self.role, Role::Client(..)) || self.connection.sender().len() < BATCH
    }

    fn turn(&mut self, run: &Run) -> Result<(), Fault> {
        self.receive()?;
        let last = match &mut self.role {
            Role::Server(_) => self.ended,
            Role::Client(source, _) => {
                while !run.is_stopped() && self.connection.sender().len() < BATCH {
                    self.connection.enqueue(source.packet())?;
                }
                run.is_stopped()
            }
        };
        self.writable = self.connection.flush()?;
        if self.writable && last && !self.finished {
            self.finished = self.connection.finish()?;
        }
        Ok(())
    }

    /// Receives what can be had without waiting, as far as the budget goes.
    fn receive(&mut self) -> Result<(), Fault> {
        while self.readable && !self.ended && self.has_room() {
            match self.connection.recv()? {
                Received::Packet(packet) => {
                    self.tally.packet();
                    match &mut self.role {
                        Role::Client(_, check) => check.packet(packet),
                        Role::Server(echo) => {
                            echo.clear();
                            echo.extend_from_slice(packet);
                            self.connection.enqueue(&echo[..])?;
                        }
                    }
                }
                Received::WouldBlock => self.readable = false,
                Received::Yield => return Ok(()),
                Received::End => {
                    self.ended = true;
                    self.tally.finish(self.connection.receiver());
                }
            }
        }
        Ok(())
    }
}
