//! A receiver of which anything is asked at any time, held against what its rules say of the stream.
//!
//! ```text
//! Plan { rules, stream, acts } ──► Run ── each act ──► Receiver ── what it says ──► the rules' oracles
//! ```

mod run;
mod ways;

use bytes::BytesMut;
use wharf::storage::{Lease, Pool};
use wharf::{Deserializer, Framed, Framing, Receiver};

use self::run::Run;
use self::ways::{Ways, lend_vec};
use crate::rule::Rule;

type Under<B> = Receiver<Framed<Box<dyn Framing>>, B>;

/// What a receiver is given, and what is asked of it.
#[derive(Debug, Clone)]
pub struct Plan<'p> {
    /// The rule that it begins with, and those that it may be switched to.
    pub rules: &'p [Rule],
    /// Whether it receives no byte beyond a packet.
    pub exact: bool,
    /// What payloads begin at a multiple of: a power of two.
    pub align: usize,
    /// Least length of its windows.
    pub min_receive: usize,
    /// What there is to receive.
    pub stream: &'p [u8],
    /// What is asked, a byte each; what is left of the stream is received behind it.
    pub acts: &'p [u8],
}

/// Where the bytes are kept.
#[derive(Debug, Clone, Copy)]
#[expect(missing_docs, reason = "named as the types are")]
pub enum Kind {
    Vec,
    Box,
    Slice,
    BytesMut,
    Lease,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Vec, Self::Box, Self::Slice, Self::BytesMut, Self::Lease];
}

impl Plan<'_> {
    /// Carries the plan out.
    ///
    /// # Panics
    ///
    /// If the receiver says anything but what its rules say, or a byte is unaccounted for.
    pub fn run(&self, kind: Kind) {
        let len = self.rules.iter().map(|rule| self.framed(rule).buffer_len(0)).max().expect("there is a rule");
        let plain = vec![0xEE; len];
        match kind {
            Kind::Vec => Run::new(self, plain, Ways { lend: lend_vec, ..Ways::plain() }, None).all(),
            Kind::Box => Run::new(self, plain.into_boxed_slice(), Ways::plain(), None).all(),
            Kind::Slice => Run::new(self, &mut { plain }[..], Ways::plain(), None).all(),
            Kind::BytesMut => {
                let ways = Ways { take: |receiver| receiver.packet_bytes().to_vec(), ..Ways::plain() };
                Run::new(self, BytesMut::from(&plain[..]), ways, None).all();
            }
            Kind::Lease => {
                let pool = Pool::new(len, 1);
                let ways = Ways { stow: Lease::park, ..Ways::plain() };
                Run::new(self, pool.lease(), ways, Some(pool.lease())).all();
                assert_eq!(pool.in_use(), 0, "a buffer of the pool is kept for ever");
            }
        }
    }

    fn framed(&self, rule: &Rule) -> Framed<Box<dyn Framing>> {
        let framed = Framed::new(rule.framing()).min_receive(self.min_receive);
        let framed = framed.aligned(self.align).expect("a power of two");
        if self.exact { framed.exact() } else { framed }
    }
}
