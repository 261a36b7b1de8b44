//! Async fns that do whatever a script says with their buffer, and never lose a byte.

use core::cell::Cell;

use quickcheck::{Arbitrary, Gen};
use wharf::authored::{At, Authored, Io, Outcome};
use wharf::{End, Event};

/// Bytes that a run sees.
pub const LEN: usize = 16;

/// What one run does.
#[derive(Debug, Clone)]
pub struct Script {
    /// Whether it changes the buffer before its first write.
    pub prepares: bool,
    /// Whether it changes the buffer between its writes.
    pub scribbles: bool,
    /// Where it writes, in turn.
    pub writes: Vec<At>,
    /// How many of the bytes that it was given it leaves, at most.
    pub leaves: usize,
    /// Whether what it leaves is bytes of its own.
    pub own: bool,
}

impl Arbitrary for Script {
    fn arbitrary(g: &mut Gen) -> Self {
        let at = |g: &mut Gen| match u8::arbitrary(g) % 4 {
            0 => At::Start,
            1 | 2 => At::Offset(usize::arbitrary(g) % LEN),
            _ => At::FromEnd(1 + usize::arbitrary(g) % LEN),
        };
        let writes = (0..1 + usize::arbitrary(g) % 3).map(|_| at(g)).collect();
        let leaves = usize::arbitrary(g) % 20;
        let own = u8::arbitrary(g) % 4 == 0;
        Self { prepares: bool::arbitrary(g), scribbles: bool::arbitrary(g), writes, leaves, own }
    }
}

fn place(at: At) -> usize {
    match at {
        At::Start => 0,
        At::Offset(offset) => offset,
        At::FromEnd(count) => LEN - count,
    }
}

/// Follows the script; the packet is what it was given less what it leaves.
async fn follow(mut io: Io<Vec<u8>>, script: Script) -> Outcome<Vec<u8>, (), Vec<u8>> {
    if script.prepares {
        io.fill(0xee);
    }
    let mut given = Vec::new();
    for at in script.writes {
        let start = place(at);
        let count = io.write_at(at).await;
        if count == 0 {
            // The end: asking again ends the stream.
            break;
        }
        given.extend_from_slice(&io[start..start + count]);
        if script.scribbles {
            io.fill(0xdd);
        }
    }
    if given.is_empty() {
        io.write_at(At::Start).await;
    }
    let leaves = script.leaves.min(given.len().saturating_sub(1)).min(LEN);
    let left = given.split_off(given.len() - leaves);
    if script.own {
        return io.packet(given, left);
    }
    // Wherever the bytes were, the remainder may be put anywhere in the buffer.
    let start = (given.len() * 5) % (LEN - leaves + 1);
    io[start..start + leaves].copy_from_slice(&left);
    io.packet(given, start..start + leaves)
}

/// Reads `stream` in `pieces` with runs that follow `scripts`, over and over, and returns all their packets joined.
///
/// # Panics
///
/// If `scripts` is empty, or a byte is unaccounted for.
pub fn run(scripts: &[Script], stream: &[u8], pieces: &[u8], slack: usize) -> (Vec<u8>, End) {
    let turns = Cell::new(0);
    let begin = |io| follow(io, scripts[turns.replace(turns.get() + 1) % scripts.len()].clone());
    let mut receiver = Authored::new(begin, vec![0; 2 * LEN + slack.min(1)]).expect("there is room").into_receiver();
    // A run may write over what it was given itself.
    let scribbled = scripts.iter().any(|script| script.scribbles);
    let (mut packets, mut left, mut turn) = (Vec::new(), stream, 0);
    loop {
        match receiver.poll().expect("scripts keep to the contract") {
            Event::Packet(packet) => packets.extend(packet),
            Event::Receive(window) if left.is_empty() => window.received(0),
            Event::Receive(window) => {
                let piece = 1 + usize::from(pieces.get(turn % pieces.len().max(1)).copied().unwrap_or(0)) % 24;
                turn += 1;
                left = &left[window.feed(&left[..piece.min(left.len())])..];
            }
            Event::End(end) => return (packets, end),
        }
        let received = stream.len() - left.len();
        let position = usize::try_from(receiver.position()).expect("a short stream");
        assert_eq!(position + receiver.remainder().len(), received);
        assert!(scribbled || stream[position..received] == *receiver.remainder());
    }
}
