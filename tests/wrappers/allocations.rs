//! Heap allocations are counted per thread, so that tests may run side by side.

use wharf::codec::{Base64, Bzip2Format, Cobs, Compressed, HmacSha256, Slip, Utf8, Zlib, ZlibFormat};
use wharf::send::{Framer, Sender, Serializer};
use wharf::{
    Codec, CompressedStream, Deserializer, Encode, Event, Framed, Lines, Netstring, Raw, Receiver, SizePrefixed,
};
use wharf_tests::work::{CountingAllocator, so_far};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// Allocations while packets of a warm stream, received `len` bytes at a time, are lent.
#[track_caller]
fn while_receiving<D: Deserializer>(deserializer: D, one: &[u8], len: usize) -> u64 {
    let buffer = vec![0; deserializer.buffer_len(4096)];
    let mut receiver = Receiver::new(deserializer, buffer).unwrap();
    let bytes = one.repeat(20);
    let (mut packets, mut before) = (0, 0);
    for mut chunk in bytes.chunks(len) {
        loop {
            match receiver.poll() {
                Ok(Event::Packet(_)) => packets += 1,
                Ok(Event::Receive(window)) if chunk.is_empty() => {
                    let _ = window;
                    break;
                }
                Ok(Event::Receive(window)) => chunk = &chunk[window.feed(chunk)..],
                _ => panic!("not all packets arrived"),
            }
            if packets == 2 && before == 0 {
                before = so_far().allocations;
            }
        }
    }
    assert_eq!(packets, 20);
    so_far().allocations - before
}

fn one<S: Serializer<str>>(serializer: S) -> Vec<u8> {
    let mut sender = Sender::new(serializer, 1 << 20);
    assert!(sender.enqueue(&"some text\0 that is framed".repeat(20)).is_ok());
    sender.chunks().collect::<Vec<_>>().concat()
}

/// That receiving what `framer` sends with `deserializer` allocates nothing.
#[track_caller]
fn check<D: Deserializer>(make: impl Fn() -> D, serializer: impl Serializer<str>) {
    let one = one(serializer);
    for len in [1, 7, 4096] {
        assert_eq!(while_receiving(make(), &one, len), 0, "{len} bytes at a time");
    }
}

#[test]
fn nothing_is_allocated_per_packet() {
    let lines = || Lines::new(4000);
    check(|| Framed::with_codec(lines(), Utf8), Framer::with_codec(lines(), Utf8));
    check(|| Framed::new(Netstring::new(4000)), Framer::new(Netstring::new(4000)));
    check(|| Cobs::framed(4000), Framer::with_codec(Cobs::<Raw>::framing(4000), Cobs::new(Raw)));
    check(|| Slip::framed(4000), Framer::with_codec(Slip::<Raw>::framing(4000), Slip::new(Raw)));
    let signed = || Base64::url_safe(HmacSha256::new(b"key", Base64::standard(Utf8)));
    check(|| Framed::with_codec(lines(), signed()), Framer::with_codec(lines(), signed()));
    let wrapped = || Base64::standard(Zlib::new(4000, Utf8));
    check(|| Framed::with_codec(lines(), wrapped()), Framer::with_codec(lines(), wrapped()));
    check(|| CompressedStream::<ZlibFormat, _>::new(4000, 4000, Utf8), Zlib::new(4000, Utf8));
    let frame = [&[100, 0, 0, 0][..], &[7; 100]].concat();
    assert_eq!(while_receiving(Framed::new(SizePrefixed::new(4000)), &frame, 7), 0);
}

#[test]
fn bzip2_allocates_its_state_and_nothing_else() {
    let one = one(Compressed::<Bzip2Format, _>::new(4000, Utf8));
    let whole = while_receiving(CompressedStream::<Bzip2Format, _>::new(4000, 4000, Utf8), &one, 4096);
    let single = while_receiving(CompressedStream::<Bzip2Format, _>::new(4000, 4000, Utf8), &one, 1);
    assert!(single <= 20 * 4, "{single} allocations for 20 packets");
    assert!(whole <= single, "{whole} against {single}");
}

#[test]
fn between_streams_only_the_output_is_held() {
    let one = one(Compressed::<Bzip2Format, _>::new(4000, Utf8));
    let mut receiver = Receiver::new(CompressedStream::<Bzip2Format, _>::new(4000, 4000, Utf8), [0; 4096]).unwrap();
    let before = so_far().live;
    let mut packets = 0;
    let mut bytes = &one.repeat(2)[..];
    while packets < 2 {
        match receiver.poll() {
            Ok(Event::Packet(_)) => packets += 1,
            Ok(Event::Receive(window)) => bytes = &bytes[window.feed(&bytes[..1])..],
            _ => panic!("not all packets arrived"),
        }
        if packets == 0 && bytes.len() < one.len() + 5 {
            assert!(so_far().live > before + 100_000, "the library's state, while a stream is being read");
        }
    }
    assert_eq!(so_far().live - before, one.len() as isize * 2 + 4001);
    receiver.deserializer_mut().shrink();
    assert_eq!(so_far().live - before, one.len() as isize * 2);
}

#[test]
fn zlib_keeps_what_it_compresses_with() {
    let mut codec = Zlib::new(4000, Raw);
    let mut payload = Vec::with_capacity(1000);
    codec.encode(b"some text", &mut payload).unwrap();
    let before = so_far().allocations;
    codec.encode(b"more text", &mut payload).unwrap();
    assert_eq!(so_far().allocations, before);
}

#[test]
fn a_codec_that_shrinks_holds_no_room_for_what_comes_out() {
    let mut codec = Zlib::new(4000, Raw);
    let mut payload = Vec::with_capacity(100);
    codec.encode(b"some text", &mut payload).unwrap();
    codec.decode(&mut payload).unwrap();
    let before = so_far().live;
    codec.shrink();
    assert!(before - so_far().live > 4000, "the room, and what was compressed");
}

#[test]
fn in_place_means_where_the_payload_lies() {
    let mut payload = *b"Zm9vYmFy";
    let at = payload.as_ptr().addr();
    let lent = Base64::standard(Raw).decode(&mut payload).map(|lent| lent.as_ptr().addr());
    assert_eq!(lent, Ok(at));
    let mut payload = *b"\x03ab\x02c";
    let at = payload.as_ptr().addr();
    let lent = Cobs::new(Raw).decode(&mut payload).map(|lent| lent.as_ptr().addr());
    assert_eq!(lent, Ok(at));
    let mut payload = *b"a\xDB\xDCb";
    let at = payload.as_ptr().addr();
    let lent = Slip::new(Raw).decode(&mut payload).map(|lent| lent.as_ptr().addr());
    assert_eq!(lent, Ok(at));
}
