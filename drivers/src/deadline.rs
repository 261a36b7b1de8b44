//! How long one packet may take: core has no clock, so the drivers keep it.

use std::time::{Duration, Instant};

use wharf::storage::Storage;
use wharf::{Deserializer, Receiver};

use crate::RecvError;

/// The time that a packet is given, from its first byte to its last.
///
/// A stream that stands between two packets may be quiet for ever. A refused packet that is still being skipped
/// counts as one, and shares its time with what follows it in the same receive.
#[derive(Debug, Default)]
pub(crate) struct Deadline {
    allowed: Option<Duration>,
    due: Option<Instant>,
}

impl Deadline {
    pub(crate) fn set(&mut self, allowed: Option<Duration>) {
        *self = Self { allowed, due: None };
    }

    /// When the packet under way must be whole; to be asked where one is about to wait for more of it.
    pub(crate) fn due<D: Deserializer, B: Storage>(&mut self, receiver: &Receiver<D, B>) -> Option<Instant> {
        let allowed = self.allowed?;
        if receiver.is_between_packets() {
            self.due = None;
            return None;
        }
        Some(*self.due.get_or_insert_with(|| Instant::now() + allowed))
    }

    /// Whether the packet that was waited for last is overdue.
    #[cfg(feature = "async-io")]
    pub(crate) fn is_over(&self) -> bool {
        self.due.is_some_and(|due| due <= Instant::now())
    }

    /// A packet is whole, or has been refused: the next one has its own time.
    pub(crate) fn met(&mut self) {
        self.due = None;
    }

    /// Refuses to wait longer for a packet that is overdue; says when it is due.
    pub(crate) fn check<D: Deserializer, B: Storage>(
        &mut self,
        receiver: &Receiver<D, B>,
    ) -> Result<Option<Instant>, RecvError<D::Error>> {
        let due = self.due(receiver);
        if due.is_some_and(|due| due <= Instant::now()) {
            // Who receives again gives the packet the same time once more.
            self.due = None;
            let allowed = self.allowed.unwrap_or_default();
            return Err(RecvError::Deadline { allowed, position: receiver.position() });
        }
        Ok(due)
    }
}
