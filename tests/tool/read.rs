use std::io::{Read, Write};

use crate::program::{command, run, text};

#[track_caller]
fn check(options: &[&str], input: &[u8], printed: &str, complaints: &[&str]) {
    let output = run(&[&["read", "-"], options].concat(), input);
    assert_eq!(text(&output.stdout), printed, "{options:?}");
    let expected: String = complaints.iter().map(|line| format!("packets: standard input: {line}\n")).collect();
    assert_eq!(text(&output.stderr), expected, "{options:?}");
    assert_eq!(output.status.code(), Some(i32::from(!complaints.is_empty())), "{options:?}");
}

#[test]
fn prints_the_packets_of_each_framing() {
    check(&[], b"one\r\n\ntwo\n", "one\n\ntwo\n", &[]);
    check(&["--framing", "delimited=2d2d"], b"a-b--\n--", "a-b\n\\n\n", &[]);
    check(&["--framing", "fixed=3"], b"abcdef", "abc\ndef\n", &[]);
    check(&["--framing", "len32be"], b"\0\0\0\x02hi\0\0\0\0", "hi\n\n", &[]);
    check(&["--framing", "len16le"], b"\x02\0hi", "hi\n", &[]);
    check(&["--framing", "varint"], &[&b"\x80\x01"[..], &[b'v'; 128]].concat(), &("v".repeat(128) + "\n"), &[]);
    check(&["--framing", "json"], b"{\"b\" : 1e400,\t\"a\": \"\\\" :\"}\r\n", "{\"b\":1e400,\"a\":\"\\\" :\"}\n", &[]);
}

#[test]
fn prints_nothing_that_a_terminal_would_obey() {
    check(&[], b"\x1b[31m\x07\x7f\t\\\n", "\\u{1b}[31m\\u{7}\\u{7f}\\t\\\\\n", &[]);
    check(&[], b"\xffa\xc3\xa9\xc3\xe2\x80\xae'\"\n", "\\xffa\u{e9}\\xc3\\u{202e}'\"\n", &[]);
    check(
        &["--framing", "json"],
        "\"\u{9b}\u{202e}\u{e9}\\u001b\"\n".as_bytes(),
        "\"\\u009b\\u202e\u{e9}\\u001b\"\n",
        &[],
    );
}

#[test]
fn goes_on_after_a_refused_packet() {
    let too_long = "packet refused: packet exceeds the limit of 4 bytes at byte 3";
    check(&["--limit", "4"], b"ok\ntoo long\nfine\n", "ok\nfine\n", &[too_long]);
    check(
        &["--framing", "varint", "--limit", "4"],
        b"\x02ok\x05large\x04fine",
        "ok\nfine\n",
        &["packet refused: packet of 5 bytes exceeds the limit of 4 at byte 3"],
    );
    check(
        &["--framing", "json"],
        b"[1,\n\"\xff\"\n[2]\n",
        "[2]\n",
        &[
            "packet refused: EOF while parsing a value at line 1 column 3 at byte 0",
            "packet refused: invalid utf-8 sequence of 1 bytes from index 1 at byte 4",
        ],
    );
}

#[test]
fn stops_where_the_boundary_is_lost_or_the_stream_ends_early() {
    check(
        &["--framing", "len32be"],
        b"\0\0\0\x02hi\xff\xff\xff\xffhello",
        "hi\n",
        &["stream out of step: packet of 4294967295 bytes exceeds the limit of 65536 at byte 6"],
    );
    check(
        &["--framing", "fixed=4"],
        b"fourtwo",
        "four\n",
        &["stream ended inside a packet: 3 bytes came, at least 1 were missing, at byte 4"],
    );
}

#[test]
fn prints_a_packet_as_soon_as_it_is_whole() {
    let mut child = command(&["read", "-"]).spawn().unwrap();
    let (mut stdin, mut stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    stdin.write_all(b"now\nla").unwrap();
    let mut printed = [0; 4];
    stdout.read_exact(&mut printed).unwrap();
    assert_eq!(&printed, b"now\n");
    stdin.write_all(b"ter\n").unwrap();
    drop(stdin);
    let mut rest = String::new();
    stdout.read_to_string(&mut rest).unwrap();
    assert_eq!(rest, "later\n");
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn leaves_quietly_when_nobody_reads_what_it_prints() {
    let mut child = command(&["read", "-"]).spawn().unwrap();
    drop(child.stdout.take());
    child.stdin.take().unwrap().write_all(b"to whom\n").unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
