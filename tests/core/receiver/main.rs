//! The receiver: its two forms, the storage that it is given, and what its engine does when asked.

mod engine;
mod forms;
mod storage;

use wharf::storage::Storage;
use wharf::{Deserializer, Framed, Framing, Lines, Ready, Receiver};

pub(crate) type LineReceiver<B> = Receiver<Framed<Lines>, B>;

pub(crate) fn lines(limit: usize) -> LineReceiver<Vec<u8>> {
    let buffer = vec![0; limit + 20];
    Receiver::new(Framed::new(Lines::new(limit)), buffer).expect("long enough")
}

/// Receives `bytes`, all of which must find room at once.
#[track_caller]
pub(crate) fn feed<D: Deserializer, B: Storage>(receiver: &mut Receiver<D, B>, bytes: &[u8]) {
    assert!(matches!(receiver.ready(), Ready::Receive));
    assert_eq!(receiver.feed(bytes), Ok(bytes.len()));
}

/// The packet that must be ready.
#[track_caller]
pub(crate) fn packet<F: Framing, B: Storage>(receiver: &mut Receiver<Framed<F>, B>) -> Vec<u8> {
    assert!(matches!(receiver.ready(), Ready::Packet));
    receiver.packet().expect("any bytes will do").to_vec()
}
