//! Runs a deserializer over bytes, and tells what came of it as short values.

use core::fmt;

use wharf::{Deserializer, Event, PollError, Receiver};
use wharf_tests::chunking::Subject;

/// What came out of a stream, in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Seen {
    Packet(Vec<u8>),
    Reject(String),
    Fatal(String),
    End(String),
}

#[derive(Debug, PartialEq)]
pub(crate) struct Outcome {
    pub(crate) events: Vec<Seen>,
    pub(crate) remainder: Vec<u8>,
}

/// A deserializer whose packets can be told as bytes.
pub(crate) trait Told: Deserializer<Error: fmt::Debug + fmt::Display> {
    fn tell(packet: Self::Packet<'_>) -> Vec<u8>;
}

impl<D> Told for D
where
    D: Deserializer<Error: fmt::Debug + fmt::Display>,
    for<'b> D::Packet<'b>: Bytes,
{
    fn tell(packet: Self::Packet<'_>) -> Vec<u8> {
        packet.bytes()
    }
}

pub(crate) trait Bytes {
    fn bytes(&self) -> Vec<u8>;
}

impl Bytes for &[u8] {
    fn bytes(&self) -> Vec<u8> {
        self.to_vec()
    }
}

impl Bytes for &str {
    fn bytes(&self) -> Vec<u8> {
        self.as_bytes().to_vec()
    }
}

/// Receives `chunks` one after another, each cut further where the window is shorter.
pub(crate) fn drive<D: Told>(deserializer: D, chunks: &[&[u8]], eof: bool) -> Outcome {
    let buffer = vec![0xEE; deserializer.buffer_len(0)];
    let mut receiver = Receiver::new(deserializer, buffer).unwrap();
    let mut chunks = chunks.iter().copied().filter(|chunk| !chunk.is_empty());
    let mut chunk: &[u8] = &[];
    let mut events = Vec::new();
    loop {
        match receiver.poll() {
            Ok(Event::Packet(packet)) => events.push(Seen::Packet(D::tell(packet))),
            Ok(Event::Receive(window)) => {
                if chunk.is_empty() {
                    chunk = chunks.next().unwrap_or_default();
                }
                if !chunk.is_empty() {
                    let count = window.feed(chunk);
                    chunk = &chunk[count..];
                } else if eof {
                    window.received(0);
                } else {
                    break;
                }
            }
            Ok(Event::End(end)) => {
                events.push(Seen::End(format!("{end:?}")));
                break;
            }
            Err(PollError::Reject(error)) => events.push(Seen::Reject(error.to_string())),
            Err(PollError::Fatal(error)) => {
                events.push(Seen::Fatal(error.to_string()));
                break;
            }
            Err(PollError::Exhausted(error)) => panic!("{error}"),
        }
    }
    let lost = matches!(events.last(), Some(Seen::Fatal(_)));
    // How much is received before a fatal error is noticed depends on the cut.
    let remainder = if lost { Vec::new() } else { receiver.remainder().to_vec() };
    Outcome { events, remainder }
}

/// Checks the laws with the shared harness, and returns what comes of `bytes` with an end.
#[track_caller]
pub(crate) fn at_every_cut<D: Told>(make: impl Fn() -> D, bytes: &[u8]) -> Vec<Seen> {
    Subject { make: &make, own: D::tell }.check(bytes);
    drive(make(), &[bytes], true).events
}

pub(crate) fn packet(bytes: impl AsRef<[u8]>) -> Seen {
    Seen::Packet(bytes.as_ref().to_vec())
}

pub(crate) fn reject(error: &str) -> Seen {
    Seen::Reject(error.to_owned())
}

pub(crate) fn fatal(error: &str) -> Seen {
    Seen::Fatal(error.to_owned())
}

pub(crate) fn clean() -> Seen {
    Seen::End("Clean".to_owned())
}

pub(crate) fn truncated(had: u64, missing: u64) -> Seen {
    Seen::End(format!("Truncated {{ had: {had}, missing: {missing} }}"))
}

/// What a sender with `serializer` writes for one packet.
pub(crate) fn sent<P: ?Sized, S>(serializer: S, packet: &P) -> Result<Vec<u8>, S::Error>
where
    S: wharf::send::Serializer<P>,
{
    let mut sender = wharf::send::Sender::new(serializer, usize::MAX);
    match sender.enqueue(packet) {
        Ok(()) => Ok(sender.chunks().collect::<Vec<_>>().concat()),
        Err(wharf::send::SendError::Refused(error)) => Err(error),
        Err(_) => panic!("the queue is full"),
    }
}
