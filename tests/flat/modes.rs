//! Each mode reads what was written, and keeps its promise.
#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::std_instead_of_core, reason = "a test")]

use quickcheck::Gen;
use wharf::flat::{
    Greedy, GreedyMutable, Lazy, Limits, Mode, Progressive, PropertyCache, VectorCache, Verified, parse_into, read,
    read_borrowed, to_vec, verify,
};
use wharf_tests::flat::schema::{Monster, MonsterView};
use wharf_tests::flat::walk::walk;

#[track_caller]
fn check<M: Mode>(bytes: &[u8], expected: &Monster) {
    let packet = read::<Monster, M>(bytes).unwrap();
    let seen = M::with(&packet, |monster: &MonsterView<'_, M>| walk(monster)).unwrap();
    assert_eq!(seen, *expected);
    // Once more from what is remembered.
    let seen = M::with(&packet, |monster: &MonsterView<'_, M>| walk(monster)).unwrap();
    assert_eq!(seen, *expected);
    assert_eq!(M::with(&packet, |monster: &MonsterView<'_, M>| monster.to_owned()).unwrap(), *expected);
}

fn check_all(monster: &Monster) {
    let bytes = to_vec(monster).unwrap();
    verify::<Monster>(&bytes).unwrap();
    wharf::flat::verify_with::<Monster>(&bytes, wharf::flat::Frame::Plain, &Limits::strict()).unwrap();
    check::<Lazy>(&bytes, monster);
    check::<PropertyCache>(&bytes, monster);
    check::<VectorCache>(&bytes, monster);
    check::<Progressive>(&bytes, monster);
    check::<Greedy>(&bytes, monster);
    check::<GreedyMutable>(&bytes, monster);
    check::<Verified<Lazy>>(&bytes, monster);
    check::<Verified<PropertyCache>>(&bytes, monster);
    check::<Verified<VectorCache>>(&bytes, monster);
    check::<Verified<Progressive>>(&bytes, monster);
    assert_eq!(read_borrowed::<Monster>(&bytes).unwrap().name, monster.name);
    let mut reused = Monster::full();
    parse_into(&mut reused, &bytes).unwrap();
    assert_eq!(reused, *monster);
}

#[test]
fn every_mode_reads_what_was_written() {
    check_all(&Monster::plain("nobody"));
    check_all(&Monster::full());
}

#[test]
fn every_mode_reads_any_value() {
    for seed in 0..200 {
        check_all(&<Monster as quickcheck::Arbitrary>::arbitrary(&mut Gen::from_size_and_seed(12, seed)));
    }
}
