//! What tokio has without tokio-util.

use std::io::ErrorKind;

use tokio::io::{AsyncBufReadExt as _, AsyncRead, AsyncReadExt as _, BufReader};

use crate::tally::Tally;

/// `read_until` into a `Vec` that is used again.
pub async fn read_until(reader: impl AsyncRead + Unpin, buffer: usize) -> Tally {
    let (mut reader, mut line, mut tally) = (BufReader::with_capacity(buffer, reader), Vec::new(), Tally::default());
    while reader.read_until(b'\n', &mut line).await.unwrap() > 0 {
        tally.take(&line[..line.len() - 1]);
        line.clear();
    }
    tally
}

/// `read_exact` of a `u32`, then of the packet into a `Vec` that is used again.
pub async fn length32(reader: impl AsyncRead + Unpin, buffer: usize) -> Tally {
    let (mut reader, mut packet, mut tally) = (BufReader::with_capacity(buffer, reader), Vec::new(), Tally::default());
    loop {
        let len = match reader.read_u32().await {
            Ok(len) => len,
            Err(error) if error.kind() == ErrorKind::UnexpectedEof => return tally,
            Err(error) => panic!("{error}"),
        };
        packet.resize(usize::try_from(len).unwrap(), 0);
        reader.read_exact(&mut packet).await.unwrap();
        tally.take(&packet);
    }
}
