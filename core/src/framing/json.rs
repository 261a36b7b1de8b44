//! JSON documents one after another.

use memchr::memchr2;

use crate::{Enframe, Found, FrameError, Framing};

/// JSON documents one after another, found without building values.
///
/// ```text
/// stream   = *( blank / document )            ; RFC 8259
/// document = nested / string / plain
/// nested   = opener *( octet / string ) closer ; as many closers as openers outside of strings
/// string   = %x22 *( %x5C octet / octet ) %x22
/// plain    = 1*octet                           ; a number, true, false or null; ends before a delimiter
/// ```
///
/// An object, an array or a string ends with its last byte.
/// A number or a literal ends before the byte that can't go on with it — white space, `{ } [ ] , :` or `"` — or
/// with the stream, so its end is seen one byte late, also by an [exact](crate::Framed::exact) receiver.
/// White space between documents is skipped, however much it is.
///
/// Inside its bounds a document isn't checked: that is the business of the codec that reads it
/// ([`Json`](crate::codec::Json)), and costs one packet.
///
/// # What is refused, and where the stream goes on
///
/// | what | error | goes on behind |
/// |---|---|---|
/// | a document over the limit | `LimitExceeded` | its own end, found in constant memory |
/// | an opener beyond the depth limit | `DepthExceeded` | the end of the outermost document |
/// | `} ] , :` where a document should begin | `Malformed` | that byte |
/// | any other byte that no document begins with | `Malformed` | the bytes up to the next delimiter |
///
/// Brackets are counted, whatever their kind: `{"a":[1}}` is one document, which the codec refuses.
/// So a bracket of the wrong kind costs one document; one too many costs one more error, and one too few, like a
/// lost quote, takes the documents behind it with it, at the latest up to the limit.
/// The stream doesn't go on at a line feed inside of a refused document: what it holds must never be taken for a
/// document of its own.
#[derive(Debug, Clone)]
pub struct JsonDocuments {
    limit: usize,
    max_depth: u32,
    place: Place,
    /// Brackets that are open, also beyond the limit while refusing.
    depth: u64,
    /// Unread bytes that have been walked over.
    walked: usize,
    /// The document at hand has been reported, and its end not yet been seen.
    refusing: bool,
}

const MALFORMED: FrameError = FrameError::Malformed { expected: "a JSON document" };

/// Where the walk stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Before a document.
    Before,
    /// In a number or a literal, or in what stands in the place of one.
    Plain,
    /// In an object or an array, outside of strings.
    Nested,
    /// In a string.
    String,
    /// In a string, behind a backslash.
    Escape,
}

/// How far the walk came.
enum Walked {
    /// So many bytes of white space are no part of a document.
    Blank(usize),
    /// The document is so many bytes long.
    End(usize),
    /// The document goes on behind the bytes at hand.
    Pending,
    /// One bracket too many was opened.
    TooDeep,
    /// No document begins with this byte, which a document of one byte is made of.
    Stray,
    /// No document begins with this byte.
    Garbage,
}

impl JsonDocuments {
    /// Levels of objects and arrays, unless [`max_depth`](Self::max_depth) says otherwise.
    pub const MAX_DEPTH: u32 = 128;

    /// Documents of at most `limit` bytes.
    pub fn new(limit: usize) -> Self {
        Self { limit, max_depth: Self::MAX_DEPTH, place: Place::Before, depth: 0, walked: 0, refusing: false }
    }

    /// Sets how many levels of objects and arrays a document may have.
    ///
    /// It costs no memory here; codecs that recurse have limits of their own.
    #[must_use]
    pub fn max_depth(mut self, levels: u32) -> Self {
        self.max_depth = levels;
        self
    }

    /// Most bytes of a document.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Goes on with the walk over `bytes`, from where it stopped.
    fn walk(&mut self, bytes: &[u8]) -> Walked {
        while let Some(rest @ [first, ..]) = bytes.get(self.walked..) {
            let (place, len) = match self.place {
                Place::Before => match first {
                    b' ' | b'\t' | b'\n' | b'\r' => {
                        let blank = rest.iter().position(|byte| !is_blank(*byte));
                        return Walked::Blank(blank.unwrap_or(rest.len()));
                    }
                    b'{' | b'[' => (Place::Nested, 0),
                    b'"' => (Place::String, 1),
                    b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => (Place::Plain, 1),
                    b'}' | b']' | b',' | b':' => return Walked::Stray,
                    _ => return Walked::Garbage,
                },
                Place::Plain => match rest.iter().position(|byte| is_delimiter(*byte)) {
                    Some(len) => return Walked::End(self.walked + len),
                    None => (Place::Plain, rest.len()),
                },
                Place::Nested => match rest.iter().position(|byte| is_structure(*byte)) {
                    Some(len) if rest[len] == b'"' => (Place::String, len + 1),
                    Some(len) if matches!(rest[len], b'{' | b'[') => {
                        self.depth += 1;
                        if self.depth > u64::from(self.max_depth) && !self.refusing {
                            self.walked += len + 1;
                            return Walked::TooDeep;
                        }
                        (Place::Nested, len + 1)
                    }
                    Some(len) => {
                        self.depth -= 1;
                        if self.depth == 0 {
                            return Walked::End(self.walked + len + 1);
                        }
                        (Place::Nested, len + 1)
                    }
                    None => (Place::Nested, rest.len()),
                },
                Place::String => match memchr2(b'"', b'\\', rest) {
                    Some(len) if rest[len] == b'\\' => (Place::Escape, len + 1),
                    Some(len) if self.depth == 0 => return Walked::End(self.walked + len + 1),
                    Some(len) => (Place::Nested, len + 1),
                    None => (Place::String, rest.len()),
                },
                Place::Escape => (Place::String, 1),
            };
            self.place = place;
            self.walked += len;
        }
        Walked::Pending
    }

    fn too_long(&self, needed: Option<usize>) -> FrameError {
        FrameError::LimitExceeded { limit: self.limit as u64, needed: needed.map(|len| len as u64) }
    }

    /// Refuses the document at hand, of which the bytes walked over are thrown away now.
    #[cold]
    fn refuse(&mut self, error: FrameError) -> Found {
        self.refusing = true;
        let len = core::mem::take(&mut self.walked);
        Found::Skip { len: len as u64, error: Some(error), more: true }
    }

    /// Looks for the end of a document that has been refused.
    #[cold]
    fn discard(&mut self, unread: &[u8], eof: bool) -> Found {
        let end = match self.walk(unread) {
            Walked::End(len) => Some(len),
            _ if unread.is_empty() && eof && self.place == Place::Plain => Some(0),
            _ if unread.is_empty() => return Found::More { need: 1 },
            _ => None,
        };
        self.walked = 0;
        let Some(len) = end else { return Found::Skip { len: unread.len() as u64, error: None, more: true } };
        self.refusing = false;
        Found::Skip { len: len as u64, error: None, more: false }
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r')
}

fn is_structure(byte: u8) -> bool {
    matches!(byte, b'{' | b'}' | b'[' | b']' | b'"')
}

fn is_delimiter(byte: u8) -> bool {
    is_blank(byte) || is_structure(byte) || matches!(byte, b',' | b':')
}

impl Framing for JsonDocuments {
    fn scan(&mut self, unread: &[u8], seen: usize, eof: bool) -> Found {
        if self.refusing {
            return self.discard(unread, eof);
        }
        if seen == 0 {
            (self.place, self.depth, self.walked) = (Place::Before, 0, 0);
        }
        match self.walk(&unread[..unread.len().min(self.max_len())]) {
            Walked::Blank(len) => Found::Skip { len: len as u64, error: None, more: false },
            Walked::End(len) if len > self.limit => {
                Found::Skip { len: len as u64, error: Some(self.too_long(None)), more: false }
            }
            Walked::End(len) => Found::Packet { len, payload: 0..len },
            Walked::Stray => Found::Skip { len: 1, error: Some(MALFORMED), more: false },
            Walked::Garbage => {
                (self.place, self.walked) = (Place::Plain, 1);
                self.refuse(MALFORMED)
            }
            Walked::TooDeep => self.refuse(FrameError::DepthExceeded { limit: self.max_depth }),
            Walked::Pending if unread.len() > self.limit => self.refuse(self.too_long(None)),
            Walked::Pending if eof && self.place == Place::Plain => {
                Found::Packet { len: unread.len(), payload: 0..unread.len() }
            }
            Walked::Pending => Found::More { need: unread.len() + 1 },
        }
    }

    /// The byte behind a plain document at the limit shows that it ends there.
    fn max_len(&self) -> usize {
        self.limit.saturating_add(1)
    }
}

impl Enframe for JsonDocuments {
    fn head(&self, payload: &[u8], _head: &mut [u8]) -> Result<usize, FrameError> {
        if payload.len() > self.limit {
            return Err(self.too_long(Some(payload.len())));
        }
        match Self::new(self.limit).max_depth(self.max_depth).scan(payload, 0, true) {
            Found::Packet { len, .. } if len == payload.len() => Ok(0),
            Found::Skip { error: Some(error), .. } => Err(error),
            _ => Err(FrameError::Malformed { expected: "exactly one JSON document" }),
        }
    }

    /// A number or a literal needs it to end; behind any other document it does no harm.
    fn tail(&self) -> &[u8] {
        b"\n"
    }
}
