//! No case makes anyone hold more than was configured, and packets cost no allocation.

use core::fmt::Debug;

use wharf::{Deserializer, Ready, Receiver};
use wharf_tests::hostile::{Case, Corpus, Format, Visitor, cases, corpora};
use wharf_tests::work::{Heap, heap};

/// Bytes over the buffer that anyone may hold.
const SLACK: isize = 4096;

/// Receives `stream` in pieces of `piece` bytes into a buffer of its own, up to its end; what it took of the heap, and
/// the buffer's length.
struct Spend<'s> {
    stream: &'s [u8],
    piece: usize,
}

impl Visitor for Spend<'_> {
    type Out = (Heap, isize);

    fn visit<D>(self, make: impl Fn() -> D) -> Self::Out
    where
        D: for<'b> Deserializer<Packet<'b> = &'b [u8], Error: Debug> + 'static,
    {
        let len = make().buffer_len(0);
        let (spent, ()) = heap(|| {
            let mut receiver = Receiver::new(make(), vec![0; len]).expect("long enough");
            let mut rest = self.stream;
            loop {
                match receiver.ready() {
                    Ready::Receive => {
                        let window = receiver.window().expect("there is a buffer");
                        let count = window.len().min(self.piece).min(rest.len());
                        window[..count].copy_from_slice(&rest[..count]);
                        receiver.received(count);
                        rest = &rest[count..];
                    }
                    Ready::Packet => drop(receiver.packet()),
                    Ready::Reject(_) => {}
                    Ready::Fatal(_) | Ready::End(_) => break,
                }
            }
        });
        (spent, isize::try_from(len).expect("short buffers"))
    }
}

/// What a codec takes on top, by the crate that it is from.
fn state(format: Format, buffer: isize) -> isize {
    match format {
        // What may come out, as it is configured here; the window and the tables.
        Format::Zlib => 2 * buffer + 48 * 1024,
        // What may come out; four bytes for each of the 900,000 of a block.
        Format::Bzip2 => buffer / 2 + 3_700_000,
        // A byte string is collected, even one that nobody wants.
        Format::Cbor => 2 * buffer,
        _ => 0,
    }
}

#[track_caller]
fn check(format: Format, limit: usize, depth: usize, stream: &[u8], name: &str) {
    for piece in [1, 7, stream.len()] {
        let (spent, buffer) = format.visit(limit, depth, Spend { stream, piece });
        let most = buffer + SLACK + state(format, buffer);
        assert!(
            spent.peak <= most,
            "{format:?}, {name} in pieces of {piece}: {} bytes, of a buffer of {buffer}",
            spent.peak
        );
        assert_eq!(spent.live, 0, "{format:?}, {name} in pieces of {piece}: something is kept");
    }
}

#[test]
fn no_case_takes_more_than_its_buffer_and_four_kib() {
    for case in cases() {
        check(case.format, Case::LIMIT, Case::DEPTH, &case.stream(), &case.name());
    }
}

#[test]
fn no_stream_takes_more_than_its_buffer_and_four_kib_however_long() {
    for corpus in corpora() {
        let Corpus { format, class, limit, depth, .. } = corpus;
        check(format, limit(40_000), depth, &corpus.make(40_000), class);
    }
}

#[test]
fn ten_times_as_many_packets_allocate_no_more() {
    for format in Format::ALL {
        let case = Case { format, class: "", bad: Vec::new(), outcome: wharf_tests::hostile::Outcome::Nothing };
        let (good, _) = case.good();
        let allocations = |count: usize| {
            let stream = good.repeat(count);
            format.visit(Case::LIMIT, Case::DEPTH, Spend { stream: &stream, piece: 64 }).0.allocations
        };
        // bzip2's state is not made to be used again.
        let each = if format == Format::Bzip2 { 3 } else { 0 };
        assert_eq!(allocations(1000) - allocations(100), each * 900, "{format:?}");
    }
}
