use std::cell::Cell;

use quickcheck::{TestResult, quickcheck};
use wharf::codec::{Bzip2, Bzip2Format, Compressed, Format, Progress, State, Utf8, WrapError, Zlib, ZlibFormat};
use wharf::{Codec, CompressedStream, Encode, Framed, LengthPrefixed, Raw, Width};

use crate::drive::{Seen, at_every_cut, clean, drive, fatal, packet, reject, sent, truncated};

/// 100 MB of zeros: `bz2.compress(bytes(100_000_000))` in Python.
const BOMB: &[u8] =
    b"\x42\x5a\x68\x39\x31\x41\x59\x26\x53\x59\x0e\x09\xe2\xdf\x01\x5f\x8e\x40\x00\xc0\x00\x00\x08\x20\x00\x30\
    \x80\x4d\x46\x42\xa0\x25\xa9\x0a\x80\x97\x31\x41\x59\x26\x53\x59\x0e\x09\xe2\xdf\x01\x5f\x8e\x40\x00\xc0\
    \x00\x00\x08\x20\x00\x30\x80\x4d\x46\x42\xa0\x25\xa9\x0a\x80\x97\x31\x41\x59\x26\x53\x59\xc4\x60\x0a\x55\
    \x00\x3e\xd1\x40\x02\xc0\x00\x00\x40\x00\x08\x20\x00\x30\xcc\x09\xaa\x69\xa5\x48\x83\x6a\x2a\x44\x1e\x2e\
    \xe4\x8a\x70\xa1\x21\xc0\xa8\x89\x2e";

fn compress<Z: Format>(plain: impl AsRef<[u8]>) -> Vec<u8> {
    sent(Compressed::<Z>::new(usize::MAX, Raw).level(1), plain.as_ref()).unwrap()
}

/// Text that doesn't shrink much.
fn noise(len: usize) -> Vec<u8> {
    let mut state = 1_u32;
    let next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        b'!' + ((state >> 24) as u8 & 63)
    };
    core::iter::repeat_with(next).take(len).collect()
}

fn reads_streams_that_follow_one_another<Z: Format + 'static>() {
    let (one, long) = (compress::<Z>("one"), noise(160));
    let bytes = [&one[..], &compress::<Z>(""), &compress::<Z>(&long), &one].concat();
    assert_eq!(
        at_every_cut(|| CompressedStream::<Z, _>::new(4000, 160, Utf8), &bytes),
        [packet("one"), packet(""), packet(long), packet("one"), clean()]
    );
    let cut = bytes.len() - 1;
    let events = at_every_cut(|| CompressedStream::<Z, _>::new(4000, 160, Utf8), &bytes[..cut]);
    assert_eq!(events.last(), Some(&truncated(one.len() as u64 - 1, 1)));
}

fn a_stream_over_either_limit_costs_one_error<Z: Format + 'static>() {
    let (good, long) = (compress::<Z>("good"), compress::<Z>(noise(150)));
    let bytes = [&good[..], &long, &good].concat();
    let at = good.len();
    let over_output = reject(&format!("packet exceeds the limit of 149 bytes at byte {at}"));
    let over_input = reject(&format!("packet exceeds the limit of {} bytes at byte {at}", long.len() - 1));
    let run = |limit, output_limit| at_every_cut(|| CompressedStream::<Z, _>::new(limit, output_limit, Utf8), &bytes);
    assert_eq!(run(long.len(), 149), [packet("good"), over_output, packet("good"), clean()]);
    assert_eq!(run(long.len() - 1, 150), [packet("good"), over_input, packet("good"), clean()]);
    assert_eq!(run(long.len(), 150), [packet("good"), packet(noise(150)), packet("good"), clean()]);
}

fn a_payload_that_the_codec_refuses_costs_itself<Z: Format + 'static>() {
    let (good, bad) = (compress::<Z>("good"), compress::<Z>(b"\xff"));
    let refused = reject(&format!("text is not UTF-8 at byte 0 of the payload at byte {}", good.len()));
    assert_eq!(
        at_every_cut(|| CompressedStream::<Z, _>::new(1000, 1000, Utf8), &[&good[..], &bad, &good].concat()),
        [packet("good"), refused, packet("good"), clean()]
    );
}

fn a_corrupt_stream_is_fatal<Z: Format + 'static>() {
    let good = compress::<Z>("good");
    let at = good.len();
    // The last bytes are a checksum of what was compressed.
    let mut wrong = good.clone();
    wrong[at - 2] ^= 1;
    let lost = fatal(&format!("malformed packet: expected {} at byte {at}", Z::EXPECTED));
    for bad in [&wrong[..], b"GET / HTTP/1.1\r\n\r\n"] {
        let bytes = [&good[..], bad, &good].concat();
        let events = at_every_cut(|| CompressedStream::<Z, _>::new(1000, 1000, Utf8), &bytes);
        assert_eq!(events, [packet("good"), lost.clone()]);
    }
}

fn a_refused_stream_that_goes_wrong_is_fatal_where_it_began<Z: Format + 'static>() {
    let good = compress::<Z>("good");
    let at = good.len();
    let mut wrong = compress::<Z>(noise(180));
    let len = wrong.len();
    wrong[len - 2] ^= 1;
    let bytes = [&good[..], &wrong, &good].concat();
    let error = format!("packet exceeds the limit of 100 bytes at byte {at}");
    for max_skip in [u64::MAX, 0, 50] {
        let make = || CompressedStream::<Z, _>::new(10_000, 100, Utf8).max_skip(max_skip);
        assert_eq!(at_every_cut(make, &bytes), [packet("good"), reject(&error), fatal(&error)]);
    }
}

fn a_payload_is_one_whole_stream<Z: Format + 'static>() {
    let good = compress::<Z>("good");
    let bad = |expected: &str, offset: usize, at: usize| {
        reject(&format!("malformed payload: expected {expected} at byte {offset} of it at byte {at}"))
    };
    let frame = |payload: &[u8]| [&[u8::try_from(payload.len()).unwrap()], payload].concat();
    let short = &good[..good.len() - 1];
    let more = [&good[..], b"x"].concat();
    let bytes = [frame(&good), frame(short), frame(&more), frame(b"no"), frame(&good)].concat();
    let make = || Framed::with_codec(LengthPrefixed::new(Width::U8, 255), Compressed::<Z, _>::new(1000, Utf8));
    let events = at_every_cut(make, &bytes);
    assert_eq!(events[0], packet("good"));
    assert_eq!(events[1], bad(Z::EXPECTED, short.len(), good.len() + 1));
    assert_eq!(events[2], bad("nothing behind the end", good.len(), 2 * good.len() + 1));
    assert!(matches!(&events[3], Seen::Reject(error) if error.contains(Z::EXPECTED)), "{events:?}");
    assert_eq!(events[4..], [packet("good"), clean()]);
}

fn what_is_sent_is_bounded_as_what_is_received<Z: Format + 'static>() {
    let mut codec = Compressed::<Z, _>::new(4, Utf8);
    assert_eq!(codec.encode("12345", &mut Vec::new()), Err(WrapError::LimitExceeded { limit: 4 }));
    let mut payload = b"kept".to_vec();
    codec.encode("1234", &mut payload).unwrap();
    assert_eq!(codec.decode(&mut payload[4..]), Ok("1234"));
    codec.shrink();
    assert_eq!(codec.decode(&mut payload[4..]), Ok("1234"));
}

fn packets_of_one_codec_are_compressed_like_those_of_its_own<Z: Format + 'static>() {
    let plain = noise(500).repeat(3);
    let mut codec = Compressed::<Z, _>::new(usize::MAX, Raw).level(1);
    for level in [1, 9, 9, 1] {
        codec = codec.level(level);
        let mut payload = Vec::new();
        codec.encode(&plain[..], &mut payload).unwrap();
        let alone = sent(Compressed::<Z, _>::new(usize::MAX, Raw).level(level), &plain[..]).unwrap();
        assert_eq!(payload, alone, "level {level}");
    }
    assert_ne!(compress::<Z>(&plain), sent(Compressed::<Z, _>::new(usize::MAX, Raw).level(9), &plain[..]).unwrap());
}

macro_rules! both {
    ($($claim:ident)*) => {
        mod zlib {
            $(#[test] fn $claim() { super::$claim::<super::ZlibFormat>(); })*
        }
        mod bzip2 {
            $(#[test] fn $claim() { super::$claim::<super::Bzip2Format>(); })*
        }
    };
}

both! {
    reads_streams_that_follow_one_another
    a_stream_over_either_limit_costs_one_error
    a_payload_that_the_codec_refuses_costs_itself
    a_corrupt_stream_is_fatal
    a_refused_stream_that_goes_wrong_is_fatal_where_it_began
    a_payload_is_one_whole_stream
    what_is_sent_is_bounded_as_what_is_received
    packets_of_one_codec_are_compressed_like_those_of_its_own
    every_byte_is_decompressed_once
}

#[test]
fn a_bomb_costs_one_packet() {
    assert_eq!(BOMB.len(), 113);
    let mut payload = BOMB.to_vec();
    let limit = 64 * 1024;
    assert_eq!(Bzip2::new(limit, Raw).decode(&mut payload), Err(WrapError::LimitExceeded { limit: 65536 }));
    assert_eq!(
        Bzip2::new(limit, Raw).decode(&mut payload).unwrap_err().to_string(),
        "unwrapped payload exceeds the limit of 65536 bytes"
    );
    let mut payload = compress::<ZlibFormat>(vec![0; 10_000_000]);
    assert_eq!(Zlib::new(limit, Raw).decode(&mut payload), Err(WrapError::LimitExceeded { limit: 65536 }));
}

#[test]
fn a_bomb_in_a_stream_is_skipped_as_far_as_the_policy_goes() {
    let error = "packet exceeds the limit of 65536 bytes at byte 0";
    let bytes = [BOMB, &compress::<Bzip2Format>("good")].concat();
    let make = || CompressedStream::<Bzip2Format, _>::new(1000, 65536, Raw);
    let single: Vec<&[u8]> = bytes.chunks(1).collect();
    for chunks in [&[&bytes[..]][..], &single] {
        assert_eq!(drive(make(), chunks, true).events, [reject(error), packet("good"), clean()]);
        let impatient = make().max_skip(1 << 20);
        assert_eq!(drive(impatient, chunks, true).events, [reject(error), fatal(error)]);
    }
}

#[test]
fn a_second_bomb_is_fatal_until_as_much_has_been_received() {
    let noise = noise(5_000);
    let honest = compress::<Bzip2Format>(&noise);
    let error = |at: usize| format!("packet exceeds the limit of 65536 bytes at byte {at}");
    let make = || CompressedStream::<Bzip2Format, _>::new(10_000, 65536, Raw);
    let run = |between: usize| {
        let bytes = [BOMB, &honest.repeat(between), BOMB, &honest].concat();
        drive(make(), &[&bytes], true).events.into_iter().filter(|event| *event != packet(&noise)).collect::<Vec<_>>()
    };
    let second = error(BOMB.len() + honest.len());
    assert_eq!(run(1), [reject(&error(0)), reject(&second), fatal(&second)]);
    // 100 MB have to be earned, but for the 34 that were left.
    let enough = (66 << 20) / 1024 / honest.len() + 1;
    let second = error(BOMB.len() + enough * honest.len());
    assert_eq!(run(enough), [reject(&error(0)), reject(&second), clean()]);
}

#[test]
fn what_was_received_is_earned_at_every_cut() {
    let make = || CompressedStream::<Bzip2Format, _>::new(1000, 100, Raw).max_skip(60_000);
    // One byte too long, so that it depends on the cut whether its end is seen together with the refusal.
    let (far, over) = (compress::<Bzip2Format>(vec![0; 60_000]), compress::<Bzip2Format>(vec![0; 101]));
    let bytes = [&far[..], &over, &far, &compress::<Bzip2Format>("good")].concat();
    for chunks in [&[&bytes[..]][..], &bytes.chunks(1).collect::<Vec<_>>()] {
        let events = drive(make(), chunks, true).events;
        assert!(matches!(events[..3], [Seen::Reject(_), Seen::Reject(_), Seen::Reject(_)]), "{events:?}");
        assert_eq!(events[3..], [packet("good"), clean()]);
    }
}

/// A block whose checksum is wrong is noticed just when it has filled the output; what follows it isn't its rest.
#[test]
fn nothing_behind_a_lost_stream_is_taken_for_its_end() {
    let mut wrong = compress::<Bzip2Format>(noise(101));
    // The block's checksum stands behind "BZh1" and the block's own magic number.
    wrong[10] ^= 1;
    let progress = Bzip2Format::default().decompress(&wrong, &mut [0; 101]);
    assert_eq!((progress.written, progress.state), (101, State::Corrupt));
    let bytes = [&wrong[..progress.read], &compress::<Bzip2Format>("evil"), &compress::<Bzip2Format>("good")].concat();
    let error = "packet exceeds the limit of 100 bytes at byte 0";
    let events = at_every_cut(|| CompressedStream::<Bzip2Format, _>::new(1000, 100, Utf8), &bytes);
    assert_eq!(events, [reject(error), fatal(error)]);
}

#[test]
fn streams_nest_in_codecs() {
    let mut inner = Vec::new();
    Zlib::new(100, Utf8).encode("twice", &mut inner).unwrap();
    let bytes = compress::<Bzip2Format>(&inner);
    let make = || CompressedStream::<Bzip2Format, _>::new(1000, 100, Zlib::new(100, Utf8));
    assert_eq!(at_every_cut(make, &bytes), [packet("twice"), clean()]);
}

quickcheck! {
    fn round_trips(plain: Vec<u8>, repeat: u16, level: u8) -> bool {
        let plain = plain.repeat(usize::from(repeat % 300));
        let (mut zlib, mut bzip2) = (Zlib::new(1 << 20, Raw).level(level), Bzip2::new(1 << 20, Raw).level(level));
        let (mut one, mut other) = (Vec::new(), Vec::new());
        zlib.encode(&plain, &mut one).unwrap();
        bzip2.encode(&plain, &mut other).unwrap();
        zlib.decode(&mut one) == Ok(&plain[..]) && bzip2.decode(&mut other) == Ok(&plain[..])
    }

    /// Any byte of a stream changed: the same at every cut, and never a packet that wasn't sent.
    fn changed_streams_are_the_same_at_every_cut(at: usize, bit: u8, limit: u8) -> TestResult {
        let plain = noise(120);
        let mut bytes = compress::<ZlibFormat>(&plain);
        let at = at % bytes.len();
        bytes[at] ^= 1 << (bit % 8);
        let events = at_every_cut(|| CompressedStream::<ZlibFormat, _>::new(200, limit.into(), Raw).max_skip(500), &bytes);
        let fake = events.iter().any(|event| matches!(event, Seen::Packet(bytes) if *bytes != plain));
        TestResult::from_bool(!fake)
    }
}

/// A format that counts its work.
#[derive(Debug, Default)]
struct Counted<Z>(Z);

thread_local! {
    static READ: Cell<usize> = const { Cell::new(0) };
    static CALLS: Cell<usize> = const { Cell::new(0) };
}

impl<Z: Format> Format for Counted<Z> {
    const EXPECTED: &'static str = Z::EXPECTED;

    fn restart(&mut self) {
        self.0.restart();
    }

    fn decompress(&mut self, input: &[u8], output: &mut [u8]) -> Progress {
        let progress = self.0.decompress(input, output);
        READ.set(READ.get() + progress.read);
        CALLS.set(CALLS.get() + 1);
        progress
    }

    fn compress(&mut self, input: &[u8], level: u8, output: &mut Vec<u8>) {
        self.0.compress(input, level, output);
    }
}

fn every_byte_is_decompressed_once<Z: Format + 'static>() {
    let (long, bomb) = (compress::<Z>(noise(20_000)), compress::<Z>(vec![0; 500_000]));
    let bytes = [&long[..], &bomb, &long].concat();
    for len in [1, 100] {
        READ.set(0);
        CALLS.set(0);
        let chunks: Vec<&[u8]> = bytes.chunks(len).collect();
        let events = drive(CompressedStream::<Counted<Z>, _>::new(40_000, 20_000, Raw), &chunks, true).events;
        assert!(matches!(&events[..], [Seen::Packet(_), Seen::Reject(_), Seen::Packet(_), Seen::End(_)]), "{events:?}");
        assert_eq!(READ.get(), bytes.len());
        // The bomb fills the output 25 times.
        assert!(CALLS.get() <= 2 * chunks.len() + 30, "{} for {} receives", CALLS.get(), chunks.len());
    }
}
