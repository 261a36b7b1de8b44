//! asynchronous-codec.

use asynchronous_codec::{FramedRead, LengthCodec, LinesCodec};
use futures_lite::{AsyncRead, StreamExt as _};

use crate::tally::Tally;

/// Its lines, as `String`s with their LF; it chooses its buffer itself.
pub async fn lines(reader: impl AsyncRead + Unpin) -> Tally {
    let (mut framed, mut tally) = (FramedRead::new(reader, LinesCodec), Tally::default());
    while let Some(line) = framed.next().await {
        let line = line.unwrap();
        tally.take(line.strip_suffix('\n').unwrap().as_bytes());
    }
    tally
}

/// Packets behind a `u64`, as `Bytes`.
pub async fn length64(reader: impl AsyncRead + Unpin) -> Tally {
    let (mut framed, mut tally) = (FramedRead::new(reader, LengthCodec), Tally::default());
    while let Some(packet) = framed.next().await {
        tally.take(&packet.unwrap());
    }
    tally
}
