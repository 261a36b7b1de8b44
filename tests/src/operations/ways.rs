//! What only some storage can do.

use core::ops::Range;

use wharf::storage::Storage;

use super::Under;

/// What only some storage can do.
pub(super) struct Ways<B> {
    /// Takes the packet that is ready.
    pub(super) take: fn(&mut Under<B>) -> Vec<u8>,
    /// Lends the buffer out and receives into it there; says how many bytes.
    pub(super) lend: fn(&mut Under<B>, bytes: &[u8], longer: usize) -> usize,
    /// Puts the buffer away while what it is given is needed of it.
    pub(super) stow: fn(&mut B, Range<usize>),
}

impl<B: Storage> Ways<B> {
    pub(super) fn plain() -> Self {
        Self {
            take: |receiver| receiver.packet().expect("any bytes will do").to_vec(),
            lend: |_, _, _| 0,
            stow: B::rest,
        }
    }
}

/// Another buffer comes back than was lent, as far as that may be.
pub(super) fn lend_vec(receiver: &mut Under<Vec<u8>>, bytes: &[u8], longer: usize) -> usize {
    let lent = receiver.lend().expect("a Vec is never at rest");
    let mut buffer = vec![0xDD; lent.buffer.len() + longer];
    if !receiver.retained().is_empty() {
        buffer[..lent.buffer.len()].copy_from_slice(&lent.buffer);
    }
    let window = &mut buffer[lent.at];
    let count = window.len().min(bytes.len());
    window[..count].copy_from_slice(&bytes[..count]);
    receiver.restore(buffer);
    if count > 0 {
        receiver.received(count);
    }
    count
}
