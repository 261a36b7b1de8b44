//! The client on mio: one loop, and a thread that reads standard input for it.

use std::io::{self, ErrorKind};
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{self, Receiver as Lines, TryRecvError};
use std::thread;
use std::time::Duration;

use mio::{Events, Poll, Token, Waker};
use wharf::Receiver;
use wharf::send::Sender;
use wharf_drivers::mio_1::{Connection, Received};

use super::{QUEUE, Session};
use crate::format::{Deserializer, Serializer};
use crate::output::Failure;

const SOCKET: Token = Token(0);
const INPUT: Token = Token(1);

/// Lines of standard input that wait for the loop.
const LINES: usize = 64;

pub(super) fn talk(stream: TcpStream, session: &Arc<Session>) -> Result<(), Failure> {
    let failed = |error| Failure::new("cannot connect", error);
    stream.set_nonblocking(true).map_err(failed)?;
    let mut poll = Poll::new().map_err(failed)?;
    // It lives as long as the loop: what a waker has said is lost with it.
    let waker = Arc::new(Waker::new(poll.registry(), INPUT).map_err(failed)?);
    let wake = Arc::clone(&waker);
    let (feed, lines) = mpsc::sync_channel::<Vec<u8>>(LINES);
    let shared = Arc::clone(session);
    thread::spawn(move || {
        shared.each_line(|line| feed.send(line.to_vec()).is_ok() && wake.wake().is_ok());
        drop(feed);
        drop(wake.wake());
    });

    let stream = mio::net::TcpStream::from_std(stream);
    let connection = Connection::new(stream, session.receiver(), session.sender());
    let mut talk = Talk { session, connection, lines: Some(lines), ended: false, finished: false };
    let mut events = Events::with_capacity(8);
    loop {
        let again = talk.receive()?;
        if let Err(error) = talk.send() {
            session.complain(&format_args!("cannot send: {error}"));
            return Ok(());
        }
        if talk.finished && talk.ended {
            return Ok(());
        }
        talk.connection.register(poll.registry(), SOCKET, !talk.ended).map_err(failed)?;
        if let Err(error) = poll.poll(&mut events, again.then_some(Duration::ZERO)) {
            if error.kind() != ErrorKind::Interrupted {
                return Err(failed(error));
            }
        }
    }
}

struct Talk<'s> {
    session: &'s Session,
    connection: Connection<mio::net::TcpStream, Receiver<Deserializer, Vec<u8>>, Sender<Serializer>>,
    /// `None` when there are no more.
    lines: Option<Lines<Vec<u8>>>,
    /// Nothing more will be received.
    ended: bool,
    /// The peer knows that nothing more will be sent.
    finished: bool,
}

impl Talk<'_> {
    /// Receives what has come; returns whether there may be more.
    fn receive(&mut self) -> Result<bool, Failure> {
        while !self.ended {
            match self.connection.recv() {
                Ok(Received::Packet(packet)) => self.session.received(packet)?,
                Ok(Received::WouldBlock) => return Ok(false),
                Ok(Received::Yield) => return Ok(true),
                Ok(Received::End) => {
                    self.ended = true;
                    self.session.peer_ended();
                }
                Err(error) => {
                    if !self.session.not_received(&error, self.connection.receiver().position()) {
                        (self.ended, self.finished) = (true, true);
                    }
                }
            }
        }
        Ok(false)
    }

    /// Sends the lines that have come, as far as the socket takes them.
    fn send(&mut self) -> io::Result<()> {
        while !self.finished {
            let drained = self.enqueue();
            if !self.connection.flush()? {
                return Ok(());
            }
            if self.lines.is_none() {
                self.finished = true;
                self.session.finished(self.connection.finish().map(drop));
            } else if drained {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Queues lines; returns whether all that have come are queued. The poll is woken for the next one.
    fn enqueue(&mut self) -> bool {
        while let Some(lines) = &self.lines {
            if self.connection.sender().len() >= QUEUE {
                return false;
            }
            match lines.try_recv() {
                Ok(line) => {
                    if let Err(error) = self.connection.enqueue(&line) {
                        self.session.not_sent(&error);
                    }
                }
                Err(TryRecvError::Empty) => return true,
                Err(TryRecvError::Disconnected) => {
                    self.session.sent.store(true, Ordering::Release);
                    self.lines = None;
                }
            }
        }
        true
    }
}
