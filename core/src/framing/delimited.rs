//! Packets that end with a delimiter of any length.

use memchr::memmem::Finder;

use crate::{ConfigError, Enframe, Found, FrameError, Framing};

/// Packets that end with a delimiter, which is not part of the payload.
///
/// ```text
/// packet = *octet delimiter      ; the payload doesn't hold the delimiter
/// ```
///
/// A packet over the limit costs one error and is skipped to its own delimiter.
/// Bytes after the last delimiter are a truncated packet.
#[derive(Debug, Clone)]
pub struct Delimited<'d> {
    finder: Finder<'d>,
    limit: usize,
    /// Delimiters that follow one another are a gap between packets.
    skip_empty: bool,
    /// An over-long packet has been reported, and its delimiter not yet been seen.
    refusing: bool,
}

impl<'d> Delimited<'d> {
    /// Packets of at most `limit` bytes without the delimiter.
    ///
    /// # Errors
    ///
    /// If `delimiter` is empty.
    pub fn new<D: AsRef<[u8]> + ?Sized>(delimiter: &'d D, limit: usize) -> Result<Self, ConfigError> {
        if delimiter.as_ref().is_empty() {
            return Err(ConfigError::Invalid { option: "delimiter", expected: "at least one byte long" });
        }
        Ok(Self { finder: Finder::new(delimiter), limit, skip_empty: false, refusing: false })
    }

    /// Packets that `delimiter` ends, with gaps between them where it follows itself.
    pub(crate) fn with_gaps(delimiter: &'d [u8; 1], limit: usize) -> Self {
        Self { finder: Finder::new(delimiter), limit, skip_empty: true, refusing: false }
    }

    /// Takes delimiters that follow one another for a gap between packets, not for empty packets.
    #[must_use]
    pub fn skip_empty(mut self) -> Self {
        self.skip_empty = true;
        self
    }

    /// The same with a copy of the delimiter, borrowing nothing.
    #[cfg(feature = "alloc")]
    pub fn into_owned(self) -> Delimited<'static> {
        Delimited { finder: self.finder.into_owned(), ..self }
    }

    /// The delimiter.
    pub fn delimiter(&self) -> &[u8] {
        self.finder.needle()
    }

    /// Most bytes of a packet without its delimiter.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Whether some end of `unread`, beginning at or before the limit, may yet become a delimiter.
    fn may_end_in_time(&self, unread: &[u8]) -> bool {
        let delimiter = self.delimiter();
        let first = unread.len().saturating_sub(delimiter.len() - 1);
        (first..=self.limit.min(unread.len())).any(|start| delimiter.starts_with(&unread[start..]))
    }

    /// Bytes at the front that certainly hold no delimiter, given that `unread` holds none whole.
    fn barren(&self, unread: &[u8]) -> usize {
        unread.len().saturating_sub(self.delimiter().len() - 1)
    }

    fn refuse(&mut self, unread: &[u8], seen: usize) -> Found {
        let from = seen.saturating_sub(self.delimiter().len() - 1);
        if let Some(at) = self.finder.find(&unread[from..]) {
            self.refusing = false;
            let len = from + at + self.delimiter().len();
            return Found::Skip { len: len as u64, error: None, more: false };
        }
        match self.barren(unread) {
            0 => Found::More { need: unread.len() + 1 },
            barren => Found::Skip { len: barren as u64, error: None, more: true },
        }
    }

    #[cold]
    fn unended(&mut self, unread: &[u8]) -> Found {
        if unread.len() <= self.limit || self.may_end_in_time(unread) {
            return Found::More { need: unread.len() + 1 };
        }
        self.refusing = true;
        let known = &unread[..unread.len().min(self.max_len())];
        let error = Some(FrameError::LimitExceeded { limit: self.limit as u64, needed: None });
        Found::Skip { len: self.barren(known) as u64, error, more: true }
    }
}

impl Framing for Delimited<'_> {
    #[inline]
    fn scan(&mut self, unread: &[u8], seen: usize, _eof: bool) -> Found {
        if self.refusing {
            return self.refuse(unread, seen);
        }
        let near = &unread[..unread.len().min(self.max_len())];
        let from = seen.saturating_sub(self.delimiter().len() - 1).min(near.len());
        match self.finder.find(&near[from..]) {
            Some(0) if from == 0 && self.skip_empty => {
                Found::Skip { len: self.delimiter().len() as u64, error: None, more: false }
            }
            Some(at) => {
                let body = from + at;
                Found::Packet { len: body + self.delimiter().len(), payload: 0..body }
            }
            None => self.unended(unread),
        }
    }

    #[inline]
    fn max_len(&self) -> usize {
        self.limit.saturating_add(self.delimiter().len())
    }
}

impl Enframe for Delimited<'_> {
    fn head(&self, payload: &[u8], _head: &mut [u8]) -> Result<usize, FrameError> {
        if payload.len() > self.limit {
            return Err(FrameError::LimitExceeded { limit: self.limit as u64, needed: Some(payload.len() as u64) });
        }
        if payload.is_empty() && self.skip_empty {
            return Err(FrameError::Malformed { expected: "a payload that is not empty" });
        }
        // The delimiter may also begin inside the payload and end in the one behind it ("-" before "--").
        let delimiter = self.delimiter();
        let first = payload.len().saturating_sub(delimiter.len() - 1);
        let straddles = (first..payload.len()).any(|start| {
            let (inside, behind) = delimiter.split_at(payload.len() - start);
            payload[start..] == *inside && delimiter.starts_with(behind)
        });
        if straddles || self.finder.find(payload).is_some() {
            return Err(FrameError::Malformed { expected: "a payload without the delimiter" });
        }
        Ok(0)
    }

    fn tail(&self) -> &[u8] {
        self.delimiter()
    }
}
