//! Talks to one client in the format that is named, so that another implementation can be the client.
//!
//! It prints the port that it listens on. Each packet is answered with one that can only be made from what was read:
//! text in capitals, a document inside another with its number, a record with each field changed.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "it is a program")]

use std::error::Error;
use std::fmt::Display;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::ExitCode;

use serde_json::{Value as Json, json};
use wharf::codec::{self, Alphabet, Base64, Cbor, Field, HmacSha256, Layout, MessagePack, Sha256, Utf8, Value};
use wharf::codec::{Bzip2, Zlib};
use wharf::send::{Framer, SendError, Sender, Serializer};
use wharf::{
    Bzip2Stream, CborItems, Delimited, Deserializer, End, Endian, Ending, Event, Framed, JsonDocuments, Lines,
    MessagePackItems, PollError, Receiver, ZlibStream,
};

type Outcome = Result<(), Box<dyn Error>>;

/// Most bytes of a packet, as EasyNetwork's own default.
const LIMIT: usize = 64 * 1024;

fn main() -> ExitCode {
    let format = std::env::args().nth(1).unwrap_or_default();
    match run(&format) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("peer {format}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(format: &str) -> Outcome {
    let lines = |ending| Lines::new(LIMIT).ending(ending);
    let base64_lines = || Lines::new(2 * LIMIT).ending(Ending::CrLf);
    match format {
        "line-lf" => text(Framed::with_codec(lines(Ending::Lf), Utf8), Framer::with_codec(lines(Ending::Lf), Utf8)),
        "line-crlf" => {
            text(Framed::with_codec(lines(Ending::CrLf), Utf8), Framer::with_codec(lines(Ending::CrLf), Utf8))
        }
        "line-cr" => {
            let framing = Delimited::new(b"\r", LIMIT)?;
            text(Framed::with_codec(framing.clone(), Utf8), Framer::with_codec(framing, Utf8))
        }
        "json-lines" => {
            let codec = codec::Json::new;
            documents(Framed::with_codec(lines(Ending::Lf), codec()), Framer::with_codec(lines(Ending::Lf), codec()))
        }
        "json-raw" => {
            let (framing, codec) = (|| JsonDocuments::new(LIMIT), codec::Json::new);
            documents(Framed::with_codec(framing(), codec()), Framer::with_codec(framing(), codec()))
        }
        "cbor" => {
            let (framing, codec) = (|| CborItems::<64>::new(LIMIT), Cbor::new);
            documents(Framed::with_codec(framing(), codec()), Framer::with_codec(framing(), codec()))
        }
        "messagepack" => {
            let (framing, codec) = (|| MessagePackItems::<64>::new(LIMIT), MessagePack::new);
            documents(Framed::with_codec(framing(), codec()), Framer::with_codec(framing(), codec()))
        }
        "base64-standard" | "base64-urlsafe" => {
            let alphabet = if format == "base64-urlsafe" { Alphabet::UrlSafe } else { Alphabet::Standard };
            let codec = || Base64::new(alphabet, codec::Json::new());
            documents(Framed::with_codec(base64_lines(), codec()), Framer::with_codec(base64_lines(), codec()))
        }
        "base64-sha256" => {
            let codec = || Base64::url_safe(Sha256::new(codec::Json::new()));
            documents(Framed::with_codec(base64_lines(), codec()), Framer::with_codec(base64_lines(), codec()))
        }
        "base64-hmac" => {
            let key: Vec<u8> = (0..32).collect();
            let codec = || Base64::url_safe(HmacSha256::new(&key, codec::Json::new()));
            documents(Framed::with_codec(base64_lines(), codec()), Framer::with_codec(base64_lines(), codec()))
        }
        "zlib" => documents(ZlibStream::new(LIMIT, LIMIT, codec::Json::new()), Zlib::new(LIMIT, codec::Json::new())),
        "bzip2" => documents(Bzip2Stream::new(LIMIT, LIMIT, codec::Json::new()), Bzip2::new(LIMIT, codec::Json::new())),
        "base64-zlib" => {
            let codec = || Base64::url_safe(Zlib::new(LIMIT, codec::Json::new()));
            documents(Framed::with_codec(base64_lines(), codec()), Framer::with_codec(base64_lines(), codec()))
        }
        "struct-network" => records(Endian::Big),
        "struct-little" => records(Endian::Little),
        _ => Err("no such format".into()),
    }
}

fn text<D, S>(deserializer: D, serializer: S) -> Outcome
where
    D: for<'b> Deserializer<Packet<'b> = &'b str, Error: Display> + 'static,
    S: Serializer<String, Error: Display>,
{
    serve(deserializer, serializer, |line, sender| sender.enqueue(&line.to_uppercase()))
}

fn documents<D, S>(deserializer: D, serializer: S) -> Outcome
where
    D: for<'b> Deserializer<Packet<'b> = Json, Error: Display> + 'static,
    S: Serializer<Json, Error: Display>,
{
    let mut number = 0;
    serve(deserializer, serializer, |document, sender| {
        number += 1;
        sender.enqueue(&json!({"number": number, "document": document}))
    })
}

/// Records of Python's format `BbHhIiQqfd?3s8s`.
fn records(endian: Endian) -> Outcome {
    let fields = [
        Field::U8,
        Field::I8,
        Field::U16,
        Field::I16,
        Field::U32,
        Field::I32,
        Field::U64,
        Field::I64,
        Field::F32,
        Field::F64,
        Field::Bool,
        Field::Bytes(3),
        Field::Text(8),
    ];
    let layout = Layout::new(endian, fields);
    let framing = layout.framing()?;
    let deserializer = Framed::with_codec(framing.clone(), layout);
    serve(deserializer, Framer::with_codec(framing, layout), |record, sender| {
        let mut scratch = ([0; 3], String::new());
        for value in &record {
            match value {
                Value::Bytes(bytes) => bytes.iter().rev().zip(&mut scratch.0).for_each(|(&byte, to)| *to = byte),
                Value::Text(text) => scratch.1 = text.to_uppercase(),
                _ => {}
            }
        }
        let changed: Vec<Value<'_>> = record.iter().map(|value| changed(value, &scratch.0, &scratch.1)).collect();
        sender.enqueue(&changed[..])
    })
}

fn changed<'v>(value: Value<'v>, bytes: &'v [u8], text: &'v str) -> Value<'v> {
    match value {
        Value::U8(number) => Value::U8(!number),
        Value::I8(number) => Value::I8(!number),
        Value::U16(number) => Value::U16(!number),
        Value::I16(number) => Value::I16(!number),
        Value::U32(number) => Value::U32(!number),
        Value::I32(number) => Value::I32(!number),
        Value::U64(number) => Value::U64(!number),
        Value::I64(number) => Value::I64(!number),
        Value::F32(number) => Value::F32(-number),
        Value::F64(number) => Value::F64(-number),
        Value::Bool(bool) => Value::Bool(!bool),
        Value::Bytes(_) => Value::Bytes(bytes),
        Value::Text(_) => Value::Text(text),
        other => other,
    }
}

/// Answers each packet of one client, until that client has sent its last.
fn serve<D, S, E>(
    deserializer: D,
    serializer: S,
    mut answer: impl for<'b> FnMut(D::Packet<'b>, &mut Sender<S>) -> Result<(), SendError<E>>,
) -> Outcome
where
    D: Deserializer<Error: Display> + 'static,
    E: Display,
{
    let buffer = vec![0; deserializer.buffer_len(LIMIT)];
    let mut receiver = Receiver::new(deserializer, buffer)?;
    let mut sender = Sender::new(serializer, 4 * LIMIT);
    let mut stream = accept()?;
    loop {
        match receiver.poll() {
            Ok(Event::Packet(packet)) => answer(packet, &mut sender).map_err(|error| error.to_string())?,
            Ok(Event::Receive(mut window)) => {
                let count = stream.read(window.bytes())?;
                window.received(count);
            }
            Ok(Event::End(End::Clean)) => return Ok(()),
            Ok(Event::End(end)) => return Err(format!("{end:?}").into()),
            // The client counts its answers.
            Err(PollError::Reject(error)) => eprintln!("refused: {error}"),
            Err(PollError::Fatal(error)) => return Err(error.to_string().into()),
            Err(PollError::Exhausted(error)) => return Err(error.into()),
        }
        while !sender.is_empty() {
            let count = stream.write(sender.chunks().next().unwrap_or_default())?;
            sender.sent(count);
        }
    }
}

fn accept() -> std::io::Result<TcpStream> {
    let listener = TcpListener::bind(("127.0.0.1", 0))?;
    println!("{}", listener.local_addr()?.port());
    Ok(listener.accept()?.0)
}
