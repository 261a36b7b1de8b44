//! The mio driver as a peer: each has a poll of its own, and believes its edges.

use std::fmt::Debug;
use std::io::{self, ErrorKind};
use std::time::{Duration, Instant};

use mio::{Events, Poll, Token};
use wharf::send::{Framer, Sender};
use wharf::storage::Storage;
use wharf::{Enframe, Framed, Framing, Receiver};
use wharf_drivers::SendError;
use wharf_drivers::mio_1::{Connection, Received};

use super::{Outcome, Peer, Stream};

struct Mio<S, F: Framing, B> {
    connection: Connection<S, Receiver<Framed<F>, B>, Sender<Framer<F>>>,
    poll: Poll,
    events: Events,
}

pub(super) fn open<S, F, B>(stream: S, framed: Framed<F>, storage: B, limit: usize) -> Box<dyn Peer>
where
    S: Stream,
    F: Framing + Enframe + Clone + Debug + Send + 'static,
    B: Storage + Debug + Send + 'static,
{
    let sender = Sender::new(Framer::new(framed.framing().clone()), limit);
    let receiver = Receiver::new(framed, storage).unwrap();
    let connection = Connection::new(stream.into_mio(), receiver, sender);
    Box::new(Mio { connection, poll: Poll::new().unwrap(), events: Events::with_capacity(8) })
}

impl<S, F, B> Mio<S, F, B>
where
    S: mio::event::Source + io::Read + io::Write,
    F: Framing + Enframe + Clone + Debug,
    B: Storage,
{
    /// Waits until something is reported, or a packet is due.
    fn wait(&mut self, receiving: bool) {
        self.connection.register(self.poll.registry(), Token(0), receiving).unwrap();
        let due = self.connection.packet_due().filter(|_| receiving);
        let timeout = due.map(|due| due.saturating_duration_since(Instant::now()));
        loop {
            match self.poll.poll(&mut self.events, timeout) {
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                polled => return polled.unwrap(),
            }
        }
    }

    fn take(&mut self) -> Outcome {
        loop {
            return match self.connection.recv() {
                Ok(Received::Packet(packet)) => Outcome::packet(packet),
                Ok(Received::Yield) => continue,
                Ok(Received::WouldBlock) => Outcome::Waits,
                Ok(Received::End) => Outcome::Ended,
                Err(error) => Outcome::from(Err(error)),
            };
        }
    }
}

impl<S, F, B> Peer for Mio<S, F, B>
where
    S: mio::event::Source + io::Read + io::Write + wharf_drivers::mio_1::Socket + Send,
    F: Framing + Enframe + Clone + Debug + Send + 'static,
    B: Storage + Debug + Send + 'static,
{
    fn recv(&mut self) -> Outcome {
        loop {
            match self.take() {
                Outcome::Waits => self.wait(true),
                outcome => return outcome,
            }
        }
    }

    fn try_recv(&mut self) -> Outcome {
        self.take()
    }

    fn enqueue(&mut self, packet: &[u8]) -> Result<(), String> {
        self.connection.enqueue(packet).map_err(|error: SendError<_>| error.to_string())
    }

    fn flush(&mut self) -> io::Result<()> {
        while !self.connection.flush()? {
            self.wait(false);
        }
        Ok(())
    }

    fn try_flush(&mut self) -> io::Result<bool> {
        self.connection.flush()
    }

    fn finish(&mut self) -> io::Result<()> {
        while !self.connection.finish()? {
            self.wait(false);
        }
        Ok(())
    }

    fn queued(&self) -> usize {
        self.connection.sender().len()
    }

    fn set_packet_deadline(&mut self, allowed: Duration) {
        self.connection.set_packet_deadline(Some(allowed));
    }

    fn remainder(&self) -> Vec<u8> {
        self.connection.receiver().remainder().to_vec()
    }

    fn is_at_rest(&self) -> bool {
        self.connection.receiver().is_at_rest()
    }

    fn rest(&mut self) {
        self.connection.rest();
    }
}
