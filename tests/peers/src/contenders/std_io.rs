//! What std has.

use std::io::{BufRead, BufReader, ErrorKind, Read};

use crate::tally::Tally;

/// `read_until` into a `Vec` that is used again.
pub fn read_until(reader: impl Read, buffer: usize) -> Tally {
    let (mut reader, mut line, mut tally) = (BufReader::with_capacity(buffer, reader), Vec::new(), Tally::default());
    while reader.read_until(b'\n', &mut line).unwrap() > 0 {
        tally.take(&line[..line.len() - 1]);
        line.clear();
    }
    tally
}

/// `lines()`, a `String` each.
pub fn lines(reader: impl Read, buffer: usize) -> Tally {
    let mut tally = Tally::default();
    for line in BufReader::with_capacity(buffer, reader).lines() {
        tally.take(line.unwrap().as_bytes());
    }
    tally
}

/// `read_exact` of a `u32`, then of the packet into a `Vec` that is used again.
pub fn length32(reader: impl Read, buffer: usize) -> Tally {
    let (mut reader, mut packet, mut tally) = (BufReader::with_capacity(buffer, reader), Vec::new(), Tally::default());
    let mut head = [0; 4];
    loop {
        match reader.read_exact(&mut head) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return tally,
            Err(error) => panic!("{error}"),
        }
        packet.resize(usize::try_from(u32::from_be_bytes(head)).unwrap(), 0);
        reader.read_exact(&mut packet).unwrap();
        tally.take(&packet);
    }
}
