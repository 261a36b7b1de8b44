//! How much work a packet may cost.

use super::Error;

/// Bounds on what one packet may make a reader do, and how strictly it is judged.
///
/// The work limit is linear in the packet's length, so that a few bytes that share a table again
/// and again cannot keep a reader busy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How deep tables and nested buffers may lie in each other, in levels; 64 by default.
    pub depth: usize,
    /// How many tables may be visited; 1 000 000 by default.
    pub tables: usize,
    /// Bytes that may be visited per byte of the packet; 32 by default.
    ///
    /// Above 1, because a writer may share strings and tables: at 32, a string of up to 128 bytes may be
    /// shared as often as it likes, since each of its offsets takes four.
    pub work_factor: usize,
    /// Bytes that may be visited on top; 1024 by default.
    pub work_base: usize,
    /// Refuse what the wild is lenient about: a union's value without a type, an unknown type, a
    /// struct without its last padding, a vtable that tells the table's size wrongly.
    pub strict: bool,
    /// Refuse values that do not lie at multiples of their alignment, counted from the packet's start.
    pub alignment: bool,
    /// Refuse a packet whose file identifier is not the schema's, if the schema has one; true by default.
    pub identifier: bool,
    /// Refuse strings that do not end in a zero byte; true by default.
    pub terminated: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 64,
            tables: 1_000_000,
            work_factor: 32,
            work_base: 1024,
            strict: false,
            alignment: false,
            identifier: true,
            terminated: true,
        }
    }
}

impl Limits {
    /// The default limits, and strict.
    #[must_use]
    pub fn strict() -> Self {
        Self { strict: true, alignment: true, ..Self::default() }
    }

    pub(crate) fn budget(&self, len: usize) -> Budget {
        Budget {
            depth: self.depth,
            tables: self.tables,
            work: len.saturating_mul(self.work_factor).saturating_add(self.work_base),
        }
    }
}

/// What is left of the [`Limits`] while a packet is read.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    depth: usize,
    tables: usize,
    work: usize,
}

impl Budget {
    /// Pays for visiting `len` bytes.
    #[inline(always)]
    pub(crate) fn spend(&mut self, len: usize) -> Result<(), Error> {
        match self.work.checked_sub(len) {
            Some(left) => self.work = left,
            None => return Err(Error::Work),
        }
        Ok(())
    }

    /// Goes into a table; [`leave`](Self::leave) comes out of it.
    ///
    /// It costs as much time as many bytes, so it pays for more than the few that it may be long.
    #[doc(hidden)]
    #[inline(always)]
    pub fn enter(&mut self) -> Result<(), Error> {
        self.depth = self.depth.checked_sub(1).ok_or(Error::Depth)?;
        self.tables = self.tables.checked_sub(1).ok_or(Error::Work)?;
        self.spend(16)
    }

    #[doc(hidden)]
    #[inline(always)]
    pub fn leave(&mut self) {
        self.depth = self.depth.saturating_add(1);
    }
}
