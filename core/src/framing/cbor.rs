//! CBOR data items one after another.

use super::items::{Head, Holds, Level, Walk};
use crate::{ConfigError, Enframe, Found, FrameError, Framing};

/// CBOR data items one after another: a CBOR sequence ([RFC 8742]).
///
/// ```text
/// item = head *octet *item      ; RFC 8949 §3
/// head = major (3 bits) information (5 bits) [argument]
///        0, 1  integer                        information  argument
///        2, 3  string of argument bytes       0..=23       the information itself
///        4     argument items                 24..=27      1, 2, 4 or 8 bytes
///        5     argument pairs                 28..=30      malformed
///        6     tag of 1 item                  31           none: of strings, arrays and maps,
///        7     simple value, float, break                  up to a break; or the break
/// ```
///
/// Items are found without building values and checked to be well-formed ([RFC 8949 §5.3.1], and that only
/// strings of the same type are in a string of indefinite length); whether they are valid (UTF-8, unique keys)
/// is the business of the codec that reads them ([`Cbor`](crate::codec::Cbor)).
///
/// # What is refused, and where the stream goes on
///
/// | what | error | goes on behind |
/// |---|---|---|
/// | an item that is certain to exceed the limit | `LimitExceeded` | its own end, found in constant memory |
/// | an array, map, tag or string beyond the depth limit | `DepthExceeded` | the end of the outermost item |
/// | an item that is certain to exceed [`max_skip`](Self::max_skip) | `LimitExceeded` | – (fatal) |
/// | more than `LEVELS` levels of indefinite length in a refused item | `DepthExceeded` | – (fatal) |
/// | malformed bytes | `Malformed` | – (fatal) |
///
/// An error is noticed at the head which makes it certain: an array of a million items is refused with its first
/// 5 bytes.
///
/// A level costs 8 bytes; the depth that the deserializer needs room for is its type's parameter:
///
/// ```
/// use wharf::CborItems;
///
/// let flat = CborItems::new(64 * 1024); // 64 levels
/// let deep = CborItems::<500>::with_levels(64 * 1024);
/// assert!(size_of_val(&deep) > size_of_val(&flat));
/// ```
///
/// [RFC 8742]: https://www.rfc-editor.org/rfc/rfc8742
/// [RFC 8949 §5.3.1]: https://www.rfc-editor.org/rfc/rfc8949#section-5.3.1
#[derive(Debug, Clone)]
pub struct CborItems<const LEVELS: usize = 64> {
    walk: Walk<LEVELS>,
}

impl CborItems {
    /// Items of at most `limit` bytes (and 4 GiB) and 64 levels of arrays, maps, tags, and strings in chunks.
    pub fn new(limit: usize) -> Self {
        Self::with_levels(limit)
    }
}

impl<const LEVELS: usize> CborItems<LEVELS> {
    /// Longest item that is skipped rather than not believed, unless [`max_skip`](Self::max_skip) says otherwise:
    /// 1 GiB.
    pub const MAX_SKIP: u32 = Walk::<LEVELS>::MAX_SKIP;

    /// Items of at most `limit` bytes (and 4 GiB) and `LEVELS` levels.
    pub fn with_levels(limit: usize) -> Self {
        Self { walk: Walk::new(limit) }
    }

    /// Sets how many levels an item may have.
    ///
    /// # Errors
    ///
    /// If there is no room for them: they are more than `LEVELS`.
    pub fn max_depth(self, levels: usize) -> Result<Self, ConfigError> {
        if levels > LEVELS {
            return Err(ConfigError::Invalid { option: "max_depth", expected: "at most LEVELS" });
        }
        Ok(Self { walk: self.walk.max_depth(levels) })
    }

    /// Sets the longest item that is skipped when it exceeds a limit, in bytes; a longer one is fatal.
    #[must_use]
    pub fn max_skip(self, len: u32) -> Self {
        Self { walk: self.walk.max_skip(len) }
    }

    /// Most bytes of an item.
    pub fn limit(&self) -> usize {
        self.walk.limit()
    }
}

/// Information that stands for an indefinite length, or for a break.
const INDEFINITE: u8 = 31;

/// Reads the head at the front of `bytes`, which aren't empty, of an item in `level`.
#[inline]
fn head(bytes: &[u8], level: Level) -> Head {
    let (major, information) = (bytes[0] >> 5, bytes[0] & 0x1f);
    if let Level::Chunks { major: wanted } = level {
        let chunk = major == wanted && information != INDEFINITE;
        if !chunk && bytes[0] != 0xff {
            return Head::Malformed { expected: "a definite-length string of the same type in a string of chunks" };
        }
    }
    let width = match information {
        0..24 => 0,
        24 => 1,
        25 => 2,
        26 => 4,
        27 => 8,
        INDEFINITE => return indefinite(major, level),
        _ => return Head::Malformed { expected: "additional information other than 28, 29 and 30" },
    };
    let scalar = Head::Item { len: 1 + width as u64, holds: Holds::Nothing };
    if matches!(major, 0 | 1) || (major == 7 && information != 24) {
        return scalar;
    }
    let Some(field) = bytes.get(1..1 + width) else { return Head::Partial { len: 1 + width } };
    let argument = match width {
        0 => u64::from(information),
        _ => field.iter().fold(0, |argument, byte| argument << 8 | u64::from(*byte)),
    };
    let len = 1 + width as u64;
    match major {
        2 | 3 => Head::Item { len: len.saturating_add(argument), holds: Holds::Nothing },
        4 => Head::Item { len, holds: Holds::Count(argument) },
        5 => Head::Item { len, holds: Holds::Count(argument.saturating_mul(2)) },
        6 => Head::Item { len, holds: Holds::Count(1) },
        _ if argument < 32 => Head::Malformed { expected: "a simple value of two bytes to be 32 or more" },
        _ => scalar,
    }
}

fn indefinite(major: u8, level: Level) -> Head {
    let holds = match major {
        2 | 3 => Holds::Until(Level::Chunks { major }),
        4 => Holds::Until(Level::Items),
        5 => Holds::Until(Level::Pairs { value: false }),
        7 if matches!(level, Level::Items | Level::Pairs { value: false } | Level::Chunks { .. }) => Holds::Break,
        7 => return Head::Malformed { expected: "a break only where an item of indefinite length may end" },
        _ => return Head::Malformed { expected: "an argument of an integer or a tag" },
    };
    Head::Item { len: 1, holds }
}

impl<const LEVELS: usize> Framing for CborItems<LEVELS> {
    fn scan(&mut self, unread: &[u8], seen: usize, _eof: bool) -> Found {
        self.walk.scan(unread, seen, head)
    }

    fn max_len(&self) -> usize {
        self.walk.max_len()
    }
}

impl<const LEVELS: usize> Enframe for CborItems<LEVELS> {
    fn head(&self, payload: &[u8], _head: &mut [u8]) -> Result<usize, FrameError> {
        self.walk.check(payload, head, "exactly one CBOR data item")
    }
}
