//! Packets over async-io's streams, on any executor.

use std::future::{Future, poll_fn};
use std::io::{self, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::Poll;
use std::time::{Duration, Instant};

use async_io::{Async, Timer};
use wharf::send::{Sender, Serializer};
use wharf::storage::Storage;
use wharf::{Deserializer, Ready, Receiver};

use crate::deadline::Deadline;
use crate::pump::{self, Pumped, Turn};
use crate::{RecvError, SendError};

/// An async stream with a receiver, a sender, or both.
///
/// Every future here can be dropped at any await without losing a byte or a packet: state changes only between
/// them, and only in the connection.
/// A connection whose buffer is leased from a pool holds none while it waits between packets.
#[derive(Debug)]
pub struct Connection<S, R = (), W = ()> {
    stream: Arc<Async<S>>,
    receiver: R,
    sender: W,
    deadline: Deadline,
    /// Receive calls that may be made before other tasks get their turn.
    budget: u32,
    /// Receive calls left of it.
    left: u32,
}

/// A connection taken apart: the receiving half, and the sending half.
pub type Halves<S, R, W> = (Connection<S, R>, Connection<S, (), W>);

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
impl Socket for std::os::unix::net::UnixStream {
    fn shutdown_write(&self) -> io::Result<()> {
        self.shutdown(Shutdown::Write)
    }
}

impl<S, R, W> Connection<S, R, W> {
    /// Receive calls that may be made per turn, unless [`set_budget`](Self::set_budget) says otherwise.
    pub const BUDGET: u32 = 16;

    /// Receives and sends over `stream`.
    pub fn new(stream: impl Into<Arc<Async<S>>>, receiver: R, sender: W) -> Self {
        let (deadline, budget) = (Deadline::default(), Self::BUDGET);
        Self { stream: stream.into(), receiver, sender, deadline, budget, left: budget }
    }

    /// The stream.
    pub fn stream(&self) -> &Async<S> {
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
    pub fn into_parts(self) -> (Arc<Async<S>>, R, W) {
        (self.stream, self.receiver, self.sender)
    }

    /// Takes the halves apart, to receive in one task and send in another.
    pub fn split(self) -> Halves<S, R, W> {
        let sending = Connection::new(Arc::clone(&self.stream), (), self.sender);
        let Self { stream, receiver, deadline, budget, left, .. } = self;
        (Connection { stream, receiver, sender: (), deadline, budget, left }, sending)
    }
}

impl<S, D: Deserializer, B: Storage, W> Connection<S, Receiver<D, B>, W>
where
    for<'s> &'s S: Read,
{
    /// Sets how long a packet may take, from its first byte to its last; it may be waited for for ever.
    pub fn set_packet_deadline(&mut self, allowed: Option<Duration>) {
        self.deadline.set(allowed);
    }

    /// Sets how many receive calls may be made before the task lets others run; at least 1.
    pub fn set_budget(&mut self, calls: u32) {
        self.budget = calls.max(1);
        self.left = self.budget;
    }

    /// Waits for the next packet; `None` is the end of the stream.
    ///
    /// # Errors
    ///
    /// As [`RecvError`] says; nothing is lost.
    #[inline]
    pub async fn recv(&mut self) -> Result<Option<D::Packet<'_>>, RecvError<D::Error>> {
        // Most packets are there already, and have come with the one before.
        let ready = self.receiver.ready();
        if !matches!(ready, Ready::Packet) && self.wait(ready).await?.is_none() {
            return Ok(None);
        }
        self.deadline.met();
        self.receiver.packet().map(Some).map_err(RecvError::Reject)
    }

    /// Receives until a packet is there; `None` is the end of the stream.
    async fn wait(&mut self, mut ready: Ready<D::Error>) -> Result<Option<()>, RecvError<D::Error>> {
        let mut received = false;
        loop {
            match pump::turn(ready).inspect_err(|_| self.deadline.met())? {
                Turn::Packet => return Ok(Some(())),
                Turn::End => {
                    self.receiver.rest();
                    return Ok(None);
                }
                Turn::Receive if self.left == 0 => {
                    self.left = self.budget;
                    self.receiver.rest();
                    yield_now().await;
                }
                Turn::Receive => {
                    // What has come is looked at first: the caller may be late, not the peer.
                    if received {
                        self.deadline.check(&self.receiver)?;
                    }
                    self.receive().await?;
                    received = true;
                }
            }
            ready = self.receiver.ready();
        }
    }

    /// Waits for bytes.
    async fn receive(&mut self) -> Result<(), RecvError<D::Error>> {
        // Without a buffer, readiness is waited for first; with one, and when time is up, it is taken for granted.
        let mut ready = !self.receiver.is_at_rest() || self.deadline.is_over();
        loop {
            if ready {
                let mut stream = self.stream.get_ref();
                let pumped = pump::receive(&mut self.receiver, |at| stream.read(at));
                let pumped = pumped.inspect_err(|_| self.receiver.rest())?;
                self.left -= 1;
                if pumped == Pumped::Some {
                    return Ok(());
                }
                self.receiver.rest();
                self.deadline.check(&self.receiver)?;
            }
            let due = self.deadline.due(&self.receiver);
            if let Some(readable) = until(self.stream.readable(), due).await {
                readable.map_err(RecvError::Io)?;
            }
            self.left = self.budget;
            ready = true;
        }
    }
}

/// Lets other tasks run.
async fn yield_now() {
    let mut yielded = false;
    poll_fn(|cx| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}

/// Waits for `future`, or for `due`.
async fn until<T>(future: impl Future<Output = T>, due: Option<Instant>) -> Option<T> {
    let Some(due) = due else { return Some(future.await) };
    let (mut future, mut timer) = (pin!(future), Timer::at(due));
    poll_fn(|cx| {
        // What has come in time counts, also where both are ready.
        if let Poll::Ready(output) = future.as_mut().poll(cx) {
            return Poll::Ready(Some(output));
        }
        Pin::new(&mut timer).poll(cx).map(|_| None)
    })
    .await
}

impl<S, R, Z> Connection<S, R, Sender<Z>>
where
    for<'s> &'s S: Write,
{
    /// Sends `packet`, and whatever was queued before it.
    ///
    /// Dropped while it waits, it leaves the packet in the queue, whole.
    ///
    /// # Errors
    ///
    /// If the packet cannot be queued, or the socket fails.
    pub async fn send<P: ?Sized>(&mut self, packet: &P) -> Result<(), SendError<Z::Error>>
    where
        Z: Serializer<P>,
    {
        self.sender.enqueue(packet).map_err(SendError::Queue)?;
        self.flush().await.map_err(SendError::Io)
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
    pub async fn flush(&mut self) -> io::Result<()> {
        while !self.sender.is_empty() {
            let mut stream = self.stream.get_ref();
            if pump::send(&mut self.sender, |chunks| stream.write_vectored(chunks))? == Pumped::WouldBlock {
                self.stream.writable().await?;
            }
        }
        Ok(())
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
    pub async fn finish(&mut self) -> io::Result<()>
    where
        S: Socket,
    {
        self.flush().await?;
        self.stream.get_ref().shutdown_write()
    }
}
