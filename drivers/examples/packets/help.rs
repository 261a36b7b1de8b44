//! What `--help` says.

pub(crate) const TOP: &str = "\
Packets over TCP, to try wharf out and to measure it.

Usage: packets                          exchange packets over loopback with each driver, and measure
       packets listen ADDR [OPTION …]   serve connections: print their packets, or echo them
       packets connect ADDR [OPTION …]  send the lines of standard input, print what comes back
       packets read FILE|- [OPTION …]   print the packets of a file, or of standard input
       packets help [COMMAND]

Options:
  -h, --help     show this, or the help of a command
  -V, --version  show the version

Example:
  packets listen 127.0.0.1:7000 --echo &
  seq 3 | packets connect 127.0.0.1:7000

The exit code is 0 if all went well, 1 if something failed, 2 if the command line makes no sense.
";

/// The options that several commands have.
macro_rules! framing_options {
    () => {
        "  --framing FRAMING    how packets are framed:
                         lines          lines that end with LF or CR LF [the default]
                         delimited=HEX  packets that end with these bytes: delimited=0d0a2e0d0a
                         fixed=N        packets of N bytes
                         len32be        a 4-byte length before each packet, big-endian
                         len16le        a 2-byte length before each packet, little-endian
                         varint         a LEB128 length before each packet
                         json           lines that are JSON documents
  --limit N            most bytes of a packet [65536]; those of fixed=N have N
  --buffer N           length of a receive buffer in bytes [65536, or as the limit needs]
"
    };
}

macro_rules! driver_option {
    () => {
        "  --driver DRIVER      blocking, mio or async-io [blocking]
"
    };
}

pub(crate) const LISTEN: &str = concat!(
    "\
Serves many connections at once, and prints each packet after the number of its connection.

Usage: packets listen ADDR [OPTION …]

ADDR is HOST:PORT; with port 0, the system chooses. The first line printed says which.
What happens to connections goes to standard error. Ctrl-C ends it and prints the totals.

Options:
",
    driver_option!(),
    framing_options!(),
    "  --echo               send each packet back, rather than print it
  --max-connections N  most connections at a time [1000]
  --packet-deadline S  close a connection whose packet is not whole S seconds after its first byte
  -h, --help           show this

Bytes that are no text are printed as \\xNN, and a backslash as two.
A packet that is refused costs one line on standard error; its connection goes on, if the stream is still in step.

Example: packets listen 127.0.0.1:7000 --framing json --driver mio
"
);

pub(crate) const CONNECT: &str = concat!(
    "\
Sends each line of standard input as a packet, and prints what comes back, until both ends are done.

Usage: packets connect ADDR [OPTION …]

Options:
",
    driver_option!(),
    framing_options!(),
    "  -h, --help           show this

Example: seq 3 | packets connect 127.0.0.1:7000
"
);

pub(crate) const READ: &str = concat!(
    "\
Prints the packets of a file, or of standard input if FILE is -.

Usage: packets read FILE|- [OPTION …]

Options:
",
    framing_options!(),
    "  -h, --help           show this

Example: printf '\\005hello\\002hi' | packets read - --framing varint
"
);
