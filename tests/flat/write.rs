//! What a writer promises: room that suffices, nothing written twice, memory that does not grow.
#![allow(clippy::unwrap_used, clippy::std_instead_of_core, reason = "a test")]

use wharf::flat::{Error, GreedyMutable, Nested, Struct, Table, Union, Writer, edit, read, to_vec};
use wharf_tests::flat::schema::{Armor, Color, Equipment, Monster, Rank, Vec3, Weapon, Wide};
use wharf_tests::work::{CountingAllocator, heap};

#[global_allocator]
static ALLOCATOR: CountingAllocator = CountingAllocator;

/// As wide as what is aligned most.
#[derive(Struct, Clone, Copy, Debug, PartialEq)]
#[flat(force_align = 32)]
struct Line {
    bytes: [u8; 32],
}

/// Behind a line, lets the next table need 31 bytes of padding.
#[derive(Struct, Clone, Copy, Debug, PartialEq)]
struct Odd {
    bytes: [u8; 29],
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Row {
    line: Option<Line>,
    odd: Option<Odd>,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct List {
    bytes: Vec<u8>,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Store {
    weapon: Option<Weapon>,
    boxed: Option<Box<Weapon>>,
    rows: Option<Vec<Row>>,
    lists: Option<Vec<List>>,
}

const EMPTY: Store = Store { weapon: None, boxed: None, rows: None, lists: None };

/// Lets the two vectors of the next field need all the padding that there can be: three bytes, and 31.
#[derive(Struct, Clone, Copy, Debug, PartialEq)]
struct Pebble {
    bytes: [u8; 17],
}

#[derive(Union, Clone, Debug, PartialEq)]
enum Stone {
    Pebble(Pebble),
    #[flat(unknown)]
    Unknown(u8),
}

/// Tables of many fields that are aligned more than what lies around them, and of the length that takes most padding.
macro_rules! crowds {
    ($($field:ident)*) => {
        #[derive(Table, Clone, Debug, PartialEq)]
        struct Eggs {
            $(#[flat(force_align = 32)] $field: Option<Nested<Weapon>>,)*
        }

        #[derive(Table, Clone, Debug, PartialEq)]
        struct Stones {
            $(#[flat(union, force_align = 32)] $field: Option<Vec<Stone>>,)*
        }

        fn eggs() -> Eggs {
            Eggs { $($field: Some(Nested::from_bytes(vec![0; 29])),)* }
        }

        fn stones() -> Stones {
            Stones { $($field: Some(vec![Stone::Pebble(Pebble { bytes: [1; 17] })]),)* }
        }
    };
}

crowds!(a b c d e f g h i j k l m n o p);

/// `parts` are the strings, vectors, tables, structs and nested buffers of `value`.
#[track_caller]
fn check(value: &impl Table, parts: usize) {
    let mut writer = Writer::new();
    let room = writer.max_size(value);
    let len = writer.write(value, &mut vec![0; room]).unwrap();
    assert!(len > 1000, "{len} bytes are no bulk");
    assert!(room <= len + 48 * parts + 512, "{room} bytes are too many for {len} in {parts} parts");
}

#[test]
fn the_room_it_asks_for_suffices_whatever_holds_the_bulk_and_is_little_more() {
    let (text, plain) = ("bulk".repeat(1000), Monster::plain("plain"));
    let weapon = |name: &str| Weapon { name: name.into(), damage: 1 };
    let armor = || Box::new(Armor { points: 1, wide: Some(Wide { value: 1 }) });
    let spot = Vec3 { x: 1.0, y: 2.0, z: 3.0 };
    let rank = Rank { level: 1, title: Some(text.clone()) };
    check(&Monster::plain(&text), 2);
    check(&rank, 2);
    check(&weapon(&text), 2);
    check(&Store { weapon: Some(weapon(&text)), ..EMPTY }, 3);
    check(&Store { boxed: Some(Box::new(weapon(&text))), ..EMPTY }, 3);
    check(&Monster { letter: Some(Nested::new(&rank).unwrap()), ..plain.clone() }, 3);
    for equipped in [Equipment::Note(text.clone()), Equipment::Weapon(weapon(&text))] {
        check(&Monster { equipped: Some(equipped), ..plain.clone() }, 4);
    }
    check(&Monster { inventory: Some(vec![1; 4000]), ..plain.clone() }, 3);
    check(&Monster { aligned: Some(vec![1; 4000]), ..plain.clone() }, 3);
    check(&Monster { big: Some(vec![1; 500]), ..plain.clone() }, 3);
    check(&Monster { colors: vec![Color::Red; 4000], ..plain.clone() }, 3);
    check(&Monster { path: vec![spot; 300], ..plain.clone() }, 3);
    check(&Monster { weapons: Some(vec![weapon("bow"); 300]), ..plain.clone() }, 603);
    check(&Monster { ranks: Some(vec![Rank { level: 1, title: None }; 300]), ..plain.clone() }, 303);
    for item in [Equipment::Note("a note".into()), Equipment::Armor(armor()), Equipment::Spot(spot)] {
        check(&Monster { bag: Some(vec![item; 300]), ..plain.clone() }, 303);
    }
    let titles = (0..300).map(|number| format!("the {number}.")).collect();
    check(&Monster { titles: Some(titles), ..plain }, 303);
}

#[test]
fn the_room_it_asks_for_suffices_where_most_of_it_is_padding_and_is_little_more() {
    let row = Row { line: Some(Line { bytes: [1; 32] }), odd: Some(Odd { bytes: [2; 29] }) };
    check(&Store { rows: Some(vec![row; 300]), ..EMPTY }, 302);
    check(&Store { lists: Some(vec![List { bytes: vec![1] }; 300]), ..EMPTY }, 602);
    check(&eggs(), 17);
    check(&stones(), 33);
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Width {
    mm: u32,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Count {
    number: i32,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Alike {
    first: Option<Width>,
    second: Option<Width>,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Mixed {
    first: Option<Width>,
    second: Option<Count>,
}

#[test]
fn tables_of_several_types_that_are_laid_out_alike_share_a_vtable() {
    let alike = to_vec(&Alike { first: Some(Width { mm: 1 }), second: Some(Width { mm: 2 }) }).unwrap();
    let mixed = to_vec(&Mixed { first: Some(Width { mm: 1 }), second: Some(Count { number: 2 }) }).unwrap();
    assert_eq!(mixed, alike);
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Marks {
    a: Option<u8>,
    b: Option<u8>,
    c: Option<u8>,
    d: Option<u8>,
    e: Option<u8>,
    f: Option<u8>,
    g: Option<u8>,
    h: Option<u8>,
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Sheet {
    marks: Vec<Marks>,
}

/// 70 tables of as many shapes, none of them on another page.
fn sheet(page: u8) -> Sheet {
    let mark = |shape: u8| {
        let bit = |bit: u8| (shape >> bit & 1 == 1).then_some(shape);
        let (a, b, c, d) = (bit(0), bit(1), bit(2), bit(3));
        Marks { a, b, c, d, e: bit(4), f: bit(5), g: bit(6), h: bit(7) }
    };
    Sheet { marks: (0..70).map(|shape| mark(page * 70 + shape)).collect() }
}

#[test]
fn a_writer_that_meets_ever_new_shapes_takes_no_more_heap() {
    let mut writer = Writer::new();
    let mut buffer = vec![0; writer.max_size(&sheet(2))];
    writer.write(&sheet(2), &mut buffer).unwrap();
    for page in [0, 1, 2, 0, 1, 2] {
        let sheet = sheet(page);
        let (used, len) = heap(|| writer.write(&sheet, &mut buffer).unwrap());
        assert_eq!(used.allocations, 0, "page {page}");
        assert_eq!(buffer[..len], to_vec(&sheet).unwrap());
        assert_eq!(read::<Sheet, GreedyMutable>(&buffer[..len]).unwrap(), sheet);
    }
}

#[derive(Table, Clone, Debug, PartialEq)]
struct Switches {
    off: bool,
    #[flat(default = true)]
    on: bool,
}

#[test]
fn a_bool_at_its_default_is_not_written_and_another_is() {
    for (off, on) in [(false, true), (true, false), (false, false), (true, true)] {
        let mut bytes = to_vec(&Switches { off, on }).unwrap();
        assert_eq!(read::<Switches, GreedyMutable>(&bytes).unwrap(), Switches { off, on });
        let mut switches = edit::<Switches>(&mut bytes).unwrap();
        assert_eq!(switches.off_mut().map(|off| off.get()), if off { Ok(true) } else { Err(Error::Absent) });
        assert_eq!(switches.on_mut().map(|on| on.get()), if on { Err(Error::Absent) } else { Ok(false) });
    }
}
