//! Every framing says what its oracle says, at any cut and limit, in the smallest buffer.

use wharf::{Deserializer, Endian, Ending, FinalLine, Framed, Width};

use super::Input;
use crate::chunking::{Subject, cut};
use crate::naive::{LengthRule, LineRule};
use crate::rule::{Rule, told};

/// A rule that the input chooses.
pub(super) fn rule(input: &mut Input<'_>) -> Rule {
    let limit = input.below(40);
    match input.below(5) {
        0 => Rule::Lines(LineRule {
            limit,
            ending: input.choose(&[Ending::Lf, Ending::CrLf, Ending::Any]),
            final_line: input.choose(&[FinalLine::Packet, FinalLine::Truncated]),
            keep_ending: input.bool(),
        }),
        1 => {
            let len = 1 + input.below(5);
            let delimiter = input.take(len).to_vec();
            Rule::Delimited { delimiter: if delimiter.is_empty() { vec![0] } else { delimiter }, limit }
        }
        2 => Rule::Fixed { len: limit + 1 },
        _ => Rule::LengthPrefixed(LengthRule {
            width: input.choose(&[Width::U8, Width::U16, Width::U24, Width::U32, Width::U64, Width::Varint]),
            endian: input.choose(&[Endian::Big, Endian::Little]),
            before: input.below(4),
            after: input.below(4),
            counts_head: input.bool(),
            adjust: i64::from(i8::from_le_bytes([input.byte()])),
            limit,
            max_skip: input.choose(&[64, 1 << 30, u64::MAX >> 1]),
        }),
    }
}

/// Runs a framing that the input chooses over a stream that it holds.
pub fn framings(bytes: &[u8]) {
    let mut input = Input::new(bytes);
    let rule = rule(&mut input);
    let (stream, lens) = input.stream();
    let subject = Subject { make: || Framed::new(rule.framing()), own: |packet: &[u8]| packet.to_vec() };
    let least = (subject.make)().buffer_len(0);
    let whole = subject.run(least + stream.len(), [stream], true);
    assert_eq!(told(&whole), rule.expected(stream), "{rule:?}");
    assert_eq!(subject.run(least, cut(stream, &lens), true), whole, "{rule:?} cut {lens:?}");
    assert_eq!(subject.run(least, stream.chunks(1), true), whole, "{rule:?} byte by byte");
    let exact = Subject { make: || Framed::new(rule.framing()).exact(), own: subject.own };
    assert_eq!(exact.run(least, [stream], true), whole, "{rule:?} exactly");
}
