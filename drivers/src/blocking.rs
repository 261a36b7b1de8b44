//! Packets over any blocking stream: TCP, Unix sockets, pipes, files.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use wharf::send::{Sender, Serializer};
use wharf::storage::Storage;
use wharf::{Deserializer, Receiver};

use crate::deadline::Deadline;
use crate::pump::{self, Pumped, Turn};
use crate::{RecvError, SendError};

/// A blocking stream with a receiver, a sender, or both.
///
/// A connection whose buffer is leased from a pool holds none while it waits between packets: the first bytes are
/// then received into a few bytes of its own, which costs one more receive call and their copy.
#[derive(Debug)]
pub struct Connection<S, R = (), W = ()> {
    stream: S,
    receiver: R,
    sender: W,
    deadline: Deadline,
    /// Sets the stream's timeout, where there is a deadline to keep.
    set_timeout: Option<SetTimeout<S>>,
    /// The stream has a timeout now.
    timed: bool,
    probe: Probe,
}

type SetTimeout<S> = fn(&S, Option<Duration>) -> io::Result<()>;

/// Bytes received while there was no buffer.
#[derive(Debug, Default)]
struct Probe {
    bytes: [u8; 32],
    len: usize,
}

/// A connection taken apart: the receiving half, and the sending half.
pub type Halves<S, R, W> = (Connection<S, R>, Connection<S, (), W>);

/// A stream that can do what a socket can.
pub trait Socket: Sized {
    /// Limits how long a receive waits; `None` is for ever.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()>;

    /// Tells the peer that nothing more will be sent.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    fn shutdown_write(&self) -> io::Result<()>;

    /// Another handle to the same socket.
    ///
    /// # Errors
    ///
    /// If the system refuses.
    fn try_clone(&self) -> io::Result<Self>;
}

/// Implements `Socket` with the methods of that name.
macro_rules! socket {
    ($socket:ty) => {
        impl Socket for $socket {
            fn set_read_timeout(&self, timeout: Option<Duration>) -> io::Result<()> {
                <$socket>::set_read_timeout(self, timeout)
            }

            fn shutdown_write(&self) -> io::Result<()> {
                self.shutdown(Shutdown::Write)
            }

            fn try_clone(&self) -> io::Result<Self> {
                <$socket>::try_clone(self)
            }
        }
    };
}

socket!(TcpStream);
#[cfg(unix)]
socket!(std::os::unix::net::UnixStream);

impl<S, R, W> Connection<S, R, W> {
    /// Receives and sends over `stream`.
    pub fn new(stream: S, receiver: R, sender: W) -> Self {
        let (deadline, probe) = (Deadline::default(), Probe::default());
        Self { stream, receiver, sender, deadline, set_timeout: None, timed: false, probe }
    }

    /// The stream.
    pub fn stream(&self) -> &S {
        &self.stream
    }

    /// The receiver.
    pub fn receiver(&self) -> &R {
        &self.receiver
    }

    /// The sender.
    pub fn sender(&self) -> &W {
        &self.sender
    }

    /// Takes the connection apart; nothing that was received or queued is lost.
    pub fn into_parts(self) -> (S, R, W) {
        (self.stream, self.receiver, self.sender)
    }

    /// Takes the halves apart, to receive in one thread and send in another.
    ///
    /// # Errors
    ///
    /// If the system has no other handle for the socket.
    pub fn split(self) -> io::Result<Halves<S, R, W>>
    where
        S: Socket,
    {
        let sending = Connection::new(self.stream.try_clone()?, (), self.sender);
        let Self { stream, receiver, deadline, set_timeout, timed, probe, .. } = self;
        Ok((Connection { stream, receiver, sender: (), deadline, set_timeout, timed, probe }, sending))
    }
}

impl<S: Read, D: Deserializer, B: Storage, W> Connection<S, Receiver<D, B>, W> {
    /// Sets how long a packet may take, from its first byte to its last; it may be waited for for ever.
    pub fn set_packet_deadline(&mut self, allowed: Option<Duration>)
    where
        S: Socket,
    {
        self.deadline.set(allowed);
        self.set_timeout = Some(S::set_read_timeout);
    }

    /// Waits for the next packet; `None` is the end of the stream.
    ///
    /// # Errors
    ///
    /// As [`RecvError`] says; nothing is lost.
    pub fn recv(&mut self) -> Result<Option<D::Packet<'_>>, RecvError<D::Error>> {
        let mut received = false;
        loop {
            match pump::turn(&mut self.receiver).inspect_err(|_| self.deadline.met())? {
                Turn::Packet => break,
                Turn::End => return Ok(None),
                Turn::Receive => {
                    // What has come is looked at first: the caller may be late, not the peer.
                    if received {
                        self.deadline.check(&self.receiver)?;
                    }
                    self.receive()?;
                    received = true;
                }
            }
        }
        self.deadline.met();
        self.receiver.packet().map(Some).map_err(RecvError::Reject)
    }

    /// Waits for bytes.
    fn receive(&mut self) -> Result<(), RecvError<D::Error>> {
        self.receiver.rest();
        self.limit_wait().map_err(RecvError::Io)?;
        let at_rest = self.receiver.is_at_rest();
        let pumped =
            if at_rest { self.probe()? } else { pump::receive(&mut self.receiver, |at| self.stream.read(at))? };
        if pumped == Pumped::WouldBlock {
            self.deadline.check(&self.receiver)?;
            return Err(RecvError::Io(ErrorKind::WouldBlock.into()));
        }
        Ok(())
    }

    /// Sets the stream's timeout to what is left for the packet under way.
    fn limit_wait(&mut self) -> io::Result<()> {
        let Some(set_timeout) = self.set_timeout else { return Ok(()) };
        let due = self.deadline.due(&self.receiver);
        if self.timed || due.is_some() {
            // A timeout of 0 would be for ever.
            let left = due.map(|due| due.saturating_duration_since(Instant::now()).max(Duration::from_millis(1)));
            set_timeout(&self.stream, left)?;
            self.timed = due.is_some();
        }
        Ok(())
    }

    /// Receives the first bytes while there is no buffer, then takes one for them.
    fn probe(&mut self) -> Result<Pumped, RecvError<D::Error>> {
        if self.probe.len == 0 {
            let Some(count) =
                pump::uninterrupted(|at| self.stream.read(at), &mut self.probe.bytes).map_err(RecvError::Io)?
            else {
                return Ok(Pumped::WouldBlock);
            };
            self.probe.len = count;
            if count == 0 {
                self.receiver.finish().map_err(RecvError::Exhausted)?;
                return Ok(Pumped::Some);
            }
        }
        // A pool without a buffer leaves the bytes for the next call.
        let fed = self.receiver.feed(&self.probe.bytes[..self.probe.len]).map_err(RecvError::Exhausted)?;
        self.probe.bytes.copy_within(fed..self.probe.len, 0);
        self.probe.len -= fed;
        Ok(Pumped::Some)
    }
}

impl<S: Write, R, Z> Connection<S, R, Sender<Z>> {
    /// Sends `packet`, and whatever was queued before it.
    ///
    /// # Errors
    ///
    /// If the packet cannot be queued, or the socket fails.
    pub fn send<P: ?Sized>(&mut self, packet: &P) -> Result<(), SendError<Z::Error>>
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
    /// If the queue is full, or the packet cannot be written.
    pub fn enqueue<P: ?Sized>(&mut self, packet: &P) -> Result<(), SendError<Z::Error>>
    where
        Z: Serializer<P>,
    {
        self.sender.enqueue(packet).map_err(SendError::Queue)
    }

    /// Sends all that is queued.
    ///
    /// # Errors
    ///
    /// If the socket fails; what it did not take stays queued.
    pub fn flush(&mut self) -> io::Result<()> {
        while !self.sender.is_empty() {
            if pump::send(&mut self.sender, |chunks| self.stream.write_vectored(chunks))? == Pumped::WouldBlock {
                return Err(ErrorKind::WouldBlock.into());
            }
        }
        self.stream.flush()
    }

    /// Frees the memory of an empty send queue, where the connection is about to be idle for long.
    pub fn rest(&mut self) {
        self.sender.rest();
    }

    /// Sends all that is queued, then tells the peer that nothing more will come.
    ///
    /// # Errors
    ///
    /// If the socket fails; what it did not take stays queued.
    pub fn finish(&mut self) -> io::Result<()>
    where
        S: Socket,
    {
        self.flush()?;
        self.stream.shutdown_write()
    }
}
