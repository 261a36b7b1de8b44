//! One pass over a packet that proves every getter's read good.
#![warn(clippy::indexing_slicing, clippy::arithmetic_side_effects)]

use super::{Budget, Error, Fault, Frame, Limits, Table, table, wire, wire::TableRef};

/// Verifies that `packet` is a FlatBuffer with root `T`, under the default [`Limits`].
///
/// What is checked: every offset, vtable, length and count that `T` can reach, UTF-8 and the
/// closing zero of strings, required fields, both halves of unions, nested buffers, the file
/// identifier if `T` has one.
/// The work is linear in the packet's length.
///
/// # Errors
///
/// The first fault, with the table, the field and the byte.
pub fn verify<T: Table>(packet: &[u8]) -> Result<(), Fault> {
    verify_with::<T>(packet, Frame::Plain, &Limits::default())
}

/// As [`verify`], for a packet that may begin with its size, and under limits of the caller's choice.
///
/// # Errors
///
/// The first fault, with the table, the field and the byte.
pub fn verify_with<T: Table>(packet: &[u8], frame: Frame, limits: &Limits) -> Result<(), Fault> {
    let fault = |error| Fault { error, table: "", field: "", offset: 0 };
    let (buf, at) = frame.open(packet).map_err(fault)?;
    let mut verifier = Verifier::new(buf, limits);
    let result = verifier.root::<T>(at, limits.identifier);
    verifier.finish(result)
}

/// Verifies the table at `root` and all that it reaches.
pub(crate) fn verify_root<T: Table>(buf: &[u8], root: usize, limits: &Limits) -> Result<(), Fault> {
    let mut verifier = Verifier::new(buf, limits);
    let result = verifier.table::<T>(root);
    verifier.finish(result)
}

/// A verification under way.
///
/// Part of the contract between the derives and this crate, not for direct use.
#[derive(Debug)]
pub struct Verifier<'b> {
    pub(crate) buf: &'b [u8],
    pub(crate) limits: Limits,
    budget: Budget,
    /// Where `buf` begins in the packet: not at 0 in a nested buffer.
    base: usize,
    /// The vtable seen last: tables in a row mostly share one.
    last: (usize, &'b [u8]),
    fault: Option<usize>,
    table: &'static str,
    field: &'static str,
}

impl<'b> Verifier<'b> {
    fn new(buf: &'b [u8], limits: &Limits) -> Self {
        Self {
            buf,
            limits: *limits,
            budget: limits.budget(buf.len()),
            base: 0,
            last: (usize::MAX, &[]),
            fault: None,
            table: "",
            field: "",
        }
    }

    fn finish(self, result: Result<(), Error>) -> Result<(), Fault> {
        let Self { table, field, fault, .. } = self;
        result.map_err(|error| Fault { error, table, field, offset: fault.unwrap_or_default() })
    }

    fn root<T: Table>(&mut self, at: usize, identifier: bool) -> Result<(), Error> {
        if let (true, Some(expected)) = (identifier, T::IDENTIFIER) {
            let found = wire::bytes::<4>(self.buf, at.saturating_add(4));
            if found != Ok(expected) {
                return Err(self.fail(at.saturating_add(4), Error::Identifier));
            }
        }
        self.aligned(at, 4)?;
        let pos = table::root(self.buf, at).map_err(|error| self.fail(at, error))?;
        self.table::<T>(pos)
    }

    /// Verifies the table at `pos`.
    pub(crate) fn table<T: Table>(&mut self, pos: usize) -> Result<(), Error> {
        let result = self.enter::<T>(pos);
        if result.is_err() {
            self.blame(T::NAME, "");
        }
        result
    }

    #[inline]
    fn enter<T: Table>(&mut self, pos: usize) -> Result<(), Error> {
        self.budget.enter().map_err(|error| self.fail(pos, error))?;
        let table = TableRef::at_next(self.buf, pos, &mut self.last).map_err(|error| self.fail(pos, error))?;
        self.aligned(pos, 4)?;
        if self.limits.strict {
            self.table_size::<T>(table)?;
        }
        T::check(self, table)?;
        self.budget.leave();
        Ok(())
    }

    /// The table's own size must hold its fields, and the buffer must hold it.
    fn table_size<T: Table>(&mut self, table: TableRef<'_>) -> Result<(), Error> {
        let (_, size) = table.sizes().map_err(|error| self.fail(table.pos, error))?;
        if size < 4 || wire::span(self.buf, table.pos, size).is_err() {
            return Err(self.fail(table.pos, Error::Vtable));
        }
        for (slot, (len, _)) in T::LAYOUT.slots().iter().enumerate() {
            let Some(at) = table.field(slot) else {
                continue;
            };
            let offset = at.saturating_sub(table.pos);
            if offset < 4 || offset.saturating_add(usize::from(*len)) > size {
                return Err(self.fail(at, Error::Vtable));
            }
        }
        Ok(())
    }

    /// Verifies a whole buffer that lies at byte `start` of this one.
    pub(crate) fn nested<T: Table>(&mut self, bytes: &'b [u8], start: usize) -> Result<(), Error> {
        let outer = (self.buf, self.base, self.last);
        self.base = self.base.saturating_add(start);
        self.buf = bytes;
        self.last = (usize::MAX, &[]);
        let result = self.root::<T>(0, false);
        (self.buf, self.base, self.last) = outer;
        result
    }

    /// Notes where the first fault lies.
    #[cold]
    pub(crate) fn fail(&mut self, at: usize, error: Error) -> Error {
        if self.fault.is_none() {
            self.fault = Some(self.base.saturating_add(at));
        }
        error
    }

    /// Notes whose the first fault is.
    #[doc(hidden)]
    #[cold]
    pub fn blame(&mut self, table: &'static str, field: &'static str) {
        if self.table.is_empty() {
            (self.table, self.field) = (table, field);
        }
    }

    #[inline(always)]
    pub(crate) fn spend(&mut self, at: usize, len: usize) -> Result<(), Error> {
        self.budget.spend(len).map_err(|error| self.fail(at, error))
    }

    /// Where the offset at `at` leads.
    #[inline(always)]
    pub(crate) fn follow(&mut self, at: usize) -> Result<usize, Error> {
        self.aligned(at, 4)?;
        wire::follow(self.buf, at).map_err(|error| self.fail(at, error))
    }

    /// Where the offset in this slot leads, if it is present.
    #[inline(always)]
    pub(crate) fn target(&mut self, table: TableRef<'_>, slot: usize) -> Result<Option<usize>, Error> {
        match table.field(slot) {
            Some(at) => self.follow(at).map(Some),
            None => Ok(None),
        }
    }

    #[inline(always)]
    pub(crate) fn aligned(&mut self, at: usize, align: usize) -> Result<(), Error> {
        if !self.limits.alignment || at.checked_rem(align).is_none_or(|rest| rest == 0) {
            return Ok(());
        }
        Err(self.fail(at, Error::Alignment))
    }
}
