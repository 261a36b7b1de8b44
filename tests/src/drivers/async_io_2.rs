//! The async-io driver as a peer.

use std::fmt::Debug;
use std::future::{Future, poll_fn};
use std::io::{self, Read, Write};
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use async_io::{Async, Timer, block_on};
use wharf::send::{Framer, Sender};
use wharf::storage::Storage;
use wharf::{Enframe, Framed, Framing, Receiver};
use wharf_drivers::SendError;
use wharf_drivers::async_io_2::Connection;

use super::{Outcome, Peer, Stream};

type AsyncIo<S, F, B> = Connection<S, Receiver<Framed<F>, B>, Sender<Framer<F>>>;

/// Long enough for the reactor to report what is there already.
const PATIENCE: Duration = Duration::from_millis(20);

pub(super) fn open<S, F, B>(stream: S, framed: Framed<F>, storage: B, limit: usize) -> Box<dyn Peer>
where
    S: Stream,
    for<'s> &'s S: Read + Write,
    F: Framing + Enframe + Clone + Debug + Send + 'static,
    B: Storage + Debug + Send + 'static,
{
    let sender = Sender::new(Framer::new(framed.framing().clone()), limit);
    let receiver = Receiver::new(framed, storage).unwrap();
    Box::new(Connection::new(Async::new(stream).unwrap(), receiver, sender))
}

/// What comes of `future`, unless that takes long; it is then dropped where it waits.
fn soon<T>(future: impl Future<Output = T>) -> Option<T> {
    let (mut future, mut timer) = (pin!(future), Timer::after(PATIENCE));
    block_on(poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending => Pin::new(&mut timer).poll(cx).map(|_| None),
    }))
}

impl<S, F, B> Peer for AsyncIo<S, F, B>
where
    S: Stream,
    for<'s> &'s S: Read + Write,
    F: Framing + Enframe + Clone + Debug + Send + 'static,
    B: Storage + Debug + Send + 'static,
{
    fn recv(&mut self) -> Outcome {
        block_on(Self::recv(self)).into()
    }

    fn try_recv(&mut self) -> Outcome {
        soon(Self::recv(self)).map_or(Outcome::Waits, Outcome::from)
    }

    fn enqueue(&mut self, packet: &[u8]) -> Result<(), String> {
        Self::enqueue(self, packet).map_err(|error: SendError<_>| error.to_string())
    }

    fn flush(&mut self) -> io::Result<()> {
        block_on(Self::flush(self))
    }

    fn try_flush(&mut self) -> io::Result<bool> {
        soon(Self::flush(self)).map_or(Ok(false), |flushed| flushed.map(|()| true))
    }

    fn finish(&mut self) -> io::Result<()> {
        block_on(Self::finish(self))
    }

    fn queued(&self) -> usize {
        self.sender().len()
    }

    fn set_packet_deadline(&mut self, allowed: Duration) {
        Self::set_packet_deadline(self, Some(allowed));
    }

    fn remainder(&self) -> Vec<u8> {
        self.receiver().remainder().to_vec()
    }

    fn is_at_rest(&self) -> bool {
        self.receiver().is_at_rest()
    }

    fn rest(&mut self) {
        Self::rest(self);
    }
}
