//! One protocol written in every way: as a framing, fed, as an async fn, and as an incremental.

use wharf::authored::{At, Authored, Io, Outcome};
use wharf::incremental::{Buffered, Chunk, Chunked, Fed, Incremental};
use wharf::storage::Storage;
use wharf::{Deserializer, End, Error, Event, Framed, Lines, PollError, Receiver};

/// Most bytes of a line without its LF.
const LIMIT: usize = 8;

/// What is said about a stream.
#[derive(Debug, Clone, PartialEq)]
enum Said {
    Line(Vec<u8>),
    /// A line that is too long begins here.
    TooLong(u64),
    End(End),
}

fn newline(bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|&byte| byte == b'\n')
}

/// The way of the source: written to at a position, and told a count.
async fn authored(mut io: Io<Vec<u8>>) -> Outcome<Vec<u8>, (), Vec<u8>> {
    let (mut end, mut seen) = (0, 0);
    while seen <= LIMIT {
        end += io.write_at(At::Offset(end)).await;
        if let Some(at) = newline(&io[seen..end]) {
            let line = seen + at;
            if line > LIMIT {
                return io.refuse((), line + 1..end);
            }
            let packet = io[..line].to_vec();
            return io.packet(packet, line + 1..end);
        }
        seen = end;
    }
    loop {
        end = io.write_at(At::Start).await;
        if let Some(at) = newline(&io[..end]) {
            return io.refuse((), at + 1..end);
        }
    }
}

/// The plain way of the source: fed with slices, which it keeps itself.
#[derive(Default)]
struct Fedder {
    line: Vec<u8>,
}

impl Incremental for Fedder {
    type Packet = Vec<u8>;
    type Error = ();

    fn feed(&mut self, bytes: &[u8]) -> Fed<Vec<u8>, ()> {
        let at = newline(bytes);
        let room = (LIMIT + 1).saturating_sub(self.line.len());
        let part = &bytes[..at.unwrap_or(bytes.len())];
        self.line.extend_from_slice(&part[..part.len().min(room)]);
        let Some(at) = at else { return Fed::More };
        match core::mem::take(&mut self.line) {
            line if line.len() > LIMIT => Fed::Reject { error: (), consumed: at + 1 },
            packet => Fed::Packet { packet, consumed: at + 1 },
        }
    }
}

/// Drives `deserializer` with `stream` in `pieces`.
fn drive<D, E>(deserializer: D, buffer: usize, pieces: &[&[u8]], owned: impl Fn(D::Packet<'_>) -> Vec<u8>) -> Vec<Said>
where
    D: Deserializer<Error = Error<E>>,
{
    let mut receiver = Receiver::new(deserializer, vec![0; buffer]).expect("the buffer is long enough");
    let (mut said, mut pieces) = (Vec::new(), pieces.iter().copied().filter(|piece| !piece.is_empty()));
    let mut piece: &[u8] = &[];
    loop {
        match receiver.poll() {
            Ok(Event::Packet(line)) => said.push(Said::Line(owned(line))),
            Ok(Event::Receive(window)) => {
                if piece.is_empty() {
                    piece = pieces.next().unwrap_or_default();
                }
                if piece.is_empty() {
                    window.received(0);
                } else {
                    piece = &piece[window.feed(piece)..];
                }
            }
            Ok(Event::End(end)) => {
                said.push(Said::End(end));
                return said;
            }
            Err(PollError::Reject(error)) => said.push(Said::TooLong(error.position())),
            Err(_) => panic!("the boundary is never lost"),
        }
    }
}

/// Feeds an engine with slices, whatever it is asked for.
fn chunked(pieces: &[&[u8]]) -> Vec<Said> {
    let mut lines = Chunked::new(Framed::new(Lines::new(LIMIT)), [0; LIMIT + 1]).expect("a line has room");
    let mut said = Vec::new();
    for (index, piece) in pieces.iter().chain(&[&[][..]]).enumerate() {
        let mut bytes = *piece;
        if index == pieces.len() {
            lines.finish().expect("an array is always there");
        }
        loop {
            match lines.next(&mut bytes) {
                Ok(Chunk::Packet(line)) => said.push(Said::Line(line.to_vec())),
                Ok(Chunk::More) => break,
                Ok(Chunk::End(end)) => {
                    said.push(Said::End(end));
                    return said;
                }
                Err(PollError::Reject(error)) => said.push(Said::TooLong(error.position())),
                Err(_) => panic!("the boundary is never lost"),
            }
        }
    }
    said
}

/// Lines found in the whole stream at once.
fn oracle(stream: &[u8]) -> Vec<Said> {
    let (mut said, mut position) = (Vec::new(), 0);
    let mut lines = stream.split(|&byte| byte == b'\n').peekable();
    while let Some(line) = lines.next() {
        if lines.peek().is_some() {
            said.push(if line.len() > LIMIT { Said::TooLong(position) } else { Said::Line(line.to_vec()) });
        } else if line.len() > LIMIT {
            said.extend([Said::TooLong(position), Said::End(End::Truncated { had: line.len() as u64, missing: 1 })]);
        } else if line.is_empty() {
            said.push(Said::End(End::Clean));
        } else {
            said.push(Said::End(End::Truncated { had: line.len() as u64, missing: 1 }));
        }
        position += line.len() as u64 + 1;
    }
    said
}

/// Reads `stream` in `pieces`, which make it up, in every way.
///
/// # Panics
///
/// If one of them says anything but what the rule says.
#[track_caller]
pub fn check(stream: &[u8], pieces: &[&[u8]]) {
    let expected = oracle(stream);
    let framed = drive(Framed::new(Lines::new(LIMIT)), LIMIT + 1, pieces, |line: &[u8]| line.to_vec());
    assert_eq!(framed, expected, "framing, {pieces:?}");
    assert_eq!(chunked(pieces), expected, "framing fed, {pieces:?}");
    // A run, and an incremental, say that a line is too long where it ends.
    let mut expected = expected;
    if let [.., Said::TooLong(_), Said::End(End::Truncated { had, .. })] = expected[..] {
        // Otherwise the line that is too long is the one before.
        if had > LIMIT as u64 {
            expected.remove(expected.len() - 2);
        }
    }
    for slack in [0, 1, 7] {
        let run = Authored::new(authored, vec![0; 2 * (LIMIT + 1) + slack]).expect("a line has room");
        assert_eq!(drive(run, 0, pieces, |line| line), expected, "async fn, {pieces:?}");
    }
    for buffer in [1, 3, 64] {
        let fed = drive(Buffered::new(Fedder::default()), buffer, pieces, |line| line);
        assert_eq!(fed, expected, "incremental, {pieces:?}");
    }
}

/// A line without its LF, copied, in whatever storage.
///
/// # Errors
///
/// None of its own.
pub async fn line<B: Storage>(mut io: Io<B>) -> Outcome<Vec<u8>, (), B> {
    let mut end = 0;
    loop {
        end += io.write_at(At::Offset(end)).await;
        if let Some(at) = io[..end].iter().position(|&byte| byte == b'\n') {
            let packet = io[..at].to_vec();
            return io.packet(packet, at + 1..end);
        }
    }
}
