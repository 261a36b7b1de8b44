//! Compressed streams of a format that makes exactly what it is told to, so that the limits can be met to the byte.

use wharf::codec::{Format, Progress, State};
use wharf::{CompressedStream, Raw};

use crate::drive::{Seen, at_every_cut, clean, fatal, packet, reject};

/// A byte `n` makes 1,000 times `n` zeros, [`OVER`] one more than the limit, [`ONE`] one; [`END`] ends the stream,
/// and at [`STUCK`] nothing happens any more. What is behind a byte that makes something waits for the next call.
#[derive(Debug, Default)]
struct Scripted {
    due: usize,
}

const LIMIT: usize = 100;
const OVER: u8 = b'O';
const ONE: u8 = b'1';
const END: u8 = b'E';
const STUCK: u8 = b'S';

impl Format for Scripted {
    const EXPECTED: &'static str = "a script";

    fn restart(&mut self) {
        self.due = 0;
    }

    fn decompress(&mut self, input: &[u8], output: &mut [u8]) -> Progress {
        let (mut read, mut written) = (0, 0);
        loop {
            let count = self.due.min(output.len() - written);
            self.due -= count;
            written += count;
            match input.get(read) {
                Some(&END) if self.due == 0 => return Progress { read: read + 1, written, state: State::Ended },
                Some(&OVER) if written == 0 => self.due = LIMIT + 1,
                Some(&ONE) if written == 0 => self.due = 1,
                Some(&kilobytes) if written == 0 && kilobytes != STUCK => self.due = 1000 * usize::from(kilobytes),
                _ => return Progress { read, written, state: State::Open },
            }
            read += 1;
        }
    }

    fn compress(&mut self, _: &[u8], _: u8, _: &mut Vec<u8>) {}
}

/// What comes of `streams`, of which `max_skip` bytes may be thrown away, at every cut.
#[track_caller]
fn check(max_skip: u64, streams: &[&[u8]], expected: &[Seen]) {
    let make = || CompressedStream::<Scripted, _>::new(1000, LIMIT, Raw).max_skip(max_skip);
    assert_eq!(at_every_cut(make, &streams.concat()), expected);
}

fn refused(at: usize) -> String {
    format!("packet exceeds the limit of {LIMIT} bytes at byte {at}")
}

#[test]
fn as_much_is_thrown_away_as_is_allowed_and_no_byte_more() {
    // What came before the refusal isn't thrown away by the rest of the stream.
    let rest = 3000 - (LIMIT as u64 + 1);
    let streams: [&[u8]; 2] = [&[1, 2, END], &[0, END]];
    check(rest, &streams, &[reject(&refused(0)), packet(""), clean()]);
    check(rest - 1, &streams, &[reject(&refused(0)), fatal(&refused(0))]);
}

#[test]
fn a_refused_stream_ends_where_it_ends_however_often_it_fills_the_room() {
    check(u64::MAX, &[&[1, 1, 1, 0, END], &[0, END]], &[reject(&refused(0)), packet(""), clean()]);
}

#[test]
fn every_byte_of_a_stream_earns_whether_it_is_delivered_or_refused() {
    // It leaves the 101 bytes that came before the refusal, and earns three times 1024: not enough for four thousand.
    let hungry: &[u8] = &[10, 10, END];
    check(20_000, &[hungry, &[4, END]], &[reject(&refused(0)), reject(&refused(3)), fatal(&refused(3))]);
    check(
        20_000,
        &[hungry, &[0, 0, 0, END], &[7, END]],
        &[reject(&refused(0)), packet(""), reject(&refused(7)), clean()],
    );
    check(
        20_000,
        &[hungry, &[0, 0, OVER, END], &[7, END]],
        &[reject(&refused(0)), reject(&refused(3)), reject(&refused(7)), clean()],
    );
}

#[test]
fn a_format_that_gets_no_further_ends_the_stream_and_one_that_only_writes_does_not() {
    check(u64::MAX, &[&[ONE, ONE, ONE, END], &[0, END]], &[packet([0; 3]), packet(""), clean()]);
    let stuck = fatal("malformed packet: expected a script at byte 0");
    check(u64::MAX, &[&[ONE, STUCK, END]], &[stuck]);
}
