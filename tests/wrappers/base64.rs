use quickcheck::quickcheck;
use wharf::codec::{Alphabet, Base64, HmacSha256, Sha256, Utf8, WrapError};
use wharf::send::Framer;
use wharf::{Codec, Encode, Ending, Framed, Lines, Raw};

use crate::drive::{at_every_cut, clean, packet, reject, sent};

const KEY: &[u8] = b"0123456789abcdef0123456789abcdef";

/// Six bits at a time, as the RFC says it.
fn encoded(alphabet: Alphabet, plain: &[u8]) -> String {
    let characters: Vec<char> = ('A'..='Z').chain('a'..='z').chain('0'..='9').collect();
    let special = if alphabet == Alphabet::Standard { ['+', '/'] } else { ['-', '_'] };
    let character = |bits: u32| characters.iter().chain(&special).nth((bits & 63) as usize).unwrap();
    let mut text = String::new();
    for chunk in plain.chunks(3) {
        let bits = chunk.iter().chain(&[0, 0]).take(3).fold(0, |bits, &byte| bits << 8 | u32::from(byte));
        for index in 0..4 {
            text.push(if index <= chunk.len() { *character(bits >> (18 - 6 * index)) } else { '=' });
        }
    }
    text
}

#[test]
fn reads_the_vectors_of_the_rfc() {
    // RFC 4648 §10.
    let rows = [
        ("", ""),
        ("f", "Zg=="),
        ("fo", "Zm8="),
        ("foo", "Zm9v"),
        ("foob", "Zm9vYg=="),
        ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ];
    for (plain, text) in rows {
        assert_eq!(encoded(Alphabet::Standard, plain.as_bytes()), text);
        for make in [Base64::standard, Base64::url_safe] {
            let mut payload = Vec::new();
            make(Raw).encode(plain, &mut payload).unwrap();
            assert_eq!(payload, text.as_bytes());
            assert_eq!(make(Raw).decode(&mut payload), Ok(plain.as_bytes()));
        }
    }
}

#[test]
fn a_payload_that_is_not_strictly_base64_costs_one_packet() {
    let lines = || Framed::with_codec(Lines::new(3000), Base64::standard(Raw));
    let long = "A".repeat(1024);
    // The wrong payload, and where it is wrong.
    let rows = [
        ("Zg", 2),
        ("Zg=", 3),
        ("Zh==", 1),
        ("Zg==Zg==", 2),
        ("Zm9v\r", 4),
        (" Zm9v", 0),
        ("Zm-v", 2),
        ("Z===", 1),
        ("====", 0),
        ("Zm9\u{e9}", 3),
        (&format!("{long}Zm9*"), 1027),
        (&format!("{}Zg=={long}", &long[4..]), 1022),
        (&format!("{long}A"), 1024),
    ];
    for (wrong, _) in rows {
        let expected = at_every_cut_if_short(lines, &format!("Zm9v\n{wrong}\nZm9v\n"));
        assert!(matches!(&expected[..], [_, crate::drive::Seen::Reject(_), _, _]), "{wrong}: {expected:?}");
    }
    // Padding is wrong where it begins, if more follows it.
    let chunk = &long[4..];
    for (wrong, at) in [("Zg==Zg==", 2), ("Zm8=Zg==", 3), (&format!("{chunk}Zg=={long}"), 1022)] {
        let refused = Base64::standard(Raw).decode(&mut wrong.as_bytes().to_vec()).map(<[u8]>::to_vec);
        assert!(matches!(refused, Err(WrapError::Malformed { offset, .. }) if offset == at), "{wrong}: {refused:?}");
    }
    for (wrong, at) in rows {
        let mut payload = wrong.as_bytes().to_vec();
        match Base64::standard(Raw).decode(&mut payload) {
            Err(WrapError::Malformed { offset, .. }) => assert!(offset.abs_diff(at) <= 3, "{wrong}: {offset}"),
            other => panic!("{wrong}: {other:?}"),
        }
    }
}

fn at_every_cut_if_short<D: crate::drive::Told>(make: impl Fn() -> D, bytes: &str) -> Vec<crate::drive::Seen> {
    if bytes.len() < 100 {
        at_every_cut(make, bytes.as_bytes())
    } else {
        crate::drive::drive(make(), &[bytes.as_bytes()], true).events
    }
}

#[test]
fn alphabets_differ_in_two_characters() {
    let mut plain = Base64::standard(Raw);
    let mut safe = Base64::url_safe(Raw);
    assert_eq!(plain.decode(&mut b"+/+/".to_owned()), Ok(&b"\xFB\xFF\xBF"[..]));
    assert_eq!(safe.decode(&mut b"-_-_".to_owned()), Ok(&b"\xFB\xFF\xBF"[..]));
    assert!(plain.decode(&mut b"-_-_".to_owned()).is_err());
    assert!(safe.decode(&mut b"+/+/".to_owned()).is_err());
}

#[test]
fn checksums_are_those_of_the_standards() {
    // FIPS 180-4's "abc", and test case 2 of RFC 4231.
    let mut payload = Vec::new();
    Sha256::new(Raw).encode("abc", &mut payload).unwrap();
    assert_eq!(payload[3..], *hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    let (key, text) = (b"Jefe", "what do ya want for nothing?");
    payload.clear();
    HmacSha256::new(key, Raw).encode(text, &mut payload).unwrap();
    assert_eq!(payload[text.len()..], *hex("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
}

fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len() / 2).map(|at| u8::from_str_radix(&digits[2 * at..2 * at + 2], 16).unwrap()).collect()
}

#[test]
fn every_changed_byte_costs_one_packet() {
    let (mut signed, mut hashed) = (HmacSha256::new(KEY, Raw), Sha256::new(Raw));
    let (mut one, mut other) = (Vec::new(), Vec::new());
    signed.encode("payload", &mut one).unwrap();
    hashed.encode("payload", &mut other).unwrap();
    assert_ne!(one, other);
    for at in 0..one.len() {
        let (mut one, mut other) = (one.clone(), other.clone());
        one[at] ^= 1;
        other[at] ^= 0x80;
        assert_eq!(signed.decode(&mut one), Err(WrapError::Checksum));
        assert_eq!(hashed.decode(&mut other), Err(WrapError::Checksum));
    }
    assert_eq!(HmacSha256::new(b"another key", Raw).decode(&mut one), Err(WrapError::Checksum));
    assert_eq!(signed.decode(&mut one), Ok(&b"payload"[..]));
    assert!(matches!(hashed.decode(&mut [0; 31]), Err(WrapError::Malformed { offset: 31, .. })));
}

#[test]
fn codecs_wrap_codecs() {
    let make = || Base64::url_safe(HmacSha256::new(KEY, Base64::standard(Sha256::new(Utf8))));
    let framing = || Lines::new(1000).ending(Ending::CrLf);
    let good = sent(Framer::with_codec(framing(), make()), "grüß").unwrap();
    assert!(good.ends_with(b"\r\n"));

    // Signed, but no text inside.
    let raw = Base64::url_safe(HmacSha256::new(KEY, Base64::standard(Sha256::new(Raw))));
    let latin = sent(Framer::with_codec(framing(), raw), b"gr\xFC").unwrap();
    let mut forged = good.clone();
    forged[0] ^= 1;
    let bytes = [&good[..], &latin, &forged, &good].concat();
    let (second, third) = (good.len(), good.len() + latin.len());
    assert_eq!(
        at_every_cut(|| Framed::with_codec(framing(), make()), &bytes),
        [
            packet("grüß"),
            reject(&format!("text is not UTF-8 at byte 2 of the payload at byte {second}")),
            reject(&format!("checksum is not that of the payload at byte {third}")),
            packet("grüß"),
            clean(),
        ]
    );
}

#[test]
fn a_key_is_not_shown() {
    assert_eq!(format!("{:?}", HmacSha256::new(KEY, Raw)), "HmacSha256 { inner: Raw, .. }");
}

quickcheck! {
    fn round_trips(plain: Vec<u8>, repeat: u8, url_safe: bool) -> bool {
        let plain = plain.repeat(usize::from(repeat % 64));
        let alphabet = if url_safe { Alphabet::UrlSafe } else { Alphabet::Standard };
        let mut payload = b"kept".to_vec();
        Base64::new(alphabet, Raw).encode(&plain, &mut payload).unwrap();
        let same = payload[4..] == *encoded(alphabet, &plain).as_bytes() && payload.starts_with(b"kept");
        let decoded = Base64::new(alphabet, Raw).decode(&mut payload[4..]).map(<[u8]>::to_vec);
        same && decoded == Ok(plain)
    }

    fn no_two_payloads_are_the_same_packet(text: Vec<u8>) -> bool {
        let text: Vec<u8> = text.iter().map(|byte| b"AZaz09+/=B"[usize::from(byte % 10)]).collect();
        let mut payload = text.clone();
        match Base64::standard(Raw).decode(&mut payload) {
            Ok(plain) => encoded(Alphabet::Standard, plain).as_bytes() == text,
            Err(_) => true,
        }
    }
}
