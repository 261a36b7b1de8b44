//! What an async fn costs beside the same framing as a `Framing`: lines from memory, in one process.
//!
//!     cargo run --release -p wharf --example authored_cost

#![expect(clippy::print_stdout, reason = "it prints a table")]

use core::hint::black_box;
use core::time::Duration;
use std::time::Instant;

use wharf::authored::{At, Authored, Io, Outcome, Remainder};
use wharf::storage::Storage;
use wharf::{Deserializer, Event, Framed, Lines, Receiver};

/// Longest line, in bytes.
const LIMIT: usize = 64 * 1024;
/// Bytes received in all, a run.
const STREAM: usize = 8 << 20;
const ROUNDS: usize = 15;

async fn line<B: Storage>(mut io: Io<B>) -> Outcome<usize, (), B> {
    let (mut end, mut scanned) = (0, 0);
    loop {
        let count = io.write_at(At::Offset(end)).await;
        if count == 0 {
            return io.refuse((), Remainder::None);
        }
        end += count;
        if let Some(at) = memchr::memchr(b'\n', &io[scanned..end]) {
            return io.packet(scanned + at, scanned + at + 1..end);
        }
        scanned = end;
        if end == io.len() {
            return io.refuse((), Remainder::None);
        }
    }
}

/// Reads `stream` over and over through `receiver`, and returns how many packets there were.
fn drain<D: Deserializer, B: Storage>(
    receiver: &mut Receiver<D, B>,
    stream: &[u8],
    len: impl Fn(D::Packet<'_>) -> usize,
) -> usize {
    let (mut packets, mut left) = (0, STREAM);
    loop {
        match receiver.poll() {
            Ok(Event::Packet(packet)) => {
                black_box(len(packet));
                packets += 1;
            }
            Ok(Event::Receive(_)) if left == 0 => return packets,
            Ok(Event::Receive(mut window)) => {
                let window_len = window.bytes().len();
                let from = (STREAM - left) % stream.len();
                let count = window_len.min(stream.len() - from).min(left);
                window.bytes()[..count].copy_from_slice(&stream[from..from + count]);
                left -= count;
                window.received(count);
            }
            Ok(Event::End(_)) | Err(_) => panic!("the stream is whole"),
        }
    }
}

fn timed(run: impl FnOnce() -> usize) -> (Duration, usize) {
    let start = Instant::now();
    let packets = run();
    (start.elapsed(), packets)
}

fn main() {
    println!("{:>6}  {:>12}  {:>12}  {:>6}", "line", "Framing", "async fn", "ratio");
    for line_len in [16, 64, 256, 1024] {
        let mut one = vec![b'x'; line_len];
        one[line_len - 1] = b'\n';
        let stream = one.repeat((64 << 10) / line_len);
        let mut framed =
            Receiver::new(Framed::new(Lines::new(LIMIT)), vec![0; 2 * LIMIT]).expect("the buffer is long enough");
        let mut authored = Authored::new(line, vec![0; 2 * LIMIT]).expect("the buffer is long enough").into_receiver();
        let (mut by_framing, mut by_fn) = (f64::MAX, f64::MAX);
        for _ in 0..ROUNDS {
            let (time, packets) = timed(|| drain(&mut framed, &stream, |line: &[u8]| line.len()));
            by_framing = by_framing.min(time.as_nanos() as f64 / packets as f64);
            let (time, packets) = timed(|| drain(&mut authored, &stream, |len| len));
            by_fn = by_fn.min(time.as_nanos() as f64 / packets as f64);
        }
        println!("{line_len:>6}  {by_framing:>9.1} ns  {by_fn:>9.1} ns  {:>6.2}", by_fn / by_framing);
    }
}
