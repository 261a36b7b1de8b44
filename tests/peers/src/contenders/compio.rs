//! compio-io's framed.

use compio_buf::bytes::Bytes;
use compio_io::AsyncRead;
use compio_io::framed::Framed;
use compio_io::framed::codec::bytes::BytesCodec;
use compio_io::framed::frame::{LengthDelimited, LineDelimited};
use futures_lite::StreamExt as _;

use crate::tally::Tally;

/// Its lines, as `Bytes`.
pub async fn lines(reader: impl AsyncRead + Unpin + 'static, buffer: usize) -> Tally {
    let framed = Framed::new::<Bytes, Bytes>(BytesCodec::new(), LineDelimited::new());
    let mut framed = framed.with_reader(reader).with_buffer(Vec::with_capacity(buffer), Vec::new());
    let mut tally = Tally::default();
    while let Some(line) = framed.next().await {
        tally.take(&line.unwrap());
    }
    tally
}

/// Packets behind a `u32`, as `Bytes`.
pub async fn length32(reader: impl AsyncRead + Unpin + 'static, buffer: usize) -> Tally {
    let framed = Framed::new::<Bytes, Bytes>(BytesCodec::new(), LengthDelimited::new());
    let mut framed = framed.with_reader(reader).with_buffer(Vec::with_capacity(buffer), Vec::new());
    let mut tally = Tally::default();
    while let Some(packet) = framed.next().await {
        tally.take(&packet.unwrap());
    }
    tally
}
