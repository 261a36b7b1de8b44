//! The three drivers over a scripted stream, none of which waits longer than it is told to.

use std::future::{Future, poll_fn};
use std::io::{self, ErrorKind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use async_io::{Async, block_on};
use wharf::send::{Framer, Sender};
use wharf::storage::Storage;
use wharf::{Framed, Framing, LengthPrefixed, Receiver};
use wharf_drivers::{async_io_2, blocking, mio_1};

use super::{Outcome, Scripted};

/// What receives.
pub type Incoming<B> = Receiver<Framed<Box<dyn Framing>>, B>;

/// What sends.
pub type Outgoing = Sender<Framer<LengthPrefixed>>;

/// How a connection is set.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "named as in the drivers")]
pub struct Settings {
    pub budget: u32,
    pub deadline: Option<Duration>,
}

/// A connection of one of the drivers.
pub trait Driven: Sized {
    /// Where its bytes are kept.
    type Storage: Storage;
    /// The stream as the driver holds it.
    type Stream;
    /// Whether the driver itself waits until the stream is ready.
    const WAITS: bool;

    /// Makes the stream the driver's.
    fn wrap(stream: Scripted) -> Self::Stream;
    /// Puts a connection together.
    fn open(stream: Self::Stream, receiver: Incoming<Self::Storage>, sender: Outgoing, settings: Settings) -> Self;
    /// Takes it apart again.
    fn into_parts(self) -> (Self::Stream, Incoming<Self::Storage>, Outgoing);
    /// The stream.
    fn stream(&self) -> &Scripted;
    /// The receiver.
    fn receiver(&mut self) -> &mut Incoming<Self::Storage>;
    /// The sender.
    fn sender(&mut self) -> &mut Outgoing;
    /// Bytes that were received and are not in the receiver.
    fn probed(&self) -> usize;
    /// Receives; `None` if that takes another turn, or is dropped when it has waited `patience` times.
    fn recv(&mut self, patience: usize) -> Option<Outcome>;
    /// Sends what is queued; says whether that was all.
    ///
    /// # Errors
    ///
    /// What the driver says.
    fn flush(&mut self, patience: usize) -> io::Result<bool>;
}

/// What is the same in each.
macro_rules! common {
    () => {
        type Storage = B;

        fn receiver(&mut self) -> &mut Incoming<B> {
            self.receiver_mut()
        }

        fn sender(&mut self) -> &mut Outgoing {
            self.sender_mut()
        }
    };
}

impl<B: Storage> Driven for blocking::Connection<Scripted, Incoming<B>, Outgoing> {
    type Stream = Scripted;
    const WAITS: bool = false;

    common!();

    fn wrap(stream: Scripted) -> Scripted {
        stream
    }

    fn open(stream: Scripted, receiver: Incoming<B>, sender: Outgoing, settings: Settings) -> Self {
        let mut connection = Self::new(stream, receiver, sender);
        connection.set_packet_deadline(settings.deadline);
        connection
    }

    fn into_parts(self) -> (Scripted, Incoming<B>, Outgoing) {
        self.into_parts()
    }

    fn stream(&self) -> &Scripted {
        self.stream()
    }

    fn probed(&self) -> usize {
        self.probed().len()
    }

    fn recv(&mut self, _patience: usize) -> Option<Outcome> {
        Some(self.recv().into())
    }

    fn flush(&mut self, _patience: usize) -> io::Result<bool> {
        match self.flush() {
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(false),
            flushed => flushed.map(|()| true),
        }
    }
}

impl<B: Storage> Driven for mio_1::Connection<Scripted, Incoming<B>, Outgoing> {
    type Stream = Scripted;
    const WAITS: bool = false;

    common!();

    fn wrap(stream: Scripted) -> Scripted {
        stream
    }

    fn open(stream: Scripted, receiver: Incoming<B>, sender: Outgoing, settings: Settings) -> Self {
        let mut connection = Self::new(stream, receiver, sender);
        connection.set_budget(settings.budget);
        connection.set_packet_deadline(settings.deadline);
        connection
    }

    fn into_parts(self) -> (Scripted, Incoming<B>, Outgoing) {
        self.into_parts()
    }

    fn stream(&self) -> &Scripted {
        self.stream()
    }

    fn probed(&self) -> usize {
        0
    }

    fn recv(&mut self, _patience: usize) -> Option<Outcome> {
        Some(match self.recv() {
            Ok(mio_1::Received::Packet(packet)) => Outcome::packet(packet),
            Ok(mio_1::Received::WouldBlock) => Outcome::Waits,
            Ok(mio_1::Received::Yield) => return None,
            Ok(mio_1::Received::End) => Outcome::Ended,
            Err(error) => Outcome::from(Err(error)),
        })
    }

    fn flush(&mut self, _patience: usize) -> io::Result<bool> {
        self.flush()
    }
}

impl<B: Storage> Driven for async_io_2::Connection<Scripted, Incoming<B>, Outgoing> {
    type Stream = Arc<Async<Scripted>>;
    const WAITS: bool = true;

    common!();

    #[expect(clippy::arc_with_non_send_sync, reason = "the driver wants one, and it stays in its thread")]
    fn wrap(stream: Scripted) -> Self::Stream {
        Arc::new(Async::new(stream).unwrap())
    }

    fn open(stream: Self::Stream, receiver: Incoming<B>, sender: Outgoing, settings: Settings) -> Self {
        let mut connection = Self::new(stream, receiver, sender);
        connection.set_budget(settings.budget);
        connection.set_packet_deadline(settings.deadline);
        connection
    }

    fn into_parts(self) -> (Self::Stream, Incoming<B>, Outgoing) {
        self.into_parts()
    }

    fn stream(&self) -> &Scripted {
        self.stream().get_ref()
    }

    fn probed(&self) -> usize {
        0
    }

    fn recv(&mut self, patience: usize) -> Option<Outcome> {
        patient(self.recv(), patience).map(Outcome::from)
    }

    fn flush(&mut self, patience: usize) -> io::Result<bool> {
        patient(self.flush(), patience).map_or(Ok(false), |flushed| flushed.map(|()| true))
    }
}

/// What comes of `future`, unless it has to wait more than `patience` times; it is then dropped where it waits.
fn patient<T>(future: impl Future<Output = T>, mut patience: usize) -> Option<T> {
    let mut future = pin!(future);
    block_on(poll_fn(|cx| match future.as_mut().poll(cx) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if patience == 0 => Poll::Ready(None),
        Poll::Pending => {
            patience -= 1;
            Poll::Pending
        }
    }))
}
