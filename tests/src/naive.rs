//! Oracles: what each framing must say of a whole stream, written from its rules and not from its code.

use wharf::{Endian, Ending, FinalLine, Width};

/// What is to be said, with the positions of errors.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Expected {
    /// A payload.
    Packet(Vec<u8>),
    /// A packet over the limit, by where it begins.
    Limit(u64),
    /// A lost boundary, by where the packet begins that lost it.
    Fatal(u64),
    /// The end between two packets.
    Clean,
    /// The end inside a packet of which so many bytes came.
    Truncated(u64),
}

/// Finds `needle` in `haystack`.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    (0..=haystack.len().checked_sub(needle.len())?).find(|&at| haystack[at..].starts_with(needle))
}

/// The options of lines.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "as in the framing")]
pub struct LineRule {
    pub limit: usize,
    pub ending: Ending,
    pub final_line: FinalLine,
    pub keep_ending: bool,
}

/// Lines.
pub fn lines(stream: &[u8], rule: LineRule) -> Vec<Expected> {
    let mut said = Vec::new();
    let mut start = 0;
    loop {
        let rest = &stream[start..];
        let (body, ending) = match rule.ending {
            Ending::Lf => (find(rest, b"\n"), 1),
            Ending::CrLf => (find(rest, b"\r\n"), 2),
            Ending::Any => match find(rest, b"\n") {
                Some(at) if at > 0 && rest[at - 1] == b'\r' => (Some(at - 1), 2),
                at => (at, 1),
            },
        };
        let Some(body) = body else {
            return last_line(said, rest, start as u64, rule);
        };
        said.push(if body > rule.limit {
            Expected::Limit(start as u64)
        } else {
            Expected::Packet(rest[..if rule.keep_ending { body + ending } else { body }].to_vec())
        });
        start += body + ending;
    }
}

/// Bytes behind the last ending.
fn last_line(mut said: Vec<Expected>, rest: &[u8], start: u64, rule: LineRule) -> Vec<Expected> {
    let packet = rule.final_line == FinalLine::Packet;
    // A CR at the very end may be half of an ending, unless nothing more will come and that counts as a line.
    let half = usize::from(rule.ending != Ending::Lf && !packet && rest.ends_with(b"\r"));
    let too_long = rest.len() - half > rule.limit;
    if too_long {
        said.push(Expected::Limit(start));
    } else if packet && !rest.is_empty() {
        said.push(Expected::Packet(rest.to_vec()));
    }
    said.push(if packet || rest.is_empty() { Expected::Clean } else { Expected::Truncated(rest.len() as u64) });
    said
}

/// Delimited packets.
pub fn delimited(stream: &[u8], delimiter: &[u8], limit: usize) -> Vec<Expected> {
    let mut said = Vec::new();
    let mut start = 0;
    loop {
        let rest = &stream[start..];
        let Some(body) = find(rest, delimiter) else {
            // The longest end of the stream that may yet become a delimiter does not count.
            let half = (0..delimiter.len()).rev().find(|&len| rest.ends_with(&delimiter[..len])).unwrap_or(0);
            if rest.len() - half > limit {
                said.push(Expected::Limit(start as u64));
            }
            said.push(if rest.is_empty() { Expected::Clean } else { Expected::Truncated(rest.len() as u64) });
            return said;
        };
        said.push(if body > limit { Expected::Limit(start as u64) } else { Expected::Packet(rest[..body].to_vec()) });
        start += body + delimiter.len();
    }
}

/// Packets of one length.
pub fn fixed(stream: &[u8], len: usize) -> Vec<Expected> {
    let mut said: Vec<_> = stream.chunks_exact(len).map(|packet| Expected::Packet(packet.to_vec())).collect();
    let rest = stream.len() % len;
    said.push(if rest == 0 { Expected::Clean } else { Expected::Truncated(rest as u64) });
    said
}

/// The options of length-prefixed packets.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "as in the framing")]
pub struct LengthRule {
    pub width: Width,
    pub endian: Endian,
    pub before: usize,
    pub after: usize,
    pub counts_head: bool,
    pub adjust: i64,
    pub limit: usize,
    pub max_skip: u64,
}

/// A length field at the front of `field`: its value and its width, if it is complete; `Err` if it is no number.
fn length(field: &[u8], rule: LengthRule) -> Result<Option<(u128, usize)>, ()> {
    let width = match rule.width {
        Width::U8 => 1,
        Width::U16 => 2,
        Width::U24 => 3,
        Width::U32 => 4,
        Width::U64 => 8,
        Width::Varint => {
            let Some(last) = field.iter().take(10).position(|byte| byte & 0x80 == 0) else {
                return if field.len() < 10 { Ok(None) } else { Err(()) };
            };
            let value = field[..=last].iter().rev().fold(0_u128, |value, byte| value << 7 | u128::from(byte & 0x7f));
            return if value >> 64 == 0 { Ok(Some((value, last + 1))) } else { Err(()) };
        }
    };
    let Some(field) = field.get(..width) else { return Ok(None) };
    let fold = |value: u128, byte: &u8| value << 8 | u128::from(*byte);
    let value = match rule.endian {
        Endian::Big => field.iter().fold(0, fold),
        Endian::Little => field.iter().rev().fold(0, fold),
    };
    Ok(Some((value, width)))
}

/// Length-prefixed packets.
pub fn length_prefixed(stream: &[u8], rule: LengthRule) -> Vec<Expected> {
    let mut said = Vec::new();
    let mut start = 0;
    loop {
        let rest = &stream[start..];
        let unfinished = if rest.is_empty() { Expected::Clean } else { Expected::Truncated(rest.len() as u64) };
        let field = rest.get(rule.before..).unwrap_or_default();
        let (value, width) = match length(field, rule) {
            Ok(Some(length)) => length,
            Ok(None) => {
                said.push(unfinished);
                return said;
            }
            Err(()) => {
                said.push(Expected::Fatal(start as u64));
                return said;
            }
        };
        let head = rule.before + width + rule.after;
        let counted = if rule.counts_head { head as i128 } else { 0 };
        let body = value as i128 - counted + i128::from(rule.adjust);
        let too_long = body > rule.limit as i128;
        if body < 0 || body > i128::from(u64::MAX) || body > i128::from(rule.max_skip) && too_long {
            said.push(Expected::Fatal(start as u64));
            return said;
        }
        let len = head as i128 + body;
        if too_long {
            said.push(Expected::Limit(start as u64));
        }
        if (rest.len() as i128) < len {
            said.push(unfinished);
            return said;
        }
        let len = usize::try_from(len).expect("no longer than the stream");
        if !too_long {
            said.push(Expected::Packet(rest[head..len].to_vec()));
        }
        start += len;
    }
}
