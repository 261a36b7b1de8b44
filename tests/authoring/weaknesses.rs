//! What EasyNetwork's buffered path does wrong, and Wharf doesn't: see `WEAKNESSES.md` beside this file.

use core::cell::Cell;
use core::future::{Future, poll_fn};
use core::pin::pin;
use core::task::{Context, Poll, Waker};
use std::path::Path;

use wharf::authored::{At, Authored, Io, Outcome};
use wharf::send::{Framer, Sender};
use wharf::storage::Storage;
use wharf::{Deserializer, End, Ending, Event, Framed, Lines, PollError, Ready, Receiver};

/// Lines, as an async fn, which counts the bytes that it looks at.
async fn line(mut io: Io<Vec<u8>>, looked_at: &Cell<usize>) -> Outcome<Vec<u8>, (), Vec<u8>> {
    let (mut end, mut seen) = (0, 0);
    loop {
        end += io.write_at(At::Offset(end)).await;
        let found = io[seen..end].iter().position(|&byte| byte == b'\n');
        looked_at.set(looked_at.get() + found.map_or(end - seen, |at| at + 1));
        if let Some(at) = found {
            let packet = io[..seen + at].to_vec();
            return io.packet(packet, seen + at + 1..end);
        }
        seen = end;
    }
}

/// All that is said about `pieces`, in words.
fn said<B: Storage>(limit: usize, ending: Ending, storage: B, pieces: &[&[u8]]) -> Vec<String> {
    let mut receiver = Receiver::new(Framed::new(Lines::new(limit).ending(ending)), storage).expect("there is room");
    let (mut said, mut pieces) = (Vec::new(), pieces.iter().copied());
    let mut piece: &[u8] = &[];
    loop {
        match receiver.poll() {
            Ok(Event::Packet(line)) => said.push(line.escape_ascii().to_string()),
            Ok(Event::Receive(window)) => {
                while piece.is_empty() {
                    let Some(next) = pieces.next() else { return said };
                    piece = next;
                }
                piece = &piece[window.feed(piece)..];
            }
            Ok(Event::End(_)) => panic!("it doesn't end"),
            Err(error) => said.push(error.to_string()),
        }
    }
}

/// A socket that may make one wait before it has something.
struct Socket<'s> {
    bytes: &'s [u8],
    piece: usize,
    waits: bool,
}

impl Socket<'_> {
    async fn readable(&mut self) {
        let mut waited = !core::mem::replace(&mut self.waits, false);
        poll_fn(|_| if core::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
    }

    fn try_read(&mut self, window: &mut [u8]) -> usize {
        let count = self.piece.min(window.len()).min(self.bytes.len());
        window[..count].copy_from_slice(&self.bytes[..count]);
        self.bytes = &self.bytes[count..];
        count
    }
}

/// Receives a packet; it may be dropped where it waits.
async fn receive<D, B, T>(
    receiver: &mut Receiver<D, B>,
    socket: &mut Socket<'_>,
    own: impl Fn(D::Packet<'_>) -> T,
) -> Option<T>
where
    D: Deserializer<Error: core::fmt::Debug>,
    B: Storage,
{
    loop {
        match receiver.ready() {
            Ready::Receive => {
                socket.readable().await;
                let window = receiver.window().expect("it is never at rest");
                let count = socket.try_read(window);
                receiver.received(count);
            }
            Ready::Packet => return Some(own(receiver.packet().expect("a line"))),
            Ready::End(_) => return None,
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn w1_a_wait_that_is_given_up_loses_nothing() {
    fn drain<D, B, T>(mut receiver: Receiver<D, B>, piece: usize, own: impl Fn(D::Packet<'_>) -> T + Copy) -> Vec<T>
    where
        D: Deserializer<Error: core::fmt::Debug>,
        B: Storage,
    {
        let mut socket = Socket { bytes: b"warm\nLOST?\nnext\n", piece, waits: true };
        let (mut lines, mut given_up) = (Vec::new(), 0);
        loop {
            let received = {
                let receive = pin!(receive(&mut receiver, &mut socket, own));
                receive.poll(&mut Context::from_waker(Waker::noop()))
            };
            match received {
                Poll::Ready(Some(line)) => lines.push(line),
                Poll::Ready(None) => break,
                Poll::Pending => given_up += 1,
            }
            // Every other wait isn't over at once, and is given up.
            socket.waits = given_up % 2 == 0 || lines.len() % 2 == 1;
            if given_up > 100 {
                socket.waits = false;
            }
        }
        assert!(given_up > 0);
        lines
    }
    for piece in [1, 2, 5, 7, 100] {
        let framed = Receiver::new(Framed::new(Lines::new(16)), [0; 32]).unwrap();
        assert_eq!(drain(framed, piece, |line: &[u8]| line.to_vec()), [&b"warm"[..], b"LOST?", b"next"]);
        let looked_at: &'static Cell<usize> = Box::leak(Box::new(Cell::new(0)));
        let run = Authored::new(move |io| line(io, looked_at), vec![0; 64]).unwrap().into_receiver();
        assert_eq!(drain(run, piece, |line| line), [&b"warm"[..], b"LOST?", b"next"]);
    }
}

#[test]
fn w2_pipelined_packets_are_read_where_they_lie() {
    let stream = b"nineteen bytes long\n".repeat(30_000);
    let looked_at = Cell::new(0);
    let mut receiver = Authored::new(|io| line(io, &looked_at), vec![0; 2 * 65_536]).unwrap().into_receiver();
    let storage = receiver.deserializer().storage().unwrap().as_ptr();
    let (mut packets, mut left) = (0, &stream[..]);
    loop {
        match receiver.poll().unwrap() {
            Event::Packet(_) => packets += 1,
            Event::Receive(_) if left.is_empty() => break,
            Event::Receive(window) => left = &left[window.feed(left)..],
            Event::End(_) => panic!("it doesn't end"),
        }
    }
    assert_eq!(packets, 30_000);
    assert_eq!(receiver.deserializer().storage().unwrap().as_ptr(), storage, "one buffer a connection");
    // The source makes a buffer and copies half of it at each of these packets.
    let moved = receiver.deserializer().moved();
    assert!(moved * 50 <= stream.len() as u64, "{moved} bytes moved");
    assert_eq!(looked_at.get(), stream.len(), "each byte once");
}

#[test]
fn w3_a_line_is_accepted_or_refused_at_every_cut() {
    for len in 8..=12 {
        let stream = [vec![b'x'; len], b"\nnext\n".to_vec()].concat();
        let whole = said(10, Ending::Lf, [0; 64], &[&stream]);
        assert_eq!(whole.len(), 2);
        assert_eq!(whole[0].starts_with("packet refused"), len > 10);
        for cut in 0..=stream.len() {
            let (front, back) = stream.split_at(cut);
            assert_eq!(said(10, Ending::Lf, [0; 64], &[front, back]), whole, "{len} cut at {cut}");
            assert_eq!(said(10, Ending::Lf, [0; 11], &[front, back]), whole, "{len} cut at {cut}");
        }
    }
}

#[test]
fn w4_nothing_of_a_refused_line_becomes_a_packet() {
    let stream = [&[b'A'; 20][..], b" DELETE\nnext\n"].concat();
    for cut in 0..=stream.len() {
        let (front, back) = stream.split_at(cut);
        for said in [said(10, Ending::Lf, [0; 64], &[front, back]), said(10, Ending::Lf, [0; 11], &[front, back])] {
            assert_eq!(said, ["packet refused: packet exceeds the limit of 10 bytes at byte 0", "next"]);
        }
    }
}

#[test]
fn w5_an_ending_that_is_cut_at_the_limit_is_an_ending() {
    let stream = b"aaa\r\nbbbb\r\nccc\r\n";
    let refused = "packet refused: packet exceeds the limit of 3 bytes at byte 5";
    for cut in 0..=stream.len() {
        let (front, back) = stream.split_at(cut);
        assert_eq!(said(3, Ending::CrLf, [0; 64], &[front, back]), ["aaa", refused, "ccc"], "cut at {cut}");
        assert_eq!(said(3, Ending::CrLf, [0; 5], &[front, back]), ["aaa", refused, "ccc"], "cut at {cut}");
    }
}

#[test]
fn w8_a_byte_is_looked_at_once_at_one_byte_a_receive() {
    const LEN: usize = 1 << 20;
    let looked_at = Cell::new(0);
    let mut receiver = Authored::new(|io| line(io, &looked_at), vec![0; 2 * (LEN + 1)]).unwrap().into_receiver();
    for _ in 0..LEN {
        assert_eq!(receiver.ready(), Ready::Receive);
        assert_eq!(receiver.feed(b"x").unwrap(), 1);
    }
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.feed(b"\n").unwrap(), 1);
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!((looked_at.get(), receiver.deserializer().moved()), (LEN + 1, 0));
}

#[test]
fn w10_a_window_is_as_long_as_the_caller_says() {
    let mut receiver = Receiver::new(Framed::new(Lines::new(64)), vec![0; 16 * 1024]).unwrap();
    assert_eq!(receiver.ready(), Ready::Receive);
    assert_eq!(receiver.window().unwrap().len(), 16 * 1024, "whatever the limit");
}

#[test]
fn w11_the_end_inside_a_packet_is_said_and_its_bytes_are_there() {
    let looked_at = Cell::new(0);
    let mut framed = Receiver::new(Framed::new(Lines::new(16)), [0; 32]).unwrap();
    let mut run = Authored::new(|io| line(io, &looked_at), vec![0; 64]).unwrap().into_receiver();
    assert_eq!((framed.ready(), run.ready()), (Ready::Receive, Ready::Receive));
    assert_eq!((framed.feed(b"par").unwrap(), run.feed(b"par").unwrap()), (3, 3));
    framed.finish().unwrap();
    run.finish().unwrap();
    assert_eq!(framed.ready(), Ready::End(End::Truncated { had: 3, missing: 1 }));
    assert_eq!(run.ready(), Ready::End(End::Truncated { had: 3, missing: 1 }));
    assert_eq!((framed.remainder(), run.remainder()), (&b"par"[..], &b"par"[..]));
}

#[test]
fn w12_an_error_owns_its_data() {
    fn kept(mut receiver: Receiver<Framed<Lines>, Box<[u8]>>) -> PollError<impl core::error::Error + 'static> {
        assert_eq!(receiver.ready(), Ready::Receive);
        assert_eq!(receiver.feed(b"too long\n").unwrap(), 9);
        match receiver.poll() {
            Err(error) => error,
            Ok(event) => panic!("{event:?}"),
        }
    }
    let error = kept(Receiver::new(Framed::new(Lines::new(4)), vec![0; 16].into()).unwrap());
    assert_eq!(error.to_string(), "packet refused: packet exceeds the limit of 4 bytes at byte 0");
    assert!(size_of_val(&error) <= 64, "it pins no buffer");
}

#[test]
fn w13_what_was_read_is_not_pending() {
    let looked_at = Cell::new(0);
    let mut receiver = Authored::new(|io| line(io, &looked_at), vec![0; 64]).unwrap().into_receiver();
    for piece in [&b"hel"[..], b"lo\n"] {
        assert_eq!(receiver.ready(), Ready::Receive);
        assert_eq!(receiver.feed(piece).unwrap(), piece.len());
    }
    assert_eq!(receiver.ready(), Ready::Packet);
    assert_eq!(receiver.packet().unwrap(), b"hello");
    assert_eq!(receiver.remainder(), b"");
}

#[test]
fn w16_a_line_is_sent_as_one_line_or_not_at_all() {
    let mut sender = Sender::new(Framer::new(Lines::new(16)), 64);
    assert!(sender.enqueue("a\nb").is_err());
    sender.enqueue("").unwrap();
    sender.enqueue("ab").unwrap();
    assert_eq!(sender.chunks().flatten().copied().collect::<Vec<u8>>(), b"\nab\n");
}

#[test]
fn every_weakness_names_tests_that_are_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = std::fs::read_to_string(folder.join("authoring/WEAKNESSES.md")).expect("the table is there");
    for number in 1..=18 {
        let row = table.lines().find(|line| line.starts_with(&format!("| W{number} |")));
        let row = row.unwrap_or_else(|| panic!("W{number} has no row"));
        let mut tests = 0;
        for name in row.split('`').filter(|name| name.contains(".rs::")) {
            let (file, test) = name.split_once("::").expect("a file and a test");
            let text = std::fs::read_to_string(folder.join(file)).unwrap_or_else(|error| panic!("{file}: {error}"));
            assert!(text.contains(&format!("fn {test}(")), "{file} has no {test}");
            tests += 1;
        }
        assert!(tests > 0 || row.contains("cannot arise"), "W{number} has neither a test nor a reason");
    }
}
