//! Limits: at, one below and one above, in every framing; lengths that nobody can believe.

use wharf::codec::Json;
use wharf::{
    ConfigError, Delimited, Deserializer, Endian, Ending, FinalLine, Fixed, FrameError, Framed, Framing,
    LengthPrefixed, Lines, Netstring, Ready, Receiver, Step, Width,
};
use wharf_tests::chunking::{Said, Subject};

/// What was said, as a letter for each: packet, reject, fatal, end.
fn gist(said: &[Said<Vec<u8>>]) -> String {
    let letter = |said: &Said<Vec<u8>>| match said {
        Said::Packet(_) => 'p',
        Said::Reject(_) => 'r',
        Said::Fatal(_) => 'f',
        Said::End(_) => 'e',
    };
    said.iter().map(letter).collect()
}

/// Checks what is said of `stream` at any cut, and the packets that are lent.
#[track_caller]
fn check<F: Framing + 'static>(make: impl Fn() -> F, stream: &[u8], expected: &str, packets: &[&[u8]]) {
    let subject = Subject { make: || Framed::new(make()), own: |packet: &[u8]| packet.to_vec() };
    let transcript = subject.check(stream);
    assert_eq!(gist(&transcript.said), expected, "{:?}", transcript.said);
    assert!(transcript.packets().map(Vec::as_slice).eq(packets.iter().copied()), "{:?}", transcript.said);
}

/// Bodies of one below, at, and one above each limit, with a packet behind each.
#[track_caller]
fn check_limit<F: Framing + 'static>(make: impl Fn(usize) -> F, enclose: impl Fn(&[u8]) -> Vec<u8>) {
    for limit in (0..20).chain([127, 128, 255]) {
        let body = vec![b'x'; limit + 1];
        let behind = enclose(b"");
        if limit > 0 {
            let below = &body[..limit - 1];
            check(|| make(limit), &[enclose(below), behind.clone()].concat(), "ppe", &[below, b""]);
        }
        check(|| make(limit), &[enclose(&body[..limit]), behind.clone()].concat(), "ppe", &[&body[..limit], b""]);
        check(|| make(limit), &[enclose(&body), behind].concat(), "rpe", &[b""]);
    }
}

#[test]
fn lines_are_refused_above_their_limit_and_not_at_it() {
    let ended_by = |ending: &'static [u8]| move |line: &[u8]| [line, ending].concat();
    check_limit(Lines::new, ended_by(b"\n"));
    check_limit(|limit| Lines::new(limit).ending(Ending::CrLf), ended_by(b"\r\n"));
    check_limit(|limit| Lines::new(limit).ending(Ending::Any), ended_by(b"\n"));
    check_limit(|limit| Lines::new(limit).ending(Ending::Any), ended_by(b"\r\n"));
}

#[test]
fn delimited_packets_are_refused_above_their_limit_and_not_at_it() {
    for delimiter in ["\0", "--", "-->", "<<<<end>>>>"] {
        let make = |limit| Delimited::new(delimiter, limit).expect("not empty");
        check_limit(make, |body| [body, delimiter.as_bytes()].concat());
    }
}

#[test]
fn length_prefixed_bodies_are_refused_above_their_limit_and_not_at_it() {
    let rows = [
        (Width::U16, Endian::Big),
        (Width::U24, Endian::Little),
        (Width::U32, Endian::Big),
        (Width::U64, Endian::Little),
    ];
    for (width, endian) in rows {
        let make = |limit| LengthPrefixed::new(width, limit).endian(endian).before(1).after(2).counts_head();
        let bytes = match width {
            Width::U16 => 2,
            Width::U24 => 3,
            Width::U32 => 4,
            _ => 8,
        };
        check_limit(make, |body| {
            let mut len = ((1 + bytes + 2 + body.len()) as u64).to_le_bytes()[..bytes].to_vec();
            if endian == Endian::Big {
                len.reverse();
            }
            [&[0xca], &len[..], &[0xfe, 0xfe], body].concat()
        });
    }
    check_limit(
        |limit| LengthPrefixed::new(Width::Varint, limit),
        |body| match u8::try_from(body.len()) {
            Ok(len @ 0..0x80) => [&[len], body].concat(),
            Ok(len) => [&[len, 1], body].concat(),
            Err(_) => [&[0x80, 2], body].concat(),
        },
    );
}

#[test]
fn a_buffer_shorter_than_the_longest_packet_is_refused() {
    #[track_caller]
    fn check(framing: impl Framing, needed: usize) {
        let framed = Framed::new(framing);
        let had = (needed - 1).min(1000);
        let error = Receiver::new(framed, vec![0; had]).err();
        assert_eq!(error, Some(ConfigError::BufferTooSmall { needed, had }));
    }
    check(Lines::new(10), 11);
    check(Lines::new(10).ending(Ending::CrLf), 12);
    check(Lines::new(10).ending(Ending::Any), 12);
    check(Delimited::new("--end--", 10).expect("not empty"), 17);
    check(Fixed::new(10).expect("not 0"), 10);
    check(LengthPrefixed::new(Width::U24, 10).before(1).after(2), 16);
    check(LengthPrefixed::new(Width::Varint, 10), 20);
    check(Netstring::new(100).max_skip(100), 3 + 1 + 100 + 1);
    check(Netstring::new(100).max_skip(1000), 4 + 1 + 100 + 1);
    check(Framed::<Lines, Json<()>>::json_lines().framing().clone(), 64 * 1024 + 2);
    check(Lines::new(usize::MAX), usize::MAX);
    check(LengthPrefixed::new(Width::U64, usize::MAX).before(usize::MAX), usize::MAX);
}

#[test]
fn framings_that_could_not_get_past_a_packet_are_refused() {
    assert!(Fixed::new(0).is_err());
    assert!(Delimited::new("", 10).is_err());
}

/// The error of the first thing that is said of `stream`, which is fatal.
#[track_caller]
fn fatal(framing: &LengthPrefixed, stream: &[u8]) -> String {
    let subject = Subject { make: || Framed::new(framing.clone()), own: |packet: &[u8]| packet.to_vec() };
    let transcript = subject.check(stream);
    let [Said::Fatal(error)] = &transcript.said[..] else { panic!("{:?}", transcript.said) };
    assert_eq!(transcript.position, 0, "the packet that lost the boundary begins here");
    error.clone()
}

#[test]
fn lengths_up_to_max_skip_are_skipped_and_longer_ones_are_fatal() {
    let make = || LengthPrefixed::new(Width::U32, 3).max_skip(6);
    check(make, b"\0\0\0\x06xxxxxx\0\0\0\x01z", "rpe", &[b"z"]);
    check(make, b"\0\0\0\x01z\0\0\0\x07xxxxxxx\0\0\0\x01z", "pf", &[b"z"]);
    // A limit above it is a limit all the same.
    check(|| make().max_skip(0), b"\0\0\0\x03abc\0\0\0\x04abcd", "pf", &[b"abc"]);
}

#[test]
fn declared_lengths_at_the_ends_of_the_numbers_reserve_nothing_and_are_fatal() {
    let eight = LengthPrefixed::new(Width::U64, 3);
    for len in [1_u64 << 63, (1 << 63) - 1, u64::MAX, u64::MAX - 7, u64::MAX - 8, LengthPrefixed::MAX_SKIP + 1] {
        let error = fatal(&eight, &[&len.to_be_bytes()[..], b"abc"].concat());
        assert!(error.contains(&format!("needed: Some({len})")), "{error}");
        // Also where the caller believes all that fits in a number.
        let credulous = eight.clone().max_skip(u64::MAX);
        let subject = Subject { make: || Framed::new(credulous.clone()), own: |packet: &[u8]| packet.to_vec() };
        let said = gist(&subject.check(&[&len.to_be_bytes()[..], b"abc"].concat()).said);
        assert_eq!(said, if len > u64::MAX - 8 { "f" } else { "re" }, "{len}");
    }
}

#[test]
fn a_skip_of_2_to_the_63_is_counted_to_its_end() {
    // No one can send it, but what is missing can be told.
    let len = 1_u64 << 63;
    let framing = LengthPrefixed::new(Width::U64, 3).max_skip(u64::MAX);
    let subject = Subject { make: || Framed::new(framing.clone()), own: |packet: &[u8]| packet.to_vec() };
    let said = subject.check(&[&len.to_be_bytes()[..], b"abc"].concat()).said;
    let missing = len - 3;
    assert_eq!(format!("{:?}", said[1]), format!("End(Truncated {{ had: 11, missing: {missing} }})"));
}

#[test]
fn lengths_below_nothing_are_malformed_and_those_beyond_64_bits_too() {
    let covers = FrameError::Malformed { expected: "a length that covers its own head" };
    let expected = format!("kind: Frame({covers:?})");
    let one = |len: u8| [len, b'x', b'x', b'x'];
    for len in 0..4 {
        let counting = LengthPrefixed::new(Width::U8, 9).before(0).after(3).counts_head();
        assert!(fatal(&counting, &one(len)).contains(&expected));
    }
    for len in 0..3 {
        assert!(fatal(&LengthPrefixed::new(Width::U8, 9).adjust(-3), &one(len)).contains(&expected));
    }
    assert!(fatal(&LengthPrefixed::new(Width::U8, 9).adjust(i64::MIN), &one(255)).contains(&expected));
    assert!(fatal(&LengthPrefixed::new(Width::U8, 9).adjust(i64::MIN).counts_head(), &one(255)).contains(&expected));
    let full = [0xff; 9];
    assert!(fatal(&LengthPrefixed::new(Width::U64, 9).adjust(1), &full).contains(&expected));
    assert!(fatal(&LengthPrefixed::new(Width::U64, 9).adjust(i64::MAX), &full).contains(&expected));
    // Down from the very top, the two ends meet.
    let low = LengthPrefixed::new(Width::U64, 9).adjust(i64::MIN + 1).max_skip(0);
    let mut stream = ((1_u64 << 63) + 1).to_be_bytes().to_vec();
    stream.extend(b"ab");
    check(|| low.clone(), &stream, "pe", &[b"ab"]);
}

#[test]
fn varints_may_be_overlong_and_not_over_64_bits() {
    let make = || LengthPrefixed::new(Width::Varint, 9);
    let overlong = |zeros: usize| [&[0x82][..], &vec![0x80; zeros], &[0], b"ab"].concat();
    for zeros in 0..=8 {
        check(make, &overlong(zeros), "pe", &[b"ab"]);
    }
    let malformed = |stream: &[u8]| fatal(&make(), stream).contains("a varint below 2^64");
    assert!(malformed(&overlong(9)), "eleven bytes");
    assert!(malformed(&[0x80; 10]), "ten bytes and no end");
    assert!(malformed(&[0xff; 10]));
    let top = |last: u8| [&[0xff; 9][..], &[last]].concat();
    assert!(fatal(&make(), &top(1)).contains(&format!("needed: Some({})", u64::MAX)));
    assert!(malformed(&top(2)));
    assert!(malformed(&top(0x7f)));
    // Nine bytes may yet go on.
    let subject = Subject { make: || Framed::new(make()), own: |packet: &[u8]| packet.to_vec() };
    let transcript = subject.run(19, [&[0xff; 9][..]], false);
    assert_eq!((transcript.said.len(), transcript.remainder.len()), (0, 9));
}

#[test]
fn errors_say_the_limit_the_length_and_the_position() {
    let subject = |framing: LengthPrefixed| Subject {
        make: move || Framed::new(framing.clone()),
        own: |packet: &[u8]| packet.to_vec(),
    };
    let said = subject(LengthPrefixed::new(Width::U8, 3)).check(b"\x02ab\x04abcd\x05abcde").said;
    let reject = |needed, position| {
        let kind = FrameError::LimitExceeded { limit: 3, needed: Some(needed) };
        Said::Reject(format!("Error {{ kind: Frame({kind:?}), position: {position} }}"))
    };
    assert_eq!(said[1..3], [reject(4, 3), reject(5, 8)]);
}

#[test]
fn a_netstring_of_the_limit_is_delivered_also_if_nothing_may_be_skipped() {
    check(|| Netstring::new(5).max_skip(0), b"5:abcde,6:", "pf", &[b"abcde"]);
}

#[test]
fn a_last_line_that_is_too_long_costs_none_that_is_behind_it() {
    // The stream has ended, and all of it is in the buffer, before anything is said of it.
    let mut engine = Framed::new(Lines::new(4).final_line(FinalLine::Packet));
    let mut buffer = *b"far too long\nok";
    engine.adopt(0..buffer.len(), 0);
    engine.received(0);
    assert!(matches!(engine.step(&mut buffer), Step::Reject(error) if error.position() == 0));
    let Step::Packet(span) = engine.step(&mut buffer) else { panic!("a line is left") };
    assert_eq!(engine.view(&mut buffer, span), Ok(&b"ok"[..]));
}

#[test]
fn what_follows_a_refused_packet_is_received_with_all_the_room_there_is() {
    let mut receiver = Receiver::new(Framed::new(LengthPrefixed::new(Width::U8, 4)), [0; 64]).expect("long enough");
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"\x09abc").expect("a buffer"), 4);
    assert!(matches!(receiver.ready(), Ready::Reject(_)));
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.window().expect("a buffer").len(), 64, "of which 6 bytes are to be thrown away");
}
