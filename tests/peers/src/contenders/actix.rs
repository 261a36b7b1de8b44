//! actix-codec.

use actix_codec::{Framed, LinesCodec};
use futures_lite::StreamExt as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_util::codec::LengthDelimitedCodec;

use crate::tally::Tally;

/// Its lines, as `String`s; it chooses its buffer itself.
pub async fn lines(reader: impl AsyncRead + AsyncWrite + Unpin) -> Tally {
    let (mut framed, mut tally) = (Framed::new(reader, LinesCodec::default()), Tally::default());
    while let Some(line) = framed.next().await {
        tally.take(line.unwrap().as_bytes());
    }
    tally
}

/// Its engine with tokio-util's codec, since it has none of its own.
pub async fn length32(reader: impl AsyncRead + AsyncWrite + Unpin) -> Tally {
    let (mut framed, mut tally) = (Framed::new(reader, LengthDelimitedCodec::new()), Tally::default());
    while let Some(packet) = framed.next().await {
        tally.take(&packet.unwrap());
    }
    tally
}
