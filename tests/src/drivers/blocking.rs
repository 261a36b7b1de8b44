//! The blocking driver as a peer.

use std::fmt::Debug;
use std::io::{self, ErrorKind};
use std::time::Duration;

use wharf::send::{Framer, Sender};
use wharf::storage::Storage;
use wharf::{Enframe, Framed, Framing, Receiver};
use wharf_drivers::SendError;
use wharf_drivers::blocking::Connection;

use super::{Outcome, Peer, Stream};

type Blocking<S, F, B> = Connection<S, Receiver<Framed<F>, B>, Sender<Framer<F>>>;

pub(super) fn open<S, F, B>(stream: S, framed: Framed<F>, storage: B, limit: usize) -> Box<dyn Peer>
where
    S: Stream,
    F: Framing + Enframe + Clone + Debug + Send + 'static,
    B: Storage + Debug + Send + 'static,
{
    let sender = Sender::new(Framer::new(framed.framing().clone()), limit);
    Box::new(Connection::new(stream, Receiver::new(framed, storage).unwrap(), sender))
}

impl<S, F, B> Peer for Blocking<S, F, B>
where
    S: Stream,
    F: Framing + Enframe + Clone + Debug + Send + 'static,
    B: Storage + Debug + Send + 'static,
{
    fn recv(&mut self) -> Outcome {
        Self::recv(self).into()
    }

    fn try_recv(&mut self) -> Outcome {
        self.stream().set_nonblocking(true);
        let outcome = Self::recv(self).into();
        self.stream().set_nonblocking(false);
        if outcome == Outcome::Io(ErrorKind::WouldBlock) { Outcome::Waits } else { outcome }
    }

    fn enqueue(&mut self, packet: &[u8]) -> Result<(), String> {
        Self::enqueue(self, packet).map_err(|error: SendError<_>| error.to_string())
    }

    fn flush(&mut self) -> io::Result<()> {
        Self::flush(self)
    }

    fn try_flush(&mut self) -> io::Result<bool> {
        self.stream().set_nonblocking(true);
        let flushed = Self::flush(self);
        self.stream().set_nonblocking(false);
        match flushed {
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(false),
            flushed => flushed.map(|()| true),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        Self::finish(self)
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
