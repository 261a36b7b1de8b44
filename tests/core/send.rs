//! The send queue: all or nothing, partial writes at any byte, shared payloads.

use bytes::Bytes;
use quickcheck::{Arbitrary, Gen, quickcheck};
use wharf::send::{Framer, Outgoing, SendError, Sender, SerializeError, Serializer};
use wharf::{Delimited, Endian, Ending, Enframe, Fixed, FrameError, LengthPrefixed, Lines, Netstring, Stapled, Width};

fn sent<S>(sender: &Sender<S>) -> Vec<u8> {
    sender.chunks().flatten().copied().collect()
}

#[track_caller]
fn check<F: Enframe>(framing: F, payload: &[u8], wire: &[u8]) {
    let mut sender = Sender::new(Framer::new(framing), 1024);
    sender.enqueue(payload).expect("the payload fits");
    assert_eq!(sent(&sender), wire);
    assert_eq!(sender.len(), wire.len());
}

#[test]
fn writes_every_framing() {
    check(Lines::new(9), b"abc", b"abc\n");
    check(Lines::new(9).ending(Ending::CrLf), b"a\nc", b"a\nc\r\n");
    check(Lines::new(9).keep_ending(), b"abc\n", b"abc\n");
    check(Delimited::new(b"--", 9).unwrap(), b"a-b", b"a-b--");
    check(Fixed::new(3).unwrap(), b"abc", b"abc");
    check(LengthPrefixed::new(Width::U8, 9), b"abc", b"\x03abc");
    check(LengthPrefixed::new(Width::U16, 9).endian(Endian::Little), b"abc", b"\x03\0abc");
    check(LengthPrefixed::new(Width::U24, 9).counts_head(), b"abc", b"\0\0\x06abc");
    check(LengthPrefixed::new(Width::U32, 9).before(1).after(2), b"abc", b"\0\0\0\0\x03\0\0abc");
    check(LengthPrefixed::new(Width::U64, 9).adjust(-1), b"abc", b"\0\0\0\0\0\0\0\x04abc");
    check(LengthPrefixed::new(Width::Varint, 300), &[7; 200], &[&[0xc8, 0x01][..], &[7; 200]].concat());
    check(LengthPrefixed::new(Width::Varint, 300).counts_head(), &[7; 127], &[&[0x81, 0x01][..], &[7; 127]].concat());
    check(LengthPrefixed::new(Width::U16, 9).keep_head(), b"\0\x01a", b"\0\x01a");
    check(Stapled::new(Lines::new(9), LengthPrefixed::new(Width::U16, 9)), b"abc", b"\0\x03abc");
    check(Stapled::new(Lines::new(9), Lines::new(9).ending(Ending::CrLf)), b"abc", b"abc\r\n");
}

#[test]
fn writes_what_is_just_within_the_limit() {
    check(Lines::new(3), b"abc", b"abc\n");
    check(Delimited::new(b"--", 3).unwrap(), b"abc", b"abc--");
    check(LengthPrefixed::new(Width::U8, 3), b"abc", b"\x03abc");
    check(LengthPrefixed::new(Width::U8, 255), &[7; 255], &[&[255][..], &[7; 255]].concat());
    check(Netstring::new(3), b"abc", b"3:abc,");
}

#[test]
fn takes_a_framing_that_is_chosen_at_run_time() {
    let framings: [Box<dyn Enframe + Send>; 2] =
        [Box::new(Lines::new(9).ending(Ending::CrLf)), Box::new(LengthPrefixed::new(Width::U16, 9))];
    for (framing, wire) in framings.into_iter().zip([b"abc\r\n", b"\0\x03abc"]) {
        check(framing, b"abc", wire);
    }
}

#[track_caller]
fn check_refused<F: Enframe>(framing: F, payload: &[u8], expected: FrameError) {
    let mut sender = Sender::new(Framer::new(framing), 1024);
    let refused = SendError::Refused(SerializeError::Frame(expected));
    assert_eq!(sender.enqueue(payload), Err(refused));
    assert_eq!(sender.enqueue_bytes(Bytes::copy_from_slice(payload)), Err(refused));
    assert!(sender.is_empty() && sent(&sender).is_empty());
}

#[test]
fn refuses_what_a_receiver_would_misread() {
    let within = FrameError::Malformed { expected: "a line without an ending inside" };
    check_refused(Lines::new(9), b"a\nb", within);
    check_refused(Lines::new(9).ending(Ending::CrLf), b"a\r\nb", within);
    check_refused(Lines::new(9).ending(Ending::Any), b"a\r", within);
    check_refused(Lines::new(9).keep_ending(), b"a", FrameError::Malformed { expected: "a line with its ending" });
    let within = FrameError::Malformed { expected: "a payload without the delimiter" };
    check_refused(Delimited::new(b"--", 9).unwrap(), b"a--b", within);
    check_refused(Delimited::new(b"--", 9).unwrap(), b"a-", within);
    check_refused(Delimited::new(b"abab", 9).unwrap(), b"xab", within);
    check_refused(Fixed::new(2).unwrap(), b"a", FrameError::Malformed { expected: "a payload of the fixed length" });
    let too_long = |limit| FrameError::LimitExceeded { limit, needed: Some(limit + 1) };
    check_refused(Lines::new(1), b"ab", too_long(1));
    check_refused(Delimited::new(b"--", 1).unwrap(), b"ab", too_long(1));
    check_refused(Fixed::new(1).unwrap(), b"ab", too_long(1));
    check_refused(LengthPrefixed::new(Width::U8, 1), b"ab", too_long(1));
    let unfit = FrameError::Malformed { expected: "a body whose length fits the length field" };
    check_refused(LengthPrefixed::new(Width::U8, 999), &[0; 256], unfit);
    check_refused(LengthPrefixed::new(Width::U8, 999).adjust(5), b"abc", unfit);
    let tells = FrameError::Malformed { expected: "a head that tells its packet's length" };
    check_refused(LengthPrefixed::new(Width::U8, 9).keep_head(), b"\x02abc", tells);
}

#[test]
fn refuses_when_full_and_goes_on_when_sent() {
    let mut sender = Sender::new(Framer::new(Lines::new(9)), 5);
    sender.enqueue("abc").unwrap();
    sender.enqueue("def").unwrap();
    assert_eq!(sender.enqueue("ghi"), Err(SendError::Full { queued: 8, limit: 5 }));
    sender.sent(4);
    sender.enqueue("ghi").unwrap();
    assert_eq!(sent(&sender), b"def\nghi\n");
}

/// Writes half a packet, then fails or panics.
struct Half;

impl Serializer<bool> for Half {
    type Error = &'static str;

    fn serialize(&mut self, panics: &bool, out: &mut Outgoing<'_>) -> Result<(), &'static str> {
        out.bytes().extend_from_slice(b"half");
        out.share(Bytes::from_static(b"shared"));
        assert!(!panics, "as asked");
        Err("as asked")
    }
}

#[test]
fn takes_a_failed_packet_back() {
    let mut sender = Sender::new(Half, 99);
    assert_eq!(sender.enqueue(&false), Err(SendError::Refused("as asked")));
    let panicked = std::panic::catch_unwind(core::panic::AssertUnwindSafe(|| sender.enqueue(&true)));
    assert!(panicked.is_err());
    assert!(sender.is_empty() && sent(&sender).is_empty());
}

#[test]
fn shares_payloads_without_a_copy() {
    let payload = Bytes::from(vec![7; 5000]);
    let mut sender = Sender::new(Framer::new(LengthPrefixed::new(Width::U16, 9999)), 9999);
    sender.enqueue_bytes(payload.clone()).unwrap();
    assert!(sender.chunks().any(|chunk| core::ptr::eq(chunk, &payload[..])));
}

#[test]
#[should_panic(expected = "3 bytes sent of 2 that were queued")]
fn panics_when_more_was_sent_than_queued() {
    let mut sender = Sender::new(Framer::new(Lines::new(9)), 9);
    sender.enqueue("a").unwrap();
    sender.sent(3);
}

#[derive(Debug, Clone)]
enum Action {
    Copied(Vec<u8>),
    Shared(Vec<u8>),
    Sent(usize),
    Rest,
}

impl Arbitrary for Action {
    fn arbitrary(g: &mut Gen) -> Self {
        match u8::arbitrary(g) % 6 {
            0 | 1 => Self::Copied(Vec::arbitrary(g)),
            2 => Self::Shared(Vec::arbitrary(g)),
            3 | 4 => Self::Sent(usize::arbitrary(g)),
            _ => Self::Rest,
        }
    }
}

quickcheck! {
    fn sends_the_same_bytes_whatever_each_write_takes(actions: Vec<Action>) -> bool {
        let mut sender = Sender::new(Framer::new(LengthPrefixed::new(Width::U8, 255)), 700);
        let (mut expected, mut written) = (Vec::new(), Vec::new());
        for action in actions {
            match action {
                Action::Copied(payload) | Action::Shared(payload) if payload.len() > 255 => {}
                Action::Copied(payload) => {
                    if sender.enqueue(&payload).is_ok() {
                        expected.push(u8::try_from(payload.len()).unwrap());
                        expected.extend(payload);
                    }
                }
                Action::Shared(payload) => {
                    if sender.enqueue_bytes(payload.clone().into()).is_ok() {
                        expected.push(u8::try_from(payload.len()).unwrap());
                        expected.extend(payload);
                    }
                }
                Action::Sent(count) => {
                    let count = count % (sender.len() + 1);
                    written.extend(sent(&sender).into_iter().take(count));
                    sender.sent(count);
                }
                Action::Rest => sender.rest(),
            }
            if sender.len() != sent(&sender).len() || sender.chunks().any(<[u8]>::is_empty) {
                return false;
            }
        }
        written.extend(sent(&sender));
        written == expected
    }
}

#[test]
fn lengths_of_64_bits_are_written_in_ten_bytes() {
    let framing = LengthPrefixed::new(Width::Varint, 9).adjust(i64::MIN);
    check(framing, b"a", b"\x81\x80\x80\x80\x80\x80\x80\x80\x80\x01a");
}

#[test]
fn a_head_of_its_own_does_not_lift_the_limit() {
    let framing = LengthPrefixed::new(Width::U8, 2).keep_head();
    check_refused(framing, b"\x03abc", FrameError::LimitExceeded { limit: 2, needed: Some(3) });
}

#[test]
fn only_a_framing_with_a_head_has_room_made_for_it() {
    assert_eq!((Lines::new(9).max_head_len(), LengthPrefixed::new(Width::U16, 9).max_head_len()), (0, 2));
}

#[test]
fn bytes_around_a_length_are_zeros_whatever_was_there() {
    for (before, after, expected) in [(2, 0, &[0, 0, 1, 9, 9][..]), (0, 2, &[1, 0, 0, 9, 9]), (1, 1, &[0, 1, 0, 9, 9])]
    {
        let framing = LengthPrefixed::new(Width::U8, 9).before(before).after(after);
        let mut head = [9; 5];
        assert_eq!(framing.head(b"a", &mut head[..3]), Ok(3));
        assert_eq!(head, expected);
    }
}
