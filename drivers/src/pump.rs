//! One receive and one send: the end of a stream, `Interrupted` and `WouldBlock` are decided here, once.

use std::io::{self, ErrorKind, IoSlice};

use wharf::send::Sender;
use wharf::storage::Storage;
use wharf::{Deserializer, End, Ready, Receiver};

use crate::RecvError;

/// What came of one receive or send.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pumped {
    /// Bytes went through, or the stream ended.
    Some,
    /// The socket has nothing to give, or no room, now.
    WouldBlock,
}

/// What a receiver says, as far as it isn't the driver's business.
pub(crate) enum Turn {
    Receive,
    Packet,
    End,
}

/// Sorts what the receiver says into what the driver does, and what its caller is told.
pub(crate) fn turn<E>(ready: Ready<E>) -> Result<Turn, RecvError<E>> {
    match ready {
        Ready::Receive => Ok(Turn::Receive),
        Ready::Packet => Ok(Turn::Packet),
        Ready::Reject(error) => Err(RecvError::Reject(error)),
        Ready::Fatal(error) => Err(RecvError::Fatal(error)),
        Ready::End(End::Truncated { had, missing }) => Err(RecvError::Truncated { had, missing }),
        Ready::End(End::Clean | End::Fused) => Ok(Turn::End),
    }
}

/// Receives once into the window of `receiver`; an error leaves it as it was.
pub(crate) fn receive<D: Deserializer, B: Storage>(
    receiver: &mut Receiver<D, B>,
    mut recv: impl FnMut(&mut [u8]) -> io::Result<usize>,
) -> Result<Pumped, RecvError<D::Error>> {
    let window = receiver.window().map_err(RecvError::Exhausted)?;
    if window.is_empty() {
        // The buffer that it has now holds something to be read first.
        return Ok(Pumped::Some);
    }
    let Some(count) = attempt(|| recv(window)).map_err(RecvError::Io)? else { return Ok(Pumped::WouldBlock) };
    receiver.received(count);
    Ok(Pumped::Some)
}

/// Most chunks of one vectored write.
const CHUNKS: usize = 16;

/// Sends once from the front of the queue, which isn't empty; an error leaves it as it was.
pub(crate) fn send<S>(
    sender: &mut Sender<S>,
    mut send: impl FnMut(&[IoSlice<'_>]) -> io::Result<usize>,
) -> io::Result<Pumped> {
    let taken = {
        let mut queued = sender.chunks().map(IoSlice::new);
        let first = queued.next().unwrap_or_else(|| IoSlice::new(&[]));
        match queued.next() {
            // Nearly always: only shared bytes make more of it.
            None => attempt(|| send(&[first]))?,
            Some(second) => {
                let mut chunks = [first; CHUNKS];
                chunks[1] = second;
                let count = 2 + chunks[2..].iter_mut().zip(queued).map(|(slot, chunk)| *slot = chunk).count();
                attempt(|| send(&chunks[..count]))?
            }
        }
    };
    match taken {
        None => Ok(Pumped::WouldBlock),
        Some(0) => Err(ErrorKind::WriteZero.into()),
        Some(len) => {
            sender.sent(len);
            Ok(Pumped::Some)
        }
    }
}

/// Calls `io` until it isn't interrupted; `None` where it would block.
pub(crate) fn attempt<T>(mut io: impl FnMut() -> io::Result<T>) -> io::Result<Option<T>> {
    loop {
        match io() {
            Ok(done) => return Ok(Some(done)),
            // `TimedOut` is not among these: it is how a connection fails whose peer has vanished.
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => return Ok(None),
            Err(error) => return Err(error),
        }
    }
}
