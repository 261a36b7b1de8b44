//! One case: a stream in pieces, a deserializer, and what must come of it.

use core::fmt::Write;

use serde_json::{Number, Value};

use super::BadField;
use super::deserializers::{self, Named};
use super::drive::{Outcome, Said};
use super::fields::{Fields, hex, unhex};
use super::told::{Kind, Told};

/// A case that has been read and whose every field is known.
pub(super) struct Case {
    pub(super) name: String,
    deserializer: Named,
    buffer_len: Option<usize>,
    chunks: Vec<Vec<u8>>,
    eof: bool,
    events: Vec<Expected>,
    remainder: Vec<u8>,
    only_as_given: bool,
}

/// One thing that must be said.
enum Expected {
    Hex(Vec<u8>),
    Text(String),
    Json(Value),
    /// Anything but a packet.
    Said(Said),
}

impl Case {
    pub(super) fn read(case: &Value) -> Result<Self, BadField> {
        let fields = Fields::of("", case)?;
        fields.note("source")?;
        let name = fields.text("name")?.ok_or_else(|| fields.wrong("name", "missing"))?.to_owned();
        let no_options = Value::Object(serde_json::Map::new());
        let options = Fields::of("options", fields.get("options").unwrap_or(&no_options))?;
        let deserializer = fields.text("deserializer")?.ok_or_else(|| fields.wrong("deserializer", "missing"))?;
        let Some(deserializer) = deserializers::named(deserializer, &options)? else {
            return Err(fields.wrong("deserializer", format!("unknown deserializer '{deserializer}'")));
        };
        options.finish()?;
        let case = Self {
            name,
            deserializer,
            buffer_len: fields.len("buffer_len")?,
            chunks: read_list("chunks", fields.list("chunks")?, |chunk| {
                let chunk = chunk.as_str().ok_or("expected a string")?;
                unhex(chunk).ok_or("expected hex digits in pairs")
            })?,
            eof: fields.flag("eof")?,
            events: events(fields.list("events")?)?,
            remainder: fields.hex("remainder")?.unwrap_or_default(),
            only_as_given: fields.flag("only_as_given")?,
        };
        fields.finish()?;
        Ok(case)
    }

    /// Runs the case as given, in one piece, byte by byte, and cut in two at every offset.
    pub(super) fn run(&self) -> Result<(), String> {
        let chunks: Vec<&[u8]> = self.chunks.iter().map(Vec::as_slice).collect();
        self.check("as given", &chunks)?;
        if let Some(expected) = self.deserializer.windows() {
            let windows = self.outcome(&chunks)?.windows;
            if windows != expected {
                return Err(format!("windows of {windows:?} bytes, not of {expected:?}"));
            }
        }
        if self.only_as_given {
            return Ok(());
        }
        let stream = self.chunks.concat();
        self.check("in one piece", &[&stream])?;
        self.check("byte by byte", &stream.chunks(1).collect::<Vec<_>>())?;
        for at in 1..stream.len() {
            let (head, tail) = stream.split_at(at);
            self.check(&format!("cut in two at byte {at}"), &[head, tail])?;
        }
        Ok(())
    }

    fn outcome(&self, pieces: &[&[u8]]) -> Result<Outcome, String> {
        self.deserializer.run(self.buffer_len.unwrap_or(0), pieces, self.eof)
    }

    fn check(&self, how: &str, pieces: &[&[u8]]) -> Result<(), String> {
        let outcome = self.outcome(pieces).map_err(|why| format!("{how}: {why}"))?;
        let differs = self.difference(&outcome);
        differs.map_or(Ok(()), |difference| Err(format!("{how}: {difference}")))
    }

    /// The first thing that is not as it must be.
    fn difference(&self, outcome: &Outcome) -> Option<String> {
        for index in 0..self.events.len().max(outcome.said.len()) {
            let difference = match (self.events.get(index), outcome.said.get(index)) {
                (Some(expected), Some(said)) if expected.is(said) => continue,
                (Some(expected), Some(said)) => format!("{said}, not {}", expected.show()),
                (Some(expected), None) => format!("nothing, not {}", expected.show()),
                (None, said) => said.map_or_else(String::new, |said| format!("{said}, where nothing was expected")),
            };
            return Some(format!("event {}: {difference}", index + 1));
        }
        // What is behind a fatal error is nobody's, unless the case says that it's known.
        let lost = matches!(outcome.said.last(), Some(Said::Fatal(_))) && self.remainder.is_empty();
        (!lost && outcome.remainder != self.remainder)
            .then(|| format!("remainder '{}', not '{}'", hex(&outcome.remainder), hex(&self.remainder)))
    }
}

impl Expected {
    fn is(&self, said: &Said) -> bool {
        match (self, said) {
            (Self::Hex(expected), Said::Packet(Told::Bytes(bytes))) => bytes == expected,
            (Self::Hex(expected), Said::Packet(Told::Text(text))) => text.as_bytes() == expected,
            (Self::Text(expected), Said::Packet(Told::Bytes(bytes))) => bytes == expected.as_bytes(),
            (Self::Text(expected), Said::Packet(Told::Text(text))) => text == expected,
            (Self::Json(expected), Said::Packet(Told::Json(value))) => same(expected, value),
            (Self::Said(expected), said) => expected == said,
            _ => false,
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Hex(bytes) => Told::Bytes(bytes.clone()).to_string(),
            Self::Text(text) => Told::Text(text.clone()).to_string(),
            Self::Json(value) => Told::Json(value.clone()).to_string(),
            Self::Said(said) => said.to_string(),
        }
    }
}

/// Whether two JSON values are the same; JSON has one type of number, so 1 is 1.0.
fn same(a: &Value, b: &Value) -> bool {
    match (a, b) {
        (Value::Number(a), Value::Number(b)) => a == b || a.is_f64() != b.is_f64() && same_number(a, b),
        (Value::Array(a), Value::Array(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

/// Whether an integer and a float are the same number, exactly.
fn same_number(a: &Number, b: &Number) -> bool {
    let (float, integer) = if a.is_f64() { (a, b) } else { (b, a) };
    let Some(float) = float.as_f64() else { return false };
    // A float that is an integer is written out with all its digits.
    float.fract() == 0.0 && format!("{float:.0}") == integer.to_string()
}

fn read_list<T>(
    name: &str,
    list: &[Value],
    read: impl Fn(&Value) -> Result<T, &'static str>,
) -> Result<Vec<T>, BadField> {
    let bad = |index, wrong: &str| BadField { field: format!("{name}[{index}]"), wrong: wrong.to_owned() };
    list.iter().enumerate().map(|(index, item)| read(item).map_err(|wrong| bad(index, wrong))).collect()
}

fn events(list: &[Value]) -> Result<Vec<Expected>, BadField> {
    let mut path = String::new();
    let mut read = Vec::new();
    for (index, value) in list.iter().enumerate() {
        path.clear();
        // Invariant: a String takes all that is written to it.
        let _ = write!(path, "events[{index}]");
        read.push(event(&path, value)?);
    }
    Ok(read)
}

fn event(path: &str, value: &Value) -> Result<Expected, BadField> {
    let fields = Fields::of(path, value)?;
    let event = if let Some(packet) = fields.get("packet") {
        packet_value(&format!("{path}.packet"), packet)?
    } else if fields.get("reject").is_some() {
        Expected::Said(Said::Reject(fields.choice("reject", &Kind::ALL)?))
    } else if fields.get("fatal").is_some() {
        Expected::Said(Said::Fatal(fields.choice("fatal", &Kind::ALL)?))
    } else if let Some(end) = fields.get("end") {
        Expected::Said(match end {
            Value::Object(_) => {
                let end = Fields::of(&format!("{path}.end"), end)?;
                let had = end.required("truncated")?.as_u64();
                let had = had.ok_or_else(|| end.wrong("truncated", "expected a number of bytes"))?;
                end.finish()?;
                Said::Truncated(had)
            }
            _ => fields.choice("end", &[("clean", ())]).map(|()| Said::Clean)?,
        })
    } else {
        return Err(BadField { field: path.to_owned(), wrong: "is no packet, reject, fatal or end".to_owned() });
    };
    fields.finish()?;
    Ok(event)
}

fn packet_value(path: &str, value: &Value) -> Result<Expected, BadField> {
    let fields = Fields::of(path, value)?;
    let packet = if let Some(bytes) = fields.hex("hex")? {
        Expected::Hex(bytes)
    } else if let Some(text) = fields.text("text")? {
        Expected::Text(text.to_owned())
    } else {
        let value = fields.get("json");
        Expected::Json(value.ok_or_else(|| fields.wrong("hex", "missing, and so are text and json"))?.clone())
    };
    fields.finish()?;
    Ok(packet)
}
