//! The case files of these formats hold.

use core::fmt::Debug;

use serde::Deserialize;
use serde_json::{Map, Value};
use wharf::codec::{Cbor, Json, MessagePack};
use wharf::{CborItems, Codec, Deserializer, End, Ending, Framed, Framing, JsonDocuments, Lines, MessagePackItems};
use wharf_tests::Shown;

use crate::cbor::bytes;
use crate::trace::{Kind, Said, Trace, packet, trace};

#[derive(Deserialize)]
struct File {
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    deserializer: String,
    #[serde(default)]
    options: Map<String, Value>,
    #[serde(default, rename = "source")]
    _source: String,
    chunks: Vec<String>,
    #[serde(default)]
    eof: bool,
    events: Vec<Event>,
    #[serde(default)]
    remainder: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Event {
    Packet(Packet),
    Reject(String),
    Fatal(String),
    End(Ended),
}

#[derive(Deserialize)]
struct Packet {
    json: Value,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Ended {
    Clean,
    Truncated(u64),
}

impl Event {
    fn holds(&self, said: &Said) -> bool {
        let of_kind = |name: &str, kind: &Kind| match kind {
            Kind::Limit | Kind::Depth => name == "limit",
            Kind::Malformed => name == "malformed",
            Kind::Payload => name == "payload",
        };
        match (self, said) {
            (Self::Packet(expected), said) => *said == packet(Shown(expected.json.clone())),
            (Self::Reject(name), Said::Reject(kind, _)) | (Self::Fatal(name), Said::Fatal(kind, _)) => {
                of_kind(name, kind)
            }
            (Self::End(Ended::Clean), Said::End(End::Clean)) => true,
            (Self::End(Ended::Truncated(expected)), Said::End(End::Truncated { had, .. })) => expected == had,
            _ => false,
        }
    }
}

impl Case {
    fn option(&self, name: &str, default: usize) -> usize {
        let given = self.options.get(name).and_then(Value::as_u64);
        given.map_or(default, |given| usize::try_from(given).expect("a length fits"))
    }

    fn run(&self) {
        let (limit, depth) = (self.option("limit", 64 * 1024), self.option("depth", 64));
        match self.deserializer.as_str() {
            "json" => self.check(|| Framed::with_codec(JsonDocuments::new(limit), Json::<Shown>::new())),
            "json_lines" => {
                let crlf = self.options.get("ending").is_some_and(|ending| ending == "crlf");
                let ending = if crlf { Ending::CrLf } else { Ending::Lf };
                self.check(|| Framed::with_codec(Lines::new(limit).ending(ending), Json::<Shown>::new()));
            }
            "cbor" => self.check(|| {
                let items = CborItems::<128>::with_levels(limit).max_depth(depth).expect("there is room");
                Framed::with_codec(items, Cbor::<Shown>::new())
            }),
            "messagepack" => self.check(|| {
                let items = MessagePackItems::<128>::with_levels(limit).max_depth(depth).expect("there is room");
                Framed::with_codec(items, MessagePack::<Shown>::new())
            }),
            other => panic!("{}: deserializer '{other}' is not one of these", self.name),
        }
    }

    fn check<F, C>(&self, make: impl Fn() -> Framed<F, C>)
    where
        F: Framing + Clone + 'static,
        C: Codec<Error: Debug> + Clone + 'static,
        for<'b> C::Packet<'b>: Debug,
    {
        let chunks: Vec<_> = self.chunks.iter().map(|chunk| bytes(chunk)).collect();
        let whole = chunks.concat();
        let run = |pieces: Vec<&[u8]>| self.assert(&trace(make(), make().buffer_len(0), pieces, self.eof));
        run(chunks.iter().map(Vec::as_slice).collect());
        run(whole.chunks(1).collect());
        for at in 0..whole.len() {
            run(vec![&whole[..at], &whole[at..]]);
        }
    }

    fn assert(&self, trace: &Trace) {
        let holds = self.events.len() == trace.said.len()
            && self.events.iter().zip(&trace.said).all(|(event, said)| event.holds(said))
            && trace.remainder == bytes(&self.remainder);
        assert!(holds, "{}: {trace:?}", self.name);
    }
}

#[track_caller]
fn check(file: &str, count: usize) {
    let File { cases } = serde_json::from_str(file).expect("a case file is JSON of the documented shape");
    assert_eq!(cases.len(), count);
    cases.iter().for_each(Case::run);
}

#[test]
fn json_cases_hold() {
    check(include_str!("../cases/json.json"), 22);
}

#[test]
fn json_lines_cases_hold() {
    check(include_str!("../cases/json_lines.json"), 8);
}

#[test]
fn cbor_cases_hold() {
    check(include_str!("../cases/cbor.json"), 62);
}

#[test]
fn messagepack_cases_hold() {
    check(include_str!("../cases/messagepack.json"), 10);
}
