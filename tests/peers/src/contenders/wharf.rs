//! Wharf itself: the same loop for every framing, as the first screen of its docs shows it.

use std::io::Read;

use wharf::codec::Utf8;
use wharf::{Codec, Deserializer, Event, Framed, Framing, LengthPrefixed, Lines, Raw, Ready, Receiver, Width};

use crate::stream::{Stream, Wire};
use crate::tally::Tally;

/// A receiver with a buffer of `buffer` bytes.
pub fn receiver<F: Framing, C: Codec>(framing: F, codec: C, buffer: usize) -> Receiver<Framed<F, C>, Box<[u8]>> {
    let framed = Framed::with_codec(framing, codec);
    let buffer = buffer.max(framed.buffer_len(0));
    Receiver::new(framed, vec![0; buffer].into_boxed_slice()).unwrap()
}

/// Lets `receiver` read all that `reader` has.
pub fn read<F: Framing, C>(mut reader: impl Read, receiver: &mut Receiver<Framed<F, C>, Box<[u8]>>) -> Tally
where
    C: for<'b> Codec<Packet<'b>: AsRef<[u8]>>,
{
    let mut tally = Tally::default();
    loop {
        let Ok(event) = receiver.poll() else { panic!("wharf refuses a packet") };
        match event {
            Event::Packet(packet) => tally.take(packet.as_ref()),
            Event::Receive(mut window) => {
                let count = reader.read(window.bytes()).unwrap();
                window.received(count);
            }
            Event::End(_) => return tally,
        }
    }
}

/// The same with all the packets of a window lent at once.
fn read_batches<F: Framing>(mut reader: impl Read, mut receiver: Receiver<Framed<F>, Box<[u8]>>) -> Tally {
    let mut tally = Tally::default();
    loop {
        for packet in receiver.batch() {
            let Ok(packet) = packet else { panic!("wharf refuses a packet") };
            tally.take(packet);
        }
        match receiver.ready() {
            Ready::Receive => {
                let count = reader.read(receiver.window().unwrap()).unwrap();
                receiver.received(count);
            }
            Ready::Packet => {}
            Ready::End(_) => return tally,
            Ready::Reject(_) | Ready::Fatal(_) => panic!("wharf refuses a packet"),
        }
    }
}

/// Lines as bytes.
pub fn lines(reader: impl Read, buffer: usize) -> Tally {
    read(reader, &mut receiver(Lines::new(limit(buffer)), Raw, buffer))
}

/// Lines as `&str`, for peers that check them, too.
pub fn text_lines(reader: impl Read, buffer: usize) -> Tally {
    read(reader, &mut receiver(Lines::new(limit(buffer)), Utf8, buffer))
}

/// Lines as bytes, a window at once.
pub fn lines_batch(reader: impl Read, buffer: usize) -> Tally {
    read_batches(reader, receiver(Lines::new(limit(buffer)), Raw, buffer))
}

/// Packets behind a `u32`.
pub fn length32(reader: impl Read, buffer: usize) -> Tally {
    read(reader, &mut receiver(LengthPrefixed::new(Width::U32, limit(buffer)), Raw, buffer))
}

/// Packets behind a `u32`, a window at once.
pub fn length32_batch(reader: impl Read, buffer: usize) -> Tally {
    read_batches(reader, receiver(LengthPrefixed::new(Width::U32, limit(buffer)), Raw, buffer))
}

/// Packets behind a `u64`.
pub fn length64(reader: impl Read, buffer: usize) -> Tally {
    read(reader, &mut receiver(LengthPrefixed::new(Width::U64, limit(buffer)), Raw, buffer))
}

/// Bytes that the engine moves while it reads `stream`.
pub fn moved(stream: &Stream, piece: usize, buffer: usize) -> u64 {
    let memory = stream.memory(piece);
    if stream.wire == Wire::Lines {
        let mut receiver = receiver(Lines::new(limit(buffer)), Raw, buffer);
        read(memory, &mut receiver);
        return receiver.deserializer().moved();
    }
    let mut receiver = receiver(LengthPrefixed::new(Width::U32, limit(buffer)), Raw, buffer);
    read(memory, &mut receiver);
    receiver.deserializer().moved()
}

/// The longest payload that a buffer of `buffer` bytes is for.
fn limit(buffer: usize) -> usize {
    buffer - 16
}
