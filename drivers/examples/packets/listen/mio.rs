//! The server on mio: one loop for all connections.

use std::collections::{HashMap, VecDeque};
use std::io::{self, ErrorKind};
use std::net::TcpListener;
use std::sync::Arc;
use std::time::{Duration, Instant};

use mio::net::TcpStream;
use mio::{Events, Interest, Poll, Token};
use wharf::Receiver;
use wharf::send::{SendError as QueueError, Sender};
use wharf::storage::Lease;
use wharf_drivers::SendError;
use wharf_drivers::mio_1::{Connection, Received};

use super::{ACCEPT_PAUSE, QUEUE, Service};
use crate::format::{Deserializer, Serializer};

/// The listener; connections have their numbers, which begin at 1.
const LISTENER: Token = Token(0);

pub(super) fn serve(listener: TcpListener, service: &Arc<Service>) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let mut listener = mio::net::TcpListener::from_std(listener);
    let mut poll = Poll::new()?;
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE)?;
    let mut events = Events::with_capacity(1024);
    let mut server = Server { service, peers: HashMap::new(), again: VecDeque::new(), packet: Vec::new() };
    let mut accept_at = None;
    loop {
        if let Err(error) = poll.poll(&mut events, server.wait(accept_at)) {
            if error.kind() != ErrorKind::Interrupted {
                return Err(error);
            }
        }
        let mut ready: Vec<Token> = server.again.drain(..).collect();
        ready.extend(events.iter().map(|event| event.token()).filter(|&token| token != LISTENER));
        ready.extend(server.overdue());
        for token in ready {
            server.turn(token, &poll)?;
        }
        let due = accept_at.is_some_and(|at| at <= Instant::now());
        if due || accept_at.is_none() && events.iter().any(|event| event.token() == LISTENER) {
            accept_at = server.accept(&listener, &poll)?;
        }
    }
}

struct Server<'s> {
    service: &'s Arc<Service>,
    peers: HashMap<Token, Peer>,
    /// Connections that have more to do, which no event will tell.
    again: VecDeque<Token>,
    /// The packet that is being echoed: it lies in the connection that it is sent over.
    packet: Vec<u8>,
}

struct Peer {
    number: u64,
    connection: Connection<TcpStream, Receiver<Deserializer, Lease>, Sender<Serializer>>,
    /// Nothing more will be received.
    ended: bool,
}

/// What has become of a connection.
enum Outcome {
    Open,
    /// It has more to do, which no event will tell.
    Again,
    Closed,
}

/// Why no more is received for now.
enum Stopped {
    /// Nothing more has come.
    Empty,
    /// Others have their turn.
    Yielded,
    /// The peer doesn't read what it is sent.
    Full,
    Ended,
    Lost,
}

impl Server<'_> {
    /// How long the loop may wait.
    fn wait(&mut self, accept_at: Option<Instant>) -> Option<Duration> {
        if !self.again.is_empty() {
            return Some(Duration::ZERO);
        }
        let due = match self.service.options.packet_deadline {
            Some(_) => self.peers.values_mut().filter_map(|peer| peer.connection.packet_due()).min(),
            None => None,
        };
        due.into_iter().chain(accept_at).min().map(|at| at.saturating_duration_since(Instant::now()))
    }

    /// Connections whose packet should have been whole by now.
    fn overdue(&mut self) -> Vec<Token> {
        if self.service.options.packet_deadline.is_none() {
            return Vec::new();
        }
        let now = Instant::now();
        let due =
            |(&token, peer): (&Token, &mut Peer)| peer.connection.packet_due().filter(|&due| due <= now).map(|_| token);
        self.peers.iter_mut().filter_map(due).collect()
    }

    /// Lets in all who wait; returns when to try again where that failed.
    fn accept(&mut self, listener: &mio::net::TcpListener, poll: &Poll) -> io::Result<Option<Instant>> {
        loop {
            match listener.accept() {
                Ok((stream, peer)) => {
                    let Some(number) = self.service.admit(peer) else { continue };
                    drop(stream.set_nodelay(true));
                    let mut connection = Connection::new(stream, self.service.receiver(), self.service.sender());
                    connection.set_packet_deadline(self.service.options.packet_deadline);
                    let token = Token(usize::try_from(number).unwrap_or(usize::MAX));
                    connection.register(poll.registry(), token, true)?;
                    self.peers.insert(token, Peer { number, connection, ended: false });
                }
                Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => {
                    self.service.accept_failed(&error);
                    return Ok(Some(Instant::now() + ACCEPT_PAUSE));
                }
            }
        }
    }

    /// Does what can be done for a connection without waiting.
    fn turn(&mut self, token: Token, poll: &Poll) -> io::Result<()> {
        let Some(peer) = self.peers.get_mut(&token) else { return Ok(()) };
        let outcome = peer.turn(self.service, &mut self.packet);
        if let Outcome::Closed = outcome {
            let number = peer.number;
            self.peers.remove(&token);
            self.service.leave(number);
            return Ok(());
        }
        if let Outcome::Again = outcome {
            self.again.push_back(token);
        }
        let receiving = !peer.ended && !peer.is_full();
        peer.connection.register(poll.registry(), token, receiving)
    }
}

impl Peer {
    /// The peer doesn't read what it is sent, so nothing more is received from it.
    fn is_full(&self) -> bool {
        self.connection.sender().len() >= QUEUE
    }

    fn turn(&mut self, service: &Service, scratch: &mut Vec<u8>) -> Outcome {
        let stopped = self.receive(service, scratch);
        let sent = match self.connection.flush() {
            Ok(sent) => sent,
            Err(error) => {
                service.not_sent(self.number, &SendError::<QueueError>::Io(error));
                return Outcome::Closed;
            }
        };
        match stopped {
            Stopped::Yielded => Outcome::Again,
            Stopped::Full if !self.is_full() => Outcome::Again,
            Stopped::Ended if sent => Outcome::Closed,
            Stopped::Lost => Outcome::Closed,
            Stopped::Empty | Stopped::Full | Stopped::Ended => Outcome::Open,
        }
    }

    /// Receives what can be had without waiting.
    fn receive(&mut self, service: &Service, scratch: &mut Vec<u8>) -> Stopped {
        loop {
            if self.ended {
                return Stopped::Ended;
            }
            if self.is_full() {
                return Stopped::Full;
            }
            match self.connection.recv() {
                Ok(Received::Packet(packet)) => {
                    service.packet(self.number, packet);
                    if service.options.echo {
                        scratch.clear();
                        scratch.extend_from_slice(packet);
                        if let Err(error) = self.connection.enqueue(&scratch[..]) {
                            service.not_sent(self.number, &error);
                        }
                    }
                }
                Ok(Received::WouldBlock) => return Stopped::Empty,
                Ok(Received::Yield) => return Stopped::Yielded,
                Ok(Received::End) => self.ended = true,
                Err(error) => {
                    if !service.not_received(self.number, &error, self.connection.receiver().position()) {
                        return Stopped::Lost;
                    }
                }
            }
        }
    }
}
