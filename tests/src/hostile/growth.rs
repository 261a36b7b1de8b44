//! The same stream at any length, honest and at its worst: what is linear takes twice as long for twice as much.

use super::Format;

/// A stream that grows.
#[derive(Debug, Clone, Copy)]
pub struct Corpus {
    /// The format.
    pub format: Format,
    /// What is sent.
    pub class: &'static str,
    /// Most bytes of a packet, where the stream is about so many bytes long.
    pub limit: fn(usize) -> usize,
    /// Most levels.
    pub depth: usize,
    shape: Shape,
}

/// How a stream is made to its length.
#[derive(Debug, Clone, Copy)]
enum Shape {
    /// One payload after another, of so many bytes.
    Payloads(usize),
    /// One payload as long as the stream.
    Whole,
    /// These bytes again and again.
    Again(&'static [u8]),
    /// Bytes before, bytes again and again, bytes behind.
    Around(&'static [u8], &'static [u8], &'static [u8]),
    /// Bytes that can't be compressed, as one stream.
    Noise,
}

impl Corpus {
    /// The stream, about `len` bytes long; a compressed one an eighth of it, since each has a state to make.
    pub fn make(&self, len: usize) -> Vec<u8> {
        let len = if self.format.is_compressed() { len / 8 } else { len };
        match self.shape {
            Shape::Payloads(payload) => {
                let packet = self.packet(payload);
                packet.repeat(len / packet.len())
            }
            Shape::Whole => self.packet(len),
            Shape::Again(bytes) => bytes.repeat(len / bytes.len()),
            Shape::Around(before, bytes, behind) => [before, &bytes.repeat(len / bytes.len()), behind].concat(),
            Shape::Noise => self.format.enclose(&noise(len)),
        }
    }

    fn packet(&self, len: usize) -> Vec<u8> {
        match self.format {
            Format::Json => [b"\"", &vec![b'x'; len][..], b"\""].concat(),
            format => format.enclose(&vec![b'x'; len]),
        }
    }
}

fn twice(len: usize) -> usize {
    2 * len + 100
}

fn short(_: usize) -> usize {
    1024
}

fn tiny(_: usize) -> usize {
    64
}

/// All of them: for each format an honest stream, and those that would be worst for a careless reader.
pub fn corpora() -> Vec<Corpus> {
    let mut all = Vec::new();
    for format in Format::ALL {
        let mut add = |class, limit, shape| all.push(Corpus { format, class, limit, depth: 4, shape });
        match format {
            Format::Fixed => {
                add("packets of 64 bytes", tiny as fn(usize) -> usize, Shape::Payloads(64));
                add("a flood of single bytes", |_| 1, Shape::Payloads(1));
                add("one packet", |len| len, Shape::Whole);
                continue;
            }
            Format::Zlib | Format::Bzip2 => {
                add("packets of 64 bytes", short as fn(usize) -> usize, Shape::Payloads(64));
                add("one packet that can't be compressed", twice, Shape::Noise);
                continue;
            }
            _ => add("packets of 64 bytes", short as fn(usize) -> usize, Shape::Payloads(64)),
        }
        if !matches!(format, Format::U8 | Format::U16 | Format::CountsHead) {
            add("one packet", twice, Shape::Whole);
            add("one packet over the limit", tiny, Shape::Whole);
        }
        match format {
            Format::Lf | Format::Text | Format::FinalLine => {
                add("a flood of empty packets", tiny, Shape::Again(b"\n"));
                add("packets over the limit", |_| 1, Shape::Again(b"xx\n"));
            }
            Format::CrLf | Format::AnyEnding => {
                add("a flood of empty packets", tiny, Shape::Again(b"\r\n"));
                add("carriage returns without end", twice, Shape::Again(b"\r"));
                add("almost endings", twice, Shape::Around(b"", b"\r\r \n\r", b"\r\n"));
            }
            Format::Delimited => {
                add("a flood of empty packets", tiny, Shape::Again(b"--="));
                add("almost delimiters, without end", twice, Shape::Again(b"-"));
                add("almost delimiters over the limit, without end", tiny, Shape::Again(b"--"));
            }
            Format::Cobs => {
                add("a flood of zeros", tiny, Shape::Again(b"\0"));
                add("a frame of codes", twice, Shape::Around(b"", b"\x01", b"\0"));
            }
            Format::Slip => {
                add("a flood of ends", tiny, Shape::Again(b"\xc0"));
                add("a frame of escapes", twice, Shape::Around(b"", b"\xdb\xdc", b"\xc0"));
            }
            Format::Json => {
                add("a flood of numbers", tiny, Shape::Again(b"1 "));
                add("white space without end", tiny, Shape::Again(b" \n"));
                add("brackets too many", tiny, Shape::Again(b"]"));
                add("openers without end", twice, Shape::Again(b"["));
                add("a string of backslashes", twice, Shape::Around(b"\"", b"\\\\", b"\""));
                add("a list of short strings", twice, Shape::Around(b"[", b"\"\",", b"\"\"]"));
            }
            Format::Cbor => {
                add("a flood of zeros", tiny, Shape::Again(b"\0"));
                add("a list without its end", twice, Shape::Around(b"\x9f", b"\0", b""));
                add("lists of lists", twice, Shape::Around(b"\x9f", b"\x82\x81\0\xa1\0\x80", b"\xff"));
                add("a string of empty chunks", twice, Shape::Around(b"\x5f", b"\x40", b"\xff"));
                add("tags without end", tiny, Shape::Again(b"\xc6"));
            }
            Format::MessagePack => {
                add("a flood of zeros", tiny, Shape::Again(b"\0"));
                add("lists without end", tiny, Shape::Again(b"\x91"));
                add("objects without end", tiny, Shape::Around(b"\xdd\x10\0\0\0", b"\x92\x90\x80", b""));
            }
            Format::Netstring => add("a flood of empty packets", tiny, Shape::Again(b"0:,")),
            Format::U8 | Format::Varint => add("a flood of empty packets", tiny, Shape::Again(b"\0")),
            Format::CountsHead => add("a flood of empty packets", tiny, Shape::Again(b"\xca\0\x04\xfe")),
            _ => add("a flood of empty packets", tiny, Shape::Again(&[0; 24])),
        }
    }
    all
}

/// Bytes that no format makes shorter.
pub(super) fn noise(len: usize) -> Vec<u8> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let byte = |_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()[7]
    };
    (0..len).map(byte).collect()
}
