//! Every framing says what its oracle says, however the stream is cut.

mod model;

use quickcheck::{Arbitrary, Gen, QuickCheck};
use wharf::{
    CborItems, Delimited, Deserializer, Endian, Ending, FinalLine, Fixed, Found, Framed, Framing, JsonDocuments,
    LengthPrefixed, Lines, MessagePackItems, Netstring, SizePrefixed, Width,
};
use wharf_tests::chunking::{Subject, cut, every_cut};
use wharf_tests::naive::{LengthRule, LineRule};
use wharf_tests::rule::{Rule, told};

#[track_caller]
fn check(rule: &Rule, stream: &[u8]) {
    let subject = Subject { make: || Framed::new(rule.framing()), own: |packet: &[u8]| packet.to_vec() };
    let transcript = subject.check(stream);
    let expected = rule.expected(stream);
    assert_eq!(told(&transcript), expected, "{rule:?} over \"{}\"", stream.escape_ascii());
}

/// Options and streams that collide: short limits, few byte values.
fn rule(g: &mut Gen) -> Rule {
    let small = |g: &mut Gen, below: u32| (u32::arbitrary(g) % below) as usize;
    let limit = small(g, 9);
    match small(g, 6) {
        0 | 1 => Rule::Lines(LineRule {
            limit,
            ending: *g.choose(&[Ending::Lf, Ending::CrLf, Ending::Any]).expect("some"),
            final_line: *g.choose(&[FinalLine::Packet, FinalLine::Truncated]).expect("some"),
            keep_ending: bool::arbitrary(g),
        }),
        2 => {
            let delimiters: [&[u8]; 7] = [b"\n", b"\r\n", b"aa", b"aba", b"\n\n\n", b"\r\n\r\n", b"ab\nab"];
            Rule::Delimited { delimiter: g.choose(&delimiters).expect("some").to_vec(), limit }
        }
        3 => Rule::Fixed { len: limit + 1 },
        _ => {
            let widths = [Width::U8, Width::U16, Width::U24, Width::U32, Width::U64, Width::Varint];
            Rule::LengthPrefixed(LengthRule {
                width: *g.choose(&widths).expect("some"),
                endian: *g.choose(&[Endian::Big, Endian::Little]).expect("some"),
                before: small(g, 3),
                after: small(g, 3),
                counts_head: bool::arbitrary(g),
                adjust: i64::from(i8::arbitrary(g) % 4),
                limit,
                max_skip: *g.choose(&[12, 1 << 30]).expect("some"),
            })
        }
    }
}

fn stream(rule: &Rule, g: &mut Gen) -> Vec<u8> {
    let values: &[u8] = match rule {
        Rule::Lines(_) | Rule::Delimited { .. } => b"\r\n\n\r\nabaab",
        Rule::Fixed { .. } => b"ab",
        Rule::LengthPrefixed(_) => &[0, 0, 0, 0, 1, 1, 2, 3, 5, 8, 13, 0x80, 0x81, 0xff],
    };
    let len = u32::arbitrary(g) % 40;
    (0..len).map(|_| *g.choose(values).expect("some")).collect()
}

#[derive(Debug, Clone)]
struct Case {
    rule: Rule,
    stream: Vec<u8>,
}

impl Arbitrary for Case {
    fn arbitrary(g: &mut Gen) -> Self {
        let rule = rule(g);
        let stream = stream(&rule, g);
        Self { rule, stream }
    }
}

#[test]
fn every_framing_says_what_its_oracle_says_at_any_cut() {
    fn holds(case: Case) -> bool {
        check(&case.rule, &case.stream);
        true
    }
    QuickCheck::new().tests(3000).quickcheck(holds as fn(Case) -> bool);
}

/// Seeds that hold a packet, an oversize one, an ending cut in two, and a good packet behind them.
fn seeds() -> Vec<(Rule, &'static [u8])> {
    let line = |ending, final_line| Rule::Lines(LineRule { limit: 3, ending, final_line, keep_ending: false });
    let prefixed = |width, endian, counts_head| {
        let rule = LengthRule { width, endian, before: 0, after: 0, counts_head, adjust: 0, limit: 3, max_skip: 99 };
        Rule::LengthPrefixed(rule)
    };
    vec![
        (line(Ending::Lf, FinalLine::Truncated), b"abc\nabcd\n\nok\nabcdefg"),
        (line(Ending::Lf, FinalLine::Packet), b"a\r\n\nabcdefg\nabc\nabcd"),
        (line(Ending::CrLf, FinalLine::Truncated), b"abc\r\nabcd\r\nb\n\r\nc\r\r"),
        (line(Ending::CrLf, FinalLine::Packet), b"abcd\r\r\nab\r\n\r\nabc\r\r"),
        (line(Ending::Any, FinalLine::Truncated), b"abc\r\nabc\r\r\nb\nc\r\nab\r"),
        (line(Ending::Any, FinalLine::Packet), b"abc\nabcd\r\nb\n\r\nabcd\r"),
        (Rule::Delimited { delimiter: b"aab".to_vec(), limit: 3 }, b"aaabcaaaabxyzzaabaab"),
        (Rule::Delimited { delimiter: b"--".to_vec(), limit: 3 }, b"a-b-----abcd-e----a-"),
        (Rule::Fixed { len: 3 }, b"abcdefghijklmnopqrst"),
        (prefixed(Width::U8, Endian::Big, false), b"\x03abc\x05xxxxx\x00\x01a\x02ab\x07xx"),
        (prefixed(Width::U16, Endian::Little, true), b"\x05\0abc\x09\0xxxxxxx\x02\0\x04\0a"),
        (prefixed(Width::Varint, Endian::Big, false), b"\x83\0abc\x85\x80\0xxxxx\0\x01a\xff\x80\0"),
    ]
}

/// All 2^(len - 1) cuts of a stream.
#[track_caller]
fn check_every_cut(rule: &Rule, stream: &[u8]) {
    let subject = Subject { make: || Framed::new(rule.framing()), own: |packet: &[u8]| packet.to_vec() };
    let len = (subject.make)().buffer_len(0);
    let whole = subject.run(len + stream.len(), [stream], true);
    assert_eq!(told(&whole), rule.expected(stream), "{rule:?}");
    for lens in every_cut(stream.len()) {
        let got = subject.run(len, cut(stream, &lens), true);
        assert!(got == whole, "{rule:?} cut {lens:?}:\n{got:#?}\nwhole:\n{whole:#?}");
    }
}

#[test]
fn all_cuts_of_twelve_bytes_say_the_same() {
    for (rule, seed) in seeds() {
        for stream in [&seed[..12], &seed[seed.len() - 12..]] {
            check_every_cut(&rule, stream);
        }
    }
}

#[test]
#[ignore = "half a million cuts a seed: cargo test --release -- --ignored"]
fn all_cuts_of_twenty_bytes_say_the_same() {
    for (rule, seed) in seeds() {
        check_every_cut(&rule, &seed[..20.min(seed.len())]);
    }
}

/// Of a packet that is not whole yet, a framing wants more than is there.
#[track_caller]
fn wants_more<F: Framing + Clone>(mut framing: F, packet: &[u8]) {
    for len in 0..packet.len() {
        let found = framing.clone().scan(&packet[..len], 0, false);
        assert!(matches!(found, Found::More { need } if need > len), "{found:?} of {len} bytes");
    }
    let whole = framing.scan(packet, 0, false);
    assert!(matches!(whole, Found::Packet { .. }), "{whole:?}");
}

#[test]
fn every_framing_wants_more_than_is_there() {
    wants_more(Lines::new(3), b"abc\n");
    wants_more(Lines::new(3).ending(Ending::CrLf), b"abc\r\n");
    wants_more(Lines::new(3).ending(Ending::Any), b"abc\r\n");
    wants_more(Delimited::new(b"--", 4).unwrap(), b"a-bc--");
    wants_more(Fixed::new(3).unwrap(), b"abc");
    wants_more(LengthPrefixed::new(Width::U32, 3).before(2).after(1), b"  \0\0\0\x03 abc");
    wants_more(LengthPrefixed::new(Width::Varint, 200).before(1), &[&b" \xc8\x01"[..], &[7; 200]].concat());
    wants_more(Netstring::new(12), b"12:hello, world,");
    wants_more(SizePrefixed::new(8), b"\x04\0\0\0abcd");
    wants_more(JsonDocuments::new(30), br#"{"a": ["}", 1]}"#);
    // Where a plain document ends, the byte behind it shows.
    wants_more(JsonDocuments::new(30), b"true\n");
    wants_more(CborItems::new(30), b"\x82\x01\x63abc");
    wants_more(MessagePackItems::new(30), b"\x92\x01\xa3abc");
}

/// Of a packet that was refused, and whose end has not come, a framing throws some away or wants more than is there.
#[track_caller]
fn wants_more_of_a_refused_one<F: Framing + Clone>(mut framing: F, packet: &[u8], rest: &[u8]) {
    let found = framing.scan(packet, 0, false);
    assert!(matches!(found, Found::Skip { error: Some(_), more: true, .. }), "{found:?}");
    for len in 0..=rest.len() {
        let found = framing.clone().scan(&rest[..len], 0, false);
        let progress = match found {
            Found::More { need } => need > len,
            Found::Skip { len, error: None, more: true } => len > 0,
            _ => false,
        };
        assert!(progress, "{found:?} of {len} bytes");
    }
}

#[test]
fn a_refused_packet_is_thrown_away_or_more_of_it_is_wanted() {
    wants_more_of_a_refused_one(Lines::new(3), b"abcd", b"efg");
    wants_more_of_a_refused_one(Lines::new(3).ending(Ending::CrLf), b"abcdef", b"\r");
    wants_more_of_a_refused_one(Lines::new(3).ending(Ending::Any), b"abcdef", b"\r");
    wants_more_of_a_refused_one(Delimited::new(b"--end--", 3).unwrap(), b"abcdefghijkl", b"--end-");
}

#[test]
fn seeds_say_what_their_oracles_say() {
    for (rule, seed) in seeds() {
        check(&rule, seed);
    }
}
