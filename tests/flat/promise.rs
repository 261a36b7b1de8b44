//! What each mode promises: heap, freedom from the bytes, limits on hostile bytes.
#![allow(clippy::unwrap_used, clippy::print_stderr, clippy::std_instead_of_core, reason = "a test")]

use std::time::{Duration, Instant};
use wharf::flat::{
    Error, Frame, Greedy, GreedyMutable, Lazy, Limits, Mode as _, Nested, Packet, Progressive, Table, Verified,
    WriteError, Writer, edit, edit_with, parse_into, read, read_prefixed, to_vec, verify, verify_with,
};
use wharf_tests::flat::schema::{Board, Color, Equipment, Monster, MonsterView, Pin, Rank, Weapon};
use wharf_tests::work::{CountingAllocator, heap};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

fn allocations<T>(run: impl FnOnce() -> T) -> (T, u64) {
    let (used, value) = heap(run);
    (value, used.allocations)
}

/// Touches a string, a vector of tables, a vector of unions, a child and a nested buffer.
fn touch<M: wharf::flat::Mode>(monster: &MonsterView<'_, M>) -> Result<usize, Error> {
    use wharf::flat::Outcome as _;
    let mut sum = monster.name().checked()?.len();
    if let Some(ranks) = monster.ranks().checked()? {
        for rank in &*ranks {
            let rank = rank.checked()?;
            sum += rank.title().checked()?.map_or(0, str::len);
        }
    }
    if let Some(bag) = monster.bag().checked()? {
        for item in &*bag {
            let _: M::Elem<'_, _> = item.checked()?;
            sum += 1;
        }
    }
    if let Some(child) = monster.child().checked()? {
        sum += touch::<M>(&child)?;
    }
    if let Some(letter) = monster.letter().checked()? {
        sum += letter.read::<Lazy>()?.title()?.map_or(0, str::len);
    }
    Ok(sum)
}

#[test]
fn lazy_takes_no_heap() {
    let bytes = to_vec(&Monster::full()).unwrap();
    let (sum, heap) = allocations(|| touch(&read::<Monster, Lazy>(&bytes).unwrap()).unwrap());
    assert!(sum > 100, "{sum}");
    assert_eq!(heap, 0);
    let (again, heap) = allocations(|| touch(&read::<Monster, Verified<Lazy>>(&bytes).unwrap()).unwrap());
    assert_eq!((again, heap), (sum, 0));
}

#[test]
fn progressive_takes_a_block_for_a_vector_and_one_for_each_page() {
    let bytes = to_vec(&Monster::full()).unwrap();
    let monster = read::<Monster, Progressive>(&bytes).unwrap();
    let ranks = monster.ranks().unwrap().unwrap();
    assert_eq!(ranks.len(), 70);
    let (_, heap) = allocations(|| ranks.get(0).unwrap().unwrap());
    assert_eq!(heap, 1);
    let (_, heap) = allocations(|| ranks.get(31).unwrap().unwrap());
    assert_eq!(heap, 0);
    let (_, heap) = allocations(|| ranks.get(69).unwrap().unwrap());
    assert_eq!(heap, 1);
}

#[test]
fn a_warm_writer_and_parse_into_take_no_heap() {
    let ranks = Monster { ranks: Monster::full().ranks, ..Monster::plain("rank and file") };
    let mut writer = Writer::new();
    let mut buffer = vec![0; writer.max_size(&ranks)];
    let len = writer.write(&ranks, &mut buffer).unwrap();
    let mut value: Monster = read::<_, GreedyMutable>(&buffer[..len]).unwrap();
    let (_, heap) = allocations(|| parse_into(&mut value, &buffer[..len]).unwrap());
    assert_eq!(heap, 0);
    assert_eq!(value, ranks);
    let (_, heap) = allocations(|| writer.write(&ranks, &mut buffer).unwrap());
    assert_eq!(heap, 0);
}

#[test]
fn greedy_is_free_of_its_bytes() {
    let mut bytes = to_vec(&Monster::full()).unwrap();
    let frozen = read::<Monster, Greedy>(&bytes).unwrap();
    let owned = read::<Monster, GreedyMutable>(&bytes).unwrap();
    bytes.fill(0xa5);
    assert_eq!(*frozen, Monster::full());
    assert_eq!(owned, Monster::full());
    let mut thawed = frozen.into_mut();
    thawed.hp = 1;
    assert_eq!(thawed.hp, 1);
}

#[test]
fn finds_by_key_on_the_raw_bytes() {
    let bytes = to_vec(&Monster::full()).unwrap();
    let monster = read::<Monster, Lazy>(&bytes).unwrap();
    let (found, heap) = allocations(|| {
        let weapons = monster.weapons().unwrap().unwrap();
        let bow = weapons.find("bow").unwrap().map(|bow| bow.damage().unwrap());
        (bow, weapons.find("bowl").unwrap().is_none(), weapons.find("").unwrap().is_none())
    });
    assert_eq!((found, heap), ((Some(-3), true, true), 0));
    let ranks = monster.ranks().unwrap().unwrap();
    for level in 0..140 {
        let found = ranks.find(&level).unwrap();
        assert_eq!(found.map(|rank| rank.level().unwrap()), (level % 2 == 0).then_some(level));
    }
    let greedy = read::<Monster, Verified<Progressive>>(&bytes).unwrap();
    assert_eq!(greedy.weapons().unwrap().find("axe").unwrap().name(), "axe");
}

#[test]
fn sorts_and_finds_structs_by_key() {
    let pin = |at: i32| Pin { kind: at.to_le_bytes()[0], at };
    let bytes = to_vec(&Board { pins: [7, -3, 0, 900, -2_000_000_000, 42].map(pin).to_vec() }).unwrap();
    let sorted = Board { pins: [-2_000_000_000, -3, 0, 7, 42, 900].map(pin).to_vec() };
    assert_eq!(read::<Board, GreedyMutable>(&bytes).unwrap(), sorted);
    let board = read::<Board, Lazy>(&bytes).unwrap();
    let owned = read::<Board, Greedy>(&bytes).unwrap();
    for at in -10..50 {
        let expected = sorted.pins.iter().copied().find(|pin| pin.at == at);
        let (found, heap) = allocations(|| board.pins().unwrap().find(&at).unwrap());
        assert_eq!((found, heap), (expected, 0), "{at}");
        assert_eq!(Greedy::with(&owned, |board| board.pins().find(&at)), expected, "{at}");
    }
}

#[test]
fn writes_sorted_vectors_sorted_and_shared_strings_once() {
    let weapon = |name: &str| Weapon { name: name.into(), damage: 1 };
    let monster = Monster {
        weapons: Some(vec![weapon("c"), weapon("a"), weapon("b")]),
        titles: Some(vec!["the same long title".into(); 50]),
        ..Monster::plain("x")
    };
    let bytes = to_vec(&monster).unwrap();
    let count = bytes.windows(8).filter(|window| window == b"the same").count();
    assert_eq!(count, 1);
    let read: Monster = read::<_, GreedyMutable>(&bytes).unwrap();
    let names: Vec<_> = read.weapons.unwrap().into_iter().map(|weapon| weapon.name).collect();
    assert_eq!(names, ["a", "b", "c"]);
    let ranks = (0..9).map(|level| Rank { level, title: Some("captain of the guard".into()) }).collect();
    let monster = Monster { ranks: Some(ranks), ..Monster::plain("x") };
    let (plain, mut shared) = (to_vec(&monster).unwrap(), Vec::new());
    Writer::new().shared_strings().append(&monster, &mut shared).unwrap();
    assert!(shared.len() + 150 < plain.len());
    verify::<Monster>(&shared).unwrap();
    assert_eq!(wharf::flat::read::<Monster, GreedyMutable>(&shared).unwrap(), monster);
}

#[test]
fn a_string_shared_by_all_is_no_bomb() {
    let titles = Some(vec!["x".repeat(120); 2000]);
    let monster = Monster { titles, ..Monster::plain("x") };
    let bytes = to_vec(&monster).unwrap();
    assert!(bytes.len() < 9000);
    verify::<Monster>(&bytes).unwrap();
    assert_eq!(read::<Monster, GreedyMutable>(&bytes).unwrap(), monster);
}

#[test]
fn edits_the_packet_in_place() {
    let mut bytes = to_vec(&Monster::full()).unwrap();
    let len = bytes.len();
    let mut monster = edit::<Monster>(&mut bytes).unwrap();
    monster.hp_mut().unwrap().set(42);
    monster.color_mut().unwrap().set(Color::Red);
    monster.pos_mut().unwrap().update(|pos| pos.y = 0.5);
    monster.gold_mut().unwrap().set(9);
    monster.weapons_mut().unwrap().get_mut(1).unwrap().unwrap().damage_mut().unwrap().set(5);
    monster.child_mut().unwrap().child_mut().unwrap().equipped_mut().unwrap();
    monster.big_mut().unwrap().get_mut(1).unwrap().unwrap().set(77);
    // At its default, so absent: there is nothing to write over.
    assert_eq!(monster.weapons_mut().unwrap().get_mut(0).unwrap().unwrap().damage_mut().unwrap_err(), Error::Absent);
    assert_eq!(monster.view().unwrap().hp().unwrap(), 42);
    assert_eq!(bytes.len(), len);
    let mut expected = Monster::full();
    expected.hp = 42;
    expected.color = Color::Red;
    expected.pos.as_mut().unwrap().y = 0.5;
    expected.gold = 9;
    expected.weapons.as_mut().unwrap()[1].damage = 5;
    expected.big.as_mut().unwrap()[1] = 77;
    assert_eq!(read::<Monster, GreedyMutable>(&bytes).unwrap(), expected);
}

#[test]
fn a_packet_owns_its_bytes() {
    let bytes = to_vec(&Monster::full()).unwrap();
    let packet = Packet::<Monster, _>::verified(bytes.clone(), Frame::Plain, &Limits::default()).unwrap();
    assert_eq!(packet.view::<Verified<Lazy>>().unwrap().hp(), -7);
    assert_eq!(packet.view::<Progressive>().unwrap().to_owned().unwrap(), Monster::full());
    assert_eq!(packet.as_bytes(), bytes);
    assert_eq!(packet.into_inner(), bytes);
}

#[test]
fn a_nested_buffer_needs_no_identifier() {
    let mut bytes = to_vec(&Monster::plain("Orc")).unwrap();
    bytes[4..8].fill(0);
    assert_eq!(read::<Monster, Lazy>(&bytes).unwrap_err(), Error::Identifier);
    let nested = Nested::<Monster>::from_bytes(bytes);
    assert_eq!(nested.lend().read::<GreedyMutable>().unwrap(), Monster::plain("Orc"));
}

#[test]
fn a_prefix_confines_the_packet() {
    let mut bytes = Vec::new();
    Writer::new().prefixed().append(&Monster::full(), &mut bytes).unwrap();
    let strict = Limits::strict();
    verify_with::<Monster>(&bytes, Frame::Prefixed, &strict).unwrap();
    bytes.extend([0; 9]);
    assert_eq!(read_prefixed::<Monster, GreedyMutable>(&bytes).unwrap(), Monster::full());
    let short = &bytes[..bytes.len() - 10];
    assert_eq!(read_prefixed::<Monster, Lazy>(short).unwrap_err(), Error::Prefix);
    assert_eq!(read_prefixed::<Monster, Lazy>(&[1, 0]).unwrap_err(), Error::Prefix);
}

#[test]
fn edits_a_prefixed_packet_and_leaves_what_follows() {
    let mut bytes = Vec::new();
    Writer::new().prefixed().append(&Monster::full(), &mut bytes).unwrap();
    bytes.extend([7; 5]);
    let before = bytes.clone();
    edit_with::<Monster>(&mut bytes, Frame::Prefixed).unwrap().hp_mut().unwrap().set(1);
    assert_eq!(read_prefixed::<Monster, Lazy>(&bytes).unwrap().hp().unwrap(), 1);
    assert_eq!(bytes.iter().zip(&before).filter(|(a, b)| a != b).count(), 4);
    assert_eq!(edit_with::<Monster>(&mut bytes[..9], Frame::Prefixed).unwrap_err(), Error::Prefix);
}

#[test]
fn says_how_much_room_a_packet_needs() {
    let mut writer = Writer::new();
    let value = Monster::full();
    let needed = writer.max_size(&value);
    let whole = to_vec(&value).unwrap();
    assert!(whole.len() <= needed);
    for len in [0, 3, 4, 40, whole.len() - 1] {
        let error = writer.write(&value, &mut vec![0; len]).unwrap_err();
        assert_eq!(error, WriteError::BufferTooSmall { needed });
    }
    let mut exact = vec![0xff; whole.len()];
    assert_eq!(writer.write(&value, &mut exact), Ok(whole.len()));
    assert_eq!(exact, whole);
    // All or nothing.
    let mut out = vec![1, 2, 3];
    let unknown = Monster { equipped: Some(Equipment::Unknown(77)), ..Monster::plain("x") };
    assert_eq!(writer.append(&unknown, &mut out), Err(WriteError::UnknownTag(77)));
    assert_eq!(out, [1, 2, 3]);
}

#[test]
fn asks_for_the_file_identifier() {
    let mut bytes = to_vec(&Monster::plain("x")).unwrap();
    assert_eq!(&bytes[4..8], b"MONS");
    bytes[4] = b'm';
    assert_eq!(read::<Monster, Lazy>(&bytes).unwrap_err(), Error::Identifier);
    assert_eq!(verify::<Monster>(&bytes).unwrap_err().error, Error::Identifier);
    let mut limits = Limits::default();
    limits.identifier = false;
    verify_with::<Monster>(&bytes, Frame::Plain, &limits).unwrap();
}

/// A table that lies in itself as often as one likes.
#[derive(Table, Clone, Debug, PartialEq)]
struct Node {
    kids: Option<Vec<Self>>,
}

#[test]
fn a_bomb_of_shared_tables_ends_at_once() {
    // 19 levels, each a vector of the same table twice: a million tables in 400 bytes.
    let mut bytes = vec![4, 0, 0, 0];
    for level in 0..19_u8 {
        let last = level == 18;
        // vtable behind the table; table: soffset, kids; vector: 2, to the next table twice.
        let table: [i32; 2] = [-20, if last { 0 } else { 4 }];
        bytes.extend(table.iter().flat_map(|word| word.to_le_bytes()));
        bytes.extend([2_u32, 16, 12].iter().flat_map(|word| word.to_le_bytes()));
        bytes.extend([6_u16, 8, if last { 0 } else { 4 }, 0].iter().flat_map(|half| half.to_le_bytes()));
    }
    let start = Instant::now();
    assert_eq!(verify::<Node>(&bytes).unwrap_err().error, Error::Work);
    assert_eq!(read::<Node, Greedy>(&bytes).unwrap_err(), Error::Work);
    assert!(start.elapsed() < Duration::from_millis(50));
}

#[test]
fn deep_tables_end_at_the_limit() {
    let mut node = Node { kids: None };
    for _ in 0..70 {
        node = Node { kids: Some(vec![node]) };
    }
    let bytes = to_vec(&node).unwrap();
    assert_eq!(verify::<Node>(&bytes).unwrap_err().error, Error::Depth);
    assert_eq!(read::<Node, Greedy>(&bytes).unwrap_err(), Error::Depth);
    let mut limits = Limits::default();
    limits.depth = 100;
    verify_with::<Node>(&bytes, Frame::Plain, &limits).unwrap();
}
