//! Every format that finds its own packets, behind one face.

use core::fmt::Debug;

use serde::de::IgnoredAny;
use wharf::codec::{Bzip2, Bzip2Format, Cbor, Cobs, Json, MessagePack, Slip, Utf8, Zlib, ZlibFormat};
use wharf::{
    CborItems, Codec, CompressedStream, Delimited, Deserializer, Encode, Endian, Ending, FinalLine, Fixed, Framed,
    Framing, JsonDocuments, LengthPrefixed, Lines, MessagePackItems, Netstring, Raw, SizePrefixed, Width,
};

/// A format, with a framing or a stream that finds its packets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the types are")]
pub enum Format {
    Lf,
    CrLf,
    AnyEnding,
    FinalLine,
    Text,
    Delimited,
    Fixed,
    U8,
    U16,
    U24,
    U32,
    U64,
    Varint,
    CountsHead,
    Netstring,
    SizePrefixed,
    Cobs,
    Slip,
    Json,
    Cbor,
    MessagePack,
    Zlib,
    Bzip2,
}

/// Something that is done with the deserializer of any format.
pub trait Visitor {
    /// What comes of it.
    type Out;

    /// Does it.
    fn visit<D>(self, make: impl Fn() -> D) -> Self::Out
    where
        D: for<'b> Deserializer<Packet<'b> = &'b [u8], Error: Debug> + 'static;
}

/// What a payload must be; it is lent as it lies, or as it comes out of its stuffing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "named as the codecs are")]
pub enum Payload {
    Raw,
    Text,
    Cobs,
    Slip,
    Json,
    Cbor,
    MessagePack,
}

impl Codec for Payload {
    type Packet<'b> = &'b [u8];
    type Error = &'static str;

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<&'b [u8], &'static str> {
        let checked = match self {
            Self::Raw => true,
            Self::Text => Utf8.decode(payload).is_ok(),
            Self::Cobs => return Cobs::new(Raw).decode_in(payload),
            Self::Slip => return Slip::new(Raw).decode_in(payload),
            Self::Json => Json::<IgnoredAny>::new().decode(payload).is_ok(),
            Self::Cbor => Cbor::<IgnoredAny>::new().decode(payload).is_ok(),
            Self::MessagePack => MessagePack::<IgnoredAny>::new().decode(payload).is_ok(),
        };
        if checked { Ok(payload) } else { Err("the codec") }
    }
}

/// Decodes with a codec that is made for the one payload.
trait DecodeIn {
    fn decode_in(self, payload: &mut [u8]) -> Result<&[u8], &'static str>;
}

macro_rules! stuffed {
    ($($codec:ident),*) => {$(
        impl DecodeIn for $codec {
            fn decode_in(mut self, payload: &mut [u8]) -> Result<&[u8], &'static str> {
                let len = self.decode(payload).map_err(|_| "the codec")?.len();
                // What is taken out of its stuffing lies at the front.
                Ok(&payload[..len])
            }
        }
    )*};
}

stuffed!(Cobs, Slip);

impl Format {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::Lf,
        Self::CrLf,
        Self::AnyEnding,
        Self::FinalLine,
        Self::Text,
        Self::Delimited,
        Self::Fixed,
        Self::U8,
        Self::U16,
        Self::U24,
        Self::U32,
        Self::U64,
        Self::Varint,
        Self::CountsHead,
        Self::Netstring,
        Self::SizePrefixed,
        Self::Cobs,
        Self::Slip,
        Self::Json,
        Self::Cbor,
        Self::MessagePack,
        Self::Zlib,
        Self::Bzip2,
    ];

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Lf => "lines, LF",
            Self::CrLf => "lines, CR LF",
            Self::AnyEnding => "lines, either",
            Self::FinalLine => "lines, last one unended",
            Self::Text => "lines of UTF-8",
            Self::Delimited => "delimited",
            Self::Fixed => "fixed",
            Self::U8 => "length of 1 byte",
            Self::U16 => "length of 2 bytes",
            Self::U24 => "length of 3 bytes",
            Self::U32 => "length of 4 bytes",
            Self::U64 => "length of 8 bytes",
            Self::Varint => "varint length",
            Self::CountsHead => "length with head",
            Self::Netstring => "netstrings",
            Self::SizePrefixed => "sized FlatBuffers",
            Self::Cobs => "COBS",
            Self::Slip => "SLIP",
            Self::Json => "JSON",
            Self::Cbor => "CBOR",
            Self::MessagePack => "MessagePack",
            Self::Zlib => "zlib streams",
            Self::Bzip2 => "bzip2 streams",
        }
    }

    /// Whether what it reads is decompressed on the way, with memory of its own.
    pub fn is_compressed(self) -> bool {
        matches!(self, Self::Zlib | Self::Bzip2)
    }

    /// Does something with its deserializer; packets are of at most `limit` bytes and, where they nest, `depth` levels.
    pub fn visit<V: Visitor>(self, limit: usize, depth: usize, visitor: V) -> V::Out {
        match self {
            Self::Zlib => {
                visitor.visit(|| CompressedStream::<ZlibFormat>::new(2 * limit, 4 * limit, Raw).max_skip(1 << 16))
            }
            Self::Bzip2 => {
                visitor.visit(|| CompressedStream::<Bzip2Format>::new(8 * limit, 4 * limit, Raw).max_skip(1 << 16))
            }
            _ => visitor.visit(|| Framed::with_codec(self.framing(limit, depth), self.payload())),
        }
    }

    fn payload(self) -> Payload {
        match self {
            Self::Text => Payload::Text,
            Self::Cobs => Payload::Cobs,
            Self::Slip => Payload::Slip,
            Self::Json => Payload::Json,
            Self::Cbor => Payload::Cbor,
            Self::MessagePack => Payload::MessagePack,
            _ => Payload::Raw,
        }
    }

    fn framing(self, limit: usize, depth: usize) -> Box<dyn Framing> {
        let prefixed = |width| LengthPrefixed::new(width, limit);
        match self {
            Self::Lf | Self::Text => Box::new(Lines::new(limit)),
            Self::CrLf => Box::new(Lines::new(limit).ending(Ending::CrLf)),
            Self::AnyEnding => Box::new(Lines::new(limit).ending(Ending::Any)),
            Self::FinalLine => Box::new(Lines::new(limit).ending(Ending::Any).final_line(FinalLine::Packet)),
            Self::Delimited => Box::new(Delimited::new(b"--=", limit).expect("not empty")),
            Self::Fixed => Box::new(Fixed::new(limit).expect("not 0")),
            Self::U8 => Box::new(prefixed(Width::U8)),
            Self::U16 => Box::new(prefixed(Width::U16).endian(Endian::Little)),
            Self::U24 => Box::new(prefixed(Width::U24)),
            Self::U32 => Box::new(prefixed(Width::U32)),
            Self::U64 => Box::new(prefixed(Width::U64).endian(Endian::Little)),
            Self::Varint => Box::new(prefixed(Width::Varint)),
            Self::CountsHead => Box::new(prefixed(Width::U16).before(1).after(1).counts_head()),
            Self::Netstring => Box::new(Netstring::new(limit)),
            Self::SizePrefixed => Box::new(SizePrefixed::new(limit)),
            Self::Cobs => Box::new(Cobs::<Raw>::framing(limit)),
            Self::Slip => Box::new(Slip::<Raw>::framing(limit)),
            Self::Json => Box::new(JsonDocuments::new(limit).max_depth(u32::try_from(depth).expect("few levels"))),
            Self::Cbor => Box::new(CborItems::<64>::with_levels(limit).max_depth(depth).expect("few levels")),
            Self::MessagePack => {
                Box::new(MessagePackItems::<64>::with_levels(limit).max_depth(depth).expect("few levels"))
            }
            Self::Zlib | Self::Bzip2 => unreachable!("streams are no framings"),
        }
    }

    /// Encloses a payload, which holds nothing that would end it.
    pub fn enclose(self, payload: &[u8]) -> Vec<u8> {
        let len = payload.len();
        let sized = |head: &[u8]| [head, payload].concat();
        let short = |len: usize| u16::try_from(len).expect("short packets").to_le_bytes();
        let word = u32::try_from(len).expect("short packets").to_be_bytes();
        match self {
            Self::Lf | Self::Text | Self::AnyEnding | Self::FinalLine => [payload, b"\n"].concat(),
            Self::CrLf => [payload, b"\r\n"].concat(),
            Self::Delimited => [payload, b"--="].concat(),
            Self::Fixed => payload.to_vec(),
            Self::U8 => sized(&[u8::try_from(len).expect("short packets")]),
            Self::U16 => sized(&short(len)),
            Self::U24 => sized(&word[1..]),
            Self::U32 => sized(&word),
            Self::U64 => sized(&(len as u64).to_le_bytes()),
            Self::Varint => {
                let (mut head, mut left) = (Vec::new(), len);
                while left > 0x7f {
                    head.push(left.to_le_bytes()[0] | 0x80);
                    left >>= 7;
                }
                head.push(left.to_le_bytes()[0]);
                sized(&head)
            }
            Self::CountsHead => {
                let [low, high] = short(len + 4);
                sized(&[0xca, high, low, 0xfe])
            }
            Self::Netstring => [format!("{len}:").as_bytes(), payload, b","].concat(),
            Self::SizePrefixed => sized(&u32::from_be_bytes(word).to_le_bytes()),
            Self::Cobs => encoded(Cobs::new(Raw), payload, &[0]),
            Self::Slip => encoded(Slip::new(Raw), payload, &[0xc0]),
            Self::Json => payload.to_vec(),
            Self::Cbor | Self::MessagePack => self.string(payload),
            Self::Zlib => encoded(Zlib::new(len, Raw), payload, &[]),
            Self::Bzip2 => encoded(Bzip2::new(len, Raw), payload, &[]),
        }
    }

    /// A byte string, with a head that is as long as any.
    fn string(self, payload: &[u8]) -> Vec<u8> {
        let len = u32::try_from(payload.len()).expect("short packets").to_be_bytes();
        let major = if self == Self::Cbor { 0x5a } else { 0xc6 };
        [&[major], &len[..], payload].concat()
    }
}

fn encoded<C: Encode<[u8], Error: Debug>>(mut codec: C, payload: &[u8], tail: &[u8]) -> Vec<u8> {
    let mut wire = Vec::new();
    codec.encode(payload, &mut wire).expect("it can be written");
    wire.extend_from_slice(tail);
    wire
}
