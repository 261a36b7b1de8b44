//! Packets over any blocking stream: TCP, Unix sockets, pipes, files.

use std::io::{self, ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::time::{Duration, Instant};

use wharf::send::{Sender, Serializer};
use wharf::storage::Storage;
use wharf::{Deserializer, Ready, Receiver};

use crate::deadline::Deadline;
use crate::pump::{self, Pumped, Turn};
use crate::{RecvError, SendError};

/// A blocking stream with a receiver, a sender, or both.
///
/// A connection whose buffer is leased from a pool holds none while it waits between packets: the first bytes are
/// then received into a few bytes of its own, which costs one more receive call and their copy.
#[derive(Debug)]
pub struct Connection<S, R = (), W = ()> {
    stream: Timed<S>,
    receiver: R,
    sender: W,
    deadline: Deadline,
    probe: Probe,
}

/// A stream whose receives wait no longer than they may.
#[derive(Debug)]
struct Timed<S> {
    stream: S,
    /// Sets the stream's timeout, where there is a deadline to keep.
    set_timeout: Option<SetTimeout<S>>,
    /// The stream has a timeout now.
    is_set: bool,
}

type SetTimeout<S> = fn(&S, Option<Duration>) -> io::Result<()>;

/// Bytes received while there was no buffer.
#[derive(Debug, Default)]
struct Probe {
    /// More than a lease keeps of an unfinished packet, so that a short one isn't probed for again and again.
    bytes: [u8; 32],
    len: usize,
}

/// A connection taken apart: the receiving half, and the sending half.
pub type Halves<S, T, R, W> = (Connection<S, R>, Connection<T, (), W>);

/// A stream that can do what a socket can.
pub trait Socket {
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
        }
    };
}

socket!(TcpStream);
#[cfg(unix)]
socket!(std::os::unix::net::UnixStream);

impl<S, R, W> Connection<S, R, W> {
    /// Receives and sends over `stream`.
    pub fn new(stream: S, receiver: R, sender: W) -> Self {
        let stream = Timed { stream, set_timeout: None, is_set: false };
        Self { stream, receiver, sender, deadline: Deadline::default(), probe: Probe::default() }
    }

    /// The stream.
    pub fn stream(&self) -> &S {
        &self.stream.stream
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

    /// Bytes that were received and are not in the receiver yet.
    ///
    /// There are some only where a pool is exhausted, or its buffers are shorter than 32 bytes.
    pub fn probed(&self) -> &[u8] {
        &self.probe.bytes[..self.probe.len]
    }

    /// Takes the connection apart; nothing that was received or queued is lost, but what is [`probed`](Self::probed).
    pub fn into_parts(self) -> (S, R, W) {
        (self.stream.stream, self.receiver, self.sender)
    }

    /// Takes the halves apart, to receive in one thread and send in another, over `other`: the same stream, cloned.
    pub fn split<T>(self, other: T) -> Halves<S, T, R, W> {
        let sending = Connection::new(other, (), self.sender);
        let Self { stream, receiver, deadline, probe, .. } = self;
        (Connection { stream, receiver, sender: (), deadline, probe }, sending)
    }
}

impl<S: Read, D: Deserializer, B: Storage, W> Connection<S, Receiver<D, B>, W> {
    /// Sets how long a packet may take, from its first byte to its last; it may be waited for for ever.
    ///
    /// The stream's own read timeout is then the driver's to set.
    pub fn set_packet_deadline(&mut self, allowed: Option<Duration>)
    where
        S: Socket,
    {
        self.deadline.set(allowed);
        self.stream.set_timeout = Some(S::set_read_timeout);
    }

    /// Waits for the next packet; `None` is the end of the stream.
    ///
    /// # Errors
    ///
    /// As [`RecvError`] says; nothing is lost.
    #[inline]
    pub fn recv(&mut self) -> Result<Option<D::Packet<'_>>, RecvError<D::Error>> {
        // Most packets are there already, and have come with the one before.
        let ready = self.receiver.ready();
        if !matches!(ready, Ready::Packet) && self.wait(ready)?.is_none() {
            return Ok(None);
        }
        self.deadline.met();
        self.receiver.packet().map(Some).map_err(RecvError::Reject)
    }

    /// Receives until a packet is there; `None` is the end of the stream.
    #[inline(never)]
    fn wait(&mut self, mut ready: Ready<D::Error>) -> Result<Option<()>, RecvError<D::Error>> {
        let mut received = false;
        loop {
            match pump::turn(ready).inspect_err(|_| self.deadline.met())? {
                Turn::Packet => return Ok(Some(())),
                Turn::End => {
                    self.receiver.rest();
                    return Ok(None);
                }
                Turn::Receive => {
                    // What has come is looked at first: the caller may be late, not the peer.
                    if received {
                        self.deadline.check(&self.receiver)?;
                    }
                    self.receive()?;
                    received = true;
                }
            }
            ready = self.receiver.ready();
        }
    }

    /// Waits for bytes.
    fn receive(&mut self) -> Result<(), RecvError<D::Error>> {
        self.receiver.rest();
        let due = self.deadline.due(&self.receiver);
        let pumped = if self.probe.len > 0 || self.receiver.is_at_rest() {
            self.probe(due)?
        } else {
            pump::receive(&mut self.receiver, |at| self.stream.read(at, due))?
        };
        if pumped == Pumped::WouldBlock {
            self.deadline.check(&self.receiver)?;
            return Err(RecvError::Io(ErrorKind::WouldBlock.into()));
        }
        Ok(())
    }

    /// Receives the first bytes while there is no buffer, then takes one for them.
    fn probe(&mut self, due: Option<Instant>) -> Result<Pumped, RecvError<D::Error>> {
        if self.probe.len == 0 {
            let most = if self.receiver.deserializer().is_exact() { 1 } else { self.probe.bytes.len() };
            let window = &mut self.probe.bytes[..most];
            let Some(count) = pump::attempt(|| self.stream.read(window, due)).map_err(RecvError::Io)? else {
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

impl<S: Read> Timed<S> {
    /// Receives once, and waits no longer than until `due`.
    fn read(&mut self, at: &mut [u8], due: Option<Instant>) -> io::Result<usize> {
        if let Some(set_timeout) = self.set_timeout.filter(|_| self.is_set || due.is_some()) {
            // A timeout of 0 would be for ever, and one that ends early would end for nothing.
            let left = due.map(|due| due.saturating_duration_since(Instant::now()) + Duration::from_millis(1));
            set_timeout(&self.stream, left)?;
            self.is_set = due.is_some();
        }
        self.stream.read(at).map_err(|error| match error.kind() {
            // Signals don't give the peer more time.
            ErrorKind::Interrupted if due.is_some_and(|due| due <= Instant::now()) => ErrorKind::WouldBlock.into(),
            // What a timeout is called on Windows.
            ErrorKind::TimedOut if cfg!(windows) && self.is_set => ErrorKind::WouldBlock.into(),
            _ => error,
        })
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
            if pump::send(&mut self.sender, |chunks| self.stream.stream.write_vectored(chunks))? == Pumped::WouldBlock {
                return Err(ErrorKind::WouldBlock.into());
            }
        }
        pump::attempt(|| self.stream.stream.flush())?.ok_or_else(|| ErrorKind::WouldBlock.into())
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
        self.stream.stream.shutdown_write()
    }
}
