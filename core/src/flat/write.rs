//! Writing a packet: its greatest size first, then one forward pass into the caller's bytes.
//!
//! ```text
//! [size prefix?][root offset][file identifier?][root table][what it refers to ...][shared strings][vtables]
//! ```
//!
//! Vtables come last, each once: every reader follows them forward, also one that cannot look back
//! past a table's parent. Until a vtable has its place, the tables that wait for it form a chain
//! through the very bytes that will hold the distance to it, so nothing is allocated for them.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{
    Table, WriteError,
    shape::{Layout, Scratch, Shape},
};
use alloc::{collections::BTreeMap, vec::Vec};

/// A table that is being written.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    pos: usize,
    /// Where the offsets of its fields are in [`Scratch::offsets`].
    offsets: usize,
}

/// How the next field wants to be written.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Style {
    pub(crate) align: usize,
    pub(crate) sorted: bool,
    pub(crate) shared: bool,
}

/// Writes packets; keeps its working memory from one to the next.
///
/// ```
/// use wharf::flat::{Lazy, Table, Writer, read};
///
/// #[derive(Table, Clone, Debug, PartialEq)]
/// struct Door { width: i32, open: bool }
///
/// let mut buffer = [0; 64];
/// let len = Writer::new().write(&Door { width: 90, open: true }, &mut buffer)?;
/// assert_eq!(read::<Door, Lazy>(&buffer[..len])?.width()?, 90);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Writer {
    scratch: Scratch,
    prefixed: bool,
    shared_strings: bool,
}

impl Writer {
    /// A writer of packets without a size prefix, no string shared.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins each packet with its size, as a `u32` that does not count itself.
    #[must_use]
    pub fn prefixed(mut self) -> Self {
        self.prefixed = true;
        self
    }

    /// Writes equal strings once; costs a map of the strings for each packet.
    ///
    /// A field alone can ask for it: `#[flat(shared)]`.
    #[must_use]
    pub fn shared_strings(mut self) -> Self {
        self.shared_strings = true;
        self
    }

    /// How many bytes are enough for `value`, whatever is shared; linear in its parts.
    #[must_use]
    pub fn max_size<T: Table>(&self, value: &T) -> usize {
        value.max_size().saturating_add(16)
    }

    /// Writes `value` to the start of `buffer` and gives the packet's length in bytes; what lies behind it may be
    /// overwritten, too.
    ///
    /// Vtables come in the order in which the writer first met their shapes, so that one that has written other
    /// packets may lay out the same value in another order than a new one.
    ///
    /// Nothing is allocated once the writer has seen the shapes of the tables, unless strings are
    /// shared or a vector is sorted.
    ///
    /// # Errors
    ///
    /// [`WriteError::BufferTooSmall`] says how many bytes are enough; what `buffer` then holds is
    /// not specified. [`WriteError::TooLarge`], [`WriteError::UnknownTag`].
    pub fn write<T: Table>(&mut self, value: &T, buffer: &mut [u8]) -> Result<usize, WriteError> {
        let limit = usize::try_from(i32::MAX).unwrap_or(usize::MAX);
        let whole = buffer.len() <= limit;
        let len = buffer.len().min(limit);
        match self.pass(value, buffer.get_mut(..len).unwrap_or_default()) {
            Ok(len) => Ok(len),
            Err(Stop::Full) if whole => Err(WriteError::BufferTooSmall { needed: self.max_size(value) }),
            Err(Stop::Full | Stop::TooLarge) => Err(WriteError::TooLarge),
            Err(Stop::UnknownTag(tag)) => Err(WriteError::UnknownTag(tag)),
        }
    }

    /// Writes `value` behind what `out` holds and gives the packet's length in bytes.
    ///
    /// On an error `out` is as it was.
    ///
    /// # Errors
    ///
    /// [`WriteError::TooLarge`], [`WriteError::UnknownTag`].
    pub fn append<T: Table>(&mut self, value: &T, out: &mut Vec<u8>) -> Result<usize, WriteError> {
        let start = out.len();
        out.resize(start.saturating_add(self.max_size(value)), 0);
        let result = self.write(value, out.get_mut(start..).unwrap_or_default());
        out.truncate(start.saturating_add(*result.as_ref().unwrap_or(&0)));
        result
    }

    fn pass<T: Table>(&mut self, value: &T, buf: &mut [u8]) -> Result<usize, Stop> {
        self.scratch.reset();
        let mut out = Out {
            buf,
            end: 0,
            scratch: &mut self.scratch,
            style: Style::default(),
            share_all: self.shared_strings,
            shared: BTreeMap::new(),
        };
        if self.prefixed {
            out.take(4, 4, 0)?;
        }
        let root = out.take(4, 4, 0)?;
        if let Some(identifier) = T::IDENTIFIER {
            let at = out.take(4, 4, 0)?;
            out.bytes(at, identifier)?;
        }
        let pos = value.put(&mut out)?;
        out.link(root, pos)?;
        out.strings()?;
        out.vtables()?;
        let len = out.end;
        if self.prefixed {
            out.bytes(0, small(len.saturating_sub(4)).to_le_bytes())?;
        }
        Ok(len)
    }
}

/// Positions are below 2 GiB: the buffer was cut there.
#[inline(always)]
fn small(position: usize) -> u32 {
    u32::try_from(position).unwrap_or(u32::MAX)
}

/// Why writing stops: small, so that it stays in registers.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Stop {
    Full,
    TooLarge,
    UnknownTag(u8),
}

const FULL: Stop = Stop::Full;

/// The bytes that a packet is being written to.
///
/// Part of the contract between the derives and this crate, not for direct use.
#[doc(hidden)]
#[derive(Debug)]
pub struct Out<'o, 'a> {
    buf: &'o mut [u8],
    end: usize,
    scratch: &'o mut Scratch,
    style: Style,
    share_all: bool,
    /// Strings that wait for their place at the end, each with the offset that refers to it last.
    shared: BTreeMap<&'a str, u32>,
}

impl<'a> Out<'_, 'a> {
    /// Makes room for `size` bytes such that what lies `lead` bytes in is aligned; the gap is zeroed.
    #[inline(always)]
    pub(crate) fn take(&mut self, size: usize, align: usize, lead: usize) -> Result<usize, Stop> {
        let mask = align.wrapping_sub(1);
        let start = self.end.wrapping_add(lead);
        // `align` is a power of two, and both sums are far below overflow: the buffer ends at 2 GiB.
        let pos = (start.wrapping_add(mask) & !mask).wrapping_sub(lead);
        let end = pos.checked_add(size).ok_or(FULL)?;
        if end > self.buf.len() {
            return Err(FULL);
        }
        if pos > self.end {
            self.pad(pos);
        }
        self.end = end;
        Ok(pos)
    }

    /// Zeroes up to `pos`, at most 31 bytes on, in strides that need no call; what lies behind is
    /// not written yet.
    #[inline(always)]
    fn pad(&mut self, pos: usize) {
        while self.end < pos {
            let Some(rest) = self.buf.get_mut(self.end..) else {
                return;
            };
            match rest.first_chunk_mut::<8>() {
                Some(chunk) => *chunk = [0; 8],
                None => rest.fill(0),
            }
            self.end = self.end.wrapping_add(8);
        }
    }

    #[inline(always)]
    pub(crate) fn space(&mut self, at: usize, len: usize) -> Result<&mut [u8], Stop> {
        self.buf.get_mut(at..at.wrapping_add(len)).ok_or(FULL)
    }

    #[inline(always)]
    pub(crate) fn bytes<const N: usize>(&mut self, at: usize, bytes: [u8; N]) -> Result<(), Stop> {
        match self.buf.get_mut(at..).and_then(|rest| rest.first_chunk_mut()) {
            Some(space) => *space = bytes,
            None => return Err(FULL),
        }
        Ok(())
    }

    /// Makes the offset at `at` lead to `pos`, which lies behind it.
    #[inline(always)]
    pub(crate) fn link(&mut self, at: usize, pos: usize) -> Result<(), Stop> {
        self.bytes(at, small(pos.wrapping_sub(at)).to_le_bytes())
    }

    /// Room for a table with the fields in `mask`, without its vtable.
    ///
    /// # Errors
    ///
    /// The buffer is full.
    #[inline]
    pub fn table(&mut self, layout: &'static Layout, mask: u128) -> Result<Spot, Stop> {
        let known = |shape: &Shape| core::ptr::eq(shape.layout, layout) && shape.mask == mask;
        let index = match self.scratch.shapes.iter().rposition(known) {
            Some(index) => index,
            None => self.scratch.shape(layout, mask)?,
        };
        let Shape { size, align, start, .. } = *self.scratch.shapes.get(index).ok_or(FULL)?;
        let pos = self.take(size, align, 4)?;
        let shape = self.scratch.shapes.get_mut(index).ok_or(FULL)?;
        let before = core::mem::replace(&mut shape.head, small(pos));
        self.bytes(pos, before.to_le_bytes())?;
        Ok(Spot { pos, offsets: start })
    }

    /// Where the field of a present slot goes.
    #[inline(always)]
    pub(crate) fn at(&self, spot: Spot, slot: usize) -> usize {
        let offset = self.scratch.offsets.get(spot.offsets.wrapping_add(slot)).copied();
        spot.pos.wrapping_add(usize::from(offset.unwrap_or_default()))
    }

    /// Where the table begins.
    #[inline(always)]
    #[must_use]
    pub fn position(&self, spot: Spot) -> usize {
        spot.pos
    }

    /// Says how the next field is to be written.
    #[inline]
    pub fn with_style(&mut self, align: usize, sorted: bool, shared: bool) {
        self.style = Style { align, sorted, shared };
    }

    #[inline(always)]
    pub(crate) fn style(&mut self) -> Style {
        core::mem::take(&mut self.style)
    }

    /// Has the elements of the vector at hand shared.
    #[inline]
    pub(crate) fn share_elements(&mut self) {
        self.style.shared = true;
    }

    /// A vector's count and room for its elements; gives where they begin.
    #[inline(always)]
    pub(crate) fn vector(&mut self, count: usize, stride: usize, align: usize) -> Result<usize, Stop> {
        let size = count.checked_mul(stride).and_then(|size| size.checked_add(4)).ok_or(FULL)?;
        let align = align.max(4);
        let pos = self.take(size, align, 4)?;
        self.bytes(pos, small(count).to_le_bytes())?;
        Ok(pos.wrapping_add(4))
    }

    #[inline(always)]
    pub(crate) fn string(&mut self, text: &str) -> Result<usize, Stop> {
        let pos = self.take(text.len().saturating_add(5), 4, 0)?;
        let space = self.buf.get_mut(pos..self.end).ok_or(FULL)?;
        let (len, rest) = space.split_first_chunk_mut().ok_or(FULL)?;
        *len = small(text.len()).to_le_bytes();
        let (nul, bytes) = rest.split_last_mut().ok_or(FULL)?;
        *nul = 0;
        bytes.copy_from_slice(text.as_bytes());
        Ok(pos)
    }

    /// Leaves the string for [`strings`](Self::strings), if it is to be shared.
    #[inline(always)]
    pub(crate) fn shares(&mut self, at: usize, text: &'a str) -> Result<bool, Stop> {
        if self.share_all || self.style.shared { self.share(at, text) } else { Ok(false) }
    }

    fn share(&mut self, at: usize, text: &'a str) -> Result<bool, Stop> {
        let before = self.shared.insert(text, small(at)).unwrap_or_default();
        self.bytes(at, before.to_le_bytes())?;
        Ok(true)
    }

    /// Writes the shared strings and the offsets that wait for them.
    fn strings(&mut self) -> Result<(), Stop> {
        if self.shared.is_empty() {
            return Ok(());
        }
        for (text, mut at) in core::mem::take(&mut self.shared) {
            let pos = self.string(text)?;
            while at != 0 {
                let slot = at as usize;
                at = self.chained(slot)?;
                self.link(slot, pos)?;
            }
        }
        Ok(())
    }

    fn chained(&self, at: usize) -> Result<u32, Stop> {
        super::wire::bytes(self.buf, at).map(u32::from_le_bytes).map_err(|_| FULL)
    }

    /// Writes the vtables and, into the tables that wait for them, the distances.
    fn vtables(&mut self) -> Result<(), Stop> {
        for index in 0..self.scratch.shapes.len() {
            let Some(shape) = self.scratch.shapes.get(index).copied() else {
                break;
            };
            if shape.head == 0 {
                continue;
            }
            let pos = match self.scratch.twin(index, shape) {
                Some(pos) => pos,
                None => self.vtable(shape)?,
            };
            if let Some(shape) = self.scratch.shapes.get_mut(index) {
                shape.vtable = pos;
            }
            let mut table = shape.head;
            while table != 0 {
                let at = table as usize;
                table = self.chained(at)?;
                self.bytes(at, small(at).wrapping_sub(small(pos)).to_le_bytes())?;
            }
        }
        Ok(())
    }

    fn vtable(&mut self, shape: Shape) -> Result<usize, Stop> {
        let len = shape.count.wrapping_mul(2).wrapping_add(4);
        let pos = self.take(len, 2, 0)?;
        // At most 128 slots, and `shape` keeps the table's size below 64 KiB.
        self.bytes(pos, low(len))?;
        self.bytes(pos.wrapping_add(2), low(shape.size))?;
        let mut at = pos.wrapping_add(4);
        for index in shape.start..shape.start.wrapping_add(shape.count) {
            let offset = self.scratch.offsets.get(index).copied().unwrap_or_default();
            self.bytes(at, offset.to_le_bytes())?;
            at = at.wrapping_add(2);
        }
        Ok(pos)
    }
}

fn low(size: usize) -> [u8; 2] {
    u16::try_from(size).unwrap_or(u16::MAX).to_le_bytes()
}

/// Writes `value` into a new vector of bytes, without a size prefix.
///
/// # Errors
///
/// [`WriteError::TooLarge`], [`WriteError::UnknownTag`].
pub fn to_vec<T: Table>(value: &T) -> Result<Vec<u8>, WriteError> {
    let mut out = Vec::new();
    Writer::new().append(value, &mut out)?;
    Ok(out)
}
