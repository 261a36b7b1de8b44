//! All ways to cut twenty bytes, in every format: 2^19 a seed.

use core::fmt::Debug;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use wharf::Deserializer;
use wharf_tests::chunking::{Subject, cut, every_cut};
use wharf_tests::hostile::{Format, Visitor};

/// A format, its limits in bytes and levels, and twenty bytes that hold whole packets, refused ones and half of one.
struct Seed {
    format: Format,
    limit: usize,
    depth: usize,
    stream: Vec<u8>,
}

const LEN: usize = 20;

#[rustfmt::skip]
fn seeds() -> Vec<Seed> {
    let zlib = |plain: &[u8]| Format::Zlib.enclose(plain);
    let mut corrupt = zlib(b"abc");
    corrupt[9] ^= 1;
    let rows: Vec<(Format, usize, Vec<u8>)> = vec![
        (Format::Lf, 3, b"abc\nabcd\n\nok\nabcdefg".to_vec()),
        (Format::CrLf, 3, b"abc\r\nabcd\r\nb\n\r\nc\r\rab".to_vec()),
        (Format::AnyEnding, 3, b"abc\r\nabc\r\r\nb\nc\r\nabx\r".to_vec()),
        (Format::FinalLine, 3, b"abc\nabcd\r\nb\n\r\nabcd\rx".to_vec()),
        (Format::Text, 3, b"ab\n\xff\n\xc3\xa4\n\xc3\nabcd\n\xe2\x82\nok".to_vec()),
        (Format::Delimited, 3, b"abc--=abcd--=---=-a-".to_vec()),
        (Format::Delimited, 3, b"-----=--=--==---a-=-".to_vec()),
        (Format::Fixed, 3, b"abcdefghijklmnopqrst".to_vec()),
        (Format::U8, 3, b"\x03abc\x05xxxxx\0\x01a\x02ab\x07xxx".to_vec()),
        (Format::U16, 3, b"\x03\0abc\x05\0xxxxx\0\0\x01\0a\x09\x01x".to_vec()),
        (Format::U24, 3, b"\0\0\x02ab\0\0\x04abcd\0\0\0\0\0\x01a\0".to_vec()),
        (Format::U32, 3, b"\0\0\0\x01a\0\0\0\x04abcd\0\0\0\0\0\0\x01".to_vec()),
        (Format::U32, 3, b"\0\0\0\x02ab\0\0\0\0\x40\0\0\x01abcdef".to_vec()),
        (Format::U64, 3, b"\x04\0\0\0\0\0\0\0abcd\0\0\0\0\0\0\0\0".to_vec()),
        (Format::Varint, 3, b"\x83\0abc\x85\x80\0xxxxx\0\x01a\xff\x80\0x".to_vec()),
        (Format::Varint, 3, b"\x01a\x80\x80\0\xff\xff\xff\xff\xff\xff\xff\xff\xff\x02abcde".to_vec()),
        (Format::CountsHead, 3, b"\xca\0\x05\xfea\xca\0\x08\xfexxxx\xca\0\x04\xfe\xca\0\x02".to_vec()),
        (Format::Netstring, 3, b"3:abc,4:abcd,0:,12:x".to_vec()),
        (Format::Netstring, 3, b"1:a,5:abcde;2:ab,0:,".to_vec()),
        (Format::SizePrefixed, 3, b"\x02\0\0\0ab\x04\0\0\0abcd\0\0\0\0\x01\0".to_vec()),
        (Format::Cobs, 3, b"\x02a\0\x05ab\0\0\x04abc\0\x01\x01\0\x03a\0\0".to_vec()),
        (Format::Slip, 3, b"a\xdb\xdc\xc0\xdba\xc0\xc0ab\xdb\xc0\xdb\xdd\xdb\xdd\xc0abc".to_vec()),
        (Format::Json, 9, b"[1,\"a\\\"\"]{}12 ]x [[[".to_vec()),
        (Format::Json, 8, b"[[[1]],2] tru \"\\\\\",[".to_vec()),
        (Format::Cbor, 6, b"\x82\x01\x61b\x46xxxxxx\x9f\x01\xff\x81\x81\x81\0\x41a".to_vec()),
        (Format::Cbor, 6, b"\x5f\x41a\xff\xbf\0\x01\xff\x83\xc0\0\xc1\0\xf6\x9a\0\0\0\x01\0".to_vec()),
        (Format::MessagePack, 6, b"\x92\x01\xa1b\xc4\x05xxxxx\x81\0\x01\x91\x91\x91\0\xa1a".to_vec()),
        (Format::MessagePack, 6, b"\xdc\0\x02\0\x01\xc7\x01\x05\xaa\xcd\0\x01\xd5\0\x01\x02\xdd\xff\xff\xff".to_vec()),
        (Format::Zlib, 6, [zlib(b""), zlib(b"a"), zlib(b"b")].concat()[..LEN].to_vec()),
        (Format::Zlib, 6, [zlib(b""), corrupt, zlib(b"b")].concat()[..LEN].to_vec()),
        (Format::Bzip2, 6, [Format::Bzip2.enclose(b""), b"BZh1\x31\x41".to_vec()].concat()),
    ];
    rows.into_iter().map(|(format, limit, stream)| Seed { format, limit, depth: 2, stream }).collect()
}

/// Checks all 2^(len - 1) cuts of `stream`, and says how many those are.
struct EveryCut<'s> {
    seed: &'s Seed,
    stream: &'s [u8],
}

impl Visitor for EveryCut<'_> {
    type Out = usize;

    fn visit<D>(self, make: impl Fn() -> D) -> usize
    where
        D: for<'b> Deserializer<Packet<'b> = &'b [u8], Error: Debug> + 'static,
    {
        let (format, stream) = (self.seed.format, self.stream);
        let subject = Subject { make, own: |packet: &[u8]| packet.to_vec() };
        let len = (subject.make)().buffer_len(0);
        let whole = subject.run(len + stream.len(), [stream], true);
        let mut count = 0;
        for lens in every_cut(stream.len()) {
            let got = subject.run(len, cut(stream, &lens), true);
            assert!(got == whole, "{format:?} cut {lens:?}:\n{got:#?}\nwhole:\n{whole:#?}");
            count += 1;
        }
        count
    }
}

fn check(seed: &Seed, stream: &[u8]) -> usize {
    seed.format.visit(seed.limit, seed.depth, EveryCut { seed, stream })
}

#[test]
fn every_format_has_a_seed_of_twenty_bytes() {
    for seed in seeds() {
        assert_eq!(seed.stream.len(), LEN, "{:?}", seed.format);
    }
    for format in Format::ALL {
        assert!(seeds().iter().any(|seed| seed.format == format), "{format:?}");
    }
}

#[test]
fn all_cuts_of_nine_bytes_say_the_same() {
    for seed in seeds() {
        for stream in [&seed.stream[..9], &seed.stream[LEN - 9..]] {
            assert_eq!(check(&seed, stream), 256);
        }
    }
}

#[test]
#[ignore = "half a million cuts a seed: cargo test --release -p wharf-tests --test hostile -- --ignored --nocapture"]
fn all_cuts_of_twenty_bytes_say_the_same() {
    let (seeds, next, cuts) = (seeds(), AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = seeds.get(next.fetch_add(1, Ordering::Relaxed)) {
                    cuts.fetch_add(check(seed, &seed.stream), Ordering::Relaxed);
                }
            });
        }
    });
    let cuts = cuts.into_inner();
    assert_eq!(cuts, seeds.len() << (LEN - 1));
    println!("{cuts} cuts of {} seeds in {} formats, 0 differences", seeds.len(), Format::ALL.len());
}
