//! An async fn that follows a script.

use core::future::Future;

use serde::Deserialize;
use wharf::authored::{At, Authored, Failure, Io, Outcome as Ended};
use wharf::{Deserializer, Error, ErrorKind};

use super::case::{Case, Hex, Kind};
use super::deserializers::Runner;
use super::options::Options;
use super::outcome::{Came, Outcome, drive};

/// One run of the function: one packet.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Run {
    write: Vec<Option<i64>>,
    #[serde(default)]
    remainder: Rest,
    #[serde(default)]
    outcome: Finish,
}

/// The bytes behind a run's packet.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
enum Rest {
    Own(Hex),
    Tail { tail: usize },
}

impl Default for Rest {
    fn default() -> Self {
        Self::Tail { tail: 0 }
    }
}

#[derive(Debug, Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Finish {
    #[default]
    Packet,
    Fail,
}

/// A run refuses its packet because the script says so.
#[derive(Debug)]
struct Told;

fn at(position: Option<i64>) -> At {
    match position {
        None => At::Start,
        Some(position) => match usize::try_from(position) {
            Ok(offset) => At::Offset(offset),
            Err(_) => At::FromEnd(usize::try_from(position.unsigned_abs()).unwrap_or(usize::MAX)),
        },
    }
}

async fn follow(mut io: Io<Vec<u8>>, run: Run) -> Ended<Vec<u8>, Told, Vec<u8>> {
    let (mut written, mut last) = (Vec::new(), 0..0);
    for &position in &run.write {
        let at = at(position);
        let start = match at {
            At::Start => 0,
            At::Offset(offset) => offset,
            At::FromEnd(count) => io.len().saturating_sub(count),
        };
        let count = io.write_at(at).await;
        last = start..start + count;
        written.extend_from_slice(&io[last.clone()]);
    }
    match run.remainder {
        Rest::Own(Hex(bytes)) => finish(io, run.outcome, written, bytes),
        Rest::Tail { tail } => {
            let packet = written.len().saturating_sub(tail);
            let rest = written.split_off(packet);
            if last.len() >= tail {
                finish(io, run.outcome, written, last.end - tail..last.end)
            } else {
                // It began before the last write, and need not stand in one piece.
                finish(io, run.outcome, written, rest)
            }
        }
    }
}

fn finish(
    io: Io<Vec<u8>>,
    outcome: Finish,
    packet: Vec<u8>,
    remainder: impl Into<wharf::authored::Remainder>,
) -> Ended<Vec<u8>, Told, Vec<u8>> {
    match outcome {
        Finish::Packet => io.packet(packet, remainder),
        Finish::Fail => io.refuse(Told, remainder),
    }
}

/// The deserializer that runs the script over and over.
fn scripted(
    runs: Vec<Run>,
    len: usize,
) -> Result<impl for<'b> Deserializer<Packet<'b> = Vec<u8>, Error = Error<Failure<Told>>>, String> {
    let mut next = (0..runs.len()).cycle();
    let function = move |io: Io<Vec<u8>>| -> _ {
        let run = next.next().map(|index| runs[index].clone());
        begin(io, run)
    };
    Authored::new(function, vec![0; 2 * len]).map_err(|error| error.to_string())
}

fn begin(io: Io<Vec<u8>>, run: Option<Run>) -> impl Future<Output = Ended<Vec<u8>, Told, Vec<u8>>> {
    follow(io, run.unwrap_or_else(|| Run { write: Vec::new(), remainder: Rest::default(), outcome: Finish::Packet }))
}

pub(super) fn runner<'c>(case: &'c Case, options: &Options<'_>) -> Result<Runner<'c>, String> {
    let runs: Vec<Run> = options.must("runs")?;
    if runs.is_empty() {
        return Err("option 'runs' is empty".to_owned());
    }
    let expected: Option<Vec<usize>> = options.get("expect_windows")?;
    // The deserializer has a buffer of its own, of which a run sees half.
    let len = case.buffer_len.unwrap_or(65536);
    Ok(Box::new(move |chunks| {
        let outcome = drive(case, scripted(runs.clone(), len)?, chunks, Came::Bytes, kind)?;
        check_windows(expected.as_deref(), &outcome)?;
        Ok(outcome)
    }))
}

/// A case may count the window that still waits for bytes, or leave it out.
fn check_windows(expected: Option<&[usize]>, outcome: &Outcome) -> Result<(), String> {
    let offered: Vec<usize> = outcome.windows.iter().copied().chain(outcome.waiting).collect();
    match expected {
        Some(expected) if expected != outcome.windows && expected != offered => {
            Err(format!("the windows were {offered:?}, not {expected:?}"))
        }
        _ => Ok(()),
    }
}

fn kind(error: Error<Failure<Told>>) -> Kind {
    match error.into_kind() {
        ErrorKind::Payload(Failure::Position { .. }) => Kind::Position,
        ErrorKind::Payload(Failure::Refused(Told)) => Kind::Malformed,
        _ => Kind::Payload,
    }
}
