//! Bodies in parts, and straight into the caller's memory.

use wharf::{
    Bodies, Deserializer, End, Endian, ErrorKind, Event, FrameError, LengthPrefixed, Part, PollError, Ready, Receiver,
    Width,
};

fn framing() -> LengthPrefixed {
    LengthPrefixed::new(Width::U16, 40).before(1).after(1).max_skip(1000)
}

fn packet(body: &[u8]) -> Vec<u8> {
    let len = u16::try_from(body.len()).expect("a short body").to_be_bytes();
    [b"<", &len[..], b">", body].concat()
}

/// What is said about a stream, with the parts of each body joined.
#[derive(Debug, PartialEq)]
enum Said {
    Packet(Vec<u8>),
    TooLong(u64),
    Lost(u64),
    End(End),
}

/// How bodies are taken.
#[derive(Debug, Clone, Copy)]
enum Take {
    InParts,
    Directly,
    /// So many bytes directly, and the rest in parts.
    Both(usize),
}

/// Receives from the front of `stream`, at most `piece` bytes.
fn receive(stream: &mut &[u8], piece: usize, window: &mut [u8]) -> usize {
    let count = piece.min(window.len()).min(stream.len());
    window[..count].copy_from_slice(&stream[..count]);
    *stream = &stream[count..];
    count
}

fn drive(mut stream: &[u8], buffer: usize, piece: usize, take: Take) -> Vec<Said> {
    let mut receiver = Receiver::new(Bodies::new(framing()), vec![0; buffer]).expect("a head has room");
    let (mut said, mut body, mut expected) = (Vec::new(), Vec::new(), 0);
    loop {
        match receiver.poll() {
            Ok(Event::Packet(Part::Head { head, len })) => {
                assert_eq!((head[0], head[3], head.len()), (b'<', b'>', 4));
                body.clear();
                expected = len;
                let directly = match take {
                    Take::InParts => 0,
                    Take::Directly => usize::MAX,
                    Take::Both(most) => most,
                };
                let mut memory = vec![0; usize::try_from(len).map_or(0, |len| len.min(directly))];
                let mut direct = receiver.receive_body(&mut memory);
                while !direct.window().is_empty() {
                    let count = receive(&mut stream, piece, direct.window());
                    direct.received(count);
                }
                let filled = direct.filled();
                assert_eq!(direct.is_complete(), filled as u64 == len);
                body.extend_from_slice(&memory[..filled]);
                if body.len() as u64 == len {
                    said.push(Said::Packet(body.clone()));
                }
            }
            Ok(Event::Packet(Part::Body { bytes, offset, left })) => {
                assert_eq!(offset, body.len() as u64);
                assert!(!bytes.is_empty());
                body.extend_from_slice(bytes);
                assert_eq!(body.len() as u64 + left, expected);
                if left == 0 {
                    said.push(Said::Packet(body.clone()));
                }
            }
            Ok(Event::Receive(mut window)) => {
                assert!(!window.bytes().is_empty());
                let count = receive(&mut stream, piece, window.bytes());
                window.received(count);
            }
            Ok(Event::End(end)) => {
                said.push(Said::End(end));
                return said;
            }
            Err(PollError::Reject(error)) => {
                let limit = FrameError::LimitExceeded { limit: 40, needed: Some(50) };
                assert_eq!(*error.kind(), ErrorKind::Frame(limit));
                said.push(Said::TooLong(error.position()));
            }
            Err(PollError::Fatal(error)) => said.push(Said::Lost(error.position())),
            Err(error) => panic!("{error}"),
        }
    }
}

#[track_caller]
fn check(stream: &[u8], expected: &[Said]) {
    for take in [Take::InParts, Take::Directly, Take::Both(1), Take::Both(7)] {
        for buffer in [4, 5, 16, 200] {
            for piece in [1, 2, 3, 5, 11, 300] {
                assert_eq!(drive(stream, buffer, piece, take), expected, "{take:?} {buffer} {piece}");
            }
        }
    }
}

#[test]
fn a_body_may_be_larger_than_the_buffer() {
    let stream = [packet(&[7; 40]), packet(b""), packet(b"x"), packet(b"eleven more")].concat();
    let packets = [&[7; 40][..], b"", b"x", b"eleven more"].map(|body| Said::Packet(body.to_vec()));
    let expected: Vec<Said> = packets.into_iter().chain([Said::End(End::Clean)]).collect();
    check(&stream, &expected);
}

#[test]
fn an_oversized_body_costs_one_error_and_is_skipped() {
    let stream = [packet(b"a"), packet(&[b'<'; 50]), packet(b"b")].concat();
    let expected = [Said::Packet(b"a".to_vec()), Said::TooLong(5), Said::Packet(b"b".to_vec()), Said::End(End::Clean)];
    check(&stream, &expected);
    let stream = [packet(b"a"), packet(&[b'<'; 2000])].concat();
    check(&stream, &[Said::Packet(b"a".to_vec()), Said::Lost(5), Said::End(End::Fused)]);
}

#[test]
fn a_stream_may_end_anywhere() {
    let stream = [packet(b"ab"), packet(&[1; 50]), packet(b"cd")].concat();
    for len in 0..=stream.len() {
        let truncated = |start: u64, whole: u64| {
            let had = len as u64 - start;
            // While the length field isn't there, a byte is missing at least.
            let missing = if had < 3 {
                1
            } else if had < 4 {
                4 - had
            } else {
                start + whole - len as u64
            };
            Said::End(End::Truncated { had, missing })
        };
        let mut expected = Vec::new();
        if len >= 6 {
            expected.push(Said::Packet(b"ab".to_vec()));
        }
        if len >= 10 {
            expected.push(Said::TooLong(6));
        }
        if len >= 66 {
            expected.push(Said::Packet(b"cd".to_vec()));
        }
        expected.push(match len {
            0 | 6 | 60 | 66 => Said::End(End::Clean),
            1..6 => truncated(0, 6),
            7..60 => truncated(6, 54),
            _ => truncated(60, 6),
        });
        check(&stream[..len], &expected);
    }
}

#[test]
fn nothing_but_a_body_is_received_directly() {
    let mut receiver =
        Receiver::new(Bodies::new(LengthPrefixed::new(Width::U8, 10).endian(Endian::Little)), [0; 4]).unwrap();
    assert_eq!(receiver.receive_body(&mut [0; 4]).window(), b"", "there is no body yet");
    assert!(matches!(receiver.poll(), Ok(Event::Receive(_))));
    assert_eq!(receiver.feed(b"\x02ab\x01").unwrap(), 4);
    assert!(matches!(receiver.poll(), Ok(Event::Packet(Part::Head { len: 2, .. }))));
    let mut memory = [0; 4];
    let mut body = receiver.receive_body(&mut memory);
    assert!(body.window().is_empty() && body.is_complete(), "all of it was in the buffer");
    assert_eq!((memory, receiver.remainder()), (*b"ab\0\0", &b"\x01"[..]));
    assert!(matches!(receiver.poll(), Ok(Event::Packet(Part::Head { len: 1, .. }))));
}

#[test]
#[should_panic(expected = "5 bytes received into a window of 4")]
fn a_count_beyond_the_memory_panics() {
    let mut receiver = Receiver::new(Bodies::new(LengthPrefixed::new(Width::U8, 10)), [0; 4]).unwrap();
    assert!(matches!(receiver.poll(), Ok(Event::Receive(_))));
    assert_eq!(receiver.feed(b"\x08").unwrap(), 1);
    assert!(matches!(receiver.poll(), Ok(Event::Packet(Part::Head { len: 8, .. }))));
    receiver.receive_body(&mut [0; 4]).received(5);
}

#[test]
fn bodies_are_refused_and_lost_as_heads_say() {
    let mut receiver = Receiver::new(Bodies::new(LengthPrefixed::new(Width::U8, 3).max_skip(4)), [0; 8]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"\x04abcd\x05").unwrap(), 6);
    let Ready::Reject(error) = receiver.ready() else { panic!("4 bytes are too many") };
    assert_eq!(error.position(), 0);
    let Ready::Fatal(error) = receiver.ready() else { panic!("5 bytes are not skipped") };
    assert_eq!(error.position(), 5);
    let mut receiver = Receiver::new(Bodies::new(LengthPrefixed::new(Width::Varint, 9)), [0; 16]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(&[0xff; 11]).unwrap(), 11);
    assert!(matches!(receiver.ready(), Ready::Fatal(error) if error.position() == 0), "a varint that has no end");
    let mut receiver = Receiver::new(Bodies::new(LengthPrefixed::new(Width::U8, 255)), [0; 8]).unwrap();
    let mut memory = [0; 3];
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"\x03a").unwrap(), 2);
    assert_eq!(receiver.ready(), Ready::Packet);
    receiver.packet().unwrap();
    let direct = receiver.receive_body(&mut memory);
    assert_eq!(format!("{direct:?}"), "Direct { len: 3, filled: 1, .. }");
}

#[test]
fn bodies_need_room_for_a_head_and_take_more() {
    let bodies = Bodies::new(LengthPrefixed::new(Width::U32, 1 << 20).before(3));
    assert_eq!((bodies.buffer_len(0), bodies.buffer_len(100)), (7, 100));
}

#[test]
#[should_panic(expected = "received into a window of 7")]
fn a_count_beyond_the_window_behind_half_a_head_panics() {
    let mut receiver = Receiver::new(Bodies::new(LengthPrefixed::new(Width::U16, 255)), [0; 8]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    receiver.received(1);
    assert_eq!(receiver.ready(), Ready::Receive);
    receiver.received(8);
}

#[test]
fn a_body_that_is_due_is_inside_a_packet_and_no_room_for_it_is_no_end() {
    let mut receiver = Receiver::new(Bodies::new(LengthPrefixed::new(Width::U8, 255)), [0; 8]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"\x02").unwrap(), 1);
    assert_eq!(receiver.ready(), Ready::Packet);
    receiver.packet().unwrap();
    assert!(receiver.remainder().is_empty() && !receiver.is_between_packets());
    let mut direct = receiver.receive_body(&mut []);
    assert!(direct.window().is_empty());
    direct.received(0);
    let mut memory = [0; 2];
    let mut direct = receiver.receive_body(&mut memory);
    direct.window().copy_from_slice(b"ab");
    direct.received(2);
    assert!(direct.is_complete());
    assert!(receiver.is_between_packets());
}
