//! One arm a deserializer: options in, a way to run it out.

use core::convert::Infallible;

use serde::Deserialize;
use serde_json::{Value as Json, json};
use wharf::codec::{
    self, Alphabet, Ascii, Base64, Bzip2Format, Cbor, Cobs, Format, HmacSha256, Layout, LayoutError, MessagePack,
    Record, Sha256, Slip, Utf8, WrapError, ZlibFormat,
};
use wharf::{
    CborItems, Codec, CompressedStream, Delimited, Endian, Ending, Error, ErrorKind, FinalLine, Fixed, FrameError,
    Framed, Framing, JsonDocuments, LengthPrefixed, Lines, MessagePackItems, Netstring, Raw, SizePrefixed, Width,
};

use super::case::{Case, Hex, Kind};
use super::options::Options;
use super::outcome::{Came, Outcome, drive};
use super::scripted;
use crate::Shown;

/// A way to run a case over its bytes, however they are cut.
pub(super) type Runner<'c> = Box<dyn Fn(&[&[u8]]) -> Result<Outcome, String> + 'c>;

/// The limit of a packet where a case gives none.
const LIMIT: usize = 65536;

/// Checks that a case names a deserializer, and options that it has.
pub(super) fn check(case: &Case) -> Result<(), String> {
    runner(case).map(drop)
}

pub(super) fn run(case: &Case, chunks: &[&[u8]]) -> Result<Outcome, String> {
    runner(case)?(chunks)
}

fn runner(case: &Case) -> Result<Runner<'_>, String> {
    let options = &Options::new(&case.options);
    let runner = match &case.deserializer[..] {
        "lines" => lines(case, options)?,
        "delimited" => {
            let delimiter: Hex = options.must("delimiter")?;
            let limit = options.or("limit", LIMIT)?;
            let framing = Delimited::new(&delimiter.0, limit).map_err(|error| error.to_string())?.into_owned();
            coded(case, framing, Raw, raw, never)
        }
        "fixed" => {
            let framing = Fixed::new(options.must("len")?).map_err(|error| error.to_string())?;
            coded(case, framing, Raw, raw, never)
        }
        "length_prefixed" => coded(case, length_prefixed(options)?, Raw, raw, never),
        "json_lines" => coded(case, plain_lines(options)?, codec::Json::<Json>::new(), Came::Json, refused),
        "json" => {
            let framing = JsonDocuments::new(options.or("limit", LIMIT)?);
            coded(case, framing, codec::Json::<Json>::new(), Came::Json, refused)
        }
        "cbor" => {
            let depth = options.or("depth", 64)?;
            let framing = CborItems::<1024>::with_levels(options.or("limit", LIMIT)?).max_depth(depth);
            let framing = framing.map_err(|error| error.to_string())?;
            coded(case, framing, Cbor::<Shown>::new().max_depth(depth), shown, refused)
        }
        "messagepack" => {
            let depth = options.or("depth", 64)?;
            let framing = MessagePackItems::<1024>::with_levels(options.or("limit", LIMIT)?).max_depth(depth);
            let framing = framing.map_err(|error| error.to_string())?;
            coded(case, framing, MessagePack::<Shown>::new().max_depth(depth), shown, refused)
        }
        "netstring" => coded(case, Netstring::new(options.or("limit", LIMIT)?), Raw, raw, never),
        "cobs" => coded(case, Cobs::<Raw>::framing(options.or("limit", LIMIT)?), Cobs::new(Raw), raw, wrapped(never)),
        "slip" => coded(case, Slip::<Raw>::framing(options.or("limit", LIMIT)?), Slip::new(Raw), raw, wrapped(never)),
        "struct" => structs(case, options)?,
        "base64" => base64(case, options)?,
        "zlib" => compressed::<ZlibFormat>(case, options)?,
        "bzip2" => compressed::<Bzip2Format>(case, options)?,
        "scripted" => scripted::runner(case, options)?,
        "flatbuffer" => coded(case, SizePrefixed::new(options.or("limit", LIMIT)?), Raw, unprefixed, never),
        other => return Err(format!("deserializer '{other}' is unknown")),
    };
    options.finish()?;
    Ok(runner)
}

/// The kind of an error, whose payload's kind `payload` tells.
fn kind<P>(error: Error<P>, payload: impl Fn(P) -> Kind) -> Kind {
    match error.into_kind() {
        ErrorKind::Frame(FrameError::Malformed { .. }) => Kind::Malformed,
        ErrorKind::Frame(_) => Kind::Limit,
        ErrorKind::Payload(error) => payload(error),
        _ => Kind::Payload,
    }
}

fn never(never: Infallible) -> Kind {
    match never {}
}

/// The kind of a wrapping's error, whose inner error's kind `inner` tells.
fn wrapped<E>(inner: impl Fn(E) -> Kind + Clone) -> impl Fn(WrapError<E>) -> Kind + Clone {
    move |error| match error {
        WrapError::Malformed { .. } => Kind::Malformed,
        WrapError::LimitExceeded { .. } => Kind::Limit,
        WrapError::Checksum => Kind::Checksum,
        WrapError::Inner(error) => inner(error),
        _ => Kind::Payload,
    }
}

/// A framing and a codec, whose packets `own` makes comparable, and whose payload errors' kind `payload` tells.
fn coded<'c, F, C>(
    case: &'c Case,
    framing: F,
    codec: C,
    own: impl Fn(C::Packet<'_>) -> Came + Copy + 'c,
    payload: impl Fn(C::Error) -> Kind + 'c,
) -> Runner<'c>
where
    F: Framing + Clone + 'static,
    C: Codec + Clone + 'static,
{
    Box::new(move |chunks| {
        let framed = Framed::with_codec(framing.clone(), codec.clone());
        drive(case, framed, chunks, own, |error| kind(error, &payload))
    })
}

fn raw(packet: &[u8]) -> Came {
    Came::Bytes(packet.to_vec())
}

fn text(packet: &str) -> Came {
    Came::Bytes(packet.as_bytes().to_vec())
}

fn shown(Shown(value): Shown) -> Came {
    Came::Json(value)
}

/// A size-prefixed frame without its prefix.
fn unprefixed(frame: &[u8]) -> Came {
    Came::Bytes(frame[4..].to_vec())
}

/// Any payload codec may refuse a payload in its own words.
fn refused<E>(_: E) -> Kind {
    Kind::Payload
}

const ENDINGS: [(&str, Ending); 3] = [("lf", Ending::Lf), ("crlf", Ending::CrLf), ("any", Ending::Any)];

fn plain_lines(options: &Options<'_>) -> Result<Lines, String> {
    let limit = options.or("limit", LIMIT)?;
    Ok(Lines::new(limit).ending(options.choice("ending", Ending::Lf, &ENDINGS)?))
}

fn lines<'c>(case: &'c Case, options: &Options<'_>) -> Result<Runner<'c>, String> {
    let final_lines = [("packet", FinalLine::Packet), ("truncated", FinalLine::Truncated)];
    let final_line = options.choice("final_line", FinalLine::Truncated, &final_lines)?;
    let lines = plain_lines(options)?.final_line(final_line);
    let lines = if options.or("keep_ending", false)? { lines.keep_ending() } else { lines };
    Ok(match options.choice("encoding", 0, &[("utf8", 0), ("ascii", 1), ("bytes", 2)])? {
        0 => coded(case, lines, Utf8, text, |_| Kind::Encoding),
        1 => coded(case, lines, Ascii, text, |_| Kind::Encoding),
        _ => coded(case, lines, Raw, raw, never),
    })
}

fn endian(options: &Options<'_>) -> Result<Endian, String> {
    options.choice("endian", Endian::Big, &[("big", Endian::Big), ("little", Endian::Little)])
}

fn length_prefixed(options: &Options<'_>) -> Result<LengthPrefixed, String> {
    let width = match options.must::<Json>("width")? {
        Json::String(name) if name == "varint" => Width::Varint,
        width => match width.as_u64() {
            Some(1) => Width::U8,
            Some(2) => Width::U16,
            Some(3) => Width::U24,
            Some(4) => Width::U32,
            Some(8) => Width::U64,
            _ => return Err(format!("option 'width': {width} is none of 1, 2, 3, 4, 8, \"varint\"")),
        },
    };
    let prefixed = LengthPrefixed::new(width, options.or("limit", LIMIT)?)
        .endian(endian(options)?)
        .before(options.or("before", 0)?)
        .after(options.or("after", 0)?)
        .adjust(options.or("adjust", 0)?);
    Ok(if options.or("counts_head", false)? { prefixed.counts_head() } else { prefixed })
}

/// A field as a case file names it.
fn field(name: &str) -> Result<codec::Field, String> {
    use codec::Field;

    let len = |len: &str| len.parse::<usize>().map_err(|error| format!("option 'fields': '{name}': {error}"));
    Ok(match name.split_once(':') {
        Some(("bytes", count)) => Field::Bytes(len(count)?),
        Some(("text", count)) => Field::Text(len(count)?),
        _ => match name {
            "u8" => Field::U8,
            "i8" => Field::I8,
            "u16" => Field::U16,
            "i16" => Field::I16,
            "u32" => Field::U32,
            "i32" => Field::I32,
            "u64" => Field::U64,
            "i64" => Field::I64,
            "f32" => Field::F32,
            "f64" => Field::F64,
            "bool" => Field::Bool,
            _ => return Err(format!("option 'fields': '{name}' is no field")),
        },
    })
}

fn structs<'c>(case: &'c Case, options: &Options<'_>) -> Result<Runner<'c>, String> {
    let names: Vec<String> = options.must("fields")?;
    let fields = names.iter().map(|name| field(name)).collect::<Result<Vec<_>, _>>()?;
    let layout = Layout::new(endian(options)?, fields);
    let framing = layout.framing().map_err(|error| error.to_string())?;
    Ok(coded(case, framing, layout, record, |error| match error {
        LayoutError::Encoding { .. } => Kind::Encoding,
        _ => Kind::Payload,
    }))
}

fn record(record: Record<'_>) -> Came {
    use codec::Value;

    let value = |value: Value<'_>| match value {
        Value::U8(value) => json!(value),
        Value::I8(value) => json!(value),
        Value::U16(value) => json!(value),
        Value::I16(value) => json!(value),
        Value::U32(value) => json!(value),
        Value::I32(value) => json!(value),
        Value::U64(value) => json!(value),
        Value::I64(value) => json!(value),
        Value::F32(value) => json!(value),
        Value::F64(value) => json!(value),
        Value::Bool(value) => json!(value),
        Value::Bytes(bytes) => json!({ "hex": super::outcome::hex(bytes).trim_matches('\'') }),
        Value::Text(text) => json!(text),
        _ => Json::Null,
    };
    Came::Json(record.iter().map(value).collect())
}

/// What is inside a wrapping.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inner {
    Json,
    Bytes,
}

fn inner(options: &Options<'_>) -> Result<Inner, String> {
    options.choice("inner", Inner::Bytes, &[("json", Inner::Json), ("bytes", Inner::Bytes)])
}

fn base64<'c>(case: &'c Case, options: &Options<'_>) -> Result<Runner<'c>, String> {
    /// The checksum behind the payload.
    #[derive(Deserialize)]
    #[serde(rename_all = "snake_case")]
    enum Checksum {
        None,
        Sha256,
        HmacSha256(Hex),
    }

    let limit = options.or("limit", LIMIT)?;
    let lines = Lines::new(limit).ending(options.choice("ending", Ending::CrLf, &ENDINGS)?);
    let alphabets = [("standard", Alphabet::Standard), ("urlsafe", Alphabet::UrlSafe)];
    let alphabet = options.choice("alphabet", Alphabet::UrlSafe, &alphabets)?;
    let inner = inner(options)?;
    let checksum = options.or("checksum", Checksum::None)?;
    let json = codec::Json::<Json>::new;
    let signed = |inner| wrapped(wrapped(inner));
    Ok(match (checksum, inner) {
        (Checksum::None, Inner::Bytes) => coded(case, lines, Base64::new(alphabet, Raw), raw, wrapped(never)),
        (Checksum::None, Inner::Json) => {
            coded(case, lines, Base64::new(alphabet, json()), Came::Json, wrapped(refused))
        }
        (Checksum::Sha256, Inner::Bytes) => {
            coded(case, lines, Base64::new(alphabet, Sha256::new(Raw)), raw, signed(never))
        }
        (Checksum::Sha256, Inner::Json) => {
            coded(case, lines, Base64::new(alphabet, Sha256::new(json())), Came::Json, wrapped(wrapped(refused)))
        }
        (Checksum::HmacSha256(key), Inner::Bytes) => {
            coded(case, lines, Base64::new(alphabet, HmacSha256::new(&key.0, Raw)), raw, signed(never))
        }
        (Checksum::HmacSha256(key), Inner::Json) => {
            let codec = Base64::new(alphabet, HmacSha256::new(&key.0, json()));
            coded(case, lines, codec, Came::Json, wrapped(wrapped(refused)))
        }
    })
}

fn compressed<'c, Z: Format + 'static>(case: &'c Case, options: &Options<'_>) -> Result<Runner<'c>, String> {
    let limit = options.or("limit", LIMIT)?;
    let output_limit = options.or("output_limit", LIMIT)?;
    Ok(match inner(options)? {
        Inner::Bytes => Box::new(move |chunks| {
            let stream = CompressedStream::<Z, _>::new(limit, output_limit, Raw);
            drive(case, stream, chunks, raw, |error| kind(error, never))
        }),
        Inner::Json => Box::new(move |chunks| {
            let stream = CompressedStream::<Z, _>::new(limit, output_limit, codec::Json::<Json>::new());
            drive(case, stream, chunks, Came::Json, |error| kind(error, refused))
        }),
    })
}
