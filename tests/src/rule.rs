//! A framing and its oracle, with the same options.
#![allow(missing_docs, reason = "options are named as in the framings")]

use wharf::{Delimited, End, Fixed, Framing, LengthPrefixed, Lines};

use crate::chunking::{Said, Transcript};
use crate::naive::{self, Expected, LengthRule, LineRule};

/// A framing with its options.
#[derive(Debug, Clone)]
pub enum Rule {
    /// Lines.
    Lines(LineRule),
    /// Delimited packets.
    Delimited { delimiter: Vec<u8>, limit: usize },
    /// Packets of one length.
    Fixed { len: usize },
    /// Length-prefixed packets.
    LengthPrefixed(LengthRule),
}

impl Rule {
    /// The framing.
    pub fn framing(&self) -> Box<dyn Framing> {
        match self {
            Self::Lines(rule) => {
                let lines = Lines::new(rule.limit).ending(rule.ending).final_line(rule.final_line);
                Box::new(if rule.keep_ending { lines.keep_ending() } else { lines })
            }
            Self::Delimited { delimiter, limit } => {
                Box::new(Delimited::new(delimiter, *limit).expect("not empty").into_owned())
            }
            Self::Fixed { len } => Box::new(Fixed::new(*len).expect("not 0")),
            Self::LengthPrefixed(rule) => {
                let prefixed = LengthPrefixed::new(rule.width, rule.limit).endian(rule.endian);
                let prefixed = prefixed.before(rule.before).after(rule.after).adjust(rule.adjust);
                let prefixed = prefixed.max_skip(rule.max_skip);
                Box::new(if rule.counts_head { prefixed.counts_head() } else { prefixed })
            }
        }
    }

    /// What the oracle says.
    pub fn expected(&self, stream: &[u8]) -> Vec<Expected> {
        match self {
            Self::Lines(rule) => naive::lines(stream, *rule),
            Self::Delimited { delimiter, limit } => naive::delimited(stream, delimiter, *limit),
            Self::Fixed { len } => naive::fixed(stream, *len),
            Self::LengthPrefixed(rule) => naive::length_prefixed(stream, *rule),
        }
    }
}

/// What was said, as the oracle says it.
pub fn told(transcript: &Transcript<Vec<u8>>) -> Vec<Expected> {
    let position = |error: &str| {
        let digits = error.rsplit("position: ").next().expect("it has a position");
        digits.trim_end_matches(" }").parse().expect("a number")
    };
    let tell = |said: &Said<Vec<u8>>| match said {
        Said::Packet(packet) => Expected::Packet(packet.clone()),
        Said::Reject(error) => {
            assert!(error.contains("LimitExceeded"), "{error}");
            Expected::Limit(position(error))
        }
        Said::Fatal(error) => Expected::Fatal(position(error)),
        Said::End(End::Clean) => Expected::Clean,
        Said::End(End::Truncated { had, .. }) => Expected::Truncated(*had),
        Said::End(End::Fused) => panic!("the end is said before it is fused"),
    };
    transcript.said.iter().map(tell).collect()
}
