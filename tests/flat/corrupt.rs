//! All modes agree on every input, valid or not, and none panics.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    clippy::std_instead_of_core,
    unnameable_types,
    unreachable_pub,
    reason = "a test"
)]

mod schema;
mod walk;

use quickcheck::{Arbitrary as _, Gen};
use schema::{Monster, MonsterView};
use walk::walk;
use wharf::flat::{
    Error, Greedy, GreedyMutable, Lazy, Mode, Progressive, PropertyCache, VectorCache, Verified, WriteError, edit,
    read, read_borrowed, to_vec, verify,
};

/// What a mode makes of the bytes: all fields, or the first error.
fn outcome<M: Mode>(bytes: &[u8]) -> Result<Monster, Error> {
    let packet = read::<Monster, M>(bytes)?;
    M::with(&packet, |monster: &MonsterView<'_, M>| walk(monster))
}

/// Equal, a NaN being equal to itself.
fn equal(a: &Result<Monster, Error>, b: &Result<Monster, Error>) -> bool {
    a == b || format!("{a:?}") == format!("{b:?}")
}

#[track_caller]
fn same(a: &Result<Monster, Error>, b: &Result<Monster, Error>) {
    if equal(a, b) {
        return;
    }
    let (a, b) = (format!("{a:?}"), format!("{b:?}"));
    let at = a.bytes().zip(b.bytes()).position(|(a, b)| a != b).unwrap_or_default().saturating_sub(60);
    panic!("{:.200}\nis not\n{:.200}", &a[at..], &b[at..]);
}

/// What may end a greedy read or a verification where a lazy one goes on.
fn is_limit(error: Error) -> bool {
    matches!(error, Error::Depth | Error::Work)
}

#[track_caller]
fn check(bytes: &[u8]) {
    let lazy = outcome::<Lazy>(bytes);
    same(&outcome::<PropertyCache>(bytes), &lazy);
    same(&outcome::<VectorCache>(bytes), &lazy);
    same(&outcome::<Progressive>(bytes), &lazy);

    let greedy = outcome::<Greedy>(bytes);
    assert!(equal(&outcome::<GreedyMutable>(bytes), &greedy));
    match (&greedy, &lazy) {
        (Ok(_), _) => assert!(equal(&greedy, &lazy)),
        (Err(error), Ok(_)) => assert!(is_limit(*error), "{error}"),
        (Err(_), Err(_)) => {}
    }
    assert_eq!(read_borrowed::<Monster>(bytes).is_ok(), greedy.is_ok());

    match verify::<Monster>(bytes) {
        Ok(()) => {
            assert!(lazy.is_ok(), "verified, but {lazy:?}");
            assert!(equal(&outcome::<Verified<Lazy>>(bytes), &lazy));
            assert!(equal(&outcome::<Verified<PropertyCache>>(bytes), &lazy));
            assert!(equal(&outcome::<Verified<VectorCache>>(bytes), &lazy));
            assert!(equal(&outcome::<Verified<Progressive>>(bytes), &lazy));
        }
        Err(fault) => assert_eq!(outcome::<Verified<Lazy>>(bytes), Err(fault.error)),
    }

    if let Ok(monster) = &greedy {
        match to_vec(monster) {
            Ok(again) => assert!(equal(&outcome::<Greedy>(&again), &greedy) || unsorted(monster)),
            Err(error) => assert!(matches!(error, WriteError::UnknownTag(_)), "{error}"),
        }
    }
    let _: Result<(), Error> = overwrite(&mut bytes.to_vec());
}

/// The writer sorts what the schema calls sorted.
fn unsorted(monster: &Monster) -> bool {
    let weapons = monster.weapons.as_deref().unwrap_or_default();
    !weapons.is_sorted_by(|a, b| a.name.as_bytes() <= b.name.as_bytes())
        || monster.child.as_deref().is_some_and(unsorted)
}

/// Changes what there is to change, and sees that no byte came or went.
fn overwrite(bytes: &mut [u8]) -> Result<(), Error> {
    let mut monster = edit::<Monster>(bytes)?;
    if let Ok(mut hp) = monster.hp_mut() {
        hp.set(1);
    }
    if let Ok(mut stats) = monster.stats_mut() {
        stats.update(|stats| stats.grid[2] = 9);
    }
    if let Ok(mut path) = monster.path_mut() {
        for index in 0..path.len() {
            path.get_mut(index).unwrap()?.update(|point| point.z = -1.0);
        }
    }
    if let Ok(mut weapons) = monster.weapons_mut() {
        for index in 0..weapons.len() {
            if let Ok(mut damage) = weapons.get_mut(index).unwrap()?.damage_mut() {
                damage.set(-9);
            }
        }
    }
    if let Ok(mut bag) = monster.bag_mut() {
        for index in 0..bag.len() {
            let _: schema::EquipmentMut<'_> = bag.get_mut(index).unwrap()?;
        }
    }
    drop(walk(&monster.view()?));
    Ok(())
}

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
        usize::try_from(self.0 >> 20).unwrap() % below
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
        check(&bytes);
    }
}

#[test]
fn modes_agree_on_every_truncation() {
    let bytes = small();
    for len in 0..=bytes.len() {
        check(&bytes[..len]);
    }
}

#[test]
fn modes_agree_on_every_flipped_byte() {
    let bytes = small();
    for at in 0..bytes.len() {
        for flip in [0x01, 0x80, 0xff] {
            let mut bytes = bytes.clone();
            bytes[at] ^= flip;
            check(&bytes);
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
