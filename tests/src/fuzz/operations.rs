//! Whatever is asked of a receiver, and whenever, it says of the stream what its rules say.

use super::Input;
use super::framings::rule;
use crate::operations::{Kind, Plan};

/// Asks of a receiver what the input names.
pub fn operations(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let kind = input.choose(&Kind::ALL);
    let rules: Vec<_> = (0..=input.below(3)).map(|_| rule(&mut input)).collect();
    let exact = input.below(4) == 0;
    let align = input.choose(&[1, 1, 2, 8]);
    let min_receive = input.choose(&[1, 8, 1024]);
    let count = input.below(200);
    let acts = input.take(count);
    Plan { rules: &rules, exact, align, min_receive, stream: input.rest(), acts }.run(kind);
}
