//! The shared harness, over what is written here: the seed's examples, and their counterparts.

use serde_json::Value;
use wharf::authored::{At, Authored, Io, Outcome};
use wharf::incremental::{Buffered, Fed, Incremental};
use wharf::{Codec, End, Ending, Framed, Lines};
use wharf_tests::chunking::{Said, Subject};

/// Bytes that a run sees.
const LEN: usize = 20;

#[derive(Debug)]
enum Refusal {
    Json,
    TooLong,
}

fn newline(bytes: &[u8]) -> Option<usize> {
    bytes.windows(2).position(|pair| pair == b"\r\n")
}

/// The seed's `MyJSONSerializer`, as its guide has it, but for two things: it looks at each byte once, and what is
/// too long is skipped to its end.
async fn my_json(mut io: Io<Vec<u8>>) -> Outcome<Value, Refusal, Vec<u8>> {
    let (mut end, mut seen) = (0, 0_usize);
    while end < io.len() {
        end += io.write_at(At::Offset(end)).await;
        let from = seen.saturating_sub(1);
        if let Some(at) = newline(&io[from..end]) {
            let line = from + at;
            return match serde_json::from_slice(&io[..line]) {
                Ok(document) => io.packet(document, line + 2..end),
                Err(_) => io.refuse(Refusal::Json, line + 2..end),
            };
        }
        seen = end;
    }
    loop {
        io[0] = io[end - 1];
        io.discard();
        end = 1 + io.write_at(At::Offset(1)).await;
        if let Some(at) = newline(&io[..end]) {
            return io.refuse(Refusal::TooLong, at + 2..end);
        }
    }
}

/// The same as a codec over a framing.
struct Json;

impl Codec for Json {
    type Packet<'b> = Value;
    type Error = ();

    fn decode<'b>(&'b mut self, payload: &'b mut [u8]) -> Result<Value, ()> {
        serde_json::from_slice(payload).map_err(drop)
    }
}

/// The same, fed: the part of the seed's second example that both paths share.
#[derive(Default)]
struct FedJson {
    line: Vec<u8>,
}

impl Incremental for FedJson {
    type Packet = Value;
    type Error = Refusal;

    fn feed(&mut self, bytes: &[u8]) -> Fed<Value, Refusal> {
        for (index, &byte) in bytes.iter().enumerate() {
            if self.line.len() < LEN || byte == b'\n' {
                self.line.push(byte);
            } else {
                // Of what is too long, only the last byte matters.
                self.line[LEN - 1] = byte;
            }
            if self.line.ends_with(b"\r\n") {
                let consumed = index + 1;
                let line = core::mem::take(&mut self.line);
                return match serde_json::from_slice(&line[..line.len() - 2]) {
                    _ if line.len() > LEN => Fed::Reject { error: Refusal::TooLong, consumed },
                    Ok(packet) => Fed::Packet { packet, consumed },
                    Err(_) => Fed::Reject { error: Refusal::Json, consumed },
                };
            }
            if self.line.len() > LEN {
                self.line.pop();
                self.line[LEN - 1] = byte;
            }
        }
        Fed::More
    }
}

/// What was said, with the errors told apart only by whether there is one.
fn gist<T>(said: Vec<Said<T>>) -> Vec<Said<T>> {
    said.into_iter().map(|said| if let Said::Reject(_) = said { Said::Reject(String::new()) } else { said }).collect()
}

#[test]
fn the_seeds_examples_say_the_same_at_every_cut() {
    let streams: [&[u8]; 6] = [
        b"",
        b"{\"n\": 1}\r\n[]\r\n\"text\"\r\n",
        b"{]\r\n2\r\n\r\n3\r\n",
        b"\"a\rb\nc\"\r\n12345\r\n",
        b"\"a document that is too long\"\r\n4\r\n\"123456789012345\" \r\n\"1234567890123456\" \r\n5\r\n",
        b"6\r\nunfinished",
    ];
    for stream in streams {
        let run =
            Subject { make: || Authored::new(my_json, vec![0; 2 * LEN]).expect("there is room"), own: |json| json };
        let fed = Subject { make: || Buffered::new(FedJson::default()), own: |json| json };
        let lines = || Framed::with_codec(Lines::new(LEN - 2).ending(Ending::CrLf), Json);
        let framed = Subject { make: lines, own: |json: Value| json };
        let run = run.check(stream);
        let fed = fed.check(stream);
        let framed = framed.check(stream);
        assert_eq!(gist(run.said.clone()), gist(framed.said), "{}", stream.escape_ascii());
        assert_eq!(gist(run.said), gist(fed.said), "{}", stream.escape_ascii());
        assert_eq!((run.remainder, run.position), (framed.remainder, framed.position));
    }
}

#[test]
fn an_over_long_line_that_never_ends_is_held_by_nobody() {
    let run = Subject { make: || Authored::new(my_json, vec![0; 2 * LEN]).expect("there is room"), own: |json| json };
    let transcript = run.check(&[b'x'; 3 * LEN]);
    assert_eq!(transcript.said, [Said::End(End::Truncated { had: 3 * LEN as u64, missing: 1 })]);
    assert_eq!(transcript.remainder, b"");
}
