//! A framing that counts the bytes that another can look at, and spoils those that it has no business with.

use wharf::{Deserializer, Found, Framed, Framing, Step};

/// Hands on what has come since the last call, and bytes of the past only as noise.
///
/// A rule that looks at a byte again that it had walked over would find something else in it.
#[derive(Debug)]
pub(crate) struct Walked<F> {
    framing: F,
    /// Bytes of the past that the rule may look at again: an unfinished head.
    again: usize,
    /// The unread bytes, the first `past` of them spoiled.
    spoiled: Vec<u8>,
    past: usize,
    pub(crate) looked_at: u64,
}

impl<F: Framing> Walked<F> {
    pub(crate) fn new(framing: F, again: usize) -> Self {
        Self { framing, again, spoiled: Vec::new(), past: 0, looked_at: 0 }
    }
}

impl<F: Framing> Framing for Walked<F> {
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found {
        let past = seen.saturating_sub(self.again);
        let fresh = self.past.min(past);
        self.spoiled.truncate(past);
        self.spoiled[fresh..].fill(0xc1);
        self.past = past;
        self.spoiled.extend_from_slice(&unread[past..]);
        self.looked_at += (unread.len() - past) as u64;
        self.framing.scan(&self.spoiled, seen, eof)
    }

    fn max_len(&self) -> usize {
        self.framing.max_len()
    }
}

/// Receives `stream` one byte at a time and says how many bytes could be looked at for that.
pub(crate) fn byte_by_byte<F: Framing>(framing: Walked<F>, stream: &[u8]) -> u64 {
    let mut framed = Framed::new(framing);
    let mut buffer = vec![0; framed.buffer_len(4096)];
    for &byte in stream {
        loop {
            match framed.step(&mut buffer) {
                Step::Receive { at } => {
                    buffer[at.start] = byte;
                    break framed.received(1);
                }
                Step::Fatal(error) => panic!("{error}"),
                Step::Packet(_) | Step::Reject(_) | Step::End(_) => {}
            }
        }
    }
    framed.framing().looked_at
}
