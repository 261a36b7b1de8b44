//! A case file, as it is written.

use serde::de::{self, Deserializer};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A file of cases.
#[derive(Debug)]
pub struct File {
    /// The cases.
    pub cases: Vec<Case>,
}

impl File {
    /// Reads the text of a file, and says which case is wrong if one is.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Raw {
            /// Where the cases are from, and under which licence.
            #[serde(default, rename = "source")]
            _source: Option<String>,
            #[serde(default, rename = "licence")]
            _licence: Option<String>,
            cases: Vec<Value>,
        }

        let raw: Raw = serde_json::from_str(text).map_err(|error| error.to_string())?;
        let mut cases = Vec::new();
        for (index, value) in raw.cases.into_iter().enumerate() {
            let name = value.get("name").and_then(Value::as_str).map_or_else(|| format!("#{index}"), str::to_owned);
            cases.push(Case::deserialize(value).map_err(|error| format!("case '{name}': {error}"))?);
        }
        Ok(Self { cases })
    }
}

/// Bytes in pieces, and what must come out.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// What the case shows.
    pub name: String,
    /// The deserializer.
    pub deserializer: String,
    /// Its options.
    #[serde(default)]
    pub options: Map<String, Value>,
    /// Bytes of buffer; what the deserializer asks for if not given, or if it asks for more.
    pub buffer_len: Option<usize>,
    /// The bytes as they are received.
    pub chunks: Vec<Hex>,
    /// Whether the stream ends after them.
    #[serde(default)]
    pub eof: bool,
    /// What must come out, in order.
    pub events: Vec<Event>,
    /// The bytes that belong to no event; those of a truncated packet may be given, too.
    #[serde(default)]
    pub remainder: Hex,
    /// The other ways to cut the bytes are left out.
    #[serde(default)]
    pub only_as_given: bool,
    /// Where the case is from.
    #[serde(default)]
    pub source: Option<String>,
    /// What else is to be said about it.
    #[serde(default)]
    pub comment: Option<String>,
}

/// Bytes, written in hex.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Hex(pub Vec<u8>);

impl Hex {
    /// Reads pairs of hex digits.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let digits = text.as_bytes();
        if digits.len() % 2 != 0 || !digits.iter().all(u8::is_ascii_hexdigit) {
            return Err(format!("'{text}' is not pairs of hex digits"));
        }
        let pairs = digits.chunks(2).map(|pair| core::str::from_utf8(pair).unwrap_or_default());
        Ok(Self(pairs.map(|pair| u8::from_str_radix(pair, 16).unwrap_or_default()).collect()))
    }
}

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(de::Error::custom)
    }
}

/// Something that must come out.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Event {
    /// A packet.
    Packet(Packet),
    /// A refused packet.
    Reject(Kind),
    /// A lost boundary.
    Fatal(Kind),
    /// The end of the stream.
    End(End),
}

/// A packet, in the form that suits it.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Packet {
    /// Bytes.
    Hex(Hex),
    /// Bytes that are UTF-8.
    Text(String),
    /// Any value.
    Json(Value),
}

/// Why a packet is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It exceeds a limit.
    Limit,
    /// Its format forbids it.
    Malformed,
    /// Its text isn't in its encoding.
    Encoding,
    /// Its digest is not its own.
    Checksum,
    /// A payload codec refused it.
    Payload,
    /// A script writes outside the buffer.
    Position,
}

/// How the stream ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// Between two packets.
    Clean,
    /// After so many bytes of one.
    Truncated(u64),
}
