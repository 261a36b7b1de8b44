//! The deserializers that a case file can name, one arm each.

use core::fmt;
use std::cell::RefCell;

use serde_json::Value;
use wharf::codec::{
    Alphabet, Ascii, Base64, Cbor, Cobs, Field, HmacSha256, Json, Layout, MessagePack, Sha256, Slip, Utf8,
};
use wharf::{
    Bzip2Stream, CborItems, Codec, Delimited, Deserializer, Endian, Ending, FinalLine, Fixed, Framed, Framing,
    JsonDocuments, LengthPrefixed, Lines, MessagePackItems, Netstring, Raw, Receiver, SizePrefixed, Width, ZlibStream,
};

use super::BadField;
use super::drive::{Outcome, drive};
use super::fields::{Fields, unhex};
use super::told::{HasKind, Tell};
use crate::Shown;

type Run = dyn Fn(usize, &[&[u8]], bool) -> Result<Outcome, String>;

/// A deserializer with its options, made anew for every run.
pub(super) struct Named {
    run: Box<Run>,
    windows: Option<Vec<usize>>,
}

impl Named {
    fn new<D>(make: impl Fn() -> D + 'static) -> Self
    where
        D: Deserializer<Error: HasKind> + 'static,
        for<'b> D::Packet<'b>: Tell,
    {
        // Made once: a fresh one for each of a long stream's cuts would cost more than the cuts.
        let buffer = RefCell::new(Vec::new());
        let run = move |len: usize, pieces: &[&[u8]], eof: bool| {
            let deserializer = make();
            let len = deserializer.buffer_len(len);
            let mut buffer = buffer.borrow_mut();
            buffer.resize(len, 0xEE);
            let receiver = Receiver::new(deserializer, &mut buffer[..]).map_err(|error| error.to_string())?;
            drive(receiver, pieces, eof)
        };
        Self { run: Box::new(run), windows: None }
    }

    fn framed<F, C>(framing: F, codec: C) -> Self
    where
        F: Framing + Clone + 'static,
        C: Codec<Error: HasKind + fmt::Debug> + Clone + 'static,
        for<'b> C::Packet<'b>: Tell,
    {
        Self::new(move || Framed::with_codec(framing.clone(), codec.clone()))
    }

    /// Receives `pieces` into a buffer of `len` bytes, or of as many as the limits need.
    pub(super) fn run(&self, len: usize, pieces: &[&[u8]], eof: bool) -> Result<Outcome, String> {
        (self.run)(len, pieces, eof)
    }

    /// The lengths of the windows that must be offered.
    pub(super) fn windows(&self) -> Option<&[usize]> {
        self.windows.as_deref()
    }
}

/// Length of the longest packet, where a case doesn't say.
const LIMIT: usize = 65536;

/// Most levels of a document, where a case doesn't say, and most that it can say.
const DEPTH: usize = 64;
const LEVELS: usize = 1024;

const ENDINGS: [(&str, Ending); 3] = [("lf", Ending::Lf), ("crlf", Ending::CrLf), ("any", Ending::Any)];
const ENDIANS: [(&str, Endian); 2] = [("big", Endian::Big), ("little", Endian::Little)];

/// The deserializer of that name; `None` if there is no such name.
pub(super) fn named(name: &str, options: &Fields<'_>) -> Result<Option<Named>, BadField> {
    let limit = || options.len("limit").map(|limit| limit.unwrap_or(LIMIT));
    Ok(Some(match name {
        "lines" => lines(options, limit()?)?,
        "delimited" => delimited(options, limit()?)?,
        "fixed" => fixed(options)?,
        "length_prefixed" => length_prefixed(options, limit()?)?,
        "json_lines" => {
            let framing = Lines::new(limit()?).ending(options.choice("ending", &ENDINGS)?);
            Named::new(move || Framed::with_codec(framing.clone(), Json::<Value>::new()))
        }
        "json" => {
            let framing = JsonDocuments::new(limit()?);
            Named::new(move || Framed::with_codec(framing.clone(), Json::<Value>::new()))
        }
        "cbor" => {
            let depth = options.len("depth")?.unwrap_or(DEPTH);
            let framing = CborItems::<LEVELS>::with_levels(limit()?).max_depth(depth);
            let framing = framing.map_err(|error| options.wrong("depth", error.to_string()))?;
            Named::new(move || Framed::with_codec(framing.clone(), Cbor::<Shown>::new().max_depth(LEVELS)))
        }
        "messagepack" => {
            let depth = options.len("depth")?.unwrap_or(DEPTH);
            let framing = MessagePackItems::<LEVELS>::with_levels(limit()?).max_depth(depth);
            let framing = framing.map_err(|error| options.wrong("depth", error.to_string()))?;
            Named::new(move || Framed::with_codec(framing.clone(), MessagePack::<Shown>::new().max_depth(LEVELS)))
        }
        "netstring" => Named::framed(Netstring::new(limit()?), Raw),
        "cobs" => {
            let limit = limit()?;
            Named::new(move || Cobs::framed(limit))
        }
        "slip" => {
            let limit = limit()?;
            Named::new(move || Slip::framed(limit))
        }
        "struct" => layout(options)?,
        "base64" => base64(options, limit()?)?,
        "zlib" => {
            let (limit, output) = (limit()?, options.len("output_limit")?.unwrap_or(LIMIT));
            match inner(options)? {
                Inner::Bytes => Named::new(move || ZlibStream::new(limit, output, Raw)),
                Inner::Json => Named::new(move || ZlibStream::new(limit, output, Json::<Value>::new())),
            }
        }
        "bzip2" => {
            let (limit, output) = (limit()?, options.len("output_limit")?.unwrap_or(LIMIT));
            match inner(options)? {
                Inner::Bytes => Named::new(move || Bzip2Stream::new(limit, output, Raw)),
                Inner::Json => Named::new(move || Bzip2Stream::new(limit, output, Json::<Value>::new())),
            }
        }
        "flatbuffer" => Named::framed(SizePrefixed::new(limit()?), Raw),
        _ => return Ok(None),
    }))
}

fn lines(options: &Fields<'_>, limit: usize) -> Result<Named, BadField> {
    let final_line = [("truncated", FinalLine::Truncated), ("packet", FinalLine::Packet)];
    let ending = options.choice("ending", &ENDINGS)?;
    let framing = Lines::new(limit).ending(ending).final_line(options.choice("final_line", &final_line)?);
    let framing = if options.flag("keep_ending")? { framing.keep_ending() } else { framing };
    Ok(match options.choice("encoding", &[("utf8", "utf8"), ("ascii", "ascii"), ("bytes", "bytes")])? {
        "utf8" => Named::framed(framing, Utf8),
        "ascii" => Named::framed(framing, Ascii),
        _ => Named::framed(framing, Raw),
    })
}

fn delimited(options: &Fields<'_>, limit: usize) -> Result<Named, BadField> {
    let delimiter = options.hex("delimiter")?.ok_or_else(|| options.wrong("delimiter", "missing"))?;
    let framing = Delimited::new(&delimiter, limit).map_err(|error| options.wrong("delimiter", error.to_string()))?;
    Ok(Named::framed(framing.into_owned(), Raw))
}

fn fixed(options: &Fields<'_>) -> Result<Named, BadField> {
    let len = options.len("len")?.ok_or_else(|| options.wrong("len", "missing"))?;
    let framing = Fixed::new(len).map_err(|error| options.wrong("len", error.to_string()))?;
    Ok(Named::framed(framing, Raw))
}

fn length_prefixed(options: &Fields<'_>, limit: usize) -> Result<Named, BadField> {
    let width = options.required("width")?;
    let width = match (width.as_u64(), width.as_str()) {
        (Some(1), _) => Width::U8,
        (Some(2), _) => Width::U16,
        (Some(3), _) => Width::U24,
        (Some(4), _) => Width::U32,
        (Some(8), _) => Width::U64,
        (_, Some("varint")) => Width::Varint,
        _ => return Err(options.wrong("width", format!("{width} is none of 1, 2, 3, 4, 8, \"varint\""))),
    };
    let framing = LengthPrefixed::new(width, limit)
        .endian(options.choice("endian", &ENDIANS)?)
        .before(options.len("before")?.unwrap_or(0))
        .after(options.len("after")?.unwrap_or(0))
        .adjust(options.integer("adjust")?.unwrap_or(0));
    let framing = if options.flag("counts_head")? { framing.counts_head() } else { framing };
    Ok(Named::framed(framing, Raw))
}

fn layout(options: &Fields<'_>) -> Result<Named, BadField> {
    let field = |value: &Value| {
        let bad = || options.wrong("fields", format!("{value} is no field"));
        let name = value.as_str().ok_or_else(bad)?;
        let plain = [
            ("u8", Field::U8),
            ("i8", Field::I8),
            ("u16", Field::U16),
            ("i16", Field::I16),
            ("u32", Field::U32),
            ("i32", Field::I32),
            ("u64", Field::U64),
            ("i64", Field::I64),
            ("f32", Field::F32),
            ("f64", Field::F64),
            ("bool", Field::Bool),
        ];
        if let Some((_, field)) = plain.iter().find(|(plain, _)| *plain == name) {
            return Ok(*field);
        }
        let (name, len) = name.split_once(':').ok_or_else(bad)?;
        match (name, len.parse()) {
            ("bytes", Ok(len)) => Ok(Field::Bytes(len)),
            ("text", Ok(len)) => Ok(Field::Text(len)),
            _ => Err(bad()),
        }
    };
    let fields: Vec<Field> = options.list("fields")?.iter().map(field).collect::<Result<_, _>>()?;
    let layout = Layout::new(options.choice("endian", &ENDIANS)?, fields);
    let framing = layout.framing().map_err(|error| options.wrong("fields", error.to_string()))?;
    Ok(Named::framed(framing, layout))
}

#[derive(Clone, Copy)]
enum Inner {
    Bytes,
    Json,
}

fn inner(options: &Fields<'_>) -> Result<Inner, BadField> {
    options.required("inner")?;
    options.choice("inner", &[("json", Inner::Json), ("bytes", Inner::Bytes)])
}

fn base64(options: &Fields<'_>, limit: usize) -> Result<Named, BadField> {
    Ok(match inner(options)? {
        Inner::Bytes => base64_of(options, limit, || Raw)?,
        Inner::Json => base64_of(options, limit, Json::<Value>::new)?,
    })
}

fn base64_of<C>(options: &Fields<'_>, limit: usize, inner: fn() -> C) -> Result<Named, BadField>
where
    C: Codec<Error: HasKind + fmt::Debug> + 'static,
    for<'b> C::Packet<'b>: Tell,
{
    let framing = Lines::new(limit).ending(options.choice("ending", &ENDINGS)?);
    let alphabet = options.choice("alphabet", &[("standard", Alphabet::Standard), ("urlsafe", Alphabet::UrlSafe)])?;
    if let Some(checksum @ Value::Object(_)) = options.get("checksum") {
        let fields = Fields::of("options.checksum", checksum)?;
        let key = fields.text("hmac_sha256")?.and_then(unhex);
        let key = key.ok_or_else(|| fields.wrong("hmac_sha256", "expected hex digits in pairs"))?;
        fields.finish()?;
        let codec = move || Base64::new(alphabet, HmacSha256::new(&key, inner()));
        return Ok(Named::new(move || Framed::with_codec(framing.clone(), codec())));
    }
    Ok(if options.choice("checksum", &[("none", false), ("sha256", true)])? {
        Named::new(move || Framed::with_codec(framing.clone(), Base64::new(alphabet, Sha256::new(inner()))))
    } else {
        Named::new(move || Framed::with_codec(framing.clone(), Base64::new(alphabet, inner())))
    })
}
