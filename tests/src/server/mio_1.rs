//! One thread, one poll.

use std::collections::VecDeque;
use std::io::ErrorKind;
use std::time::{Duration, Instant};

use mio::net::{TcpListener, TcpStream};
use mio::{Events, Interest, Poll, Token};
use wharf::send::{Framer, Sender};
use wharf::{Enframe, Framing};
use wharf_drivers::mio_1::{Connection, Received};

use super::{Account, Config, Pooled};
use crate::drivers::Outcome;

const LISTENER: Token = Token(usize::MAX);

struct Client<F: Framing> {
    connection: Connection<TcpStream, Pooled<F>, Sender<Framer<F>>>,
    account: Account,
    /// Since when the peer takes nothing.
    stalled: Option<Instant>,
    ended: bool,
}

impl<F: Framing> Client<F> {
    /// When it must have taken what is sent to it, or sent what it has begun.
    fn due(&mut self, patience: Duration) -> Option<Instant> {
        self.stalled.map_or_else(|| self.connection.packet_due(), |since| Some(since + patience))
    }
}

/// What follows a client's turn.
enum Next {
    /// The poll tells.
    Wait,
    /// There may be more, and the poll doesn't tell.
    Again,
    Close,
}

pub(super) fn serve<F: Framing + Enframe + Clone>(config: &Config<F>) {
    let mut poll = Poll::new().unwrap();
    let mut events = Events::with_capacity(256);
    config.listener.set_nonblocking(true).unwrap();
    let mut listener = TcpListener::from_std(config.listener.try_clone().unwrap());
    poll.registry().register(&mut listener, LISTENER, Interest::READABLE).unwrap();
    let mut clients: Vec<Option<Client<F>>> = Vec::new();
    let (mut ready, mut scratch) = (VecDeque::new(), Vec::new());
    while !(config.is_stopped() && clients.iter().all(Option::is_none)) {
        let timeout = if ready.is_empty() { next_due(config, &mut clients) } else { Some(Duration::ZERO) };
        match poll.poll(&mut events, timeout) {
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            polled => polled.unwrap(),
        }
        for event in &events {
            if event.token() == LISTENER {
                accept(config, &listener, &mut clients, &mut ready);
            } else {
                ready.push_back(event.token().0);
            }
        }
        let now = Instant::now();
        for (at, client) in clients.iter_mut().enumerate() {
            let Some(client) = client else { continue };
            if client.due(config.limits.patience).is_some_and(|due| due <= now) {
                ready.push_back(at);
            }
        }
        // Each that is ready has one turn, then the poll has its own.
        for _ in 0..ready.len() {
            let Some(at) = ready.pop_front() else { break };
            let Some(client) = &mut clients[at] else { continue };
            match turn(config, client, &mut scratch) {
                Next::Close => clients[at] = None,
                next => {
                    let receiving = client.stalled.is_none() && !client.ended;
                    client.connection.register(poll.registry(), Token(at), receiving).unwrap();
                    if matches!(next, Next::Again) {
                        ready.push_back(at);
                    }
                }
            }
        }
    }
}

fn accept<F: Framing + Enframe + Clone>(
    config: &Config<F>,
    listener: &TcpListener,
    clients: &mut Vec<Option<Client<F>>>,
    ready: &mut VecDeque<usize>,
) {
    loop {
        let stream = match listener.accept() {
            Ok((stream, _)) => stream,
            Err(error) if error.kind() == ErrorKind::WouldBlock => return,
            Err(error) => panic!("{error}"),
        };
        if config.is_stopped() {
            continue;
        }
        stream.set_nodelay(true).unwrap();
        let mut connection = Connection::new(stream, config.receiver(), config.sender());
        connection.set_packet_deadline(Some(config.limits.patience));
        let client = Client { connection, account: config.account(), stalled: None, ended: false };
        ready.push_back(clients.len());
        clients.push(Some(client));
    }
}

/// How long the poll may wait.
fn next_due<F: Framing>(config: &Config<F>, clients: &mut [Option<Client<F>>]) -> Option<Duration> {
    let dues = clients.iter_mut().flatten().filter_map(|client| client.due(config.limits.patience));
    dues.min().map(|due| due.saturating_duration_since(Instant::now()))
}

fn turn<F: Framing + Enframe>(config: &Config<F>, client: &mut Client<F>, scratch: &mut Vec<u8>) -> Next {
    let Client { connection, account, stalled, ended } = client;
    loop {
        match if *ended { connection.finish() } else { connection.flush() } {
            Ok(true) if *ended => return Next::Close,
            Ok(true) => *stalled = None,
            Ok(false) if stalled.get_or_insert_with(Instant::now).elapsed() >= config.limits.patience => {
                account.stalled();
                return Next::Close;
            }
            Ok(false) => return Next::Wait,
            Err(_) => {
                account.failed();
                return Next::Close;
            }
        }
        let outcome = match connection.recv() {
            Ok(Received::Packet(packet)) => {
                account.packet(packet);
                scratch.clear();
                scratch.extend_from_slice(packet);
                if connection.enqueue(scratch).is_err() {
                    account.failed();
                    return Next::Close;
                }
                account.queued(connection.sender().len());
                continue;
            }
            Ok(Received::WouldBlock) => return Next::Wait,
            Ok(Received::Yield) => return Next::Again,
            Ok(Received::End) => {
                *ended = true;
                continue;
            }
            Err(error) => Outcome::from(Err(error)),
        };
        if !account.goes_on(&outcome) {
            return Next::Close;
        }
        if outcome == Outcome::Exhausted {
            return Next::Again;
        }
    }
}
