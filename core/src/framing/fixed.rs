//! Packets that are all of one length.

use crate::{ConfigError, Enframe, Found, FrameError, Framing};

/// Packets of a fixed length.
///
/// There is nothing to refuse; a stream that ends inside a packet is truncated.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// Invariant: at least 1.
    len: usize,
}

impl Fixed {
    /// Packets of `len` bytes.
    ///
    /// # Errors
    ///
    /// If `len` is 0: no stream could get past such a packet.
    pub fn new(len: usize) -> Result<Self, ConfigError> {
        if len == 0 {
            return Err(ConfigError::Invalid { option: "len", expected: "at least 1 byte" });
        }
        Ok(Self { len })
    }
}

impl Framing for Fixed {
    #[inline]
    fn scan(&mut self, unread: &[u8], _seen: usize, _eof: bool) -> Found {
        if unread.len() < self.len {
            return Found::More { need: self.len };
        }
        Found::Packet { len: self.len, payload: 0..self.len }
    }

    #[inline]
    fn max_len(&self) -> usize {
        self.len
    }
}

impl Enframe for Fixed {
    fn head(&self, payload: &[u8], _head: &mut [u8]) -> Result<usize, FrameError> {
        if payload.len() > self.len {
            return Err(FrameError::LimitExceeded { limit: self.len as u64, needed: Some(payload.len() as u64) });
        }
        if payload.len() < self.len {
            return Err(FrameError::Malformed { expected: "a payload of the fixed length" });
        }
        Ok(0)
    }
}
