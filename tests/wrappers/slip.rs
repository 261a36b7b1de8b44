use quickcheck::quickcheck;
use wharf::codec::Slip;
use wharf::send::Framer;
use wharf::{Codec, Encode, Raw};

use crate::drive::{Seen, at_every_cut, clean, drive, packet, reject, sent, truncated};

#[track_caller]
fn check(limit: usize, bytes: &[u8], expected: &[Seen]) {
    assert_eq!(at_every_cut(|| Slip::framed(limit), bytes), expected);
}

/// The RFC's `recv_packet`, a character at a time; `None` where it meets a protocol violation.
fn unescaped(frame: &[u8]) -> Option<Vec<u8>> {
    let mut packet = Vec::new();
    let mut characters = frame.iter();
    while let Some(&character) = characters.next() {
        packet.push(match character {
            0xDB => match characters.next()? {
                0xDC => 0xC0,
                0xDD => 0xDB,
                _ => return None,
            },
            character => character,
        });
    }
    Some(packet)
}

#[test]
fn takes_escapes_out() {
    check(20, b"\xDB\xDCab\xDB\xDDc\xDC\xDD\xC0", &[packet(b"\xC0ab\xDBc\xDC\xDD"), clean()]);
    check(20, b"\xDB\xDD\xDB\xDC\xC0", &[packet(b"\xDB\xC0"), clean()]);
}

#[test]
fn ends_that_follow_one_another_are_a_gap() {
    check(20, b"\xC0\xC0one\xC0\xC0two\xC0\xC0\xC0", &[packet("one"), packet("two"), clean()]);
}

#[test]
fn a_wrong_escape_costs_one_packet() {
    let wrong = |at: u64, offset: usize| {
        reject(&format!(
            "malformed payload: expected an octet, or DC or DD behind DB at byte {offset} of it at byte {at}"
        ))
    };
    check(20, b"a\xDBb\xC0ok\xC0", &[wrong(0, 1), packet("ok"), clean()]);
    // An escape can't escape the END: the packet ends there.
    check(20, b"ok\xC0a\xDB\xC0ok\xC0", &[packet("ok"), wrong(3, 1), packet("ok"), clean()]);
    check(20, b"\xDB\xDB\xDC\xC0ok\xC0", &[wrong(0, 0), packet("ok"), clean()]);
}

#[test]
fn keeps_framing_after_an_oversized_packet() {
    let error = "packet exceeds the limit of 3 bytes at byte 1";
    check(3, b"\xC0abcd\xC0abc\xC0", &[reject(error), packet("abc"), clean()]);
    check(3, b"\xC0ab\xDB\xDC\xC0ab", &[reject(error), truncated(2, 1)]);
}

#[test]
fn has_no_empty_packet_to_send() {
    let slip = || Framer::with_codec(Slip::<Raw>::framing(20), Slip::new(Raw));
    assert_eq!(sent(slip(), b"a\xC0\xDB").unwrap(), b"a\xDB\xDC\xDB\xDD\xC0");
    assert!(sent(slip(), b"").is_err());
    assert!(sent(slip(), &[0xC0; 11]).is_err(), "the limit counts escapes");
}

#[test]
fn refuses_an_end_inside_where_another_framing_lets_it_through() {
    assert!(Slip::new(Raw).decode(&mut b"a\xC0b".to_owned()).is_err());
    assert_eq!(Slip::new(Raw).decode(&mut []), Ok(&[][..]));
}

quickcheck! {
    fn round_trips(plain: Vec<u8>) -> bool {
        // Half of the bytes are special ones.
        let plain: Vec<u8> = plain.iter().map(|&byte| if byte < 128 { 0xC0 + (byte & 0x1F) } else { byte }).collect();
        let mut frame = Vec::new();
        Slip::new(Raw).encode(&plain, &mut frame).unwrap();
        !frame.contains(&0xC0) && Slip::new(Raw).decode(&mut frame) == Ok(&plain[..])
    }

    fn reads_as_the_rfc_does(frame: Vec<u8>) -> bool {
        let frame: Vec<u8> = frame.iter().map(|&byte| if byte < 128 { 0xDA + (byte & 3) } else { byte }).filter(|&byte| byte != 0xC0).collect();
        let bytes = [&frame[..], &[0xC0]].concat();
        let events = drive(Slip::framed(1000), &[&bytes], true).events;
        match unescaped(&frame) {
            _ if frame.is_empty() => events == [clean()],
            Some(expected) => events == [packet(expected), clean()],
            None => matches!(&events[..], [Seen::Reject(_), Seen::End(_)]),
        }
    }
}
