//! framez, from the world without std.

use embedded_io_async::Read;
use framez::FramedRead;
use framez::codec::lines::Lines;

use crate::tally::Tally;

/// Its lines, borrowed from a buffer of the caller's.
pub async fn lines(reader: impl Read, buffer: usize) -> Tally {
    let mut buffer = vec![0; buffer];
    let mut framed = FramedRead::new(Lines::new(), reader, &mut buffer);
    let mut tally = Tally::default();
    while let Some(line) = framez::next!(framed) {
        let Ok(line) = line else { panic!("framez refuses a line") };
        tally.take(line);
    }
    tally
}
