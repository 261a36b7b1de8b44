//! A fuzzer's bytes, read as choices.

/// The bytes; when they are used up, every choice is the first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Input<'i> {
    bytes: &'i [u8],
}

impl<'i> Input<'i> {
    pub(super) fn new(bytes: &'i [u8]) -> Self {
        Self { bytes }
    }

    pub(super) fn byte(&mut self) -> u8 {
        let Some((&byte, rest)) = self.bytes.split_first() else { return 0 };
        self.bytes = rest;
        byte
    }

    /// A number below `end`.
    pub(super) fn below(&mut self, end: usize) -> usize {
        usize::from(self.byte()) % end
    }

    pub(super) fn bool(&mut self) -> bool {
        self.byte() & 1 == 1
    }

    pub(super) fn choose<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// The next `len` bytes, or as many as there are.
    pub(super) fn take(&mut self, len: usize) -> &'i [u8] {
        let (taken, rest) = self.bytes.split_at(len.min(self.bytes.len()));
        self.bytes = rest;
        taken
    }

    /// All that is left.
    pub(super) fn rest(self) -> &'i [u8] {
        self.bytes
    }

    pub(super) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The rest as a stream, and a way to cut it.
    pub(super) fn stream(mut self) -> (&'i [u8], Vec<usize>) {
        let pieces = self.below(8);
        let lens = (0..pieces).map(|_| self.below(40)).collect();
        (self.rest(), lens)
    }
}
