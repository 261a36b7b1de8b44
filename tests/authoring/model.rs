//! Whatever a run does with its buffer, it is given the stream's bytes, each once and in order.

use quickcheck::QuickCheck;
use wharf::End;
use wharf_tests::scripts::{Script, run};

#[test]
fn every_byte_is_given_once_and_in_order() {
    fn claim(scripts: Vec<Script>, stream: Vec<u8>, pieces: Vec<u8>, slack: usize) -> bool {
        if scripts.is_empty() {
            return true;
        }
        let (packets, end) = run(&scripts, &stream, &pieces, slack % 2);
        packets == stream && end == End::Clean
    }
    QuickCheck::new().tests(3000).quickcheck(claim as fn(Vec<Script>, Vec<u8>, Vec<u8>, usize) -> bool);
}
