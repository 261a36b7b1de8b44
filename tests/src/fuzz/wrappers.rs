//! Wrappers say the same at any cut, hand out no more than they may, and read what they wrote.

use core::fmt::Debug;

use wharf::codec::{Base64, Bzip2, Bzip2Format, Cobs, Format, HmacSha256, Sha256, Slip, Zlib, ZlibFormat};
use wharf::{Codec, CompressedStream, Deserializer, Encode, Framed, Framing, Lines, Raw};

use super::Input;
use crate::chunking::{Subject, cut};

fn raw(packet: &[u8]) -> Vec<u8> {
    packet.to_vec()
}

fn check<D: Deserializer<Error: Debug>>(
    make: impl Fn() -> D,
    own: impl Fn(D::Packet<'_>) -> Vec<u8>,
    most: usize,
    input: Input<'_>,
) {
    let (stream, lens) = input.stream();
    let least = make().buffer_len(0);
    let subject = Subject { make, own };
    let whole = subject.run(least + stream.len(), [stream], true);
    assert_eq!(subject.run(least, cut(stream, &lens), true), whole, "cut {lens:?}");
    assert_eq!(subject.run(least, stream.chunks(1), true), whole, "byte by byte");
    assert!(whole.packets().all(|packet| packet.len() <= most), "a packet of more than {most} bytes");
}

/// What is written is read back as it was.
fn round_trip<C>(mut codec: C, payload: &[u8])
where
    C: Codec<Error: Debug> + Encode<[u8], Error: Debug>,
    for<'b> C::Packet<'b>: AsRef<[u8]>,
{
    let mut wrapped = Vec::new();
    codec.encode(payload, &mut wrapped).expect("it can be written");
    let read = codec.decode(&mut wrapped).expect("it can be read");
    assert_eq!(read.as_ref(), payload);
}

fn lines<C>(codec: C, input: Input<'_>)
where
    C: for<'b> Codec<Packet<'b> = &'b [u8], Error: Debug> + Clone + 'static,
{
    framed(Lines::new(200), codec, input);
}

fn framed<F, C>(framing: F, codec: C, input: Input<'_>)
where
    F: Framing + Clone + 'static,
    C: for<'b> Codec<Packet<'b> = &'b [u8], Error: Debug> + Clone + 'static,
{
    check(|| Framed::with_codec(framing.clone(), codec.clone()), raw, 200, input);
}

fn compressed<Z: Format + 'static>(limit: usize, input: Input<'_>) {
    check(|| CompressedStream::<Z, Raw>::new(200, limit, Raw).max_skip(1 << 16), raw, limit, input);
}

/// Runs a wrapper that the input chooses over a stream that it holds.
pub fn wrappers(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let wrapper = input.below(8);
    let limit = 1 + input.below(250);
    let payload = input.rest();
    match wrapper {
        0 => lines(Base64::standard(Raw), input),
        1 => lines(Base64::url_safe(Sha256::new(Raw)), input),
        2 => framed(Cobs::<Raw>::framing(200), Cobs::new(Raw), input),
        3 => framed(Slip::<Raw>::framing(200), Slip::new(Raw), input),
        4 => compressed::<ZlibFormat>(limit, input),
        5 => compressed::<Bzip2Format>(limit, input),
        6 => {
            round_trip(Base64::url_safe(HmacSha256::new(b"key", Raw)), payload);
            round_trip(Cobs::new(Slip::new(Raw)), payload);
        }
        _ => {
            round_trip(Zlib::new(payload.len(), Raw), payload);
            round_trip(Bzip2::new(payload.len(), Raw), payload);
        }
    }
}
