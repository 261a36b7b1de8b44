//! The same protocol written every way, and cut every way: the events are equal.

use wharf::incremental::{Buffered, Fed, Incremental};
use wharf::{End, Event, PollError, Receiver};
use wharf_tests::ways::check;

#[test]
fn every_way_says_the_same_at_every_cut() {
    let streams: [&[u8]; 8] = [
        b"",
        b"\n",
        b"one\ntwo\n\nthree\n",
        b"12345678\n123456789\n1234567\n",
        b"far longer than the limit, and then some\nshort\nand again far too long\nend\n",
        b"unfinished",
        b"ok\nunf",
        b"\n\n\n\nx\n\n",
    ];
    for stream in streams {
        check(stream, &[stream]);
        check(stream, &stream.chunks(1).collect::<Vec<_>>());
        for cut in 0..=stream.len() {
            let (front, back) = stream.split_at(cut);
            check(stream, &[front, back]);
            for middle in 0..back.len().min(12) {
                check(stream, &[front, &back[..middle], &back[middle..]]);
            }
        }
    }
}

/// Makes a packet of nothing.
struct Idler;

impl Incremental for Idler {
    type Packet = ();
    type Error = ();

    fn feed(&mut self, _: &[u8]) -> Fed<(), ()> {
        Fed::Packet { packet: (), consumed: 0 }
    }
}

/// Numbers that end at the byte behind them, which belongs to the next.
#[derive(Default)]
struct Numbers(Option<u64>);

impl Incremental for Numbers {
    type Packet = u64;
    type Error = u8;

    fn feed(&mut self, bytes: &[u8]) -> Fed<u64, u8> {
        for (consumed, &byte) in bytes.iter().enumerate() {
            match (byte, self.0) {
                (b'0'..=b'9', number) => self.0 = Some(number.unwrap_or(0) * 10 + u64::from(byte - b'0')),
                (b'+', None) => self.0 = Some(0),
                (b'+', Some(packet)) => {
                    self.0 = None;
                    return Fed::Packet { packet, consumed };
                }
                (b'!', _) => return Fed::Fatal { error: byte, consumed },
                (error, _) => {
                    self.0 = None;
                    return Fed::Reject { error, consumed: consumed + 1 };
                }
            }
        }
        Fed::More
    }

    fn end(&mut self) -> Option<Result<u64, u8>> {
        self.0.take().map(Ok)
    }
}

#[test]
fn a_packet_may_be_complete_before_the_byte_that_shows_it() {
    for cut in 0..=13 {
        let (front, back) = b"+1+22+x+333+4".split_at(cut);
        let mut receiver = Receiver::new(Buffered::new(Numbers::default()), [0; 32]).unwrap();
        let (mut numbers, mut refused, mut pieces) = (vec![], vec![], [front, back].into_iter());
        let end = loop {
            match receiver.poll() {
                Ok(Event::Packet(number)) => numbers.push(number),
                Ok(Event::Receive(window)) => match pieces.find(|piece| !piece.is_empty()) {
                    Some(piece) => assert_eq!(window.feed(piece), piece.len()),
                    None => window.received(0),
                },
                Ok(Event::End(end)) => break end,
                Err(PollError::Reject(error)) => refused.push((error.position(), error.into_kind())),
                Err(error) => panic!("{error:?}"),
            }
        };
        assert_eq!((numbers, end), (vec![1, 22, 333, 4], End::Clean), "{cut}");
        assert_eq!(refused, [(5, wharf::ErrorKind::Payload(b'x'))], "{cut}");
    }
}

#[test]
fn an_incremental_may_lose_the_boundary_but_not_stand_still() {
    let mut receiver = Receiver::new(Buffered::new(Idler), [0; 8]).unwrap();
    assert!(matches!(receiver.ready(), wharf::Ready::Receive));
    assert_eq!(receiver.feed(b"abc").unwrap(), 3);
    let Err(PollError::Fatal(error)) = receiver.poll() else { panic!("a packet of nothing") };
    assert_eq!(error.position(), 0);
    assert_eq!(receiver.remainder(), b"abc");

    let mut receiver = Receiver::new(Buffered::new(Numbers::default()), [0; 8]).unwrap();
    assert!(matches!(receiver.ready(), wharf::Ready::Receive));
    assert_eq!(receiver.feed(b"+12!ab").unwrap(), 6);
    let Err(PollError::Fatal(error)) = receiver.poll() else { panic!("the boundary is lost") };
    assert_eq!((error.position(), receiver.remainder()), (0, &b"!ab"[..]));
    assert!(matches!(receiver.poll(), Ok(Event::End(End::Fused))));
}
