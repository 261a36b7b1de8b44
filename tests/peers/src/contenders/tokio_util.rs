//! tokio-util.

use futures_lite::StreamExt as _;
use tokio::io::AsyncRead;
use tokio_util::codec::{AnyDelimiterCodec, FramedRead, LengthDelimitedCodec, LinesCodec};

use crate::tally::Tally;

/// Its lines, as `String`s.
pub async fn lines(reader: impl AsyncRead + Unpin, buffer: usize) -> Tally {
    let (mut framed, mut tally) = (FramedRead::with_capacity(reader, LinesCodec::new(), buffer), Tally::default());
    while let Some(line) = framed.next().await {
        tally.take(line.unwrap().as_bytes());
    }
    tally
}

/// Its packets with a delimiter, as `Bytes`.
pub async fn delimited(reader: impl AsyncRead + Unpin, buffer: usize) -> Tally {
    let codec = AnyDelimiterCodec::new(b"\n".to_vec(), b"\n".to_vec());
    let (mut framed, mut tally) = (FramedRead::with_capacity(reader, codec, buffer), Tally::default());
    while let Some(line) = framed.next().await {
        tally.take(&line.unwrap());
    }
    tally
}

/// Packets behind a `u32`, as `BytesMut`.
pub async fn length32(reader: impl AsyncRead + Unpin, buffer: usize) -> Tally {
    let codec = LengthDelimitedCodec::new();
    let (mut framed, mut tally) = (FramedRead::with_capacity(reader, codec, buffer), Tally::default());
    while let Some(packet) = framed.next().await {
        tally.take(&packet.unwrap());
    }
    tally
}
