//! One table of scenarios, run over every driver on real sockets.
//!
//! Nothing sleeps: what was written to a Unix socket is there, and where a test waits, it waits for the connection.
#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::os::unix::net::UnixStream;
use std::time::{Duration, Instant};

use wharf::storage::{Lease, Pool};
use wharf::{Framed, LengthPrefixed, Lines, Width};
use wharf_tests::drivers::{Driver, Outcome, Peer, reset, tcp_pair};

/// Runs every scenario over every driver: `blocking::receives_partial_packets` and so on.
macro_rules! scenarios {
    ($($scenario:ident),* $(,)?) => {
        mod blocking { $(#[test] fn $scenario() { super::$scenario(super::Driver::Blocking); })* }
        mod mio { $(#[test] fn $scenario() { super::$scenario(super::Driver::Mio); })* }
        mod async_io { $(#[test] fn $scenario() { super::$scenario(super::Driver::AsyncIo); })* }
    };
}

scenarios![
    receives_partial_packets,
    receives_many_packets_of_one_segment,
    receives_one_byte_segments,
    refuses_an_oversize_packet_once_and_goes_on,
    tells_an_end_inside_a_packet_from_a_clean_one,
    answers_a_peer_that_has_closed_its_half,
    reports_a_reset_and_keeps_what_came_before,
    keeps_a_packet_whose_waiting_was_given_up_at_every_byte,
    keeps_a_packet_that_completes_when_its_time_is_up,
    cuts_off_a_peer_that_trickles,
    never_cuts_off_a_quiet_one,
    gives_every_packet_its_own_time,
    bounds_the_queue_of_a_slow_reader,
    finishes_gracefully,
    recovers_from_an_exhausted_pool,
    receives_nothing_beyond_an_exact_packet,
    reads_bytes_in_order_with_a_pool_of_tiny_buffers,
    holds_no_buffer_for_a_peer_that_has_ended_or_stopped,
    exchanges_packets_in_both_directions_over_tcp,
];

/// A connection with lines of at most 64 bytes, and the other end of it.
fn lines(driver: Driver) -> (Box<dyn Peer>, UnixStream) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    (driver.open(ours, Framed::new(Lines::new(64)), vec![0; 256], 1024), theirs)
}

/// The same with a buffer of a pool.
fn pooled(driver: Driver, pool: &Pool) -> (Box<dyn Peer>, UnixStream) {
    let (ours, theirs) = UnixStream::pair().unwrap();
    (driver.open(ours, Framed::new(Lines::new(64)), pool.lease(), 1024), theirs)
}

#[track_caller]
fn expect(peer: &mut dyn Peer, wanted: &[Outcome]) {
    for wanted in wanted {
        assert_eq!(&peer.recv(), wanted);
    }
}

fn packets(payloads: &[&str]) -> Vec<Outcome> {
    payloads.iter().map(Outcome::packet).collect()
}

fn receives_partial_packets(driver: Driver) {
    let (mut peer, mut other) = lines(driver);
    assert_eq!(peer.try_recv(), Outcome::Waits);
    for piece in ["he", "ll", "o"] {
        other.write_all(piece.as_bytes()).unwrap();
        assert_eq!(peer.try_recv(), Outcome::Waits);
    }
    assert_eq!(peer.remainder(), b"hello");
    other.write_all(b"\nwor").unwrap();
    expect(&mut *peer, &packets(&["hello"]));
    assert_eq!(peer.try_recv(), Outcome::Waits);
    other.write_all(b"ld\n").unwrap();
    expect(&mut *peer, &packets(&["world"]));
}

fn receives_many_packets_of_one_segment(driver: Driver) {
    let (mut peer, mut other) = lines(driver);
    let sent: Vec<String> = (0..500).map(|number| format!("packet {number}")).collect();
    other.write_all((sent.join("\n") + "\n").as_bytes()).unwrap();
    for packet in &sent {
        assert_eq!(peer.recv(), Outcome::packet(packet));
    }
    assert_eq!(peer.try_recv(), Outcome::Waits);
}

fn receives_one_byte_segments(driver: Driver) {
    for pool in [None, Some(Pool::new(256, 1))] {
        let (mut peer, mut other) = pool.as_ref().map_or_else(|| lines(driver), |pool| pooled(driver, pool));
        // Longer than what a lease keeps, and shorter.
        for packet in ["a line that no lease keeps without a buffer", "short", ""] {
            for byte in packet.bytes() {
                other.write_all(&[byte]).unwrap();
                if driver != Driver::AsyncIo || packet == "short" {
                    assert_eq!(peer.try_recv(), Outcome::Waits);
                }
            }
            other.write_all(b"\n").unwrap();
            expect(&mut *peer, &packets(&[packet]));
        }
    }
}

fn refuses_an_oversize_packet_once_and_goes_on(driver: Driver) {
    for pool in [None, Some(Pool::new(256, 1))] {
        let (mut peer, mut other) = pool.as_ref().map_or_else(|| lines(driver), |pool| pooled(driver, pool));
        let huge = "x".repeat(10_000);
        other.write_all(format!("before\n{huge}\nafter\n").as_bytes()).unwrap();
        expect(&mut *peer, &packets(&["before"]));
        let refused = peer.recv();
        assert!(
            matches!(&refused, Outcome::Reject(error) if error.contains("64") && error.contains("byte 7")),
            "{refused:?}"
        );
        expect(&mut *peer, &packets(&["after"]));
    }
}

fn tells_an_end_inside_a_packet_from_a_clean_one(driver: Driver) {
    let (mut peer, mut other) = lines(driver);
    other.write_all(b"whole\nhal").unwrap();
    other.shutdown(Shutdown::Write).unwrap();
    expect(&mut *peer, &[Outcome::packet("whole"), Outcome::Truncated { had: 3, missing: 1 }]);
    assert_eq!(peer.remainder(), b"hal", "what came of it can be looked at");
    expect(&mut *peer, &[Outcome::Ended, Outcome::Ended]);

    let (mut peer, mut other) = lines(driver);
    other.write_all(b"whole\n").unwrap();
    drop(other);
    expect(&mut *peer, &[Outcome::packet("whole"), Outcome::Ended, Outcome::Ended]);
}

fn answers_a_peer_that_has_closed_its_half(driver: Driver) {
    let pool = Pool::new(256, 1);
    let (mut peer, mut other) = pooled(driver, &pool);
    other.write_all(b"question\n").unwrap();
    other.shutdown(Shutdown::Write).unwrap();
    expect(&mut *peer, &[Outcome::packet("question"), Outcome::Ended]);
    assert_eq!(pool.in_use(), 0, "it needs no buffer any more");
    peer.enqueue(b"answer").unwrap();
    peer.finish().unwrap();
    let mut answer = String::new();
    other.read_to_string(&mut answer).unwrap();
    assert_eq!(answer, "answer\n");
}

fn reports_a_reset_and_keeps_what_came_before(driver: Driver) {
    let (ours, mut theirs) = tcp_pair();
    let mut peer = driver.open(ours, Framed::new(Lines::new(64)), vec![0; 256], 1024);
    theirs.write_all(b"one\ntw").unwrap();
    expect(&mut *peer, &packets(&["one"]));
    reset(theirs);
    assert_eq!(peer.recv(), Outcome::Io(ErrorKind::ConnectionReset));
    assert_eq!(peer.remainder(), b"tw");
    peer.enqueue(b"nobody hears this").unwrap();
    assert_eq!(peer.flush().unwrap_err().kind(), ErrorKind::BrokenPipe);
    assert_eq!(peer.queued(), 18, "what was not sent is still there");
    // Linux reports a reset once; then the stream is at its end.
    expect(&mut *peer, &[Outcome::Truncated { had: 2, missing: 1 }, Outcome::Ended]);
}

fn keeps_a_packet_whose_waiting_was_given_up_at_every_byte(driver: Driver) {
    let pool = Pool::new(256, 1);
    for (mut peer, mut other) in [lines(driver), pooled(driver, &pool)] {
        for byte in b"one\ntwo\n" {
            assert_eq!(peer.try_recv(), Outcome::Waits);
            other.write_all(&[*byte]).unwrap();
            match byte {
                b'\n' => assert!(matches!(peer.recv(), Outcome::Packet(packet) if packet.len() == 3)),
                _ => assert_eq!(peer.try_recv(), Outcome::Waits),
            }
        }
    }
}

/// The deadline is over before the receive begins, and the rest of the packet is there: it is received, not refused.
/// (The source loses it: its buffered path drops the byte count when data and timeout come together.)
fn keeps_a_packet_that_completes_when_its_time_is_up(driver: Driver) {
    let pool = Pool::new(256, 1);
    let allowed = Duration::from_millis(150);
    for (mut peer, mut other) in [lines(driver), pooled(driver, &pool)] {
        peer.set_packet_deadline(allowed);
        for round in 0..3 {
            other.write_all(b"al").unwrap();
            let begun = Instant::now();
            assert_eq!(peer.try_recv(), Outcome::Waits);
            other.write_all(b"most\n").unwrap();
            while begun.elapsed() <= allowed + Duration::from_millis(30) {
                std::thread::yield_now();
            }
            assert_eq!(peer.recv(), Outcome::packet("almost"), "{round}");
        }

        // And the other way round: the time runs out while it is waited for, and the packet goes on afterwards.
        other.write_all(b"to").unwrap();
        assert_eq!(peer.recv(), Outcome::Deadline { position: 21 });
        other.write_all(b"o late\n").unwrap();
        expect(&mut *peer, &packets(&["too late"]));
    }
}

fn cuts_off_a_peer_that_trickles(driver: Driver) {
    let pool = Pool::new(256, 1);
    for (mut peer, mut other) in [lines(driver), pooled(driver, &pool)] {
        peer.set_packet_deadline(Duration::from_millis(60));
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        let begun = Instant::now();
        std::thread::scope(|scope| {
            let trickling = scope.spawn(move || {
                other.write_all(b"one\n").unwrap();
                // Each byte comes long before the time is up.
                while stopped.recv_timeout(Duration::from_millis(5)).is_err() {
                    other.write_all(b".").unwrap();
                }
                other
            });
            expect(&mut *peer, &packets(&["one"]));
            assert_eq!(peer.recv(), Outcome::Deadline { position: 4 });
            assert!(begun.elapsed() >= Duration::from_millis(60));
            stop.send(()).unwrap();
            let mut other = trickling.join().unwrap();
            // The bytes are still there, and whoever has patience gets the packet.
            other.write_all(b"\n").unwrap();
            peer.set_packet_deadline(Duration::from_secs(60));
            let Outcome::Packet(packet) = peer.recv() else { panic!("the packet is lost") };
            assert!(packet.len() > 1 && packet.iter().all(|byte| *byte == b'.'));
        });
    }
}

fn never_cuts_off_a_quiet_one(driver: Driver) {
    let pool = Pool::new(256, 1);
    for (mut peer, mut other) in [lines(driver), pooled(driver, &pool)] {
        let allowed = Duration::from_millis(150);
        peer.set_packet_deadline(allowed);
        // A partial packet first, so that a timeout has been set that must go.
        other.write_all(b"o").unwrap();
        assert_eq!(peer.try_recv(), Outcome::Waits);
        other.write_all(b"ne\n").unwrap();
        expect(&mut *peer, &packets(&["one"]));
        std::thread::scope(|scope| {
            let (quiet, other) = (allowed * 3 / 2, &mut other);
            scope.spawn(move || {
                std::thread::park_timeout(quiet);
                other.write_all(b"two\n").unwrap();
            });
            expect(&mut *peer, &packets(&["two"]));
        });
    }
}

fn gives_every_packet_its_own_time(driver: Driver) {
    let (mut peer, mut other) = lines(driver);
    peer.set_packet_deadline(Duration::from_millis(900));
    let begun = Instant::now();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // Packets that overlap: the stream never stands between two of them.
            other.write_all(b"a").unwrap();
            for _ in 0..6 {
                std::thread::park_timeout(Duration::from_millis(180));
                other.write_all(b"\na").unwrap();
            }
            other.write_all(b"\n").unwrap();
        });
        expect(&mut *peer, &vec![Outcome::packet("a"); 7]);
    });
    assert!(begun.elapsed() > Duration::from_millis(900), "all of them took longer than one may");
}

fn bounds_the_queue_of_a_slow_reader(driver: Driver) {
    let (mut peer, other) = lines(driver);
    let payload = "y".repeat(63);
    let mut sent = 0;
    // Nobody reads: what the socket and the queue take is bounded.
    let full = loop {
        match peer.enqueue(payload.as_bytes()) {
            Ok(()) => sent += 1,
            Err(error) => break error,
        }
        let _ = peer.queued() < 1024 || peer.try_flush().unwrap();
        assert!(sent < 1_000_000, "the queue has no end");
    };
    assert_eq!(full, "send queue is full: 1024 bytes of 1024");
    assert!(!peer.try_flush().unwrap());
    std::thread::scope(|scope| {
        let mut other = other;
        let reading = scope.spawn(move || {
            let mut all = Vec::new();
            other.read_to_end(&mut all).unwrap();
            all
        });
        peer.enqueue(b"").unwrap_err();
        peer.flush().unwrap();
        assert_eq!(peer.queued(), 0);
        peer.enqueue(b"last").unwrap();
        peer.finish().unwrap();
        let all = reading.join().unwrap();
        let wanted = (payload + "\n").repeat(sent) + "last\n";
        assert_eq!(all.len(), wanted.len());
        assert!(all == wanted.as_bytes(), "sent bytes were altered");
    });
}

fn finishes_gracefully(driver: Driver) {
    let (mut peer, mut other) = lines(driver);
    peer.enqueue(b"good").unwrap();
    peer.enqueue(b"bye").unwrap();
    peer.finish().unwrap();
    let mut all = String::new();
    other.read_to_string(&mut all).unwrap();
    assert_eq!(all, "good\nbye\n");
    other.write_all(b"still heard\n").unwrap();
    drop(other);
    expect(&mut *peer, &[Outcome::packet("still heard"), Outcome::Ended]);
}

fn recovers_from_an_exhausted_pool(driver: Driver) {
    let pool = Pool::new(256, 1);
    let (mut greedy, mut filling) = pooled(driver, &pool);
    let (mut other_peer, mut other) = pooled(driver, &pool);
    // Longer than a lease keeps, so the only buffer is held.
    filling.write_all(&[b'g'; 40]).unwrap();
    assert_eq!(greedy.try_recv(), Outcome::Waits);
    assert_eq!(pool.in_use(), 1);

    other.write_all(b"first\nsecond, which is longer than thirty-two bytes\nth").unwrap();
    for _ in 0..3 {
        expect(&mut *other_peer, &[Outcome::Exhausted]);
    }
    filling.write_all(b"\n").unwrap();
    expect(&mut *greedy, &[Outcome::packet("g".repeat(40))]);
    assert_eq!(greedy.try_recv(), Outcome::Waits);
    expect(&mut *other_peer, &packets(&["first", "second, which is longer than thirty-two bytes"]));

    // And once more in the middle of a packet, of which the lease keeps two bytes.
    assert_eq!(other_peer.try_recv(), Outcome::Waits);
    filling.write_all(&[b'h'; 40]).unwrap();
    assert_eq!(greedy.try_recv(), Outcome::Waits);
    other.write_all(b"ird\n").unwrap();
    other.shutdown(Shutdown::Write).unwrap();
    expect(&mut *other_peer, &[Outcome::Exhausted]);
    drop(greedy);
    expect(&mut *other_peer, &[Outcome::packet("third"), Outcome::Ended]);
    assert_eq!(pool.in_use(), 0);
}

fn receives_nothing_beyond_an_exact_packet(driver: Driver) {
    let pool = Pool::new(256, 1);
    let (ours, mut theirs) = UnixStream::pair().unwrap();
    let mut socket = ours.try_clone().unwrap();
    let framed = Framed::new(Lines::new(64)).exact();
    let mut peer = driver.open(ours, framed, pool.lease(), 1024);
    let line = "STARTTLS, said in more than thirty-two bytes";
    theirs.write_all(format!("{line}\n\x16\x03\x01 and so on").as_bytes()).unwrap();
    expect(&mut *peer, &packets(&[line]));
    let mut rest = [0; 64];
    let count = socket.read(&mut rest).unwrap();
    assert_eq!(&rest[..count], b"\x16\x03\x01 and so on", "the handshake is left in the socket");
}

fn reads_bytes_in_order_with_a_pool_of_tiny_buffers(driver: Driver) {
    for len in [8, 31, 32, 33, 40] {
        let pool = Pool::new(len + 1, 1);
        let (ours, mut theirs) = UnixStream::pair().unwrap();
        let framing = LengthPrefixed::new(Width::U8, len);
        let mut peer = driver.open(ours, Framed::new(framing), pool.lease(), 1024);
        let sent: Vec<Vec<u8>> =
            (0..60).map(|number| vec![b'a' + number % 26; (7 * usize::from(number)) % len]).collect();
        for packet in &sent {
            theirs.write_all(&[u8::try_from(packet.len()).unwrap()]).unwrap();
            theirs.write_all(packet).unwrap();
        }
        drop(theirs);
        for packet in &sent {
            assert_eq!(peer.recv(), Outcome::packet(packet), "{len}");
        }
        expect(&mut *peer, &[Outcome::Ended]);
        assert_eq!(pool.in_use(), 0);
    }
}

fn holds_no_buffer_for_a_peer_that_has_ended_or_stopped(driver: Driver) {
    let pool = Pool::new(64 * 1024, 2);
    let open = |lease: Lease| {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let framing = LengthPrefixed::new(Width::U32, 60_000);
        (driver.open(ours, Framed::new(framing), lease, 1024), theirs)
    };
    let mut held = Vec::new();
    for inside in ["", "\0", "\0\0\0", "\0\0\0\x40some of it"] {
        let (mut peer, mut other) = open(pool.lease());
        assert_eq!(peer.try_recv(), Outcome::Waits);
        assert!(peer.is_at_rest(), "before the first byte");
        other.write_all(b"\0\0\0\x02hi").unwrap();
        expect(&mut *peer, &packets(&["hi"]));
        other.write_all(inside.as_bytes()).unwrap();
        assert_eq!(peer.try_recv(), Outcome::Waits);
        assert!(peer.is_at_rest(), "after {inside:?}");
        held.push((peer, other));
    }
    assert_eq!(pool.in_use(), 0);
    for (mut peer, other) in held {
        drop(other);
        assert!(matches!(peer.recv(), Outcome::Ended | Outcome::Truncated { .. }));
        assert_eq!(peer.recv(), Outcome::Ended);
    }
    assert_eq!(pool.in_use(), 0);
}

fn exchanges_packets_in_both_directions_over_tcp(driver: Driver) {
    let (ours, theirs) = tcp_pair();
    let open = |stream: TcpStream| {
        driver.open(stream, Framed::new(LengthPrefixed::new(Width::U32, 100_000)), vec![0; 128 * 1024], 64 * 1024)
    };
    let (mut here, mut there) = (open(ours), open(theirs));
    std::thread::scope(|scope| {
        scope.spawn(move || {
            loop {
                match there.recv() {
                    Outcome::Packet(packet) => {
                        there.enqueue(&packet).unwrap();
                        there.flush().unwrap();
                    }
                    Outcome::Ended => break there.finish().unwrap(),
                    outcome => panic!("{outcome:?}"),
                }
            }
        });
        for len in [0, 1, 63, 64, 1_000, 65_536, 100_000] {
            let packet: Vec<u8> = (0..len).map(|at| (at % 251) as u8).collect();
            here.enqueue(&packet).unwrap();
            here.flush().unwrap();
            assert!(here.recv() == Outcome::Packet(packet), "{len} bytes");
        }
        here.finish().unwrap();
        expect(&mut *here, &[Outcome::Ended]);
    });
}
