//! FlatBuffers of any bytes: all that reads, verifies, writes and edits them agrees, at any cut of their stream.

use wharf::flat::{GreedyMutable, Lazy, Mode, Progressive, flat_packets, flat_sender};
use wharf::send::Sender;

use super::Input;
use crate::chunking::{Subject, Transcript, cut};
use crate::flat::schema::{Monster, MonsterView};
use crate::flat::walk::walk;
use crate::flat::{agree, sort};

/// Most bytes of a frame without its size.
const LIMIT: usize = 4096;

/// Reads packets of the bytes alone, or a stream of them with their sizes.
pub fn flat(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if input.bool() { streamed(input) } else { agree(input.rest()) }
}

/// Monsters, or why one was not read, as text: a NaN is then like itself.
fn received<M: Mode>(len: usize, pieces: &[&[u8]]) -> Transcript<String> {
    let make = flat_packets::<Monster, M>;
    let own =
        |packet: M::Packet<'_, Monster>| format!("{:?}", M::with(&packet, |view: &MonsterView<'_, M>| walk(view)));
    Subject { make: || make(LIMIT), own }.run(len, pieces.iter().copied(), true)
}

fn streamed(input: Input<'_>) {
    let (stream, lens) = input.stream();
    let (least, ample) = (LIMIT + 4, LIMIT + 4 + stream.len());
    let whole = received::<Lazy>(ample, &[stream]);
    assert_eq!(received::<Lazy>(least, &cut(stream, &lens)), whole, "cut {lens:?}");
    assert_eq!(received::<Progressive>(least, &cut(stream, &lens)), whole, "another mode");
    // What comes as a value goes out as one that comes back the same.
    let mut sender = Sender::new(flat_sender::<Monster>(LIMIT), 1 << 20);
    let make = || flat_packets::<Monster, GreedyMutable>(LIMIT);
    for monster in (Subject { make, own: |monster| monster }).run(ample, [stream], true).packets() {
        // One with an unknown union, or one that grows beyond the limit, is refused.
        if sender.enqueue(monster).is_ok() {
            let sent = sender.chunks().collect::<Vec<_>>().concat();
            let again = (Subject { make, own: |monster| monster }).run(ample, [&sent[..]], true);
            let mut expected = monster.clone();
            sort(&mut expected);
            assert_eq!(
                again.packets().map(|again| format!("{again:?}")).collect::<Vec<_>>(),
                [format!("{expected:?}")]
            );
            sender.sent(sent.len());
        }
    }
}
