//! Framings and payloads that are chosen at run time.

use std::fmt;
use std::str::FromStr;

use serde::de::{Error as _, IgnoredAny};
use wharf::codec::Json;
use wharf::send::{Framer, Sender};
use wharf::storage::Storage;
use wharf::{
    Codec, ConfigError, Delimited, Endian, Ending, Enframe, FinalLine, Fixed, Framed, Framing, LengthPrefixed, Lines,
    Receiver, Width,
};

pub(crate) type Deserializer = Framed<Box<dyn Framing + Send>, Payload>;
pub(crate) type Serializer = Framer<Box<dyn Enframe + Send>>;

/// How packets are framed, and what they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    Lines,
    Delimited(Vec<u8>),
    Fixed(usize),
    Len32Be,
    Len16Le,
    Varint,
    Json,
}

impl Format {
    /// Reads packets of at most `limit` bytes.
    pub(crate) fn deserializer(&self, limit: usize) -> Result<Deserializer, ConfigError> {
        let framing: Box<dyn Framing + Send> = match self {
            Self::Lines | Self::Json => Box::new(lines(limit)),
            Self::Delimited(delimiter) => Box::new(Delimited::new(delimiter, limit)?.into_owned()),
            Self::Fixed(len) => Box::new(Fixed::new(*len)?),
            Self::Len32Be | Self::Len16Le | Self::Varint => Box::new(self.length_prefixed(limit)),
        };
        Ok(Framed::with_codec(framing, self.payload()))
    }

    /// Reads packets of at most `limit` bytes into `storage`.
    pub(crate) fn receiver<B: Storage>(
        &self,
        limit: usize,
        storage: B,
    ) -> Result<Receiver<Deserializer, B>, ConfigError> {
        Receiver::new(self.deserializer(limit)?, storage)
    }

    /// Sends packets of at most `limit` bytes, queueing `queue` bytes.
    pub(crate) fn sender(&self, limit: usize, queue: usize) -> Result<Sender<Serializer>, ConfigError> {
        let framing: Box<dyn Enframe + Send> = match self {
            Self::Lines | Self::Json => Box::new(lines(limit)),
            Self::Delimited(delimiter) => Box::new(Delimited::new(delimiter, limit)?.into_owned()),
            Self::Fixed(len) => Box::new(Fixed::new(*len)?),
            Self::Len32Be | Self::Len16Le | Self::Varint => Box::new(self.length_prefixed(limit)),
        };
        Ok(Sender::new(Framer::new(framing), queue))
    }

    /// Reads lines of text that are to be sent as packets of this format.
    pub(crate) fn input(&self, limit: usize) -> Result<Receiver<Framed<Lines, Payload>, Vec<u8>>, ConfigError> {
        let framing = lines(limit).final_line(FinalLine::Packet);
        Receiver::new(Framed::with_codec(framing, self.payload()), vec![0; limit + 2])
    }

    fn length_prefixed(&self, limit: usize) -> LengthPrefixed {
        match self {
            Self::Len32Be => LengthPrefixed::new(Width::U32, limit),
            Self::Len16Le => LengthPrefixed::new(Width::U16, limit).endian(Endian::Little),
            _ => LengthPrefixed::new(Width::Varint, limit),
        }
    }

    fn payload(&self) -> Payload {
        match self {
            Self::Json => Payload::Json(Json::new()),
            _ => Payload::Bytes,
        }
    }
}

fn lines(limit: usize) -> Lines {
    Lines::new(limit).ending(Ending::Any)
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines => f.write_str("lines"),
            Self::Delimited(delimiter) => {
                f.write_str("delimited=")?;
                delimiter.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
            }
            Self::Fixed(len) => write!(f, "fixed={len}"),
            Self::Len32Be => f.write_str("len32be"),
            Self::Len16Le => f.write_str("len16le"),
            Self::Varint => f.write_str("varint"),
            Self::Json => f.write_str("json"),
        }
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (name, value) = text.split_once('=').map_or((text, None), |(name, value)| (name, Some(value)));
        match (name, value) {
            ("lines", None) => Ok(Self::Lines),
            ("delimited", Some(hex)) => bytes(hex).map(Self::Delimited),
            ("delimited", None) => Err("'delimited' needs its delimiter, as in delimited=0d0a".to_owned()),
            ("fixed", Some(len)) => crate::options::count(len).map(Self::Fixed),
            ("fixed", None) => Err("'fixed' needs a length, as in fixed=16".to_owned()),
            ("len32be", None) => Ok(Self::Len32Be),
            ("len16le", None) => Ok(Self::Len16Le),
            ("varint", None) => Ok(Self::Varint),
            ("json", None) => Ok(Self::Json),
            _ => Err(format!(
                "there is no framing '{text}'; choose from lines, delimited=HEX, fixed=N, len32be, len16le, varint, json"
            )),
        }
    }
}

/// Reads at least one byte in hexadecimal digits.
fn bytes(hex: &str) -> Result<Vec<u8>, String> {
    let digits: Option<Vec<u8>> =
        hex.chars().map(|digit| digit.to_digit(16).and_then(|digit| u8::try_from(digit).ok())).collect();
    match digits {
        Some(digits) if !digits.is_empty() && digits.len() % 2 == 0 => {
            Ok(digits.chunks_exact(2).map(|pair| pair[0] << 4 | pair[1]).collect())
        }
        _ => Err(format!("'{hex}' is no delimiter: write its bytes as pairs of hexadecimal digits, as in 0d0a")),
    }
}

/// What packets hold: bytes as they are, or a JSON document, which is lent in its compact form.
#[derive(Debug)]
pub(crate) enum Payload {
    Bytes,
    Json(Json<IgnoredAny>),
}

impl Codec for Payload {
    type Packet<'b> = &'b [u8];
    type Error = serde_json::Error;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<&'b [u8], serde_json::Error> {
        if let Self::Json(codec) = self {
            codec.decode(payload)?;
            std::str::from_utf8(payload).map_err(serde_json::Error::custom)?;
            let len = compact(payload);
            return Ok(&payload[..len]);
        }
        Ok(payload)
    }
}

/// Takes the white space out of a valid JSON document, and changes nothing else; returns its length then.
fn compact(document: &mut [u8]) -> usize {
    let (mut len, mut in_string, mut escaped) = (0, false, false);
    for at in 0..document.len() {
        let byte = document[at];
        if in_string {
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if byte.is_ascii_whitespace() {
            continue;
        } else {
            in_string = byte == b'"';
        }
        document[len] = byte;
        len += 1;
    }
    len
}
