use std::net::TcpListener;

use crate::program::{run, text};

#[track_caller]
fn check(arguments: &[&str], code: i32, complaint: &str) {
    let output = run(arguments, b"");
    assert_eq!(text(&output.stderr), format!("packets: {complaint}\n"), "{arguments:?}");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
}

#[test]
fn refuses_in_one_line_what_makes_no_sense() {
    check(&["lissen"], 2, "there is no command 'lissen'; see packets --help");
    check(&["--driver"], 2, "invalid option '--driver'; see packets --help");
    check(&["listen"], 2, "listen: ADDR is missing: HOST:PORT");
    check(&["listen", "localhost"], 2, "listen: bad address 'localhost': invalid socket address");
    check(&["connect", "127.0.0.1:70000"], 2, "connect: bad address '127.0.0.1:70000': invalid port value");
    check(&["read"], 2, "read: FILE is missing; - is standard input");
    check(&["read", "-", "--echo"], 2, "read: invalid option '--echo'");
    check(&["read", "-", "-"], 2, "read: unexpected argument \"-\"");
    check(&["read", "-", "--limit"], 2, "read: missing argument for option '--limit'");
    let number = "is no whole number from 1 to 1073741824";
    for value in ["0", "-1", "1.5", "ten", "99999999999999999999"] {
        check(&["read", "-", "--limit", value], 2, &format!("read: --limit: '{value}' {number}"));
        check(&["read", "-", &format!("--framing=fixed={value}")], 2, &format!("read: --framing: '{value}' {number}"));
    }
    let seconds = "is no number of seconds from 0.001 to 1000000";
    for value in ["0", "-1", "nan", "inf", "soon"] {
        let complaint = format!("listen: --packet-deadline: '{value}' {seconds}");
        check(&["listen", "127.0.0.1:0", "--packet-deadline", value], 2, &complaint);
    }
    check(
        &["listen", "127.0.0.1:0", "--driver=epoll"],
        2,
        "listen: --driver: there is no driver 'epoll'; choose from blocking, mio, async-io",
    );
    check(
        &["read", "-", "--framing=words"],
        2,
        "read: --framing: there is no framing 'words'; choose from lines, delimited=HEX, fixed=N, len32be, len16le, \
         varint, json",
    );
    for hex in ["", "0", "0x", "é"] {
        let complaint = format!(
            "read: --framing: '{hex}' is no delimiter: write its bytes as pairs of hexadecimal digits, as in 0d0a"
        );
        check(&["read", "-", &format!("--framing=delimited={hex}")], 2, &complaint);
    }
    check(
        &["read", "-", "--limit=100", "--buffer=99"],
        2,
        "read: --buffer: buffer of 99 bytes cannot hold a packet of 102",
    );
}

#[test]
fn names_what_the_system_refuses() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    check(&["listen", &address], 1, &format!("cannot listen on {address}: Address already in use (os error 98)"));
    drop(taken);
    check(&["connect", &address], 1, &format!("cannot connect to {address}: Connection refused (os error 111)"));
    check(&["read", "/no/such"], 1, "cannot open /no/such: No such file or directory (os error 2)");
    check(&["read", "/"], 1, "/: cannot receive: Is a directory (os error 21), at byte 0");
}

#[test]
fn helps() {
    for (arguments, words) in [
        (&["--help"][..], &["listen", "connect", "read", "--help", "--version"][..]),
        (&["help"], &["Usage"]),
        (
            &["listen", "--help"],
            &["--driver", "--framing", "--limit", "--buffer", "--echo", "--max-connections", "--packet-deadline"],
        ),
        (&["connect", "127.0.0.1:0", "-h"], &["--driver", "--framing", "--limit", "--buffer"]),
        (&["help", "read"], &["--framing", "--limit", "--buffer"]),
        (&["--version"], &[env!("CARGO_PKG_VERSION")]),
    ] {
        let output = run(arguments, b"");
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}");
        for word in words {
            assert!(text(&output.stdout).contains(word), "{arguments:?}: {word}");
        }
    }
}
