//! The sending side: packets of one payload, flushed `burst` at a time.

use std::io::{BufWriter, IoSlice, Write};

use ::wharf::send::{Framer, Sender};
use ::wharf::{LengthPrefixed, Lines, Width};
use bytes::Bytes;
use futures_util::SinkExt as _;
use tokio_util::codec::{Encoder, FramedWrite, LengthDelimitedCodec, LinesCodec};
use wharf_drivers::blocking;

use super::run;
use crate::sink::Sink;
use crate::stream::Wire;

/// Bytes that may be queued.
const QUEUE: usize = 1 << 20;

/// One that sends `packets` times the payload, and says what came of it.
pub type Sending<'a> = (&'static str, Box<dyn Fn() -> Sink + 'a>);

/// All that send `payload` with `wire`'s framing.
pub fn all(wire: Wire, payload: &str, packets: usize, burst: usize) -> Vec<Sending<'_>> {
    match wire {
        Wire::Lines => vec![
            ("wharf", Box::new(move || wharf(Framer::new(Lines::new(QUEUE)), payload, packets, burst))),
            (
                "std BufWriter, two writes",
                Box::new(move || {
                    std_writer(packets, burst, |writer| {
                        writer.write_all(payload.as_bytes()).unwrap();
                        writer.write_all(b"\n").unwrap();
                    })
                }),
            ),
            ("tokio-util LinesCodec", Box::new(move || run(tokio_util(LinesCodec::new(), packets, burst, || payload)))),
            ("asynchronous-codec LinesCodec", Box::new(move || run(asynchronous_lines(payload, packets, burst)))),
        ],
        _ => {
            let shared = Bytes::copy_from_slice(payload.as_bytes());
            let again = shared.clone();
            vec![
                (
                    "wharf",
                    Box::new(move || {
                        wharf(Framer::new(LengthPrefixed::new(Width::U32, QUEUE)), payload, packets, burst)
                    }),
                ),
                ("wharf, shared Bytes", Box::new(move || wharf_shared(&shared, packets, burst))),
                (
                    "std BufWriter, two writes",
                    Box::new(move || {
                        std_writer(packets, burst, |writer| {
                            let head = u32::try_from(payload.len()).unwrap().to_be_bytes();
                            writer.write_all(&head).unwrap();
                            writer.write_all(payload.as_bytes()).unwrap();
                        })
                    }),
                ),
                (
                    "tokio-util LengthDelimitedCodec",
                    Box::new(move || run(tokio_util(LengthDelimitedCodec::new(), packets, burst, || again.clone()))),
                ),
            ]
        }
    }
}

fn wharf<F: ::wharf::Enframe>(framer: Framer<F>, payload: &str, packets: usize, burst: usize) -> Sink {
    let mut connection = blocking::Connection::new(Sink::default(), (), Sender::new(framer, QUEUE));
    for packet in 1..=packets {
        connection.enqueue(payload).unwrap_or_else(|_| panic!("wharf refuses to send"));
        if packet % burst == 0 {
            connection.flush().unwrap();
        }
    }
    connection.flush().unwrap();
    *connection.stream()
}

fn wharf_shared(payload: &Bytes, packets: usize, burst: usize) -> Sink {
    let mut sender = Sender::new(Framer::new(LengthPrefixed::new(Width::U32, QUEUE)), QUEUE);
    let mut sink = Sink::default();
    for packet in 1..=packets {
        sender.enqueue_bytes(payload.clone()).unwrap();
        if packet % burst == 0 || packet == packets {
            // As the drivers do: sixteen chunks a call.
            while !sender.is_empty() {
                let mut slices = [IoSlice::new(&[]); 16];
                let count =
                    slices.iter_mut().zip(sender.chunks()).map(|(slice, chunk)| *slice = IoSlice::new(chunk)).count();
                let sent = sink.write_vectored(&slices[..count]).unwrap();
                sender.sent(sent);
            }
        }
    }
    sink
}

fn std_writer(packets: usize, burst: usize, write: impl Fn(&mut BufWriter<Sink>)) -> Sink {
    let mut writer = BufWriter::with_capacity(64 * 1024, Sink::default());
    for packet in 1..=packets {
        write(&mut writer);
        if packet % burst == 0 {
            writer.flush().unwrap();
        }
    }
    writer.flush().unwrap();
    *writer.get_ref()
}

async fn tokio_util<T, C>(codec: C, packets: usize, burst: usize, payload: impl Fn() -> T) -> Sink
where
    C: Encoder<T, Error: std::fmt::Debug>,
{
    let mut framed = FramedWrite::new(Sink::default(), codec);
    for packet in 1..=packets {
        framed.feed(payload()).await.unwrap();
        if packet % burst == 0 {
            framed.flush().await.unwrap();
        }
    }
    framed.flush().await.unwrap();
    *framed.get_ref()
}

async fn asynchronous_lines(payload: &str, packets: usize, burst: usize) -> Sink {
    let mut framed = asynchronous_codec::FramedWrite::new(Sink::default(), asynchronous_codec::LinesCodec);
    for packet in 1..=packets {
        // It wants a `String` with its LF.
        framed.feed([payload, "\n"].concat()).await.unwrap();
        if packet % burst == 0 {
            framed.flush().await.unwrap();
        }
    }
    framed.flush().await.unwrap();
    *framed
}
