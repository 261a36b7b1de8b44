//! All modes agree on every input, valid or not, and none panics.
#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::std_instead_of_core, reason = "a test")]

use quickcheck::{Arbitrary as _, Gen};
use wharf::flat::to_vec;
use wharf_tests::flat::agree;
use wharf_tests::flat::schema::Monster;

fn corpus(seed: u64) -> Vec<Vec<u8>> {
    let mut g = Gen::from_size_and_seed(6, seed);
    let mut values = vec![Monster::plain("x"), Monster::full()];
    values.extend((0..6).map(|_| Monster::arbitrary(&mut g)));
    values.iter().map(|value| to_vec(value).unwrap()).collect()
}

/// A monster that has everything, but few ranks.
fn small() -> Vec<u8> {
    let mut monster = Monster::full();
    if let Some(ranks) = &mut monster.ranks {
        ranks.truncate(3);
    }
    to_vec(&monster).unwrap()
}

/// A small generator of numbers: xorshift64.
struct Random(u64);

impl Random {
    fn next(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 20) % below as u64) as usize
    }
}

fn corrupt(rounds: usize) {
    let mut corpus = corpus(0);
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..rounds {
        if round % 1000 == 999 {
            corpus = self::corpus(round as u64);
        }
        let mut bytes = corpus[random.next(corpus.len())].clone();
        for _ in 0..=random.next(4) {
            let at = random.next(bytes.len());
            bytes[at] = match random.next(6) {
                0 => 0,
                1 => 0xff,
                2 => bytes[at].wrapping_add(1),
                3 => bytes[at].wrapping_sub(4),
                4 => bytes[at] ^ (1 << random.next(8)),
                _ => u8::try_from(random.next(256)).unwrap(),
            };
        }
        if random.next(8) == 0 {
            bytes.truncate(random.next(bytes.len()));
        }
        agree(&bytes);
    }
}

#[test]
fn modes_agree_on_every_truncation() {
    let bytes = small();
    for len in 0..=bytes.len() {
        agree(&bytes[..len]);
    }
}

#[test]
fn modes_agree_on_every_flipped_byte() {
    let bytes = small();
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] ^= flip;
            agree(&bytes);
        }
    }
}

#[test]
fn modes_agree_on_random_corruptions() {
    corrupt(3_000);
}

/// `cargo test --release -p wharf-tests --test flat-corrupt -- --ignored`; a debug build takes some minutes.
#[test]
#[ignore = "a million inputs"]
fn modes_agree_on_a_million_corruptions() {
    corrupt(std::env::var("ROUNDS").map_or(1_000_000, |rounds| rounds.parse().unwrap()));
}
