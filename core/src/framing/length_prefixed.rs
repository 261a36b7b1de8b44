//! Packets whose head says how long they are.

use crate::{Enframe, Found, FrameError, Framing};

/// How a length field is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::exhaustive_enums, reason = "a new width would be a new wire format")]
pub enum Width {
    /// 1 byte.
    U8,
    /// 2 bytes.
    U16,
    /// 3 bytes.
    U24,
    /// 4 bytes.
    U32,
    /// 8 bytes.
    U64,
    /// Unsigned LEB128 of at most 10 bytes: 7 bits a byte, the lowest first, the top bit set on all but the last.
    Varint,
}

impl Width {
    /// Bytes of the field, where they are always as many.
    #[inline]
    fn fixed(self) -> Option<usize> {
        match self {
            Self::U8 => Some(1),
            Self::U16 => Some(2),
            Self::U24 => Some(3),
            Self::U32 => Some(4),
            Self::U64 => Some(8),
            Self::Varint => None,
        }
    }
}

/// Which byte of a number comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
#[expect(clippy::exhaustive_enums, reason = "there are two byte orders")]
pub enum Endian {
    /// The most significant byte: network byte order.
    #[default]
    Big,
    /// The least significant byte.
    Little,
}

/// A complete head: its own length, and the length of the body that it announces.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Head {
    pub(crate) len: usize,
    pub(crate) body: u64,
}

/// A length and the bytes that it takes on the wire.
struct Length {
    value: u64,
    width: usize,
}

/// Packets whose head holds the length of what follows.
///
/// ```text
/// packet = before length after body
///          ╰──── the head ────╯
/// ```
///
/// The payload is the body.
/// A body over the limit costs one error and is skipped by its declared length; a length beyond
/// [`max_skip`](Self::max_skip) can't be believed, and neither can one that is shorter than its own head or
/// isn't a number: those are fatal.
#[derive(Debug, Clone)]
pub struct LengthPrefixed {
    width: Width,
    endian: Endian,
    before: usize,
    after: usize,
    counts_head: bool,
    adjust: i64,
    keep_head: bool,
    limit: usize,
    max_skip: u64,
}

impl LengthPrefixed {
    /// Longest body that is skipped rather than not believed, unless [`max_skip`](Self::max_skip) says otherwise:
    /// 1 GiB.
    pub const MAX_SKIP: u64 = 1 << 30;

    /// Bodies of at most `limit` bytes behind a big-endian length field of `width`, and nothing else in the head.
    pub fn new(width: Width, limit: usize) -> Self {
        Self {
            width,
            endian: Endian::Big,
            before: 0,
            after: 0,
            counts_head: false,
            adjust: 0,
            keep_head: false,
            limit,
            max_skip: Self::MAX_SKIP,
        }
    }

    /// Sets the byte order of the length field; a varint has only one.
    #[must_use]
    pub fn endian(mut self, endian: Endian) -> Self {
        self.endian = endian;
        self
    }

    /// Sets how many bytes of the head stand before the length field.
    #[must_use]
    pub fn before(mut self, len: usize) -> Self {
        self.before = len;
        self
    }

    /// Sets how many bytes of the head stand after the length field.
    #[must_use]
    pub fn after(mut self, len: usize) -> Self {
        self.after = len;
        self
    }

    /// The length field counts the head, too.
    #[must_use]
    pub fn counts_head(mut self) -> Self {
        self.counts_head = true;
        self
    }

    /// Sets what is added to the length field to get the length of the body, in bytes.
    #[must_use]
    pub fn adjust(mut self, adjust: i64) -> Self {
        self.adjust = adjust;
        self
    }

    /// Makes the head a part of the payload.
    #[must_use]
    pub fn keep_head(mut self) -> Self {
        self.keep_head = true;
        self
    }

    /// Sets the longest body that is skipped when it exceeds the limit, in bytes; a longer one is fatal.
    #[must_use]
    pub fn max_skip(mut self, len: u64) -> Self {
        self.max_skip = len;
        self
    }

    /// Most bytes of a body.
    pub fn limit(&self) -> usize {
        self.limit
    }

    /// Length of a head whose length field is `width` bytes long.
    #[inline]
    fn head(&self, width: usize) -> usize {
        self.before.saturating_add(width).saturating_add(self.after)
    }

    /// Reads the length field, `None` while it isn't complete.
    #[inline]
    fn length(&self, unread: &[u8]) -> Result<Option<Length>, FrameError> {
        let Some(field) = unread.get(self.before..) else { return Ok(None) };
        // Each width by itself: a copy of a length that isn't known stalls the load behind it.
        Ok(match self.width {
            Width::U8 => number::<1>(field, self.endian),
            Width::U16 => number::<2>(field, self.endian),
            Width::U24 => number::<3>(field, self.endian),
            Width::U32 => number::<4>(field, self.endian),
            Width::U64 => number::<8>(field, self.endian),
            Width::Varint => return varint(field),
        })
    }

    /// Length of the body behind a head of `head` bytes whose length field says `value`.
    #[inline]
    fn body(&self, value: u64, head: usize) -> Result<u64, FrameError> {
        if self.adjust == 0 && !self.counts_head {
            // The next packet is looked for behind this one, so every operation here is waited for.
            return Ok(value);
        }
        let counted = if self.counts_head { head as u64 } else { 0 };
        // In one step: the two may make up for each other (a length that counts a part of the head).
        let body = self.adjust.checked_sub_unsigned(counted).and_then(|adjust| value.checked_add_signed(adjust));
        body.ok_or(FrameError::Malformed { expected: "a length that covers its own head" })
    }

    /// Reads the head, `None` while it isn't known how long it is; it may itself not be complete.
    #[inline(always)]
    pub(crate) fn read_head(&self, unread: &[u8]) -> Result<Option<Head>, FrameError> {
        let Some(length) = self.length(unread)? else { return Ok(None) };
        let len = self.head(length.width);
        Ok(Some(Head { len, body: self.body(length.value, len)? }))
    }

    /// Bytes of the longest head.
    pub(crate) fn longest_head(&self) -> usize {
        self.head(self.width.fixed().unwrap_or(10))
    }

    /// Refuses a body of `len` bytes, whose whole packet is `total` bytes long.
    #[cold]
    pub(crate) fn refuse(&self, len: u64, total: Option<u64>) -> Found {
        let error = FrameError::LimitExceeded { limit: self.limit as u64, needed: Some(len) };
        match total {
            Some(total) if len <= self.max_skip => Found::Skip { len: total, error: Some(error), more: false },
            _ => Found::Fatal(error),
        }
    }

    /// Bytes of the head at least, while its length field isn't complete.
    fn least_head(&self, unread: &[u8]) -> usize {
        let width = self.width.fixed().unwrap_or_else(|| unread.len().saturating_sub(self.before) + 1);
        self.head(width)
    }
}

/// Reads a number of `WIDTH` bytes, at most 8.
#[inline]
fn number<const WIDTH: usize>(field: &[u8], endian: Endian) -> Option<Length> {
    let field = field.first_chunk::<WIDTH>()?;
    let mut bytes = [0; 8];
    let value = match endian {
        Endian::Big => {
            bytes[8 - WIDTH..].copy_from_slice(field);
            u64::from_be_bytes(bytes)
        }
        Endian::Little => {
            bytes[..WIDTH].copy_from_slice(field);
            u64::from_le_bytes(bytes)
        }
    };
    Some(Length { value, width: WIDTH })
}

/// Reads an unsigned LEB128 number.
///
/// ```text
/// varint = *%x80-FF %x00-7F     ; at most 10 bytes, and at most 2^64 - 1
/// ```
// Not inlined, so that the way to the fixed widths stays short enough to be.
#[inline(never)]
fn varint(field: &[u8]) -> Result<Option<Length>, FrameError> {
    let mut value = 0;
    for (index, &byte) in field.iter().take(10).enumerate() {
        let bits = u64::from(byte & 0x7f);
        if index == 9 && byte > 1 {
            return Err(FrameError::Malformed { expected: "a varint below 2^64" });
        }
        value |= bits << (7 * index);
        if byte < 0x80 {
            return Ok(Some(Length { value, width: index + 1 }));
        }
    }
    Ok(None)
}

impl Framing for LengthPrefixed {
    #[inline(always)]
    fn scan(&mut self, unread: &[u8], _seen: usize, _eof: bool) -> Found {
        let Head { len: head, body } = match self.read_head(unread) {
            Ok(Some(head)) => head,
            Ok(None) => return Found::More { need: self.least_head(unread) },
            Err(error) => return Found::Fatal(error),
        };
        let len = match usize::try_from(body) {
            Ok(body) if body <= self.limit => head.saturating_add(body),
            _ => return self.refuse(body, body.checked_add(head as u64)),
        };
        if unread.len() < len {
            return Found::More { need: len };
        }
        Found::Packet { len, payload: if self.keep_head { 0 } else { head }..len }
    }

    #[inline]
    fn max_len(&self) -> usize {
        self.longest_head().saturating_add(self.limit)
    }
}

const UNFIT: FrameError = FrameError::Malformed { expected: "a body whose length fits the length field" };

impl LengthPrefixed {
    /// Writes the length field of a body of `len` bytes behind `before` in `head`, and returns the head's length.
    fn write_head(&self, len: u64, head: &mut [u8]) -> Result<usize, FrameError> {
        let Some(width) = self.width.fixed() else { return self.write_varint_head(len, head) };
        let value = self.value(len, width)?;
        let field = &mut head[self.before..];
        let fits = match width {
            1 => put::<1>(value, self.endian, field),
            2 => put::<2>(value, self.endian, field),
            3 => put::<3>(value, self.endian, field),
            4 => put::<4>(value, self.endian, field),
            _ => put::<8>(value, self.endian, field),
        };
        if fits { Ok(self.head(width)) } else { Err(UNFIT) }
    }

    /// The same for a varint, whose own width may depend on the head that it counts: widths are tried in order.
    #[inline(never)]
    fn write_varint_head(&self, len: u64, head: &mut [u8]) -> Result<usize, FrameError> {
        for width in 1..=10 {
            let value = self.value(len, width)?;
            if width < 10 && value >> (7 * width) != 0 {
                continue;
            }
            let field = &mut head[self.before..self.before + width];
            for (index, byte) in field.iter_mut().enumerate() {
                *byte = (value >> (7 * index)).to_le_bytes()[0] | 0x80;
            }
            field[width - 1] &= 0x7f;
            return Ok(self.head(width));
        }
        Err(UNFIT)
    }

    /// What a length field of `width` bytes says of a body of `len` bytes.
    #[inline]
    fn value(&self, len: u64, width: usize) -> Result<u64, FrameError> {
        if self.adjust == 0 && !self.counts_head {
            return Ok(len);
        }
        let counted = if self.counts_head { self.head(width) as i128 } else { 0 };
        u64::try_from(i128::from(len) - i128::from(self.adjust) + counted).map_err(|_| UNFIT)
    }
}

/// Writes a number into the first `WIDTH` bytes of `field`, at most 8, if it fits.
#[inline]
fn put<const WIDTH: usize>(value: u64, endian: Endian, field: &mut [u8]) -> bool {
    if WIDTH < 8 && value >> (8 * WIDTH) != 0 {
        return false;
    }
    match endian {
        Endian::Big => field[..WIDTH].copy_from_slice(&value.to_be_bytes()[8 - WIDTH..]),
        Endian::Little => field[..WIDTH].copy_from_slice(&value.to_le_bytes()[..WIDTH]),
    }
    true
}

/// The bytes before and after the length field are written as zeros.
///
/// With [`keep_head`](LengthPrefixed::keep_head) a payload brings its own head, which must tell its length.
impl Enframe for LengthPrefixed {
    #[inline]
    fn max_head_len(&self) -> usize {
        if self.keep_head { 0 } else { self.longest_head() }
    }

    #[inline]
    fn head(&self, payload: &[u8], head: &mut [u8]) -> Result<usize, FrameError> {
        if self.keep_head {
            let whole = Found::Packet { len: payload.len(), payload: 0..payload.len() };
            return match self.clone().scan(payload, 0, true) {
                found if found == whole => Ok(0),
                Found::Skip { error: Some(error), .. } | Found::Fatal(error) => Err(error),
                _ => Err(FrameError::Malformed { expected: "a head that tells its packet's length" }),
            };
        }
        if payload.len() > self.limit {
            return Err(FrameError::LimitExceeded { limit: self.limit as u64, needed: Some(payload.len() as u64) });
        }
        if self.before > 0 || self.after > 0 {
            head.fill(0);
        }
        self.write_head(payload.len() as u64, head)
    }
}
