use quickcheck::quickcheck;
use wharf::codec::{Cobs, Utf8, WrapError};
use wharf::send::Framer;
use wharf::{Codec, Encode, Framed, Raw};

use crate::drive::{Seen, at_every_cut, clean, drive, packet, reject, sent, truncated};

#[track_caller]
fn check(limit: usize, bytes: &[u8], expected: &[Seen]) {
    assert_eq!(at_every_cut(|| Cobs::framed(limit), bytes), expected);
}

/// One block at a time, as the paper's table says it.
fn stuffed(packet: &[u8]) -> Vec<u8> {
    let mut frame = Vec::new();
    let mut rest = packet;
    loop {
        let block = rest.iter().take(254).take_while(|&&byte| byte != 0).count();
        frame.push(u8::try_from(block + 1).unwrap());
        frame.extend_from_slice(&rest[..block]);
        if block == rest.len() {
            return frame;
        }
        // A zero ends a block that is not full, and only that.
        rest = &rest[if block == 254 { block } else { block + 1 }..];
    }
}

#[test]
fn reads_the_table_of_examples() {
    let run = |from: u8, to: u8| (from..=to).collect::<Vec<u8>>();
    let rows: Vec<(Vec<u8>, Vec<u8>)> = vec![
        (vec![], vec![1]),
        (vec![0], vec![1, 1]),
        (vec![0, 0], vec![1, 1, 1]),
        (vec![0, 0x11, 0], vec![1, 2, 0x11, 1]),
        (vec![0x11, 0x22, 0, 0x33], vec![3, 0x11, 0x22, 2, 0x33]),
        (vec![0x11, 0, 0, 0], vec![2, 0x11, 1, 1, 1]),
        (run(1, 254), [vec![255], run(1, 254)].concat()),
        ([vec![0], run(1, 254)].concat(), [vec![1, 255], run(1, 254)].concat()),
        (run(1, 255), [vec![255], run(1, 254), vec![2, 255]].concat()),
        ([run(2, 255), vec![0]].concat(), [vec![255], run(2, 255), vec![1, 1]].concat()),
        ([run(3, 255), vec![0, 1]].concat(), [vec![254], run(3, 255), vec![2, 1]].concat()),
    ];
    for (plain, frame) in rows {
        assert_eq!(
            sent(Framer::with_codec(Cobs::<Raw>::framing(300), Cobs::new(Raw)), &plain).unwrap(),
            [&frame[..], &[0]].concat()
        );
        assert_eq!(stuffed(&plain), frame);
        check(300, &[&frame[..], &[0], &frame, &[0]].concat(), &[packet(&plain), packet(&plain), clean()]);
    }
}

#[test]
fn takes_an_empty_block_behind_a_full_one_for_nothing() {
    let full = [9; 254];
    let frame = [&[255][..], &full, &[1, 0]].concat();
    check(300, &frame, &[packet(full), clean()]);
}

#[test]
fn a_wrong_code_costs_one_packet() {
    let wrong = |at: u64, offset: usize| {
        reject(&format!(
            "malformed payload: expected the length of a block without zeros at byte {offset} of it at byte {at}"
        ))
    };
    check(9, b"\x05ab\x00\x02c\x00", &[wrong(0, 0), packet("c"), clean()]);
    check(9, b"\x02c\x00\x02a\x09b\x00\x02c\x00", &[packet("c"), wrong(3, 2), packet("c"), clean()]);
}

#[test]
fn zeros_that_follow_one_another_are_a_gap() {
    check(9, b"\x00\x00\x02a\x00\x00\x00\x01\x00\x00", &[packet("a"), packet(""), clean()]);
}

#[test]
fn keeps_framing_after_an_oversized_packet() {
    let error = "packet exceeds the limit of 3 bytes at byte 0";
    check(3, b"\x04abc\x00\x03ab\x00", &[reject(error), packet("ab"), clean()]);
    check(3, b"\x04abc\x00\x00\x02a", &[reject(error), truncated(2, 1)]);
}

#[test]
fn refuses_zeros_inside_where_another_framing_lets_them_through() {
    let mut codec = Cobs::new(Utf8);
    assert!(codec.decode(&mut []).is_err());
    assert!(codec.decode(&mut [0]).is_err());
    let at = |frame: &mut [u8]| match Cobs::new(Raw).decode(frame) {
        Err(WrapError::Malformed { offset, .. }) => offset,
        other => panic!("{other:?}"),
    };
    assert_eq!((at(&mut [3, b'a', 0]), at(&mut [2, b'a', 3, b'b', 0])), (2, 4));
    assert_eq!(codec.decode(&mut [3, b'a', b'b']), Ok("ab"));
}

quickcheck! {
    fn round_trips(plain: Vec<u8>, repeat: u8) -> bool {
        let plain = plain.repeat(usize::from(repeat % 8));
        let mut frame = b"kept".to_vec();
        Cobs::new(Raw).encode(&plain, &mut frame).unwrap();
        let same = frame[4..] == stuffed(&plain) && frame.starts_with(b"kept");
        let decoded = Cobs::new(Raw).decode(&mut frame[4..]).map(<[u8]>::to_vec);
        same && decoded == Ok(plain)
    }

    fn hostile_frames_never_panic(bytes: Vec<u8>, cut: u8) -> bool {
        let cut = usize::from(cut).min(bytes.len());
        let make = || Framed::with_codec(Cobs::<Raw>::framing(20), Cobs::new(Raw));
        drive(make(), &[&bytes], true) == drive(make(), &[&bytes[..cut], &bytes[cut..]], true)
    }
}
