//! linereader.

use std::io::Read;

use linereader::LineReader;

use crate::tally::Tally;

/// Its lines, borrowed with their LF.
pub fn lines(reader: impl Read, buffer: usize) -> Tally {
    let (mut lines, mut tally) = (LineReader::with_capacity(buffer, reader), Tally::default());
    while let Some(line) = lines.next_line() {
        let line = line.unwrap();
        tally.take(&line[..line.len() - 1]);
    }
    tally
}
