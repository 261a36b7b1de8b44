//! What the receive core costs, counted: allocations, bytes moved, bytes scanned.

use bytes::BytesMut;
use wharf::storage::Pool;
use wharf::{Delimited, Ending, Fixed, Framed, Framing, LengthPrefixed, Lines, Ready, Receiver, Width};
use wharf_tests::work::{Counting, CountingAllocator, Heap, Tally, heap, pump};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

const BUFFER: usize = 64 * 1024;
const MIB: usize = 1 << 20;

/// Framings whose packets are at most `limit` bytes, each with a packet of so many bytes on the wire.
fn framings(limit: usize, len: usize) -> Vec<(&'static str, Box<dyn Framing>, Vec<u8>)> {
    let ended_by = |ending: &[u8]| [&vec![b'x'; len - ending.len()], ending].concat();
    let body = len - 4;
    let prefix = u32::try_from(body).expect("short packets").to_be_bytes();
    vec![
        ("lf", Box::new(Lines::new(limit)), ended_by(b"\n")),
        ("crlf", Box::new(Lines::new(limit).ending(Ending::CrLf)), ended_by(b"\r\n")),
        ("any", Box::new(Lines::new(limit).ending(Ending::Any)), ended_by(b"\r\n")),
        ("delimited", Box::new(Delimited::new(b"\0\0\0", limit).expect("not empty")), ended_by(b"\0\0\0")),
        ("fixed", Box::new(Fixed::new(len).expect("not 0")), vec![b'x'; len]),
        (
            "length-prefixed",
            Box::new(LengthPrefixed::new(Width::U32, limit)),
            [&prefix[..], &vec![b'x'; body]].concat(),
        ),
    ]
}

#[test]
fn nothing_is_allocated_per_packet_or_receive() {
    for (name, framing, packet) in framings(1024, 64) {
        let mut receiver = Receiver::new(Framed::new(framing), vec![0; 4096]).expect("long enough");
        let stream = packet.repeat(500);
        for len in [1, 7, 63, 64, 65, 1000, BUFFER] {
            let (used, tally) = heap(|| pump(&mut receiver, &stream, len));
            assert_eq!((used, tally.packets), (Heap::default(), 500), "{name} in pieces of {len}");
        }
    }
}

#[test]
fn nothing_is_allocated_per_refused_packet() {
    for (name, framing, packet) in framings(32, 300) {
        if name == "fixed" {
            continue;
        }
        let mut receiver = Receiver::new(Framed::new(framing), vec![0; 64]).expect("long enough");
        let stream = packet.repeat(100);
        for len in [1, 63, BUFFER] {
            let (used, tally) = heap(|| pump(&mut receiver, &stream, len));
            assert_eq!((used, tally.rejects, tally.packets), (Heap::default(), 100, 0), "{name} in pieces of {len}");
        }
    }
}

#[test]
fn nothing_is_allocated_for_heads_without_bodies() {
    let heads: [(Box<dyn Framing>, &[u8]); 4] = [
        (Box::new(Lines::new(1024)), b"\n"),
        (Box::new(Delimited::new(b"\r\n\r\n", 1024).expect("not empty")), b"\r\n\r\n"),
        (Box::new(LengthPrefixed::new(Width::U64, 1024)), &[0; 8]),
        (Box::new(LengthPrefixed::new(Width::Varint, 1024)), &[0x80, 0x80, 0]),
    ];
    for (framing, head) in heads {
        let mut receiver = Receiver::new(Framed::new(framing), vec![0; 2048]).expect("long enough");
        let (used, tally) = heap(|| pump(&mut receiver, &head.repeat(5000), 1000));
        // The stream itself is the one allocation.
        assert_eq!((used.allocations, used.live, tally.packets), (1, 0, 5000), "{head:?}");
    }
}

#[test]
fn a_lease_that_rests_and_wakes_allocates_nothing() {
    let pool = Pool::new(4096, 2);
    let mut receiver = Receiver::new(Framed::new(Lines::new(1024)), pool.lease()).expect("long enough");
    // The pool makes its buffer, and room to keep it in.
    pump(&mut receiver, b"warm\n", 9);
    receiver.rest();
    let (used, ()) = heap(|| {
        for _ in 0..100 {
            pump(&mut receiver, b"whole\nhal", 9);
            receiver.rest();
            assert_eq!(pool.in_use(), 0, "half a line is kept in the lease");
            pump(&mut receiver, b"f\n", 9);
            receiver.rest();
        }
    });
    assert_eq!(used, Heap::default());
}

#[test]
fn at_most_two_bytes_in_a_hundred_are_moved() {
    for packet_len in [64, 65, 100, 255, 512, 1000, 1024] {
        for len in [BUFFER, 16 * 1024, 1448, 100] {
            for (name, framing, packet) in framings(1024, packet_len) {
                let stream = packet.repeat(20 * BUFFER / packet_len);
                let mut receiver = Receiver::new(Framed::new(framing), vec![0; BUFFER]).expect("long enough");
                let tally = pump(&mut receiver, &stream, len);
                assert_eq!(tally.packets, (20 * BUFFER / packet_len) as u64);
                let moved = receiver.deserializer().moved();
                let most = stream.len() as u64 / 50;
                assert!(moved <= most, "{name} of {packet_len} in pieces of {len}: {moved} of {} moved", stream.len());
            }
        }
    }
}

#[test]
fn packets_that_are_split_off_share_their_blocks() {
    let mut receiver = Receiver::new(Framed::new(Lines::new(100)), BytesMut::zeroed(101)).expect("long enough");
    let stream = [&[b'x'; 63][..], b"\n"].concat().repeat(10_000);
    let (mut left, mut packets) = (&stream[..], 0);
    let (used, ()) = heap(|| {
        while packets < 10_000 {
            match receiver.ready() {
                Ready::Receive => left = &left[receiver.feed(left).expect("never at rest")..],
                Ready::Packet => {
                    drop(receiver.packet_bytes());
                    packets += 1;
                }
                other => panic!("{other:?}"),
            }
        }
    });
    assert!(used.allocations <= 10_000 / 50, "{} allocations", used.allocations);
}

#[test]
fn windows_are_as_long_as_was_asked_for() {
    for len in [BUFFER, 4096, 1448, 1] {
        for (name, framing, packet) in framings(16 * 1024, 3000) {
            let mut receiver = Receiver::new(Framed::new(framing), vec![0; BUFFER]).expect("long enough");
            let tally = pump(&mut receiver, &packet.repeat(200), len);
            let least = if name == "fixed" { 1 } else { Framed::<Lines>::MIN_RECEIVE };
            assert!(tally.shortest >= least, "{name} in pieces of {len}: a window of {} bytes", tally.shortest);
        }
    }
}

/// Receives a packet of 4 MiB in pieces of `len` bytes, with a small one before it and behind it.
#[track_caller]
fn check_linear(framing: impl Framing, small: &[u8], long: &[u8], len: usize) {
    let stream = [small, long, small].concat();
    let buffer = vec![0; framing.max_len()];
    let mut receiver = Receiver::new(Framed::new(Counting::new(framing)), buffer).expect("long enough");
    let Tally { packets, rejects, .. } = pump(&mut receiver, &stream, len);
    assert_eq!((packets, rejects), (3, 0), "pieces of {len}");
    let received = stream.len() as u64;
    let scanned = receiver.deserializer().framing().scanned();
    assert!(scanned <= 2 * received, "{scanned} bytes scanned of {received}, in pieces of {len}");
    let moved = receiver.deserializer().moved();
    assert!(moved <= received, "{moved} bytes moved of {received}, in pieces of {len}");
}

#[test]
fn a_packet_of_4_mib_is_scanned_and_moved_once() {
    let body = vec![b'x'; 4 * MIB];
    for len in [1, 1024] {
        check_linear(Lines::new(4 * MIB), b"a\n", &[&body[..], b"\n"].concat(), len);
        check_linear(Lines::new(4 * MIB).ending(Ending::CrLf), b"a\r\n", &[&body[..], b"\r\n"].concat(), len);
    }
    let prefix = u32::try_from(body.len()).expect("it fits").to_be_bytes();
    for len in [7, 1024] {
        check_linear(
            Delimited::new(b"\r\n\r\n", 4 * MIB).expect("not empty"),
            b"a\r\n\r\n",
            &[&body[..], b"\r\n\r\n"].concat(),
            len,
        );
        check_linear(LengthPrefixed::new(Width::U32, 4 * MIB), b"\0\0\0\x01a", &[&prefix[..], &body[..]].concat(), len);
        check_linear(Fixed::new(4 * MIB).expect("not 0"), b"", &[&body[..], &body[..], &body[..]].concat(), len);
    }
}

#[test]
fn an_oversize_packet_is_skipped_in_constant_memory_and_linear_time() {
    let body = vec![b'x'; MIB];
    let prefix = u32::try_from(body.len()).expect("it fits").to_be_bytes();
    // A delimiter that is cut in two may have begun so many bytes before the cut, which are looked at again.
    let streams: [(Box<dyn Framing>, Vec<u8>, u64); 4] = [
        (Box::new(Lines::new(100)), [&body[..], b"\nok\n"].concat(), 0),
        (Box::new(Lines::new(100).ending(Ending::CrLf)), [&body[..], b"\r\nok\r\n"].concat(), 1),
        (Box::new(Delimited::new(b"--end--", 100).expect("not empty")), [&body[..], b"--end--ok--end--"].concat(), 6),
        (Box::new(LengthPrefixed::new(Width::U32, 100)), [&prefix[..], &body[..], b"\0\0\0\x02ok"].concat(), 0),
    ];
    for (framing, stream, again) in streams {
        let mut receiver = Receiver::new(Framed::new(Counting::new(framing)), vec![0; 4096]).expect("long enough");
        for (round, len) in [1, 7, 1000, 4096].into_iter().enumerate() {
            let before = receiver.deserializer().framing().scanned();
            let (used, tally) = heap(|| pump(&mut receiver, &stream, len));
            assert_eq!((used, tally.packets, tally.rejects), (Heap::default(), 1, 1), "pieces of {len}");
            assert_eq!(receiver.position(), (round + 1) as u64 * stream.len() as u64);
            let received = stream.len() as u64;
            let scanned = receiver.deserializer().framing().scanned() - before;
            let most = 2 * received + again * tally.receives;
            assert!(scanned <= most, "{scanned} bytes scanned of {received}, in pieces of {len}");
        }
        let moved = receiver.deserializer().moved();
        assert!(moved <= receiver.position() / 50, "{moved} bytes of refused packets are moved");
    }
}

fn counts<F>(framing: &Counting<F>) -> (u64, u64) {
    (framing.scanned(), framing.scans())
}

#[test]
fn a_flood_costs_a_constant_for_each_of_its_packets() {
    let floods: [(&str, Box<dyn Framing>, &[u8]); 6] = [
        ("empty lines", Box::new(Lines::new(100)), b"\n"),
        ("carriage returns", Box::new(Lines::new(100).ending(Ending::CrLf)), b"\n\r\r\r\n"),
        ("lines that are too long", Box::new(Lines::new(0)), b"x\n"),
        ("almost delimiters", Box::new(Delimited::new(b"aaab", 100).expect("not empty")), b"aaaaaaaaaaaaab"),
        ("empty bodies", Box::new(LengthPrefixed::new(Width::U8, 100)), b"\0"),
        ("bodies that are too long", Box::new(LengthPrefixed::new(Width::U8, 0)), b"\x01x"),
    ];
    for (name, framing, packet) in floods {
        let stream = packet.repeat(20_000);
        let mut receiver = Receiver::new(Framed::new(Counting::new(framing)), vec![0; 1024]).expect("long enough");
        for len in [1, 5, 1024] {
            let before = counts(receiver.deserializer().framing());
            let (used, tally) = heap(|| pump(&mut receiver, &stream, len));
            assert_eq!(used, Heap::default(), "{name} in pieces of {len}");
            assert_eq!(tally.packets + tally.rejects, 20_000, "{name} in pieces of {len}");
            let after = counts(receiver.deserializer().framing());
            let (scanned, scans) = (after.0 - before.0, after.1 - before.1);
            let most = 2 * stream.len() as u64;
            assert!(scanned <= most, "{name} in pieces of {len}: {scanned} scanned of {}", stream.len());
            let most = 2 * (tally.receives + tally.packets + tally.rejects) + tally.rejects + 4;
            assert!(scans <= most, "{name} in pieces of {len}: {scans} scans for {tally:?}");
        }
    }
}
