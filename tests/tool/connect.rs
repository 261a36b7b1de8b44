use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener};
use std::thread;

use crate::program::{DRIVERS, Server, run, text};

#[test]
fn sends_lines_and_prints_what_comes_back_in_each_framing() {
    for driver in DRIVERS {
        for framing in ["lines", "delimited=2d2d", "fixed=4", "len32be", "len16le", "varint", "json"] {
            let server = Server::start(driver, &["--framing", framing, "--echo"]);
            let arguments = ["connect", &server.address.to_string(), "--driver", driver, "--framing", framing];
            // The last line has no ending.
            let output = run(&arguments, b"1234\n\"\xc3\xa9\"\n5678");
            assert_eq!(text(&output.stdout), "1234\n\"\u{e9}\"\n5678\n", "{driver}, {framing}");
            assert_eq!(text(&output.stderr), "", "{driver}, {framing}");
            assert_eq!(output.status.code(), Some(0), "{driver}, {framing}");
        }
    }
}

#[test]
fn sends_and_receives_more_than_any_queue_holds() {
    let input: String = (0..200_000).map(|index| format!("line {index}\n")).collect();
    for driver in DRIVERS {
        let server = Server::start(driver, &["--echo"]);
        let output = run(&["connect", &server.address.to_string(), "--driver", driver], input.as_bytes());
        assert!(text(&output.stdout) == input, "{driver}: not all came back as it was sent");
        assert_eq!(output.status.code(), Some(0), "{driver}");
    }
}

#[test]
fn sends_what_can_be_sent_and_names_what_cannot() {
    for driver in DRIVERS {
        let server = Server::start(driver, &["--framing", "fixed=2", "--echo"]);
        let address = server.address.to_string();
        let output = run(&["connect", &address, "--driver", driver, "--framing", "fixed=2"], b"ab\nabc\ncd\n");
        assert_eq!(text(&output.stdout), "ab\ncd\n", "{driver}");
        let complaint = "packets: packet not sent: packet of 3 bytes exceeds the limit of 2\n";
        assert_eq!(text(&output.stderr), complaint, "{driver}");
        assert_eq!(output.status.code(), Some(1), "{driver}");

        let server = Server::start(driver, &["--framing", "json", "--echo"]);
        let address = server.address.to_string();
        let output = run(&["connect", &address, "--driver", driver, "--framing", "json"], b"{}\n{\n[ ]\n");
        assert_eq!(text(&output.stdout), "{}\n[]\n", "{driver}");
        let complaint =
            "packets: standard input: packet refused: EOF while parsing an object at line 1 column 1 at byte 3\n";
        assert_eq!(text(&output.stderr), complaint, "{driver}");
        assert_eq!(output.status.code(), Some(1), "{driver}");
    }
}

/// Talks to a peer that answers `answer` and ends, then reads what is sent.
fn with_peer(driver: &str, framing: &str, answer: &'static [u8]) -> (std::process::Output, Vec<u8>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let peer = thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        stream.write_all(answer).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let mut sent = Vec::new();
        stream.read_to_end(&mut sent).unwrap();
        sent
    });
    let output = run(&["connect", &address, "--driver", driver, "--framing", framing], b"to you\n");
    (output, peer.join().unwrap())
}

#[test]
fn tells_how_the_peer_ended() {
    for driver in DRIVERS {
        let (output, sent) = with_peer(driver, "lines", b"from me\n");
        assert_eq!(text(&output.stdout), "from me\n", "{driver}");
        assert_eq!(sent, b"to you\n", "{driver}: sent also to a peer that has ended");
        assert_eq!(output.status.code(), Some(0), "{driver}");

        let (output, _) = with_peer(driver, "lines", b"from");
        let truncated = "packets: stream ended inside a packet: 4 bytes came, at least 1 were missing, at byte 0\n";
        assert!(text(&output.stderr).contains(truncated), "{driver}: {}", text(&output.stderr));
        assert_eq!(output.status.code(), Some(1), "{driver}");
    }
}
