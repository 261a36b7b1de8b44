//! What a deserializer said, in the terms of a case file.

use core::convert::Infallible;
use core::fmt;

use serde_json::{Value, json};
use wharf::authored::Failure;
use wharf::codec::{self, CborError, EncodingError, LayoutError, MessagePackError, Record, WrapError};
use wharf::{Error, ErrorKind, FrameError};

use super::fields::hex;
use crate::Shown;

/// A packet.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Told {
    Bytes(Vec<u8>),
    Text(String),
    Json(Value),
}

impl fmt::Display for Told {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "packet of hex {}", hex(bytes)),
            Self::Text(text) => write!(f, "packet of text {text:?}"),
            Self::Json(value) => write!(f, "packet of json {value}"),
        }
    }
}

/// Why a packet was refused, or the boundary lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Limit,
    Malformed,
    Encoding,
    Checksum,
    Payload,
    /// An authored deserializer wants to write outside of its buffer.
    Position,
}

impl Kind {
    pub(crate) const ALL: [(&'static str, Self); 6] = [
        ("limit", Self::Limit),
        ("malformed", Self::Malformed),
        ("encoding", Self::Encoding),
        ("checksum", Self::Checksum),
        ("payload", Self::Payload),
        ("position", Self::Position),
    ];

    pub(crate) fn name(self) -> &'static str {
        Self::ALL.iter().find(|(_, kind)| *kind == self).map_or("", |(name, _)| name)
    }
}

/// A packet that can be told.
pub(crate) trait Tell {
    fn tell(self) -> Told;
}

impl Tell for &[u8] {
    fn tell(self) -> Told {
        Told::Bytes(self.to_vec())
    }
}

impl Tell for Vec<u8> {
    fn tell(self) -> Told {
        Told::Bytes(self)
    }
}

impl Tell for &str {
    fn tell(self) -> Told {
        Told::Text(self.to_owned())
    }
}

impl Tell for Value {
    fn tell(self) -> Told {
        Told::Json(self)
    }
}

impl Tell for Shown {
    fn tell(self) -> Told {
        Told::Json(self.0)
    }
}

impl Tell for Record<'_> {
    fn tell(self) -> Told {
        let value = |value| match value {
            codec::Value::U8(number) => number.into(),
            codec::Value::I8(number) => number.into(),
            codec::Value::U16(number) => number.into(),
            codec::Value::I16(number) => number.into(),
            codec::Value::U32(number) => number.into(),
            codec::Value::I32(number) => number.into(),
            codec::Value::U64(number) => number.into(),
            codec::Value::I64(number) => number.into(),
            codec::Value::F32(number) => number.into(),
            codec::Value::F64(number) => number.into(),
            codec::Value::Bool(bool) => bool.into(),
            codec::Value::Text(text) => text.into(),
            codec::Value::Bytes(bytes) => json!({ "hex": hex(bytes) }),
            other => panic!("{other:?} has no JSON form here"),
        };
        Told::Json(self.iter().map(value).collect())
    }
}

/// An error that can be told.
pub(crate) trait HasKind {
    fn kind(&self) -> Kind;
}

impl HasKind for Infallible {
    fn kind(&self) -> Kind {
        match *self {}
    }
}

impl HasKind for FrameError {
    fn kind(&self) -> Kind {
        match self {
            Self::LimitExceeded { .. } | Self::DepthExceeded { .. } => Kind::Limit,
            Self::Malformed { .. } => Kind::Malformed,
            other => panic!("{other:?} has no name in case files"),
        }
    }
}

impl<P: HasKind + fmt::Debug> HasKind for Error<P> {
    fn kind(&self) -> Kind {
        match Self::kind(self) {
            ErrorKind::Frame(error) => error.kind(),
            ErrorKind::Payload(error) => error.kind(),
            other => panic!("{other:?} has no name in case files"),
        }
    }
}

impl HasKind for EncodingError {
    fn kind(&self) -> Kind {
        Kind::Encoding
    }
}

impl HasKind for LayoutError {
    fn kind(&self) -> Kind {
        if let Self::Encoding { .. } = self { Kind::Encoding } else { Kind::Malformed }
    }
}

impl<E: HasKind + fmt::Debug> HasKind for WrapError<E> {
    fn kind(&self) -> Kind {
        match self {
            Self::Malformed { .. } => Kind::Malformed,
            Self::LimitExceeded { .. } => Kind::Limit,
            Self::Checksum => Kind::Checksum,
            Self::Inner(error) => error.kind(),
            other => panic!("{other:?} has no name in case files"),
        }
    }
}

impl<E: HasKind + fmt::Debug> HasKind for Failure<E> {
    fn kind(&self) -> Kind {
        match self {
            Self::Refused(error) => error.kind(),
            Self::Position { .. } => Kind::Position,
            other => panic!("{other:?} has no name in case files"),
        }
    }
}

impl HasKind for serde_json::Error {
    fn kind(&self) -> Kind {
        Kind::Payload
    }
}

impl HasKind for CborError {
    fn kind(&self) -> Kind {
        Kind::Payload
    }
}

impl HasKind for MessagePackError {
    fn kind(&self) -> Kind {
        Kind::Payload
    }
}
