//! The send queue sends the same bytes, whatever each write takes.

use wharf::send::{Framer, Sender};
use wharf::{LengthPrefixed, Width};

use super::Input;

/// Runs the operations that the input names.
pub fn send(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let mut sender = Sender::new(Framer::new(LengthPrefixed::new(Width::U8, 255)), 300);
    let (mut expected, mut written) = (Vec::new(), Vec::<u8>::new());
    while !input.is_empty() {
        match input.below(5) {
            operation @ 0..=1 => {
                let len = input.below(256);
                let payload = input.take(len);
                let queued = if operation == 0 {
                    sender.enqueue(payload).is_ok()
                } else {
                    sender.enqueue_bytes(payload.to_vec().into()).is_ok()
                };
                assert_eq!(
                    queued,
                    expected.len() - written.len() < 300,
                    "a queue refuses when it is full, and only then"
                );
                if queued {
                    expected.push(u8::try_from(payload.len()).expect("at most 255"));
                    expected.extend_from_slice(payload);
                }
            }
            2 | 3 => {
                let count = input.below(sender.len() + 1);
                written.extend(sender.chunks().flatten().take(count));
                sender.sent(count);
            }
            _ => sender.rest(),
        }
        assert_eq!(sender.len(), expected.len() - written.len());
        assert!(sender.chunks().all(|chunk| !chunk.is_empty()));
    }
    written.extend(sender.chunks().flatten());
    assert!(written == expected, "sent other bytes than were queued");
}
