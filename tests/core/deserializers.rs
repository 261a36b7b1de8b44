//! What every deserializer does, whatever it reads: stands between packets, goes on where another left off, ends.
#![allow(clippy::unwrap_used, missing_docs, reason = "a test")]

use std::ops::Range;

use bytes::Bytes;
use wharf::authored::{At, Authored, Io, Outcome};
use wharf::codec::{Bzip2, Raw, Zlib};
use wharf::incremental::{Buffered, Chunk, Chunked, Fed, Incremental};
use wharf::send::{Framer, Sender};
use wharf::storage::Pool;
use wharf::{
    Bodies, Bzip2Stream, CborItems, Delimited, Deserializer, Edit, End, Ending, ErrorKind, Fixed, Found, FrameError,
    Framed, Framing, JsonDocuments, LengthPrefixed, Lines, MessagePackItems, Netstring, PollError, Ready, Receiver,
    SizePrefixed, Stapled, Step, SwitchError, Width, ZlibStream,
};

fn prefixed() -> LengthPrefixed {
    LengthPrefixed::new(Width::U8, 255)
}

/// One byte that isn't a zero and a zero, as a packet: fed.
#[derive(Debug, Default)]
struct Pairs {
    first: Option<u8>,
}

impl Incremental for Pairs {
    type Packet = u8;
    type Error = &'static str;

    fn feed(&mut self, bytes: &[u8]) -> Fed<u8, &'static str> {
        match (self.first.take(), bytes) {
            (None, [first, 0, ..]) => Fed::Packet { packet: *first, consumed: 2 },
            (None, [first]) => {
                self.first = Some(*first);
                Fed::More
            }
            (None, _) => Fed::Fatal { error: "no zero", consumed: 1 },
            (Some(first), _) => Fed::Packet { packet: first, consumed: 1 },
        }
    }

    fn end(&mut self) -> Option<Result<u8, &'static str>> {
        Some(Err("half a pair"))
    }
}

/// The same, by hand, with what a deserializer must have and no more.
#[derive(Default)]
struct ByHand {
    unread: Range<usize>,
    position: u64,
}

impl Deserializer for ByHand {
    type Span = u8;
    type Packet<'b> = u8;
    type Error = ();

    fn buffer_len(&self, size_hint: usize) -> usize {
        size_hint.max(2)
    }

    fn step(&mut self, buffer: &mut [u8]) -> Step<u8, ()> {
        if self.unread.len() < 2 {
            buffer.copy_within(self.unread.clone(), 0);
            self.unread = 0..self.unread.len();
            return Step::Receive { at: self.unread.end..2 };
        }
        let first = buffer[self.unread.start];
        self.unread.start += 2;
        self.position += 2;
        Step::Packet(first)
    }

    fn received(&mut self, count: usize) {
        self.unread.end += count;
    }

    fn view(&mut self, _: &mut [u8], span: u8) -> Result<u8, ()> {
        Ok(span)
    }

    fn retained(&self) -> Range<usize> {
        self.unread.clone()
    }

    fn position(&self) -> u64 {
        self.position
    }

    fn adopt(&mut self, unread: Range<usize>, position: u64) {
        (self.unread, self.position) = (unread, position);
    }
}

async fn pairs(mut io: Io<Vec<u8>>) -> Outcome<u8, &'static str, Vec<u8>> {
    let mut end = 0;
    while end < 2 {
        end += io.write_at(At::Offset(end)).await;
    }
    let (first, behind) = (io[0], Bytes::copy_from_slice(&io[2..end]));
    io.packet(first, behind)
}

/// A stream that begins with a line is read on by `next`, which finds one packet more and half of another: `packet`
/// twice, cut before its last byte.
#[track_caller]
fn check_switch<D: Deserializer>(next: D, packet: &[u8]) -> Receiver<D, Box<[u8]>> {
    let lines = Receiver::new(Framed::new(Lines::new(4)), vec![0; 256].into()).unwrap();
    let mut lines: Receiver<_, Box<[u8]>> = lines;
    assert_eq!(lines.ready(), Ready::Receive);
    let stream = [b"up\n", packet, packet].concat();
    let last = stream.len() - 1;
    assert_eq!(lines.feed(&stream[..last]).unwrap(), last);
    assert_eq!(lines.ready(), Ready::Packet);
    assert_eq!(lines.packet().unwrap(), b"up");
    let Ok(mut receiver) = lines.switch(next) else { panic!("it goes on in the same buffer") };
    assert_eq!(receiver.position(), 3);
    let mut packets = 0;
    loop {
        match receiver.ready() {
            Ready::Packet => assert!(receiver.packet().is_ok()),
            Ready::Receive => break,
            _ => panic!("neither a packet nor a window"),
        }
        packets += 1;
    }
    assert!(packets > 0);
    assert!(!receiver.is_between_packets(), "half a packet is there");
    assert_eq!(receiver.position() + receiver.remainder().len() as u64, last as u64);
    assert_eq!(receiver.feed(&stream[last..]).unwrap(), 1);
    while let Ready::Packet = receiver.ready() {
        assert!(receiver.packet().is_ok());
    }
    assert!(receiver.is_between_packets());
    assert_eq!(receiver.position(), stream.len() as u64);
    receiver
}

#[track_caller]
fn compressed<C: wharf::Encode<[u8]>>(mut codec: C) -> Vec<u8> {
    let mut wire = Vec::new();
    assert!(codec.encode(b"a packet", &mut wire).is_ok());
    wire
}

#[test]
fn every_deserializer_goes_on_with_bytes_that_another_received() {
    check_switch(Framed::new(prefixed()), b"\x03abc");
    check_switch(Bodies::new(prefixed()), b"\x03abc");
    check_switch(Buffered::new(Pairs::default()), b"a\0");
    check_switch(ByHand::default(), b"a\0");
    check_switch(ZlibStream::new(100, 100, Raw), &compressed(Zlib::new(100, Raw)));
    check_switch(Bzip2Stream::new(200, 100, Raw), &compressed(Bzip2::new(100, Raw)));
}

#[test]
fn one_with_a_buffer_of_its_own_takes_no_bytes_that_another_received() {
    let mut lines = Receiver::new(Framed::new(Lines::new(4)), [0; 16]).unwrap();
    assert_eq!(lines.ready(), Ready::Receive);
    assert_eq!(lines.feed(b"up\na").unwrap(), 4);
    assert_eq!(lines.ready(), Ready::Packet);
    assert_eq!(lines.packet().unwrap(), b"up");
    let authored = Authored::new(pairs, vec![0; 8]).unwrap();
    assert_eq!(format!("{authored:?}"), "Authored { state: Between, received: 0, eof: false, .. }");
    let mut receiver = match lines.switch(authored) {
        Ok(receiver) => receiver,
        Err(SwitchError { .. }) => panic!("what is unread is handed over"),
    };
    assert!(!receiver.is_between_packets(), "a byte of the next is there");
    assert!(matches!(receiver.ready(), Ready::Receive));
    assert_eq!(receiver.feed(b"\0bc").unwrap(), 3);
    assert!(matches!(receiver.ready(), Ready::Packet));
    assert_eq!(receiver.packet().unwrap(), b'a');
    assert!(!receiver.is_between_packets());
    assert!(matches!(receiver.ready(), Ready::Packet));
    assert_eq!(receiver.packet().unwrap(), b'b');
    assert!(receiver.is_between_packets());
}

#[test]
fn the_end_inside_a_packet_is_what_the_incremental_makes_of_it() {
    let mut chunked = Chunked::new(Buffered::new(Pairs::default()), [0; 4]).unwrap();
    assert_eq!(format!("{:?}", chunked.receiver().deserializer().incremental()), "Pairs { first: None }");
    let mut bytes = &b"a\0b"[..];
    assert!(matches!(chunked.next(&mut bytes), Ok(Chunk::Packet(b'a'))));
    assert!(matches!(chunked.next(&mut bytes), Ok(Chunk::More)));
    let said = format!("{:?}", chunked.receiver().deserializer());
    let expected = "Buffered { incremental: Pairs { first: Some(98) }, retained: 0..0, taken: 1, position: 3, .. }";
    assert_eq!(said, expected);
    chunked.finish().unwrap();
    let Err(PollError::Reject(error)) = chunked.next(&mut bytes) else { panic!("half a pair is refused") };
    assert_eq!((error.kind(), error.position()), (&ErrorKind::Payload("half a pair"), 2));
    assert!(matches!(chunked.next(&mut bytes), Ok(Chunk::End(End::Clean))));
    let mut receiver = chunked.into_receiver();
    assert!(matches!(receiver.ready(), Ready::End(End::Fused)));
}

#[test]
fn chunked_says_what_is_fatal_and_where_there_is_no_buffer() {
    let mut chunked = Chunked::new(Buffered::new(Pairs::default()), [0; 4]).unwrap();
    let Err(PollError::Fatal(error)) = chunked.next(&mut &b"ab"[..]) else { panic!("no zero behind the a") };
    assert_eq!((error.kind(), error.position()), (&ErrorKind::Payload("no zero"), 0));
    let pool = Pool::new(16, 0);
    let mut chunked = Chunked::new(Framed::new(Lines::new(8)), pool.lease()).unwrap();
    let mut bytes = &b"a\n"[..];
    assert!(matches!(chunked.next(&mut bytes), Err(PollError::Exhausted(_))));
    assert_eq!(bytes, b"a\n", "nothing is lost");
}

#[test]
fn one_that_knows_no_end_ends_where_the_stream_does() {
    for (stream, end) in [(&b""[..], End::Clean), (b"a", End::Truncated { had: 1, missing: 1 })] {
        let mut receiver = Receiver::new(ByHand::default(), [0; 4]).unwrap();
        assert!(!receiver.deserializer().is_exact());
        assert!(matches!(receiver.ready(), Ready::Receive));
        assert_eq!(receiver.feed(stream).unwrap(), stream.len());
        assert!(matches!(receiver.ready(), Ready::Receive));
        receiver.window().unwrap();
        receiver.received(0);
        assert!(matches!(receiver.ready(), Ready::End(said) if said == end), "{stream:?}");
    }
}

/// Takes one byte for a packet, and says of the second that it took two.
#[derive(Debug, Default)]
struct Overreaching {
    packets: usize,
}

impl Incremental for Overreaching {
    type Packet = ();
    type Error = ();

    fn feed(&mut self, _: &[u8]) -> Fed<(), ()> {
        self.packets += 1;
        Fed::Packet { packet: (), consumed: self.packets }
    }
}

#[test]
#[should_panic(expected = "2 bytes taken of 1")]
fn more_bytes_taken_than_there_are_panics() {
    let buffered = Buffered::new(Overreaching::default());
    assert_eq!((buffered.buffer_len(0), buffered.buffer_len(100)), (1, 100));
    let mut receiver = Receiver::new(buffered, [0; 8]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"ab").unwrap(), 2);
    assert_eq!((receiver.ready(), receiver.packet()), (Ready::Packet, Ok(())));
    let _ = receiver.ready();
}

#[test]
fn framings_tell_their_limit() {
    assert_eq!(Delimited::new("--", 7).unwrap().limit(), 7);
    assert_eq!(prefixed().limit(), 255);
    assert_eq!(JsonDocuments::new(7).limit(), 7);
    assert_eq!(CborItems::new(7).limit(), 7);
    assert_eq!(MessagePackItems::new(7).limit(), 7);
}

#[test]
fn delimiters_that_follow_one_another_are_a_gap_where_that_is_asked_for() {
    let mut receiver = Receiver::new(Framed::new(Delimited::new("--", 7).unwrap().skip_empty()), [0; 32]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    let stream = b"----a------b--";
    assert_eq!(receiver.feed(stream).unwrap(), stream.len());
    for expected in [b"a", b"b"] {
        assert_eq!(receiver.ready(), Ready::Packet);
        assert_eq!(receiver.packet().unwrap(), expected);
    }
    assert_eq!(receiver.ready(), Ready::Receive);
}

#[test]
fn a_size_that_is_not_to_be_skipped_is_fatal() {
    let mut receiver = Receiver::new(Framed::new(SizePrefixed::new(4).max_skip(5)), [0; 32]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    let stream = [&5_u32.to_le_bytes()[..], &[7; 5], &6_u32.to_le_bytes()].concat();
    assert_eq!(receiver.feed(&stream).unwrap(), stream.len());
    assert!(matches!(receiver.ready(), Ready::Reject(error) if error.position() == 0));
    assert!(matches!(receiver.ready(), Ready::Fatal(error) if error.position() == 9));
}

#[test]
fn a_framing_that_is_chosen_at_run_time_scans_as_itself() {
    let mut boxed: Box<dyn Framing> = Box::new(Lines::new(4));
    assert_eq!((boxed.scan(b"ab\n", 0, false), boxed.max_len()), (Lines::new(4).scan(b"ab\n", 0, false), 5));
    let stapled = Stapled::new(Lines::new(4), prefixed());
    assert_eq!((stapled.max_len(), stapled.received().max_len(), stapled.sent().limit()), (5, 5, 255));
}

/// A framing that holds on to more than it said it would.
struct Greedy;

impl Framing for Greedy {
    fn scan(&mut self, unread: &[u8], _: usize, _: bool) -> Found {
        Found::More { need: unread.len() + 1 }
    }

    fn max_len(&self) -> usize {
        4
    }
}

#[test]
fn a_framing_that_holds_on_to_more_than_it_said_is_stopped() {
    let mut receiver = Receiver::new(Framed::new(Greedy), [0; 4]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"abcdef").unwrap(), 4);
    let Ready::Fatal(error) = receiver.ready() else { panic!("there is no room for more") };
    assert_eq!(error.kind(), &ErrorKind::Frame(FrameError::LimitExceeded { limit: 4, needed: None }));
    assert_eq!(receiver.ready(), Ready::End(End::Fused));
}

#[test]
fn a_batch_leaves_the_end_to_the_next_step() {
    let mut framed = Framed::with_codec(Fixed::new(2).unwrap(), Edit);
    let _: &Edit = framed.codec_mut();
    assert_eq!(framed.codec(), &Edit);
    let mut framed = Framed::new(Fixed::new(2).unwrap());
    let mut buffer = *b"abcde";
    framed.adopt(0..5, 10);
    framed.received(0);
    let packets: Vec<_> = framed.batch(&buffer).map(Result::unwrap).collect();
    assert_eq!(packets, [b"ab", b"cd"]);
    assert_eq!(framed.batch(&buffer).count(), 0);
    assert!(matches!(framed.step(&mut buffer), Step::End(End::Truncated { had: 1, missing: 1 })));
    assert_eq!(framed.batch(&buffer).count(), 0);
}

#[test]
fn a_queue_that_is_sent_in_parts_keeps_what_is_not_sent() {
    let mut sender = Sender::new(Framer::new(Lines::new(1 << 20)), 1 << 20);
    let line = |byte: u8, len: usize| vec![byte; len];
    sender.enqueue(&line(b'a', 5000)).unwrap();
    sender.enqueue_bytes(Bytes::from(line(b'b', 3000))).unwrap();
    sender.enqueue(&line(b'c', 1000)).unwrap();
    let all = sender.chunks().collect::<Vec<_>>().concat();
    let mut sent = 0;
    for len in [4095, 1, 1, 900, 10, 2000, 1900, 93, 1] {
        sender.sent(len);
        sent += len;
        assert_eq!(sender.chunks().collect::<Vec<_>>().concat(), all[sent..], "{sent} bytes are sent");
        assert_eq!(sender.len(), all.len() - sent);
    }
    sender.enqueue(&line(b'd', 3)).unwrap();
    assert_eq!(sender.chunks().collect::<Vec<_>>().concat(), [&all[sent..], b"ddd\n"].concat());
    *sender.serializer_mut() = Framer::new(Lines::new(2));
    assert!(sender.enqueue(&line(b'e', 3)).is_err(), "the new serializer's limit counts");
}

/// Ends its one packet with more bytes of its own than the storage has room for.
async fn pours(mut io: Io<Vec<u8>>) -> Outcome<u8, &'static str, Vec<u8>> {
    let count = io.write_at(At::Start).await;
    assert!(count > 0);
    let first = io[0];
    io.packet(first, if first == b'+' { Bytes::from(vec![b'-'; 64]) } else { Bytes::from_static(b"rest") })
}

#[test]
fn bytes_of_its_own_are_in_the_storage_of_one_that_is_taken_apart_or_it_comes_back() {
    for (stream, fits) in [(b"*", true), (b"+", false)] {
        let mut receiver = Authored::new(pours, vec![0; 8]).unwrap().into_receiver();
        assert!(matches!(receiver.ready(), Ready::Receive));
        assert_eq!(receiver.feed(stream).unwrap(), 1);
        assert!(matches!(receiver.ready(), Ready::Packet));
        receiver.packet().unwrap();
        match receiver.into_parts().deserializer.into_parts() {
            Ok(parts) => assert!(fits && parts.storage[parts.unread] == *b"rest"),
            Err(back) => assert!(!fits && back.retained().len() == 64 && back.storage().is_some()),
        }
    }
}

#[test]
fn a_line_brings_any_ending_that_its_framing_keeps() {
    for (ending, good, bad) in [
        (Ending::Lf, &[&b"ab\n"[..], b"\n", b"ab\r\n"][..], &[&b"ab"[..], b"ab\r", b"a\nb\n"][..]),
        (Ending::CrLf, &[b"ab\r\n", b"\r\n", b"a\nb\r\n"], &[b"ab\n", b"ab\r", b"a\r\nb\r\n"]),
        (Ending::Any, &[b"ab\n", b"ab\r\n", b"\n", b"a\rb\n"], &[b"ab\r", b"ab", b"a\nb\n", b"a\r\nb\n", b"a\r\r\n"]),
    ] {
        for line in good {
            let mut sender = Sender::new(Framer::new(Lines::new(4).ending(ending).keep_ending()), 64);
            sender.enqueue(*line).unwrap();
            assert_eq!(sender.chunks().collect::<Vec<_>>().concat(), *line, "{ending:?}");
        }
        for line in bad {
            let mut sender = Sender::new(Framer::new(Lines::new(4).ending(ending).keep_ending()), 64);
            assert!(sender.enqueue(*line).is_err(), "{ending:?} {:?}", line.escape_ascii().to_string());
        }
    }
}

#[test]
fn one_that_is_fed_stands_between_packets_only_where_no_byte_of_the_next_is_there() {
    let mut receiver = Receiver::new(Buffered::new(Pairs::default()), [0; 8]).unwrap();
    assert!(receiver.is_between_packets());
    assert!(matches!(receiver.ready(), Ready::Receive));
    assert_eq!(receiver.feed(b"a\0b").unwrap(), 3);
    assert!(matches!(receiver.ready(), Ready::Packet));
    receiver.packet().unwrap();
    assert!(!receiver.is_between_packets(), "not fed yet");
    assert!(matches!(receiver.ready(), Ready::Receive));
    assert!(!receiver.is_between_packets(), "fed, and not complete");
}

#[test]
fn room_for_what_comes_out_is_kept_while_a_stream_is_open() {
    let wire = compressed(Zlib::new(100, Raw));
    let mut receiver = Receiver::new(ZlibStream::new(100, 100, Raw), [0; 256]).unwrap();
    assert!(matches!(receiver.ready(), Ready::Receive));
    assert_eq!(receiver.feed(&wire[..wire.len() - 1]).unwrap(), wire.len() - 1);
    assert!(matches!(receiver.ready(), Ready::Receive));
    receiver.deserializer_mut().shrink();
    assert_eq!(receiver.feed(&wire[wire.len() - 1..]).unwrap(), 1);
    assert!(matches!(receiver.ready(), Ready::Packet));
    assert_eq!(receiver.packet().unwrap(), b"a packet");
    receiver.deserializer_mut().shrink();
    assert!(matches!(receiver.ready(), Ready::Receive));
    assert_eq!(receiver.feed(&wire).unwrap(), wire.len());
    assert!(matches!(receiver.ready(), Ready::Packet));
}

#[test]
fn a_netstring_within_the_limit_is_delivered_whatever_may_be_skipped() {
    let mut receiver = Receiver::new(Framed::new(Netstring::new(5).max_skip(2)), [0; 32]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"3:abc,6:").unwrap(), 8);
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!(receiver.packet().unwrap(), b"abc");
    assert!(matches!(receiver.ready(), Ready::Fatal(error) if error.position() == 6));
}

#[test]
fn a_long_queue_is_not_moved_for_every_part_of_it_that_is_sent() {
    let mut sender = Sender::new(Framer::new(Lines::new(1 << 20)), 1 << 20);
    sender.enqueue(&vec![b'a'; 20_000]).unwrap();
    let at = sender.chunks().next().unwrap().as_ptr();
    sender.sent(5000);
    assert_eq!(sender.chunks().next().unwrap().as_ptr(), at.wrapping_add(5000), "the bytes stand where they stood");
    sender.sent(10_000);
    assert_eq!(sender.chunks().next().unwrap().len(), 5001);
    assert_eq!(sender.chunks().next().unwrap().as_ptr(), at, "most of it is sent: the rest is moved, once");
}
