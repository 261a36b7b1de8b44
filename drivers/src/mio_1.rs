//! Packets over mio's non-blocking streams: TCP, Unix sockets, pipes.

use std::io::{self, Read, Write};
use std::net::Shutdown;
use std::time::{Duration, Instant};

use mio::event::Source;
use mio::net::TcpStream;
use mio::{Interest, Registry, Token};
use wharf::send::{Sender, Serializer};
use wharf::storage::Storage;
use wharf::{Deserializer, Ready, Receiver};

use crate::deadline::Deadline;
use crate::pump::{self, Pumped, Turn};
use crate::{RecvError, SendError};

/// A non-blocking stream with a receiver, a sender, or both.
///
/// When the poll says that it is readable, call [`recv`](Self::recv) until it says otherwise than
/// [`Received::Packet`]; when it is writable, call [`flush`](Self::flush).
/// A connection whose buffer is leased from a pool holds none while it waits between packets.
#[derive(Debug)]
pub struct Connection<S, R = (), W = ()> {
    stream: S,
    receiver: R,
    sender: W,
    deadline: Deadline,
    /// Receive calls that may be made before others get their turn.
    budget: u32,
    /// Receive calls left of it.
    left: u32,
    /// What the stream is registered for.
    registered: Option<Interest>,
}

/// What [`Connection::recv`] found.
#[must_use = "what comes next depends on it"]
#[derive(Debug)]
#[expect(clippy::exhaustive_enums, reason = "callers must handle every outcome")]
pub enum Received<P> {
    /// A packet, lent until it is dropped; there may be more.
    Packet(P),
    /// The stream has nothing more to give: wait until the poll says that it is readable.
    WouldBlock,
    /// The budget is used up and there may be more: call again after other connections have had their turn.
    ///
    /// The poll won't say again that the stream is readable.
    Yield,
    /// The stream has ended.
    End,
}

/// A stream whose sending half can be closed.
pub trait Socket {
    /// Tells the peer that nothing more will be sent.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    fn shutdown_write(&self) -> io::Result<()>;
}

impl Socket for TcpStream {
    fn shutdown_write(&self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }
}

#[cfg(unix)]
impl Socket for mio::net::UnixStream {
    fn shutdown_write(&self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }
}

impl<S, R, W> Connection<S, R, W> {
    /// Receive calls that may be made per turn, unless [`set_budget`](Self::set_budget) says otherwise.
    pub const BUDGET: u32 = 16;

    /// Receives and sends over `stream`.
    pub fn new(stream: S, receiver: R, sender: W) -> Self {
        let (deadline, budget) = (Deadline::default(), Self::BUDGET);
        Self { stream, receiver, sender, deadline, budget, left: budget, registered: None }
    }

    /// The stream.
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// The receiver.
    pub fn receiver(&self) -> &R {
        &self.receiver
    }

    /// The receiver, for what only it can do: to change its options, or to let it rest while nothing is received.
    pub fn receiver_mut(&mut self) -> &mut R {
        &mut self.receiver
    }

    /// The sender.
    pub fn sender(&self) -> &W {
        &self.sender
    }

    /// The sender, for what only it can do: to queue shared bytes without a copy.
    pub fn sender_mut(&mut self) -> &mut W {
        &mut self.sender
    }

    /// Takes the connection apart; nothing that was received or queued is lost.
    pub fn into_parts(self) -> (S, R, W) {
        (self.stream, self.receiver, self.sender)
    }
}

impl<S: Read, D: Deserializer, B: Storage, W> Connection<S, Receiver<D, B>, W> {
    /// Sets how long a packet may take, from its first byte to its last; it may be waited for for ever.
    pub fn set_packet_deadline(&mut self, allowed: Option<Duration>) {
        self.deadline.set(allowed);
    }

    /// When the packet under way must be whole: poll no longer than that, then call [`recv`](Self::recv).
    pub fn packet_due(&mut self) -> Option<Instant> {
        self.deadline.due(&self.receiver)
    }

    /// Sets how many receive calls may be made before [`Received::Yield`]; at least 1.
    pub fn set_budget(&mut self, calls: u32) {
        self.budget = calls.max(1);
        self.left = self.budget;
    }

    /// Takes the next packet, if it can be had without waiting.
    ///
    /// # Errors
    ///
    /// As [`RecvError`] says; nothing is lost. After one that isn't final, call again: there may be more, and the
    /// poll won't say so. After [`RecvError::Exhausted`], that is when a buffer may have come free.
    #[inline]
    pub fn recv(&mut self) -> Result<Received<D::Packet<'_>>, RecvError<D::Error>> {
        // Most packets are there already, and have come with the one before.
        let ready = self.receiver.ready();
        if !matches!(ready, Ready::Packet) {
            match self.attempt(ready)? {
                Received::Packet(()) => {}
                Received::WouldBlock => return Ok(Received::WouldBlock),
                Received::Yield => return Ok(Received::Yield),
                Received::End => return Ok(Received::End),
            }
        }
        self.deadline.met();
        self.receiver.packet().map(Received::Packet).map_err(RecvError::Reject)
    }

    /// Receives until a packet is there, or it would have to wait.
    #[inline(never)]
    fn attempt(&mut self, mut ready: Ready<D::Error>) -> Result<Received<()>, RecvError<D::Error>> {
        let mut received = false;
        loop {
            match pump::turn(ready).inspect_err(|_| self.deadline.met())? {
                Turn::Packet => return Ok(Received::Packet(())),
                Turn::End => {
                    self.receiver.rest();
                    return Ok(Received::End);
                }
                Turn::Receive if self.left == 0 => {
                    self.left = self.budget;
                    self.receiver.rest();
                    return Ok(Received::Yield);
                }
                Turn::Receive => {
                    // What has come is looked at first: the caller may be late, not the peer.
                    if received {
                        self.deadline.check(&self.receiver)?;
                    }
                    if self.receive()? == Pumped::WouldBlock {
                        self.left = self.budget;
                        return Ok(Received::WouldBlock);
                    }
                    received = true;
                }
            }
            ready = self.receiver.ready();
        }
    }

    /// Receives once, without waiting.
    fn receive(&mut self) -> Result<Pumped, RecvError<D::Error>> {
        let pumped = pump::receive(&mut self.receiver, |at| self.stream.read(at));
        let pumped = pumped.inspect_err(|_| self.receiver.rest())?;
        self.left -= 1;
        if pumped == Pumped::Some {
            return Ok(Pumped::Some);
        }
        self.receiver.rest();
        self.deadline.check(&self.receiver)?;
        Ok(Pumped::WouldBlock)
    }
}

impl<S: Write, R, Z> Connection<S, R, Sender<Z>> {
    /// Queues `packet` and sends as much of the queue as the stream takes; returns whether that was all.
    ///
    /// # Errors
    ///
    /// If the packet cannot be queued, or the socket fails.
    pub fn send<P: ?Sized>(&mut self, packet: &P) -> Result<bool, SendError<Z::Error>>
    where
        Z: Serializer<P>,
    {
        self.sender.enqueue(packet).map_err(SendError::Queue)?;
        self.flush().map_err(SendError::Io)
    }

    /// Queues `packet`, to be sent with others by one [`flush`](Self::flush).
    ///
    /// # Errors
    ///
    /// If the queue is full, or the packet cannot be written. A full queue is the moment to stop receiving from
    /// a peer that doesn't read.
    pub fn enqueue<P: ?Sized>(&mut self, packet: &P) -> Result<(), SendError<Z::Error>>
    where
        Z: Serializer<P>,
    {
        self.sender.enqueue(packet).map_err(SendError::Queue)
    }

    /// Sends as much of the queue as the stream takes; returns whether that was all.
    ///
    /// # Errors
    ///
    /// If the socket fails; what it did not take stays queued.
    pub fn flush(&mut self) -> io::Result<bool> {
        while !self.sender.is_empty() {
            if pump::send(&mut self.sender, |chunks| self.stream.write_vectored(chunks))? == Pumped::WouldBlock {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Frees the memory of an empty send queue, where the connection is about to be idle for long.
    pub fn rest(&mut self) {
        self.sender.rest();
    }

    /// Sends all that is queued, if the stream takes it now, and tells the peer that nothing more will come;
    /// returns whether that is done.
    ///
    /// # Errors
    ///
    /// If the socket fails; what it did not take stays queued.
    pub fn finish(&mut self) -> io::Result<bool>
    where
        S: Socket,
    {
        let sent = self.flush()?;
        if sent {
            self.stream.shutdown_write()?;
        }
        Ok(sent)
    }

    /// Registers the stream for what the connection waits for, or changes that; to be called after each turn.
    ///
    /// It is a system call only where something has changed: it waits to be readable while `receiving`, and to be
    /// writable while there is something to send.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    pub fn register(&mut self, registry: &Registry, token: Token, receiving: bool) -> io::Result<()>
    where
        S: Source,
    {
        let interest = match (receiving, !self.sender.is_empty()) {
            (true, true) => Some(Interest::READABLE | Interest::WRITABLE),
            (true, false) => Some(Interest::READABLE),
            (false, true) => Some(Interest::WRITABLE),
            (false, false) => None,
        };
        if interest == self.registered {
            return Ok(());
        }
        match (self.registered, interest) {
            (None, Some(interest)) => registry.register(&mut self.stream, token, interest)?,
            (Some(_), Some(interest)) => registry.reregister(&mut self.stream, token, interest)?,
            (_, None) => registry.deregister(&mut self.stream)?,
        }
        self.registered = interest;
        Ok(())
    }
}
