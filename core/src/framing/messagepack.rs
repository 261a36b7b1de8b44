//! MessagePack objects one after another.

use super::items::{Head, Holds, Level, Walk};
use crate::{ConfigError, Enframe, Found, FrameError, Framing};

/// MessagePack objects one after another.
///
/// ```text
/// 00..=7f  integer                    c7 c8 c9        ext: length of 1, 2 or 4 bytes, type, data
/// 80..=8f  map of 0 to 15 pairs       ca cb           float of 4 or 8 bytes
/// 90..=9f  array of 0 to 15 objects   cc..=cf d0..=d3 integer of 1, 2, 4 or 8 bytes
/// a0..=bf  string of 0 to 31 bytes    d4..=d8         ext: type, data of 1, 2, 4, 8 or 16 bytes
/// c0       nil                        d9 da db        string: length of 1, 2 or 4 bytes
/// c1       never used                 dc dd           array: count of 2 or 4 bytes
/// c2 c3    bool                       de df           map: count of 2 or 4 bytes
/// c4 c5 c6 binary: length of 1, 2, 4  e0..=ff         integer
/// ```
///
/// ([MessagePack specification].)
/// Objects are found without building values; whether strings are UTF-8 is the business of the codec that reads
/// them ([`MessagePack`](crate::codec::MessagePack)).
///
/// # What is refused, and where the stream goes on
///
/// | what | error | goes on behind |
/// |---|---|---|
/// | an object that is certain to exceed the limit | `LimitExceeded` | its own end, found in constant memory |
/// | an array or map beyond the depth limit | `DepthExceeded` | the end of the outermost object |
/// | an object that is certain to exceed [`max_skip`](Self::max_skip) | `LimitExceeded` | – (fatal) |
/// | `c1` in the place of an object | `Malformed` | – (fatal) |
///
/// An error is noticed at the byte which makes it certain: an array of a million objects is refused with its
/// first 5 bytes.
///
/// A level costs 8 bytes; the depth that the deserializer needs room for is its type's parameter:
/// `MessagePackItems::<500>::with_levels(limit)`.
///
/// [MessagePack specification]: https://github.com/msgpack/msgpack/blob/master/spec.md
#[derive(Debug, Clone)]
pub struct MessagePackItems<const LEVELS: usize = 64> {
    walk: Walk<LEVELS>,
}

impl MessagePackItems {
    /// Objects of at most `limit` bytes (and 4 GiB) and 64 levels of arrays and maps.
    pub fn new(limit: usize) -> Self {
        Self::with_levels(limit)
    }
}

impl<const LEVELS: usize> MessagePackItems<LEVELS> {
    /// Longest object that is skipped rather than not believed, unless [`max_skip`](Self::max_skip) says otherwise:
    /// 1 GiB.
    pub const MAX_SKIP: u32 = Walk::<LEVELS>::MAX_SKIP;

    /// Objects of at most `limit` bytes (and 4 GiB) and `LEVELS` levels.
    pub fn with_levels(limit: usize) -> Self {
        Self { walk: Walk::new(limit) }
    }

    /// Sets how many levels of arrays and maps an object may have.
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

    /// Sets the longest object that is skipped when it exceeds a limit, in bytes; a longer one is fatal.
    #[must_use]
    pub fn max_skip(self, len: u32) -> Self {
        Self { walk: self.walk.max_skip(len) }
    }

    /// Most bytes of an object.
    pub fn limit(&self) -> usize {
        self.walk.limit()
    }
}

/// What the number behind the first byte of an object counts.
#[derive(Clone, Copy)]
enum Counts {
    /// Bytes, behind this many more bytes.
    Bytes {
        behind: u64,
    },
    Objects,
    Pairs,
}

/// Reads the head at the front of `bytes`, which aren't empty.
#[inline]
fn head(bytes: &[u8], _level: Level) -> Head {
    let (counts, width) = match bytes[0] {
        0xc1 => return Head::Malformed { expected: "a format byte other than c1" },
        byte @ 0x80..=0x8f => return item(1, Counts::Pairs, u64::from(byte & 0x0f)),
        byte @ 0x90..=0x9f => return item(1, Counts::Objects, u64::from(byte & 0x0f)),
        byte @ 0xa0..=0xbf => return scalar(u64::from(byte & 0x1f)),
        0x00..=0x7f | 0xe0..=0xff | 0xc0 | 0xc2 | 0xc3 => return scalar(0),
        0xcc | 0xd0 => return scalar(1),
        0xcd | 0xd1 => return scalar(2),
        0xca | 0xce | 0xd2 => return scalar(4),
        0xcb | 0xcf | 0xd3 => return scalar(8),
        byte @ 0xd4..=0xd8 => return scalar(1 + (1 << (byte - 0xd4))),
        byte @ 0xc4..=0xc6 => (Counts::Bytes { behind: 0 }, 1 << (byte - 0xc4)),
        byte @ 0xc7..=0xc9 => (Counts::Bytes { behind: 1 }, 1 << (byte - 0xc7)),
        byte @ 0xd9..=0xdb => (Counts::Bytes { behind: 0 }, 1 << (byte - 0xd9)),
        byte @ 0xdc..=0xdd => (Counts::Objects, 2 << (byte - 0xdc)),
        byte @ 0xde..=0xdf => (Counts::Pairs, 2 << (byte - 0xde)),
    };
    let Some(field) = bytes.get(1..1 + width) else { return Head::Partial { len: 1 + width } };
    let number = field.iter().fold(0, |number, byte| number << 8 | u64::from(*byte));
    item(1 + width as u64, counts, number)
}

/// An object of one byte and `len` more.
#[inline]
fn scalar(len: u64) -> Head {
    Head::Item { len: 1 + len, holds: Holds::Nothing }
}

/// An object whose head of `len` bytes holds `number`.
#[inline]
fn item(len: u64, counts: Counts, number: u64) -> Head {
    match counts {
        Counts::Bytes { behind } => Head::Item { len: len + behind + number, holds: Holds::Nothing },
        Counts::Objects => Head::Item { len, holds: Holds::Count(number) },
        Counts::Pairs => Head::Item { len, holds: Holds::Count(number * 2) },
    }
}

impl<const LEVELS: usize> Framing for MessagePackItems<LEVELS> {
    fn scan(&mut self, unread: &[u8], seen: usize, _eof: bool) -> Found {
        self.walk.scan(unread, seen, head)
    }

    fn max_len(&self) -> usize {
        self.walk.max_len()
    }
}

impl<const LEVELS: usize> Enframe for MessagePackItems<LEVELS> {
    fn head(&self, payload: &[u8], _head: &mut [u8]) -> Result<usize, FrameError> {
        self.walk.check(payload, head, "exactly one MessagePack object")
    }
}
