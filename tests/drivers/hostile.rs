//! Peers that mean it no good, over real sockets, against a server in each driver: others are served all the while,
//! and what it costs is bounded.

#![expect(clippy::unwrap_used, reason = "what fails here fails the test")]

use std::fmt::Debug;
use std::io::{ErrorKind, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use wharf::{Delimited, Enframe, Fixed, Framing, LengthPrefixed, Lines, Netstring, Width};
use wharf_tests::drivers::{Driver, reset};
use wharf_tests::server::{Limits, Server};

macro_rules! attacks {
    ($($attack:ident),* $(,)?) => {
        mod blocking { $(#[test] fn $attack() { super::$attack(super::Driver::Blocking); })* }
        mod mio { $(#[test] fn $attack() { super::$attack(super::Driver::Mio); })* }
        mod async_io { $(#[test] fn $attack() { super::$attack(super::Driver::AsyncIo); })* }
    };
}

attacks![
    a_thousand_that_trickle_their_heads_hold_no_buffer,
    those_that_hold_all_buffers_are_cut_off,
    floods_of_empty_packets_leave_others_served,
    floods_of_oversize_packets_cost_one_error_each,
    lengths_that_cannot_be_cost_nothing,
    resets_and_half_closes_at_every_stage,
    a_peer_that_never_reads_is_bounded_and_cut_off,
    garbage_of_every_shape,
];

const PATIENT: Limits = Limits { buffer: 4096, buffers: 16, queue: 4096, patience: Duration::from_secs(20) };

/// Far longer than anything here takes.
const AT_MOST: Duration = Duration::from_secs(30);

fn count(counter: &AtomicU64) -> u64 {
    counter.load(Ordering::Relaxed)
}

fn lines(driver: Driver, limits: Limits) -> Server {
    Server::start(driver, Lines::new(64), limits, false)
}

/// A peer that does as it should: it sends a line and gets it back.
fn exchange(stream: &mut TcpStream, line: &str) {
    stream.write_all(format!("{line}\n").as_bytes()).unwrap();
    let mut answer = vec![0; line.len() + 1];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(answer, format!("{line}\n").as_bytes());
}

/// Exchanges lines until `done`.
fn exchange_until(stream: &mut TcpStream, done: impl Fn() -> bool) {
    let begun = Instant::now();
    while !done() {
        exchange(stream, "I am honest");
        assert!(begun.elapsed() < AT_MOST, "it doesn't come to that");
    }
}

fn a_thousand_that_trickle_their_heads_hold_no_buffer(driver: Driver) {
    const PEERS: usize = 1000;
    let server = lines(driver, PATIENT);
    let mut honest = server.connect();
    let mut peers: Vec<_> = (0..PEERS).map(|_| server.connect()).collect();
    exchange_until(&mut honest, || count(&server.seen.accepted) > PEERS as u64);
    for _ in 0..8 {
        for peer in &mut peers {
            peer.write_all(b".").unwrap();
        }
        exchange(&mut honest, "still served");
        assert!(server.pool.in_use() + server.pool.free() <= 16);
    }
    // What they have sent fits into their leases.
    exchange_until(&mut honest, || server.pool.in_use() == 0);
    for mut peer in peers.drain(..PEERS / 2) {
        exchange_rest(&mut peer, "........");
    }
    drop((peers, honest));
    let seen = server.stop();
    assert_eq!((count(&seen.truncated), count(&seen.failed)), (PEERS as u64 / 2, 0));
}

/// Ends the line that was begun.
fn exchange_rest(stream: &mut TcpStream, begun: &str) {
    stream.write_all(b"\n").unwrap();
    let mut answer = vec![0; begun.len() + 1];
    stream.read_exact(&mut answer).unwrap();
    assert_eq!(answer, format!("{begun}\n").as_bytes());
}

fn those_that_hold_all_buffers_are_cut_off(driver: Driver) {
    let server = lines(driver, Limits { buffers: 4, patience: Duration::from_millis(200), ..PATIENT });
    let mut peers: Vec<_> = (0..12).map(|_| server.connect()).collect();
    for peer in &mut peers {
        peer.write_all(&[b'.'; 40]).unwrap();
    }
    // It comes last, and waits until they have been cut off.
    exchange(&mut server.connect(), "at last");
    for peer in &mut peers {
        // Each is closed, with a reset if bytes of it were not read.
        peer.set_read_timeout(Some(AT_MOST)).unwrap();
        match peer.read(&mut [0; 8]) {
            Ok(0) => {}
            Err(error) if error.kind() == ErrorKind::ConnectionReset => {}
            read => panic!("{read:?}"),
        }
    }
    assert_eq!(server.pool.in_use() + server.pool.free(), 4, "no more than it may");
    let seen = server.stop();
    assert_eq!(count(&seen.deadlines), 12);
    assert!(count(&seen.exhausted) > 0);
}

fn floods_of_empty_packets_leave_others_served(driver: Driver) {
    const PACKETS: usize = 100_000;
    let server = lines(driver, PATIENT);
    let mut honest = server.connect();
    let flood = server.connect();
    std::thread::scope(|scope| {
        scope.spawn(|| (&flood).write_all(&[b'\n'; PACKETS]).unwrap());
        let answers = scope.spawn(|| {
            let (mut bytes, mut received) = (vec![0; 64 * 1024], 0);
            while received < PACKETS {
                let count = (&flood).read(&mut bytes).unwrap();
                assert!(count > 0 && bytes[..count].iter().all(|byte| *byte == b'\n'));
                received += count;
            }
        });
        for _ in 0..50 {
            exchange(&mut honest, "served among a flood");
        }
        answers.join().unwrap();
    });
    drop((flood, honest));
    assert_eq!(count(&server.stop().packets), PACKETS as u64 + 50);
}

fn floods_of_oversize_packets_cost_one_error_each(driver: Driver) {
    let server = lines(driver, PATIENT);
    let mut honest = server.connect();
    let mut flood = server.connect();
    let oversize = "x".repeat(1000) + "\n";
    for _ in 0..20 {
        flood.write_all(oversize.repeat(50).as_bytes()).unwrap();
        exchange(&mut honest, "served");
    }
    exchange(&mut flood, "and now a good one");
    drop((flood, honest));
    let seen = server.stop();
    assert_eq!((count(&seen.rejects), count(&seen.packets)), (1000, 21));
}

fn lengths_that_cannot_be_cost_nothing(driver: Driver) {
    let framing = LengthPrefixed::new(Width::U64, 1000);
    let server = Server::start(driver, framing, PATIENT, false);
    for len in [1_u64 << 63, u64::MAX, u64::MAX - 7, 1 << 62] {
        let mut peer = server.connect();
        peer.write_all(&3_u64.to_be_bytes()).unwrap();
        peer.write_all(b"one").unwrap();
        peer.write_all(&len.to_be_bytes()).unwrap();
        let mut all = Vec::new();
        let ended = peer.read_to_end(&mut all);
        assert!(ended.is_ok_and(|_| all.starts_with(&[0, 0, 0, 0, 0, 0, 0, 3, b'o', b'n', b'e'])), "{len}");
    }
    // Too long, but it can be believed: skipped in the same buffer.
    let mut peer = server.connect();
    peer.write_all(&500_000_u64.to_be_bytes()).unwrap();
    peer.write_all(&vec![b'x'; 500_000]).unwrap();
    peer.write_all(&2_u64.to_be_bytes()).unwrap();
    peer.write_all(b"ok").unwrap();
    let mut answer = [0; 10];
    peer.read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"\0\0\0\0\0\0\0\x02ok");
    assert!(server.pool.in_use() + server.pool.free() <= 2);
    drop(peer);
    let seen = server.stop();
    assert_eq!((count(&seen.fatals), count(&seen.rejects), count(&seen.packets)), (4, 1, 5));
}

fn resets_and_half_closes_at_every_stage(driver: Driver) {
    let server = lines(driver, PATIENT);
    let mut honest = server.connect();
    let bytes = b"one\n\na line that no lease keeps at rest\ntwo\n";
    let mut truncated = 0;
    for cut in 0..=bytes.len() {
        let mut closing = server.connect();
        closing.write_all(&bytes[..cut]).unwrap();
        closing.shutdown(Shutdown::Write).unwrap();
        let (mut answer, whole) =
            (Vec::new(), bytes[..cut].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1));
        closing.read_to_end(&mut answer).unwrap();
        assert_eq!(answer, &bytes[..whole], "cut at {cut}");
        truncated += u64::from(whole < cut);

        let mut killed = server.connect();
        killed.write_all(&bytes[..cut]).unwrap();
        reset(killed);
        exchange(&mut honest, "served");
    }
    drop(honest);
    let pool = server.pool.clone();
    let seen = server.stop();
    assert_eq!(count(&seen.truncated), truncated);
    assert_eq!(pool.in_use(), 0);
}

fn a_peer_that_never_reads_is_bounded_and_cut_off(driver: Driver) {
    let framing = LengthPrefixed::new(Width::U32, 2000);
    let server = Server::start(driver, framing, Limits { patience: Duration::from_millis(300), ..PATIENT }, false);
    let mut deaf = server.connect();
    deaf.set_write_timeout(Some(AT_MOST)).unwrap();
    let packet = [&2000_u32.to_be_bytes()[..], &[b'x'; 2000]].concat();
    let mut written = 0_u64;
    let error = loop {
        match deaf.write(&packet[usize::try_from(written % 2004).unwrap()..]) {
            Ok(count) => written += count as u64,
            Err(error) => break error,
        }
        assert!(written < 1 << 30, "somebody keeps all this");
    };
    assert!(matches!(error.kind(), ErrorKind::ConnectionReset | ErrorKind::BrokenPipe), "{error}");
    let seen = server.stop();
    assert_eq!(count(&seen.stalled), 1);
    assert!(count(&seen.queued) <= 4096 + 2004, "{} bytes were queued", count(&seen.queued));
}

fn garbage_of_every_shape(driver: Driver) {
    garbage(driver, Lines::new(64), b"abc\n", b"\r\n\0");
    garbage(driver, Delimited::new(b"--", 64).unwrap(), b"abc--", b"-a");
    garbage(driver, Fixed::new(5).unwrap(), b"abcde", b"x");
    garbage(driver, LengthPrefixed::new(Width::U32, 64), b"\0\0\0\x03abc", b"\0\x01\x40");
    garbage(driver, LengthPrefixed::new(Width::U8, 64), b"\x03abc", b"\0\x01\x40\xff");
    garbage(driver, Netstring::new(64), b"3:abc,", b"0123:,");
}

/// Sends bytes of all kinds, mostly of the framing's own, from many connections; then one that does as it should.
fn garbage<F: Framing + Enframe + Clone + Debug + Send + 'static>(driver: Driver, framing: F, good: &[u8], own: &[u8]) {
    let claim = format!("{driver:?} {framing:?}");
    let server = Server::start(driver, framing, PATIENT, false);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut random = |below: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    for _ in 0..60 {
        let mut peer = server.connect();
        let garbage: Vec<u8> = (0..random(3000))
            .map(|_| if random(4) == 0 { u8::try_from(random(256)).unwrap() } else { own[random(own.len())] })
            .collect();
        // It may be closed while it is at it.
        let _ = peer.write_all(&garbage).and_then(|()| peer.shutdown(Shutdown::Write));
        let _ = peer.read_to_end(&mut Vec::new());
    }
    let mut honest = server.connect();
    honest.write_all(good).unwrap();
    let mut answer = vec![0; good.len()];
    honest.read_exact(&mut answer).unwrap();
    assert_eq!(answer, good, "{claim}");
    drop(honest);
    let pool = server.pool.clone();
    let seen = server.stop();
    assert_eq!((pool.in_use(), count(&seen.accepted), count(&seen.closed)), (0, 61, 61), "{claim}");
}
