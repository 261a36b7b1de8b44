//! Self-delimiting formats say the same at any cut, and find the documents that their decoders find.

use core::fmt::Debug;

use serde_json::Value;
use wharf::codec::{Cbor, Json, MessagePack};
use wharf::{CborItems, Codec, Deserializer, Framed, Framing, JsonDocuments, MessagePackItems, Netstring, Raw};

use super::Input;
use crate::Shown;
use crate::chunking::{Subject, Transcript, cut};

fn check<F, C, T>(framing: F, codec: C, own: impl Fn(C::Packet<'_>) -> T, input: Input<'_>) -> Transcript<T>
where
    F: Framing + Clone + 'static,
    C: Codec<Error: Debug> + Clone + 'static,
    T: Debug + PartialEq,
{
    let (stream, lens) = input.stream();
    let make = || Framed::with_codec(framing.clone(), codec.clone());
    let subject = Subject { make, own };
    let least = make().buffer_len(0);
    let whole = subject.run(least + stream.len(), [stream], true);
    assert_eq!(subject.run(least, cut(stream, &lens), true), whole, "cut {lens:?}");
    assert_eq!(subject.run(least, stream.chunks(1), true), whole, "byte by byte");
    whole
}

fn raw(packet: &[u8]) -> Vec<u8> {
    packet.to_vec()
}

/// Runs a format that the input chooses over a stream that it holds.
pub fn documents(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let format = input.below(5);
    let limit = 1 + input.below(120);
    let depth = 1 + input.below(9);
    let levels = u32::try_from(depth).unwrap_or(1);
    match format {
        0 => {
            let found = check(JsonDocuments::new(limit).max_depth(levels), Raw, raw, input);
            // A document that its decoder accepts is one document, whole.
            for document in found.packets() {
                let mut values = serde_json::Deserializer::from_slice(document).into_iter::<Value>();
                if let Some(Ok(_)) = values.next() {
                    assert!(values.next().is_none(), "two documents in \"{}\"", document.escape_ascii());
                }
            }
        }
        1 => {
            check(JsonDocuments::new(limit), Json::<Value>::new(), |value| value, input);
        }
        2 => {
            let Ok(framing) = CborItems::new(limit).max_depth(depth) else { return };
            check(framing.clone(), Raw, raw, input);
            check(framing, Cbor::<Shown>::new(), |Shown(value)| value, input);
        }
        3 => {
            let Ok(framing) = MessagePackItems::new(limit).max_depth(depth) else { return };
            check(framing.clone(), Raw, raw, input);
            check(framing, MessagePack::<Shown>::new(), |Shown(value)| value, input);
        }
        _ => {
            check(Netstring::new(limit), Raw, raw, input);
        }
    }
}
