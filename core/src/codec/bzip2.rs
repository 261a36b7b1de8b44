//! Payloads compressed with bzip2.

use alloc::vec::Vec;
use core::fmt;

use ::bzip2::{Action, Compress, Compression, Decompress, Status};

use crate::Raw;
use crate::codec::Compressed;
use crate::codec::compressed::{Format, Progress, State};

/// Payloads compressed with bzip2, each a complete stream.
///
/// The decompressor's state is made anew for each packet, since the library can't use it again: it takes up to
/// 3.7 MB while a packet is being read, as the level says that its sender chose. The output is kept.
///
/// ```
/// use wharf::codec::{Bzip2, Utf8};
/// use wharf::{Codec, Encode};
///
/// let mut codec = Bzip2::new(1000, Utf8);
/// let mut payload = Vec::new();
/// codec.encode("short", &mut payload)?;
/// assert_eq!(codec.decode(&mut payload)?, "short");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub type Bzip2<C = Raw> = Compressed<Bzip2Format, C>;

/// The format of [bzip2](https://sourceware.org/bzip2/).
///
/// ```text
/// stream = "BZh" level *block footer crc32     ; level is %x31-39: blocks of so many 100,000 bytes
/// ```
#[derive(Default)]
pub struct Bzip2Format {
    decompress: Option<Decompress>,
}

impl fmt::Debug for Bzip2Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Bzip2Format")
    }
}

impl Format for Bzip2Format {
    const EXPECTED: &'static str = "a bzip2 stream";

    fn restart(&mut self) {
        self.decompress = None;
    }

    fn decompress(&mut self, input: &[u8], output: &mut [u8]) -> Progress {
        let decompress = self.decompress.get_or_insert_with(|| Decompress::new(false));
        let before = (decompress.total_in(), decompress.total_out());
        let status = decompress.decompress(input, output);
        let (read, written) = (decompress.total_in() - before.0, decompress.total_out() - before.1);
        let state = match status {
            Ok(Status::StreamEnd) => State::Ended,
            Ok(Status::MemNeeded) | Err(_) => State::Corrupt,
            Ok(_) => State::Open,
        };
        if state != State::Open {
            self.decompress = None;
        }
        Progress { read: clamp(read, input), written: clamp(written, output), state }
    }

    fn compress(&mut self, input: &[u8], level: u8, output: &mut Vec<u8>) {
        let mut compress = Compress::new(Compression::new(level.into()), 0);
        loop {
            output.reserve((input.len() / 2).max(64));
            let rest = &input[clamp(compress.total_in(), input)..];
            if !matches!(compress.compress_vec(rest, output, Action::Finish), Ok(Status::FinishOk)) {
                return;
            }
        }
    }
}

/// A count of bytes of `slice`.
fn clamp(count: u64, slice: &[u8]) -> usize {
    usize::try_from(count).map_or(slice.len(), |count| count.min(slice.len()))
}
