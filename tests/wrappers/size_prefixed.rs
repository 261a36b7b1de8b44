use wharf::send::Framer;
use wharf::{Deserializer, Event, Framed, LengthPrefixed, Receiver, SizePrefixed};

use crate::drive::{at_every_cut, clean, fatal, packet, reject, sent, truncated};

#[test]
fn a_frame_keeps_its_prefix() {
    let bytes = b"\x03\0\0\0abc\0\0\0\0\x01\0\0\0z";
    let frames = [packet(b"\x03\0\0\0abc"), packet([0; 4]), packet(b"\x01\0\0\0z"), clean()];
    assert_eq!(at_every_cut(|| Framed::new(SizePrefixed::new(3)), bytes), frames);
}

#[test]
fn the_limit_comes_first() {
    let bytes = b"\x04\0\0\0abcd\x03\0\0\0abc";
    let error = "packet of 4 bytes exceeds the limit of 3 at byte 0";
    assert_eq!(
        at_every_cut(|| Framed::new(SizePrefixed::new(3)), bytes),
        [reject(error), packet(b"\x03\0\0\0abc"), clean()]
    );
    assert_eq!(
        at_every_cut(|| Framed::new(SizePrefixed::new(3)), b"\xFF\xFF\xFF\xFF"),
        [fatal("packet of 4294967295 bytes exceeds the limit of 3 at byte 0")]
    );
    assert_eq!(at_every_cut(|| Framed::new(SizePrefixed::new(3)), b"\x03\0\0\0a"), [truncated(5, 2)]);
    assert!(u64::from(u32::MAX) > LengthPrefixed::MAX_SKIP);
}

#[test]
fn sends_only_frames_that_tell_their_size() {
    assert_eq!(sent(Framer::new(SizePrefixed::new(3)), b"\x01\0\0\0z").unwrap(), b"\x01\0\0\0z");
    for wrong in [&b""[..], b"\x01\0\0", b"\x01\0\0\0", b"\x01\0\0\0zz", b"\x04\0\0\0abcd"] {
        assert!(sent(Framer::new(SizePrefixed::new(3)), wrong).is_err(), "{wrong:?}");
    }
}

#[test]
fn frames_are_aligned_on_request() {
    let frames = Framed::new(SizePrefixed::new(32)).aligned(8).unwrap();
    let mut receiver = Receiver::new(frames.clone(), vec![0; frames.buffer_len(128)]).unwrap();
    let bytes = [&b"\x01\0\0\0z\x09\0\0\0"[..], &[7; 9], b"\x02\0\0\0xy"].concat();
    let mut unfed = &bytes[..];
    let mut count = 0;
    while count < 3 {
        match receiver.poll().unwrap() {
            Event::Packet(frame) => {
                assert_eq!(frame.as_ptr().addr() % 8, 0);
                count += 1;
            }
            Event::Receive(window) => {
                let fed = window.feed(unfed);
                unfed = &unfed[fed..];
            }
            Event::End(end) => panic!("{end:?}"),
        }
    }
}
