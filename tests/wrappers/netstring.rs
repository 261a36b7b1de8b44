use quickcheck::quickcheck;
use wharf::send::Framer;
use wharf::{Framed, Netstring};

use crate::drive::{Seen, at_every_cut, clean, drive, fatal, packet, reject, sent, truncated};

#[track_caller]
fn check(limit: usize, bytes: &[u8], expected: &[Seen]) {
    assert_eq!(at_every_cut(|| Framed::new(Netstring::new(limit).max_skip(100_000)), bytes), expected);
}

#[test]
fn reads_the_examples_of_its_author() {
    // From the definition: "hello world!" and the empty string.
    check(12, b"12:hello world!,0:,", &[packet("hello world!"), packet(""), clean()]);
}

#[test]
fn keeps_framing_after_an_oversized_packet() {
    let error = "packet of 6 bytes exceeds the limit of 5 at byte 0";
    check(5, b"6:1:a,2:,5:12345,", &[reject(error), packet("12345"), clean()]);
    check(
        5,
        b"4:abcd,5:abcde,6:abcdef,",
        &[packet("abcd"), packet("abcde"), reject(&error.replace("byte 0", "byte 15")), clean()],
    );
    check(0, b"1:a,0:,", &[reject("packet of 1 bytes exceeds the limit of 0 at byte 0"), packet(""), clean()]);
}

#[test]
fn does_not_believe_a_length_beyond_what_is_skipped() {
    check(5, b"100001:", &[fatal("packet exceeds the limit of 5 bytes at byte 0")]);
    check(5, b"99999999999999999999999999999999:", &[fatal("packet exceeds the limit of 5 bytes at byte 0")]);
}

#[test]
fn loses_the_boundary_where_a_netstring_is_malformed() {
    let lost = |expected: &str| [packet("a"), fatal(&format!("malformed packet: expected {expected} at byte 4"))];
    check(9, b"1:a,01:a,", &lost("a length without leading zeros"));
    check(9, b"1:a,00:,", &lost("a length without leading zeros"));
    check(9, b"1:a,:a,", &lost("a decimal length"));
    check(9, b"1:a,-1:a,", &lost("a decimal length"));
    check(9, b"1:a, 1:a,", &lost("a decimal length"));
    check(9, b"1:a,1;a,", &lost("a colon behind the length"));
    check(9, b"1:a,1:ab,", &lost("a comma behind the payload"));
    check(
        1,
        b"1:a,2:abc",
        &[
            packet("a"),
            reject("packet of 2 bytes exceeds the limit of 1 at byte 4"),
            fatal("malformed packet: expected a comma behind the payload at byte 4"),
        ],
    );
}

#[test]
fn tells_what_is_missing_at_the_end() {
    check(9, b"1", &[truncated(1, 1)]);
    check(9, b"3:ab", &[truncated(4, 2)]);
    check(9, b"3:abc", &[truncated(5, 1)]);
    check(1, b"3:abc", &[reject("packet of 3 bytes exceeds the limit of 1 at byte 0"), truncated(5, 1)]);
}

#[test]
fn sends_what_it_receives() {
    assert_eq!(sent(Framer::new(Netstring::new(12)), "hello world!").unwrap(), b"12:hello world!,");
    assert_eq!(sent(Framer::new(Netstring::new(0)), "").unwrap(), b"0:,");
    assert!(sent(Framer::new(Netstring::new(5)), "123456").is_err());
}

quickcheck! {
    fn round_trips(packets: Vec<Vec<u8>>) -> bool {
        let bytes: Vec<u8> = packets.iter().flat_map(|one| sent(Framer::new(Netstring::new(1000)), one).unwrap()).collect();
        let oracle: Vec<u8> = packets.iter().flat_map(|one| [format!("{}:", one.len()).as_bytes(), one, b","].concat()).collect();
        let events = drive(Framed::new(Netstring::new(1000)), &[&bytes], true).events;
        let expected: Vec<Seen> = packets.iter().map(packet).chain([clean()]).collect();
        bytes == oracle && events == expected
    }
}
