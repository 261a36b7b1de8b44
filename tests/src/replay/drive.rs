//! Receives a stream in pieces and writes down what comes of it.

use core::fmt;

use wharf::storage::Storage;
use wharf::{Deserializer, End, Ready, Receiver};

use super::told::{HasKind, Kind, Tell, Told};

/// One thing that was said.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Said {
    Packet(Told),
    Reject(Kind),
    Fatal(Kind),
    Clean,
    Truncated(u64),
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Packet(packet) => packet.fmt(f),
            Self::Reject(kind) => write!(f, "reject {}", kind.name()),
            Self::Fatal(kind) => write!(f, "fatal {}", kind.name()),
            Self::Clean => f.write_str("clean end"),
            Self::Truncated(had) => write!(f, "end inside a packet of which {had} bytes came"),
        }
    }
}

/// All that came of a stream.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) said: Vec<Said>,
    /// Bytes that belong to nothing that was said.
    ///
    /// Those of an unfinished packet belong to the end that was said of it. Behind a fatal error, it is all from the
    /// packet on that lost the boundary, received or not.
    pub(crate) remainder: Vec<u8>,
    /// The lengths of the windows that were offered.
    pub(crate) windows: Vec<usize>,
}

/// Receives `pieces` one after another, each cut further where the window is shorter.
///
/// # Errors
///
/// If the receiver breaks a law that one run can show.
pub(crate) fn drive<D, B>(mut receiver: Receiver<D, B>, pieces: &[&[u8]], eof: bool) -> Result<Outcome, String>
where
    D: Deserializer<Error: HasKind> + 'static,
    for<'b> D::Packet<'b>: Tell,
    B: Storage,
{
    let mut outcome = Outcome::default();
    let mut pieces = pieces.iter().copied().filter(|piece| !piece.is_empty());
    let mut piece: &[u8] = &[];
    let mut received = 0;
    let mut finished = false;
    loop {
        if outcome.said.len() > 4 * received + 16 {
            return Err(format!("it says ever more about {received} bytes"));
        }
        let said = match receiver.ready() {
            Ready::Receive if finished => return Err("it asks for more behind the end".to_owned()),
            Ready::Receive => {
                let window = receiver.window().map_err(|error| error.to_string())?;
                if window.is_empty() {
                    return Err(format!("it offers an empty window after {received} bytes"));
                }
                outcome.windows.push(window.len());
                if piece.is_empty() {
                    piece = pieces.next().unwrap_or_default();
                }
                if !piece.is_empty() {
                    let count = receiver.feed(piece).map_err(|error| error.to_string())?;
                    piece = &piece[count..];
                    received += count;
                } else if eof {
                    receiver.received(0);
                    finished = true;
                } else {
                    outcome.remainder = receiver.remainder().to_vec();
                    return Ok(outcome);
                }
                continue;
            }
            Ready::Packet => match receiver.packet() {
                Ok(packet) => Said::Packet(packet.tell()),
                Err(error) => Said::Reject(error.kind()),
            },
            Ready::Reject(error) => Said::Reject(error.kind()),
            Ready::Fatal(error) => {
                outcome.remainder = receiver.remainder().to_vec();
                outcome.remainder.extend_from_slice(piece);
                pieces.for_each(|piece| outcome.remainder.extend_from_slice(piece));
                outcome.said.push(Said::Fatal(error.kind()));
                break;
            }
            Ready::End(end) => {
                outcome.said.push(match end {
                    End::Clean => Said::Clean,
                    End::Truncated { had, .. } => Said::Truncated(had),
                    End::Fused => return Err("it says that the end was said before".to_owned()),
                });
                break;
            }
        };
        outcome.said.push(said);
    }
    match receiver.ready() {
        Ready::End(End::Fused) => Ok(outcome),
        _ => Err("it goes on behind the end".to_owned()),
    }
}
