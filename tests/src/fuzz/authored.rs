//! Async fns and incrementals say what the rule says, and are given each byte once, whatever they do with it.

use wharf::End;
use wharf::authored::At;

use super::Input;
use crate::chunking::cut;
use crate::scripts::{LEN, Script, run};
use crate::ways;

/// Reads lines in every way, or runs scripts that the input holds.
pub fn authored(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    if input.bool() {
        let (stream, lens) = input.stream();
        ways::check(stream, &cut(stream, &lens));
        return;
    }
    let scripts: Vec<_> = (0..=input.below(3)).map(|_| script(&mut input)).collect();
    let slack = input.below(2);
    let len = input.below(16);
    let pieces = input.take(len);
    let stream = input.rest();
    assert_eq!(run(&scripts, stream, pieces, slack), (stream.to_vec(), End::Clean), "{scripts:?}");
}

fn script(input: &mut Input<'_>) -> Script {
    let [prepares, scribbles, own] = [input.bool(), input.bool(), input.below(4) == 0];
    let writes = (0..=input.below(3)).map(|_| match input.below(4) {
        0 => At::Start,
        1 | 2 => At::Offset(input.below(LEN)),
        _ => At::FromEnd(1 + input.below(LEN)),
    });
    Script { prepares, scribbles, writes: writes.collect(), leaves: input.below(20), own }
}
