//! Netstrings.

use crate::{Enframe, Found, FrameError, Framing};

/// Netstrings, as [D. J. Bernstein defines them](https://cr.yp.to/proto/netstrings.txt).
///
/// ```text
/// netstring = length ":" *octet ","     ; as many octets as length says
/// length    = "0" / (%x31-39 *DIGIT)    ; no leading zeros
/// ```
///
/// The payload is what stands between colon and comma.
/// One over the limit costs one error and is skipped by its declared length; a length beyond
/// [`max_skip`](Self::max_skip) can't be believed, and bytes that are no netstring leave no boundary to go on from:
/// those are fatal. A stream that ends inside a netstring is truncated.
#[derive(Debug, Clone)]
pub struct Netstring {
    limit: usize,
    max_skip: u64,
    /// A netstring over the limit is skipped but for its comma.
    refusing: bool,
}

/// The length, as far as its digits have come.
enum Length {
    /// The digits and the colon, and the number.
    Whole { head: usize, value: u64 },
    /// More digits, or the colon, are to come.
    Open,
}

impl Netstring {
    /// Longest payload that is skipped rather than not believed, unless [`max_skip`](Self::max_skip) says
    /// otherwise: 1 GiB.
    pub const MAX_SKIP: u64 = 1 << 30;

    /// Netstrings with payloads of at most `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, max_skip: Self::MAX_SKIP, refusing: false }
    }

    /// Sets the longest payload that is skipped rather than not believed, in bytes.
    #[must_use]
    pub fn max_skip(mut self, len: u64) -> Self {
        self.max_skip = len;
        self
    }

    /// Reads `length ":"`; it looks at no more digits than a length that is believed has.
    fn length(&self, unread: &[u8]) -> Result<Length, FrameError> {
        let mut value = 0_u64;
        for (index, &byte) in unread.iter().enumerate() {
            match byte {
                b'0'..=b'9' if index == 1 && value == 0 => {
                    return Err(FrameError::Malformed { expected: "a length without leading zeros" });
                }
                b'0'..=b'9' => {
                    value = value.saturating_mul(10).saturating_add(u64::from(byte - b'0'));
                    if value > self.max_skip && value > self.limit as u64 {
                        return Err(FrameError::LimitExceeded { limit: self.limit as u64, needed: None });
                    }
                }
                b':' if index > 0 => return Ok(Length::Whole { head: index + 1, value }),
                _ if index == 0 => return Err(FrameError::Malformed { expected: "a decimal length" }),
                _ => return Err(FrameError::Malformed { expected: "a colon behind the length" }),
            }
        }
        Ok(Length::Open)
    }

    /// Bytes of the longest length that is read, with its colon.
    fn max_head(&self) -> usize {
        let digits = self.max_skip.max(self.limit as u64).checked_ilog10().map_or(1, |log| log as usize + 1);
        digits + 1
    }
}

const NO_COMMA: FrameError = FrameError::Malformed { expected: "a comma behind the payload" };

impl Framing for Netstring {
    #[inline]
    fn scan(&mut self, unread: &[u8], _seen: usize, _eof: bool) -> Found {
        if self.refusing {
            return match unread.first() {
                None => Found::More { need: 1 },
                Some(b',') => {
                    self.refusing = false;
                    Found::Skip { len: 1, error: None, more: false }
                }
                Some(_) => Found::Fatal(NO_COMMA),
            };
        }
        let (head, body) = match self.length(unread) {
            Ok(Length::Whole { head, value }) => (head, value),
            Ok(Length::Open) => return Found::More { need: unread.len() + 1 },
            Err(error) => return Found::Fatal(error),
        };
        let end = match usize::try_from(body) {
            Ok(body) if body <= self.limit => head.saturating_add(body),
            _ => {
                self.refusing = true;
                let error = FrameError::LimitExceeded { limit: self.limit as u64, needed: Some(body) };
                return Found::Skip { len: body.saturating_add(head as u64), error: Some(error), more: true };
            }
        };
        match unread.get(end) {
            None => Found::More { need: end.saturating_add(1) },
            Some(b',') => Found::Packet { len: end + 1, payload: head..end },
            Some(_) => Found::Fatal(NO_COMMA),
        }
    }

    #[inline]
    fn max_len(&self) -> usize {
        self.limit.saturating_add(self.max_head() + 1)
    }
}

impl Enframe for Netstring {
    fn max_head_len(&self) -> usize {
        self.max_head()
    }

    fn head(&self, payload: &[u8], head: &mut [u8]) -> Result<usize, FrameError> {
        if payload.len() > self.limit {
            return Err(FrameError::LimitExceeded { limit: self.limit as u64, needed: Some(payload.len() as u64) });
        }
        let digits = payload.len().checked_ilog10().map_or(1, |log| log as usize + 1);
        let mut left = payload.len();
        for digit in head[..digits].iter_mut().rev() {
            *digit = b'0' + (left % 10).to_le_bytes()[0];
            left /= 10;
        }
        head[digits] = b':';
        Ok(digits + 1)
    }

    fn tail(&self) -> &[u8] {
        b","
    }
}
