use std::io::{ErrorKind, Read, Write};
use std::net::Shutdown;
use std::time::Duration;

use crate::program::{DRIVERS, PATIENCE, Server};

/// Runs a claim on each driver.
fn each(options: &[&str], claim: impl Fn(Server)) {
    for driver in DRIVERS {
        println!("{driver}");
        claim(Server::start(driver, options));
    }
}

#[track_caller]
fn expect(stream: &mut impl Read, expected: &[u8]) {
    let mut received = vec![0; expected.len()];
    stream.read_exact(&mut received).unwrap();
    assert_eq!(received, expected);
}

/// The server closes the connection, and sends nothing before.
#[track_caller]
fn expect_close(stream: &mut impl Read) {
    let mut received = Vec::new();
    match stream.read_to_end(&mut received) {
        Ok(_) => {}
        // Bytes that were not read make a close a reset.
        Err(error) => assert_eq!(error.kind(), ErrorKind::ConnectionReset),
    }
    assert_eq!(received, b"");
}

#[test]
fn prints_the_packets_of_many_connections_by_number() {
    each(&[], |server| {
        let mut first = server.connect();
        first.write_all(b"one\nhal").unwrap();
        assert_eq!(server.line(), "1: one");
        let mut second = server.connect();
        second.write_all(b"two\n").unwrap();
        assert_eq!(server.line(), "2: two");
        first.write_all(b"f\n").unwrap();
        assert_eq!(server.line(), "1: half");
    });
}

#[test]
fn logs_who_comes_and_goes() {
    each(&[], |server| {
        let client = server.connect();
        assert_eq!(server.log(), format!("connection 1: opened from {}", client.local_addr().unwrap()));
        drop(client);
        assert_eq!(server.log(), "connection 1: closed");
    });
}

#[test]
fn serves_others_while_one_sends_half_a_packet() {
    each(&["--echo"], |server| {
        let mut slow = server.connect();
        slow.write_all(b"half").unwrap();
        let mut others: Vec<_> = (0..50).map(|_| server.connect()).collect();
        for other in &mut others {
            other.write_all(b"whole\n").unwrap();
        }
        for other in &mut others {
            expect(other, b"whole\n");
        }
        slow.write_all(b" a packet\n").unwrap();
        expect(&mut slow, b"half a packet\n");
    });
}

#[test]
fn refuses_an_oversized_packet_and_delivers_the_next() {
    each(&["--limit", "8", "--buffer", "10"], |server| {
        let mut client = server.connect();
        client.write_all(b"good\n").unwrap();
        client.write_all(&[b'x'; 100_000]).unwrap();
        client.write_all(b"\nbetter\n").unwrap();
        assert_eq!(server.line(), "1: good");
        assert_eq!(server.line(), "1: better");
        let complaint = "connection 1: packet refused: packet exceeds the limit of 8 bytes at byte 5";
        assert_eq!(server.complaint(), complaint);
        drop(client);
        assert_eq!(server.log(), "connection 1: closed");
    });
}

#[test]
fn closes_a_connection_that_is_out_of_step_and_no_other() {
    each(&["--framing", "len32be", "--echo"], |server| {
        let mut other = server.connect();
        other.write_all(b"\0\0\0\x03abc").unwrap();
        expect(&mut other, b"\0\0\0\x03abc");
        let mut client = server.connect();
        client.write_all(b"\x7f\xff\xff\xff").unwrap();
        let complaint =
            "connection 2: stream out of step: packet of 2147483647 bytes exceeds the limit of 65536 at byte 0";
        assert_eq!(server.complaint(), complaint);
        expect_close(&mut client);
        other.write_all(b"\0\0\0\x03def").unwrap();
        expect(&mut other, b"\0\0\0\x03def");
    });
}

#[test]
fn names_a_stream_that_ends_inside_a_packet() {
    each(&[], |server| {
        server.connect().write_all(b"whole\nhalf").unwrap();
        assert_eq!(server.line(), "1: whole");
        let complaint = "connection 1: stream ended inside a packet: 4 bytes came, at least 1 were missing, at byte 6";
        assert_eq!(server.complaint(), complaint);
    });
}

#[test]
fn echoes_what_came_before_a_half_close() {
    each(&["--echo", "--framing", "varint"], |server| {
        let mut client = server.connect();
        client.write_all(b"\x02hi\x00").unwrap();
        client.shutdown(Shutdown::Write).unwrap();
        let mut received = Vec::new();
        client.read_to_end(&mut received).unwrap();
        assert_eq!(received, b"\x02hi\x00");
    });
}

#[test]
fn cuts_off_a_packet_that_takes_too_long_but_not_a_quiet_connection() {
    each(&["--packet-deadline", "0.2", "--echo"], |server| {
        let mut quiet = server.connect();
        let mut slow = server.connect();
        slow.write_all(b"trickle").unwrap();
        assert_eq!(server.complaint(), "connection 2: packet at byte 0 did not become whole in 200ms");
        expect_close(&mut slow);
        quiet.write_all(b"still here\n").unwrap();
        expect(&mut quiet, b"still here\n");
    });
}

#[test]
fn refuses_more_connections_than_are_allowed_until_one_leaves() {
    each(&["--max-connections", "1", "--echo"], |server| {
        let mut first = server.connect();
        first.write_all(b"in\n").unwrap();
        expect(&mut first, b"in\n");
        let mut second = server.connect();
        let peer = second.local_addr().unwrap();
        let complaint = format!("connection from {peer} refused: 1 are open, as many as --max-connections allows");
        assert_eq!(server.complaint(), complaint);
        expect_close(&mut second);
        first.write_all(b"still in\n").unwrap();
        expect(&mut first, b"still in\n");
        drop(first);
        assert_eq!(server.log(), "connection 1: closed");
        let mut third = server.connect();
        third.write_all(b"in\n").unwrap();
        expect(&mut third, b"in\n");
    });
}

#[test]
fn goes_on_accepting_when_descriptors_are_free_again() {
    for driver in DRIVERS {
        let server = Server::start_with_descriptors(20, driver, &["--echo"]);
        let mut clients: Vec<_> = (0..30).map(|_| server.connect()).collect();
        let complaint = "cannot accept connections, trying again: Too many open files (os error 24)";
        assert_eq!(server.complaint(), complaint, "{driver}");
        clients[0].write_all(b"served\n").unwrap();
        expect(&mut clients[0], b"served\n");
        let mut last = clients.pop().unwrap();
        drop(clients);
        last.write_all(b"served, too\n").unwrap();
        expect(&mut last, b"served, too\n");
    }
}

#[test]
fn stops_receiving_from_a_peer_that_does_not_read() {
    each(&["--echo"], |server| {
        let mut client = server.connect();
        client.set_write_timeout(Some(Duration::from_millis(500))).unwrap();
        let line = [&[b'y'; 999][..], b"\n"].concat();
        let mut sent = 0;
        let error = loop {
            match client.write(&line[sent % 1000..]) {
                Ok(count) => sent += count,
                Err(error) => break error,
            }
            assert!(sent < 200 << 20, "it receives for ever");
        };
        assert_eq!(error.kind(), ErrorKind::WouldBlock);

        // Others are not held up.
        let mut other = server.connect();
        other.write_all(b"hello\n").unwrap();
        expect(&mut other, b"hello\n");

        // Once it reads, all comes back.
        let mut received = vec![0; sent - sent % 1000];
        client.read_exact(&mut received).unwrap();
        assert!(received.chunks(1000).all(|received| received == line));
    });
}

#[test]
fn ends_with_totals_on_a_signal() {
    for signal in ["INT", "TERM"] {
        each(&["--limit", "8"], |server| {
            let mut client = server.connect();
            client.write_all(b"one\ntoo long a line\nthree\n").unwrap();
            assert_eq!((server.line(), server.line()), ("1: one".to_owned(), "1: three".to_owned()));
            let (printed, status) = server.end(signal);
            assert_eq!(printed, ["1 connection, 0 refused; 2 packets, 8 bytes; 1 error"]);
            assert_eq!(status.code(), Some(0));
        });
    }
}

#[test]
fn prints_json_documents_compact_and_refuses_others() {
    each(&["--framing", "json"], |server| {
        let mut client = server.connect();
        client.write_all(b"{\"z\": [1, 2],\t\"a\": 1.50}\r\nnot json\n\"next\"\n").unwrap();
        assert_eq!(server.line(), "1: {\"z\":[1,2],\"a\":1.50}");
        assert_eq!(server.line(), "1: \"next\"");
        let complaint = server.complaint();
        assert!(complaint.starts_with("connection 1: packet refused: expected ident"), "{complaint}");
        assert!(complaint.ends_with(" at byte 26"), "{complaint}");
    });
}

#[test]
fn survives_a_reset() {
    each(&["--echo"], |server| {
        let mut client = server.connect();
        client.write_all(&b"never read\n".repeat(1000)).unwrap();
        client.set_read_timeout(Some(PATIENCE)).unwrap();
        expect(&mut client, b"never read\n");
        drop(client); // with bytes that it has not read
        let mut next = server.connect();
        next.write_all(b"next\n").unwrap();
        expect(&mut next, b"next\n");
    });
}

#[test]
fn leaves_quietly_when_nobody_reads_what_it_prints() {
    for driver in DRIVERS {
        let server = Server::hang_up(&["--driver", driver]);
        server.connect().write_all(b"to whom\n").unwrap();
        let (complaints, status) = server.wait();
        assert_eq!(status.code(), Some(0), "{driver}");
        assert!(complaints.iter().all(|line| line.starts_with("connection 1: ")), "{driver}: {complaints:?}");
    }
}
