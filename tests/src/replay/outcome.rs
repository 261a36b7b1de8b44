//! What came out of one run, and whether it is what was expected.

use core::fmt::Write;

use serde_json::{Number, Value};
use wharf::{Deserializer, End, Ready, Receiver};

use super::case::{self, Case, Event, Kind, Packet};

/// A packet that came out.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Came {
    Bytes(Vec<u8>),
    Json(Value),
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Said {
    Packet(Came),
    Reject(Kind),
    Fatal(Kind),
    End(case::End),
}

/// Everything that came out of a run.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub(super) said: Vec<Said>,
    pub(super) remainder: Vec<u8>,
    /// Lengths of the windows that were received into.
    pub(super) windows: Vec<usize>,
    /// Length of the window that was offered last, and for which no bytes came.
    pub(super) waiting: Option<usize>,
}

/// Receives `chunks` one after another, each cut further where the window is smaller.
pub(super) fn drive<D: Deserializer>(
    case: &Case,
    deserializer: D,
    chunks: &[&[u8]],
    own: impl Fn(D::Packet<'_>) -> Came,
    kind: impl Fn(D::Error) -> Kind,
) -> Result<Outcome, String> {
    let least = deserializer.buffer_len(0);
    // A deserializer with a buffer of its own asks for none here; one whose limits need more than the case gives
    // gets what it needs.
    let len = if least == 0 { 0 } else { case.buffer_len.map_or(least, |len| deserializer.buffer_len(len)) };
    let mut receiver = Receiver::new(deserializer, vec![0; len]).map_err(|error| error.to_string())?;
    let mut outcome = Outcome::default();
    let mut chunks = chunks.iter().copied().filter(|chunk| !chunk.is_empty());
    let mut chunk: &[u8] = &[];
    loop {
        let said = match receiver.ready() {
            Ready::Receive => {
                if chunk.is_empty() {
                    chunk = chunks.next().unwrap_or_default();
                }
                let window = receiver.window().map_err(|error| error.to_string())?;
                if chunk.is_empty() && !case.eof {
                    outcome.waiting = Some(window.len());
                    break;
                }
                outcome.windows.push(window.len());
                let count = window.len().min(chunk.len());
                window[..count].copy_from_slice(&chunk[..count]);
                chunk = &chunk[count..];
                receiver.received(count);
                continue;
            }
            Ready::Packet => match receiver.packet() {
                Ok(packet) => Said::Packet(own(packet)),
                Err(error) => Said::Reject(kind(error)),
            },
            Ready::Reject(error) => Said::Reject(kind(error)),
            Ready::Fatal(error) => Said::Fatal(kind(error)),
            Ready::End(End::Clean) => Said::End(case::End::Clean),
            Ready::End(End::Truncated { had, .. }) => Said::End(case::End::Truncated(had)),
            Ready::End(End::Fused) => break,
        };
        outcome.said.push(said);
    }
    outcome.remainder = receiver.remainder().to_vec();
    Ok(outcome)
}

impl Outcome {
    /// Compares with what is expected; `as_given` says whether the chunks are those of the case.
    pub(super) fn compare(&self, case: &Case, as_given: bool) -> Result<(), String> {
        for (index, expected) in case.events.iter().enumerate() {
            match self.said.get(index) {
                Some(said) if holds(expected, said) => {}
                Some(said) => return Err(format!("event {index} is {}, not {}", show(said), show_expected(expected))),
                None => return Err(format!("event {index} is missing: {}", show_expected(expected))),
            }
        }
        if let Some(said) = self.said.get(case.events.len()) {
            return Err(format!("{} events came, then {}", case.events.len(), show(said)));
        }
        let expected = &case.remainder.0[..];
        let accounted = match self.said.last() {
            // The bytes of a packet that the stream ended in belong to the end, and may be given all the same.
            Some(Said::End(_)) if expected.is_empty() => &[][..],
            // How much was received behind a lost boundary depends on the cut.
            Some(Said::Fatal(_)) if expected.is_empty() || !as_given => return Ok(()),
            _ => &self.remainder[..],
        };
        if accounted != expected {
            return Err(format!("the remainder is {}, not {}", hex(accounted), hex(expected)));
        }
        Ok(())
    }
}

fn holds(expected: &Event, said: &Said) -> bool {
    match (expected, said) {
        (Event::Packet(Packet::Hex(bytes)), Said::Packet(Came::Bytes(came))) => bytes.0 == *came,
        (Event::Packet(Packet::Text(text)), Said::Packet(Came::Bytes(came))) => text.as_bytes() == came,
        (Event::Packet(Packet::Json(value)), Said::Packet(Came::Json(came))) => same(value, came),
        (Event::Packet(Packet::Json(value)), Said::Packet(Came::Bytes(came))) => {
            serde_json::from_slice(came).is_ok_and(|came| same(value, &came))
        }
        (Event::Reject(kind), Said::Reject(came)) | (Event::Fatal(kind), Said::Fatal(came)) => kind == came,
        (Event::End(end), Said::End(came)) => end == came,
        _ => false,
    }
}

/// Whether two values are the same; 1 and 1.0 are, since a case file can't tell in which form a number was sent.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other
                || one.is_f64() != other.is_f64() && integer(one).is_some_and(|one| Some(one) == integer(other))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            one.len() == other.len()
                && one.iter().all(|(key, one)| other.get(key).is_some_and(|other| same(one, other)))
        }
        _ => one == other,
    }
}

/// A number that is an integer, with all its digits.
fn integer(number: &Number) -> Option<String> {
    match number.as_f64() {
        Some(float) if number.is_f64() => (float.fract() == 0.0).then(|| format!("{:.0}", float + 0.0)),
        _ => Some(number.to_string()),
    }
}

pub(super) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::from("'"), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    }) + "'"
}

fn show(said: &Said) -> String {
    match said {
        Said::Packet(Came::Bytes(bytes)) => format!("packet {} \"{}\"", hex(bytes), bytes.escape_ascii()),
        Said::Packet(Came::Json(value)) => format!("packet {value}"),
        Said::Reject(kind) => format!("reject {kind:?}").to_lowercase(),
        Said::Fatal(kind) => format!("fatal {kind:?}").to_lowercase(),
        Said::End(end) => format!("end {end:?}").to_lowercase(),
    }
}

fn show_expected(event: &Event) -> String {
    match event {
        Event::Packet(Packet::Hex(bytes)) => show(&Said::Packet(Came::Bytes(bytes.0.clone()))),
        Event::Packet(Packet::Text(text)) => show(&Said::Packet(Came::Bytes(text.clone().into_bytes()))),
        Event::Packet(Packet::Json(value)) => show(&Said::Packet(Came::Json(value.clone()))),
        Event::Reject(kind) => show(&Said::Reject(*kind)),
        Event::Fatal(kind) => show(&Said::Fatal(*kind)),
        Event::End(end) => show(&Said::End(*end)),
    }
}
