//! FlatBuffers that are preceded by their size.

use crate::{Endian, Enframe, Found, FrameError, Framing, LengthPrefixed, Width};

/// Size-prefixed FlatBuffers, as `FinishSizePrefixed` of every FlatBuffers library writes them.
///
/// ```text
/// packet = size buffer
/// size   = u32, little-endian: the length of the buffer without the size
/// ```
///
/// The payload is the whole frame: the writer aligned the buffer's fields as counted from the size, so the two
/// must stay together; see [`Framed::aligned`](crate::Framed::aligned).
/// A buffer over the limit costs one error and is skipped by its declared size; one beyond
/// [`LengthPrefixed::MAX_SKIP`] is fatal. A stream that ends inside a frame is truncated.
#[derive(Debug, Clone)]
pub struct SizePrefixed(LengthPrefixed);

impl SizePrefixed {
    /// Buffers of at most `limit` bytes without their size.
    pub fn new(limit: usize) -> Self {
        Self(LengthPrefixed::new(Width::U32, limit).endian(Endian::Little).keep_head())
    }

    /// Sets the longest buffer that is skipped rather than not believed, in bytes.
    #[must_use]
    pub fn max_skip(self, len: u64) -> Self {
        Self(self.0.max_skip(len))
    }
}

impl Framing for SizePrefixed {
    #[inline]
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found {
        self.0.scan(unread, seen, eof)
    }

    #[inline]
    fn max_len(&self) -> usize {
        self.0.max_len()
    }
}

/// A payload brings its own size, which must be right.
impl Enframe for SizePrefixed {
    fn head(&self, payload: &[u8], head: &mut [u8]) -> Result<usize, FrameError> {
        self.0.head(payload, head)
    }
}
