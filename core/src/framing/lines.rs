//! Lines of text, or of any bytes.

use memchr::memchr;

use crate::{Enframe, Found, FrameError, Framing};

/// What ends a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::exhaustive_enums, reason = "there are no other line endings in use")]
pub enum Ending {
    /// LF; a CR before it belongs to the line.
    #[default]
    Lf,
    /// CR LF; either alone belongs to the line.
    CrLf,
    /// LF, or CR LF.
    Any,
}

/// What bytes after the last ending are, when the stream ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::exhaustive_enums, reason = "a final line either counts or doesn't")]
pub enum FinalLine {
    /// A truncated packet.
    #[default]
    Truncated,
    /// A line like any other.
    Packet,
}

/// Lines that end with LF, CR LF, or either.
///
/// ```text
/// line = *octet ending
/// ```
///
/// A line over the limit costs one error and is skipped to its own ending.
#[derive(Debug, Clone)]
pub struct Lines {
    limit: usize,
    ending: Ending,
    final_line: FinalLine,
    keep_ending: bool,
    /// An over-long line has been reported, and its ending not yet been seen.
    refusing: bool,
}

impl Lines {
    /// Lines of at most `limit` bytes without the ending, ended by LF, which is not part of the payload.
    pub fn new(limit: usize) -> Self {
        Self { limit, ending: Ending::Lf, final_line: FinalLine::Truncated, keep_ending: false, refusing: false }
    }

    /// Sets what ends a line.
    #[must_use]
    pub fn ending(mut self, ending: Ending) -> Self {
        self.ending = ending;
        self
    }

    /// Sets what bytes after the last ending are.
    #[must_use]
    pub fn final_line(mut self, final_line: FinalLine) -> Self {
        self.final_line = final_line;
        self
    }

    /// Makes the ending a part of the payload.
    #[must_use]
    pub fn keep_ending(mut self) -> Self {
        self.keep_ending = true;
        self
    }

    /// Where the ending that is found at or after `from` has its LF.
    #[inline]
    fn find(&self, unread: &[u8], from: usize) -> Option<usize> {
        match self.ending {
            Ending::Lf | Ending::Any => Some(from + memchr(b'\n', &unread[from..])?),
            Ending::CrLf => find_crlf(unread, from),
        }
    }

    /// Bytes of the line whose LF is at `at`, without its ending.
    #[inline]
    fn body(&self, unread: &[u8], at: usize) -> usize {
        match self.ending {
            Ending::Lf => at,
            Ending::CrLf => at - 1,
            Ending::Any => at - usize::from(at > 0 && unread[at - 1] == b'\r'),
        }
    }

    /// Bytes at the front that certainly hold no ending, given that `unread` holds none whole.
    fn barren(&self, unread: &[u8]) -> usize {
        let half = self.ending == Ending::CrLf && unread.last() == Some(&b'\r');
        unread.len() - usize::from(half)
    }

    /// The ending that a payload brings with it.
    fn tail_of<'p>(&self, payload: &'p [u8]) -> Result<&'p [u8], FrameError> {
        let endings: &[&[u8]] = match self.ending {
            Ending::Lf => &[b"\n"],
            Ending::CrLf => &[b"\r\n"],
            Ending::Any => &[b"\r\n", b"\n"],
        };
        let ending = endings.iter().find(|ending| payload.ends_with(ending));
        let len = ending.ok_or(FrameError::Malformed { expected: "a line with its ending" })?.len();
        Ok(&payload[payload.len() - len..])
    }

    fn too_long(&self) -> Option<FrameError> {
        Some(FrameError::LimitExceeded { limit: self.limit as u64, needed: None })
    }

    /// Looks for the end of a line that has been refused.
    #[cold]
    fn refuse(&mut self, unread: &[u8], eof: bool) -> Found {
        if let Some(at) = self.find(unread, 0) {
            self.refusing = false;
            return Found::Skip { len: at as u64 + 1, error: None, more: false };
        }
        if eof && self.final_line == FinalLine::Packet {
            self.refusing = false;
            return Found::Skip { len: unread.len() as u64, error: None, more: false };
        }
        match self.barren(unread) {
            0 => Found::More { need: unread.len() + 1 },
            barren => Found::Skip { len: barren as u64, error: None, more: true },
        }
    }

    /// No ending is in sight: waits for it, ends the stream, or refuses the line.
    #[cold]
    fn unended(&mut self, unread: &[u8], eof: bool) -> Found {
        let final_line = eof && self.final_line == FinalLine::Packet;
        let half_ended = self.ending != Ending::Lf && unread.len() == self.limit + 1 && unread[self.limit] == b'\r';
        if unread.len() > self.limit && (final_line || !half_ended) {
            let known = &unread[..unread.len().min(self.max_len())];
            if final_line && known.len() == unread.len() {
                return Found::Skip { len: unread.len() as u64, error: self.too_long(), more: false };
            }
            self.refusing = true;
            return Found::Skip { len: self.barren(known) as u64, error: self.too_long(), more: true };
        }
        if final_line && !unread.is_empty() {
            return Found::Packet { len: unread.len(), payload: 0..unread.len() };
        }
        Found::More { need: unread.len() + 1 }
    }
}

/// Where the LF of the first CR LF is whose LF stands at or after `from`.
fn find_crlf(unread: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let at = from + memchr(b'\n', &unread[from..])?;
        if at > 0 && unread[at - 1] == b'\r' {
            return Some(at);
        }
        from = at + 1;
    }
}

impl Framing for Lines {
    #[inline(always)]
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found {
        if self.refusing {
            return self.refuse(unread, eof);
        }
        let near = &unread[..unread.len().min(self.max_len())];
        let Some(at) = self.find(near, seen) else { return self.unended(unread, eof) };
        let body = self.body(near, at);
        if body > self.limit {
            return Found::Skip { len: at as u64 + 1, error: self.too_long(), more: false };
        }
        Found::Packet { len: at + 1, payload: 0..if self.keep_ending { at + 1 } else { body } }
    }

    #[inline]
    fn max_len(&self) -> usize {
        self.limit.saturating_add(if self.ending == Ending::Lf { 1 } else { 2 })
    }
}

impl Enframe for Lines {
    #[inline]
    fn head(&self, payload: &[u8], _head: &mut [u8]) -> Result<usize, FrameError> {
        // With `keep_ending`, a payload brings its own.
        let ending = if self.keep_ending { self.tail_of(payload)?.len() } else { 0 };
        let line = &payload[..payload.len() - ending];
        if line.len() > self.limit {
            return Err(FrameError::LimitExceeded { limit: self.limit as u64, needed: Some(line.len() as u64) });
        }
        let split = match self.ending {
            Ending::Lf => memchr(b'\n', line).is_some(),
            Ending::CrLf => self.find(line, 0).is_some(),
            Ending::Any => memchr(b'\n', line).is_some() || line.last() == Some(&b'\r'),
        };
        if split {
            return Err(FrameError::Malformed { expected: "a line without an ending inside" });
        }
        Ok(0)
    }

    #[inline]
    fn tail(&self) -> &[u8] {
        match self.ending {
            _ if self.keep_ending => &[],
            Ending::Lf | Ending::Any => b"\n",
            Ending::CrLf => b"\r\n",
        }
    }
}
