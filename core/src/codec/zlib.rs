//! Payloads compressed with zlib.

use alloc::vec::Vec;
use core::fmt;

use flate2::{Compress, Compression, Decompress, FlushCompress, FlushDecompress, Status};

use crate::Raw;
use crate::codec::Compressed;
use crate::codec::compressed::{Format, Progress, State};

/// Payloads compressed with zlib ([RFC 1950]), each a complete stream.
///
/// Nothing is allocated for a packet once the first has been read: the state (about 44 KiB) and the output are kept.
///
/// ```
/// use wharf::codec::{Utf8, WrapError, Zlib};
/// use wharf::{Codec, Encode};
///
/// let mut sending = Zlib::new(1 << 20, Utf8);
/// let (mut short, mut bomb) = (Vec::new(), Vec::new());
/// sending.encode("short", &mut short)?;
/// sending.encode(&"\0".repeat(1 << 20), &mut bomb)?;
///
/// let mut receiving = Zlib::new(1000, Utf8);
/// assert_eq!(receiving.decode(&mut short)?, "short");
/// assert_eq!(receiving.decode(&mut bomb), Err(WrapError::LimitExceeded { limit: 1000 }));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// [RFC 1950]: https://www.rfc-editor.org/rfc/rfc1950
pub type Zlib<C = Raw> = Compressed<ZlibFormat, C>;

/// The format of zlib ([RFC 1950](https://www.rfc-editor.org/rfc/rfc1950)), without preset dictionaries.
///
/// ```text
/// stream = header *deflate-block adler32       ; of RFC 1951
/// ```
#[derive(Default)]
pub struct ZlibFormat {
    decompress: Option<Decompress>,
    compress: Option<(u8, Compress)>,
}

impl fmt::Debug for ZlibFormat {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ZlibFormat")
    }
}

impl Format for ZlibFormat {
    const EXPECTED: &'static str = "a zlib stream";

    fn restart(&mut self) {
        if let Some(decompress) = &mut self.decompress {
            decompress.reset(true);
        }
    }

    fn decompress(&mut self, input: &[u8], output: &mut [u8]) -> Progress {
        let decompress = self.decompress.get_or_insert_with(|| Decompress::new(true));
        let before = (decompress.total_in(), decompress.total_out());
        let status = decompress.decompress(input, output, FlushDecompress::None);
        let state = match status {
            Ok(Status::StreamEnd) => State::Ended,
            Ok(Status::Ok | Status::BufError) => State::Open,
            Err(_) => State::Corrupt,
        };
        let (read, written) = (decompress.total_in() - before.0, decompress.total_out() - before.1);
        Progress { read: clamp(read, input), written: clamp(written, output), state }
    }

    fn compress(&mut self, input: &[u8], level: u8, output: &mut Vec<u8>) {
        let compress = match &mut self.compress {
            Some((made, compress)) if *made == level => {
                compress.reset();
                compress
            }
            other => &mut other.insert((level, Compress::new(Compression::new(level.into()), true))).1,
        };
        loop {
            output.reserve((input.len() / 2).max(64));
            let rest = &input[clamp(compress.total_in(), input)..];
            if !matches!(compress.compress_vec(rest, output, FlushCompress::Finish), Ok(Status::Ok | Status::BufError))
            {
                return;
            }
        }
    }
}

/// A count of bytes of `slice`.
fn clamp(count: u64, slice: &[u8]) -> usize {
    usize::try_from(count).map_or(slice.len(), |count| count.min(slice.len()))
}
