//! The walk that CBOR and MessagePack share: items that hold items, each with a head that says what follows.

use crate::{Found, FrameError};

/// What the head of an item says.
pub(super) enum Head {
    /// The head is at least `len` bytes long, and hasn't come whole.
    Partial { len: usize },
    /// The item's head and whatever it holds that isn't an item are `len` bytes long.
    Item { len: u64, holds: Holds },
    /// No item begins like this.
    Malformed { expected: &'static str },
}

/// The items inside an item.
#[derive(Clone, Copy)]
pub(super) enum Holds {
    Nothing,
    /// So many.
    Count(u64),
    /// As many as come before a break, in a level of this kind.
    Until(Level),
    /// None: it is the break that ends the level.
    Break,
}

/// An item that is open: what it waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// So many more items.
    Count(u32),
    /// Items up to a break.
    Items,
    /// Pairs up to a break; `value` says whether the second of a pair comes next.
    Pairs { value: bool },
    /// Definite-length strings of one CBOR major type up to a break.
    Chunks { major: u8 },
}

/// Walks over the heads of an item and of the items in it, each once.
///
/// Invariants: every level below `depth` but the last is waiting for the one above it, and
/// `owed` is the sum of what the counted levels wait for, and one break (and a value that is due) for each other.
#[derive(Debug, Clone)]
pub(super) struct Walk<const LEVELS: usize> {
    /// Invariant: at most `u32::MAX`, so that a count within it fits a level.
    limit: u32,
    /// Invariant: at most `LEVELS`.
    max_depth: usize,
    max_skip: u32,
    levels: [Level; LEVELS],
    depth: usize,
    /// Items and breaks that are still to come, at least; each takes a byte or more. 0 is the end.
    owed: u64,
    /// Where the next head stands in the unread bytes, or will.
    next: u64,
    /// Bytes thrown away of the item that is being refused.
    skipped: u64,
    /// The item at hand has been reported, and its end not yet been seen.
    refusing: bool,
}

/// The longest head, in bytes.
const MAX_HEAD: usize = 9;

impl<const LEVELS: usize> Walk<LEVELS> {
    pub(super) const MAX_SKIP: u32 = 1 << 30;

    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit: u32::try_from(limit).unwrap_or(u32::MAX),
            max_depth: LEVELS,
            max_skip: Self::MAX_SKIP,
            levels: [Level::Items; LEVELS],
            depth: 0,
            owed: 1,
            next: 0,
            skipped: 0,
            refusing: false,
        }
    }

    pub(super) fn max_depth(mut self, levels: usize) -> Self {
        self.max_depth = levels.min(LEVELS);
        self
    }

    pub(super) fn max_skip(mut self, len: u32) -> Self {
        self.max_skip = len;
        self
    }

    pub(super) fn limit(&self) -> usize {
        self.limit as usize
    }

    /// A head that begins within the limit may reach beyond it before it can be read and refused.
    pub(super) fn max_len(&self) -> usize {
        self.limit().max(1).saturating_add(MAX_HEAD - 1)
    }

    /// Looks for the end of the item, reading heads with `head`.
    pub(super) fn scan(&mut self, unread: &[u8], seen: usize, head: impl Fn(&[u8], Level) -> Head) -> Found {
        if seen == 0 && !self.refusing {
            self.begin();
        }
        while self.owed > 0 {
            let rest = usize::try_from(self.next).ok().and_then(|next| unread.get(next..));
            let Some(rest @ [_, ..]) = rest else { return self.wait(unread.len(), 1) };
            let (len, holds) = match head(rest, self.top()) {
                Head::Item { len, holds } => (len, holds),
                Head::Partial { len } => return self.wait(unread.len(), len),
                Head::Malformed { expected } => return self.lose(FrameError::Malformed { expected }),
            };
            match self.enter(len, holds) {
                Ok(()) => {}
                Err(error) if self.refusing => return self.lose(error),
                Err(error) => return self.refuse(error, len, holds),
            }
        }
        self.finish(unread.len())
    }

    /// Checks, for a sender, that a payload is what a receiver finds as one packet.
    pub(super) fn check(
        &self,
        payload: &[u8],
        head: impl Fn(&[u8], Level) -> Head,
        expected: &'static str,
    ) -> Result<usize, FrameError> {
        let mut walk = self.clone();
        walk.refusing = false;
        match walk.scan(payload, 0, head) {
            Found::Packet { len, .. } if len == payload.len() => Ok(0),
            Found::Skip { error: Some(error), .. } | Found::Fatal(error) => Err(error),
            _ => Err(FrameError::Malformed { expected }),
        }
    }

    fn begin(&mut self) {
        (self.depth, self.owed, self.next, self.skipped) = (0, 1, 0, 0);
    }

    /// The level that the next head belongs to.
    #[inline]
    fn top(&self) -> Level {
        self.depth.checked_sub(1).map_or(Level::Count(1), |top| self.levels[top])
    }

    /// Takes an item of `len` bytes and what it `holds` in, or leaves everything as it is.
    #[inline]
    fn enter(&mut self, len: u64, holds: Holds) -> Result<(), FrameError> {
        let top = self.top();
        if let (Holds::Nothing, Level::Count(count @ 2..)) = (holds, top) {
            // Nothing opens and nothing closes: the way of almost every item.
            let next = self.next.saturating_add(len);
            self.admit(next.saturating_add(self.owed - 1))?;
            self.replace_top(Level::Count(count - 1));
            (self.owed, self.next) = (self.owed - 1, next);
            return Ok(());
        }
        let (due, after) = match top {
            // Invariant: a level that waits for nothing more is closed at once, so `count` isn't 0.
            Level::Count(count) => (self.owed - 1, Level::Count(count - 1)),
            Level::Pairs { value: true } => (self.owed - 1, Level::Pairs { value: false }),
            Level::Pairs { value: false } => (self.owed + 1, Level::Pairs { value: true }),
            Level::Items | Level::Chunks { .. } => (self.owed, top),
        };
        let (owed, opened) = match holds {
            Holds::Nothing => (due, None),
            Holds::Break => (self.owed - 1, None),
            Holds::Until(level) => (due + 1, Some(level)),
            Holds::Count(0) => (due, None),
            // A count that doesn't fit is over any limit.
            Holds::Count(count) => {
                (due.saturating_add(count), Some(Level::Count(u32::try_from(count).unwrap_or(u32::MAX))))
            }
        };
        let next = self.next.saturating_add(len);
        self.admit(next.saturating_add(owed))?;
        match (holds, opened) {
            (Holds::Break, _) => self.depth -= 1,
            (_, Some(opened)) => self.open(after, opened)?,
            (_, None) => self.replace_top(after),
        }
        while self.depth > 0 && self.top() == Level::Count(0) {
            self.depth -= 1;
        }
        (self.owed, self.next) = (owed, next);
        Ok(())
    }

    /// Opens a level in the topmost one, which is `below` from then on.
    #[inline]
    fn open(&mut self, below: Level, opened: Level) -> Result<(), FrameError> {
        match (below, opened) {
            // While refusing, counted items are counted into the level around them: only breaks need levels.
            (Level::Count(count), Level::Count(more)) if self.refusing => {
                self.replace_top(Level::Count(count + more));
            }
            (Level::Count(0), _) if self.refusing && self.depth > 0 => self.replace_top(opened),
            _ => {
                let room = if self.refusing { LEVELS } else { self.max_depth };
                if self.depth >= room {
                    return Err(FrameError::DepthExceeded { limit: u32::try_from(room).unwrap_or(u32::MAX) });
                }
                self.replace_top(below);
                self.depth += 1;
                self.replace_top(opened);
            }
        }
        Ok(())
    }

    #[inline]
    fn replace_top(&mut self, level: Level) {
        if let Some(top) = self.depth.checked_sub(1) {
            self.levels[top] = level;
        }
    }

    /// Checks that an item may be at least `needed` bytes long.
    #[inline]
    fn admit(&self, needed: u64) -> Result<(), FrameError> {
        let (limit, needed) = match self.refusing {
            true => (self.max_skip, self.skipped.saturating_add(needed)),
            false => (self.limit, needed),
        };
        if needed > u64::from(limit) {
            return Err(FrameError::LimitExceeded { limit: u64::from(limit), needed: Some(needed) });
        }
        Ok(())
    }

    /// Says that a head of at least `len` bytes is needed, or the content before it.
    fn wait(&mut self, had: usize, len: usize) -> Found {
        if self.refusing && self.next > 0 {
            return self.skip(None);
        }
        let need = usize::try_from(self.next.saturating_add(self.owed.max(len as u64)));
        debug_assert!(need.is_ok_and(|need| need > had), "what is here must be walked over");
        Found::More { need: need.unwrap_or(usize::MAX) }
    }

    fn finish(&mut self, had: usize) -> Found {
        if self.refusing {
            return self.skip(None);
        }
        match usize::try_from(self.next) {
            Ok(len) if len <= had => Found::Packet { len, payload: 0..len },
            len => Found::More { need: len.unwrap_or(usize::MAX) },
        }
    }

    /// Throws away what was walked over of an item that is refused.
    fn skip(&mut self, error: Option<FrameError>) -> Found {
        let len = core::mem::take(&mut self.next);
        self.skipped += len;
        self.refusing = self.owed > 0;
        Found::Skip { len, error, more: self.refusing }
    }

    /// Refuses the item at hand because of the item of `len` bytes, and goes on behind that.
    #[cold]
    fn refuse(&mut self, error: FrameError, len: u64, holds: Holds) -> Found {
        self.refusing = true;
        self.flatten();
        match self.enter(len, holds) {
            Ok(()) => self.skip(Some(error)),
            // Its end can't be found, or can't be believed.
            Err(_) => Found::Fatal(error),
        }
    }

    /// Counts items that are counted in a counted level into that one, as [`open`](Self::open) does from now on.
    fn flatten(&mut self) {
        let mut depth: usize = 0;
        for index in 0..self.depth {
            match (depth.checked_sub(1).map(|below| self.levels[below]), self.levels[index]) {
                (Some(Level::Count(count)), Level::Count(more)) => self.levels[depth - 1] = Level::Count(count + more),
                (Some(Level::Count(0)), level) => self.levels[depth - 1] = level,
                (_, level) => {
                    self.levels[depth] = level;
                    depth += 1;
                }
            }
        }
        self.depth = depth;
    }

    /// Gives the stream up; what was walked over before is thrown away first, so that all of it has come to one
    /// position at every cut.
    #[cold]
    fn lose(&mut self, error: FrameError) -> Found {
        if self.refusing && self.next > 0 {
            return self.skip(None);
        }
        Found::Fatal(error)
    }
}
